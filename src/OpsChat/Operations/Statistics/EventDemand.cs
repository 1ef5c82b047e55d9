namespace OpsChat.Operations.Statistics;

/// <summary>
/// Demand while an event runs (a launch, a sale): so many times the base in its first 72 hours, then a factor learned from what
/// sells (OPERATIONS F7; gamma prior on the factor, worth a week of base demand).
/// </summary>
/// <param name="Factor">f: times the base, after the first 72 hours.</param>
/// <param name="Low">5 % quantile of f.</param>
/// <param name="High">95 % quantile of f.</param>
public sealed record EventDemand(double Factor, double Low, double High)
{
    /// <summary>What a launch does when nothing is known of it: 3 times the base for 72 hours, then 1.4 times.</summary>
    public const double DefaultTimes = 3;
    public const double DefaultAfter = 1.4;
    public const int FirstDays = 3;

    /// <summary>An event that has not ended by itself is over after that many days.</summary>
    public const int MostDays = 60;

    /// <param name="baseRate">b: units a day before the event.</param>
    /// <param name="days">Days since the first 72 hours ended.</param>
    /// <param name="units">Units sold in them.</param>
    /// <param name="prior">The factor that the shop's past events suggest.</param>
    public static EventDemand After(double baseRate, double days, double units, double prior = DefaultAfter)
    {
        var weight = 7 * Math.Max(baseRate, 0.5);
        var (shape, rate) = (units + prior * weight, baseRate * days + weight);
        return new(shape / rate, GammaDistribution.Quantile(0.05, shape, rate), GammaDistribution.Quantile(0.95, shape, rate));
    }

    /// <summary>Whether the factor may be 1 again, or is below it: the event is over.</summary>
    public bool MayBeOver => Low <= 1;

    /// <summary>The shop's own past factors instead of the default: mean of logarithms, with weight n/(n + 3).</summary>
    public static double Learned(IReadOnlyCollection<double> past, double prior) => past.Count == 0 ? prior
        : Math.Exp((past.Sum(Math.Log) + 3 * Math.Log(prior)) / (past.Count + 3));
}
