using System.Threading.Channels;
using Npgsql;
using OpsChat.Storage.Tables;

namespace OpsChat.Storage.Postgres;

/// <summary>
/// The store in a PostgreSQL database, which several processes may share. Like in the embedded one, one commit follows the other: each process writes
/// on one thread, which commits whatever is waiting in one transaction, and a lock of the database lets one at a time begin. So every work sees what
/// all earlier ones wrote, wherever they ran. Reads run beside it on a view of their own. One process at a time is the host
/// (<see cref="TakeTurnAsync"/>); the others only read, and commands read and write beside it.
/// </summary>
public sealed class PostgresStore : IStore
{
    /// <summary>A host that is stopped in the middle of a commit holds up the others no longer than this: the database ends its
    /// transaction.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private const int MostWorksInOneCommit = 256;
    private const int MostReaders = 8;

    // No host is named like these.
    private const string Lost = "lost", Waiting = "waiting";

    // The database has to be reachable again within this time for a commit whose answer was lost to be told from one that did not happen.
    private static readonly TimeSpan s_longestDoubt = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_nextTry = TimeSpan.FromSeconds(1), s_listenFor = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;
    private readonly string _channel;
    private readonly string _me = $"{Guid.NewGuid():N}";
    private readonly CancellationTokenSource _turnLost = new();
    private readonly SemaphoreSlim _readersLeft = new(MostReaders);
    private readonly Channel<IStoreWork> _works = Channel.CreateUnbounded<IStoreWork>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _writing;
    private readonly Task _listening;
    private readonly Lazy<Task> _closing;
    private PostgresConnection? _writer;
    private string? _turn;
    private string? _atWork;
    private long _renewedAt;
    private long? _unreachableAt;
    private Task _renewing = Task.CompletedTask;
    private long _published;
    private volatile bool _isClosed;

