using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OpsChat.Canary;

/// <summary>
/// How long things took, as counts in fixed bins, so that days can be added up. Bin k holds durations up to 0.1 s · 1.3^k, 64 bins
/// reach about 17 days; quantiles are therefore exact to within 15 %.
/// </summary>
/// <param name="Bins">Empty, or 64 counts.</param>
public sealed record Durations(ImmutableArray<int> Bins)
{
    private const int Count = 64;
    private const double First = 0.1;
    private const double Step = 1.3;

    public static Durations None { get; } = new([]);

    public int Total => Bins.Sum();

    /// <summary>The bins that hold any, under their numbers.</summary>
    internal Counts Counted =>
        new(
            Bins.Select((count, bin) => (Bin: bin.ToString(CultureInfo.InvariantCulture), Count: (long)count))
                .Where(b => b.Count != 0)
                .ToImmutableSortedDictionary(b => b.Bin, b => b.Count, StringComparer.Ordinal)
        );

    /// <summary>From <see cref="Counted"/>.</summary>
    internal static Durations From(Counts counted)
    {
        if (counted.ByName.IsEmpty)
        {
            return None;
        }

        var bins = new int[Count];
        foreach (var (bin, count) in counted.ByName)
        {
            bins[int.Parse(bin, CultureInfo.InvariantCulture)] = (int)count;
        }

        return new(ImmutableCollectionsMarshal.AsImmutableArray(bins));
    }

    /// <summary>One duration. Negative ones, of clocks that disagree, count as the shortest.</summary>
    public static Durations Of(TimeSpan duration)
    {
        var bin = duration.TotalSeconds <= First ? 0 : (int)Math.Ceiling(Math.Log(duration.TotalSeconds / First) / Math.Log(Step));
        var bins = new int[Count];
        bins[Math.Min(bin, Count - 1)] = 1;
        return new([.. bins]);
    }

    /// <summary>The duration that the share of all durations does not exceed, as the middle of its bin; null without any.</summary>
    /// <param name="share">0 to 1: 0.5 is the median.</param>
    public TimeSpan? Quantile(double share)
    {
        var wanted = Math.Max(1, (int)Math.Ceiling(share * Total));
        var seen = 0;
        for (var i = 0; i < Bins.Length; i++)
        {
            seen += Bins[i];
            if (seen >= wanted)
            {
                return TimeSpan.FromSeconds(First * Math.Pow(Step, i - 0.5));
            }
        }
        return null;
    }

    public static Durations operator +(Durations one, Durations other)
    {
        if (one.Bins.IsEmpty || other.Bins.IsEmpty)
        {
            return one.Bins.IsEmpty ? other : one;
        }
        var sum = new int[Count];
        for (var i = 0; i < Count; i++)
        {
            sum[i] = one.Bins[i] + other.Bins[i];
        }
        return new(ImmutableCollectionsMarshal.AsImmutableArray(sum));
    }

    public bool Equals(Durations? other) => other is not null && Bins.SequenceEqual(other.Bins);

    public override int GetHashCode() => Total;
}
