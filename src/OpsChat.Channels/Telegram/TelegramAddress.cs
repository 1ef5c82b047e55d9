using OpsChat.Messages;

namespace OpsChat.Channels.Telegram;

/// <summary>Where a customer's messages go: a private chat with the bot, or one with a business account that the bot acts for.</summary>
/// <param name="Chat">The customer's own id, which is also that of the private chat.</param>
/// <param name="Business">The business connection; null for a chat with the bot itself.</param>
public readonly record struct TelegramAddress(long Chat, string? Business)
{
    /// <summary>The channel of chats with the bot: <c>tg:1001</c>.</summary>
    public const string BotChannel = "tg";

    /// <summary>The channel of a business account's chats: <c>tgb:connection/1001</c>.</summary>
    public const string BusinessChannel = "tgb";

    public ConversationId Conversation => Business is null ? new(BotChannel, $"{Chat}") : new(BusinessChannel, $"{Business}/{Chat}");

    /// <exception cref="FormatException">Not a conversation of Telegram's.</exception>
    public static TelegramAddress Of(ConversationId id)
    {
        var slash = id.Customer.LastIndexOf('/');
        return id.Channel == BusinessChannel && slash > 0
            ? new(long.Parse(id.Customer.AsSpan(slash + 1)), id.Customer[..slash])
            : new(long.Parse(id.Customer), null);
    }
}
