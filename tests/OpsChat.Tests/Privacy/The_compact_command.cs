using System.Net.Http.Json;
using System.Text;
using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Tests.Privacy;

public class The_compact_command
{
    private const string Words = "my cousin Zephyrine-Quagga paid for it";

    [Fact]
    public async Task waits_for_the_running_host_to_end_and_then_leaves_no_byte_of_a_forgotten_customer()
    {
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        host.Start();
        await host.UntilHealthyAsync(patience.Token);
        using (
            var customer = new HttpClient { BaseAddress = host.Url, DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } } }
        )
        {
            (await customer.PostAsJsonAsync("/api/chat/anna/messages", new { id = "1", text = Words }, patience.Token)).EnsureSuccessStatusCode();
        }

        var beside = await host.CommandAsync("compact");
        await host.StopAsync(patience.Token);
        HoldsWords(shop.Data).Should().BeTrue();
        var forgotten = await host.CommandAsync("forget", "api:anna");
        var after = await host.CommandAsync("compact");

        beside.ExitCode.Should().Be(1);
        InOneLine(beside.Said).Should().Contain("OpsChat is running on this data folder").And.Contain("Stop it first");
        forgotten.ExitCode.Should().Be(0, forgotten.Said);
        after.ExitCode.Should().Be(0, after.Said);
        InOneLine(after.Said).Should().Contain("was written anew");
        HoldsWords(shop.Data).Should().BeFalse();
    }

    private static string InOneLine(string said) => string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool HoldsWords(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Any(file => Encoding.UTF8.GetString(File.ReadAllBytes(file)).Contains("Zephyrine-Quagga", StringComparison.Ordinal));
}
