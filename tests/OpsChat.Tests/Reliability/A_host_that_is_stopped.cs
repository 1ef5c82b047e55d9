using System.Net.Http.Json;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Storage;
using OpsChat.Testing.Telegram;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Reliability;

public class A_host_that_is_stopped
{
    /// <summary>What a process ends with that had more to do, or too busy a machine, than it has time for after a signal. How long a stop takes is
    /// measured by the kill program.</summary>
    private const int TookLonger = 128 + 15;

    [Fact]
    public async Task with_messages_at_work_and_customers_listening_ends_and_leaves_the_rest_for_the_next_start()
    {
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop);
        using var customer = new HttpClient { BaseAddress = host.Url, DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } } };
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        host.Start();
        await host.UntilHealthyAsync(patience.Token);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => WriteAsync(customer, n)));
        var listening = customer.GetAsync("api/chat/somebody-else/messages?wait=50", patience.Token);

        var (_, exitCode) = await host.StopAsync(patience.Token);

        exitCode.Should().BeOneOf([0, TookLonger], host.LastWords);
        (await listening).IsSuccessStatusCode.Should().BeTrue("who listens is told that there is nothing new, and asks again");
        host.Start();
        await host.UntilHealthyAsync(patience.Token);
        (await StoreCheck.UntilDrainedAsync(shop.Database, 0, TimeSpan.FromSeconds(30), patience.Token)).Should().BeTrue();
        await host.StopAsync(patience.Token);
    }

    [Fact]
    public async Task while_Telegram_and_the_model_give_no_answer_ends_and_loses_nothing()
    {
        using var shop = new ShopOnDisk();
        shop.SetPercentage(100);
        await using var telegram = await TelegramServer.StartAsync(new());
        using var model = new SilentServer();
        using var host = new HostProcess(shop, new Dictionary<string, string>
        {
            ["OpsChat__Telegram__Token"] = telegram.Token,
            ["OpsChat__Telegram__ApiBase"] = telegram.BaseAddress.ToString(),
            ["OpsChat__Telegram__PollTimeout"] = "00:00:50",
            ["OpsChat__Model__Provider"] = "OpenAi",
            ["OpsChat__Model__Endpoint"] = $"{model.Address}v1",
            ["OpsChat__Model__Name"] = "silent",
        });
        using var customer = new HttpClient { BaseAddress = host.Url, DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } } };
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        host.Start();
        await host.UntilHealthyAsync(patience.Token);
        await WriteAsync(customer, 1, "where is my order #1293? my e-mail is priya.nair@example.com");
        await model.Called.WaitAsync(patience.Token);
        telegram.Faults.Next("sendMessage", Fault.HangAfterWork, times: 50);
        telegram.Customer(1001, "Aisha").SendText("hello");
        await UntilAsync(() => telegram.Calls.Any(c => c.Method.Equals("sendMessage", StringComparison.OrdinalIgnoreCase)), patience.Token);

        var (_, exitCode) = await host.StopAsync(patience.Token);

        exitCode.Should().BeOneOf([0, TookLonger], host.LastWords);
        await using var store = await SqliteStore.OpenAsync(shop.Database, patience.Token);
        (await store.ReadAsync(session => session.Hosts.Undecided(), patience.Token))
            .Should()
            .Contain(c => c.Conversation.Customer == "customer-1", "it is decided after the next start");
        (await store.ReadAsync(session => session.Outbox.NextDue([]), patience.Token))
            .Should()
            .BeNull("Aisha has her answer, and must not get it again");
        (
            await store.ReadAsync(
                session =>
                    session.Notices.Unseen().Count(n => n.Text.StartsWith(StoreCheck.UncertainNotice, StringComparison.Ordinal))
                    + session.Outbox.Abandoned().Count,
                patience.Token
            )
        )
            .Should()
            .Be(1, "the owner is told of it, now or at the next start");
    }

    [Fact]
    public async Task twice_or_while_it_starts_ends_and_starts_again()
    {
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        host.Start();
        await UntilAsync(() => File.Exists(shop.Database), patience.Token);

        await host.StopAsync(patience.Token);

        host.Start();
        await host.UntilHealthyAsync(patience.Token);
        var stops = await Task.WhenAll(host.StopAsync(patience.Token), host.StopAsync(patience.Token));
        stops.Should().OnlyContain(stop => stop.ExitCode == 0, host.LastWords);

        host.Start();
        await host.UntilHealthyAsync(patience.Token);
        await host.StopAsync(patience.Token);
    }

    private static async Task UntilAsync(Func<bool> holds, CancellationToken cancellationToken)
    {
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    private static async Task WriteAsync(HttpClient customer, int number, string text = "when are you open?")
    {
        using var posted = await customer.PostAsJsonAsync($"api/chat/customer-{number}/messages", new { id = "1", text });
        posted.EnsureSuccessStatusCode();
    }
}
