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

    /// <summary>Returns of what was sold from that day on, and how many are usual by now.</summary>
    public (double Returned, double Expected) From(int day) => day >= _returned.Length ? (0, 0)
        : (_returned[Math.Max(0, day)], _expected[Math.Max(0, day)]);

    /// <summary>E that returns are more than usual from that day on: the mean over r of r^k e^(−e(r−1)).</summary>
    public double Evidence(int day) => From(day) is var (k, e) ? CountEvidence.KnownChange(k, e, ChangeDetector.ReturnRatios.AsSpan()) : 0;

    /// <summary>The day of sale from which on the rise is plainest; null when no day shows one.</summary>
    public int? Begin()
    {
        var (best, at) = (0.0, (int?)null);
        for (var day = First; day < _returned.Length - 1; day++)
        {
            var (k, e) = From(day);
            if (k > e && k * Math.Log(k / Math.Max(e, 1e-9)) - (k - e) is var plain && plain > best)
            {
                (best, at) = (plain, day);
            }
        }

        return at;
    }

    private int First => Math.Max(0, _returned.Length - 1 - Window);

    /// <summary>The mean of <see cref="Evidence"/> over every day on which it may have begun.</summary>
    public double MeanEvidence()
    {
        var days = _returned.Length - 1 - First;
        return days <= 0 ? 1 : Enumerable.Range(First, days).Average(Evidence);
    }
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
        var weights = changes.Select(c => Recorded * (c.Fits ? 1 : Unfitting) / prior * cohorts.Evidence(c.Day)).ToList();
        var whole = weights.Sum() + (1 - Recorded) * cohorts.MeanEvidence();
        return [.. weights.Select((w, i) => new CauseShare(i, whole > 0 ? w / whole : 0)).OrderByDescending(c => c.Share).ThenBy(c => c.Index)];
    }
}
