using OpsChat.Channels.Telegram.Api;

namespace OpsChat.Channels.Telegram;

/// <summary>The bot's own name, asked once of Telegram when a command names a bot: in a group that has several, what is meant for another one is
/// not ours.</summary>
public sealed class BotName(TelegramBotClient bot)
{
    private string? _known;

    /// <returns>Empty when Telegram does not say, so that no command with a name is taken for ours.</returns>
    public async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _known ??= (await bot.GetMe(cancellationToken)).Username ?? "";
        }
        catch (Exception e) when (e is ApiRequestException or TelegramUnreachableException)
        {
            return "";
        }
    }
}
