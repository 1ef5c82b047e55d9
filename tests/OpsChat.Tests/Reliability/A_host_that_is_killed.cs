using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Tests.Reliability;

/// <summary>A short run of the kill test; the long one is a command (<c>docs/reliability.md</c>).</summary>
public class A_host_that_is_killed
{
    [Fact]
    public async Task at_random_instants_keeps_every_promise()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));

        var report = await new ChaosRun(new(TimeSpan.FromSeconds(15), Seed: 7, Kills: 4, WebCustomers: 40, TelegramCustomers: 10)).RunAsync(
            patience.Token
        );

        report.Violations.Should().BeEmpty();
        report.Kills.Should().BePositive();
        report.Acknowledged.Should().BePositive();
    }
}
