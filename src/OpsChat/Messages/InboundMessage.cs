namespace OpsChat.Messages;

/// <summary>One customer's thread in one channel: <c>tg:12345</c>.</summary>
/// <param name="Channel">Short name without a colon: <c>tg</c>, <c>web</c>, <c>api</c>, <c>shop</c>, <c>terminal</c>.</param>
/// <param name="Customer">The channel's own id of the customer, 1 to 128 characters.</param>
public readonly record struct ConversationId(string Channel, string Customer)
{
    public override string ToString() => $"{Channel}:{Customer}";

    public static bool TryParse(string? text, out ConversationId id)
    {
        var colon = text?.IndexOf(':') ?? -1;
        id = colon > 0 && colon < text!.Length - 1 ? new(text[..colon], text[(colon + 1)..]) : default;
        return id.Channel is not null;
    }

    /// <exception cref="FormatException">Not of the form <c>channel:customer</c>.</exception>
    public static ConversationId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{text}' is not a conversation. Write it as channel:customer, for example tg:12345.");
}

/// <summary>A customer's words. They are shown to people who answer, and never in a log: <see cref="ToString"/> gives only their length.</summary>
public readonly record struct CustomerWords(string Value)
{
    public override string ToString() => $"({Value.Length} characters)";
}

/// <summary>A message as a channel delivers it.</summary>
/// <param name="ChannelMessageId">The channel's own id; a repeat of it in the same conversation is admitted once.</param>
/// <param name="Text">Text or caption; may be empty when something is attached.</param>
/// <param name="Attachments">What came with it, in words: <c>photo</c>, <c>voice note (12 s)</c>.</param>
/// <param name="CustomerName">The name that the channel shows, if any.</param>
public sealed record InboundMessage(
    ConversationId Conversation,
    string ChannelMessageId,
    CustomerWords Text,
    IReadOnlyList<string> Attachments,
    DateTimeOffset ReceivedAt,
    string? CustomerName = null)
{
    /// <summary>For an edit: the channel's id of the message that was edited. One that changes neither words nor attachments is no news.</summary>
    public string? EditOf { get; init; }

    /// <summary>The pictures among what came with it, in their order.</summary>
    public IReadOnlyList<ArrivingPicture> Pictures { get; init; } = [];
}

/// <summary>What became of a message at the door. Closed.</summary>
public abstract record Admission
{
    private Admission() { }

    public sealed record Admitted(string MessageId, long Seq) : Admission;

    /// <summary>The same channel message was admitted before, under this id.</summary>
    public sealed record Repeated(string MessageId) : Admission;

    /// <summary>This customer's messages come faster than they are decided; nothing was stored. Try again after that time.</summary>
    public sealed record TooMany(TimeSpan RetryAfter) : Admission;
}
