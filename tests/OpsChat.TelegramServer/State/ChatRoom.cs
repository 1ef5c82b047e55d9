using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>Someone's standing in a group.</summary>
/// <param name="Status">As in the Bot API: <c>creator</c>, <c>administrator</c>, <c>member</c>, <c>left</c>, <c>kicked</c>.</param>
public sealed record Member(Account Account, string Status, bool CanManageTopics = false)
{
    public bool IsThere => Status is not ("left" or "kicked");

    public bool MayManageTopics => Status == "creator" || CanManageTopics;

    public JsonObject ToJson() =>
        new JsonObject { ["status"] = Status, ["user"] = Account.ToJson() }
            .With("can_manage_topics", Status == "administrator" ? CanManageTopics : null)
            .With("can_delete_messages", Status == "administrator" ? true : null)
            .With("can_pin_messages", Status == "administrator" ? true : null);
}

public sealed record Topic(int ThreadId, string Name, bool IsClosed = false);

/// <summary>
/// One chat: private, group or supergroup, or a customer's chat with a business account. Message numbers are the chat's own, so a bot
/// that takes them for unique everywhere fails. Guarded by the world's lock.
/// </summary>
public sealed class ChatRoom(World world, long id, string type, string name)
{
    private readonly SortedDictionary<int, ChatMessage> _messages = [];
    private readonly List<(Func<ChatMessage, bool> Wanted, TaskCompletionSource<ChatMessage> Found)> _waiting = [];
    private int _lastMessageId;

    public long Id { get; } = id;
    public string Type { get; } = type;
    public bool IsForum { get; init; }
    public Dictionary<long, Member> Members { get; } = [];
    public Dictionary<int, Topic> Topics { get; } = [];
    /// <summary>The person blocked the bot (private chats).</summary>
    public bool IsBlocked { get; set; }
    /// <summary>The person has written to the bot at least once (private chats).</summary>
    public bool IsStarted { get; set; }
    /// <summary>The supergroup that this group became.</summary>
    public long? MigratedTo { get; set; }
    /// <summary>When the customer last wrote, for the 24 hours of business chats.</summary>
    public DateTimeOffset? LastIncoming { get; set; }
    /// <summary>The last sign of typing by the bot.</summary>
    public DateTimeOffset? LastTyping { get; set; }

    public IReadOnlyList<ChatMessage> Messages
    {
        get
        {
            lock (world.Gate)
            {
                return [.. _messages.Values];
            }
        }
    }

    public ChatMessage? Find(int messageId) => _messages.GetValueOrDefault(messageId);

    public int NextMessageId() => ++_lastMessageId;

    /// <summary>Adds the message, or puts it in the place of its earlier self, and wakes who waits for one like it.</summary>
    public void Put(ChatMessage message)
    {
        _messages[message.Id] = message;
        foreach (var waiter in _waiting.Where(w => w.Wanted(message)).ToList())
        {
            _waiting.Remove(waiter);
            waiter.Found.TrySetResult(message);
        }
    }

    public bool Remove(int messageId) => _messages.Remove(messageId);

    /// <summary>The latest message that is wanted, now or as soon as one is sent or edited to be so.</summary>
    /// <exception cref="TimeoutException">None came; the message lists what did.</exception>
    public async Task<ChatMessage> WaitForMessageAsync(Func<ChatMessage, bool> wanted, TimeSpan timeout)
    {
        var found = new TaskCompletionSource<ChatMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (world.Gate)
        {
            if (_messages.Values.LastOrDefault(wanted) is { } already)
            {
                return already;
            }

            _waiting.Add((wanted, found));
        }

        try
        {
            // A person waits in real time, whatever the clock of the world under test says.
            return await found.Task.WaitAsync(timeout, TimeProvider.System);
        }
        catch (TimeoutException late)
        {
            var there = string.Join("\n", Messages.Select(m => $"  {m.Id} {m.From.FirstName}: {m.Text ?? m.Caption ?? m.Attachment?.Kind}"));
            throw new TimeoutException($"No such message in chat {Id} ({name}) within {timeout.TotalSeconds:0.#} s. There are:\n{there}", late);
        }
    }

    public JsonObject ToJson() => Type == "private"
        ? new JsonObject { ["id"] = Id, ["type"] = Type, ["first_name"] = name }
        : new JsonObject { ["id"] = Id, ["type"] = Type, ["title"] = name }.With("is_forum", IsForum ? true : null);
}
