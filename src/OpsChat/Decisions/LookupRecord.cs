using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Every look-up of one turn with its answer; a part of the stored <see cref="TurnInput"/>.</summary>
public sealed record LookupRecord
{
    public static LookupRecord Nothing { get; } = new();

    /// <summary>What understanding took from the sentence encoder; null when none took part.</summary>
    public EncoderAnswers? Encoder { get; init; }

    /// <summary>One for each matter.</summary>
    public IReadOnlyList<RecordedFacts> Facts { get; init; } = [];

    /// <summary>Cases answered before, by <c>playbook@version</c>.</summary>
    public IReadOnlyDictionary<string, int> Answered { get; init; } = new Dictionary<string, int>();

    /// <summary>A model was configured.</summary>
    public bool HasModel { get; init; }

    /// <summary>What the model made of a draft, when it was asked.</summary>
    public IReadOnlyList<RecordedRevision> Revisions { get; init; } = [];

    public static string KeyOf(string playbook, string version) => $"{playbook}@{version}";
}
