namespace OpsChat.Tests.Support;

/// <summary>
/// A clock that stands still until a test moves it. Timers (and so Task.Delay, time-outs and PeriodicTimer on it) fire inside
/// <see cref="Advance"/>, in the order of their times, each seeing the time it was set for.
/// </summary>
public sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(Func<TimeSpan, bool> Wanted, TaskCompletionSource Set)> _waiting = [];
    private DateTimeOffset _now = start;
    private TimeSpan _set;

    /// <summary>Starts at a Monday noon, UTC.</summary>
    public TestClock() : this(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers would still fire.</summary>
    public int TimersSet
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now + _set;
        }
    }

    public override long GetTimestamp() => Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Somebody sets the clock, forth or back: another time of day, while no time passes.</summary>
    public void Set(TimeSpan by)
    {
        lock (_gate)
        {
            _set += by;
        }
    }

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = Now + by;
        while (NextDue(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            _now = end;
        }
    }

    /// <summary>
    /// Completes when code under test waits for exactly this long: a timer due that far from now is set already, or will be. What happens
    /// on other threads can so be awaited instead of slept for.
    /// </summary>
    public Task WaitForTimer(TimeSpan dueIn) => WaitForTimer(due => due == dueIn);

    public Task WaitForTimer(Func<TimeSpan, bool> dueIn)
    {
        lock (_gate)
        {
            if (_timers.Any(t => dueIn(t.Due - _now)))
            {
                return Task.CompletedTask;
            }

            var set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((dueIn, set));
            return set.Task;
        }
    }

    /// <summary>What it would show if nobody had set it.</summary>
    private DateTimeOffset Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    private ManualTimer? NextDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            var next = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
            if (next is not null)
            {
                _now = next.Due > _now ? next.Due : _now;
                next.Reschedule();
            }

            return next;
        }
    }

    private sealed class ManualTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    return true;
                }

                Due = clock._now + dueTime;
                clock._timers.Add(this);
                foreach (var waiter in clock._waiting.Where(w => w.Wanted(dueTime)).ToList())
                {
                    clock._waiting.Remove(waiter);
                    waiter.Set.TrySetResult();
                }
            }

            return true;
        }

        // Called under the clock's lock.
        public void Reschedule()
        {
            if (_period > TimeSpan.Zero)
            {
                Due += _period;
            }
            else
            {
                clock._timers.Remove(this);
            }
        }

        // Called outside of the lock: a callback may set timers.
        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
