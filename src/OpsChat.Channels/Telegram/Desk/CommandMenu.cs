using Microsoft.Extensions.Logging;
using OpsChat.Agent;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>Lists the commands in the owner chat's menu. Apart from the cards, which come whether Telegram takes the list or not.</summary>
public sealed class CommandMenu(TelegramGateway bot, OwnerPlace place, TimeProvider time, ILogger<CommandMenu> log)
    : ResilientBackgroundService(time, log)
{
    protected override string WhenItFails => "The owner chat's menu of commands could not be set";

    protected override Task BeginAsync(CancellationToken cancellationToken) => place.OpenAsync(cancellationToken);

    protected override async Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken)
    {
        if (place.Chat != 0)
        {
            await bot.CallAsync(new SetMyCommandsRequest
            {
                Commands = OwnerCommand.All.Select(c => new BotCommand { Command = c.Name, Description = c.Does }),
                Scope = new BotCommandScopeChat { ChatId = place.Chat },
            }, cancellationToken);
        }

        return null;
    }
}
