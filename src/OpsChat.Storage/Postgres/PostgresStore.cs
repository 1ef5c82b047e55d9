using Npgsql;
using OpsChat.Storage.Tables;

namespace OpsChat.Storage.Postgres;

/// <summary>
/// The store in a PostgreSQL database, which several processes may share. Like in the embedded one, one commit follows the other
/// (<see cref="PostgresWriter"/>). Reads run beside it on a view of their own. Several processes may be hosts at the same time
/// (<see cref="JoinAsync"/>); commands read and write beside them.
/// </summary>
public sealed class PostgresStore : IStore
{
    /// <summary>A host that is stopped in the middle of a commit holds up the others no longer than this: the database ends its
    /// transaction.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private const int MostReaders = 8;

    private static readonly TimeSpan s_nextTry = TimeSpan.FromSeconds(1);

    // How long a commit waits for its turn, or for a table: less than Npgsql waits for an answer (30 s), so that the database says what it was.
    private static readonly TimeSpan s_longestWaitForALock = TimeSpan.FromSeconds(20);

    private readonly PostgresPools _pools;
    private readonly TimeProvider _time;
    private readonly TimeSpan _lockPatience;
    private readonly SemaphoreSlim _readersLeft = new(MostReaders);
    private readonly PostgresNews _news;
    private readonly PostgresWriter _writer;
    private readonly Lazy<Task> _closing;
    private HostLease? _lease;
    private volatile bool _isClosed;

    private PostgresStore(PostgresPools pools, string location, string channel, long latest, TimeProvider time, TimeSpan lockPatience)
    {
        _pools = pools;
        _lockPatience = lockPatience;
        _time = time;
        Location = location;
        _closing = new(CloseAsync);
        _news = new(pools, channel, latest, news => Committed(this, news), time);
        _writer = new(pools, () => Volatile.Read(ref _lease), _news, location, time);
    }

    public string Location { get; }

    public event EventHandler Committed = static (_, _) => { };

    /// <summary>Connects, and brings the tables up to date.</summary>
    /// <param name="connection">As Npgsql reads it: <c>Host=…;Database=…;Username=…;Password=…</c>.</param>
    /// <exception cref="StoreException">It cannot be used; the message says why and what to do.</exception>
    public static Task<PostgresStore> OpenAsync(string connection, CancellationToken cancellationToken) =>
        OpenAsync(connection, TimeProvider.System, cancellationToken);

    /// <param name="lockPatience">How long a commit waits for a lock; null for 20 s.</param>
    internal static Task<PostgresStore> OpenAsync(
        string connection,
        TimeProvider time,
        CancellationToken cancellationToken,
        TimeSpan? lockPatience = null
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var settings = PostgresSettings.Read(connection);
        var location = PostgresSettings.Place(settings);
        var patience = lockPatience ?? s_longestWaitForALock;
        var pools = new PostgresPools(settings, LongestPause, patience);
        try
        {
            // An upgrade takes as long as it takes.
            using var first = new PostgresConnection(pools.Alone());
            PostgresUpgrade.Run(first, location);
            var channel = first.Ask<string>("select 'opschat_' || replace(hashtext(current_schema())::text, '-', '_')")!;
            var latest = new ChangeTable(first).Latest();
            return Task.FromResult(new PostgresStore(pools, location, channel, latest, time, patience));
        }
        catch (Exception e) when (e is NpgsqlException or StoreException or TimeoutException || PostgresTrouble.IsLost(e))
        {
            pools.Dispose();
            throw PostgresTrouble.Explain(e, location);
        }
    }

    public bool IsShared => true;

    public bool HearsOthers => _news.HearsOthers;

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
        var (lease, told) = (new HostLease(_pools, _time), "");
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
        return _writer.TryAdd(item) ? item.Done.Task : throw Closed();
    }

    public async Task<T> ReadAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken)
    {
        await _readersLeft.WaitAsync(cancellationToken);
        try
        {
            return _isClosed ? throw Closed() : Read(connection => RowMapping.Do(new UnitOfWork(connection, HostId), work));
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

    /// <summary>A table at a time is locked for as long as it is written anew, and all hosts wait that need it. One that somebody else keeps for
    /// long ends it: everybody would wait behind it, and then give up.</summary>
    public Task CompactAsync(CancellationToken cancellationToken) =>
        Task.Run(() => Vacuum("vacuum (full)", _lockPatience / 4, cancellationToken), cancellationToken);

    /// <summary>Nobody waits: what was deleted is given free, and its bytes stay in the files until something else is written there.</summary>
    public Task ClearAsync(CancellationToken cancellationToken) =>
        Task.Run(() => Vacuum("vacuum", TimeSpan.Zero, cancellationToken), cancellationToken);

    /// <param name="patience">How long to wait for a table; zero for as long as it takes.</param>
    private void Vacuum(string sentence, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = _pools.Alone();
            using var command = connection.CreateCommand();
            using var callOff = cancellationToken.Register(command.Cancel);
            // It takes as long as it takes.
            command.CommandTimeout = 0;
            command.CommandText = $"set lock_timeout = {patience.TotalMilliseconds}";
            command.ExecuteNonQuery();
            command.CommandText =
                $"select string_agg('{sentence} ' || quote_ident(tablename), ';') from pg_tables where schemaname = current_schema()";
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
    }

    /// <summary>Writes that were taken are committed, and reads that have begun end, before it closes; whoever comes later is told that it is
    /// closed.</summary>
    public ValueTask DisposeAsync() => new(_closing.Value);

    private async Task CloseAsync()
    {
        await _writer.DisposeAsync();
        await _news.DisposeAsync();
        if (_lease is not null)
        {
            await _lease.DisposeAsync();
        }

        _isClosed = true;
        for (var slot = 0; slot < MostReaders; slot++)
        {
            await _readersLeft.WaitAsync();
        }

        _pools.Dispose();
        _readersLeft.Release(MostReaders);
    }

    private StoreException Closed() => new($"The store {Location} is closed because the host is stopping.");

    private T Read<T>(Func<PostgresConnection, T> read)
    {
        for (var isLast = false; ; isLast = true)
        {
            try
            {
                return _pools.Read(read);
            }
            catch (Exception e) when (!isLast && PostgresTrouble.IsWorthATry(e))
            {
                // Connections from before a restart, and their plans, are of no use.
                _pools.Clear();
            }
            catch (Exception e) when (e is NpgsqlException || PostgresTrouble.IsLost(e))
            {
                throw PostgresTrouble.Explain(e, Location);
            }
        }
    }
}
