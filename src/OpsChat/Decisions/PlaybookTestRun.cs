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

    /// <summary>What it ends in, and why: <c>HandOff, none (No playbook fits.)</c>.</summary>
    public string Ended =>
        Decided is null
            ? "not run"
            : Because is { Length: > 0 } why ? $"{Verdict}, {Issue} ({why})" : $"{Verdict}, {Issue}";

    /// <summary>That a row which passed did so without its own playbook, and names none; null else.</summary>
    public string? Aside =>
        !Passed || Decided is null || Wanted is not { Issue: null } || Issue == Playbook ? null
        : $"It ends so because {(Issue == "none" ? "no playbook fits" : $"{Issue} answers it")}, not because of this playbook. "
            + $"Write “{Wanted.Verdict}, {Playbook}” to test that this one is chosen.";

    /// <summary>What was expected and what came, with the words of both; for one that did not pass.</summary>
    public string Problem => Misses switch
    {
        Miss.Phrase => $"“{Test.CustomerSays}” ends in {Verdict}, {Issue}, as it should, but {Said} and not “{Wanted!.Phrase}”.",
        _ => $"“{Test.CustomerSays}” should end in {Wanted}, and ends in {Ended}; {Said}.",
    };

    /// <summary>What to do about it.</summary>
    public string Remedy => Misses switch
    {
        Miss.Phrase => $"Write “{Wanted!.Phrase}” into the text that answers, or into the test what that text says.",
        Miss.Issue when Wanted!.Issue == "none" => $"Take the examples away that make {Issue} fit, or write {Issue} in the test.",
        Miss.Issue => $"Give {Wanted!.Issue} examples like this message, or write {Issue} in the test.",
        _ => $"Change the rule or setting that leads to {Verdict}, or write {Verdict} in the test.",
    };

    private enum Miss { Issue, Verdict, Phrase }

    /// <summary>The first thing that differs: with another playbook everything else is another one too.</summary>
    private Miss Misses => Wanted!.Issue is { } issue && !issue.Equals(Issue, StringComparison.OrdinalIgnoreCase) ? Miss.Issue
        : Wanted.Verdict != Verdict ? Miss.Verdict
        : Miss.Phrase;

    private string Verdict => Decided!.Decision.Verdict.Name;

    private string Issue => Decided!.Choice.Playbook?.Issue ?? "none";

    private string Because => string.Join(" ", Decided!.Decision.Reasons.Select(GateReasonText.Sentence));

    private string Said => Decided!.Reply is { Length: > 0 } reply ? $"it says “{reply.ReplaceLineEndings(" ")}”" : "it says nothing";
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
