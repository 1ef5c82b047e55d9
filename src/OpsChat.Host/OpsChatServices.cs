using OpsChat.Agent;
using OpsChat.Channels.Telegram;
using OpsChat.Channels.Web;
using OpsChat.Channels.Webhook;

namespace OpsChat.Host;

/// <summary>The agent and its channels. Channels come last, so that whatever they bring in finds the agent ready.</summary>
public static class OpsChatServices
{
    public static IServiceCollection AddOpsChat(this IServiceCollection services, OpsChatOptions options, OpenedShop opened)
    {
        services.AddAgent(options, opened);
        services.AddOperations(Opening.WatchedFolder(options), Opening.PostedFolder(options), Opening.FromHome(options.Operations));
        services.AddSingleton(
            new OwnedFiles(
                opened.Playbooks.Folder,
                Opening.FromHome(options.Prompts),
                Opening.CanaryPath(options),
                Opening.FromHome(options.Operations)
            )
        );
        if (opened.Canary.Synced is { } synced)
        {
            // Made here, so that it ends with the host.
            services.AddSingleton(_ => synced);
            services.AddSingleton(provider => new FileExchange(
                provider.GetRequiredService<OwnedFiles>(),
                provider.GetRequiredService<SyncedFiles>(),
                opened.Store,
                Environment.MachineName,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<FileExchange>>()
            ));
            services.AddHosted<FileExchangeService>();
            services.AddHosted<PeopleWatch>();
            services.AddHosted<PostedFeedWatch>();
            services.AddHosted<PulledNews>();
        }

        services.AddSingleton<FileDesk>();
        services.AddSingleton<LearnDesk>();
        services.AddSingleton<LearnNote>();
        services.AddOnOneHost<LearnUpkeep>();
        services.AddWebChat();
        services.AddWebhook(options.Webhook);
        services.AddTelegram(options, opened.Remembered);
        return services;
    }
}
