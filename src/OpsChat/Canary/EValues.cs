namespace OpsChat.Canary;

/// <summary>
/// Evidence as e-values, in natural logarithms throughout. An e-value is at least 1/alpha with probability at most alpha when its
/// hypothesis is true, however often anyone looks (Howard, Ramdas, McAuliffe, Sekhon 2021, arXiv 1810.08240).
/// </summary>
public static class EValues
{
    /// <summary>ln of the evidence that the error rate is above the budget.</summary>
    public static double LogUp(Tally tally, double budget) => Alternatives.Above(budget).Log(tally);

    /// <summary>ln of the evidence that the error rate is below the budget.</summary>
    public static double LogDown(Tally tally, double budget) => Alternatives.Below(budget).Log(tally);

    /// <summary>
    /// How many right answers in a row would take the evidence below the budget to 1/<paramref name="significance"/>; 0 when it is there,
    /// null when more than a million.
    /// </summary>
    public static int? RightsNeeded(Tally tally, double budget, double significance)
    {
        const int most = 1_000_000;
        var below = Alternatives.Below(budget);
        bool Reached(int more) => below.Log(tally with { Cases = tally.Cases + more }) >= -Math.Log(significance);
        if (!Reached(most))
        {
            return null;
        }
        var (low, high) = (-1, most);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Reached(middle) ? (low, middle) : (middle, high);
        }
        return high;
    }

    /// <summary>
    /// The error rates that the tally does not speak against, at any time: all p with
    /// p^s (1-p)^(n-s) ≥ alpha · B(½+s, ½+n-s) / B(½, ½), found by bisection on both sides of s/n.
    /// </summary>
    /// <returns>Two rates, 0 to 1; both ends for an empty tally.</returns>
    public static (double Low, double High) Interval(Tally tally, double alpha)
    {
        var (n, s) = ((double)tally.Cases, (double)tally.Wrong);
        if (n == 0)
        {
            return (0, 1);
        }
        var floor = Math.Log(alpha) + LogBeta(0.5 + s, 0.5 + n - s) - LogBeta(0.5, 0.5);
        bool Holds(double p) => Times(s, Math.Log(p)) + Times(n - s, Math.Log(1 - p)) >= floor;
        return (Edge(s / n, 0, Holds), Edge(s / n, 1, Holds));
    }

    /// <summary>ln of the mean of e^x, without overflow.</summary>
    public static double LogMeanExp(ReadOnlySpan<double> logs)
    {
        var top = double.NegativeInfinity;
        foreach (var log in logs)
        {
            top = Math.Max(top, log);
        }
        var sum = 0.0;
        foreach (var log in logs)
        {
            sum += Math.Exp(log - top);
        }
        return top + Math.Log(sum / logs.Length);
    }

    /// <summary>ln B(a, b) for positive a and b.</summary>
    public static double LogBeta(double a, double b) => LogGamma(a) + LogGamma(b) - LogGamma(a + b);

    /// <summary>The last rate between <paramref name="inside"/> and <paramref name="end"/> that still holds.</summary>
    private static double Edge(double inside, double end, Func<double, bool> holds)
    {
        if (holds(end))
        {
            return end;
        }
        var outside = end;
        for (var i = 0; i < 40; i++)
        {
            var middle = (inside + outside) / 2;
            (inside, outside) = holds(middle) ? (middle, outside) : (inside, middle);
        }
        return inside;
    }

    /// <summary>0 · ln 0 is 0 in a likelihood.</summary>
    private static double Times(double count, double log) => count == 0 ? 0 : count * log;

    /// <summary>
    /// ln Γ(x) for x > 0: Stirling's series after the argument was raised to at least 10; its error there is below 1e-13.
    /// </summary>
    public static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 10; x++)
        {
            shift -= Math.Log(x);
        }
        var square = 1 / (x * x);
        var series = (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188)))) / x;
        return shift + (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series;
    }
}

/// <summary>
/// The rates that the error rate may have instead of the budget, as the logarithms of what one case multiplies the likelihood by.
/// </summary>
/// <param name="Wrong">ln(t / p0) for each alternative rate t and the budget p0.</param>
/// <param name="Right">ln((1 - t) / (1 - p0)).</param>
internal sealed record Alternatives(double[] Wrong, double[] Right)
{
    /// <summary>1.5 to 6 times the budget, at most 0.95.</summary>
    public static Alternatives Above(double budget) => Of(budget, [1.5, 2, 3, 4, 6]);

    /// <summary>0.02 to 0.6 times the budget.</summary>
    public static Alternatives Below(double budget) => Of(budget, [0.02, 0.2, 0.4, 0.6]);

    /// <summary>ln of the mean likelihood ratio over the alternatives.</summary>
    public double Log(Tally tally)
    {
        Span<double> logs = stackalloc double[Wrong.Length];
        for (var i = 0; i < logs.Length; i++)
        {
            logs[i] = tally.Wrong * Wrong[i] + tally.Right * Right[i];
        }
        return EValues.LogMeanExp(logs);
    }

    private static Alternatives Of(double budget, double[] multiples)
    {
        var rates = multiples.Select(m => Math.Min(0.95, m * budget)).ToList();
        return new([.. rates.Select(t => Math.Log(t / budget))], [.. rates.Select(t => Math.Log((1 - t) / (1 - budget)))]);
    }
}

/// <summary>Cases, and how many of them were wrong.</summary>
public sealed record Tally(int Cases, int Wrong)
{
    public static Tally None { get; } = new(0, 0);

    public int Right => Cases - Wrong;

    /// <summary>The share that was wrong, 0 to 1; null without cases.</summary>
    public double? Rate => Cases == 0 ? null : (double)Wrong / Cases;

    public Tally Add(bool wrong) => new(Cases + 1, Wrong + (wrong ? 1 : 0));

    public static Tally operator +(Tally one, Tally other) => new(one.Cases + other.Cases, one.Wrong + other.Wrong);
}
