using System.Text.RegularExpressions;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Drafting;

/// <summary>What a draft is made from.</summary>
public sealed record DraftBrief(
    Reading Reading, Playbook? Playbook, Case SupportCase, FactSet Facts, GatheredFacts Gathered, PlaybookSnapshot PlaybookSnapshot)
{
    public string Language => Reading.Language;

    /// <summary>The matter's words.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether the customer has had a reply in this conversation.</summary>
    public bool HasSpoken { get; init; }

    /// <summary>Digests of what the agent said in this conversation lately, as of <see cref="Turn.DigestOf"/>.</summary>
    public IReadOnlyCollection<string> Said { get; init; } = [];

    /// <summary>Some matter waits for a person, and the customer may be told so again.</summary>
    public bool MayRemind { get; init; }

    /// <summary>A person has this matter.</summary>
    public bool Waits { get; init; }
}

/// <summary>A draft with what the guardrails say of it, and the question that could be asked instead.</summary>
/// <param name="Question">A question for what only the customer can tell; null when there is none to put.</param>
/// <param name="DraftMoney">The money detector's word on the draft.</param>
public sealed record GuardedDraft(Draft Draft, IReadOnlyList<GuardFailure> Failures, string? Question, MoneyReading DraftMoney)
{
    /// <summary>What a model did, a sentence each, for the trace.</summary>
    public IReadOnlyList<string> ModelNotes { get; init; } = [];

    /// <summary>The calls that it took.</summary>
    public IReadOnlyList<ModelUse> ModelUses { get; init; } = [];

    /// <summary>What a model suggests to the person, where nothing of the owner's fits; null without one. Never sent by itself.</summary>
    public ModelSuggestion? Suggestion { get; init; }

    /// <summary>A translation that a model proposes to the owner; null without one. Never sent before a person took it.</summary>
    public ProposedTranslation? Translation { get; init; }

    /// <summary>With a note on what a model read before.</summary>
    public GuardedDraft With(ModelRead? read) =>
        read is null ? this : this with { ModelNotes = [read.Note, .. ModelNotes], ModelUses = [.. read.Uses, .. ModelUses] };

    /// <summary>With a suggestion for the person.</summary>
    public GuardedDraft With(ModelSuggestion? suggestion) => suggestion is null ? this : this with
    {
        Suggestion = suggestion,
        ModelNotes =
        [
            .. ModelNotes,
            suggestion.Text is null ? "The model had no suggestion that the guardrails let pass." : "The suggestion is the model's, from look-ups.",
            .. suggestion.Calls.Count > 0 ? [$"It looked up: {string.Join(", ", suggestion.Calls)}."] : Array.Empty<string>(),
            .. suggestion.Proposals.Select(proposal => $"It proposed a {proposal.Action} of {proposal.Order}; nothing has been done."),
        ],
        ModelUses = [.. ModelUses, .. suggestion.Uses],
    };
}

/// <summary>Steps 5 and 6 of the pipeline: the owner's words filled with facts, then checked.</summary>
public static partial class DraftWriter
{
    /// <summary>Without a model: pure.</summary>
    /// <param name="judged">Prose conditions that were judged already; null leaves all of them to the local matcher.</param>
    public static GuardedDraft Write(DraftBrief brief, IReadOnlyDictionary<string, Truth>? judged = null)
    {
        var whole = Words(brief, phrase => judged?.TryGetValue(phrase, out var truth) == true ? truth : OwnWord(phrase, brief));
        var draft = NarrowerReply.Of(whole, brief);
        var failures = draft.Text is null ? [] : Guardrails.Check(GuardsOf(draft, brief));
        var money = draft.Text is { } text ? MoneyDetector.ReadDraft(text) : MoneyReading.Nothing;
        return new(draft, failures, QuestionOf(draft, brief), money);
    }

    /// <summary>The prose conditions that decide between the playbook's rules, with the matcher's word on each.</summary>
    internal static IReadOnlyDictionary<string, Truth> ProseAsked(DraftBrief brief)
    {
        var asked = new Dictionary<string, Truth>(StringComparer.Ordinal);
        Words(brief, phrase => asked[phrase] = OwnWord(phrase, brief));
        return asked;
    }

    // A condition in prose is about the whole matter, not about the last fragment of it.
    private static Truth OwnWord(string phrase, DraftBrief brief) => brief.PlaybookSnapshot.Reader.Holds(phrase, brief.SupportCase.Words);

