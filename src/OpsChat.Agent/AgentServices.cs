using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsChat.Canary;
using OpsChat.Drafting;
using OpsChat.Drafting.Prompts;
using OpsChat.Facts;
using OpsChat.Models;
using OpsChat.Models.Jobs;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Storage;
using OpsChat.Storage.ErrorLog;

namespace OpsChat.Agent;

/// <summary>What the agent does, registered in the order in which a message meets it. Channels register themselves.</summary>
public static class AgentServices
{
    /// <param name="opened">Opened by the caller, so that a damaged database is a sentence at the start and not a crash later.</param>
    public static IServiceCollection AddAgent(this IServiceCollection services, OpsChatOptions options, OpenedShop opened)
    {
        services.AddSingleton(options);
        services.AddSingleton(Options.Create(options));
        services.TryAddSingleton(TimeProvider.System);

        // Memory, secrets and people.
        services.AddSingleton(opened.Store);
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<TemporaryValues>();
        if (opened.Store.IsShared)
        {
            services.AddHosted<HostUpkeep>();
        }

        services.AddSingleton(opened.OwnerToken);
        services.AddSingleton(provider =>
        {
            var approvers = new Approvers(provider.GetRequiredService<IOptions<OpsChatOptions>>(), opened.OwnerToken);
            approvers.Know(opened.Remembered.People);
            return approvers;
        });
        services.AddSingleton<PeopleDesk>();
        services.AddSingleton<HandlingDesk>();

        // 1. The line of conversations.
        services.AddHosted<ConversationQueue>();

        // 2.-3. Playbooks and understanding, reloaded as one value.
        services.AddSingleton(opened.Playbooks);
        services.AddSingleton<CurrentPlaybooks>(() => opened.Playbooks.Current);
        services.AddSingleton(Watcher);
        services.AddHostedService(provider => provider.GetRequiredService<PlaybookWatcher>());

        // 4. Facts.
        services.AddSingleton(opened.Shop);
        if (opened.Shop is CsvShop csv)
        {
            services.AddHostedService(provider => new CsvShopRefresh(
                csv,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<CsvShopRefresh>>()
            ));
        }

        services.AddSingleton(provider => new FactGatherer(
            opened.Shop, provider.GetRequiredService<TimeProvider>(), TriesToday(opened, provider.GetRequiredService<TimeProvider>()),
            OrderApprovals.In(opened.Store), new DescribedProducts(() => provider.GetRequiredService<CurrentPlaybooks>()().Encoder)));

        // 5.-7. Draft, guard, gate.
        services.AddSingleton(opened.Canary);
        services.AddSingleton<CurrentCanary>(() => opened.Canary.Current.Config);
        services.AddSingleton(provider => new LiveLookups(
            provider.GetRequiredService<FactGatherer>(),
            opened.Store,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ModelReviser>(),
            provider.GetRequiredService<GuessOrigins>()
        ));
        services.AddSingleton<GuessOrigins>();
        services.AddSingleton<TurnStore>();
        services.AddSingleton<MessagePipeline>();
        services.AddModelReviser(options, opened);

        // 8. What leaves, and who decides.
        services.AddSingleton<DispatchCheck>();
        services.AddHosted<OutboxSender>();
        services.AddSingleton<ApprovalDesk>();
        services.AddSingleton<PersonDesk>();
        services.AddSingleton<ArrivalDesk>();
        services.AddSingleton<TranslationDesk>();
        services.AddSingleton<PinDesk>();
        services.AddSingleton<DraftDesk>();
        services.AddOnOneHost<EditWatch>();
        services.AddOnOneHost<ApprovalClock>();

        // What is learned from it.
        services.AddSingleton(provider => new ErrorRateLog(
            opened.Store, options.Data, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ErrorRateLog>>()));
        services.AddHosted<ErrorLogUpkeep>();
        services.AddSingleton<ReportReader>();
        services.AddOnOneHost<RolloutKeeper>();
        services.AddHosted<RolloutLines>();
        services.AddSingleton<SpotCheckDesk>();

        // What is kept, and for how long.
        services.AddSingleton<PictureFolder>();
        services.AddHosted<PictureUpkeep>();
        services.AddOnOneHost<RetentionSweep>();
        services.AddOnOneHost<FileRewrite>();
        services.AddOnOneHost<AuditWatch>();

        return services;
    }

    /// <summary>The guest of steps 3 to 7, when a provider is named.</summary>
    private static void AddModelReviser(this IServiceCollection services, OpsChatOptions options, OpenedShop opened)
    {
        if (options.Model.Provider == ModelProvider.None)
        {
            return;
        }

        if (options.Model.Problems() is { Count: > 0 } problems)
        {
            throw new OptionsValidationException("OpsChat", typeof(OpsChatOptions), problems);
        }

        opened.Prompts.Reload();
        services.AddModels(options.Model, opened.Prompts);
        // A restart does not give the day's tokens anew.
        services.AddSingleton<IModelLedger>(provider =>
            SharedModelLedger.OrOwn(
                opened.Store,
                opened.Remembered.ModelUsesToday,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<SharedModelLedger>>()
            )
        );
        services.AddSingleton(provider => new ModelBudget(
            options.Model,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IModelLedger>()
        ));
        services.AddSingleton<ModelReviser>();
        services.AddSingleton<ReaderTranslator>();
        services.AddSingleton<OwnerAssistant>();
        services.AddHosted<PromptWatcher>();
    }

    /// <summary>Edits come into force within a second; what the owner has to know stands in the notices and in the audit log.</summary>
    private static PlaybookWatcher Watcher(IServiceProvider provider)
    {
        var (catalog, store) = (provider.GetRequiredService<PlaybookCatalog<PlaybookSnapshot>>(), provider.GetRequiredService<IStore>());
        var time = provider.GetRequiredService<TimeProvider>();
        return new(
            catalog.Folder,
            catalog.Look,
            (set, cancellationToken) => store.WriteAsync(session => PlaybookRecord.Keep(session, set, time.GetUtcNow()), cancellationToken),
            time,
            provider.GetRequiredService<ILogger<PlaybookWatcher>>()
        );
    }

    private static Func<string, CancellationToken, Task<int>> TriesToday(OpenedShop opened, TimeProvider time) =>
        (order, cancellationToken) =>
            opened.Store.ReadAsync(
                session => session.Conversations.OrderTries(order, opened.Playbooks.Current.Policy.DayOf(time.GetUtcNow()), 0),
                cancellationToken
            );

    /// <summary>The same for one that runs on one host at a time, of those that share a store.</summary>
    public static void AddOnOneHost<T>(this IServiceCollection services)
        where T : class, Microsoft.Extensions.Hosting.IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService<OnOneHost<T>>();
    }

    /// <summary>A hosted service that others can ask for by its type.</summary>
    public static void AddHosted<T>(this IServiceCollection services)
        where T : class, Microsoft.Extensions.Hosting.IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}

/// <summary>What is opened before the host is built, because it can fail with a sentence: store, playbooks, shop data, canary; and the
/// prompts.</summary>
public sealed record OpenedShop(
    IStore Store,
    OwnerToken OwnerToken,
    PlaybookCatalog<PlaybookSnapshot> Playbooks,
    IShop Shop,
    CanaryConfigFile Canary,
    PromptLibrary Prompts,
    Remembered Remembered
);
