using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>A business account that the bot is connected to.</summary>
public sealed record BusinessLink(string Id, Account Owner, bool CanReply, bool IsEnabled, DateTimeOffset Date)
{
    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["user"] = Owner.ToJson(),
        ["user_chat_id"] = Owner.Id,
        ["date"] = Date.ToUnixTimeSeconds(),
        ["is_enabled"] = IsEnabled,
        ["rights"] = new JsonObject().With("can_reply", CanReply ? true : null),
    };
}

/// <summary>One tap on a button, until the bot answers it or it is too old.</summary>
public sealed record PendingTap(string Id, DateTimeOffset At, TaskCompletionSource<TapAnswer> Answered);

/// <param name="Text">What pops up; empty for nothing.</param>
public sealed record TapAnswer(string Text, bool ShowAlert);

/// <summary>All chats, accounts and files: what Telegram knows. Everything is read and changed under <see cref="Gate"/>.</summary>
public sealed class World(TimeProvider time, Account bot, UpdateQueue updates)
{
    private int _lastNumber;

    public Lock Gate { get; } = new();
    public Account Bot { get; } = bot;
    public UpdateQueue Updates { get; } = updates;
    public Dictionary<long, ChatRoom> Rooms { get; } = [];
    public Dictionary<(string Connection, long Customer), ChatRoom> BusinessRooms { get; } = [];
    public Dictionary<string, BusinessLink> BusinessLinks { get; } = [];
    public Dictionary<string, PendingTap> Taps { get; } = [];
    public Dictionary<string, byte[]> Files { get; } = [];
    public List<(string Scope, IReadOnlyList<string> Commands)> CommandLists { get; } = [];

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>A name that nothing else has: for files, taps and connections.</summary>
    public string NewId(string kind) => $"{kind}{++_lastNumber:0000}";

    /// <summary>A person's message enters the chat and becomes news for the bot.</summary>
    public ChatMessage Receive(ChatRoom room, ChatMessage message, string updateKind)
    {
        room.Put(message);
        Updates.Add(updateKind, message.ToJson(room));
        return message;
    }

    /// <summary>Photo or file bytes; the result is the id to fetch them by.</summary>
    public string Keep(byte[] content)
    {
        var id = NewId("file");
        Files[id] = content;
        return id;
    }

    public JsonArray PhotoOf(byte[] content) =>
        [
            new JsonObject
            {
                ["file_id"] = Keep(content),
                ["file_unique_id"] = NewId("unique"),
                ["width"] = 90,
                ["height"] = 60,
                ["file_size"] = content.Length,
            },
        ];
}
