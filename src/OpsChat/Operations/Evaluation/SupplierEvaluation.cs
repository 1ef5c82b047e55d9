using OpsChat.Operations.Statistics;

namespace OpsChat.Operations.Evaluation;

/// <summary>A delivery as the past tells it.</summary>
/// <param name="Received">Null when it never came, or not yet.</param>
public sealed record PastDelivery(string Supplier, DateOnly Ordered, DateOnly? Received);

/// <summary>How well lead times were foretold.</summary>
/// <param name="N">Deliveries that were foretold.</param>
/// <param name="Coverage90">Share that came by the q90 that was known when they were ordered.</param>
/// <param name="Pinball90">Mean pinball loss of q90, days.</param>
/// <param name="Mae50">Mean absolute error of the median, days.</param>
public sealed record SupplierEvaluationReport(int N, double Coverage90, double Pinball90, double Mae50);

/// <summary>
/// Foretells each delivery on the day of its order with what was known then (F4), open orders counted at their age. Suppliers with fewer than
/// three own receipts by then are left out. What was ordered from one supplier on one day shares its fate, so it counts once, by the middle of
/// its receipts.
/// </summary>
public static class SupplierEvaluation
{
    private const int LeastReceipts = 3;

    public static SupplierEvaluationReport Run(IEnumerable<PastDelivery> deliveries)
    {
        var all = deliveries.GroupBy(d => (d.Supplier, d.Ordered)).Select(Middle).OrderBy(d => d.Ordered)
            .ThenBy(d => d.Supplier, StringComparer.Ordinal).ToList();
        var (n, inside, pinball, error) = (0, 0, 0.0, 0.0);
        foreach (var delivery in all.Where(d => d.Received is not null))
        {
            if (Curve(all, delivery.Supplier, delivery.Ordered) is not { } curve)
            {
                continue;
            }

            var (days, q90) = (delivery.Received!.Value.DayNumber - delivery.Ordered.DayNumber, curve.Quantile(0.9));
            n++;
            inside += days <= q90 ? 1 : 0;
            pinball += days > q90 ? 0.9 * (days - q90) : 0.1 * (q90 - days);
            error += Math.Abs(days - curve.Quantile(0.5));
        }

        return new(n, inside / Math.Max(1.0, n), pinball / Math.Max(1, n), error / Math.Max(1, n));
    }

    private static PastDelivery Middle(IEnumerable<PastDelivery> sameDay)
    {
        var sorted = sameDay.OrderBy(d => d.Received ?? DateOnly.MaxValue).ToList();
        return sorted[(sorted.Count - 1) / 2];
    }

    private static LeadTimeCurve? Curve(List<PastDelivery> all, string supplier, DateOnly today)
    {
        var known = all.Where(d => d.Ordered < today && today.DayNumber - d.Ordered.DayNumber <= LeadTimeCurve.MostDays).ToList();
        var own = known.Where(d => d.Supplier == supplier).ToList();
        if (own.Count(d => d.Received <= today) < LeastReceipts)
        {
            return null;
        }

        var others = known.Where(d => d.Supplier != supplier).ToList();
        var weight = others.Count == 0 ? 0 : LeadTimeCurve.PoolWeight / others.Count;
        return LeadTimeCurve.Of(
            own.TakeLast(LeadTimeCurve.MostOrders).Select(d => Sample(d, today, 1)).Concat(others.Select(d => Sample(d, today, weight)))
        );
    }

    private static LeadTimeSample Sample(PastDelivery delivery, DateOnly today, double weight) =>
        delivery.Received is { } received && received <= today
            ? new(received.DayNumber - delivery.Ordered.DayNumber, true, weight)
            : new(today.DayNumber - delivery.Ordered.DayNumber, false, weight);
}
