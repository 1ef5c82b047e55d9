using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Operations.Stock;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// Far more visitors than usual put an article into their carts, and what is there does not last for them: seen before the orders show it.
/// </summary>
internal sealed class CartRush() : ShopMonitor("cart-rush", TimeSpan.FromDays(1), AlertLines.Half(1000), s_needs)
{
    private static readonly FeedNeed[] s_needs =
        [new(FeedKind.StorefrontEvents, TimeSpan.FromDays(2)), new(FeedKind.Inventory, TimeSpan.FromDays(2))];

    private const int RecentDays = 3;
    private const int UsualDays = 28;
    private const int LeastUsualDays = 7;

    /// <summary>An article's own pieces a cart count from so many carts on; below, the shop's.</summary>
    private const double ShareWeight = 20;

    private static readonly double[] s_ratios = [2, 3, 5];

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        var days = shop.StorefrontDaysSince(shop.Today.AddDays(-UsualDays - RecentDays)).Where(d => d.AddToCarts is not null)
            .ToLookup(d => d.Sku, StringComparer.Ordinal);
        var shopShare = Share(days.SelectMany(d => d), 0, 0);
        foreach (var known in days)
        {
            if (shop.History.Knows(known.Key) is not { } sku || shop.Plan(sku, settings) is not { } plan)
            {
                continue;
            }

            var recent = known.Where(d => d.Day >= shop.Today.AddDays(-RecentDays)).ToList();
            var before = known.Where(d => d.Day < shop.Today.AddDays(-RecentDays)).ToList();
            if (recent.Count == 0 || before.Select(d => d.Day).Distinct().Count() < LeastUsualDays)
            {
                continue;
            }

            looked.Add(StockFindings.Subject(sku));
            var carts = recent.Sum(d => d.AddToCarts!.Value);
            var span = recent.Select(d => d.Day).Distinct().Count();
            var usual = (before.Sum(d => d.AddToCarts!.Value) + 1.0) / (before.Select(d => d.Day).Distinct().Count() + 1);
            var evidence = CountEvidence.KnownChange(carts, usual * span, s_ratios);
            var wanted = carts / (double)span * Share(known, ShareWeight, shopShare) * plan.Arrival.Mean;
            if (evidence >= Lines.Clear && wanted > plan.Available)
            {
                findings.Add(Finding(shop, plan, settings, recent[^1], (carts, span, usual, evidence, wanted)));
            }
        }

        return looked.Count > 0 ? new(findings, looked, [])
            : MonitorLook.NotPossible(new MonitorGap(FeedKind.StorefrontEvents, "No file says what visitors put into their carts."));
    }

    /// <summary>Pieces sold for each addition to a cart.</summary>
    private static double Share(IEnumerable<StorefrontDay> days, double weight, double prior)
    {
        var counted = days.Where(d => d is { AddToCarts: not null, Units: not null }).ToList();
        var carts = counted.Sum(d => (double)d.AddToCarts!.Value) + weight;
        return carts > 0 ? (counted.Sum(d => (double)d.Units!.Value) + weight * prior) / carts : 0;
    }

    private static MonitorFinding Finding(
        ShopMoment shop, StockPlan plan, OperationsSettings settings, StorefrontDay newest,
        (int Carts, int Span, double Usual, double Evidence, double Wanted) seen)
    {
        var missing = seen.Wanted - plan.Available;
        var told = FormattableString.Invariant(
            $"{shop.NameOf(plan.Sku)}: {seen.Carts} put it into their carts in {seen.Span} days where {seen.Usual * seen.Span:0.#} are usual, ")
            + FormattableString.Invariant(
                $"and {plan.Available} are there; about {seen.Wanted:0} will be asked for in the ")
            + $"{Plural.Of(plan.Arrival.Mean, "0", "day")} until pieces can arrive.";
        return new(
            StockFindings.Subject(plan.Sku),
            seen.Evidence,
            0.8,
            plan.Margin with { Minor = (long)(plan.Margin.Minor * missing) },
            shop.Now,
            "purchasing",
            told,
            [
                EvidenceRow.Of($"{newest.AddToCarts} additions to carts on {newest.Day:d MMM}", newest.Place, shop.Calendar.End(newest.Day)),
                .. StockFindings.Evidence(shop, plan),
            ],
            [
                .. plan.Position <= plan.Reorder.Level ? [StockFindings.Order(shop, plan, settings)] : Array.Empty<ProposedAction>(),
                new(ActionKind.PageMessage, plan.Sku, new Dictionary<string, string>(StringComparer.Ordinal), null,
                    $"Show customers how many pieces of {plan.Sku} are left", shop.Now.AddDays(3)),
            ],
            CalculationTrace.Of("F6 known change", "cart-rush 1",
                ("carts", seen.Carts), ("usual", seen.Usual), ("wanted", seen.Wanted), ("evidence", Math.Min(seen.Evidence, 1e12))));
    }
}
