using System.Runtime.InteropServices;

namespace OpsChat.Operations.Statistics;

/// <summary>
/// How many returns are usual on each day (OPERATIONS F6): b · x, the base rate b from days older than 28, drawn to the shop's by 30 lines.
/// </summary>
public static class ReturnRates
{
    /// <summary>What is younger is not in the base rate: a rise must not hide itself.</summary>
    public const int Lag = 28;

    private const double PriorWeight = 30;

    /// <summary>From that many returns on the shop's own rate is known.</summary>
    private const double LeastReturns = 5;

    /// <summary>The shop's rate as known on each day; NaN until it is known.</summary>
    public static double[] OfShop(IReadOnlyList<double> exposure, IReadOnlyList<double> returns)
    {
        var rates = new double[exposure.Count];
        var (x, c) = (0.0, 0.0);
        for (var day = 0; day < rates.Length; day++)
        {
            if (day >= Lag)
            {
                x += exposure[day - Lag];
                c += returns[day - Lag];
            }

            rates[day] = c >= LeastReturns ? c / x : double.NaN;
        }

        return rates;
    }

    /// <summary>The share of a reason among the shop's returns as known on each day, drawn to a fifth by five returns.</summary>
    public static double[] ShareOf(IReadOnlyList<double> ofReason, IReadOnlyList<double> all)
    {
        var shares = new double[all.Count];
        var (one, whole) = (0.0, 0.0);
        for (var day = 0; day < shares.Length; day++)
        {
            if (day >= Lag)
            {
                one += ofReason[day - Lag];
                whole += all[day - Lag];
            }

            shares[day] = (one + 1) / (whole + 5);
        }

        return shares;
    }

    /// <summary>Each day's count beside what is usual, from the first day on which the shop's rate is known.</summary>
    /// <param name="prior">The shop's rate on each day, for a reason times its share.</param>
    public static ReturnStream Stream(IReadOnlyList<double> exposure, IReadOnlyList<double> returns, Func<int, double> prior)
    {
        var (first, rate, x, c) = (exposure.Count, double.NaN, 0.0, 0.0);
        var steps = new List<(double, double)>();
        var (rates, due) = (new List<double>(), new List<double>());
        for (var day = 0; day < exposure.Count; day++)
        {
            if (day >= Lag)
            {
                x += exposure[day - Lag];
                c += returns[day - Lag];
            }

            if (prior(day) is var shop && !double.IsNaN(shop))
            {
                first = Math.Min(first, day);
                rate = (c + PriorWeight * shop) / (x + PriorWeight);
                steps.Add((returns[day], rate * exposure[day]));
                rates.Add(rate);
                due.Add(exposure[day]);
            }
        }

        return new(first, steps, rates, due);
    }

    /// <summary>The rate of an article's lines sold before a day, drawn to the shop's.</summary>
    public static double Before(double returns, double exposure, double shop) => (returns + PriorWeight * shop) / (exposure + PriorWeight);
}

/// <summary>Daily counts of returns beside what is usual.</summary>
/// <param name="First">The day of the first step.</param>
/// <param name="Rates">b on the day of each step.</param>
/// <param name="Due">x on the day of each step.</param>
public sealed record ReturnStream(int First, IReadOnlyList<(double Count, double Expected)> Steps, IReadOnlyList<double> Rates,
    IReadOnlyList<double> Due)
{
    private const int StandingDays = 28;

    /// <summary>A rise that has lasted that long is the usual.</summary>
    private const int FrozenDays = 120;

    /// <summary>An alarm stands until four weeks are no longer above what was usual when it was raised.</summary>
    public RateWatch Watch(double line) => RateWatch.Of(
        Steps, ChangeDetector.ReturnRatios, line, StandingDays, (step, alarm) => step - alarm <= FrozenDays ? Rates[alarm] * Due[step]
            : Steps[step].Expected);
}

/// <summary>What was sold from each day on and how much of it came back: k and e of F6's cohorts.</summary>
public sealed class ReturnCohorts
{
    private readonly double[] _returned;
    private readonly double[] _expected;

    /// <param name="sold">Lines by day of sale, up to the last whole day.</param>
    /// <param name="returned">Returns known by then, by day of sale.</param>
    /// <param name="rate">b: the usual share that comes back.</param>
    public ReturnCohorts(IReadOnlyList<int> sold, IReadOnlyList<double> returned, ReturnDelays delays, double rate)
    {
        var last = sold.Count - 1;
        (_returned, _expected) = (new double[sold.Count + 1], new double[sold.Count + 1]);
        for (var day = last; day >= 0; day--)
        {
            _returned[day] = _returned[day + 1] + returned[day];
            _expected[day] = _expected[day + 1] + (sold[day] > 0 ? rate * sold[day] * delays.By(last - day) : 0);
        }
    }

