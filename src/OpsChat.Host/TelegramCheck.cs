using OpsChat.Agent;
using OpsChat.Channels.Telegram;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace OpsChat.Host;

/// <summary>What <c>doctor</c> finds out about Telegram, in words for a shop owner. Sends nothing and fetches nothing.</summary>
static class TelegramCheck
{
    /// <param name="owners">The configured approvers with a Telegram id.</param>
    public static async Task<IReadOnlyList<Diagnosis>> LookAsync(
        TelegramOptions options,
        int owners,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (options.Token.Length == 0)
        {
            return
            [
                new(
                    "Telegram",
                    false,
                    "Not set up. Make a bot with @BotFather in Telegram and set OpsChat__Telegram__Token to its token.",
                    IsFailure: false
                ),
            ];
        }

        if (options.Problems() is [var problem, ..])
        {
            return [new("Telegram", false, problem)];
        }

        if (BotToken.TryParse(options.Token) is not { } token)
        {
            return
            [
                new(
                    "Telegram",
                    false,
                    "OpsChat__Telegram__Token is not a bot token. @BotFather gives it in the form 123456:ABC-DEF…; copy it whole."
                ),
            ];
        }

        using var pace = new TelegramRateLimiter(new(), time);
        using var bot = new TelegramGateway(new() { Token = token, ApiBase = options.ApiBase, Attempts = 1 }, pace, time);
        try
        {
            var me = await bot.CallAsync(new GetMeRequest(), cancellationToken);
            return
            [
                new("Telegram", true, $"The bot is @{me.Username}."),
                await WayInAsync(bot, options, cancellationToken),
                await OwnerChatAsync(bot, me, options, cancellationToken),
                Approvers(options, owners),
            ];
        }
        catch (TelegramRefusedException e) when (e.Refusal.ErrorCode is 401 or 404)
        {
            return
            [
                new(
                    "Telegram",
                    false,
                    "Telegram does not accept the token. Open @BotFather, send /token, choose the bot, and copy the token into "
                        + "OpsChat__Telegram__Token."
                ),
            ];
        }
        catch (Exception e) when (e is TelegramUnreachableException or TelegramRefusedException)
        {
            return [new("Telegram", false, $"{e.Message}. Check this computer's connection to {options.ApiBase.Host}, then try again.")];
        }
    }

    private static async Task<Diagnosis> WayInAsync(TelegramGateway bot, TelegramOptions options, CancellationToken cancellationToken)
    {
        var hook = await bot.CallAsync(new GetWebhookInfoRequest(), cancellationToken);
        return (options.WebhookUrl, hook.Url) switch
        {
            (null, "") => new("Messages", true, $"Fetched from Telegram; {hook.PendingUpdateCount} wait."),
            (null, _) => new(
                "Messages",
                true,
                "Another program has told Telegram to deliver this bot's messages elsewhere. OpsChat takes them back when it starts; if "
                    + "that program is still needed, give it a bot of its own."
            ),
            ({ } url, var set) when set == url.AbsoluteUri => new(
                "Messages",
                hook.LastErrorMessage is null,
                $"Delivered by Telegram to {url.GetLeftPart(UriPartial.Authority)}; {hook.PendingUpdateCount} "
                    + "wait."
                    + (hook.LastErrorMessage is { } why
                        ? $" The last delivery failed: {why}. Is that address open to the internet, with a valid certificate?"
                        : "")
            ),
            ({ } url, _) => new("Messages", true, $"Telegram delivers to {url.GetLeftPart(UriPartial.Authority)} once OpsChat runs."),
        };
    }

    private static async Task<Diagnosis> OwnerChatAsync(TelegramGateway bot, User me, TelegramOptions options, CancellationToken cancellationToken)
    {
        const string Part = "Owner chat";
        if (options.OwnerChat == 0)
        {
            return new(
                Part,
                false,
                "Not set. Make a group in Telegram, add the bot, and set OpsChat__Telegram__OwnerChat to the group's id, which the console "
                    + "shows as soon as the bot is added.",
                IsFailure: false
            );
        }

        try
        {
            var chat = await bot.CallAsync(new GetChatRequest { ChatId = options.OwnerChat }, cancellationToken);
            if (chat.Type == ChatType.Private)
            {
                return new(Part, true, "A private chat. Reply to a card to answer its customer; in a group with topics each customer gets a topic.");
            }

            var standing = await bot.CallAsync(new GetChatMemberRequest { ChatId = options.OwnerChat, UserId = me.Id }, cancellationToken);
            return (chat.IsForum, standing) switch
            {
                (true, ChatMemberAdministrator { CanManageTopics: true } or ChatMemberOwner) => new(
                    Part,
                    true,
                    $"“{chat.Title}”, with a topic for each customer."
                ),
                (true, _) => new(
                    Part,
                    false,
                    $"In “{chat.Title}” the bot may not open topics. In Telegram: the group's name, Edit, Administrators, add the bot, and "
                        + "switch on “Manage topics”."
                ),
                _ => new(
                    Part,
                    true,
                    $"“{chat.Title}”, a group without topics: reply to a card to answer its customer. For a topic for each customer, "
                        + "switch on Topics in the group's settings."
                ),
            };
        }
        catch (TelegramRefusedException e) when (e.Refusal.MigrateToChatId is { } now)
        {
            return new(Part, true, $"The group has a new id. OpsChat follows by itself; better set OpsChat__Telegram__OwnerChat={now}.");
        }
        catch (TelegramRefusedException e)
        {
            return new(
                Part,
                false,
                $"The bot cannot see the chat {options.OwnerChat} ({e.Refusal.Description}). Add the bot to the group, or correct "
                    + "OpsChat__Telegram__OwnerChat; groups have negative ids."
            );
        }
    }

    private static Diagnosis Approvers(TelegramOptions options, int owners) =>
        owners > 0
            ? new("Approvers", true, $"{owners} may decide in Telegram.")
            : new(
                "Approvers",
                false,
                "Nobody may decide in Telegram: set OpsChat__Approvals__Approvers__0__Name and …__0__TelegramId (your own Telegram id, a number).",
                IsFailure: options.OwnerChat != 0
            );
}
