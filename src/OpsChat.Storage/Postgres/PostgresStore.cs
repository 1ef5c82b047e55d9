using System.Threading.Channels;
using Npgsql;
using OpsChat.Storage.Tables;

namespace OpsChat.Storage.Postgres;

/// <summary>
/// The store in a PostgreSQL database, which several processes may share. Like in the embedded one, one commit follows the other: each process writes
/// on one thread, which commits whatever is waiting in one transaction, and a lock of the database lets one at a time begin. So every work sees what
/// all earlier ones wrote, wherever they ran. Reads run beside it on a view of their own. Several processes may be hosts at the same time
/// (<see cref="JoinAsync"/>); commands read and write beside them.
/// </summary>
public sealed class PostgresStore : IStore
{
    /// <summary>A host that is stopped in the middle of a commit holds up the others no longer than this: the database ends its
    /// transaction.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private const int MostWorksInOneCommit = 256;
    private const int MostReaders = 8;

    // The database has to be reachable again within this time for a commit whose answer was lost to be told from one that did not happen.
    private static readonly TimeSpan s_longestDoubt = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_nextTry = TimeSpan.FromSeconds(1), s_listenFor = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;
    private readonly string _channel;
    private readonly string _writerId = $"{Guid.NewGuid():N}";
    private readonly SemaphoreSlim _readersLeft = new(MostReaders);
    private readonly Channel<IStoreWork> _works = Channel.CreateUnbounded<IStoreWork>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _writing;
    private readonly Task _listening;
    private readonly Lazy<Task> _closing;
    private PostgresConnection? _writer;
    private HostLease? _lease;
    private long _published, _heardAt, _commits;
    private volatile bool _isClosed;

    private PostgresStore(NpgsqlDataSource source, string location, string channel, TimeProvider time)
    {
        _source = source;
        _channel = channel;
        _time = time;
        Location = location;
        _heardAt = time.GetTimestamp();
        _closing = new(CloseAsync);
        _writing = Task.Factory.StartNew(WriteLoop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _listening = Task.Run(ListenAsync);
    }

    public string Location { get; }

    public event EventHandler Committed = static (_, _) => { };

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

    public bool IsShared => true;

    public bool HearsOthers => _time.GetElapsedTime(Volatile.Read(ref _heardAt)) < 2 * s_listenFor;

    public int Hosts => _lease?.Hosts ?? 1;

    /// <summary>Nothing was heard from this host for longer than others wait: one of them may have taken over. A process that is no host, a
    /// command, may act.</summary>
    public bool MayAct => _lease?.IsFresh ?? true;

    public bool Leads => _lease?.Leads ?? true;

    public bool SeesGoneHost => _lease?.SeesGone ?? false;

    public Task UntilLeadingAsync(CancellationToken cancellationToken) => _lease?.LeadingAsync.WaitAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Cancelled when another host has taken over what this one decided: from then on nothing can be written here.</summary>
    public CancellationToken Lost => _lease?.Lost ?? CancellationToken.None;

    /// <summary>
    /// Returns when this process is one of the hosts at work. A host that was not heard of for <see cref="PostgresHosts.Lease"/> by the database's
    /// clock, because it was paused or cut off, is one no more, and can write nothing.
    /// </summary>
    /// <param name="name">By which people know this host.</param>
    /// <param name="before">Under which id (<see cref="HostId"/>) a process was at work that is known to have ended; null for none.</param>
    /// <param name="whenWaiting">Told the name of a host of an older version, which works alone and has to end first.</param>
    public async Task JoinAsync(string name, string? before, Action<string> whenWaiting, CancellationToken cancellationToken)
    {
        var (lease, told) = (new HostLease(Connect, _source.Clear, _time), "");
        while (Try(() => lease.TryJoin(name, before)) is { } other)
        {
            if (other != told)
            {
                whenWaiting(told = other);
            }

            await Task.Delay(s_nextTry, _time, cancellationToken);
        }

        Volatile.Write(ref _lease, lease);
    }

    /// <summary>Under which id this process is a host; null while it is none.</summary>
    public string? HostId => Volatile.Read(ref _lease)?.Id;

    private T Try<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception e) when (e is NpgsqlException || PostgresTrouble.IsLost(e))
        {
            throw PostgresTrouble.Explain(e, Location);
        }
    }

    public Task<T> WriteAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var item = new StoreWork<T>(work, HostId);
        return _works.Writer.TryWrite(item)
            ? item.Done.Task
            : throw Closed();
    }

    public async Task<T> ReadAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken)
    {
        await _readersLeft.WaitAsync(cancellationToken);
        try
        {
            return _isClosed ? throw Closed() : Read(connection => work(new UnitOfWork(connection, HostId)));
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
        if (_lease is not null)
        {
            await _lease.DisposeAsync();
        }

        _isClosed = true;
        for (var slot = 0; slot < MostReaders; slot++)
        {
            await _readersLeft.WaitAsync();
        }

        _writer?.Dispose();
        await _source.DisposeAsync();
        _readersLeft.Release(MostReaders);
        _stopping.Dispose();
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
        PostgresLock.Take(connection, PostgresLock.Write);
        if (Volatile.Read(ref _lease) is { } lease && !PostgresHosts.IsAtWork(connection, lease.Id))
        {
            lease.Lose();
            throw new StoreException(
                $"The other hosts on {Location} did not hear of this one, and have taken over what it decided; it writes nothing any more. "
                    + "Start it again."
            );
        }

        if (!Run(batch, connection))
        {
            connection.Run("rollback");
            batch.ForEach(work => work.Complete());
            return;
        }

        // By it a lost answer to the commit is found out.
        PostgresCommits.Write(connection, _writerId, ++_commits);
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
            if (!WasCommitted(_commits, e))
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
    /// <exception cref="StoreException">The database does not come back in time.</exception>
    private bool WasCommitted(long number, Exception lost)
    {
        for (var since = _time.GetTimestamp(); _time.GetElapsedTime(since) < s_longestDoubt; )
        {
            try
            {
                using var connection = Connect();
                return PostgresCommits.Last(connection, _writerId) == number;
            }
            catch (Exception e) when (PostgresTrouble.IsLost(e))
            {
                // It may be starting, or another one takes over from it.
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
                connection.Notification += (_, news) =>
                {
                    Volatile.Write(ref _heardAt, _time.GetTimestamp());
                    Publish(long.Parse(news.Payload, null));
                };
                await using (var listen = new NpgsqlCommand($"listen {_channel}", connection))
                {
                    await listen.ExecuteNonQueryAsync(_stopping.Token);
                }

                // It also looks by itself now and then: so it notices a database that is gone without a word.
                await using var latest = new NpgsqlCommand("select coalesce(max(number), 0) from changes", connection);
                while (true)
                {
                    Publish((long)(await latest.ExecuteScalarAsync(_stopping.Token))!);
                    Volatile.Write(ref _heardAt, _time.GetTimestamp());
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
