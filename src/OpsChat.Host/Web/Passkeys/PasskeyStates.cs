using System.Collections.Concurrent;

namespace OpsChat.Host.Web.Passkeys;

/// <summary>What a device was asked to sign, until it answers: once, and within five minutes. Only in memory.</summary>
sealed class PasskeyStates(TimeProvider time)
{
    private const int MostKept = 1000;
    private static readonly TimeSpan s_lasts = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, (string? State, long At)> _asked = new();

    /// <summary>The name under which <see cref="Take"/> finds it.</summary>
    public string Keep(string? state)
    {
        foreach (var (old, kept) in _asked.Where(one => _asked.Count >= MostKept || time.GetElapsedTime(one.Value.At) > s_lasts))
        {
            _asked.TryRemove(new(old, kept));
        }

        var name = Guid.NewGuid().ToString("n");
        _asked[name] = (state, time.GetTimestamp());
        return name;
    }

    /// <summary>Null when it was taken before, or is too old.</summary>
    public string? Take(string name) => _asked.TryRemove(name, out var kept) && time.GetElapsedTime(kept.At) <= s_lasts ? kept.State : null;
}
