namespace OpsChat.Operations.Statistics;

/// <summary>
/// How many units a day an item sells: an exponentially weighted mean of the days on which it could be bought, drawn to a prior
/// while it is young (OPERATIONS F1; the weights are simple exponential smoothing's, the bar of the M5 contest).
/// </summary>
/// <param name="PerDay">Units a day, not negative.</param>
/// <param name="Weight">Σw: about how many recent open days speak for it.</param>
/// <param name="ClosedDays">Days of the series that were left out because nothing could be bought.</param>
public sealed record DemandRate(double PerDay, double Weight, int ClosedDays)
{
    /// <summary>After how many days a day counts half, when nothing else is set.</summary>
    public const double DefaultHalfLife = 21;

    /// <summary>Days after which an item's own sales need no prior.</summary>
    public const int YoungDays = 56;

    /// <param name="units">Units a day, oldest first, the last one yesterday.</param>
    /// <param name="closed">Which of those days were out of stock, closed or part of an event.</param>
    /// <param name="halfLife">H in days.</param>
    /// <param name="priorWeight">κ in days, see <see cref="PriorWeight"/>.</param>
    /// <param name="prior">r₀, units a day; not used when κ is 0.</param>
    public static DemandRate Of(ReadOnlySpan<double> units, ReadOnlySpan<bool> closed, double halfLife, double priorWeight, double prior)
    {
        var decay = Math.Pow(2, -1 / halfLife);
        var (weight, sum, left) = (0.0, 0.0, 0);
        var w = 1.0;
        for (var i = units.Length - 1; i >= 0; i--, w *= decay)
        {
            if (closed[i])
            {
                left++;
                continue;
            }

            weight += w;
            sum += w * units[i];
        }

        var all = weight + priorWeight;
        return new(all > 0 ? (sum + priorWeight * prior) / all : prior, weight, left);
    }

    /// <summary>κ = 7·max(0, 1 − openDays/56).</summary>
    public static double PriorWeight(int openDays) => 7 * Math.Max(0, 1 - openDays / (double)YoungDays);

    /// <summary>g: the shop's last 14 days against its last 56, from 0.7 to 1.6; 1 without sales or with fewer than 56 days.</summary>
    /// <param name="shopUnits">The whole shop's units a day, oldest first.</param>
    public static double Season(ReadOnlySpan<double> shopUnits)
    {
        if (shopUnits.Length < 56)
        {
            return 1;
        }

        var recent = Sum(shopUnits[^14..]) / 14;
        var longer = Sum(shopUnits[^56..]) / 56;
        return longer > 0 ? Math.Clamp(recent / longer, 0.7, 1.6) : 1;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}

/// <summary>
/// φ: the variance-to-mean ratio of daily units, weighted with a half-life of 56 days and drawn to the shop's median
/// (OPERATIONS F2). At least 1, Poisson's.
/// </summary>
/// <param name="Raw">Before it is drawn to the pool; 1 without sales.</param>
/// <param name="SaleDays">Days with a sale among the last 56 of the series.</param>
/// <param name="Phi">(n·raw + 10·pool)/(n + 10), at least 1.</param>
public sealed record DemandDispersion(double Raw, int SaleDays, double Phi)
{
    public const double HalfLife = 56;

    /// <param name="pool">The median raw ratio over the shop's items.</param>
    public static DemandDispersion Of(ReadOnlySpan<double> units, ReadOnlySpan<bool> closed, double pool)
    {
        var (raw, days) = RawOf(units, closed);
        return new(raw, days, Math.Max(1, (days * raw + 10 * pool) / (days + 10)));
    }

    /// <summary>The ratio by itself and the days with a sale, for the pool.</summary>
    public static (double Raw, int SaleDays) RawOf(ReadOnlySpan<double> units, ReadOnlySpan<bool> closed)
    {
        var decay = Math.Pow(2, -1 / HalfLife);
        var (weight, sum, squares, days) = (0.0, 0.0, 0.0, 0);
        var w = 1.0;
        for (var i = units.Length - 1; i >= 0; i--, w *= decay)
        {
            if (closed[i])
            {
                continue;
            }

            weight += w;
            sum += w * units[i];
            squares += w * units[i] * units[i];
            days += units[i] > 0 && units.Length - i <= 56 ? 1 : 0;
        }

        var mean = weight > 0 ? sum / weight : 0;
        return (mean > 0 ? (squares / weight - mean * mean) / mean : 1, days);
    }
}
