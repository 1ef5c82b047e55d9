using Microsoft.Extensions.DependencyInjection;
using OpsChat.Operations.Settings;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>The registrations of the half that watches the shop.</summary>
public static class OperationsServices
{
    /// <param name="folder">The shop's exports; a folder that is empty is watched for what comes.</param>
    /// <param name="config">Where <c>operations.config.json</c> is.</param>
    /// <param name="posted">Where rows that come over HTTP are kept.</param>
    public static IServiceCollection AddOperations(this IServiceCollection services, string folder, string posted, string config)
    {
        services.AddSingleton(provider => new PostedFeeds(posted, provider.GetRequiredService<IStore>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new OperationsConfigFile(config, () => provider.GetRequiredService<Func<PlaybookSnapshot>>()().Shop.Currency));
        services.AddSingleton<Func<OperationsSettings>>(provider => () => provider.GetRequiredService<OperationsConfigFile>().Current);
        services.AddSingleton(provider => new ShopWatch(folder, posted, provider.GetRequiredService<IStore>(), () => provider.GetRequiredService<Func<PlaybookSnapshot>>()().Shop));
        services.AddSingleton<OperationsDesk>();
        services.AddSingleton(provider => new BriefingDesk(
            provider.GetRequiredService<IStore>(), () => new(provider.GetRequiredService<Func<PlaybookSnapshot>>()().Shop.Hours), provider.GetRequiredService<Func<OperationsSettings>>()));
        services.AddSingleton<ActionDesk>();
        services.AddHosted<OperationsRunner>();
        return services;
    }
}
