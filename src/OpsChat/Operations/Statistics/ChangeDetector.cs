using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace OpsChat.Operations.Statistics;

/// <summary>
/// Notices that counts have become r times what is usual, for several r at once: Shiryaev and Roberts' statistic as an e-detector
/// (Pollak 1985; Shin, Ramdas, Rinaldo 2022; OPERATIONS F6). With an alarm line A and Poisson counts of known mean a stream raises a
/// false alarm no sooner than every A steps on average.
/// </summary>
public sealed class ChangeDetector
{
    private readonly ImmutableArray<double> _ratios;
    private readonly double[] _values;

    /// <param name="ratios">How many times the usual count is looked for, each above 1.</param>
    public ChangeDetector(ImmutableArray<double> ratios)
    {
        _ratios = ratios;
        _values = new double[ratios.Length];
    }

    /// <summary>What returns are watched with.</summary>
    public static ImmutableArray<double> ReturnRatios { get; } = [2, 3, 5, 8, 12];

    /// <summary>What carriers and stations are watched with.</summary>
    public static ImmutableArray<double> RateRatios { get; } = [2, 3, 5];

    /// <summary>The evidence now: the mean over the ratios.</summary>
    public double Evidence { get; private set; }

    /// <summary>One step: <paramref name="count"/> were seen where <paramref name="expected"/> are usual. Returns the new evidence.</summary>
    public double Step(double count, double expected)
    {
        var sum = 0.0;
        for (var i = 0; i < _values.Length; i++)
        {
            var grown = (_values[i] + 1) * Math.Exp(count * Math.Log(_ratios[i]) - expected * (_ratios[i] - 1));
            _values[i] = Math.Min(grown, 1e200);
            sum += _values[i];
        }

        return Evidence = sum / _values.Length;
    }

    /// <summary>Starts over, as after an alarm.</summary>
    public void Restart()
    {
        Array.Clear(_values);
        Evidence = 0;
    }
}

/// <summary>What is usual of a stream of counts, as far as its past tells: a gamma belief about the mean of one step.</summary>
/// <param name="Count">What was counted.</param>
/// <param name="Steps">In so many steps, above 0.</param>
/// <param name="Phi">φ, at least 1: overdispersed counts say so many times less (quasi-Poisson).</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct UsualRate(double Count, double Steps, double Phi)
{
    public double Mean => Count / Steps;
}

/// <summary>
/// The statistic of Shiryaev and Roberts for a rise that began in the last few steps: the sum over those beginnings only. It is never above the
/// whole one, so a line A keeps its meaning; what has crept up for weeks is no event, for the usual rate has taken it in. The usual rate is
/// itself only known from so many steps before the beginning, so both likelihoods are averaged over its gamma belief: a quiet month before
/// makes no ordinary week a rise.
/// </summary>
/// <param name="ratios">As for <see cref="ChangeDetector"/>.</param>
/// <param name="steps">How many steps back a rise may have begun, at least 1.</param>
public sealed class RecentRise(ImmutableArray<double> ratios, int steps)
{
    /// <summary>What was seen since each beginning, the oldest first, and what was usual before it.</summary>
    private readonly List<(UsualRate Usual, double Count, double Exposure)> _beginnings = [];

    /// <summary>The evidence now: the mean over the ratios.</summary>
    public double Evidence { get; private set; }

    /// <summary>How many steps ago the rise most likely began, if it is one; 0 is the last step.</summary>
    public int Ago { get; private set; }

    /// <summary>What was usual before it began.</summary>
    public UsualRate Usual => _beginnings[^(Ago + 1)].Usual;

