using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// How much of something each key may do, on all hosts together: counted in memory where the store has one host, and in the store where several
/// share it. A bucket of the store only gets emptier by what other hosts take, so what this host saw of it last is enough to refuse, and whoever
/// floods one host costs the store nothing.
/// </summary>
/// <param name="name">By which the hosts know it; of one limit only.</param>
/// <param name="size">How much at once.</param>
/// <param name="filling">How long until as much may be done again.</param>
public sealed class RateLimit(string name, int size, TimeSpan filling, IStore store, TimeProvider time)
{
    /// <summary>How far the clocks of hosts may be apart. Those that are behind see a bucket fill that much later, and by no clock does it hold more
    /// than its size; of a clock that is further behind it was set back, and it counts as full.</summary>
    public static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(5);

    private readonly TokenBucket _bucket = Bucket(size, filling, store);
    private readonly TokenBuckets<string> _here = new(Bucket(size, filling, store), time);
    private DateTimeOffset _pruneAt;

    /// <summary>Takes one. Null when there was one; otherwise how long until there will be, and nothing is taken.</summary>
    public async ValueTask<TimeSpan?> TakeAsync(string key, CancellationToken cancellationToken) =>
        TakeHere(key) is { } wait ? wait
        : store.IsShared ? await store.WriteAsync(session => TakeIn(session, key), cancellationToken)
        : null;

    /// <summary>Null when there is one; otherwise how long until there will be. Takes nothing.</summary>
    public async ValueTask<TimeSpan?> WaitAsync(string key, CancellationToken cancellationToken) =>
        _here.Wait(key) is { } wait ? wait
        : store.IsShared ? await store.ReadAsync(session => WaitIn(session, key), cancellationToken)
        : null;

    /// <summary>The same within another look at the store.</summary>
    public TimeSpan? WaitIn(UnitOfWork session, string key) => _here.Wait(key) ?? _bucket.Wait(session.Limits.FullAt(name, key), time.GetUtcNow());

    /// <summary>
    /// What can be said before a transaction begins: all where one host counts, and what this host knows already where several do. Whoever asks here
    /// takes in the transaction too (<see cref="TakeIn"/>).
    /// </summary>
    public TimeSpan? TakeHere(string key) => store.IsShared ? _here.Wait(key) : _here.Take(key);

    /// <summary>Takes one in the transaction of what is limited, after <see cref="TakeHere"/>, where several hosts count.</summary>
    public TimeSpan? TakeIn(UnitOfWork session, string key)
    {
        if (!store.IsShared)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var known = session.Limits.FullAt(name, key);
        var wait = _bucket.Wait(known, now);
        var fullAt = wait is null ? _bucket.AfterOneMore(known, now) : known!.Value;
        if (wait is null)
        {
            session.Limits.Set(name, key, fullAt);
            Prune(session, now);
        }

        _here.Know(key, fullAt);
        return wait;
    }

    private static TokenBucket Bucket(int size, TimeSpan filling, IStore store) =>
        new(size, filling, store.IsShared ? ClocksApart : TimeSpan.Zero);

    private void Prune(UnitOfWork session, DateTimeOffset now)
    {
        if (now >= _pruneAt || _pruneAt > now + filling)
        {
            _pruneAt = now + filling;
            session.Limits.Prune(now);
        }
    }
}
