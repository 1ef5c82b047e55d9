using System.Collections.Immutable;

namespace OpsChat.Canary;

/// <summary>
/// Evidence that the canary's customers fare worse than the control's, case by case (the per-observation form of Turner, Ly and Grünwald's
/// e-variables, arXiv 2106.02693). Exact for any share and for base rates that change in time.
/// </summary>
/// <param name="Cases">Observed so far, both arms together.</param>
/// <param name="Errors">How many of them ended unhappily.</param>
/// <param name="Logs">ln of the evidence for each assumed ratio of the arms' rates.</param>
public sealed record RelativeEvidence(int Cases, int Errors, ImmutableArray<double> Logs)
{
    private static readonly ImmutableArray<double> Ratios = [1.25, 1.5, 2, 3, 4, 6];

    public static RelativeEvidence None { get; } = new(0, 0, [.. Ratios.Select(_ => 0.0)]);

    /// <summary>ln of the evidence: the mean over the ratios.</summary>
    public double Log => EValues.LogMeanExp(Logs.AsSpan());

    /// <summary>
    /// Both together. Each part measured its cases against its own past, which is past data too, so that the product of their evidence for
    /// one ratio is evidence again.
    /// </summary>
    public static RelativeEvidence operator +(RelativeEvidence one, RelativeEvidence other) =>
        new(one.Cases + other.Cases, one.Errors + other.Errors, [.. one.Logs.Zip(other.Logs, (a, b) => a + b)]);

    /// <summary>One more case. What is assumed of it rests on earlier cases only.</summary>
    /// <param name="share">The share of customers in the canary arm at that moment, 0 to 1.</param>
    public RelativeEvidence Add(Arm arm, double share, bool wrong)
    {
        var builder = ImmutableArray.CreateBuilder<double>(Ratios.Length);
        var known = (Errors + 0.5) / (Cases + 10);
        for (var i = 0; i < Ratios.Length; i++)
        {
            builder.Add(Logs[i] + LogFactor(Ratios[i], known, arm, share, wrong));
        }
        return new(Cases + 1, Errors + (wrong ? 1 : 0), builder.MoveToImmutable());
    }

    /// <summary>ln of what one case multiplies the evidence for <paramref name="ratio"/> by.</summary>
    internal static double LogFactor(double ratio, double known, Arm arm, double share, bool wrong)
    {
        var control = known / (share * ratio + 1 - share);
        var canary = Math.Min(0.95, ratio * control);
        var either = share * canary + (1 - share) * control;
        var own = arm == Arm.Canary ? canary : control;
        return wrong ? Math.Log(own / either) : Math.Log((1 - own) / (1 - either));
    }
}
