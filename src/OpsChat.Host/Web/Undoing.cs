using System.Collections.Concurrent;
using OpsChat.Approvals;

namespace OpsChat.Host.Web;

/// <summary>
/// What a person may take back just after doing it, by the button in the notice that says it was done. Only in memory and only for a minute: whoever
/// looks later changes the thing itself.
/// </summary>
sealed class Undoing(TimeProvider time)
{
    private const int MostKept = 1000;
    private static readonly TimeSpan s_lasts = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Step> _steps = new();

    /// <summary>Keeps the way back.</summary>
    /// <param name="back">Does it, and says what there is to say.</param>
    /// <returns>The name under which <see cref="DoAsync"/> finds it.</returns>
    public string Keep(Approver who, Func<CancellationToken, Task<string>> back)
    {
        foreach (var (old, step) in _steps.Where(step => _steps.Count >= MostKept || time.GetElapsedTime(step.Value.At) > s_lasts))
        {
            _steps.TryRemove(new(old, step));
        }

        var id = Guid.NewGuid().ToString("n");
        _steps[id] = new(who.Name, time.GetTimestamp(), back);
        return id;
    }

    /// <summary>Takes it back: once, by the same person, and not after a minute.</summary>
    public async Task<string> DoAsync(string id, Approver who, CancellationToken cancellationToken) =>
        _steps.TryGetValue(id, out var step) && step.Who == who.Name && time.GetElapsedTime(step.At) <= s_lasts && _steps.TryRemove(new(id, step))
            ? await step.Back(cancellationToken)
            : "Nothing was undone: it is too late for that, or it was undone already.";

    private sealed record Step(string Who, long At, Func<CancellationToken, Task<string>> Back);
}
