using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Agent;
using OpsChat.Channels.Telegram;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Channels.Telegram;

public class A_poll_of_several_hosts
{
    [Fact]
    public async Task waits_while_another_host_may_have_taken_over()
    {
        await using var telegram = await BotAndServer.StartAsync();
        await using var shop = await ShopUnderTest.OpenAsync(configure: options =>
            (options.Telegram.Token, options.Telegram.ApiBase) = (BotAndServer.Token, telegram.Server.BaseAddress)
        );
        var store = new StoreInTrouble(shop.Store) { HasTurn = false };
        using var poll = new TelegramPoll(
            telegram.Bot,
            shop.Get<TelegramInbox>(),
            shop.Get<OwnerPlace>(),
            store,
            shop.Get<OpsChatOptions>(),
            telegram.Clock,
            NullLogger<TelegramPoll>.Instance
        );
        await poll.StartAsync(CancellationToken.None);

        await telegram.Clock.WaitForTimer(TimeSpan.FromSeconds(1)).WaitAsync(BotAndServer.Patience);
        telegram.Server.Calls.Should().BeEmpty();
        store.HasTurn = true;
        telegram.Clock.Advance(TimeSpan.FromSeconds(1));
        await telegram.Clock.WaitForTimer(TimeSpan.FromSeconds(30)).WaitAsync(BotAndServer.Patience);

        telegram.CallsOf("getUpdates").Should().Be(1, "nobody took over after all");
        await poll.StopAsync(CancellationToken.None);
    }
}
