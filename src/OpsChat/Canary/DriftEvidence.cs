using System.Collections.Immutable;

namespace OpsChat.Canary;

/// <summary>
/// Notices that the error rate rose after a long good time: the Shiryaev–Roberts e-detector, which restarts by itself at every case. At the
/// budget a false alarm comes on average no sooner than every <see cref="AlarmAt"/> cases.
/// </summary>
/// <param name="Logs">ln(1 + M) for each assumed rate above the budget; 0 before the first case.</param>
public sealed record DriftEvidence(ImmutableArray<double> Logs)
{
    /// <summary>The mean of the M at which the alarm is raised.</summary>
    public const double AlarmAt = 1000;

    public static DriftEvidence None { get; } = new([0, 0, 0, 0, 0]);

    /// <summary>The mean of the M.</summary>
    public double Mean => Math.Exp(EValues.LogMeanExp(Logs.AsSpan())) - 1;

    public bool IsAlarm => Mean >= AlarmAt;

    /// <summary>One more case, in the order of sending.</summary>
    public DriftEvidence Add(bool wrong, double budget) => Add(wrong, Alternatives.Above(budget));

    internal DriftEvidence Add(bool wrong, Alternatives above)
    {
        var ratios = wrong ? above.Wrong : above.Right;
        return new([.. Logs.Select((log, i) => Next(log, ratios[i]))]);
    }

    /// <summary>M becomes (M + 1) · ratio; both sides as ln(1 + M).</summary>
    private static double Next(double log, double logRatio)
    {
        var grown = log + logRatio;
        return grown > 0 ? grown + Math.Log(1 + Math.Exp(-grown)) : Math.Log(1 + Math.Exp(grown));
    }
}
