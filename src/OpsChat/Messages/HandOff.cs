using OpsChat.Facts;
using OpsChat.Understanding;

namespace OpsChat.Messages;

public enum HandOffState { Open, Closed }

/// <summary>A matter that a person answers, with a ready suggestion where there is one.</summary>
public sealed record HandOff
{
    public required string Id { get; init; }
    public required ConversationId Conversation { get; init; }
    public required string CaseId { get; init; }
    public required string Turn { get; init; }
    public required string CustomerWords { get; init; }

    /// <summary>The draft or question that the playbook proposes; null when there is none.</summary>
    public string? Suggestion { get; init; }

    /// <summary>How sure it is that the suggestion's playbook is the right one, 0 to 1; null when the suggestion comes from none.</summary>
    public double? Confidence { get; init; }

    /// <summary>What else could be meant, best first; at most two.</summary>
    public IReadOnlyList<AlternativeDraft> Alternatives { get; init; } = [];

    /// <summary>All texts that the card offers to send, the suggestion first.</summary>
    public IEnumerable<OfferedText> Offers =>
        [
            .. Suggestion is { } suggestion ? [new OfferedText(suggestion, null)] : Array.Empty<OfferedText>(),
            .. Alternatives.Select(other => new OfferedText(other.Text, other.Playbook)),
        ];

    /// <summary>Whether sending the suggestion is approving it.</summary>
    public bool IsAboutMoney => Suggestion is { } draft && MoneyDetector.IsAboutMoney(draft);

    /// <summary>A model's note on a long conversation so far; null when there is none.</summary>
    public string? Summary { get; init; }
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>The order that the chat proved, or only named; null when it did neither, or the shop has no such order.</summary>
    public OrderOnCard? Order { get; init; }

    /// <summary>Who should answer: <c>support</c>, <c>warehouse</c> …</summary>
    public required string To { get; init; }

    /// <summary><c>canary</c> or <c>control</c>, only to explain and to score.</summary>
    public string Arm { get; init; } = "";

    /// <summary>In the canary arm this draft would have been sent: what the owner does with it is evidence.</summary>
    public bool WouldSend { get; init; }
    public HandOffState State { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset At { get; init; }
    public IReadOnlyList<string> Marks { get; init; } = [];
    public string? ClosedBy { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? Outcome { get; init; }
}

/// <summary>What people are shown of an order while they answer. Never for the customer: whoever only knows a number may be anybody.</summary>
/// <param name="IsProven">The chat proved that the order is its customer's; false: it was only named.</param>
public sealed record OrderOnCard(string Number, bool IsProven, IReadOnlyList<ShownFact> Facts)
{
    /// <summary>Who may be told of it, in a sentence for the person who answers.</summary>
    public string Standing =>
        IsProven
            ? $"Order {Number}, proven to be this customer's."
            : $"Order {Number} was named but not proven to be this customer's: tell nothing of it before it is.";

    /// <summary>Shows no personal data.</summary>
    public override string ToString() => Number;
}

/// <summary>A reply that another playbook would give, for the person to take instead.</summary>
/// <param name="Confidence">0 to 1.</param>
public sealed record AlternativeDraft(string Playbook, double Confidence, string Text);

/// <summary>A text that a hand-off offers.</summary>
/// <param name="Playbook">Whose reply it is; null for the suggestion, which belongs to the card's own.</param>
public sealed record OfferedText(string Text, string? Playbook)
{
    /// <summary>Whether sending it is approving it.</summary>
    public bool IsAboutMoney => MoneyDetector.IsAboutMoney(Text);
}