    private static Draft Words(DraftBrief brief, Func<string, Truth> prose)
    {
        var texts = brief.PlaybookSnapshot.Shop.Texts;
        return (brief.Playbook, brief.Reading.SmallTalk) switch
        {
            ({ } playbook, _) when brief.Gathered.UnknownOf(playbook.FactNames()) is { Count: > 0 } unknown => Draft.Nothing with
            {
                MissingFacts = unknown,
            },
            ({ } playbook, _) => Drafter.Make(playbook, brief.Facts, brief.Language, prose),
            (null, SmallTalk.Nudge or SmallTalk.Greeting) when brief.MayRemind => Drafter.Standing(
                texts.StillWorking,
                brief.Facts,
                brief.Language
            ) with
            {
                IsReminder = true,
            },
            (null, SmallTalk.Nudge or SmallTalk.Greeting) when brief.SupportCase.HoldingSent => Draft.Nothing,
            (null, SmallTalk.Greeting or SmallTalk.Nudge) => Drafter.Standing(
                brief.HasSpoken ? texts.Here : texts.Greeting,
                brief.Facts,
                brief.Language
            ),
            // While a person has the matter nothing may read like a word on it.
            (null, SmallTalk.Acknowledgement) when brief.Waits => Draft.Nothing,
            // A "yes" to a greeting that asked how it can help, or to what asked nothing.
            (null, SmallTalk.Acknowledgement)
                when brief is { HasSpoken: true, SupportCase: { Playbook: "", HoldingSent: false } }
                    || SmallTalkDetector.Agrees(brief.Text) => Drafter.Standing(
                texts.Here,
                brief.Facts,
                brief.Language
            ),
            (null, SmallTalk.Thanks or SmallTalk.Goodbye or SmallTalk.Acknowledgement) => Drafter.Standing(texts.Thanks, brief.Facts, brief.Language),
            // Whoever takes over begins with a word of welcome, where nothing was told yet that they could answer.
            (null, SmallTalk.None) when WantsPersonAndTellsNothing(brief) => Drafter.Standing(
                texts.Greeting,
                brief.Facts,
                brief.Language
            ),
            _ => Draft.Nothing,
        };
    }

    private static bool WantsPersonAndTellsNothing(DraftBrief brief) =>
        MoodDetector.OnlyWantsPerson(brief.Reading, brief.SupportCase.Words)
        || (brief is { Reading: { Mood: { WantsPerson: true, IsComplaint: false }, Money.Sense: MoneySense.None }, SupportCase.Playbook: "" }
            && brief.Reading.Issues is not [{ Confidence: >= NearSomething }, ..]);

    /// <summary>Below this confidence the words are about nothing that the playbooks know.</summary>
    private const double NearSomething = 0.1;

    private static string? QuestionOf(Draft draft, DraftBrief brief)
    {
        if (draft.Asks)
        {
            return draft.Text;
        }

        var texts = brief.PlaybookSnapshot.Shop.Texts;
        ReplyText? question = (brief.Gathered.ItemsFor(brief.Playbook?.FactNames() ?? new HashSet<string>()), brief.Gathered.Identity) switch
        {
            (_, IdentityOutcome.NoMatch) => texts.NoMatch,
            (_, IdentityOutcome.NeedsBothDetails) => texts.BothDetails,
            ([SuppliedItem.OrderNumber, SuppliedItem.SecondDetail, ..], _) => texts.Identify,
            ([SuppliedItem.OrderNumber, ..], _) => texts.OrderNumber,
            ([SuppliedItem.SecondDetail, ..], _) => texts.SecondDetail,
            _ => null,
        };
        if (question is null)
        {
            return null;
        }

        var asked = Said(question) ?? Said(texts.Identify);
        // Whoever tells of a trouble hears that it is heard before they are asked for numbers; later questions go on with that.
        return question == texts.Identify && IsToBeSorryFor(brief) && AreOfOneLanguage() && Said(texts.Sorry) is { } sorry
            ? sorry.EndsWith('。') ? sorry + asked : $"{sorry} {asked}"
            : asked;

        // A shop that has no such words of its own has them in English only.
        bool AreOfOneLanguage() =>
            texts.Sorry.TagFor(brief.Language) == question.TagFor(brief.Language)
            && (texts.Sorry.TagFor(brief.Language) != "und" || texts.Sorry.DefaultLanguage == question.DefaultLanguage);

        string? Said(ReplyText text) => Drafter.Standing(text, brief.Facts, brief.Language).Text;
    }

    private static bool IsToBeSorryFor(DraftBrief brief) =>
        brief.Reading.Mood is { IsComplaint: true } or { Tone: not Tone.Calm }
        || (brief.Playbook is { } playbook && SaysSorry().IsMatch(playbook.StandardReply.For(brief.Language).WrittenWords));

    [GeneratedRegex(@"\b(?:sorry|apologi[sz]e|maaf)\b|抱歉|对不起|對不起", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SaysSorry();

    /// <summary>Items that prove whose order it is.</summary>
    public static bool IsIdentity(string item) => item is SuppliedItem.OrderNumber or SuppliedItem.SecondDetail or SuppliedItem.BothDetails;

    /// <summary>What the owner's draft may say; a model's text in its place is held to the same.</summary>
    internal static GuardInput GuardsOf(Draft draft, DraftBrief brief) => new()
    {
        Draft = draft.Text!,
        MaxWords = brief.Playbook?.Settings.MaxWords ?? PlaybookSettings.DefaultMaxWords,
        LinkRequired = draft is { Origin: DraftOrigin.StandardReply } && brief.Playbook is { Settings.LinkRequired: true },
        OwnersTexts = [draft.Text!],
        Facts = brief.Facts,
        CustomersWords = brief.SupportCase.Words,
    };
}
