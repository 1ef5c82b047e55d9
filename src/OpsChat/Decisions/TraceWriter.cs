using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Writes the explanation of a decision from the values that led to it. Pure.</summary>
static class TraceWriter
{
    /// <summary>Of a turn that could not be decided: nothing is known of it but that.</summary>
    public static Trace OfFailure(Turn turn, Case supportCase, DateTimeOffset now) => new()
    {
        Turn = turn.Id,
        Conversation = turn.Conversation.Id.ToString(),
        At = now,
        Messages = [.. turn.Messages.Select(m => m.Id)],
        Case = supportCase.Id,
        Language = turn.Conversation.Language,
        Issues = [],
        NearExamples = [],
        Words = [],
        SmallTalk = SmallTalk.None.ToString(),
        Money = new(MoneySense.None.ToString(), 0, [], MoneySense.None.ToString(), "none", supportCase.MovesMoney),
        Mood = new(Tone.Calm.ToString(), Threat.None.ToString(), false, false, []),
        PlaybookBecause = "",
        Facts = [],
        DraftFrom = DraftOrigin.None.ToString(),
        Arm = "",
        Verdict = "HandOff",
        Reasons = ["Failed"],
        Why = [GateReasonText.Failed],
    };

    public static Trace Write(TurnDecision decided)
    {
        var (reading, draft, playbook) = (decided.Reading, decided.Draft, decided.Choice.Playbook);
        return new()
        {
            Turn = decided.Turn.Id,
            Conversation = decided.Turn.Conversation.Id.ToString(),
            At = decided.At,
            Messages = [.. decided.Turn.Messages.Select(m => m.Id)],
            Case = decided.SupportCase.Id,
            Language = reading.Language,
            Issues = reading.Issues,
            NearExamples = reading.NearExamples,
            Words = reading.Words,
            Evidence = reading.Evidence,
            Encoder = reading.Encoder,
            SmallTalk = reading.SmallTalk.ToString(),
            Money = new(
                reading.Money.Sense.ToString(),
                reading.Money.Score,
                reading.Money.Words,
                decided.Guarded.DraftMoney.Sense.ToString(),
                (playbook?.Settings.Financial.ToString() ?? "none").ToLowerInvariant(),
                decided.SupportCase.MovesMoney
            ),
            Mood = new(
                reading.Mood.Tone.ToString(),
                reading.Mood.Threat.ToString(),
                reading.Mood.WantsPerson,
                reading.Mood.IsComplaint,
                reading.Mood.Words
            ),
            Playbook = playbook?.Issue,
            PlaybookVersion = playbook?.Version,
            ReadBy = decided.Choice.ReadBy,
            PlaybookBecause = decided.Choice.Because,
            // What is true for the whole shop is in its file; only what the draft used of it belongs to this decision.
            Facts = [.. decided.Facts.All.Where(f => !f.Name.StartsWith("store.", StringComparison.Ordinal) || draft.FactsUsed.Contains(f.Name))
                .Concat(decided.Guarded.Suggestion?.Facts ?? []).Select(ShownFact.From)],
            Draft = draft.Text,
            Question = (decided.Decision.Verdict as Verdict.AskCustomer)?.Question,
            DraftFrom = draft.Origin.ToString(),
            Rule = draft.Rule is { } rule ? $"line {rule.Line}: When {rule.Condition.Shown}" : null,
            FactsUsed = draft.FactsUsed,
            MissingFacts = draft.MissingFacts,
            Guardrails = [.. decided.Guarded.Failures.Select(f => f.Sentence)],
            Arm = decided.Arm.Arm.ToString().ToLowerInvariant(),
            Bucket = decided.Arm.Bucket,
            Percentage = decided.Arm.Percentage,
            SpotCheck = decided.Decision.Verdict is Verdict.Send { SpotCheck: true } ? decided.Draw.Why : null,
            Verdict = decided.Decision.Verdict.Name,
            Reasons = [.. decided.Decision.Reasons.Select(r => r.ToString())],
            Why =
            [
                .. decided.Decision.Reasons.Select(GateReasonText.Sentence),
                .. draft.IsPart ? ["The whole reply was said already, so only its sentence that answers is said again."] : Array.Empty<string>(),
                .. decided.Guarded.Failures.Select(f => f.Sentence),
            ],
            Model = decided.Guarded.ModelNotes,
            ModelUses = decided.ModelUses,
        };
    }
}
