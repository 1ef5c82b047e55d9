using Microsoft.Extensions.Logging;

namespace OpsChat.Agent;

/// <summary>Something that the host looks at for as long as it runs: at the start, then again each time an interval is over.</summary>
/// <param name="every">From one look's beginning to the next; a look that takes longer is followed by the next at once.</param>
/// <param name="news">What is looked at as soon as it is committed; the interval is then only for what becomes due with time. Null for none.</param>
public abstract class PeriodicService(TimeSpan every, TimeProvider time, ILogger log, ChangeFeed.News? news = null)
    : ResilientBackgroundService(time, log)
{
    private Task? _next;

    /// <summary>One look.</summary>
    public abstract Task LookAsync(CancellationToken cancellationToken);

    protected sealed override async Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken)
    {
        // Taken before the look, so that what is committed meanwhile is news.
        _next = news?.Next;
        var begun = Time.GetTimestamp();
        await LookAsync(cancellationToken);
        var left = every - Time.GetElapsedTime(begun);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>After a failure nothing cuts the pause short: what failed is committed with news of its own, perhaps.</summary>
    protected override TimeSpan PauseAfter(Exception failure, int failures)
    {
        _next = null;
        return base.PauseAfter(failure, failures) is var pause && pause < every ? pause : every;
    }

    protected override Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) =>
        _next is { } next ? next.WithinAsync(pause, Time, cancellationToken) : base.PauseAsync(pause, cancellationToken);
}
