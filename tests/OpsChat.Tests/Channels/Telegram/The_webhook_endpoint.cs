using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsChat.Channels.Telegram;
using OpsChat.Host.Web;

namespace OpsChat.Tests.Channels.Telegram;

public class The_webhook_endpoint
{
    [Fact]
    public async Task takes_updates_from_Telegram_and_from_nobody_else()
    {
        TelegramShop? shop = null;
        await using var web = await ListenAsync(() => shop!);
        var address = new Uri(new Uri(web.Urls.Single()), "/telegram");
        shop = await TelegramShop.StartAsync(new() { WebhookUrl = address });
        await using var _ = shop;

        shop.Aisha.SendText(TelegramShop.AskHours);

        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
        shop.Server.Calls.Should().NotContain(c => c.Method == "getUpdates");
        using var forger = new HttpClient();
        foreach (var secret in new[] { null, "", "wrong" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = JsonContent.Create(
                    new
                    {
                        update_id = 1,
                        message = new
                        {
                            message_id = 1,
                            date = 0,
                            text = "hi",
                            chat = new { id = 5, type = "private" },
                            from = new
                            {
                                id = 5,
                                is_bot = false,
                                first_name = "F",
                            },
                        },
                    }
                ),
            };
            if (secret is not null)
            {
                request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
            }

            (await forger.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }

        (await shop.ReadAsync(s => s.Conversations.Find(new("tg", "5")))).Should().BeNull();
    }

    private static async Task<WebApplication> ListenAsync(Func<TelegramShop> shop)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddTransient(_ => shop().Get<TelegramPoll>());
        builder.Services.AddTransient(_ => shop().Get<TelegramInbox>());
        var app = builder.Build();
        app.MapTelegramWebhook(new() { Telegram = new() { Token = "1:abc", WebhookUrl = new("https://shop.example/telegram") } });
        await app.StartAsync();
        return app;
    }
}
