using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;

namespace OpsChat.Channels.Web;

/// <summary>Web chat, keyed route and terminal: always there.</summary>
public static class WebChatServices
{
    public static void AddWebChat(this IServiceCollection services)
    {
        services.AddSingleton<PulledChannel>();
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<PulledChannel>());
    }
}
