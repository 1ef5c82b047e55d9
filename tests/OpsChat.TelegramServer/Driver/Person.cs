using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>Someone acting in one chat: writes, edits, taps. What they do becomes news for the bot.</summary>
public abstract class Person(World world, Account account, ChatRoom room)
{
    public Account Account { get; } = account;
    public ChatRoom Room { get; } = room;
    public long Id => Account.Id;

    /// <summary>What the bot wrote in this chat, as it stands now, oldest first.</summary>
    public IReadOnlyList<ChatMessage> Messages => [.. Room.Messages.Where(m => m.IsFromBot)];

    protected World World { get; } = world;

    /// <summary>The kind of update that a new message of this person is.</summary>
    protected virtual string NewMessageKind => "message";

    /// <summary>The latest message of the bot that is wanted, now or as soon as there is one.</summary>
    /// <exception cref="TimeoutException">None came; the message lists what did.</exception>
    public Task<ChatMessage> WaitForMessageAsync(Func<ChatMessage, bool> wanted, TimeSpan timeout) =>
        Room.WaitForMessageAsync(m => m.IsFromBot && wanted(m), timeout);

    /// <summary>Taps the button with this label on the bot's latest message that has one.</summary>
    public Tap Tap(string label) =>
        Tap(Messages.LastOrDefault(m => m.AllButtons.Any(b => b.Text == label))
            ?? throw new InvalidOperationException($"No message of the bot in chat {Room.Id} has a button \"{label}\"."), label);

    public Tap Tap(ChatMessage message, string label) =>
        TapWithData(
            message,
            message.AllButtons.FirstOrDefault(b => b.Text == label)?.Data
                ?? throw new InvalidOperationException(
                    $"Message {message.Id} has no button \"{label}\", only: {string.Join(", ", message.AllButtons.Select(b => b.Text))}."
                )
        );

    /// <summary>A tap whose data the sender made up: what a forger's client can do.</summary>
    public Tap TapWithData(ChatMessage message, string data)
    {
        lock (World.Gate)
        {
            var id = World.NewId("tap");
            var answered = new TaskCompletionSource<TapAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
            World.Taps[id] = new PendingTap(id, World.Now, answered);
            World.Updates.Add("callback_query", new JsonObject
            {
                ["id"] = id,
                ["from"] = Account.ToJson(),
                ["message"] = message.ToJson(Room),
                ["chat_instance"] = $"{Room.Id}",
                ["data"] = data,
            });
            return new Tap(id, answered.Task);
        }
    }

    /// <summary>Changes the words of a message of one's own.</summary>
    public ChatMessage EditText(ChatMessage message, string text)
    {
        lock (World.Gate)
        {
            var edited = message with { Text = text, EditedAt = World.Now };
            return World.Receive(Room, edited, $"edited_{NewMessageKind}");
        }
    }

    protected ChatMessage Say(Func<ChatMessage, ChatMessage> fill)
    {
        lock (World.Gate)
        {
            Room.LastIncoming = World.Now;
            Room.IsStarted = true;
            return World.Receive(Room, fill(new ChatMessage(Room.NextMessageId(), Account, World.Now)), NewMessageKind);
        }
    }

    /// <summary>The bot_command entity that Telegram's clients put on words like <c>/start</c> at the beginning.</summary>
    protected static IReadOnlyList<Entity> CommandIn(string text) =>
        text.StartsWith('/') ? [new Entity("bot_command", 0, text.Split(' ', '\n')[0].Length)] : [];
}

/// <summary>A tap on a button, spinning until the bot answers.</summary>
public sealed record Tap(string Id, Task<TapAnswer> Answer);
