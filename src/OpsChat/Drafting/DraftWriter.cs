using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Drafting;

/// <summary>What a draft is made from.</summary>
public sealed record DraftBrief(
    Reading Reading, Playbook? Playbook, Case Matter, FactSet Facts, GatheredFacts Gathered, Knowledge Knowledge)
{
    public string Language => Reading.Language;
}

/// <summary>A draft with what the guardrails say of it, and the question that could be asked instead.</summary>
/// <param name="Question">A question for what only the customer can tell; null when there is none to put.</param>
/// <param name="DraftMoney">The money detector's word on the draft.</param>
/// <param name="ModelNotes">What the model did, for the trace.</param>
public sealed record GuardedDraft(
    Draft Draft, IReadOnlyList<GuardFailure> Failures, string? Question, MoneyReading DraftMoney, IReadOnlyList<string> ModelNotes);

/// <summary>Steps 5 and 6 of the pipeline: the owner's words filled with facts, then checked.</summary>
public static class DraftWriter
{
    /// <summary>Without a model: pure.</summary>
    public static GuardedDraft Write(DraftBrief brief)
    {
        var draft = Words(brief);
        var failures = draft.Text is null ? [] : Guardrails.Check(GuardInputOf(draft, brief));
        var money = draft.Text is { } text ? MoneyDetector.ReadDraft(text) : MoneyReading.Nothing;
        return new(draft, failures, QuestionOf(draft, brief), money, []);
    }

    private static Draft Words(DraftBrief brief)
    {
        var texts = brief.Knowledge.Shop.Texts;
        return (brief.Playbook, brief.Reading.SmallTalk) switch
        {
            // A condition in prose is about the whole matter, not about the last fragment of it.
            ({ } playbook, _) => Drafter.Make(playbook, brief.Facts, brief.Language, phrase => brief.Knowledge.Reader.Holds(phrase, brief.Matter.Words)),
            (null, SmallTalk.Greeting) => Drafter.Standing(texts.Greeting, brief.Facts, brief.Language),
            (null, SmallTalk.Thanks or SmallTalk.Goodbye or SmallTalk.Acknowledgement) => Drafter.Standing(texts.Thanks, brief.Facts, brief.Language),
            _ => Draft.Nothing,
        };
    }

    private static string? QuestionOf(Draft draft, DraftBrief brief)
    {
        if (draft.Asks)
        {
            return draft.Text;
        }

        return brief.Gathered.ItemsFor(brief.Playbook?.FactNames() ?? new HashSet<string>()).Any(IsIdentity)
            ? Drafter.Standing(brief.Knowledge.Shop.Texts.Identify, brief.Facts, brief.Language).Text
            : null;
    }

    /// <summary>Items that prove whose order it is.</summary>
    public static bool IsIdentity(string item) => item is SuppliedItem.OrderNumber or SuppliedItem.SecondDetail;

    private static GuardInput GuardInputOf(Draft draft, DraftBrief brief) => new()
    {
        Draft = draft.Text!,
        MaxWords = brief.Playbook?.Settings.MaxWords ?? PlaybookSettings.DefaultMaxWords,
        LinkRequired = draft is { Origin: DraftOrigin.StandardReply } && brief.Playbook is { Settings.LinkRequired: true },
        OwnersTexts = [draft.Text!],
        Facts = brief.Facts,
        CustomersWords = brief.Matter.Words,
    };
}
