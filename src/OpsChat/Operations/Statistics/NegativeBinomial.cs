using System.Runtime.InteropServices;

namespace OpsChat.Operations.Statistics;

/// <summary>
/// Counts that vary more than Poisson's, given by mean and variance: p = μ/σ², n = μp/(1−p) (method of moments; OPERATIONS F3).
/// </summary>
/// <param name="Mean">μ, in units; 0 means that nothing is ever asked for.</param>
/// <param name="Variance">σ², above <paramref name="Mean"/>.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct NegativeBinomial(double Mean, double Variance)
{
    /// <summary>Demand over h days at r a day: variance max(1.0001 μ, φμ + 0.10 μ²), the last term for a rate that is itself uncertain.</summary>
    /// <param name="rate">Units a day.</param>
    /// <param name="days">Days, not negative.</param>
    /// <param name="dispersion">φ of <see cref="DemandDispersion"/>, at least 1.</param>
    public static NegativeBinomial OfDays(double rate, double days, double dispersion) => OfLeadTime(rate, days, 0, dispersion);

    /// <summary>Demand over a lead time of mean m and standard deviation s days: the same with r²s² added.</summary>
    public static NegativeBinomial OfLeadTime(double rate, double days, double daysDeviation, double dispersion)
    {
        var mean = rate * days;
        var spread = rate * daysDeviation;
        return new(mean, Math.Max(1.0001 * mean, dispersion * mean + spread * spread + 0.10 * mean * mean));
    }

    /// <summary>The second parameter, p.</summary>
    public double Probability => Mean / Variance;

    /// <summary>The first parameter, n.</summary>
    public double Size => Mean * Probability / (1 - Probability);

    /// <summary>P(X ≥ k); 1 for k ≤ 0.</summary>
    public double AtLeast(int k)
    {
        if (k <= 0)
        {
            return 1;
        }

        var below = 0.0;
        foreach (var chance in Chances().Take(k))
        {
            below += chance;
        }

        return Math.Max(0, 1 - below);
    }

    /// <summary>E[(X − k)⁺]: the units that k pieces fail to serve; μ − k for k ≤ 0.</summary>
    public double Loss(int k)
    {
        if (k <= 0 || Mean <= 0)
        {
            return Math.Max(0, Mean - k);
        }

        var (below, loss) = (0.0, Mean);
        foreach (var chance in Chances().Take(k))
        {
            below += chance;
            loss -= 1 - below;
        }

        return Math.Max(0, loss);
    }

    /// <summary>The least k whose <see cref="Loss"/> is at most <paramref name="most"/>.</summary>
    public int LeastWithLoss(double most)
    {
        if (Mean <= most)
        {
            return 0;
        }

        var (k, below, loss) = (0, 0.0, Mean);
        foreach (var chance in Chances())
        {
            below += chance;
            loss -= 1 - below;
            k++;
            if (loss <= most || below >= 1 - 1e-12)
            {
                break;
            }
        }

        return k;
    }

    /// <summary>The least k with P(X ≤ k) at least <paramref name="share"/>.</summary>
    public int Quantile(double share)
    {
        var (k, below) = (0, 0.0);
        foreach (var chance in Chances())
        {
            below += chance;
            if (below >= Math.Min(share, 1 - 1e-12))
            {
                break;
            }

            k++;
        }

        return k;
    }

    /// <summary>P(X = 0), P(X = 1), … without end; in logarithms inside, so that large means do not underflow.</summary>
    private IEnumerable<double> Chances()
    {
        if (Mean <= 0)
        {
            yield return 1;
            for (; ; )
            {
                yield return 0;
            }
        }

        var (n, p) = (Size, Probability);
        var log = n * Math.Log(p);
        var step = Math.Log(1 - p);
        for (var k = 0; ; k++)
        {
            yield return Math.Exp(log);
            log += Math.Log((n + k) / (k + 1)) + step;
        }
    }
}
