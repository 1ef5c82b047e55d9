using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// The storefront shows another stock than the warehouse counts, beyond max(2, 5 %). Two systems are never quite in step, so a small
/// difference must show on two days; one that a day's sales cannot explain is believed at once.
/// </summary>
internal sealed class StockMismatch() : ShopMonitor("stock-mismatch", TimeSpan.FromHours(1), AlertLines.Half(1), s_needs)
{
    private static readonly FeedNeed[] s_needs =
        [new(FeedKind.Inventory, TimeSpan.FromDays(2)), new(FeedKind.Storefront, TimeSpan.FromDays(2))];

    private const double Impossible = 0.001;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var sku in shop.Skus)
        {
            var pairs = Pairs(shop, sku).Take(2).ToList();
            if (pairs.Count == 0)
            {
                continue;
            }

            looked.Add(StockFindings.Subject(sku));
            if (Strength(shop, sku, pairs) is var strength and >= 0.5)
            {
                findings.Add(Finding(shop, sku, pairs[0], strength));
            }
        }

        return looked.Count > 0 ? new(findings, looked, [])
            : MonitorLook.NotPossible(new MonitorGap(FeedKind.Storefront, "No file says what the storefront shows."));
    }

    /// <summary>What the storefront showed, each with the warehouse's newest count of the same day; newest first, one pair a day.</summary>
    private static IEnumerable<(StockPoint Store, StockPoint Warehouse)> Pairs(ShopMoment shop, string sku)
    {
        DateOnly? last = null;
        foreach (var store in shop.StorefrontBackwards(sku))
        {
            var day = shop.Calendar.Day(store.At);
            if (day == last)
            {
                continue;
            }

            var counted = shop.StockBackwards(sku).SkipWhile(p => shop.Calendar.Day(p.At) > day).Cast<StockPoint?>().FirstOrDefault();
            if (counted is { } warehouse && shop.Calendar.Day(warehouse.At) == day)
            {
                last = day;
                yield return (store, warehouse);
            }
        }
    }

    private static double Strength(ShopMoment shop, string sku, List<(StockPoint Store, StockPoint Warehouse)> pairs)
    {
        var newest = Share(pairs[0]);
        if (newest >= 1 && IsPlain(shop, sku, pairs[0]))
        {
            return newest;
        }

        return pairs.Count > 1 && Math.Sign(Difference(pairs[0])) == Math.Sign(Difference(pairs[1])) ? Math.Min(newest, Share(pairs[1])) : 0;
    }

    private static bool IsPlain(ShopMoment shop, string sku, (StockPoint Store, StockPoint Warehouse) pair)
    {
        var demand = shop.Demand(sku);
        return NegativeBinomial.OfDays(Math.Max(demand.Rate, 0.05), 1, demand.Phi).AtLeast(Math.Abs(Difference(pair))) < Impossible;
    }

    private static int Difference((StockPoint Store, StockPoint Warehouse) pair) => pair.Store.Available - pair.Warehouse.Available;

    /// <summary>1 just beyond max(2, 5 %).</summary>
    private static double Share((StockPoint Store, StockPoint Warehouse) pair) =>
        Math.Abs(Difference(pair)) / (Math.Max(2, 0.05 * Math.Abs(pair.Warehouse.Available)) + 1e-9);

    private static MonitorFinding Finding(ShopMoment shop, string sku, (StockPoint Store, StockPoint Warehouse) pair, double strength)
    {
        var (difference, margin) = (Difference(pair), shop.UnitMargin(sku, out _));
        var words = difference > 0 ? $"{difference} more than the warehouse has" : $"{-difference} fewer than the warehouse has";
        return new(
            StockFindings.Subject(sku), strength, 0.95, margin with { Minor = margin.Minor * Math.Abs(difference) }, shop.Now, "warehouse",
            $"{sku}: the storefront shows {pair.Store.Available}, {words}.",
            [
                EvidenceRow.Of($"Storefront {pair.Store.Available}", pair.Store.Place, pair.Store.At),
                EvidenceRow.Of($"Warehouse {pair.Warehouse.Available}", pair.Warehouse.Place, pair.Warehouse.At),
            ],
            [
                new(
                    ActionKind.StockCorrection,
                    sku,
                    new Dictionary<string, string>(StringComparer.Ordinal),
                    null,
                    $"Count {sku}, then correct the storefront",
                    shop.Now.AddDays(3)
                ),
            ],
            CalculationTrace.Of(
                "difference",
                "stock-mismatch 1",
                ("storefront", pair.Store.Available),
                ("warehouse", pair.Warehouse.Available)
            )
        );
    }
}
