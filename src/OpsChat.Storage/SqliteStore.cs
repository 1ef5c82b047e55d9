using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace OpsChat.Storage;

/// <summary>
/// The store in one SQLite file (WAL). All writes go through one thread, which commits whatever is waiting in one transaction:
/// a write returns after its data is on disk, and many writers share the cost of one flush. Reads run beside it on their own connections.
/// </summary>
public sealed class SqliteStore : IStore
{
    private const int MostWorksInOneCommit = 256;

    // Pages that each commit changes anew, as those of indexes, go into the file once for many commits: 16 MB of log instead of SQLite's 4.
    private const string WriterCache = "pragma cache_size = -8000; pragma wal_autocheckpoint = 4000", ReaderCache = "pragma cache_size = -1000";

    // A read takes microseconds to milliseconds of a processor: more at once only wait for each other, each with a cache of its own. Some are
    // left for a long one.
    private static readonly int s_mostReaders = Math.Clamp(2 * Environment.ProcessorCount, 4, 8);

    /// <summary>How long a write, or a look, waits for another program to let go of the file: it covers a backup or a manual look.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _file;
    private readonly TimeSpan _patience;
    private readonly SqliteConnection _writer;
    private readonly ConcurrentBag<SqliteConnection> _readers = [];
    private readonly SemaphoreSlim _readersLeft = new(s_mostReaders);
    private readonly Channel<IStoreWork> _works = Channel.CreateUnbounded<IStoreWork>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;
    private readonly Lazy<Task> _closing;
    private long _published;
    private volatile bool _isClosed;

