using OpsChat.Messages;

namespace OpsChat.Channels;

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

    /// <summary>An answer is on its way, should the channel want to show that. Returns at once and never throws; what comes of it is not awaited.</summary>
    void ShowTyping(ConversationId conversation)
    {
    }
}

/// <summary>Web chat, the keyed HTTP route and the terminal: the customer's side fetches what is stored, and waits here for news.</summary>
public sealed class PulledChannel : IChannel
{
    public const string Web = "web", Api = "api", Terminal = "terminal";

    private readonly Dictionary<ConversationId, Listeners> _listeners = [];

    public IReadOnlyCollection<string> Names { get; } = [Web, Api, Terminal];
    public bool DeliversByStoring => true;

    public Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        Announce(message.Conversation);
        return Task.FromResult<Delivery>(new Delivery.Sent(null));
    }

    /// <summary>Wakes everyone who waits for news of that conversation.</summary>
    public void Announce(ConversationId conversation)
    {
        lock (_listeners)
        {
            if (_listeners.Remove(conversation, out var listeners))
            {
                listeners.News.TrySetResult();
            }
        }
    }

    /// <summary>Completes at the next news. Take it before looking into the store, or news in between is missed.</summary>
    public Task NextNews(ConversationId conversation)
    {
        lock (_listeners)
        {
            if (!_listeners.TryGetValue(conversation, out var listeners))
            {
                _listeners[conversation] = listeners = new();
            }

            listeners.Count++;
            return listeners.News.Task;
        }
    }

    /// <summary>Listens no longer. Who goes without news has to leave, or visitors who never write would be remembered for ever.</summary>
    public void Leave(ConversationId conversation, Task news)
    {
        lock (_listeners)
        {
            if (_listeners.TryGetValue(conversation, out var listeners) && listeners.News.Task == news && --listeners.Count == 0)
            {
                _listeners.Remove(conversation);
            }
        }
    }

    /// <summary>How many conversations somebody waits for.</summary>
    internal int Awaited
    {
        get
        {
            lock (_listeners)
            {
                return _listeners.Count;
            }
        }
    }

    private sealed class Listeners
    {
        public TaskCompletionSource News { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public int Count { get; set; }
    }
}
