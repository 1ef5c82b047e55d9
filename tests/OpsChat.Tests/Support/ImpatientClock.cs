using System.Collections.Concurrent;

namespace OpsChat.Tests.Support;

/// <summary>Real time, except that waits up to <paramref name="limit"/> end at once and are written down: nobody sleeps through a backoff in a
/// test.</summary>
public sealed class ImpatientClock(TimeSpan limit) : TimeProvider
{
    /// <summary>The waits that were cut short, in order.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero || dueTime > limit)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }
        Waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
