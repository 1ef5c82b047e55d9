using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsChat.Channels.Telegram.Api;

/// <param name="MessageId">Unique in its chat. In the chat of a business connection the numbers are that account's own.</param>
/// <param name="Date">Unix seconds.</param>
public sealed record Message(int MessageId, long Date, Chat Chat) : Unprinted
{
    /// <summary>Null for messages in the name of a channel.</summary>
    public User? From { get; init; }
    /// <summary>The topic, in a forum.</summary>
    public int? MessageThreadId { get; init; }
    public bool IsTopicMessage { get; init; }
    /// <summary>Set when the message belongs to a business account's chat and not to a chat with the bot.</summary>
    public string? BusinessConnectionId { get; init; }
    /// <summary>The bot that wrote this in a business account's name; null when the owner's own hand did.</summary>
    public User? SenderBusinessBot { get; init; }
    /// <summary>Unix seconds of the last edit.</summary>
    public long? EditDate { get; init; }
    public Message? ReplyToMessage { get; init; }
    /// <summary>Several photos sent at once are several messages with the same one of these.</summary>
    public string? MediaGroupId { get; init; }

    public string? Text { get; init; }
    public string? Caption { get; init; }
    public IReadOnlyList<MessageEntity>? Entities { get; init; }
    public InlineKeyboardMarkup? ReplyMarkup { get; init; }

    /// <summary>The same photo in several sizes, the smallest first.</summary>
    public IReadOnlyList<PhotoSize>? Photo { get; init; }
    public FileAttachment? Voice { get; init; }
    public FileAttachment? Audio { get; init; }
    public FileAttachment? Video { get; init; }
    public FileAttachment? VideoNote { get; init; }
    public FileAttachment? Animation { get; init; }
    public FileAttachment? Document { get; init; }
    public Sticker? Sticker { get; init; }
    public Location? Location { get; init; }
    public Contact? Contact { get; init; }

    public long? MigrateToChatId { get; init; }
    public long? MigrateFromChatId { get; init; }
    public ForumTopicCreated? ForumTopicCreated { get; init; }

    public JsonElement? MessageAutoDeleteTimerChanged { get; init; }
    public JsonElement? PinnedMessage { get; init; }
    public JsonElement? ChatBackgroundSet { get; init; }
    public JsonElement? WriteAccessAllowed { get; init; }
    public JsonElement? ConnectedWebsite { get; init; }
    public JsonElement? ProximityAlertTriggered { get; init; }

    /// <summary>Telegram's own note about the chat: nobody wrote it, and nothing came with it.</summary>
    [JsonIgnore]
    public bool IsService => MessageAutoDeleteTimerChanged is not null || PinnedMessage is not null || ChatBackgroundSet is not null
        || WriteAccessAllowed is not null || ConnectedWebsite is not null || ProximityAlertTriggered is not null;

    /// <summary>What the person wrote: the text, or the caption under a photo or file; null when neither.</summary>
    [JsonIgnore]
    public string? Words => Text ?? Caption;
}

/// <param name="Type"><c>bot_command</c>, <c>bold</c>, <c>url</c> …</param>
/// <param name="Offset">In UTF-16 units, as in a .NET string.</param>
/// <param name="Length">In UTF-16 units.</param>
public sealed record MessageEntity(string Type, int Offset, int Length) : Unprinted
{
    public string? Url { get; init; }
}

/// <param name="FileId">For this bot, to fetch or send the file again.</param>
/// <param name="FileUniqueId">The same for all bots and over time; can't be used to fetch.</param>
public sealed record PhotoSize(string FileId, string FileUniqueId, int Width, int Height) : Unprinted
{
    /// <summary>Bytes.</summary>
    public long? FileSize { get; init; }
}

/// <summary>What voice messages, audio, videos and documents have in common.</summary>
public sealed record FileAttachment(string FileId, string FileUniqueId) : Unprinted
{
    public string? FileName { get; init; }
    public string? MimeType { get; init; }
    /// <summary>Bytes.</summary>
    public long? FileSize { get; init; }
    /// <summary>Seconds, for what can be played.</summary>
    public int? Duration { get; init; }
}

public sealed record Sticker(string FileId, string FileUniqueId) : Unprinted
{
    public string? Emoji { get; init; }
}

/// <summary>Degrees.</summary>
public sealed record Location(double Latitude, double Longitude) : Unprinted;

public sealed record Contact(string PhoneNumber, string FirstName) : Unprinted
{
    /// <summary>The Telegram account that the shared contact belongs to: the sender's own only when it equals the sender's id.</summary>
    public long? UserId { get; init; }
}

public sealed record ForumTopicCreated(string Name) : Unprinted;

/// <summary>A file on Telegram's servers. Its path is good for an hour; bots can fetch up to 20 MB.</summary>
public sealed record TGFile(string FileId, string FileUniqueId) : Unprinted
{
    public long? FileSize { get; init; }
    public string? FilePath { get; init; }
}
