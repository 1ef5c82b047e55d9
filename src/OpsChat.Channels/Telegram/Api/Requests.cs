using System.Text.Json.Serialization;

namespace OpsChat.Channels.Telegram.Api;

// The parameters of each method, named as in the Bot API. What is null is not sent.

public sealed record NoParameters : Unprinted
{
    public static NoParameters Instance { get; } = new();
}

/// <param name="Offset">All updates before it are confirmed and never come again: pass the last durable one + 1.</param>
/// <param name="Limit">1 to 100.</param>
/// <param name="Timeout">Seconds to wait for news; Telegram caps it at 50.</param>
public sealed record GetUpdatesRequest(int? Offset, int Limit, int Timeout, IReadOnlyList<string> AllowedUpdates) : Unprinted;

/// <param name="SecretToken">1 to 256 of A–Z a–z 0–9 _ -; comes back in <c>X-Telegram-Bot-Api-Secret-Token</c>.</param>
public sealed record SetWebhookRequest(Uri Url, string SecretToken, IReadOnlyList<string> AllowedUpdates) : Unprinted
{
    /// <summary>Simultaneous deliveries, 1 to 100.</summary>
    public int? MaxConnections { get; init; }
    public bool? DropPendingUpdates { get; init; }
}

public sealed record DeleteWebhookRequest(bool DropPendingUpdates) : Unprinted;

/// <param name="Text">1 to 4096 UTF-16 units after the markup is taken out.</param>
public sealed record SendMessageRequest(long ChatId, string Text) : Unprinted
{
    public string? BusinessConnectionId { get; init; }
    public int? MessageThreadId { get; init; }
    /// <summary><c>HTML</c>, or null for plain text.</summary>
    public string? ParseMode { get; init; }
    public LinkPreviewOptions? LinkPreviewOptions { get; init; }
    public bool? DisableNotification { get; init; }
    public ReplyParameters? ReplyParameters { get; init; }
    public ReplyMarkup? ReplyMarkup { get; init; }
}

public sealed record LinkPreviewOptions(bool IsDisabled)
{
    public static LinkPreviewOptions Off { get; } = new(true);
}

/// <param name="AllowSendingWithoutReply">When the message replied to is gone, send all the same.</param>
public sealed record ReplyParameters(int MessageId, bool? AllowSendingWithoutReply = null);

/// <param name="Caption">0 to 1024 UTF-16 units after the markup is taken out.</param>
public sealed record SendPhotoRequest(long ChatId, [property: JsonIgnore] InputFile File, string? Caption = null) : Unprinted
{
    /// <summary>The id of a photo that Telegram already has; null when one is uploaded.</summary>
    public string? Photo => (File as InputFile.Id)?.FileId;
    public string? BusinessConnectionId { get; init; }
    public int? MessageThreadId { get; init; }
    public string? ParseMode { get; init; }
    public ReplyParameters? ReplyParameters { get; init; }
    public InlineKeyboardMarkup? ReplyMarkup { get; init; }
}

/// <summary>A file to send. Closed.</summary>
public abstract record InputFile : Unprinted
{
    private InputFile() { }

    /// <summary>One that Telegram already has.</summary>
    public sealed record Id(string FileId) : InputFile;

    /// <summary>One that is uploaded; photos up to 10 MB.</summary>
    public sealed record Upload(string FileName, ReadOnlyMemory<byte> Content) : InputFile;
}

public sealed record EditMessageTextRequest(long ChatId, int MessageId, string Text) : Unprinted
{
    public string? BusinessConnectionId { get; init; }
    public string? ParseMode { get; init; }
    public LinkPreviewOptions? LinkPreviewOptions { get; init; }
    /// <summary>Null takes the buttons away.</summary>
    public InlineKeyboardMarkup? ReplyMarkup { get; init; }
}

public sealed record EditMessageReplyMarkupRequest(long ChatId, int MessageId) : Unprinted
{
    public string? BusinessConnectionId { get; init; }
    /// <summary>Null takes the buttons away.</summary>
    public InlineKeyboardMarkup? ReplyMarkup { get; init; }
}

public sealed record DeleteMessageRequest(long ChatId, int MessageId) : Unprinted;

/// <param name="Text">0 to 200 characters, shown as a short notice or, with <paramref name="ShowAlert"/>, as a box to close.</param>
public sealed record AnswerCallbackQueryRequest(string CallbackQueryId, string? Text = null, bool? ShowAlert = null) : Unprinted;

/// <param name="Action"><c>typing</c>, <c>upload_photo</c> …; shown for at most 5 s.</param>
public sealed record SendChatActionRequest(long ChatId, string Action) : Unprinted
{
    public string? BusinessConnectionId { get; init; }
    public int? MessageThreadId { get; init; }
}

/// <param name="Name">1 to 128 characters.</param>
public sealed record CreateForumTopicRequest(long ChatId, string Name) : Unprinted
{
    /// <summary>One of the six colours that Telegram allows, as RGB.</summary>
    public int? IconColor { get; init; }
}

/// <param name="Name">0 to 128 characters; null keeps the old one.</param>
public sealed record EditForumTopicRequest(long ChatId, int MessageThreadId, string? Name) : Unprinted;

public sealed record ForumTopicRequest(long ChatId, int MessageThreadId) : Unprinted;

public sealed record ChatRequest(long ChatId) : Unprinted;

public sealed record GetChatMemberRequest(long ChatId, long UserId) : Unprinted;

/// <param name="Commands">At most 100.</param>
public sealed record SetMyCommandsRequest(IReadOnlyList<BotCommand> Commands) : Unprinted
{
    public BotCommandScope? Scope { get; init; }
    public string? LanguageCode { get; init; }
}

public sealed record GetFileRequest(string FileId) : Unprinted;

public sealed record GetBusinessConnectionRequest(string BusinessConnectionId) : Unprinted;
