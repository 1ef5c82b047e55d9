using System.Runtime.InteropServices;
using OpsChat.Operations.Statistics;

namespace OpsChat.Operations.Evaluation;

/// <summary>What a stock policy would have done.</summary>
/// <param name="Skus">Items that were in the replay.</param>
/// <param name="Fill">Served ÷ asked units, 0 to 1.</param>
/// <param name="StockDays">Σ evening stock ÷ Σ asked: days of stock held.</param>
/// <param name="Orders">Purchase orders placed.</param>
public sealed record StockReplayReport(int Skus, double Fill, double StockDays, int Orders);

/// <summary>
/// The reorder rule (F1–F3) on past demand (OPERATIONS section 11): each day deliveries come, then the decision on data up to that day, then
/// the next day's demand; what cannot be served is lost. Lead times are drawn from a list with a fixed seed.
/// </summary>
public static class StockReplay
{
    /// <summary>So many days of sales have to be known before the first day that is replayed.</summary>
    public const int DaysBefore = 56;

    private const int OpeningDays = 30;

    /// <summary>Whether the sales tell of some of these days, and of enough before them.</summary>
    public static bool CanRun(DailySales sales, DateOnly from, DateOnly to) =>
        from >= sales.First.AddDays(DaysBefore) && from < to && from < sales.First.AddDays(sales.Days - 1);

    public static StockReplayReport Run(
        DailySales sales,
        IReadOnlyList<int> leads,
        double cover,
        double fill,
        DateOnly from,
        DateOnly to,
        int seed = 1
    )
    {
        var (start, end) = (from.DayNumber - sales.First.DayNumber, Math.Min(to.DayNumber - sales.First.DayNumber, sales.Days - 1));
        var items = sales.Units.Where(s => IsIn(s.Value, start)).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value).ToList();
        var (seasons, pool) = (Seasons(sales.Shop(), start, end), Pool(items, start));
        var mean = leads.Average();
        var deviation = Math.Sqrt(leads.Average(l => (l - mean) * (l - mean)));
        var (random, total) = (new Random(seed), new Sums());
        foreach (var units in items)
        {
            total += Item(units, start, end, seasons, pool, (mean, deviation), leads, cover, fill, random);
        }

        return new(items.Count, total.Served / Math.Max(1, total.Asked), total.Stock / Math.Max(1, total.Asked), total.Orders);
    }

    /// <summary>At least four sales in the 56 days before, the first of all at least 28 days before.</summary>
    private static bool IsIn(double[] units, int start)
    {
        var first = Array.FindIndex(units, u => u > 0);
        return start >= DaysBefore && first >= 0 && first <= start - 28 && units.AsSpan(start - DaysBefore, DaysBefore).ToArray().Sum() >= 4;
    }

    private static double[] Seasons(double[] shop, int start, int end) =>
        [.. Enumerable.Range(start, end - start + 1).Select(d => DemandRate.Season(shop.AsSpan(0, d + 1)))];

    private static double Pool(List<double[]> items, int start)
    {
        var open = new bool[start];
        var raw = items
            .Select(units => DemandDispersion.RawOf(units.AsSpan(0, start), open))
            .Where(r => r.SaleDays > 0)
            .Select(r => r.Raw)
            .Order()
            .ToList();
        return raw.Count == 0 ? 1 : raw[raw.Count / 2];
    }

    private static Sums Item(
        double[] units,
        int start,
        int end,
        double[] seasons,
        double pool,
        (double, double) lead,
        IReadOnlyList<int> leads,
        double cover,
        double fill,
        Random random
    )
    {
        var first = Array.FindIndex(units, u => u > 0);
        var stock = (int)Math.Ceiling(OpeningDays * units.AsSpan(start - DaysBefore, DaysBefore).ToArray().Sum() / DaysBefore);
        var open = new bool[units.Length];
        var pipeline = new List<(int Day, int Quantity)>();
        var sums = new Sums();
        for (var day = start; day < end; day++)
        {
            stock += pipeline.Where(p => p.Day == day).Sum(p => p.Quantity);
            pipeline.RemoveAll(p => p.Day <= day);
            var known = units.AsSpan(first, day + 1 - first);
            var closed = open.AsSpan(first, known.Length);
            var rate = DemandRate.Of(known, closed, DemandRate.DefaultHalfLife, 0, 0).PerDay * seasons[day - start];
            var phi = DemandDispersion.Of(known, closed, pool).Phi;
            var point = ReorderPoint.Of(rate, lead, phi, 0, fill, cover);
            var order = ReorderPoint.Order(stock + pipeline.Sum(p => p.Quantity), point.Level, point.Quantity).Order;
            if (order > 0)
            {
                pipeline.Add((day + leads[random.Next(leads.Count)], order));
                sums.Orders++;
            }

            var asked = (int)units[day + 1];
            var served = Math.Min(asked, stock);
            stock -= served;
            sums += new Sums { Asked = asked, Served = served, Stock = stock };
        }

        return sums;
    }

    [StructLayout(LayoutKind.Auto)]
    private record struct Sums
    {
        public double Asked;
        public double Served;
        public double Stock;
        public int Orders;

        public static Sums operator +(Sums a, Sums b) =>
            new() { Asked = a.Asked + b.Asked, Served = a.Served + b.Served, Stock = a.Stock + b.Stock, Orders = a.Orders + b.Orders };
    }
}

/// <summary>What an item is expected to sell.</summary>
/// <param name="Next28">P10, P50 and P90 of the units of the next 28 days.</param>
public sealed record SkuForecast(string Sku, double Rate, double BaseRate, double Phi, int OpenDays, IReadOnlyList<int> Next28);

/// <summary>F1 and F2 for every item of a daily table, as known at the end of a day.</summary>
public static class SalesForecast
{
    private const int Days = 28;

    public static IReadOnlyList<SkuForecast> Of(DailySales sales, DateOnly asOf)
    {
        var known = Math.Clamp(asOf.DayNumber - sales.First.DayNumber + 1, 0, sales.Days);
        var season = DemandRate.Season(sales.Shop().AsSpan(0, known));
        var started = sales
            .Units.Select(s => (Sku: s.Key, Units: s.Value, First: Array.FindIndex(s.Value, u => u > 0)))
            .Where(s => s.First >= 0 && s.First < known)
            .OrderBy(s => s.Sku, StringComparer.Ordinal)
            .ToList();
        var closed = new bool[known];
        var raw = started
            .Select(s => DemandDispersion.RawOf(s.Units.AsSpan(s.First, known - s.First), closed.AsSpan(s.First)).Raw)
            .Order()
            .ToList();
        var rates = started
            .Select(s =>
                DemandRate.Of(s.Units.AsSpan(s.First, known - s.First), closed.AsSpan(s.First), DemandRate.DefaultHalfLife, 0, 0).PerDay
            )
            .Order()
            .ToList();
        return
        [
            .. started.Select(s =>
            {
                var days = known - s.First;
                var units = s.Units.AsSpan(s.First, days);
                var rate = DemandRate
                    .Of(units, closed.AsSpan(s.First), DemandRate.DefaultHalfLife, DemandRate.PriorWeight(days), rates[rates.Count / 2])
                    .PerDay;
                var phi = DemandDispersion.Of(units, closed.AsSpan(s.First), raw[raw.Count / 2]).Phi;
                var demand = NegativeBinomial.OfDays(rate * season, Days, phi);
                return new SkuForecast(
                    s.Sku,
                    rate * season,
                    rate,
                    phi,
                    days,
                    [demand.Quantile(0.1), demand.Quantile(0.5), demand.Quantile(0.9)]
                );
            }),
        ];
    }
}