    private PostgresStore(NpgsqlDataSource source, string location, string channel, TimeProvider time)
    {
        _source = source;
        _channel = channel;
        _time = time;
        Location = location;
        _closing = new(CloseAsync);
        _writing = Task.Factory.StartNew(WriteLoop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _listening = Task.Run(ListenAsync);
    }

    public string Location { get; }

    public bool IsShared => true;

    public event EventHandler Committed = static (_, _) => { };

    /// <summary>Cancelled when another host has taken over: from then on nothing can be written here.</summary>
    public CancellationToken TurnLost => _turnLost.Token;

    /// <summary>Connects, and brings the tables up to date.</summary>
    /// <param name="connection">As Npgsql reads it: <c>Host=…;Database=…;Username=…;Password=…</c>.</param>
    /// <exception cref="StoreException">It cannot be used; the message says why and what to do.</exception>
    public static Task<PostgresStore> OpenAsync(string connection, CancellationToken cancellationToken) =>
        OpenAsync(connection, TimeProvider.System, cancellationToken);

    internal static Task<PostgresStore> OpenAsync(string connection, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var settings = PostgresSettings.Read(connection);
        var location = PostgresSettings.Place(settings);
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
        try
        {
            using var first = new PostgresConnection(source.OpenConnection());
            PostgresUpgrade.Run(first, location);
            var channel = first.Ask<string>("select 'opschat_' || replace(hashtext(current_schema())::text, '-', '_')")!;
            return Task.FromResult(new PostgresStore(source, location, channel, time));
        }
        catch (Exception e) when (e is NpgsqlException or StoreException or TimeoutException || PostgresTrouble.IsLost(e))
        {
            source.Dispose();
            throw PostgresTrouble.Explain(e, location);
        }
    }

    /// <summary>The host that has the turn, as it was seen last; null when that is this one, or nobody was looked for yet.</summary>
    public string? AtWork => Volatile.Read(ref _atWork);

    /// <summary>Nothing was heard from this host for longer than others wait: one of them may be at work. A process that never asked for the turn, a
    /// command, may act.</summary>
    public bool MayAct =>
        Volatile.Read(ref _turn) switch
        {
            null => true,
            Lost or Waiting => false,
            _ => _time.GetElapsedTime(Volatile.Read(ref _renewedAt)) < PostgresTurn.Lease,
        };

    /// <summary>From now on everything can be read and nothing written, until the turn is this host's.</summary>
    public void StandBy() => Interlocked.CompareExchange(ref _turn, Waiting, null);

    /// <summary>
    /// Returns when this process is the host. One is at a time; the turn passes on when that one stops, or has not been heard of for
    /// <see cref="PostgresTurn.Lease"/> by the database's clock. A host that lost its turn, because it was paused or cut off, can write nothing any
    /// more.
    /// </summary>
    /// <param name="name">By which people know this host.</param>
    /// <param name="whenWaiting">Told the name of the host that has the turn.</param>
    public async Task TakeTurnAsync(string name, Action<string> whenWaiting, CancellationToken cancellationToken)
    {
        var told = "";
        while (!TryTakeTurn(name))
        {
            if (AtWork is { } other && other != told)
            {
                whenWaiting(told = other);
            }

            await Task.Delay(s_nextTry, _time, cancellationToken);
        }
    }

    /// <summary>Takes the turn if nobody has it.</summary>
    /// <returns>False when another host has it, whose name is <see cref="AtWork"/>, or the database cannot be asked just now.</returns>
    public bool TryTakeTurn(string name)
    {
        var began = _time.GetTimestamp();
        // When the database comes back, nobody could renew meanwhile: the host that was at work gets its chance first.
        if (_unreachableAt is { } since && _time.GetElapsedTime(since) < PostgresTurn.Lease)
        {
            return false;
        }

        try
        {
            using var connection = Connect();
            Volatile.Write(ref _atWork, PostgresTurn.TryTake(connection, _me, name));
        }
        catch (Exception e) when (e is NpgsqlException || PostgresTrouble.IsLost(e))
        {
            _source.Clear();
            _unreachableAt = began;
            return false;
        }

        if (AtWork is not null)
        {
            return false;
        }

        Volatile.Write(ref _renewedAt, began);
        Volatile.Write(ref _turn, _me);
        _renewing = Task.Run(RenewAsync, CancellationToken.None);
        return true;
    }

    private async Task RenewAsync()
    {
        while (Volatile.Read(ref _turn) == _me && !_stopping.IsCancellationRequested)
        {
            await Task.Delay(PostgresTurn.RenewEvery, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var began = _time.GetTimestamp();
            try
            {
                using var connection = Connect();
                if (!PostgresTurn.Renew(connection, _me))
                {
                    LoseTurn();
                    return;
                }

                Volatile.Write(ref _renewedAt, began);
            }
            catch (Exception e) when (e is NpgsqlException || PostgresTrouble.IsLost(e))
            {
                // While the database is away nobody else can take over either.
            }
        }
    }

    private void LoseTurn()
    {
        if (Interlocked.CompareExchange(ref _turn, Lost, _me) == _me)
        {
            _turnLost.Cancel();
        }
    }

    private void EndTurn()
    {
        if (_turn != _me)
        {
            return;
        }

        try
        {
            using var connection = Connect();
            PostgresTurn.End(connection, _me);
        }
        catch (Exception e) when (e is NpgsqlException || PostgresTrouble.IsLost(e))
        {
            // The others wait until the lease is over.
        }
    }

    public Task<T> WriteAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Volatile.Read(ref _turn) == Waiting)
        {
            throw new StoreException("This host stands by, and another one is at work. Try again in a moment, here or there.");
        }

        var item = new StoreWork<T>(work);
        return _works.Writer.TryWrite(item)
            ? item.Done.Task
            : throw Closed();
    }

