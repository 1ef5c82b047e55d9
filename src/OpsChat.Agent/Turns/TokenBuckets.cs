namespace OpsChat.Agent;

/// <summary>
/// How much of something each key may do: a full bucket at once, then as fast as it fills again. Knows only keys that are not full, and so
/// cannot be made to grow by many keys for longer than one filling takes.
/// </summary>
/// <param name="size">Tokens in a full bucket.</param>
/// <param name="filling">How long an empty bucket takes to be full.</param>
public sealed class TokenBuckets<TKey>(int size, TimeSpan filling, TimeProvider time)
    where TKey : notnull
{
    // A bucket is the moment at which it will be full: one value says how full it is at any time.
    private readonly Dictionary<TKey, DateTimeOffset> _fullAt = [];
    private readonly TimeSpan _perToken = filling / size;
    private DateTimeOffset _pruneAt = time.GetUtcNow() + filling;

    /// <summary>Takes one token. Null when there was one; otherwise how long until there will be, and nothing is taken.</summary>
    public TimeSpan? Take(TKey key)
    {
        var now = time.GetUtcNow();
        lock (_fullAt)
        {
            Prune(now);
            var after = AfterOneMore(key, now);
            if (after - now > filling)
            {
                return after - now - filling;
            }

            _fullAt[key] = after;
            return null;
        }
    }

    /// <summary>Null when there is a token; otherwise how long until there will be. Takes nothing.</summary>
    public TimeSpan? Wait(TKey key)
    {
        var now = time.GetUtcNow();
        lock (_fullAt)
        {
            var after = AfterOneMore(key, now);
            return after - now > filling ? after - now - filling : null;
        }
    }

    /// <summary>When the bucket would be full after one more. None is further from full than an empty one: a clock that was set back must not
    /// lock anybody out.</summary>
    private DateTimeOffset AfterOneMore(TKey key, DateTimeOffset now) =>
        (_fullAt.TryGetValue(key, out var full) && full > now && full <= now + filling ? full : now) + _perToken;

    private void Prune(DateTimeOffset now)
    {
        if (now >= _pruneAt || _pruneAt > now + filling)
        {
            _pruneAt = now + filling;
            foreach (var (key, _) in _fullAt.Where(b => b.Value <= now).ToList())
            {
                _fullAt.Remove(key);
            }
        }
    }
}
