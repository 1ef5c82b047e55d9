namespace OpsChat.Channels.Telegram.Api;

/// <summary>The buttons under a message, row by row.</summary>
public sealed record InlineKeyboardMarkup(IReadOnlyList<IReadOnlyList<InlineKeyboardButton>> InlineKeyboard) : Unprinted
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
