using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Agent;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Reliability;

public class A_hosted_loop
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly TestClock _clock = new();

    [Fact]
    public async Task begins_again_until_that_succeeds_and_once()
    {
        var (begun, rounds) = (0, 0);
        using var loop = new Loop(
            _clock,
            begin: () => ++begun < 3 ? throw new IOException("not now") : true,
            round: () => ++rounds < 3 ? TimeSpan.FromMinutes(1) : null
        );
        await loop.StartAsync(CancellationToken.None);

        await PassAsync(1, 2, 60, 60);
        await loop.ExecuteTask!.WaitAsync(s_patience);

        (begun, rounds).Should().Be((3, 3));
    }

    [Fact]
    public async Task goes_on_after_a_round_that_failed_with_pauses_that_grow_to_half_a_minute_and_begin_small_again()
    {
        var rounds = 0;
        using var loop = new Loop(
            _clock,
            begin: () => true,
            round: () =>
                ++rounds is 8 ? TimeSpan.FromMinutes(1)
                : rounds is 10 ? null
                : throw new IOException("not now")
        );
        await loop.StartAsync(CancellationToken.None);

        await PassAsync(1, 2, 4, 8, 16, 30, 30, 60, 1);

        await loop.ExecuteTask!.WaitAsync(s_patience);
        rounds.Should().Be(10);
    }

    [Fact]
    public async Task ends_with_the_host_while_it_waits()
    {
        using var loop = new Loop(_clock, begin: () => true, round: () => TimeSpan.FromDays(1));
        await loop.StartAsync(CancellationToken.None);
        await _clock.WaitForTimer(TimeSpan.FromDays(1)).WaitAsync(s_patience);

        await loop.StopAsync(CancellationToken.None);

        loop.ExecuteTask!.IsCompleted.Should().BeTrue();
        _clock.TimersSet.Should().Be(0);
    }

    [Fact]
    public async Task ends_quietly_when_what_a_round_holds_is_gone_while_the_host_stops()
    {
        using var stopping = new CancellationTokenSource();
        using var loop = new Loop(_clock, begin: () => true, round: () =>
        {
            stopping.Cancel();
            throw new ObjectDisposedException("IServiceProvider");
        });

        await loop.StartAsync(stopping.Token);
        await loop.ExecuteTask!.WaitAsync(s_patience);

        loop.ExecuteTask.IsCompletedSuccessfully.Should().BeTrue();
    }

    private async Task PassAsync(params int[] seconds)
    {
        foreach (var pause in seconds)
        {
            await _clock.WaitForTimer(TimeSpan.FromSeconds(pause)).WaitAsync(s_patience);
            _clock.Advance(TimeSpan.FromSeconds(pause));
        }
    }

    private sealed class Loop(TimeProvider time, Func<bool> begin, Func<TimeSpan?> round) : ResilientBackgroundService(time, NullLogger.Instance)
    {
        protected override string WhenItFails => "The loop failed";

        protected override Task BeginAsync(CancellationToken cancellationToken) => Task.FromResult(begin());

        protected override Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken) => Task.FromResult(round());
    }
}
