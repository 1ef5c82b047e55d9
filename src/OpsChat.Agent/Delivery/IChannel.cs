using OpsChat.Messages;

namespace OpsChat.Agent;

/// <summary>What became of a message on its way out. Closed.</summary>
public abstract record Delivery
{
    private Delivery() { }

    /// <summary>The channel accepted it.</summary>
    public sealed record Sent(string? ChannelMessageId) : Delivery;

    /// <summary>The text is too long for one message; this many of its parts have left, the rest follows in its turn.</summary>
    public sealed record Partly(int PartsSent, string? ChannelMessageId) : Delivery;

    /// <summary>The channel let us know that it was not sent and never will be.</summary>
    /// <param name="CustomerLeft">The customer ended the conversation (blocked the bot): nothing more is sent.</param>
    public sealed record Refused(string Why, bool CustomerLeft) : Delivery;

    /// <summary>It was certainly not sent yet; try again after that time.</summary>
    public sealed record Later(TimeSpan After, string Why) : Delivery;

    /// <summary>Nobody knows whether it was sent (the line broke after the request). It is not sent again; the owner is told.</summary>
    public sealed record Unknown(string Why) : Delivery;
}

/// <summary>Where customers write.</summary>
public interface IChannel
{
    /// <summary>The channel's part of a conversation id: <c>tg</c>.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>Customers fetch their messages from the store: what is stored is delivered, and nothing can be lost on the way.</summary>
    bool DeliversByStoring { get; }

    /// <summary>Hands one message to the channel. Never throws for what the other side does; see <see cref="Delivery"/>.</summary>
    Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellationToken);

    /// <summary>An answer is on its way, should the channel want to show that. Returns at once and never throws; what comes of it is not
    /// awaited.</summary>
    /// <param name="byPerson">A person writes; also when they have taken the conversation over.</param>
    void ShowTyping(ConversationId conversation, bool byPerson = false)
    {
    }
}
