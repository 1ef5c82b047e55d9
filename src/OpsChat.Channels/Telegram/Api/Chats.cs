namespace OpsChat.Channels.Telegram.Api;

public sealed record User(long Id, bool IsBot, string FirstName) : Unprinted
{
    public string? LastName { get; init; }
    /// <summary>Without the @.</summary>
    public string? Username { get; init; }
    /// <summary>An IETF tag of the person's app, not of what the person writes.</summary>
    public string? LanguageCode { get; init; }
}

/// <param name="Id">Groups have negative ids. More than 32 bits.</param>
/// <param name="Type"><c>private</c>, <c>group</c>, <c>supergroup</c> or <c>channel</c>.</param>
public sealed record Chat(long Id, string Type) : Unprinted
{
    public string? Title { get; init; }
    public string? Username { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    /// <summary>A supergroup with topics.</summary>
    public bool IsForum { get; init; }
}

/// <param name="Status"><c>creator</c>, <c>administrator</c>, <c>member</c>, <c>restricted</c>, <c>left</c> or <c>kicked</c>.</param>
public sealed record ChatMember(string Status, User User) : Unprinted
{
    /// <summary>For administrators: may open, rename and close topics. The creator may always.</summary>
    public bool CanManageTopics { get; init; }
    public bool CanDeleteMessages { get; init; }
    public bool CanPinMessages { get; init; }
}

public sealed record ForumTopic(int MessageThreadId, string Name) : Unprinted
{
    public int IconColor { get; init; }
}

/// <param name="Command">1 to 32 of a–z, 0–9 and _, without the slash.</param>
/// <param name="Description">1 to 256 characters.</param>
public sealed record BotCommand(string Command, string Description);

/// <summary>For whom a list of commands is shown.</summary>
/// <param name="Type"><c>default</c>, <c>chat</c>, <c>all_private_chats</c> …</param>
public sealed record BotCommandScope(string Type)
{
    public long? ChatId { get; init; }

    public static BotCommandScope In(long chatId) => new("chat") { ChatId = chatId };
}

public sealed record WebhookInfo(string Url, int PendingUpdateCount) : Unprinted
{
    /// <summary>Unix seconds of the last failed delivery.</summary>
    public long? LastErrorDate { get; init; }
    public string? LastErrorMessage { get; init; }
    public int? MaxConnections { get; init; }
    public IReadOnlyList<string>? AllowedUpdates { get; init; }
}
