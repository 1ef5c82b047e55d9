namespace OpsChat.Operations.Statistics;

/// <summary>One order to a supplier as lead-time evidence.</summary>
/// <param name="Days">Days from order to receipt, or the order's age while it is open.</param>
/// <param name="Received">False for an open order: its lead time is at least <paramref name="Days"/>.</param>
/// <param name="Weight">1 for an order of the supplier's own, shared among its lines.</param>
public readonly record struct LeadTimeSample(double Days, bool Received, double Weight = 1);

/// <summary>
/// How long deliveries really take: Kaplan and Meier's product-limit curve (1958), in which open orders count as censored at their
/// age instead of being left out (OPERATIONS F4). Leaving them out is what makes lead times look shorter than they are.
/// </summary>
/// <param name="Points">Days and the share delivered by then, ascending.</param>
/// <param name="Longest">The greatest time seen, received or open, in days.</param>
/// <param name="Mean">m: ∫ survival up to <paramref name="Longest"/>, in days.</param>
/// <param name="Deviation">s: standard deviation of the same curve, in days.</param>
public sealed record LeadTimeCurve(IReadOnlyList<(double Days, double Share)> Points, double Longest, double Mean, double Deviation)
{
    /// <summary>The total weight that the shop's other suppliers have together.</summary>
    public const double PoolWeight = 8;

    /// <summary>How many of a supplier's orders count, and how old they may be.</summary>
    public const int MostOrders = 30;
    public const int MostDays = 730;

    /// <summary>The curve of these samples; null without any.</summary>
    public static LeadTimeCurve? Of(IEnumerable<LeadTimeSample> samples)
    {
        // At one time receipts come before those still open at that age, as Kaplan and Meier have it.
        var sorted = samples.Where(s => s.Weight > 0).OrderBy(s => s.Days).ThenByDescending(s => s.Received).ToList();
        if (sorted.Count == 0)
        {
            return null;
        }

        var weight = sorted.Sum(s => s.Weight);
        var atRisk = weight;
        var survival = 1.0;
        var points = new List<(double, double)>();
        for (var i = 0; i < sorted.Count;)
        {
            var (day, received, gone) = (sorted[i].Days, 0.0, 0.0);
            for (; i < sorted.Count && sorted[i].Days == day; i++)
            {
                received += sorted[i].Received ? sorted[i].Weight : 0;
                gone += sorted[i].Weight;
            }

            if (received > 0)
            {
                survival *= Math.Max(0, 1 - received / atRisk);
                points.Add((day, 1 - survival));
            }

            atRisk -= gone;
        }

        var longest = sorted[^1].Days;
        var (mean, deviation) = Moments(points, longest);
        return new(points, longest, mean, deviation) { Weight = weight };
    }

    /// <summary>A curve that is a single promise: what a supplier quotes, while fewer than three own receipts are known.</summary>
    /// <param name="days">Quoted days.</param>
    public static LeadTimeCurve Quoted(double days) => new([(days, 1)], days, days, days * 0.25);

    /// <summary>The weight of all samples together; infinite for a promise, which nothing was estimated from.</summary>
    public double Weight { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// The least time by which the share <paramref name="q"/> was delivered, else the greatest time seen. Days. It is meant for the next delivery,
    /// which passes the n samples' own quantile more often than stated: of n + 1 deliveries it is the rank nearest to q(n + 1), so above the
    /// middle the share is drawn up by (q − ½)/n.
    /// </summary>
    public double Quantile(double q)
    {
        var wanted = Math.Min(1, q + (Math.Max(0, q - 0.5) / Weight));
        foreach (var (days, share) in Points)
        {
            if (share >= wanted - 1e-9)
            {
                return days;
            }
        }

        return Longest;
    }

    /// <summary>The share delivered within that many days.</summary>
    public double ShareBy(double days)
    {
        var share = 0.0;
        foreach (var point in Points)
        {
            if (point.Days > days)
            {
                break;
            }

            share = point.Share;
        }

        return share;
    }

    /// <summary>Mean and deviation of the days still to wait for an order of that age. Past the longest time seen: a quarter of its age.</summary>
    public (double Mean, double Deviation) Remaining(double age)
    {
        var already = ShareBy(age);
        var later = Points.Where(p => p.Days > age).ToList();
        if (later.Count == 0 || already >= 1 - 1e-9)
        {
            var wait = Math.Max(1, Math.Max(Longest - age, age / 4));
            return (wait, wait / 2);
        }

        var (shifted, left) = (new List<(double, double)>(), 1 - already);
        foreach (var (days, share) in later)
        {
            shifted.Add((days - age, (share - already) / left));
        }

        return Moments(shifted, Math.Max(Longest - age, later[^1].Days - age));
    }

    private static (double Mean, double Deviation) Moments(List<(double Days, double Share)> points, double longest)
    {
        var (mean, square, from, survival) = (0.0, 0.0, 0.0, 1.0);
        foreach (var (days, share) in points.Append((Days: longest, Share: 1)))
        {
            mean += survival * (days - from);
            square += survival * (days * days - from * from);
            (from, survival) = (days, 1 - share);
        }

        return (mean, Math.Sqrt(Math.Max(0, square - mean * mean)));
    }
}
