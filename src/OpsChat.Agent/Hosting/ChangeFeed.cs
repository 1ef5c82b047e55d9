using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>
/// Tells whoever listens that something was committed, after it is durable. What it was, a listener reads from the store, from the number on that
/// it has seen: so nothing is missed between two looks, and a slow listener delays nobody.
/// </summary>
public sealed class ChangeFeed : IDisposable
{
    private readonly IStore _store;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChangeFeed(IStore store)
    {
        _store = store;
        store.Committed += Publish;
    }

    /// <summary>Completes at the next commit that changed something. Take it before reading, or news in between is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>The changes after that number, oldest first; waits for one, at most as long as told, and then gives none.</summary>
    public async Task<IReadOnlyList<Change>> AfterAsync(
        long number,
        int most,
        TimeSpan longest,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var next = Next;
        var changes = await ReadAsync();
        if (changes.Count > 0)
        {
            return changes;
        }

        await next.WithinAsync(longest, time, cancellationToken);
        return await ReadAsync();

        Task<IReadOnlyList<Change>> ReadAsync() => _store.ReadAsync(session => session.Changes.After(number, most), cancellationToken);
    }

    public void Dispose() => _store.Committed -= Publish;

    private void Publish(object? sender, EventArgs e) =>
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
