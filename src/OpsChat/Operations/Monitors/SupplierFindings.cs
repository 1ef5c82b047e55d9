using OpsChat.Operations.History;
using OpsChat.Operations.Statistics;

namespace OpsChat.Operations.Monitors;

/// <summary>What a supplier's own past says of its punctuality, and the orders that are judged by it.</summary>
/// <param name="Recent">Orders of the last weeks, a line each, first placed first.</param>
internal sealed record SupplierRecord(string Supplier, UsualLeadTime Usual, IReadOnlyList<SupplyOrder> Recent)
{
    /// <summary>Standard error of a median of normal values, in standard deviations over the root of their number.</summary>
    private const double MedianError = 1.25;

    /// <summary>How far off, in logarithms, what a supplier says or others do may be of what it does: about a third.</summary>
    private const double ErrorOfAWord = 0.3;

    /// <summary>Orders of that many days are judged; older ones say what is usual.</summary>
    public const int RecentDays = 60;

    /// <summary>How much the other suppliers' punctuality counts beside the own orders.</summary>
    private const double PoolOrders = 8;

    public static IReadOnlyList<SupplierRecord> All(ShopMoment shop)
    {
        var from = shop.Now.AddDays(-RecentDays);
        var bySupplier = shop.SupplyOrders.GroupBy(s => s.Supplier, StringComparer.Ordinal).ToList();
        var past = bySupplier.ToDictionary(g => g.Key, g => PastDays(shop, g, from), StringComparer.Ordinal);
        var pooled = Pooled(past.Values);
        var everyone = Median(past.Values.SelectMany(d => d));
        return [.. bySupplier.Select(g => Read(shop, g, past[g.Key], pooled, everyone, from)).OfType<SupplierRecord>()];
    }

    private static SupplierRecord? Read(
        ShopMoment shop, IGrouping<string, SupplyOrder> orders, List<double> past, double pooled, double? everyone, DateTimeOffset from)
    {
        var quoted = Median(orders.Where(o => o.ExpectedAt is not null).Select(o => (o.ExpectedAt!.Value - o.OrderedAt).TotalDays));
        if ((past.Count >= 4 ? Median(past) : quoted ?? Median(past) ?? everyone) is not { } usual || usual <= 0)
        {
            return null;
        }

        var own = past.Count == 0 ? 0 : past.Average(d => Square(Math.Log(Math.Max(d, 0.5) / usual)));
        var deviation = Math.Sqrt((past.Count * own + PoolOrders * pooled * pooled) / (past.Count + PoolOrders));
        var error = past.Count >= 4 ? MedianError * deviation / Math.Sqrt(past.Count) : ErrorOfAWord;
        return new(orders.Key, new(usual, deviation, error), [.. orders.Where(o => o.OrderedAt >= from)]);
    }

    /// <summary>Lead times of orders that were placed before the judged weeks, as far as their lines came: newest thirty, days.</summary>
    private static List<double> PastDays(ShopMoment shop, IEnumerable<SupplyOrder> orders, DateTimeOffset from) =>
        [.. orders.Where(o => o.OrderedAt < from).GroupBy(o => o.Whole)
            .Select(lines => Median(lines.Select(o => (o, Complete: o.CompleteAt(shop.Now)))
                .Where(o => o.Complete is not null).Select(o => (o.Complete!.Value - o.o.OrderedAt).TotalDays))).OfType<double>()
            .TakeLast(LeadTimeCurve.MostOrders)];

    private static double Pooled(IEnumerable<List<double>> past)
    {
        var squares = past.Where(d => d.Count >= 4).SelectMany(d => d.Select(x => Square(Math.Log(Math.Max(x, 0.5) / Median(d)!.Value)))).ToList();
        return squares.Count >= 10 ? Math.Sqrt(squares.Average()) : 0.3;
    }

    public static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static double Square(double x) => x * x;
}
