using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Every look-up of one turn with its answer; a part of the stored <see cref="TurnInput"/>.</summary>
public sealed record LookupRecord
{
    public static LookupRecord Nothing { get; } = new();

    /// <summary>What understanding took from the sentence encoder; null when none took part.</summary>
    public EncoderAnswers? Encoder { get; init; }

    /// <summary>Which product the words of each matter are about.</summary>
    public IReadOnlyList<RecordedMention> Mentions { get; init; } = [];

    /// <summary>One for each matter.</summary>
    public IReadOnlyList<RecordedFacts> Facts { get; init; } = [];

    /// <summary>Cases answered before, by <c>playbook@version</c>.</summary>
    public IReadOnlyDictionary<string, int> Answered { get; init; } = new Dictionary<string, int>();

    /// <summary>A model was configured.</summary>
    public bool HasModel { get; init; }

    /// <summary>What the model made of a draft, when it was asked.</summary>
    public IReadOnlyList<RecordedRevision> Revisions { get; init; } = [];

    /// <summary>What the model read, when it was asked.</summary>
    public RecordedRead? Read { get; init; }

    /// <summary>What the model suggested to a person, for each matter of which it was asked.</summary>
    public IReadOnlyList<RecordedSuggestion> Suggestions { get; init; } = [];

    public static string KeyOf(string playbook, string version) => $"{playbook}@{version}";
}

/// <summary>A model's suggestion for a person, as far as it tells of the decision. What the model looked up stands in the trace.</summary>
/// <param name="About">The matter's words (<see cref="KeyOf"/>).</param>
public sealed record RecordedSuggestion(string About, string? Text, IReadOnlyList<string> Calls, IReadOnlyList<ModelUse> Uses)
{
    public static RecordedSuggestion Of(DraftBrief brief, ModelSuggestion suggestion) =>
        new(KeyOf(brief), suggestion.Text, suggestion.Calls, suggestion.Uses);

    public static string KeyOf(DraftBrief brief) => TextKey.Of(brief.SupportCase.Words);

    public ModelSuggestion Suggestion() => new(Text, [], [], Calls, Uses);
}

/// <summary>What a model made of the turn's words.</summary>
/// <param name="Offered">The playbooks among which it chose (<see cref="KeyOf"/>): beside others it might have chosen another.</param>
public sealed record RecordedRead(string Offered, ModelRead Answer)
{
    public static string KeyOf(PlaybookSnapshot known) =>
        TextKey.Of(
            string.Join(
                '\n',
                ModelQuestions.Offered(known).Select(playbook => $"{playbook.Issue}\n{playbook.Title}\n{playbook.Description}")
            )
        );
}

/// <summary>Which product some words are about.</summary>
/// <param name="About">The words and the product that they were read after (<see cref="KeyOf"/>).</param>
public sealed record RecordedMention(string About, ProductMention Mention)
{
    public static string KeyOf(string text, ProductFocus focus) => TextKey.Of($"{text}\n{string.Join('\n', focus.Titles)}");
}
