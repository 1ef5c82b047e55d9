using Microsoft.Extensions.Time.Testing;
using OpsChat.Agent;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public class Token_buckets
{
    private readonly TestClock _clock = new();

    [Fact]
    public void give_what_they_hold_at_once_and_say_when_there_is_more()
    {
        var buckets = new TokenBuckets<string>(3, TimeSpan.FromMinutes(1), _clock);

        Enumerable.Range(0, 3).Select(_ => buckets.Take("a")).ToList().Should().AllSatisfy(wait => wait.Should().BeNull());
        buckets.Take("a").Should().Be(TimeSpan.FromSeconds(20));
        buckets.Take("b").Should().BeNull("each has a bucket of its own");
        _clock.Advance(TimeSpan.FromSeconds(20));
        buckets.Take("a").Should().BeNull();
        buckets.Take("a").Should().NotBeNull();
    }

    [Fact]
    public void lock_nobody_out_when_the_clock_is_set_back()
    {
        var clock = new FakeTimeProvider(new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        var buckets = new TokenBuckets<string>(2, TimeSpan.FromMinutes(1), clock);
        buckets.Take("a");
        clock.AdjustTime(clock.GetUtcNow() - TimeSpan.FromDays(400));

        buckets.Take("a").Should().BeNull();
    }
}
