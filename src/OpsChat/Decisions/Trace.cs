using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>The stored explanation of one decision: why this playbook, these facts, this verdict. Readable without the code.</summary>
public sealed record Trace
{
    public required string Turn { get; init; }
    public required string Conversation { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The messages that were answered together.</summary>
    public required IReadOnlyList<string> Messages { get; init; }
    public string? Case { get; init; }

    public required string Language { get; init; }
    public required IReadOnlyList<IssueScore> Issues { get; init; }
    public required IReadOnlyList<NearExample> NearExamples { get; init; }
    public required IReadOnlyList<WeighedWord> Words { get; init; }

    /// <summary>What makes up the confidence of the best issue.</summary>
    public IReadOnlyList<WeighedEvidence> Evidence { get; init; } = [];

    /// <summary>What the sentence encoder contributed; null when none took part.</summary>
    public EncoderAnswers? Encoder { get; init; }
    public required string SmallTalk { get; init; }
    public required MoneyTrace Money { get; init; }
    public required MoodTrace Mood { get; init; }

    public string? Playbook { get; init; }
    public string? PlaybookVersion { get; init; }

    /// <summary>Who chose the playbook.</summary>
    public Canary.ReadBy ReadBy { get; init; }

    /// <summary>Why this playbook: confidence above the threshold, or the open case it belongs to.</summary>
    public required string PlaybookBecause { get; init; }
    public required IReadOnlyList<ShownFact> Facts { get; init; }

    public string? Draft { get; init; }

    /// <summary>What the customer was asked, by itself; null when nothing was asked. It may have gone out with other matters.</summary>
    public string? Question { get; init; }
    public required string DraftFrom { get; init; }
    public string? Rule { get; init; }

    /// <summary>The names of the facts that stand in the draft.</summary>
    public IReadOnlyList<string> FactsUsed { get; init; } = [];
    public IReadOnlyList<string> MissingFacts { get; init; } = [];
    public IReadOnlyList<string> Guardrails { get; init; } = [];

    public required string Arm { get; init; }
    public int Bucket { get; init; }
    public decimal Percentage { get; init; }

    /// <summary>Why the answer is looked at by a person afterwards; null when it is not, or when nothing was sent.</summary>
    public string? SpotCheck { get; init; }

    public required string Verdict { get; init; }
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The same in plain words, for the owner.</summary>
    public required IReadOnlyList<string> Why { get; init; }

    /// <summary>What the model said and used, when one was asked.</summary>
    public IReadOnlyList<string> Model { get; init; } = [];

    /// <summary>Its calls, failed ones included.</summary>
    public IReadOnlyList<ModelUse> ModelUses { get; init; } = [];

    /// <summary>The same decision without what quotes the customer or tells of an order.</summary>
    /// <param name="conversation">The name under which it is kept.</param>
    public Trace WithoutWords(string conversation) => this with
    {
        Conversation = conversation,
        PlaybookBecause = "",
        NearExamples = [],
        Words = [],
        Encoder = null,
        Money = Money with { Words = [] },
        Mood = Mood with { Words = [] },
        Facts = [],
        Draft = null,
        Question = null,
        Guardrails = [],
        Why = [],
        Model = [],
        ModelUses = [.. ModelUses.Select(use => use with { Conversation = conversation })],
    };
}

/// <summary>Who said what about money; where they disagree, the most careful wins.</summary>
public sealed record MoneyTrace(string Message, double Score, IReadOnlyList<string> Words, string Draft, string Playbook, bool CaseMovesMoney);

public sealed record MoodTrace(string Tone, string Threat, bool WantsPerson, bool Complaint, IReadOnlyList<string> Words);
