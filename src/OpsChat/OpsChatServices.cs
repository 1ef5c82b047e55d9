using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsChat.Approvals;
using OpsChat.Audit;
using OpsChat.Canary;
using OpsChat.Channels;
using OpsChat.Channels.Telegram;
using OpsChat.Channels.Telegram.Desk;
using OpsChat.Channels.Webhook;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.ShopData;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Prompts;
using OpsChat.Privacy;
using OpsChat.Storage;
using OpsChat.Storage.ErrorLog;

namespace OpsChat;

/// <summary>Every registration, in the order in which a message meets them.</summary>
public static class OpsChatServices
{
    /// <param name="opened">Opened by the caller, so that a damaged database is a sentence at the start and not a crash later.</param>
    public static IServiceCollection AddOpsChat(this IServiceCollection services, OpsChatOptions options, OpenedShop opened)
    {
        services.AddSingleton(options);
        services.AddSingleton(Options.Create(options));
        services.TryAddSingleton(TimeProvider.System);

        // Memory, secrets and people.
        services.AddSingleton(opened.Store);
        services.AddSingleton(opened.OwnerToken);
        services.AddSingleton<Approvers>();

        // 1. Channels and the line of conversations.
        services.AddSingleton<PulledChannel>();
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<PulledChannel>());
        services.AddHosted<ConversationQueue>();

        // 2.-3. Playbooks and understanding, reloaded as one value.
        services.AddSingleton(opened.Playbooks);
        services.AddSingleton<Func<PlaybookSnapshot>>(() => opened.Playbooks.Current);
        services.AddSingleton(Watcher);
        services.AddHostedService(provider => provider.GetRequiredService<PlaybookWatcher>());

        // 4. Facts.
        services.AddSingleton(opened.Shop);
        if (opened.Shop is CsvShop csv)
        {
            services.AddHostedService(provider => new CsvShopRefresh(csv, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CsvShopRefresh>>()));
        }

        services.AddSingleton(provider => new FactGatherer(
            opened.Shop, provider.GetRequiredService<TimeProvider>(), TriesToday(opened, provider.GetRequiredService<TimeProvider>())));

        // 5.-7. Draft, guard, gate.
        services.AddSingleton(opened.Canary);
        services.AddSingleton<Func<CanaryConfig>>(() => opened.Canary.Current.Config);
        services.AddSingleton(provider => new LiveLookups(provider.GetRequiredService<FactGatherer>(), opened.Store, provider.GetService<ModelReviser>()));
        services.AddSingleton<MessagePipeline>();

        // 8. What leaves, and who decides.
        services.AddSingleton<DispatchCheck>();
        services.AddHosted<OutboxSender>();
        services.AddSingleton<ApprovalDesk>();
        services.AddSingleton<PersonDesk>();
        services.AddSingleton<TranslationDesk>();
        services.AddHosted<ApprovalClock>();

        // What is learned from it.
        services.AddSingleton(provider => new ErrorRateLog(
            opened.Store, options.Data, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ErrorRateLog>>()));
        services.AddHosted<ErrorLogUpkeep>();
        services.AddSingleton<ReportReader>();
        services.AddHosted<RolloutKeeper>();
        services.AddSingleton<SpotCheckDesk>();

        // What is kept, and for how long.
        services.AddHosted<RetentionSweep>();
        services.AddHosted<FileRewrite>();
        services.AddHosted<AuditWatch>();

        // The shop's own system, both ways, when it has an address.
        services.AddSingleton(options.Webhook);
        if (options.Webhook.Url is not null)
        {
            services.AddSingleton<ShopSystem>();
            services.AddSingleton<IChannel, WebhookChannel>();
            services.AddHosted<ToDoPush>();
        }

        // Telegram, both sides, when there is a bot.
        if (options.Telegram.Token.Length > 0)
        {
            services.AddTelegram(options, opened);
        }

        return services;
    }

    private static void AddTelegram(this IServiceCollection services, OpsChatOptions options, OpenedShop opened)
    {
        var token = BotToken.TryParse(options.Telegram.Token) ?? throw new OptionsValidationException("OpsChat", typeof(OpsChatOptions),
            ["OpsChat__Telegram__Token is not a bot token. @BotFather gives it in the form 123456:ABC-DEF…; copy it whole."]);
        services.AddSingleton(new TelegramBotOptions { Token = token, ApiBase = options.Telegram.ApiBase, PollTimeout = options.Telegram.PollTimeout });
        services.AddSingleton(new TelegramRateLimits());
        services.AddSingleton<TelegramRateLimiter>();
        services.AddSingleton(provider => new TelegramBotClient(
            provider.GetRequiredService<TelegramBotOptions>(), provider.GetRequiredService<TelegramRateLimiter>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(ButtonSeal.OpenAsync(opened.Store, CancellationToken.None).GetAwaiter().GetResult());
        services.AddSingleton<TelegramErrands>();
        services.AddSingleton<OwnerPlace>();

        // Customers.
        services.AddSingleton<IChannel, TelegramChannel>();
        services.AddSingleton<CustomerUpdates>();

        // The owner.
        services.AddSingleton<DeskReader>();
        services.AddSingleton<DeskTopics>();
        services.AddSingleton<DeskSpeech>();
        services.AddSingleton<OperationsCommands>();
        services.AddSingleton<OwnerCommands>();
        services.AddSingleton<RolloutTaps>();
        services.AddSingleton<OwnerTaps>();
        services.AddSingleton<OwnerMessages>();
        services.AddSingleton<OwnerUpdates>();
        services.AddHosted<OwnerDesk>();

        // Last, so that whatever comes in finds all of it ready.
        services.AddSingleton<BusinessAccounts>();
        services.AddSingleton<TelegramInbox>();
        services.AddHosted<TelegramPoll>();
    }

    /// <summary>Edits come into force within a second; what the owner has to know stands in the notices and in the audit log.</summary>
    private static PlaybookWatcher Watcher(IServiceProvider provider)
    {
        var (catalog, store) = (provider.GetRequiredService<PlaybookCatalog<PlaybookSnapshot>>(), provider.GetRequiredService<IStore>());
        var time = provider.GetRequiredService<TimeProvider>();
        return new(
            catalog.Folder, catalog.Look, (set, cancellationToken) => store.WriteAsync(session => PlaybookRecord.Keep(session, set, time.GetUtcNow()), cancellationToken),
            time, provider.GetRequiredService<ILogger<PlaybookWatcher>>());
    }

    private static Func<string, CancellationToken, Task<int>> TriesToday(OpenedShop opened, TimeProvider time) => (order, cancellationToken) =>
        opened.Store.ReadAsync(session => session.Conversations.OrderTries(order, opened.Playbooks.Current.Policy.DayOf(time.GetUtcNow()), 0), cancellationToken);

    private static void AddHosted<T>(this IServiceCollection services)
        where T : class, Microsoft.Extensions.Hosting.IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}

/// <summary>What is opened before the host is built, because it can fail with a sentence: store, playbooks, shop data, canary; and the prompts.</summary>
public sealed record OpenedShop(IStore Store, OwnerToken OwnerToken, PlaybookCatalog<PlaybookSnapshot> Playbooks, IShop Shop, CanaryConfigFile Canary, PromptLibrary Prompts);