    /// <summary>The longest way back that a begin is looked for.</summary>
    public const int Window = 120;

    /// <summary>Days before and after the middle of a span in which a rise is looked for.</summary>
    private const int SpanAround = 14;

    /// <summary>Returns of what was sold from that day on, and how many are usual by now.</summary>
    public (double Returned, double Expected) From(int day) => day >= _returned.Length ? (0, 0)
        : (_returned[Math.Max(0, day)], _expected[Math.Max(0, day)]);

    /// <summary>The logarithm of E that returns are more than usual from that day on: of the mean over r of r^k e^(−e(r−1)).</summary>
    public double LogEvidence(int day) =>
        From(day) is var (k, e) ? CountEvidence.LogKnownChange(k, e, ChangeDetector.ReturnRatios.AsSpan()) : 0;

    /// <summary>
    /// The day of sale on which the rise most likely began; null when no day shows one. Each day weighs as much as its evidence; of all spans of four
    /// weeks the heaviest is taken, and of that the middle of its weight. On rises of 9 points put into real sales that is off by 8 days at the
    /// median, two in three by 14 at most; the day with the plainest evidence alone is off by 12, one in two by 14 at most.
    /// </summary>
    public int? Begin()
    {
        var days = Enumerable.Range(First, Count).ToList();
        if (!days.Exists(day => From(day) is var (returned, expected) && returned > expected))
        {
            return null;
        }

        var logarithms = days.ConvertAll(LogEvidence);
        var largest = logarithms.Max();
        var weights = logarithms.ConvertAll(logarithm => Math.Exp(logarithm - largest));
        int FirstOf(int middle) => Math.Max(0, middle - SpanAround);
        int EndOf(int middle) => Math.Min(weights.Count, middle + SpanAround + 1);
        var heaviest = Enumerable.Range(0, weights.Count).MaxBy(middle => weights[FirstOf(middle)..EndOf(middle)].Sum());
        var span = weights[FirstOf(heaviest)..EndOf(heaviest)];
        var (sum, half) = (0.0, span.Sum() / 2);
        return days[FirstOf(heaviest) + span.FindIndex(weight => (sum += weight) >= half)];
    }

    private int First => Math.Max(0, _returned.Length - 1 - Window);

    private int Count => Math.Max(0, _returned.Length - 1 - First);

    /// <summary>The logarithm of the mean evidence over every day on which it may have begun.</summary>
    public double LogMeanEvidence() =>
        Count == 0 ? 0 : CountEvidence.LogMean([.. Enumerable.Range(First, Count).Select(LogEvidence)]);
}

/// <summary>A recorded change and how well it explains a rise.</summary>
/// <param name="Share">0 to 1; all changes and "nothing recorded" together are 1.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CauseShare(int Index, double Share)
{
    private const double Recorded = 0.7;
    private const double Unfitting = 0.1;

    /// <summary>From that share on it is called the cause; below, what fits best.</summary>
    public const double CauseFrom = 0.6;

    /// <summary>Each change's share, the greatest first (OPERATIONS F6, Cause). What is missing to 1 belongs to nothing that was recorded.</summary>
    /// <param name="changes">The day of each, and whether its kind can explain the reason that rises.</param>
    public static IReadOnlyList<CauseShare> Rank(IReadOnlyList<(int Day, bool Fits)> changes, ReturnCohorts cohorts)
    {
        var prior = changes.Sum(c => c.Fits ? 1 : Unfitting);
        var logarithms = changes.Select(c => Math.Log(Recorded * (c.Fits ? 1 : Unfitting) / prior) + cohorts.LogEvidence(c.Day)).ToList();
        var unrecorded = Math.Log(1 - Recorded) + cohorts.LogMeanEvidence();
        // Of much that came back the evidence itself is more than a number can hold; only how much more one has than another counts.
        var largest = logarithms.Append(unrecorded).Max();
        var weights = logarithms.ConvertAll(logarithm => Math.Exp(logarithm - largest));
        var whole = weights.Sum() + Math.Exp(unrecorded - largest);
        return [.. weights.Select((w, i) => new CauseShare(i, w / whole)).OrderByDescending(c => c.Share).ThenBy(c => c.Index)];
    }
}
