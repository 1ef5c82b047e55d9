using System.Text.Json.Serialization;

namespace OpsChat.Channels.Telegram.Api;

/// <summary>What comes along with a message for the reader to act on: buttons, or a prompt to reply.</summary>
[JsonDerivedType(typeof(InlineKeyboardMarkup))]
[JsonDerivedType(typeof(ForceReply))]
public abstract record ReplyMarkup : Unprinted;

/// <summary>The reader's app opens an answer to this message.</summary>
/// <param name="Selective">Only for those who are mentioned in the text or whose message is replied to.</param>
/// <param name="InputFieldPlaceholder">1 to 64 characters.</param>
public sealed record ForceReply(bool Selective, string? InputFieldPlaceholder = null) : ReplyMarkup
{
    [JsonPropertyName("force_reply")]
    public bool IsForced => true;
}

/// <summary>The buttons under a message, row by row.</summary>
public sealed record InlineKeyboardMarkup(IReadOnlyList<IReadOnlyList<InlineKeyboardButton>> InlineKeyboard) : ReplyMarkup
{
    public static InlineKeyboardMarkup Rows(params IReadOnlyList<InlineKeyboardButton>[] rows) => new(rows);
}

/// <summary>A button that calls back, or opens a link. Exactly one of the two.</summary>
public sealed record InlineKeyboardButton(string Text) : Unprinted
{
    /// <summary>1 to 64 bytes of UTF-8.</summary>
    public string? CallbackData { get; init; }
    public string? Url { get; init; }

    public static InlineKeyboardButton WithCallbackData(string text, string data) => new(text) { CallbackData = data };

    public static InlineKeyboardButton WithUrl(string text, Uri url) => new(text) { Url = url.AbsoluteUri };
}
