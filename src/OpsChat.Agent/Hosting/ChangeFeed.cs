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
    private readonly News _any = new([]);
    private News[] _listeners;

    public ChangeFeed(IStore store)
    {
        _store = store;
        _listeners = [_any];
        store.Committed += Publish;
    }

    /// <summary>Completes at the next commit that changed something. Take it before reading, or news in between is missed.</summary>
    public Task Next => _any.Next;

    /// <summary>News of these kinds only (<see cref="Change.Kind"/>): under load each commit is news for somebody, and hardly ever for all.</summary>
    /// <param name="kinds">None for all.</param>
    public News Of(params string[] kinds)
    {
        var news = new News(kinds);
        News[] before;
        do
        {
            before = Volatile.Read(ref _listeners);
        }
        while (Interlocked.CompareExchange(ref _listeners, [.. before, news], before) != before);
        return news;
    }

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

    private void Publish(object? sender, EventArgs e)
    {
        var kinds = (e as CommittedEventArgs)?.Kinds;
        foreach (var listener in Volatile.Read(ref _listeners))
        {
            listener.Tell(kinds);
        }
    }

    /// <summary>What one listener waits for.</summary>
    public sealed class News
    {
        private readonly string[] _kinds;
        private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal News(string[] kinds) => _kinds = kinds;

        /// <summary>Completes at the next commit that changed something of these kinds. Take it before reading, or news in between is
        /// missed.</summary>
        public Task Next => Volatile.Read(ref _next).Task;

        /// <param name="kinds">Null where nobody knows which.</param>
        internal void Tell(IReadOnlyCollection<string>? kinds)
        {
            if (_kinds.Length == 0 || kinds is null || Array.Exists(_kinds, kinds.Contains))
            {
                Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            }
        }
    }
}
