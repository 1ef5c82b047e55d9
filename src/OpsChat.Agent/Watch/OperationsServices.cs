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
        services.AddSingleton(provider => new PostedFeeds(
            posted,
            provider.GetRequiredService<IStore>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(provider =>
        {
            var playbooks = provider.GetRequiredService<CurrentPlaybooks>();
            return new OperationsConfigFile(config, () => playbooks().Shop.Currency);
        });
        services.AddSingleton<CurrentOperations>(provider =>
        {
            var file = provider.GetRequiredService<OperationsConfigFile>();
            return () => file.Current;
        });
        services.AddSingleton(provider =>
        {
            var playbooks = provider.GetRequiredService<CurrentPlaybooks>();
            return new ShopWatch(folder, posted, provider.GetRequiredService<IStore>(), () => playbooks().Shop);
        });
        services.AddSingleton<OperationsDesk>();
        services.AddSingleton(provider =>
        {
            var playbooks = provider.GetRequiredService<CurrentPlaybooks>();
            return new BriefingDesk(
                provider.GetRequiredService<IStore>(), () => new(playbooks().Shop.Hours), provider.GetRequiredService<CurrentOperations>());
        });
        services.AddSingleton<ActionDesk>();
        services.AddSingleton<AskDesk>();
        services.AddHosted<OperationsConfigWatcher>();
        services.AddOnOneHost<OperationsRunner>();
        return services;
    }
}
