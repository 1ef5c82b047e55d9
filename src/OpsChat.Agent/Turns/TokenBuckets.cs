using System.Runtime.InteropServices;

namespace OpsChat.Agent;

/// <summary>
/// How much of something one key may do: a full bucket at once, then as fast as it fills again. A bucket is the moment at which it will be full:
/// one value says how full it is at any time.
/// </summary>
/// <param name="Size">Tokens in a full bucket.</param>
/// <param name="Filling">How long an empty bucket takes to be full.</param>
/// <param name="Apart">How far the clocks of those may be apart who count it together; zero where one counts it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TokenBucket(int Size, TimeSpan Filling, TimeSpan Apart = default)
{
    /// <summary>When the bucket would be full after one more. None is further from full than an empty one, but for clocks that are apart: a clock
    /// that was set back must not lock anybody out.</summary>
    /// <param name="fullAt">Null when it is full.</param>
    public DateTimeOffset AfterOneMore(DateTimeOffset? fullAt, DateTimeOffset now) =>
        (fullAt is { } full && full > now && full <= now + Filling + Apart ? full : now) + (Filling / Size);

    /// <summary>Null when there is a token; otherwise how long until there will be.</summary>
    public TimeSpan? Wait(DateTimeOffset? fullAt, DateTimeOffset now) =>
        AfterOneMore(fullAt, now) is var after && after - now > Filling ? after - now - Filling : null;
}

/// <summary>
/// Buckets in memory, of one process. Knows only keys that are not full, and so cannot be made to grow by many keys for longer than one filling
/// takes.
/// </summary>
public sealed class TokenBuckets<TKey>(TokenBucket bucket, TimeProvider time)
    where TKey : notnull
{
    private readonly Dictionary<TKey, DateTimeOffset> _fullAt = [];
    private DateTimeOffset _pruneAt = time.GetUtcNow() + bucket.Filling;

    public TokenBuckets(int size, TimeSpan filling, TimeProvider time)
        : this(new(size, filling), time)
    {
    }

    /// <summary>Takes one token. Null when there was one; otherwise how long until there will be, and nothing is taken.</summary>
    public TimeSpan? Take(TKey key)
    {
        var now = time.GetUtcNow();
        lock (_fullAt)
        {
            Prune(now);
            var wait = bucket.Wait(Of(key), now);
            if (wait is null)
            {
                _fullAt[key] = bucket.AfterOneMore(Of(key), now);
            }

            return wait;
        }
    }

    /// <summary>Null when there is a token; otherwise how long until there will be. Takes nothing.</summary>
    public TimeSpan? Wait(TKey key)
    {
        var now = time.GetUtcNow();
        lock (_fullAt)
        {
            return bucket.Wait(Of(key), now);
        }
    }

    /// <summary>Somebody else counts this bucket, and found it so.</summary>
    public void Know(TKey key, DateTimeOffset fullAt)
    {
        lock (_fullAt)
        {
            Prune(time.GetUtcNow());
            _fullAt[key] = fullAt;
        }
    }

    private DateTimeOffset? Of(TKey key) => _fullAt.TryGetValue(key, out var full) ? full : null;

    private void Prune(DateTimeOffset now)
    {
        if (now >= _pruneAt || _pruneAt > now + bucket.Filling)
        {
            _pruneAt = now + bucket.Filling;
            foreach (var (key, _) in _fullAt.Where(b => b.Value <= now).ToList())
            {
                _fullAt.Remove(key);
            }
        }
    }
}
