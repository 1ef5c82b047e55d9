using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Channels;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat;

/// <summary>Every registration, in the order in which a message meets them.</summary>
public static class OpsChatServices
{
    /// <param name="store">Opened by the caller, so that a damaged database is a sentence at the start and not a crash later.</param>
    public static IServiceCollection AddOpsChat(this IServiceCollection services, IConfiguration configuration, OpenedShop opened)
    {
        services.AddOptions<OpsChatOptions>().Bind(configuration.GetSection("OpsChat"));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<OpsChatOptions>>().Value);
        services.AddSingleton(TimeProvider.System);

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
        services.AddSingleton<Func<Knowledge>>(() => opened.Playbooks.Current);
        services.AddHosted<PlaybookWatch>();

        // 4. Facts.
        services.AddSingleton(opened.Shop);
        services.AddSingleton(provider => new FactGatherer(
            opened.Shop, provider.GetRequiredService<TimeProvider>(), TriesToday(opened, provider.GetRequiredService<TimeProvider>())));

        // 5.-7. Draft, guard, gate.
        services.AddSingleton<DraftWriter>();
        services.AddSingleton(opened.Canary);
        services.AddSingleton<Func<CanaryConfig>>(() => opened.Canary.Current);
        services.AddSingleton<MessagePipeline>();

        // 8. What leaves, and who decides.
        services.AddSingleton<DispatchCheck>();
        services.AddHosted<OutboxSender>();
        services.AddSingleton<ApprovalDesk>();
        services.AddSingleton<PersonDesk>();
        services.AddHosted<ApprovalClock>();
        return services;
    }

    private static Func<string, CancellationToken, Task<int>> TriesToday(OpenedShop opened, TimeProvider time) => (order, cancel) =>
        opened.Store.ReadAsync(session => session.Conversations.OrderTries(order, opened.Playbooks.Current.Policy.DayOf(time.GetUtcNow()), 0), cancel);

    private static void AddHosted<T>(this IServiceCollection services)
        where T : class, Microsoft.Extensions.Hosting.IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}

/// <summary>What is opened before the host is built, because it can fail with a sentence: store, playbooks, shop data, canary.</summary>
public sealed record OpenedShop(IStore Store, OwnerToken OwnerToken, PlaybookCatalog<Knowledge> Playbooks, IShop Shop, CanaryConfigFile Canary);
