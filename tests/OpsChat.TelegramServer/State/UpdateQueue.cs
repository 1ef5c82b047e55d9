using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>News for the bot, in order, until confirmed. An offset confirms what was handed out before it; the rest stays.</summary>
public sealed class UpdateQueue(TimeProvider time)
{
    // Without a list of its own a bot gets these; reactions and members only when asked for.
    private static readonly string[] OnlyWhenAsked = ["chat_member", "message_reaction", "message_reaction_count"];

    private readonly Lock _gate = new();
    private readonly List<Pending> _pending = [];
    private readonly List<JsonObject> _history = [];
    private IReadOnlyList<string> _allowed = [];
    private Poller? _poller;
    private Pending? _heldBack;
    private int _nextId = 700_000_001;
    private int _copiesOfNext = 1;
    private bool _holdNext;
    private bool _isHolding;

    /// <summary>Called after each addition; webhook delivery listens.</summary>
    public Action OnAdded { get; set; } = () => { };

    public int PendingCount
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count;
            }
        }
    }

    /// <summary>The next update comes twice, under the same id.</summary>
    public void RepeatNext() => Script(() => _copiesOfNext = 2);

    /// <summary>The next update arrives only after the one that follows it.</summary>
    public void ReorderNext() => Script(() => _holdNext = true);

    /// <summary>The next update gets this id: after a quiet week Telegram picks any.</summary>
    public void JumpTo(int updateId) => Script(() => _nextId = updateId);

    /// <summary>What is added until the end of this is handed out by one getUpdates.</summary>
    public IDisposable Together()
    {
        Script(() => _isHolding = true);
        return new EndOfTogether(this);
    }

    /// <summary>The latest update comes once more although it was confirmed.</summary>
    public void RedeliverLast()
    {
        lock (_gate)
        {
            _pending.Add(new Pending((int)_history[^1]["update_id"]!, _history[^1]));
            Tell();
        }

        OnAdded();
    }

    public void Add(string kind, JsonObject body)
    {
        lock (_gate)
        {
            if (_allowed.Count == 0 ? OnlyWhenAsked.Contains(kind) : !_allowed.Contains(kind))
            {
                return;
            }

            var id = _nextId++;
            var update = new Pending(id, new JsonObject { ["update_id"] = id, [kind] = body });
            _history.Add(update.Body);
            if (_holdNext)
            {
                (_holdNext, _heldBack) = (false, update);
                return;
            }

            _pending.AddRange(Enumerable.Range(0, _copiesOfNext).Select(_ => new Pending(id, update.Body)));
            _copiesOfNext = 1;
            if (_heldBack is not null)
            {
                _pending.Add(_heldBack);
                _heldBack = null;
            }

            Tell();
        }

        OnAdded();
    }

    /// <summary>One getUpdates. A second one ends the first with 409, as Telegram does.</summary>
    public async Task<JsonArray> Poll(int? offset, int limit, TimeSpan timeout, IReadOnlyList<string>? allowed, CancellationToken cancellationToken)
    {
        var mine = new Poller();
        lock (_gate)
        {
            _poller?.News.TrySetResult(true);
            _poller = mine;
            _allowed = allowed ?? _allowed;
            Confirm(offset);
            if ((_pending.Count > 0 && !_isHolding) || timeout == TimeSpan.Zero)
            {
                _poller = null;
                return HandOut(limit);
            }
        }

        var isConflict = await NewsOrTimeout(mine, timeout, cancellationToken);
        lock (_gate)
        {
            _poller = _poller == mine ? null : _poller;
            return isConflict
                ? throw BotApiException.Conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
                : HandOut(limit);
        }
    }

    /// <summary>A webhook was set or removed: the list of kinds is replaced, a running poll ends with 409.</summary>
    public void Configure(IReadOnlyList<string>? allowed, bool dropPending)
    {
        lock (_gate)
        {
            _poller?.News.TrySetResult(true);
            _allowed = allowed ?? _allowed;
            if (dropPending)
            {
                _pending.Clear();
            }
        }
    }

    /// <summary>The oldest update, for delivery to a webhook; null when there is none.</summary>
    public JsonObject? Peek()
    {
        lock (_gate)
        {
            return _pending.Count > 0 ? _pending[0].Body : null;
        }
    }

    /// <summary>Delivered: one copy of it is done with. It may have been dropped meanwhile.</summary>
    public void Remove(JsonObject update)
    {
        lock (_gate)
        {
            var at = _pending.FindIndex(p => p.Body == update);
            if (at >= 0)
            {
                _pending.RemoveAt(at);
            }
        }
    }

    private void Script(Action change)
    {
        lock (_gate)
        {
            change();
        }
    }

    private async Task<bool> NewsOrTimeout(Poller mine, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await mine.News.Task.WaitAsync(timeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                _poller = _poller == mine ? null : _poller;
            }

            throw;
        }
    }

    private void Confirm(int? offset)
    {
        if (offset is < 0)
        {
            _pending.RemoveRange(0, Math.Max(0, _pending.Count + offset.Value));
        }
        else
        {
            _pending.RemoveAll(p => p.WasHandedOut && p.Id < offset);
        }
    }

    private JsonArray HandOut(int limit)
    {
        var batch = _isHolding ? [] : _pending.Take(limit).ToList();
        batch.ForEach(p => p.WasHandedOut = true);
        return batch.Select(p => (JsonNode)p.Body.DeepClone()).ToJson();
    }

    private void Tell()
    {
        if (!_isHolding)
        {
            _poller?.News.TrySetResult(false);
        }
    }

    private sealed class EndOfTogether(UpdateQueue updates) : IDisposable
    {
        public void Dispose() => updates.Script(() =>
        {
            updates._isHolding = false;
            updates.Tell();
        });
    }

    private sealed class Pending(int id, JsonObject body)
    {
        public int Id { get; } = id;
        public JsonObject Body { get; } = body;
        public bool WasHandedOut { get; set; }
    }

    /// <summary>One waiting getUpdates: false is news, true is "another one came".</summary>
    private sealed class Poller
    {
        public TaskCompletionSource<bool> News { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
