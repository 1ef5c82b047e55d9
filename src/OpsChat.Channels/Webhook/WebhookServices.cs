using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;

namespace OpsChat.Channels.Webhook;

/// <summary>The shop's own system, both ways, when it has an address.</summary>
public static class WebhookServices
{
    public static void AddWebhook(this IServiceCollection services, WebhookOptions options)
    {
        services.AddSingleton(options);
        if (options.Url is not null)
        {
            services.AddSingleton<ShopSystem>();
            services.AddSingleton<IChannel, WebhookChannel>();
            services.AddOnOneHost<ToDoPush>();
            services.AddOnOneHost<ActionPush>();
        }
    }
}
