using OpsChat.Playbooks;

namespace OpsChat.Decisions;

/// <summary>How a row of a playbook's Tests table ended.</summary>
/// <param name="Playbook">The playbook whose table it stands in.</param>
/// <param name="Wanted">The expectation; null when it cannot be read, which the parser has reported.</param>
/// <param name="Decided">What would be decided; null when there is nothing to compare it with.</param>
public sealed record PlaybookTestResult(string Playbook, PlaybookTest Test, PlaybookTestExpectation? Wanted, TurnDecision? Decided)
{
    public bool Passed =>
        Wanted is null || Decided is null || Wanted.Matches(Decided.Decision.Verdict.Name, Decided.Choice.Playbook?.Issue, Decided.Reply);

    /// <summary>It ends otherwise because the shop's data could not be read: that tells nothing about the playbook.</summary>
    public bool NeedsTheShop => !Passed && Decided!.Decision.Reasons.Contains(GateReason.ShopUnavailable);

    /// <summary>What it ends in, and why: <c>HandOff, none (no playbook fits)</c>.</summary>
    public string Ended =>
        Decided is null
            ? "not run"
            : $"{Decided.Decision.Verdict.Name}, {Decided.Choice.Playbook?.Issue ?? "none"} "
                + $"({string.Join(" ", Decided.Decision.Reasons.Select(GateReasonText.Sentence))})";
}

/// <summary>Runs the <c>## Tests</c> of playbooks, each row as a conversation of its own. Nothing is sent or stored.</summary>
public static class PlaybookTestRun
{
    public static async Task<IReadOnlyList<PlaybookTestResult>> RunAsync(
        PlaybookSnapshot known, Playbook playbook, ILookups lookups, TimeProvider time, CancellationToken cancellationToken)
    {
        List<PlaybookTestResult> results = [];
        foreach (var test in playbook.Tests)
        {
            var wanted = PlaybookTestExpectation.Parse(test.Expect).Expectation;
            results.Add(new(playbook.Issue, test, wanted, wanted is null ? null
                : await new Trial(known, lookups, time) { AsksWhoFirst = false }.SaysAsync(test.CustomerSays, cancellationToken)));
        }

        return results;
    }
}
