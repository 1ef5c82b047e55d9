using System.Collections.Immutable;

namespace OpsChat.Canary;

/// <summary>Customers seen while one share was in force, and how many of them were in the canary arm.</summary>
public sealed record SplitCount(double Share, int Customers, int Canary);

/// <summary>
/// Evidence that customers do not fall into the arms as the share says: a beta-binomial e-value for each share that was in force,
/// multiplied. A broken bucket, or a channel that gives one customer many names, shows here.
/// </summary>
/// <param name="Counts">One for each share, ascending.</param>
public sealed record SplitEvidence(ImmutableArray<SplitCount> Counts)
{
    /// <summary>The weight of the prior around the share, in customers.</summary>
    private const double Weight = 10;

    /// <summary>ln of the evidence at which the owner is told; one false word in a thousand rollouts.</summary>
    public static readonly double NoticeAt = Math.Log(1000);

    public static SplitEvidence None { get; } = new([]);

    public bool IsBroken => Log >= NoticeAt;

    public double Log => Counts.Sum(c =>
        EValues.LogBeta(Weight * c.Share + c.Canary, Weight * (1 - c.Share) + c.Customers - c.Canary)
        - EValues.LogBeta(Weight * c.Share, Weight * (1 - c.Share))
        - c.Canary * Math.Log(c.Share) - (c.Customers - c.Canary) * Math.Log(1 - c.Share));

    /// <summary>One more customer. A share of 0 or 1 leaves nothing to check.</summary>
    public SplitEvidence Add(double share, Arm arm)
    {
        if (share is <= 0 or >= 1)
        {
            return this;
        }
        var canary = arm == Arm.Canary ? 1 : 0;
        for (var i = 0; i < Counts.Length; i++)
        {
            var count = Counts[i];
            if (count.Share.Equals(share))
            {
                return new(Counts.SetItem(i, new(share, count.Customers + 1, count.Canary + canary)));
            }
        }
        return new([.. Counts.Append(new(share, 1, canary)).OrderBy(c => c.Share)]);
    }

    public static SplitEvidence operator +(SplitEvidence one, SplitEvidence other) => new(
    [
        .. one.Counts.Concat(other.Counts).GroupBy(c => c.Share)
            .Select(same => new SplitCount(same.Key, same.Sum(c => c.Customers), same.Sum(c => c.Canary))).OrderBy(c => c.Share),
    ]);
}
