using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using OpsChat.Agent;
using OpsChat.Storage;
using Telegram.Bot.Requests;

namespace OpsChat.Channels.Telegram;

/// <summary>Fetches updates, and confirms them once they are durable; or, with a public address, tells Telegram to deliver them there.</summary>
public sealed class TelegramPoll(
    TelegramGateway bot,
    TelegramInbox inbox,
    OwnerPlace place,
    IStore store,
    OpsChatOptions options,
    TimeProvider time,
    ILogger<TelegramPoll> log
) : ResilientBackgroundService(time, log)
{
    private const int MostAtOnce = 100;
    private const string SecretSetting = "telegram-webhook-secret";
    private static readonly TimeSpan s_otherPoller = TimeSpan.FromSeconds(5), s_untilMayAct = TimeSpan.FromSeconds(1);

    private int? _offset;
    private bool _isReady,
        _hasComplained;

    protected override string WhenItFails => "Telegram could not be read";

    /// <summary>What Telegram sends along with each delivery to the webhook; made at the first run.</summary>
    public Task<string> SecretAsync(CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                var known = session.Settings.Get(SecretSetting) ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
                session.Settings.Set(SecretSetting, known);
                return known;
            },
            cancellationToken
        );

    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        await place.OpenAsync(cancellationToken);
        await AskForOwnerChatAsync(cancellationToken);
    }

    protected override async Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken)
    {
        if (!store.MayAct)
        {
            // Another host may fetch already: each would cut the other one off, and the owner would be told of a second program.
            return s_untilMayAct;
        }

        try
        {
            if (!_isReady)
            {
                await PrepareAsync(cancellationToken);
                _isReady = true;
            }

            if (options.Telegram.WebhookUrl is not null)
            {
                return null; // From here on Telegram delivers.
            }

            _offset = await FetchAsync(_offset, cancellationToken);
            _hasComplained = false;
            return TimeSpan.Zero;
        }
        catch (TelegramRefusedException e)
        {
            if (store.MayAct)
            {
                await ComplainAsync(e, cancellationToken);
            }

            throw;
        }
    }

    protected override TimeSpan PauseAfter(Exception failure, int failures) =>
        failure is TelegramRefusedException { Refusal.Kind: RefusalKind.AnotherPoller }
            ? s_otherPoller
            : base.PauseAfter(failure, failures);

    /// <summary>What Telegram does is what this host's settings say, whatever another one set before.</summary>
    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (options.Telegram.WebhookUrl is { } url)
        {
            await bot.CallAsync(
                new SetWebhookRequest
                {
                    Url = url.AbsoluteUri,
                    SecretToken = await SecretAsync(cancellationToken),
                    AllowedUpdates = TelegramGateway.News,
                },
                cancellationToken
            );
        }
        else
        {
            await bot.CallAsync(new DeleteWebhookRequest(), cancellationToken);
        }
    }

    /// <returns>The offset that confirms what came. It is not kept: what a crash leaves unconfirmed comes again and is known then.</returns>
    private async Task<int?> FetchAsync(int? offset, CancellationToken cancellationToken)
    {
        var updates = await bot.UpdatesAsync(offset, MostAtOnce, cancellationToken);
        if (updates.Count == 0)
        {
            return offset;
        }

        // Of this batch alone: after a quiet week the numbers may begin anywhere, also below the ones before.
        return await inbox.AcceptAsync(updates, cancellationToken) + 1;
    }

    /// <summary>To the owner when it is theirs to mend, once in a row.</summary>
    private async Task ComplainAsync(TelegramRefusedException refused, CancellationToken cancellationToken)
    {
        string? sentence = refused.Refusal switch
        {
            { Kind: RefusalKind.AnotherPoller } =>
                "Another program fetches the bot's messages with the same token, and only one may. Stop the other one (a second OpsChat, "
                    + "an older bot service), or make a new token with @BotFather.",
            { ErrorCode: 401 or 404 } =>
                "Telegram does not accept the bot's token. Copy it from @BotFather again into OpsChat__Telegram__Token, and restart OpsChat.",
            { ErrorCode: 400 } when !_isReady && options.Telegram.WebhookUrl is not null =>
                $"Telegram does not take the address in OpsChat__Telegram__WebhookUrl ({refused.Refusal.Description}). It must be an https "
                    + "address with a valid certificate that the internet can reach; until then no message comes in.",
            _ => null,
        };
        if (sentence is not null && !_hasComplained)
        {
            await store.WriteAsync(session => session.Notices.Add("telegram", sentence, Time.GetUtcNow()), cancellationToken);
            _hasComplained = true;
        }
    }

    private async Task AskForOwnerChatAsync(CancellationToken cancellationToken)
    {
        const string Kind = "telegram-setup";
        if (place.Chat == 0)
        {
            await store.WriteAsync(
                session =>
                {
                    if (!session.Notices.Unseen().Any(n => n.Kind == Kind))
                    {
                        session.Notices.Add(
                            Kind,
                            "Telegram answers customers, but there is no owner chat yet. Make a group in Telegram (with topics switched "
                                + "on, best), add the bot as an administrator "
                                + "who may manage topics, and set OpsChat__Telegram__OwnerChat to the group's id; it appears here as soon "
                                + "as the bot is added.",
                            Time.GetUtcNow()
                        );
                    }
                },
                cancellationToken
            );
        }
    }
}
