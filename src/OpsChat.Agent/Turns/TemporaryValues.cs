using System.Collections.Concurrent;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>
/// What is kept for a while only and a person's next request needs: in memory where the store has one host, and in the store where several share it,
/// for the next request may go to another one. A restart of an only host forgets it.
/// </summary>
public sealed class TemporaryValues(IStore store, TimeProvider time)
{
    // In the store it is enough to look now and then whether there are too many.
    private const int KeptBetweenLooks = 64;

    private readonly ConcurrentDictionary<TemporaryKind, InMemory> _here = new();
    private int _keptInStore;

    /// <param name="lasts">The same for all of a kind.</param>
    /// <param name="most">Of its kind at once, or not many more; the oldest go first.</param>
    public async Task KeepAsync(TemporaryValue it, TimeSpan lasts, int most, CancellationToken cancellationToken)
    {
        if (!store.IsShared)
        {
            Of(it.Kind).Keep(it, lasts, most, time);
            return;
        }

        await store.WriteAsync(
            session =>
            {
                var now = time.GetUtcNow();
                if (_keptInStore++ % KeptBetweenLooks == 0)
                {
                    session.TemporaryValues.Prune(it.Kind, most, now);
                }

                session.TemporaryValues.Keep(it, now + lasts);
            },
            cancellationToken
        );
    }

    /// <summary>Null when there is none, or its time is over.</summary>
    public async ValueTask<string?> FindAsync(TemporaryKind kind, string id, CancellationToken cancellationToken) =>
        store.IsShared
            ? await store.ReadAsync(session => session.TemporaryValues.Find(kind, id, time.GetUtcNow()), cancellationToken)
            : Of(kind).Find(id, time);

    /// <summary>The same, once: the next one who asks finds none.</summary>
    /// <param name="may">Whether it is for who asks; it stays there otherwise.</param>
    public async ValueTask<string?> TakeAsync(TemporaryKind kind, string id, Func<string, bool> may, CancellationToken cancellationToken) =>
        store.IsShared
            ? await store.WriteAsync(
                session =>
                    session.TemporaryValues.Find(kind, id, time.GetUtcNow()) is { } value && may(value) && session.TemporaryValues.Remove(kind, id)
                        ? value
                        : null,
                cancellationToken
            )
            : Of(kind).Take(id, may, time);

    /// <summary>It is over before its time.</summary>
    public async Task RemoveAsync(TemporaryKind kind, string id, CancellationToken cancellationToken) =>
        await TakeAsync(kind, id, _ => true, cancellationToken);

    /// <summary>All of a kind that are about a conversation, in the order of their ids.</summary>
    public async ValueTask<IReadOnlyList<TemporaryValue>> AboutAsync(
        TemporaryKind kind,
        ConversationId conversation,
        CancellationToken cancellationToken
    ) =>
        store.IsShared
            ? await store.ReadAsync(session => session.TemporaryValues.About(kind, conversation, time.GetUtcNow()), cancellationToken)
            : Of(kind).About(conversation, time);

    private InMemory Of(TemporaryKind kind) => _here.GetOrAdd(kind, _ => new());

    /// <summary>The values of one kind.</summary>
    private sealed class InMemory
    {
        private readonly Dictionary<string, (TemporaryValue It, long At)> _byId = [];

        // As they were kept, so the first one ends first. What was kept anew stands there twice.
        private readonly Queue<(string Id, long At)> _order = new();
        private TimeSpan _lasts;

        public void Keep(TemporaryValue it, TimeSpan lasts, int most, TimeProvider time)
        {
            lock (_byId)
            {
                _lasts = lasts;
                _byId[it.Id] = (it, time.GetTimestamp());
                _order.Enqueue((it.Id, _byId[it.Id].At));
                while (_order.TryPeek(out var first) && (_byId.Count > most || !IsThere(first.At, time)))
                {
                    _order.Dequeue();
                    if (_byId.TryGetValue(first.Id, out var kept) && kept.At == first.At)
                    {
                        _byId.Remove(first.Id);
                    }
                }
            }
        }

        public string? Find(string id, TimeProvider time)
        {
            lock (_byId)
            {
                return _byId.TryGetValue(id, out var kept) && IsThere(kept.At, time) ? kept.It.Value : null;
            }
        }

        public string? Take(string id, Func<string, bool> may, TimeProvider time)
        {
            lock (_byId)
            {
                return Find(id, time) is { } value && may(value) && _byId.Remove(id) ? value : null;
            }
        }

        public IReadOnlyList<TemporaryValue> About(ConversationId conversation, TimeProvider time)
        {
            lock (_byId)
            {
                return
                [
                    .. _byId.Values.Where(kept => kept.It.About == conversation && IsThere(kept.At, time))
                        .Select(kept => kept.It)
                        .OrderBy(it => it.Id, StringComparer.Ordinal),
                ];
            }
        }

        private bool IsThere(long at, TimeProvider time) => time.GetElapsedTime(at) <= _lasts;
    }
}