    /// <summary>One step. Returns the new evidence.</summary>
    /// <param name="count">What was seen.</param>
    /// <param name="exposure">How many usual steps this one is worth: 1.3 on a busy day, 0.5 at noon.</param>
    /// <param name="usual">What was usual before this step.</param>
    public double Step(double count, double exposure, UsualRate usual)
    {
        if (_beginnings.Count == steps)
        {
            _beginnings.RemoveAt(0);
        }

        _beginnings.Add((usual, 0, 0));
        var (all, most) = (0.0, -1.0);
        for (var b = 0; b < _beginnings.Count; b++)
        {
            var begun = _beginnings[b];
            _beginnings[b] = begun = begun with { Count = begun.Count + count, Exposure = begun.Exposure + exposure };
            var sum = 0.0;
            foreach (var ratio in ratios)
            {
                sum += Likelihood(begun.Usual, begun.Count, begun.Exposure, ratio);
            }

            all += sum;
            if (sum > most)
            {
                (most, Ago) = (sum, _beginnings.Count - 1 - b);
            }
        }

        return Evidence = all / ratios.Length;
    }

    /// <summary>Starts over, as after an alarm.</summary>
    public void Restart()
    {
        _beginnings.Clear();
        (Evidence, Ago) = (0, 0);
    }

    /// <summary>How much likelier the count is when the rate is so many times the usual one: of two negative binomial likelihoods.</summary>
    private static double Likelihood(UsualRate usual, double count, double exposure, double ratio)
    {
        var logarithm = count * Math.Log(ratio) + (usual.Count + count) * Math.Log((usual.Steps + exposure) / (usual.Steps + ratio * exposure));
        return Math.Exp(Math.Min(logarithm / usual.Phi, 460));
    }
}

/// <summary>Other ways to ask whether counts have risen (OPERATIONS F6).</summary>
public static class CountEvidence
{
    /// <summary>
    /// E for a change whose day is known: the mean over r of r^k e^(−e(r−1)). At least 20 at any time with chance at most 1/20 when
    /// nothing has changed.
    /// </summary>
    public static double KnownChange(double count, double expected, ReadOnlySpan<double> ratios) =>
        Math.Exp(LogKnownChange(count, expected, ratios));

    /// <summary>Its natural logarithm, also where it is more than a number can hold.</summary>
    public static double LogKnownChange(double count, double expected, ReadOnlySpan<double> ratios)
    {
        Span<double> logarithms = stackalloc double[ratios.Length];
        for (var i = 0; i < ratios.Length; i++)
        {
            logarithms[i] = count * Math.Log(ratios[i]) - expected * (ratios[i] - 1);
        }

        return LogMean(logarithms);
    }

    /// <summary>The logarithm of the mean of numbers that are given by their logarithms, at least one.</summary>
    public static double LogMean(ReadOnlySpan<double> logarithms)
    {
        var largest = double.NegativeInfinity;
        foreach (var logarithm in logarithms)
        {
            largest = Math.Max(largest, logarithm);
        }

        var sum = 0.0;
        foreach (var logarithm in logarithms)
        {
            sum += Math.Exp(logarithm - largest);
        }

        return largest + Math.Log(sum / logarithms.Length);
    }

    /// <summary>Kulldorff's scan statistic (1997): c ln(c/e) − (c − e) for at least 3 and more than expected, else 0.</summary>
    public static double Scan(double count, double expected) =>
        count >= 3 && count > expected ? count * Math.Log(count / expected) - (count - expected) : 0;

    /// <summary>Page's CUSUM for a rate that became <paramref name="ratio"/> times as large: one step, S ← max(0, S + c ln r − e(r−1)).</summary>
    public static double Cusum(double before, double count, double expected, double ratio) =>
        Math.Max(0, before + count * Math.Log(ratio) - expected * (ratio - 1));

    /// <summary>A share seen beside the share of all others: how many are expected, and the ratio drawn to 1 by two of each.</summary>
    public static (double Expected, double Ratio) AgainstOthers(double count, double tries, double allCount, double allTries)
    {
        var expected = (allCount - count) / (allTries - tries) * tries;
        return (expected, (count + 2) / (expected + 2));
    }
}
