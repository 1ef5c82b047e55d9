namespace OpsChat.Operations.Statistics;

/// <summary>
/// How long after the sale returns are asked for: the shop's own shares by day, drawn to a gamma distribution of mean 14 days and shape 1.2
/// that counts like 50 returns (OPERATIONS F6).
/// </summary>
public sealed class ReturnDelays
{
    /// <summary>A return comes 0 to 89 days after the sale.</summary>
    public const int Days = 90;

    private const double PriorWeight = 50;
    private const double PriorMean = 14;
    private const double PriorShape = 1.2;

    private static readonly double[] s_prior = Prior();

    private readonly double[] _shares;
    private readonly double[] _byThen = new double[Days];

    private ReturnDelays(double[] shares)
    {
        _shares = shares;
        var sum = 0.0;
        for (var day = 0; day < Days; day++)
        {
            _byThen[day] = sum += shares[day];
        }
    }

    /// <param name="delays">Days from the sale to the return; those outside of 0 to 89 are left out.</param>
    public static ReturnDelays Of(IEnumerable<int> delays)
    {
        var shares = s_prior.Select(share => share * PriorWeight).ToArray();
        var total = PriorWeight;
        foreach (var delay in delays.Where(d => d is >= 0 and < Days))
        {
            shares[delay]++;
            total++;
        }

        return new([.. shares.Select(share => share / total)]);
    }

    /// <summary>The share of returns that come exactly that many days after the sale.</summary>
    public double On(int day) => day is >= 0 and < Days ? _shares[day] : 0;

    /// <summary>The share of returns that have come by the end of that day after the sale.</summary>
    public double By(int day) => day < 0 ? 0 : _byThen[Math.Min(day, Days - 1)];

    /// <summary>x: how many lines are, so to speak, due to be returned on each day: sold(t − d) · f(d), summed over d.</summary>
    public double[] Exposure(IReadOnlyList<int> sold)
    {
        var exposure = new double[sold.Count];
        for (var day = 0; day < sold.Count; day++)
        {
            for (var d = 0; sold[day] > 0 && d < Days && day + d < exposure.Length; d++)
            {
                exposure[day + d] += sold[day] * _shares[d];
            }
        }

        return exposure;
    }

    /// <summary>A delay drawn by its share.</summary>
    /// <param name="chance">Uniform in 0 to 1.</param>
    public int Draw(double chance) => Math.Min(Days - 1, Array.FindIndex(_byThen, share => share >= chance) is >= 0 and var day ? day : Days - 1);

    private static double[] Prior()
    {
        var rate = PriorShape / PriorMean;
        var whole = GammaDistribution.Below(Days, PriorShape, rate);
        return [.. Enumerable.Range(0, Days).Select(d =>
            (GammaDistribution.Below(d + 1, PriorShape, rate) - GammaDistribution.Below(d, PriorShape, rate)) / whole)];
    }
}
