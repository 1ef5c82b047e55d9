namespace OpsChat.Canary;

/// <summary>What the owner is asked to agree to.</summary>
public enum RolloutAsk { Promote, RollBack, StartSmall }

/// <summary>A question about a rollout that the owner answers with one tap. What it says may have changed by then: the tap looks again.</summary>
/// <param name="Playbook">Null: the whole.</param>
/// <param name="Version">Of the playbook when it was asked; empty for the whole.</param>
/// <param name="From">Percent in force when it was asked.</param>
/// <param name="To">Percent after a yes.</param>
/// <param name="Since">When the stage began that it was asked in.</param>
/// <param name="Why">The question with its evidence, as a sentence.</param>
public sealed record RolloutQuestion(
    string Id, string? Playbook, string Version, RolloutAsk Asks, decimal From, decimal To, DateTimeOffset Since, string Why, DateTimeOffset At)
{
    /// <summary>How it ended, as a sentence; null while it waits.</summary>
    public string? Answer { get; init; }

    public string? AnsweredBy { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The same question, asked at another time perhaps.</summary>
    public bool IsSameAs(RolloutQuestion other) =>
        (Playbook, Version, Asks, From, To, Since) == (other.Playbook, other.Version, other.Asks, other.From, other.To, other.Since);

    /// <summary>The yes in words, for a button: <c>Go to 25 %</c>.</summary>
    public string Yes => Asks switch
    {
        RolloutAsk.Promote => $"Go to {ReportText.Percent(To)}",
        RolloutAsk.RollBack => "Roll back",
        _ => $"Start small, at {ReportText.Percent(To)}",
    };

    /// <summary>The command line that says yes.</summary>
    public string Command =>
        $"canary {(Asks switch { RolloutAsk.Promote => "promote", RolloutAsk.RollBack => "rollback", _ => $"set {ReportText.Number(To)}" })}"
        + (Playbook is null ? "" : $" --playbook {Playbook}");

    /// <summary>Why a yes can no longer count, whatever the evidence says; null while it can.</summary>
    /// <param name="since">When the present stage began.</param>
    /// <param name="version">In force now; empty for the whole.</param>
    public string? Overtaken(CanaryConfig config, DateTimeOffset since, string version)
    {
        var now = config.PercentageOf(Playbook);
        return now != From ? $"the percentage was {ReportText.Percent(From)} when this was asked, and is {ReportText.Percent(now)} now."
            : version != Version ? "the playbook has another version now."
            : since != Since ? "another stage has begun since this was asked."
            : null;
    }
}
