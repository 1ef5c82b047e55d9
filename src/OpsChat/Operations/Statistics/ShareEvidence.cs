namespace OpsChat.Operations.Statistics;

/// <summary>Whether a share is above what is allowed: an e-value, so it may be looked at again and again (Ramdas and others 2023).</summary>
public static class ShareEvidence
{
    private static readonly double[] s_odds = [1.5, 2, 3, 5];

    /// <param name="hits">How many of them.</param>
    /// <param name="tries">Of how many.</param>
    /// <param name="allowed">The greatest share that is all right; 0 and 1 are drawn in to 0.01 and 0.99.</param>
    /// <returns>The mean of Bernoulli likelihood ratios at several times the allowed odds. At least A with chance at most 1/A while the share is
    /// the allowed one, or below it.</returns>
    public static double Above(int hits, int tries, double allowed)
    {
        var p = Math.Clamp(allowed, 0.01, 0.99);
        return s_odds.Average(times =>
        {
            var odds = times * p / (1 - p);
            var q = odds / (1 + odds);
            return Math.Exp(hits * Math.Log(q / p) + (tries - hits) * Math.Log((1 - q) / (1 - p)));
        });
    }
}
