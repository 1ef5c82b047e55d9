using System.Globalization;
using OpsChat.Operations.History;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>A recorded change with how well it explains the rise.</summary>
internal sealed record RankedChange(RecordedChange Change, double Share)
{
    /// <summary>"cause" is only said from a share of 0.6.</summary>
    public string Words => Share >= CauseShare.CauseFrom ? $"Cause: {Change.Text}" : $"Fits best: {Change.Text}";
}

/// <summary>What is known of a rise in returns: since when, of what reason, and which recorded change explains it.</summary>
internal sealed record ReturnRise
{
    /// <summary>A reason that most of the returns name counts as the rise's own.</summary>
    private const double MainShare = 0.5;

    public required string Sku { get; init; }

    /// <summary>See <see cref="ReturnFacts.ReasonKey"/>; null when no reason stands out.</summary>
    public required string? Reason { get; init; }
    public required DateOnly Begin { get; init; }
    public required double Returned { get; init; }
    public required double Expected { get; init; }

    /// <summary>Sold lines since then that are, by the shop's delays, not yet due back.</summary>
    public required double StillToCome { get; init; }
    public required IReadOnlyList<RankedChange> Causes { get; init; }
    public required IReadOnlyList<KnownReturn> Lines { get; init; }

    public double Ratio => (Returned + 2) / (Expected + 2);

    public double Confidence => Math.Clamp(1 - 1 / Math.Max(1.2, Ratio * Ratio), 0.2, 0.95);

    /// <param name="reason">The reason that is watched; null for all.</param>
    /// <param name="rate">b of all reasons, or of that one.</param>
    /// <param name="known">The change whose watch spoke; null when a count did.</param>
    public static ReturnRise Of(ShopMoment shop, string sku, string? reason, double rate, RecordedChange? known)
    {
        var (facts, first) = (shop.Returns, shop.History.FirstDay);
        var cohorts = facts.Cohorts(sku, reason, rate);
        var begin = known is null ? cohorts.Begin() ?? Math.Max(0, facts.Days - ReturnCohorts.Window) : known.Day.DayNumber - first.DayNumber;
        var lines = facts.Of(sku).Where(r => r.Sold >= begin && (reason is null || r.Reason == reason)).OrderBy(r => r.Returned).ToList();
        var (returned, expected) = cohorts.From(begin);
        var main = reason ?? lines.GroupBy(r => r.Reason, StringComparer.Ordinal).Where(g => g.Key.Length > 0
            && g.Count() >= Math.Max(2, MainShare * lines.Count))
            .OrderByDescending(g => g.Count()).Select(g => g.Key).FirstOrDefault();
        var sold = facts.Sold(sku);
        return new()
        {
            Sku = sku, Reason = main, Begin = first.AddDays(begin), Returned = returned, Expected = expected, Lines = lines,
                Causes = Rank(shop, sku, main, cohorts),
            StillToCome = Enumerable.Range(begin, Math.Max(0, sold.Length - begin)).Sum(d => sold[d] * (1 - facts.Delays.By(sold.Length - 1 - d))),
        };
    }

    private static List<RankedChange> Rank(ShopMoment shop, string sku, string? reason, ReturnCohorts cohorts)
    {
        var changes = RecordedChanges.Of(shop, sku).Where(c => shop.Today.DayNumber - c.Day.DayNumber <= ReturnCohorts.Window).ToList();
        var days = changes.Select(c => (c.Day.DayNumber - shop.History.FirstDay.DayNumber, ReturnRemedies.Explains(c.Kind, reason))).ToList();
        return [.. CauseShare.Rank(days, cohorts).Select(c => new RankedChange(changes[c.Index], c.Share))];
    }

    public string Headline(ShopMoment shop)
    {
        var why = Reason is null ? "" : Lines.Count(r => r.Reason == Reason) is var named && named == Lines.Count ? $", all of them {Words(Reason)}"
            : $", {named} say {Words(Reason)}";
        var cause = Causes is [{ Share: >= 0.2 } best, ..]
            ? $" {best.Words} on {best.Change.Day:d MMM} ({Percent(best.Share)})." : " Nothing that was recorded explains it.";
        return $"{Sku}: {Plural.Of(Returned, "0", "return")} of what was sold since {Begin:d MMM} where "
            + $"{Expected.ToString("0.#", CultureInfo.InvariantCulture)} are usual{why}.{cause}";
    }

    public IEnumerable<EvidenceRow> Evidence(ShopMoment shop)
    {
        foreach (var group in Lines.GroupBy(r => r.Reason, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key,
            StringComparer.Ordinal).Take(4))
        {
            var newest = group.Last();
            yield return EvidenceRow.Of(
                $"{group.Count()} say {(group.Key.Length == 0 ? "nothing" : Words(group.Key))}, the newest {newest.Line.RequestedAt:d MMM}",
                newest.Line.Place,
                newest.Line.RequestedAt
            );
        }

        foreach (var cause in Causes.Take(4))
        {
            yield return new($"{cause.Change.Text} on {cause.Change.Day:d MMM} explains it with {Percent(cause.Share)}", cause.Change.Source,
                cause.Change.Line, shop.Calendar.End(cause.Change.Day));
        }

        if (Causes.Count > 0)
        {
            yield return new($"Nothing that was recorded explains it with {Percent(Math.Max(0, 1 - Causes.Sum(c => c.Share)))}", "returns", null,
                shop.Now);
        }

        foreach (var row in Sources(shop).Concat(Suppliers(shop)).Concat(ReviewWords.Of(shop, Sku)))
        {
            yield return row;
        }
    }

    /// <summary>Where the buyers of the returned pieces came from, beside where all buyers of the article came from.</summary>
    private IEnumerable<EvidenceRow> Sources(ShopMoment shop)
    {
        var orders = shop.OrdersSince(shop.Calendar.Start(Begin)).Where(o => o.Source is not null && o.Lines.Any(l => l.Sku == Sku)).GroupBy(o =>
            o.Source!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var all = orders.Values.Sum();
        var back = Lines.Where(r => r.Order?.Source is not null).GroupBy(r => r.Order!.Source!, StringComparer.Ordinal).OrderByDescending(g =>
            g.Count()).FirstOrDefault();
        if (back is not null && back.Count() >= 3 && all > 0)
        {
            yield return new($"{back.Count()} of {Lines.Count} came through {back.Key}, as did {orders.GetValueOrDefault(back.Key)} of {all} sales",
                "orders", null, shop.Now);
        }
    }

    private IEnumerable<EvidenceRow> Suppliers(ShopMoment shop)
    {
        if (shop.SupplierOf(Sku) is { } supplier)
        {
            var others = shop.Skus.Where(s => s != Sku && shop.SupplierOf(s) == supplier).SelectMany(shop.Returns.Of).Count(r =>
                shop.Returns.Days - r.Returned <= 28);
            yield return new($"Supplier now: {supplier}; {Plural.Of(others, "return")} of its other articles in 28 days", "purchase orders", null,
                shop.Now);
        }
    }

    /// <summary><c>too small</c> for <c>too-small</c>.</summary>
    public static string Words(string reason) => reason.Replace('-', ' ');

    private static string Percent(double share) => $"{(share * 100).ToString("0", CultureInfo.InvariantCulture)} %";
}
