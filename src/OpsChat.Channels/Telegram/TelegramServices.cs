using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsChat.Agent;
using OpsChat.Channels.Telegram.Desk;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram;

/// <summary>Telegram, both sides, when there is a bot.</summary>
public static class TelegramServices
{
    public static void AddTelegram(this IServiceCollection services, OpsChatOptions options, Remembered remembered)
    {
        if (options.Telegram.Token.Length == 0)
        {
            return;
        }

        var token = BotToken.TryParse(options.Telegram.Token)
            ?? throw new OptionsValidationException(
                "OpsChat",
                typeof(OpsChatOptions),
                ["OpsChat__Telegram__Token is not a bot token. @BotFather gives it in the form 123456:ABC-DEF…; copy it whole."]
            );
        services.AddSingleton(
            new TelegramBotOptions
            {
                Token = token,
                ApiBase = options.Telegram.ApiBase,
                PollTimeout = options.Telegram.PollTimeout,
            }
        );
        services.AddSingleton(new TelegramRateLimits());
        services.AddSingleton(provider => new TelegramRateLimiter(
            provider.GetRequiredService<TelegramRateLimits>(),
            provider.GetRequiredService<TimeProvider>(),
            () => provider.GetRequiredService<IStore>().Hosts
        ));
        services.AddSingleton(provider => new TelegramGateway(
            provider.GetRequiredService<TelegramBotOptions>(),
            provider.GetRequiredService<TelegramRateLimiter>(),
            provider.GetRequiredService<TimeProvider>(),
            mayAct: () => provider.GetRequiredService<IStore>().MayAct
        ));
        services.AddSingleton(new ButtonSeal(remembered.ButtonKey));
        services.AddSingleton<TelegramErrands>();
        services.AddSingleton<OwnerPlace>();

        // Customers.
        services.AddSingleton<IChannel, TelegramChannel>();
        services.AddSingleton<CustomerUpdates>();
        services.AddSingleton<CustomerTaps>();
        services.AddOnOneHost<TelegramPictures>();

        // The owner.
        services.AddSingleton<DeskReader>();
        services.AddSingleton<DeskTopics>();
        services.AddSingleton<DeskPoster>();
        services.AddSingleton<DeskPictures>();
        services.AddSingleton<DeskSpeech>();
        services.AddSingleton<OperationsCommands>();
        services.AddSingleton<OwnerCommands>();
        services.AddSingleton<RolloutTaps>();
        services.AddSingleton<ActionTaps>();
        services.AddSingleton<TranslationTaps>();
        services.AddSingleton<YesNoTaps>();
        services.AddSingleton<CardButtons>();
        services.AddSingleton<ApprovalTaps>();
        services.AddSingleton<HandOffTaps>();
        services.AddSingleton<SpotCheckTaps>();
        services.AddSingleton<OwnerTaps>();
        services.AddSingleton<BotName>();
        services.AddSingleton<TypedAnswers>();
        services.AddSingleton<OwnerCommandReader>();
        services.AddSingleton<OwnerMessages>();
        services.AddSingleton<OwnerUpdates>();
        services.AddOnOneHost<OwnerDesk>();
        services.AddOnOneHost<CommandMenu>();
        services.AddSingleton<LostCards>();

        // Last, so that whatever comes in finds all of it ready.
        services.AddSingleton<BusinessAccounts>();
        services.AddSingleton<UpdateHandling>();
        services.AddOnOneHost<OwnerUpdatesRunner>();
        services.AddSingleton<TelegramInbox>();
        services.AddOnOneHost<TelegramPoll>();
    }
}
