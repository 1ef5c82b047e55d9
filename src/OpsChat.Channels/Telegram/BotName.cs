using Telegram.Bot.Requests;

namespace OpsChat.Channels.Telegram;

/// <summary>The bot's own name, asked once of Telegram when a command names a bot: in a group that has several, what is meant for another one is
/// not ours.</summary>
public sealed class BotName(TelegramGateway bot)
{
    private string? _known;

    /// <returns>Empty when Telegram does not say, so that no command with a name is taken for ours.</returns>
    public async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _known ??= (await bot.CallAsync(new GetMeRequest(), cancellationToken)).Username ?? "";
        }
        catch (Exception e) when (e is TelegramRefusedException or TelegramUnreachableException)
        {
            return "";
        }
    }
}
