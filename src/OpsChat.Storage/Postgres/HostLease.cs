using Npgsql;

namespace OpsChat.Storage.Postgres;

/// <summary>
/// This process as one of the hosts at work: it says each second that it is there. When it could not for <see cref="PostgresHosts.Lease"/>, another
/// one may have taken over what it decides; it ends when it learns that one has.
/// </summary>
sealed class HostLease(PostgresPools pools, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _lost = new(), _stopping = new();
    private readonly TaskCompletionSource _leading = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _renewing = Task.CompletedTask;
    private HostSight _sight = new(Leads: false, Hosts: 1, AnyGone: false);
    private Moment _renewedAt = new(0, DateTimeOffset.MinValue);
    private long _steadySince;

    public string Id { get; } = $"{Guid.NewGuid():N}";

    /// <summary>Cancelled when another host has taken over what this one decided: nothing can be written here any more.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Whether nobody can have taken over yet.</summary>
    public bool IsFresh => !_lost.IsCancellationRequested && Volatile.Read(ref _renewedAt).Age(time) < PostgresHosts.Lease;

    public bool Leads => IsFresh && Volatile.Read(ref _sight).Leads;

    public int Hosts => (int)Math.Max(1, Volatile.Read(ref _sight).Hosts);

    /// <summary>
    /// Whether a host is gone and this one may say so: it has renewed its own lease without a gap for as long as a lease is. After the database was
    /// away nobody could renew, and all get their chance first.
    /// </summary>
    public bool SeesGone =>
        Volatile.Read(ref _sight).AnyGone && IsFresh && time.GetElapsedTime(Volatile.Read(ref _steadySince)) >= PostgresHosts.Lease;

    /// <summary>Completes when this host is the one that does what only one does.</summary>
    public Task LeadingAsync => _leading.Task;

    /// <inheritdoc cref="PostgresHosts.TryJoin"/>
    public string? TryJoin(string name, string? before)
    {
        var began = Moment.Of(time);
        using var connection = pools.ToWrite();
        if (PostgresHosts.TryJoin(connection, Id, name, before) is { } other)
        {
            return other;
        }

        Saw(PostgresHosts.Look(connection, Id), began);
        Volatile.Write(ref _steadySince, began.Timestamp);
        _renewing = Task.Run(RenewAsync, CancellationToken.None);
        return null;
    }

    /// <summary>Whoever is told of it runs elsewhere: the thread that finds it out has works to tell that they are not stored.</summary>
    public void Lose() => _ = _lost.CancelAsync();

    private async Task RenewAsync()
    {
        while (!_stopping.IsCancellationRequested && !_lost.IsCancellationRequested)
        {
            await Task.Delay(PostgresHosts.RenewEvery, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var began = Moment.Of(time);
            try
            {
                using var connection = pools.ToWrite();
                if (PostgresHosts.Renew(connection, Id) is not { } sight)
                {
                    Lose();
                    return;
                }

                if (Volatile.Read(ref _renewedAt).Age(time) >= PostgresHosts.Lease)
                {
                    Volatile.Write(ref _steadySince, began.Timestamp);
                }

                Saw(sight, began);
            }
            catch (Exception e) when (e is NpgsqlException || PostgresTrouble.IsLost(e))
            {
                Volatile.Write(ref _steadySince, time.GetTimestamp());
                pools.Clear();
            }
        }
    }

    private void Saw(HostSight sight, Moment began)
    {
        Volatile.Write(ref _sight, sight);
        Volatile.Write(ref _renewedAt, began);
        if (sight.Leads)
        {
            _leading.TrySetResult();
        }
    }

    /// <summary>Hands on what it decides.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _renewing;
        if (!_lost.IsCancellationRequested)
        {
            Leave();
        }

        _stopping.Dispose();
        _lost.Dispose();
    }

    private void Leave()
    {
        try
        {
            using var connection = pools.ToWrite();
            PostgresHosts.Leave(connection, Id);
        }
        catch (Exception e) when (e is NpgsqlException || PostgresTrouble.IsLost(e))
        {
            // The others wait until the lease is over.
        }
    }

    /// <summary>An instant by both clocks. The one that counts elapsed time stands still while a virtual machine is suspended; the other one may be
    /// set. So whichever says that more time has passed is believed: at worst this host pauses until its next renewal.</summary>
    private sealed record Moment(long Timestamp, DateTimeOffset Time)
    {
        public static Moment Of(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());

        public TimeSpan Age(TimeProvider time)
        {
            var (elapsed, passed) = (time.GetElapsedTime(Timestamp), time.GetUtcNow() - Time);
            return elapsed > passed ? elapsed : passed;
        }
    }
}
