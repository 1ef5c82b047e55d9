using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Channels.Telegram;

/// <summary>The buttons under a message.</summary>
static class Keyboard
{
    /// <summary>Row by row.</summary>
    public static InlineKeyboardMarkup Rows(params IEnumerable<InlineKeyboardButton>[] rows) => new(rows);
}
