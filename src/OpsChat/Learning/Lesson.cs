using OpsChat.Facts;

namespace OpsChat.Learning;

/// <summary>That a person refused to send a text.</summary>
/// <param name="Kind">The kind of error that they named.</param>
/// <param name="Words">Their reason in words; empty when they gave none.</param>
public sealed record Refusal(string Kind, string Words);

/// <summary>
/// What one turn teaches: what the customer wrote, what OpsChat would have said, and what a person did about it. It holds a customer's words: only
/// what <see cref="CommonWords"/> made of them may be shown.
/// </summary>
public sealed record Lesson
{
    public required string Turn { get; init; }
    public required string Conversation { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The customer's words of the turn.</summary>
    public required string Words { get; init; }

    /// <summary>BCP 47; <c>und</c> where the words do not tell.</summary>
    public required string Language { get; init; }

    /// <summary>The playbook that was chosen then; null when there was none.</summary>
    public string? Playbook { get; init; }

    /// <summary>The verdict's name.</summary>
    public required string Verdict { get; init; }

    /// <summary>The text that a person was offered or that went out; null when there was none.</summary>
    public string? Suggested { get; init; }

    /// <summary>What a person sent; null when nobody did.</summary>
    public string? Sent { get; init; }

    /// <summary>Whether the answer of then was right, by a person's or the customer's word; null when nobody said.</summary>
    public bool? WasRight { get; init; }
    public Refusal? Refused { get; init; }

    /// <summary>An owner approved the text, perhaps after an edit.</summary>
    public bool WasApproved { get; init; }

    /// <summary>From the customer's message to the person's answer; null while there is none.</summary>
    public TimeSpan? Waited { get; init; }

    /// <summary>What was known of order, parcel, product and customer then.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>Names and details of the customer that the conversation knows: they are masked wherever they stand.</summary>
    public IReadOnlyList<string> Private { get; init; } = [];

    /// <summary>A person answered in the agent's place: it had handed the matter over, or its answer was wrong.</summary>
    public bool IsAnsweredByAPerson => Sent is not null && (Verdict is not "Send" || WasRight == false);

    /// <summary>Shows no personal data.</summary>
    public override string ToString() => Turn;
}
