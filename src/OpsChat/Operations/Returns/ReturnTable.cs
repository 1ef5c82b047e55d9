using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;

namespace OpsChat.Operations.Returns;

/// <summary>An article's returns for people.</summary>
/// <param name="Returned">Asked for in the last <see cref="ReturnTable.Days"/> days.</param>
/// <param name="Expected">What is usual in them.</param>
/// <param name="Ratio">Drawn to 1 by two of each.</param>
/// <param name="Reasons">The commonest first.</param>
/// <param name="ByWeek">Returned and expected of each of the last <see cref="ReturnTable.Weeks"/> weeks, the oldest first.</param>
/// <param name="Changes">What was recorded in these weeks, with the week's index.</param>
public sealed record ReturnTableLine(
    string Sku, string Title, int Returned, double Expected, double Ratio, IReadOnlyList<(string Reason, int Count)> Reasons,
        IReadOnlyList<(double Returned, double Expected)> ByWeek,
    IReadOnlyList<(RecordedChange Change, int Week)> Changes);

/// <summary>Articles by how much more comes back than usual. Pure.</summary>
public static class ReturnTable
{
    public const int Days = 28;
    public const int Weeks = 20;

    /// <summary>Why nothing can be said; null when something can.</summary>
    public static string? CannotTell(ShopMoment shop) => !shop.Has(FeedKind.Returns)
        ? "No returns are known. Put an export with the columns Order, Return, SKU, Reason and Requested at into the shop's folder."
        : shop.Returns.IsKnown ? null : "Too few returns are known yet to say what is usual: five that are older than four weeks are needed.";

    /// <summary>Those with the highest ratio first; articles without a return in all these weeks are left out.</summary>
    public static IReadOnlyList<ReturnTableLine> Of(ShopMoment shop, int most) =>
    [
        .. shop.Skus.Select(sku => Line(shop, sku)).OfType<ReturnTableLine>().OrderByDescending(l => l.Ratio).ThenByDescending(l =>
            l.Returned).ThenBy(l => l.Sku, StringComparer.Ordinal).Take(most),
    ];

    /// <summary>One article's line; null without a return in all these weeks.</summary>
    public static ReturnTableLine? Line(ShopMoment shop, string sku)
    {
        var (facts, stream) = (shop.Returns, shop.Returns.Stream(sku, null));
        var recent = facts.Of(sku).Where(r => r.Returned >= facts.Days - 7 * Weeks).ToList();
        if (recent.Count == 0 || stream.Steps.Count == 0)
        {
            return null;
        }

        var (weeks, last) = (new (double Returned, double Expected)[Weeks], facts.Days - 1);
        for (var i = 0; i < stream.Steps.Count; i++)
        {
            if (Weeks - 1 - (last - stream.First - i) / 7 is var week && week >= 0 && week < Weeks)
            {
                weeks[week] = (weeks[week].Returned + stream.Steps[i].Count, weeks[week].Expected + stream.Steps[i].Expected);
            }
        }

        var (returned, expected) = (weeks.TakeLast(Days / 7).Sum(w => w.Returned), weeks.TakeLast(Days / 7).Sum(w => w.Expected));
        var changes = RecordedChanges.Of(shop, sku).Where(c => c.IsOfArticle).Select(c =>
            (c, Weeks - 1 - (shop.Today.DayNumber - 1 - c.Day.DayNumber) / 7)).Where(c => c.Item2 is >= 0 and < Weeks).ToList();
        return new(
            sku, shop.Product(sku)?.Title ?? sku, (int)returned, expected, (returned + 2) / (expected + 2),
            [.. recent.Where(r => r.Returned > last - Days).GroupBy(r => r.Reason, StringComparer.Ordinal).OrderByDescending(g =>
                g.Count()).Select(g => (g.Key.Length == 0 ? "no reason" : ReturnRise.Words(g.Key), g.Count()))],
            weeks, changes);
    }
}
