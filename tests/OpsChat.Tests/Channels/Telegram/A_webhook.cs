using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpsChat.Channels.Telegram;
using Telegram.Bot.Requests;

namespace OpsChat.Tests.Channels.Telegram;

public class A_webhook
{
    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    [Fact]
    public async Task gets_updates_with_its_secret_and_again_until_it_succeeds()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var deliveries = Channel.CreateUnbounded<string>();
        var answers = new Queue<int>([500, 200]);
        await using var shop = await ListenAsync(request =>
        {
            deliveries.Writer.TryWrite(request.Headers[SecretHeader].ToString());
            return answers.Dequeue();
        });
        await telegram.Bot.CallAsync(
            new SetWebhookRequest
            {
                Url = shop.Urls.Single(),
                SecretToken = "s3cret",
                AllowedUpdates = TelegramGateway.News,
            },
            default
        );

        telegram.Server.Customer(1001, "Aisha").SendText("hi");

        (await deliveries.Reader.ReadAsync()).Should().Be("s3cret");
        await telegram.Clock.WaitForTimer(TimeSpan.FromSeconds(1));
        var info = await telegram.Bot.CallAsync(new GetWebhookInfoRequest(), default);
        info.PendingUpdateCount.Should().Be(1);
        info.LastErrorMessage.Should().Contain("500");
        telegram.Clock.Advance(TimeSpan.FromSeconds(1));
        (await deliveries.Reader.ReadAsync()).Should().Be("s3cret");
    }

    [Fact]
    public async Task excludes_polling_until_it_is_deleted()
    {
        await using var telegram = await BotAndServer.StartAsync();
        await using var shop = await ListenAsync(_ => 200);
        await telegram.Bot.CallAsync(
            new SetWebhookRequest
            {
                Url = shop.Urls.Single(),
                SecretToken = "s3cret",
                AllowedUpdates = TelegramGateway.News,
            },
            default
        );

        var poll = () => telegram.NewsAsync();
        (await poll.Should().ThrowAsync<TelegramRefusedException>()).Which.Refusal.Kind.Should().Be(RefusalKind.AnotherPoller);
        await telegram.Bot.CallAsync(new DeleteWebhookRequest(), default);
        telegram.Server.Customer(1001, "Aisha").SendText("hi");

        (await poll()).Should().ContainSingle();
    }

    private static async Task<WebApplication> ListenAsync(Func<HttpRequest, int> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/", (HttpRequest request) => Results.StatusCode(answer(request)));
        await app.StartAsync();
        return app;
    }
}
