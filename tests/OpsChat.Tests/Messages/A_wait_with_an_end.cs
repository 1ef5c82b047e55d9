using OpsChat.Agent;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public class A_wait_with_an_end
{
    private readonly TestClock _clock = new();
    private readonly TaskCompletionSource _news = new();

    [Fact]
    public async Task ends_with_the_news_and_leaves_no_timer_behind()
    {
        var wait = _news.Task.WithinAsync(TimeSpan.FromMinutes(1), _clock, CancellationToken.None);
        _clock.TimersSet.Should().Be(1);

        _news.SetResult();

        await wait;
        _clock.TimersSet.Should().Be(0);
    }

    [Fact]
    public async Task ends_without_news_when_the_time_is_over()
    {
        var wait = _news.Task.WithinAsync(TimeSpan.FromMinutes(1), _clock, CancellationToken.None);

        _clock.Advance(TimeSpan.FromSeconds(59));
        wait.IsCompleted.Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));

        await wait;
        _clock.TimersSet.Should().Be(0);
    }

    [Fact]
    public async Task ends_silently_when_it_is_called_off_or_the_news_are_bad()
    {
        using var off = new CancellationTokenSource();
        var wait = _news.Task.WithinAsync(TimeSpan.FromMinutes(1), _clock, off.Token);
        await off.CancelAsync();
        await wait;

        await Task.FromException(new InvalidOperationException()).WithinAsync(TimeSpan.FromMinutes(1), _clock, CancellationToken.None);
        _clock.TimersSet.Should().Be(0);
    }

    [Fact]
    public async Task of_less_than_a_millisecond_is_waited_for_and_not_over_at_once()
    {
        var wait = _news.Task.WithinAsync(TimeSpan.FromMilliseconds(0.2), _clock, CancellationToken.None);
        wait.IsCompleted.Should().BeFalse();

        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await wait;
    }
}
