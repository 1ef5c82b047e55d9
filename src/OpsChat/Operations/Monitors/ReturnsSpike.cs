using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// More of an article comes back than usual (OPERATIONS F6). Three watches: all its returns, those of each reason, and what was sold since a
/// recorded change. Whichever spoke first names the alert, so that it keeps its identity.
/// </summary>
internal sealed class ReturnsSpike() : ShopMonitor("returns-spike", TimeSpan.FromDays(1), AlertLines.Half(1), s_needs)
{
    private static readonly FeedNeed[] s_needs =
        [new(FeedKind.Returns, TimeSpan.FromDays(14)), new(FeedKind.Orders, TimeSpan.FromDays(2))];

    private const int StockDays = 28;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        if (!shop.Has(FeedKind.Returns) || !shop.Returns.IsKnown)
        {
            return MonitorLook.NotPossible(new MonitorGap(FeedKind.Returns, "Too few returns are known to say what is usual."));
        }

        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var sku in shop.Skus)
        {
            looked.Add(StockFindings.Subject(sku));
            var reasons = shop.Returns.Of(sku).Select(r => r.Reason).Where(r => r.Length > 0).Distinct(StringComparer.Ordinal).ToList();
            looked.UnionWith(reasons.Select(reason => Subject(sku, reason)));
            var watches = Watches(shop, settings, sku, reasons).Where(w => w.Strength >= Lines.Clear).ToList();
            if (watches.Where(w => w.Strength >= Lines.Raise).OrderBy(w => w.Since).ThenByDescending(w =>
                w.Strength).Concat(watches.OrderByDescending(w => w.Strength)).FirstOrDefault() is { } first)
            {
                findings.Add(Finding(shop, settings, sku, first, watches.Max(w => w.Strength)));
            }
        }

        return new(findings, looked, []);
    }

    /// <param name="Strength">1 on its alarm line.</param>
    /// <param name="Since">The day of the history on which it spoke.</param>
    /// <param name="Rate">b: the usual share that comes back.</param>
    private sealed record Watch(string? Reason, double Strength, int Since, double Rate, RecordedChange? Change);

    private static IEnumerable<Watch> Watches(ShopMoment shop, OperationsSettings settings, string sku, List<string> reasons)
    {
        if (shop.Returns.Of(sku).Any())
        {
            yield return OfStream(shop.Returns.Stream(sku, null), null, settings.Alarms.Returns);
            foreach (var reason in reasons)
            {
                yield return OfStream(shop.Returns.Stream(sku, reason), reason, settings.Alarms.ReturnsByReason);
            }
        }

        foreach (var change in RecordedChanges.Of(shop, sku).Where(c => c.IsOfArticle
            && shop.Today.DayNumber - c.Day.DayNumber is >= 0 and <= ReturnChangeWatch.Days))
        {
            if (OfChange(shop, sku, change, settings.Alarms.KnownChange) is { } watch)
            {
                yield return watch;
            }
        }
    }

    private static Watch OfStream(ReturnStream stream, string? reason, double line)
    {
        var watch = stream.Watch(line);
        var at = watch.AlarmStep ?? stream.Steps.Count - 1;
        return new(reason, watch.Strength / line, stream.First + at, at >= 0 ? stream.Rates[at] : 0, null);
    }

    /// <summary>Null before anything was sold changed. It stands while half more comes back than usual.</summary>
    private static Watch? OfChange(ShopMoment shop, string sku, RecordedChange change, double line)
    {
        var (sold, day) = (shop.Returns.Sold(sku), change.Day.DayNumber - shop.History.FirstDay.DayNumber);
        if (day >= sold.Length)
        {
            return null;
        }

        var watch = ReturnChangeWatch.Of(sold, [.. shop.Returns.Of(sku).Select(r => (r.Sold, r.Returned))], day, shop.Returns.Delays,
            shop.Returns.ShopRates[day]);
        var now = watch.ByDay[^1] / line;
        var stands = watch.FirstAt(line) is not null && (watch.Returned + 1) / (watch.Expected + 1) >= 1.5;
        return new(null, stands ? Math.Max(1, now) : Math.Min(now, 0.99), day + (watch.FirstAt(line) ?? watch.ByDay.Count - 1), watch.Rate, change);
    }

    private static SubjectKey Subject(string sku, string? reason) =>
        reason is null ? StockFindings.Subject(sku) : SubjectKey.Of(("sku", sku), ("reason", reason));

    private static MonitorFinding Finding(ShopMoment shop, OperationsSettings settings, string sku, Watch watch, double strength)
    {
        var rise = ReturnRise.Of(shop, sku, watch.Reason, watch.Rate, watch.Change);
        var (margin, handling) = (shop.UnitMargin(sku, out var isGuess),
            Money.FromMajor(settings.Costs.Contact + settings.Costs.Reship, settings.Currency));
        var coming = Math.Max(0, rise.Ratio - 1) * watch.Rate * (rise.StillToCome + StockDays * shop.Demand(sku).Rate);
        List<EvidenceRow> evidence = [.. rise.Evidence(shop)];
        if (isGuess)
        {
            evidence.Add(new("The article's cost is not known; its margin is counted as 30 % of the price", "products", null, shop.Now));
        }

        return new(
            Subject(sku, watch.Reason), strength, rise.Confidence, new((long)(coming * (margin.Minor + handling.Minor)), settings.Currency),
                shop.Now.AddDays(7), "merchandising",
            rise.Headline(shop), evidence, ReturnRemedies.Of(shop, sku, rise),
            CalculationTrace.Of("F6 SR, known change, begin, cause", "returns-spike 1", ("returned", rise.Returned), ("expected", rise.Expected),
                ("rate", watch.Rate), ("strength", strength)));
    }
}
