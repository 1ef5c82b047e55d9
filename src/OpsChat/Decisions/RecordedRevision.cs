using OpsChat.Drafting;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>What a model made of one of the owner's drafts. Rules are named by their line in the playbook whose draft it was.</summary>
public sealed record RecordedRevision
{
    /// <summary>The owner's draft that the model was asked about: with another one, nobody knows what it would have said.</summary>
    public required string About { get; init; }
    public string? Text { get; init; }
    public DraftOrigin Origin { get; init; }
    public string Language { get; init; } = "und";
    public int? RuleLine { get; init; }
    public int? InDoubtLine { get; init; }
    public bool HandsOff { get; init; }
    public string? Note { get; init; }
    public string? HandOffTo { get; init; }
    public bool Asks { get; init; }
    public bool NeedsApproval { get; init; }
    public IReadOnlyList<string> FactsUsed { get; init; } = [];
    public IReadOnlyList<string> MissingFacts { get; init; } = [];
    public IReadOnlyList<GuardFailure> Failures { get; init; } = [];
    public string? Question { get; init; }
    public IReadOnlyList<string> Notes { get; init; } = [];
    public IReadOnlyList<ModelUse> Uses { get; init; } = [];

    public static RecordedRevision Of(GuardedDraft owners, DraftBrief brief, bool leaves, GuardedDraft revised) => new()
    {
        About = KeyOf(owners, brief, leaves),
        Text = revised.Draft.Text,
        Origin = revised.Draft.Origin,
        Language = revised.Draft.Language,
        RuleLine = revised.Draft.Rule?.Line,
        InDoubtLine = revised.Draft.InDoubt?.Line,
        HandsOff = revised.Draft.HandsOff,
        Note = revised.Draft.Note,
        HandOffTo = revised.Draft.HandOffTo,
        Asks = revised.Draft.Asks,
        NeedsApproval = revised.Draft.NeedsApproval,
        FactsUsed = revised.Draft.FactsUsed,
        MissingFacts = revised.Draft.MissingFacts,
        Failures = revised.Failures,
        Question = revised.Question,
        Notes = revised.ModelNotes,
        Uses = revised.ModelUses,
    };

    /// <summary>The playbook's version belongs to the key: lines are lines of one file.</summary>
    public static string KeyOf(GuardedDraft owners, DraftBrief brief, bool leaves) =>
        TextKey.Of($"{brief.Playbook?.Issue}@{brief.Playbook?.Version}\n{owners.Draft.Rule?.Line}\n{owners.Draft.Text}\n{owners.Question}\n{leaves}");

    public GuardedDraft Draft(DraftBrief brief) => new(
        new()
        {
            Text = Text,
            Origin = Origin,
            Language = Language,
            Rule = RuleAt(brief.Playbook, RuleLine),
            InDoubt = RuleAt(brief.Playbook, InDoubtLine),
            HandsOff = HandsOff,
            Note = Note,
            HandOffTo = HandOffTo,
            Asks = Asks,
            NeedsApproval = NeedsApproval,
            FactsUsed = FactsUsed,
            MissingFacts = MissingFacts,
        },
        Failures, Question, Text is { } text ? MoneyDetector.ReadDraft(text) : MoneyReading.Nothing)
    {
        ModelNotes = Notes,
        ModelUses = Uses,
    };

    private static ExceptionRule? RuleAt(Playbook? playbook, int? line) =>
        line is null ? null : playbook?.Rules.FirstOrDefault(rule => rule.Line == line);
}
