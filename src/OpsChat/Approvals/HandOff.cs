using OpsChat.Decisions;
using OpsChat.Messages;
using OpsChat.Understanding;

namespace OpsChat.Approvals;

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

    /// <summary>Whether an offered text is more likely meant for something else. False for one that comes from no playbook.</summary>
    public bool IsGuess(OfferedText offered) =>
        (offered.Playbook is null ? Confidence : Alternatives.FirstOrDefault(other => other.Text == offered.Text)?.Confidence) < MoreLikelyThanNot;

    private const double MoreLikelyThanNot = 0.5;

    /// <summary>Whether sending the suggestion is approving it.</summary>
    public bool IsAboutMoney => Suggestion is { } draft && MoneyDetector.IsAboutMoney(draft);

    /// <summary>A model's note on a long conversation so far; null when there is none.</summary>
    public string? Summary { get; init; }

    /// <summary>The gate's in its order, and what happened besides; worded by <see cref="GateReasonText"/>.</summary>
    public IReadOnlyList<CardReason> Reasons { get; init; } = [];

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

    /// <summary>What the customer took back since: a text that promises it is confirmed in a second step.</summary>
    public IReadOnlyList<Doubt> Doubts { get; init; } = [];
    public string? ClosedBy { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? Outcome { get; init; }
}