    public async Task<T> ReadAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken)
    {
        await _readersLeft.WaitAsync(cancellationToken);
        try
        {
            return _isClosed ? throw Closed() : Read(connection => work(new UnitOfWork(connection)));
        }
        finally
        {
            _readersLeft.Release();
        }
    }

    /// <summary>Writes the whole store as an embedded one, which OpsChat can be started on. PostgreSQL's own tools make copies faster.</summary>
    public async Task BackupAsync(string file, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            throw new StoreException($"{file} exists already. Name a new file, so that no earlier backup is overwritten.");
        }

        await Task.Run(
            () =>
                Read(connection =>
                {
                    StoreCopy.ToFile(connection, file, cancellationToken);
                    return true;
                }),
            cancellationToken
        );
    }

    public Task CompactAsync(CancellationToken cancellationToken) => Task.Run(() =>
    {
        try
        {
            using var connection = _source.OpenConnection();
            using var command = connection.CreateCommand();
            using var callOff = cancellationToken.Register(command.Cancel);
            // It takes as long as it takes.
            command.CommandTimeout = 0;
            command.CommandText =
                "select string_agg('vacuum (full) ' || quote_ident(tablename), ';') from pg_tables where schemaname = current_schema()";
            foreach (var table in ((string)command.ExecuteScalar()!).Split(';'))
            {
                cancellationToken.ThrowIfCancellationRequested();
                command.CommandText = table;
                command.ExecuteNonQuery();
            }
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresTrouble.Explain(e, Location);
        }
    }, cancellationToken);

    /// <summary>Writes that were taken are committed, and reads that have begun end, before it closes; whoever comes later is told that it is
    /// closed.</summary>
    public ValueTask DisposeAsync() => new(_closing.Value);

    private async Task CloseAsync()
    {
        _works.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _writing;
        await _listening;
        await _renewing;
        EndTurn();
        _isClosed = true;
        for (var slot = 0; slot < MostReaders; slot++)
        {
            await _readersLeft.WaitAsync();
        }

        _writer?.Dispose();
        await _source.DisposeAsync();
        _readersLeft.Release(MostReaders);
        _stopping.Dispose();
        _turnLost.Dispose();
    }

    private StoreException Closed() => new($"The store {Location} is closed because the host is stopping.");

    private T Read<T>(Func<PostgresConnection, T> read)
    {
        for (var isLast = false; ; isLast = true)
        {
            try
            {
                using var connection = new PostgresConnection(_source.OpenConnection());
                connection.Run("begin isolation level repeatable read, read only");
                var result = read(connection);
                connection.Run("commit");
                return result;
            }
            catch (Exception e) when (!isLast && PostgresTrouble.IsWorthATry(e))
            {
                // Connections from before a restart, and their plans, are of no use.
                _source.Clear();
            }
            catch (Exception e) when (e is NpgsqlException || PostgresTrouble.IsLost(e))
            {
                throw PostgresTrouble.Explain(e, Location);
            }
        }
    }

    private void WriteLoop()
    {
        var batch = new List<IStoreWork>(MostWorksInOneCommit);
        while (_works.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < MostWorksInOneCommit && _works.Reader.TryRead(out var work))
            {
                batch.Add(work);
            }

            try
            {
                Commit(batch);
            }
            // Whatever went wrong, every waiting writer learns of it and the loop goes on: the database may come back.
            catch (Exception e)
            {
                DropWriter();
                var trouble = PostgresTrouble.Explain(e, Location);
                batch.ForEach(work => work.Fail(trouble));
            }
        }
    }

    private void Commit(List<IStoreWork> batch)
    {
        for (var isLast = false; ; isLast = true)
        {
            try
            {
                TryCommit(batch);
                return;
            }
            catch (Exception e) when (!isLast && e is not StoreException && PostgresTrouble.IsWorthATry(e))
            {
                DropWriter();
                _source.Clear();
            }
        }
    }

    private void TryCommit(List<IStoreWork> batch)
    {
        var connection = _writer ??= Connect();
        connection.Run("begin");
        // The transaction's number first: by it a lost answer to the commit is found out.
        var transaction = connection.Ask<string>(
            $"select pg_current_xact_id()::text, pg_advisory_xact_lock({PostgresLock.Key(PostgresLock.Write)})"
        )!;
        if (Volatile.Read(ref _turn) is not null && !PostgresTurn.IsMine(connection, _me))
        {
            LoseTurn();
            throw new StoreException(
                $"Another host has taken over {Location} since; this one writes nothing any more. Start it again, and it waits for its turn."
            );
        }

        if (!Run(batch, connection))
        {
            connection.Run("rollback");
            batch.ForEach(work => work.Complete());
            return;
        }

        var latest = new ChangeTable(connection).Latest();
        if (latest > Volatile.Read(ref _published))
        {
            connection.Run($"notify {_channel}, '{latest}'");
        }

        try
        {
            connection.Run("commit");
        }
        catch (Exception e) when (PostgresTrouble.IsLost(e))
        {
            DropWriter();
            if (!WasCommitted(transaction, e))
            {
                // It was undone, all of it: the same works may be done again.
                throw;
            }
        }

        batch.ForEach(work => work.Complete());
        Publish(latest);
    }

    /// <returns>False when the only work threw, so that nothing is left to commit.</returns>
    private static bool Run(List<IStoreWork> batch, PostgresConnection connection)
    {
        if (batch is [var single])
        {
            return single.RunAloneIn(connection, PostgresTrouble.IsWorthATry);
        }

        batch.ForEach(work => work.RunIn(connection, PostgresTrouble.IsWorthATry));
        return true;
    }

    /// <summary>What became of a commit whose answer was lost with the connection.</summary>
    /// <exception cref="StoreException">The database does not come back in time, or does not know any more.</exception>
    private bool WasCommitted(string transaction, Exception lost)
    {
        for (var since = _time.GetTimestamp(); _time.GetElapsedTime(since) < s_longestDoubt; )
        {
            try
            {
                using var connection = Connect();
                switch (connection.Ask<object>($"select pg_xact_status('{transaction}'::xid8)") as string)
                {
                    case "committed":
                        return true;
                    case "aborted":
                        return false;
                    case null:
                        throw new StoreException(
                            $"{Location} does not know any more whether the last commit was made. Look at what was to be written.",
                            lost
                        );
                }
            }
            catch (Exception e) when (e is not StoreException && PostgresTrouble.IsLost(e))
            {
                // It may be starting.
            }

            Task.Delay(s_nextTry, _time).GetAwaiter().GetResult();
        }

        throw new StoreException(
            $"{Location} was lost in the middle of a commit, and did not come back within a minute to tell whether it was made.",
            lost
        );
    }

    private PostgresConnection Connect()
    {
        var connection = new PostgresConnection(_source.OpenConnection());
        connection.Run($"set idle_in_transaction_session_timeout = {LongestPause.TotalMilliseconds}; set lock_timeout = 30000");
        return connection;
    }

    private void DropWriter()
    {
        try
        {
            _writer?.Dispose();
        }
        catch (Exception e) when (PostgresTrouble.IsLost(e))
        {
            // What is lost cannot be closed.
        }

        _writer = null;
    }

    /// <summary>Hears of the commits of other hosts. After a lost connection it looks for itself.</summary>
    private async Task ListenAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(_stopping.Token);
                connection.Notification += (_, news) => Publish(long.Parse(news.Payload, null));
                await using (var listen = new NpgsqlCommand($"listen {_channel}", connection))
                {
                    await listen.ExecuteNonQueryAsync(_stopping.Token);
                }

                // It also looks by itself now and then: so it notices a database that is gone without a word.
                await using var latest = new NpgsqlCommand("select coalesce(max(number), 0) from changes", connection);
                while (true)
                {
                    Publish((long)(await latest.ExecuteScalarAsync(_stopping.Token))!);
                    while (await connection.WaitAsync(s_listenFor, _stopping.Token))
                    {
                    }
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException || PostgresTrouble.IsLost(e))
            {
                await Task.Delay(s_nextTry, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Publish(long latest)
    {
        for (var known = Volatile.Read(ref _published); latest > known; known = Volatile.Read(ref _published))
        {
            if (Interlocked.CompareExchange(ref _published, latest, known) == known)
            {
                Committed(this, EventArgs.Empty);
                return;
            }
        }
    }
}
