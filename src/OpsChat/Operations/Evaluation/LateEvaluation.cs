using OpsChat.Operations.Parcels;

namespace OpsChat.Operations.Evaluation;

/// <summary>An order with a promise, and what became of it. Days are the shop's.</summary>
/// <param name="Approved">When it was paid; the clock of waiting starts there.</param>
/// <param name="ShipBy">By when the seller should have handed it over; null when unknown.</param>
/// <param name="HandedOver">Null when it never was.</param>
/// <param name="Delivered">Null when it never came.</param>
public sealed record PromisedOrder(
    DateTime Approved, DateTime? ShipBy, DateTime? HandedOver, DateTime? Delivered, DateOnly Promised, string? Region)
{
    /// <summary>Delivered after the end of the promised day, or never.</summary>
    public bool IsLate => Delivered is not { } at || DateOnly.FromDateTime(at) > Promised;
}

/// <summary>How well lateness was foretold so many days before the promise.</summary>
/// <param name="N">Open orders looked at on that day.</param>
/// <param name="Auroc">Area under the ROC curve.</param>
/// <param name="Ap">Average precision.</param>
/// <param name="PrecisionAt10">Share late among the tenth with the highest risk.</param>
/// <param name="Brier">Mean squared error of the chance.</param>
public sealed record LateReport(int Days, int N, int Late, double Auroc, double Ap, double PrecisionAt10, double Brier);

/// <summary>
/// F8 on past orders: at 06:00, so many days before the promise, every open order gets a chance of being late, by a model that is fitted at
/// the beginning of each month on what was known then.
/// </summary>
public static class LateEvaluation
{
    private static readonly TimeSpan s_lookAt = TimeSpan.FromHours(6);

    /// <param name="from">Promises from that day on are judged, inclusive.</param>
    /// <param name="to">The last day, inclusive.</param>
    public static IReadOnlyList<LateReport> Run(IReadOnlyList<PromisedOrder> orders, DateOnly from, DateOnly to, IReadOnlyList<int> days)
    {
        var recent = new RecentLateness(orders);
        var models = new Dictionary<DateOnly, LateModel?>();
        return [.. days.Select(d => Judge(orders, recent, models, from, to, d))];
    }

    private static LateReport Judge(
        IReadOnlyList<PromisedOrder> orders, RecentLateness recent, Dictionary<DateOnly, LateModel?> models, DateOnly from, DateOnly to, int days)
    {
        var looks = new List<(double Chance, bool Late)>();
        foreach (
            var month in orders
                .Where(o => o.Promised >= from && o.Promised <= to)
                .GroupBy(o => FirstOfMonth(o.Promised.AddDays(-days)))
                .OrderBy(g => g.Key)
        )
        {
            if (!models.TryGetValue(month.Key, out var model))
            {
                models[month.Key] = model = LateModel.Fit(orders, recent, month.Key.ToDateTime(TimeOnly.MinValue));
            }

            foreach (var order in month)
            {
                var now = order.Promised.AddDays(-days).ToDateTime(TimeOnly.MinValue) + s_lookAt;
                if (LateModel.IsOpen(order, now))
                {
                    looks.Add((model?.Chance(order, now) ?? 0.5, order.IsLate));
                }
            }
        }

        return RankingFigures.Of(days, looks);
    }

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);
}

/// <summary>Lateness of promises due in the last 14 days, of the shop and of regions, as known on a day.</summary>
internal sealed class RecentLateness
{
    private const int Days = 14;
    private readonly Dictionary<(DateOnly, string?), (int Late, int All)> _cache = [];
    private readonly Dictionary<DateOnly, List<PromisedOrder>> _byPromise;

    public RecentLateness(IEnumerable<PromisedOrder> orders) =>
        _byPromise = orders.GroupBy(o => o.Promised).ToDictionary(g => g.Key, g => g.ToList());

    /// <summary>(k+2)/(n+30) of the shop, (k+20g)/(n+20) of the region with g the shop's.</summary>
    public (double Shop, double Region) At(DateOnly today, string? region)
    {
        var all = Count(today, null);
        var shop = (all.Late + 2.0) / (all.All + 30);
        var own = region is null ? (Late: 0, All: 0) : Count(today, region);
        return (shop, Math.Clamp((own.Late + 20 * shop) / (own.All + 20), 1e-6, 1 - 1e-6));
    }

    private (int Late, int All) Count(DateOnly today, string? region)
    {
        if (!_cache.TryGetValue((today, region), out var count))
        {
            foreach (
                var order in Enumerable
                    .Range(1, Days)
                    .SelectMany(d => _byPromise.GetValueOrDefault(today.AddDays(-d), []).Where(o => region is null || o.Region == region))
            )
            {
                count = (count.Late + (order.IsLate ? 1 : 0), count.All + 1);
            }

            _cache[(today, region)] = count;
        }

        return count;
    }
}

/// <summary>How good a ranking is.</summary>
internal static class RankingFigures
{
    public static LateReport Of(int days, List<(double Chance, bool Late)> looks)
    {
        var sorted = looks.OrderByDescending(l => l.Chance).ToList();
        var late = sorted.Count(l => l.Late);
        var (hits, precision) = (0, 0.0);
        for (var i = 0; i < sorted.Count; i++)
        {
            if (sorted[i].Late)
            {
                hits++;
                precision += hits / (i + 1.0);
            }
        }

        var tenth = sorted.Take(Math.Max(1, sorted.Count / 10)).ToList();
        return new(
            days,
            sorted.Count,
            late,
            Auroc(sorted, late),
            precision / Math.Max(1, late),
            tenth.Count == 0 ? 0 : tenth.Count(l => l.Late) / (double)tenth.Count,
            sorted.Count == 0 ? 0 : sorted.Average(l => (l.Chance - (l.Late ? 1 : 0)) * (l.Chance - (l.Late ? 1 : 0)))
        );
    }

    /// <summary>Mann and Whitney's statistic, ties counted half.</summary>
    private static double Auroc(List<(double Chance, bool Late)> sorted, int late)
    {
        var (above, pairs) = (0.0, 0.0);
        for (var i = 0; i < sorted.Count;)
        {
            var end = i;
            while (end < sorted.Count && sorted[end].Chance == sorted[i].Chance)
            {
                end++;
            }

            var same = sorted.GetRange(i, end - i);
            var (lateHere, rest) = (same.Count(l => l.Late), same.Count(l => !l.Late));
            pairs += rest * (above + lateHere / 2.0);
            above += lateHere;
            i = end;
        }

        return late == 0 || late == sorted.Count ? 0.5 : pairs / late / (sorted.Count - late);
    }
}
