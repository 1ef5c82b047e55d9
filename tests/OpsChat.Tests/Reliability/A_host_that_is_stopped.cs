using System.Net.Http.Json;
using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Tests.Reliability;

public class A_host_that_is_stopped
{
    [Fact]
    public async Task with_messages_at_work_and_customers_listening_ends_within_five_seconds_and_leaves_the_rest_for_the_next_start()
    {
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop);
        using var customer = new HttpClient { BaseAddress = host.Url, DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } } };
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        host.Start();
        await host.UntilHealthyAsync(patience.Token);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => WriteAsync(customer, n)));
        var listening = customer.GetAsync("api/chat/somebody-else/messages?wait=50", patience.Token);

        var (took, exitCode) = await host.StopAsync(patience.Token);

        exitCode.Should().Be(0, host.LastWords);
        took.Should().BeLessThan(TimeSpan.FromSeconds(5));
        (await listening).IsSuccessStatusCode.Should().BeTrue("who listens is told that there is nothing new, and asks again");
        host.Start();
        await host.UntilHealthyAsync(patience.Token);
        (await StoreCheck.UntilDrainedAsync(shop.Database, 0, TimeSpan.FromSeconds(30), patience.Token)).Should().BeTrue();
        await host.StopAsync(patience.Token);
    }

    private static async Task WriteAsync(HttpClient customer, int number)
    {
        using var posted = await customer.PostAsJsonAsync($"api/chat/customer-{number}/messages", new { id = "1", text = "when are you open?" });
        posted.EnsureSuccessStatusCode();
    }
}
