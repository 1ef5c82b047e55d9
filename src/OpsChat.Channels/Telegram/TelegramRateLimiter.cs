namespace OpsChat.Channels.Telegram;

/// <summary>One thing that wants to go out to one chat.</summary>
/// <param name="NewMessage">False for an edit, which doesn't count against a group's minute.</param>
public sealed record SendTurn(long ChatId, bool NewMessage);

/// <summary>
/// How fast the bot writes. Telegram names its limits ("about") without specifying them: these are its numbers, over times
/// that are a twentieth longer, so that the network's jitter cannot make an obedient bot look too fast.
/// </summary>
public sealed record TelegramRateLimits
{
    public SlidingWindow PerChat { get; init; } = new(1, TimeSpan.FromSeconds(1.05));
    /// <summary>On top of <see cref="PerChat"/>, for new messages in one group.</summary>
    public SlidingWindow PerGroup { get; init; } = new(20, TimeSpan.FromSeconds(63));
    /// <summary>Of the whole bot: hosts that write at the same time share it.</summary>
    public SlidingWindow Overall { get; init; } = new(30, TimeSpan.FromSeconds(1.05));
}

/// <summary>
/// At most <paramref name="Count"/> in any stretch of <paramref name="Period"/>. Instants are elapsed times since some beginning: the time of day
/// can be set back, and then everything would wait until it has caught up.
/// </summary>
/// <param name="Count">At least 1.</param>
public sealed record SlidingWindow(int Count, TimeSpan Period)
{
    /// <summary>The first instant at which one more fits.</summary>
    /// <param name="taken">The instants of the latest ones, oldest first.</param>
    public TimeSpan FreeAt(Queue<TimeSpan> taken) => taken.Count < Count ? TimeSpan.Zero : taken.ElementAt(taken.Count - Count) + Period;

    /// <summary>What one of several may do when all do the same.</summary>
    public SlidingWindow SharedBy(int others) => this with { Count = Math.Max(1, Count / Math.Max(1, others)) };

    /// <summary>Notes one at <paramref name="now"/>, which is not before <see cref="FreeAt"/>.</summary>
    public void Take(Queue<TimeSpan> taken, TimeSpan now)
    {
        if (taken.Count == Count)
        {
            taken.Dequeue();
        }

        taken.Enqueue(now);
    }
}

/// <summary>
/// Lets messages out no faster than Telegram accepts them, in the order in which they came for one chat; a chat that has to wait
/// doesn't hold up the others. Safe to use from many threads. Each host counts by itself: of what the whole bot may send it takes its share, and what
/// goes to one chat comes from one host at a time. Where that is not so for a moment, Telegram says how long to wait, and is obeyed.
/// </summary>
public sealed class TelegramRateLimiter : IDisposable
{
    // A timer that fires early only looks and waits again; one for more than 49 days cannot be set.
    private static readonly TimeSpan s_longestTimer = TimeSpan.FromDays(1);

    private readonly TelegramRateLimits _limits;
    private readonly TimeProvider _time;
    private readonly Func<int> _hosts;
    private readonly long _begun;
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly Queue<TimeSpan> _overall = new();
    private readonly Dictionary<long, ChatPace> _chats = [];
    private readonly ITimer _timer;

    /// <param name="hosts">How many hosts write at the same time, this one included; null for the only one.</param>
    public TelegramRateLimiter(TelegramRateLimits limits, TimeProvider time, Func<int>? hosts = null)
    {
        _limits = limits;
        _time = time;
        _hosts = hosts ?? (static () => 1);
        _begun = time.GetTimestamp();
        _timer = time.CreateTimer(_ => LetOut(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something has to wait: what is merely nice ("typing…") should be left out.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count > 0;
            }
        }
    }

    /// <summary>Completes when it may go out. A cancelled one gives up its place.</summary>
    public async Task WaitFor(SendTurn turn, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(turn, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            _waiting.AddLast(waiter);
        }

        LetOut();
        await using var giveUp = cancellationToken.Register(() => GiveUp(waiter, cancellationToken));
        await waiter.Permission.Task;
    }

    /// <summary>Nothing goes to this chat for <paramref name="wait"/>: Telegram said so.</summary>
    public void HoldOff(long chatId, TimeSpan wait)
    {
        lock (_gate)
        {
            var chat = PaceOf(chatId);
            chat.HeldUntil = Later(chat.HeldUntil, Now + wait);
        }
    }

    public void Dispose() => _timer.Dispose();

    private TimeSpan Now => _time.GetElapsedTime(_begun);

    private void LetOut()
    {
        lock (_gate)
        {
            var now = Now;
            var next = TimeSpan.MaxValue;
            for (var node = _waiting.First; node is not null;)
            {
                var (waiter, following) = (node.Value, node.Next);
                var at = FreeAt(waiter.SendTurn);
                if (at <= now)
                {
                    Take(waiter.SendTurn, now);
                    _waiting.Remove(node);
                    waiter.Permission.TrySetResult();
                }
                else if (at < next)
                {
                    next = at;
                }

                node = following;
            }

            if (next < TimeSpan.MaxValue)
            {
                var wait = next - now < s_longestTimer ? next - now : s_longestTimer;
                // Timers count whole milliseconds.
                _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
            }
            else
            {
                ForgetQuietChats(now);
            }
        }
    }

    private TimeSpan FreeAt(SendTurn turn)
    {
        var chat = PaceOf(turn.ChatId);
        var free = Later(chat.HeldUntil, Later(_limits.Overall.SharedBy(_hosts()).FreeAt(_overall), _limits.PerChat.FreeAt(chat.All)));
        return IsGroupMessage(turn) ? Later(free, _limits.PerGroup.FreeAt(chat.NewMessages)) : free;
    }

    private void Take(SendTurn turn, TimeSpan now)
    {
        var chat = PaceOf(turn.ChatId);
        _limits.Overall.Take(_overall, now);
        _limits.PerChat.Take(chat.All, now);
        if (IsGroupMessage(turn))
        {
            _limits.PerGroup.Take(chat.NewMessages, now);
        }

        chat.LastUse = now;
    }

    // Telegram's groups have negative ids.
    private static bool IsGroupMessage(SendTurn turn) => turn is { ChatId: < 0, NewMessage: true };

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private ChatPace PaceOf(long chatId)
    {
        if (!_chats.TryGetValue(chatId, out var chat))
        {
            _chats[chatId] = chat = new ChatPace();
        }

        return chat;
    }

    private void ForgetQuietChats(TimeSpan now)
    {
        var memory = _limits.PerGroup.Period > _limits.PerChat.Period ? _limits.PerGroup.Period : _limits.PerChat.Period;
        foreach (var (id, chat) in _chats)
        {
            if (chat.LastUse + memory < now && chat.HeldUntil < now)
            {
                _chats.Remove(id);
            }
        }
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _waiting.Remove(waiter);
            waiter.Permission.TrySetCanceled(cancellationToken);
        }
    }

    // A class, so that two equal turns are two places in the line.
    private sealed class Waiter(SendTurn turn, TaskCompletionSource permission)
    {
        public SendTurn SendTurn { get; } = turn;
        public TaskCompletionSource Permission { get; } = permission;
    }

    private sealed class ChatPace
    {
        public Queue<TimeSpan> All { get; } = new();
        public Queue<TimeSpan> NewMessages { get; } = new();
        public TimeSpan HeldUntil { get; set; }
        public TimeSpan LastUse { get; set; }
    }
}
