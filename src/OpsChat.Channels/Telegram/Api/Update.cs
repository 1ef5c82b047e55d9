namespace OpsChat.Channels.Telegram.Api;

/// <summary>One piece of news for the bot. At most one of the members after the id is set; news of a kind that is not listed here has none.</summary>
/// <param name="UpdateId">Usually rising, but after a quiet week the next one may be any number, and one may come twice.</param>
public sealed record Update(int UpdateId) : Unprinted
{
    public Message? Message { get; init; }
    public Message? EditedMessage { get; init; }
    public CallbackQuery? CallbackQuery { get; init; }
    public ChatMemberUpdated? MyChatMember { get; init; }
    public BusinessConnection? BusinessConnection { get; init; }
    public Message? BusinessMessage { get; init; }
    public Message? EditedBusinessMessage { get; init; }
    public BusinessMessagesDeleted? DeletedBusinessMessages { get; init; }
}

/// <summary>The kinds of news, as <c>allowed_updates</c> names them.</summary>
public static class UpdateTypes
{
    /// <summary>All that OpsChat listens to. Reactions are left out: nothing is ever decided by one.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "message", "edited_message", "callback_query", "my_chat_member",
        "business_connection", "business_message", "edited_business_message", "deleted_business_messages",
    ];
}

/// <summary>A tap on an inline button. The client shows it as busy until it is answered.</summary>
public sealed record CallbackQuery(string Id, User From) : Unprinted
{
    /// <summary>What the button carried; anyone can forge it.</summary>
    public string? Data { get; init; }
    /// <summary>The message with the button; null when it is too old for Telegram to say.</summary>
    public Message? Message { get; init; }
}

/// <summary>The bot's own standing in a chat changed: blocked, unblocked, added, removed, promoted.</summary>
public sealed record ChatMemberUpdated(Chat Chat, User From, ChatMember OldChatMember, ChatMember NewChatMember) : Unprinted
{
    /// <summary>Unix seconds.</summary>
    public long Date { get; init; }
}

/// <summary>The bot acts in the private chats of a person's own (business) account.</summary>
/// <param name="UserChatId">The private chat of the bot with that person.</param>
/// <param name="IsEnabled">False after the person disconnected the bot.</param>
public sealed record BusinessConnection(string Id, User User, long UserChatId, bool IsEnabled) : Unprinted
{
    /// <summary>Unix seconds.</summary>
    public long Date { get; init; }
    public BusinessBotRights? Rights { get; init; }
}

/// <param name="CanReply">The bot may write in chats that had an incoming message in the last 24 hours.</param>
public sealed record BusinessBotRights(bool CanReply) : Unprinted;

public sealed record BusinessMessagesDeleted(string BusinessConnectionId, Chat Chat, IReadOnlyList<int> MessageIds) : Unprinted;
