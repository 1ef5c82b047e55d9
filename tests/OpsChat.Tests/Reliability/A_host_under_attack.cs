using OpsChat.Benchmarks.Attack;

namespace OpsChat.Tests.Reliability;

/// <summary>A short run of the attack program; the long one is a command (<c>docs/reliability.md</c>).</summary>
public class A_host_under_attack
{
    [Fact]
    public async Task from_every_side_keeps_every_promise()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));

        var report = await new AttackRun(new(TimeSpan.FromSeconds(10), Seed: 7, Customers: 20, Forgers: 2)).RunAsync(patience.Token);

        report.Violations.Should().BeEmpty();
        new[] { report.Acknowledged, report.Forged, report.LimitTries, report.Guesses, report.ModelCalls }
            .Should()
            .OnlyContain(count => count > 0, "each attacker must have come through");
    }
}
