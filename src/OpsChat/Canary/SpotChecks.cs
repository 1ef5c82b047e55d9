using System.Globalization;

namespace OpsChat.Canary;

/// <summary>Whether a sent answer is looked at by a person afterwards, and why; decided once for a turn.</summary>
/// <param name="Why">For the trace; null when it is not drawn.</param>
public sealed record SpotCheckDraw(bool IsDrawn, string? Why)
{
    public static SpotCheckDraw No { get; } = new(false, null);
}

/// <summary>Which sent answers a person is asked about.</summary>
public static class SpotChecks
{
    /// <summary>
    /// Draws an answer: at random by the share in force, and always among the first <see cref="CanaryConfig.MinimumScored"/> cases of a version,
    /// so that an edited playbook is looked at before it is trusted. The draw is a hash of the answer's id: it can be repeated and explained, and
    /// nobody can steer it.
    /// </summary>
    /// <param name="answer">The answer's id: the turn that made it.</param>
    /// <param name="answeredBefore">Cases that this version has answered before; more than <see cref="CanaryConfig.MinimumScored"/> need not be
    /// counted.</param>
    public static SpotCheckDraw Draw(CanaryConfig config, string answer, int answeredBefore) =>
        Draw(config.MinimumScored, config.DrawShare, Roll(config, answer), answeredBefore);

    /// <summary>The answer's draw, 0 to 9999: the lower, the sooner it is drawn.</summary>
    public static int Roll(CanaryConfig config, string answer) => Bucket.Of(config.Salt, "spot-check", answer);

    /// <param name="minimumScored">So many first answers of a version are all drawn.</param>
    /// <param name="share">The share of answers drawn after that, 0 to 1.</param>
    /// <param name="roll">From <see cref="Roll"/>.</param>
    public static SpotCheckDraw Draw(int minimumScored, decimal share, int roll, int answeredBefore)
    {
        if (answeredBefore < minimumScored)
        {
            return new(true, $"Among the first {minimumScored} answers of this version.");
        }

        return roll < share * Bucket.Count
            ? new(true, $"Drawn at random, {(share * 100).ToString("0.##", CultureInfo.InvariantCulture)} % of answers.")
            : SpotCheckDraw.No;
    }
}
