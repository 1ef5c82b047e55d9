namespace OpsChat.Canary;

/// <summary>One change of a percentage or a version, as it is kept in the store.</summary>
/// <param name="Playbook">Null: the whole.</param>
/// <param name="Version">The playbook's version from then on; empty for the whole.</param>
/// <param name="To">Percent in force from then on.</param>
/// <param name="By">A person's name, or <c>rollout</c>.</param>
public sealed record RolloutChange(DateTimeOffset At, string? Playbook, string Version, RolloutStep Step, decimal To, string By, string Why)
{
    /// <summary>For the pictures of the report.</summary>
    public ReportMark Mark => new(At, Playbook, Step, Why);
}

/// <summary>What the past changes say about the present. Changes are given in the order of time.</summary>
public static class RolloutHistory
{
    /// <summary>
    /// The state of a playbook, or of the whole when null. What happens to the whole moves a playbook that follows it; one with a percentage of
    /// its own is moved only by a rollback of the whole, which takes everyone out.
    /// </summary>
    /// <param name="begun">When counting began; the answer while nothing has changed.</param>
    /// <param name="hasOwn">The playbook has a percentage of its own.</param>
    public static RolloutState StateOf(
        IEnumerable<RolloutChange> changes,
        string? playbook,
        DateTimeOffset begun,
        bool hasOwn = false,
        bool paused = false
    )
    {
        var last = changes.LastOrDefault(c => c.Playbook == playbook || (c.Playbook is null && (!hasOwn || c.Step == RolloutStep.RolledBack)));
        return last is null ? new(RolloutStep.Started, begun, paused) : new(last.Step, last.At, paused);
    }

    /// <summary>
    /// What evidence is measured against now: a stage begins with every change of percentage or version, full coverage with the change that
    /// reached 100 %.
    /// </summary>
    public static EvidenceRules RulesOf(CanaryConfig config, IEnumerable<RolloutChange> changes, string? playbook, DateTimeOffset begun)
    {
        var since = StateOf(changes, playbook, begun, playbook is not null && config.HasOwn(playbook)).Since;
        return new(config.ErrorBudget, since, config.PercentageOf(playbook) >= 100 ? since : null) { Begun = BegunAnew(changes, playbook) };
    }

    /// <summary>When the owner last let a playbook, or everything, begin anew; null when that never happened.</summary>
    public static DateTimeOffset? BegunAnew(IEnumerable<RolloutChange> changes, string? playbook) =>
        changes.LastOrDefault(c => c.Step == RolloutStep.BegunAnew && (c.Playbook is null || c.Playbook == playbook))?.At;
}
