namespace OpsChat.Decisions;

/// <summary>A decision as <c>try --json</c> shows it. A stable contract: members are added, never renamed.</summary>
/// <param name="Verdict">The verdict's name: <c>Send</c>, <c>AskCustomer</c>, <c>AskOwner</c>, <c>HandOff</c> or <c>Silent</c>.</param>
/// <param name="Confidence">Of the best candidate, 0 to 1; 0 without one.</param>
/// <param name="Draft">The answer or the question, else what a person is offered to send; null when there is none.</param>
public sealed record TriedTurn(
    string Text,
    string Verdict,
    string? Playbook,
    double Confidence,
    IReadOnlyList<TriedCandidate> Candidates,
    IReadOnlyList<GateReason> Reasons,
    string? Draft
)
{
    public required string Language { get; init; }
    public required string Money { get; init; }
    public required IReadOnlyList<TriedFact> Facts { get; init; }
    public required IReadOnlyDictionary<string, string> Slots { get; init; }
    public required IReadOnlyList<TriedExample> Nearest { get; init; }

    /// <summary>Further matters of the same message, each decided by itself, with the words that it is about.</summary>
    public IReadOnlyList<TriedTurn> Others { get; init; } = [];

    public static TriedTurn Of(TurnDecision decided) =>
        Of(decided, decided.Turn.Text) with { Others = [.. decided.Others.Select(other => Of(other, other.Matter.Text))] };

    private static TriedTurn Of(TurnDecision decided, string text) =>
        new(
            text,
            decided.Decision.Verdict.Name,
            decided.Choice.Playbook?.Issue,
            decided.Reading.Issues.Count > 0 ? decided.Reading.Issues[0].Confidence : 0,
            [.. decided.Reading.Issues.Select(issue => new TriedCandidate(issue.Issue, issue.Confidence))],
            decided.Decision.Reasons,
            decided.SaysSomething ? decided.Reply : decided.Suggestion
        )
        {
            Language = decided.Reading.Language,
            Money = decided.Reading.Money.Sense.ToString(),
            Facts =
            [
                .. decided.Gathered.Facts.All.Select(fact => new TriedFact(fact.Name, fact.Value.Shown, null, fact.Source, fact.At)),
                .. decided.Gathered.Unknown.Select(fact => new TriedFact(fact.Name, null, fact.Reason, fact.Source, fact.At)),
                .. decided
                    .Draft.MissingFacts.Except(decided.Gathered.Unknown.Select(fact => fact.Name))
                    .Select(name => new TriedFact(name, null, "not known", "", decided.At)),
            ],
            Slots = decided.SupportCase.Slots.Shown(),
            Nearest = [.. decided.Reading.NearExamples.Select(near => new TriedExample(near.Phrase, near.Issue, near.Similarity))],
        };
}

public sealed record TriedCandidate(string Playbook, double Confidence);

/// <param name="Value">Null when the fact is not known; <paramref name="Unknown"/> says why then.</param>
public sealed record TriedFact(string Name, string? Value, string? Unknown, string Source, DateTimeOffset At);

/// <param name="Similarity">0 to 1.</param>
public sealed record TriedExample(string Text, string Playbook, double Similarity);