    private SqliteStore(string file, TimeSpan patience, SqliteConnection writer)
    {
        _file = file;
        _patience = patience;
        _writer = writer;
        _closing = new(CloseAsync);
        _published = new Tables.ChangeTable(writer).Latest();
        _writing = Task.Factory.StartNew(WriteLoop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public string Location => _file;

    public event EventHandler Committed = static (_, _) => { };

    /// <summary>For tests that make it fail; nothing may be written on it while a write is under way.</summary>
    internal SqliteConnection Writer => _writer;

    /// <summary>For tests that count what reads cost: the connections that nobody reads on right now.</summary>
    internal IEnumerable<SqliteConnection> IdleReaders => _readers;

    /// <summary>Opens or creates the file, and brings an older schema up to date after saving a copy beside it.</summary>
    /// <param name="patience">Instead of <see cref="Patience"/>: who works beside a busy host gets its turn late.</param>
    /// <exception cref="StoreException">The file is damaged, of a newer version, or cannot be written; the message says what to do.</exception>
    public static async Task<SqliteStore> OpenAsync(string file, CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        var waits = patience ?? Patience;
        SqliteConnection? writer = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            writer = Connect(file, WriterCache, waits);
            await SqliteUpgrade.RunAsync(writer, file, cancellationToken);
            return new SqliteStore(file, waits, writer);
        }
        catch (Exception e) when (e is SqliteException or UnauthorizedAccessException or IOException)
        {
            writer?.Dispose();
            throw SqliteTrouble.Explain(e, file);
        }
    }

    public Task<T> WriteAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
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
            return _isClosed ? throw Closed() : Read(work);
        }
        finally
        {
            _readersLeft.Release();
        }
    }

    private T Read<T>(Func<UnitOfWork, T> work)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = _readers.TryTake(out var idle) ? idle : Connect(_file, ReaderCache, _patience);
            connection.Run("begin");
            var result = RowMapping.Do(new UnitOfWork(connection), work);
            connection.Run("commit");
            _readers.Add(connection);
            return result;
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw SqliteTrouble.Explain(e, _file);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    public async Task BackupAsync(string file, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            throw new StoreException($"{file} exists already. Name a new file, so that no earlier backup is overwritten.");
        }

        using var source = Connect(_file, ReaderCache, _patience);
        await SqliteCopy.WriteAsync(source, file);
    }

    public Task CompactAsync(CancellationToken cancellationToken) => Task.Run(() =>
    {
        lock (_writer)
        {
            if (_isClosed)
            {
                throw Closed();
            }

            // Called off, SQLite leaves the file as it was: a stop must not wait for all of it to be written.
            using var callOff = cancellationToken.Register(() => SQLitePCL.raw.sqlite3_interrupt(_writer.Handle));
            try
            {
                // An index of words keeps those of erased lines until it is made anew.
                _writer.Run("insert into search (search) values ('rebuild')");
                // A call between two sentences interrupts neither.
                cancellationToken.ThrowIfCancellationRequested();
                _writer.Run("insert into search_signs (search_signs) values ('optimize')");
                cancellationToken.ThrowIfCancellationRequested();
                _writer.Run("vacuum");
                // The log beside the file holds the old pages until it is cut.
                if (_writer.Ask<long>("pragma wal_checkpoint(truncate)") != 0)
                {
                    throw new StoreException(
                        $"{_file} is in use, so that erased text still lies in its log. Close other programs that read it, then do this again."
                    );
                }
            }
            catch (SqliteException e)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw SqliteTrouble.Explain(e, _file);
            }
        }
    }, cancellationToken);

    /// <summary>Writes that were taken are committed, and reads that have begun end, before it closes; whoever comes later is told that it is
    /// closed.</summary>
    public ValueTask DisposeAsync() => new(_closing.Value);

    private async Task CloseAsync()
    {
        _works.Writer.TryComplete();
        await _writing;
        _isClosed = true;
        for (var slot = 0; slot < s_mostReaders; slot++)
        {
            await _readersLeft.WaitAsync();
        }

        while (_readers.TryTake(out var reader))
        {
            await reader.DisposeAsync();
        }

        lock (_writer)
        {
            _writer.Dispose();
        }

        _readersLeft.Release(s_mostReaders);
    }

    private StoreException Closed() => new($"The store {_file} is closed because the host is stopping.");

    private static PreparedConnection Connect(string file, string cache, TimeSpan patience)
    {
        var connection = new PreparedConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Pooling = false,
                DefaultTimeout = (int)patience.TotalSeconds,
            }.ToString()
        );
        connection.Open();
        // FULL: a commit survives a power cut, not only the end of the process.
        connection.Run(
            $"pragma busy_timeout = {(long)patience.TotalMilliseconds}; pragma journal_mode = wal; pragma synchronous = full; "
                + "pragma foreign_keys = on; pragma secure_delete = on"
        );
        connection.Run(cache);
        return connection;
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

            lock (_writer)
            {
                Commit(batch);
            }
        }
    }

    private void Commit(List<IStoreWork> batch)
    {
        try
        {
            _writer.Run("begin immediate");
            foreach (var work in batch)
            {
                work.RunIn(_writer, EndsAll);
            }

            _writer.Run("commit");
        }
        // Whatever went wrong, every waiting writer learns of it and the loop goes on: a full disk may be freed.
        catch (Exception e)
        {
            TryRollBack();
            var trouble = SqliteTrouble.Explain(e, _file);
            batch.ForEach(work => work.Fail(trouble));
            return;
        }

        batch.ForEach(work => work.Complete());
        Publish();
    }

    private void Publish()
    {
        var news = EventArgs.Empty;
        try
        {
            var (latest, kinds) = new Tables.ChangeTable(_writer).Since(_published);
            if (kinds.Count == 0)
            {
                return;
            }

            (_published, news) = (latest, new CommittedEventArgs(kinds));
        }
        catch (SqliteException)
        {
            // What was committed stands. Not being able to tell what it was, it tells that there was something: who listens reads for themselves.
        }

        Committed(this, news);
    }

    private void TryRollBack()
    {
        try
        {
            _writer.Run("rollback");
        }
        catch (SqliteException)
        {
            // SQLite has already rolled back by itself (disk full, I/O error): there is no transaction to end.
        }
    }

    /// <summary>After these there is no transaction left that the other works could go on in.</summary>
    private static bool EndsAll(Exception e) =>
        e is SqliteException
        {
            SqliteErrorCode: SqliteTrouble.Full or SqliteTrouble.InputOutput or SqliteTrouble.ReadOnly or SqliteTrouble.Corrupt
        };
}
