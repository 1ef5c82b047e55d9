using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace OpsChat.Operations.Statistics;

/// <summary>
/// Watches a stream of daily counts against expected ones over its whole length, so that a monitor stays a pure function: an alarm stands
/// from the day on which the evidence passed the line until the last week (or longer, for what is rare) is no longer above what is usual.
/// </summary>
/// <param name="Strength">The evidence; while an alarm stands at least the line times how far the last week exceeds the usual.</param>
/// <param name="AlarmStep">The step at which the standing alarm was raised; null when none stands.</param>
/// <param name="Recent">Count of the last steps, seven unless said.</param>
/// <param name="RecentExpected">Expected in the same steps.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RateWatch(double Strength, int? AlarmStep, double Recent, double RecentExpected)
{
    private const int Week = 7;

    /// <param name="window">How many steps back decide whether a standing alarm is over.</param>
    /// <param name="frozen">What is expected at a step by what was known at the step of the standing alarm, so that a rise does not become the
    /// usual while it is told; null where the expected counts come from elsewhere.</param>
    public static RateWatch Of(
        IReadOnlyList<(double Count, double Expected)> steps,
        ImmutableArray<double> ratios,
        double line,
        int window = Week,
        Func<int, int, double>? frozen = null
    )
    {
        var (detector, used) = (new ChangeDetector(ratios), new double[steps.Count]);
        int? alarm = null;
        var (count, expected) = (0.0, 0.0);
        for (var i = 0; i < steps.Count; i++)
        {
            used[i] = alarm is { } at && frozen is not null ? frozen(i, at) : steps[i].Expected;
            count += steps[i].Count - (i >= window ? steps[i - window].Count : 0);
            expected += used[i] - (i >= window ? used[i - window] : 0);
            if (detector.Step(steps[i].Count, used[i]) >= line)
            {
                alarm ??= i;
                detector.Restart();
            }
            else if (alarm is not null && Excess(count, expected) < 0.5)
            {
                alarm = null;
                detector.Restart();
            }
        }

        var standing = alarm is null ? 0 : line * Math.Max(0.5, Math.Min(2, Excess(count, expected)));
        return new(Math.Max(detector.Evidence, standing), alarm, count, expected);
    }

    /// <summary>0 as usual, 1 twice as much; drawn to 0 by one of each.</summary>
    private static double Excess(double count, double expected) => (count + 1) / (expected + 1) - 1;
}
