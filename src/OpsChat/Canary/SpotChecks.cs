using System.Globalization;

namespace OpsChat.Canary;

/// <summary>Which sent answers a person is asked about.</summary>
public static class SpotChecks
{
    /// <summary>
    /// Whether an answer is drawn: at random by the share in force, and always among the first <see cref="CanaryConfig.MinimumScored"/> of a
    /// version, so that an edited playbook is looked at before it is trusted. The draw is a hash of the answer's id: it can be
    /// repeated and explained, and nobody can steer it.
    /// </summary>
    /// <param name="answer">The answer's id.</param>
    /// <param name="sentBefore">Answers that this version has sent before.</param>
    public static bool IsDrawn(CanaryConfig config, string answer, int sentBefore) =>
        sentBefore < config.MinimumScored || Bucket.Of(config.Salt, "spot-check", answer) < config.DrawShare * Bucket.Count;

    /// <summary>Why it was drawn, for the trace.</summary>
    public static string Why(CanaryConfig config, int sentBefore) =>
        sentBefore < config.MinimumScored
            ? $"Among the first {config.MinimumScored} answers of this version."
            : $"Drawn at random, {(config.DrawShare * 100).ToString("0.##", CultureInfo.InvariantCulture)} % of answers.";
}
