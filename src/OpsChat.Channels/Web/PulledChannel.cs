using OpsChat.Agent;
using OpsChat.Messages;

namespace OpsChat.Channels.Web;

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
