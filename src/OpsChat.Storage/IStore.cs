namespace OpsChat.Storage;

/// <summary>
/// The durable memory of one shop: a SQLite file, <see cref="SqliteStore"/>, or a database that hosts share,
/// <see cref="Postgres.PostgresStore"/>. The tables and their SQL live in <see cref="UnitOfWork"/>. A work
/// that throws leaves nothing behind.
/// </summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>Where the data is, in words for a person; never with a password.</summary>
    string Location { get; }

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction and returns after it is durable. The work must be quick, synchronous, and touch
    /// nothing but the session: it may run on another thread, together with the works of others.
    /// </summary>
    /// <exception cref="StoreException">The database refuses to write (disk full, read-only, locked): what and what to do.</exception>
    Task<T> WriteAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> on a consistent view of what is committed. It must not write.</summary>
    Task<T> ReadAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken);

    /// <summary>Raised after a commit that <see cref="UnitOfWork.Changes"/> has news of, on the writing thread: whoever handles it must be quick
    /// and throw nothing. With <see cref="CommittedEventArgs"/> it tells which kinds; without, it may be any.</summary>
    event EventHandler Committed;

    /// <summary>Whether several hosts may be at work on it. What one host could count or keep by itself is then kept in the store.</summary>
    bool IsShared => false;

    /// <summary>Under which id this process is one of several hosts at work; null where there is one, and in a command.</summary>
    string? HostId => null;

    /// <summary>How many hosts are at work on it, as was last seen.</summary>
    int Hosts => 1;

    /// <summary>
    /// Whether this process may still do outside what it has marked in the store. False from the moment when another host may have taken over what
    /// this one decides; what was marked and not done yet is then not done. Always true of an embedded store, which has one host.
    /// </summary>
    bool MayAct => true;

    /// <summary>Whether this process learns of what others commit; it did within the last ten seconds.</summary>
    bool HearsOthers => true;

    /// <summary>Whether what only one host does (poll Telegram, watch the shop, let approvals expire) is this one's.</summary>
    bool Leads => true;

    /// <summary>Whether a host is gone, and this one may take away what it left (<see cref="Tables.HostTable.RemoveGone"/>).</summary>
    bool SeesGoneHost => false;

    /// <summary>Completes when this host <see cref="Leads"/>. It stays so for as long as it can write.</summary>
    Task UntilLeadingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Writes a complete, consistent copy while the host runs. Only the account that runs it may read the copy.</summary>
    Task BackupAsync(string file, CancellationToken cancellationToken);

    /// <summary>Rewrites the database so that nothing deleted is left in its files. Takes about as long as a backup; writers wait.</summary>
    /// <exception cref="StoreException">Somebody keeps the database busy: what is deleted is deleted, but still lies in the files.</exception>
    Task CompactAsync(CancellationToken cancellationToken);

    /// <summary>As much of that as may be done while hosts are at work: all of it where there is one, at a quiet moment; where several share a
    /// database, only what nobody has to wait for.</summary>
    Task ClearAsync(CancellationToken cancellationToken) => CompactAsync(cancellationToken);
}

/// <summary>What kinds of things commits changed (<see cref="Tables.Change"/>).</summary>
public sealed class CommittedEventArgs(IReadOnlyCollection<string> kinds) : EventArgs
{
    public IReadOnlyCollection<string> Kinds => kinds;
}

/// <summary>The database cannot do what is needed; the message says what happened, where, and what to do.</summary>
public class StoreException : Exception
{
    public StoreException(string message) : base(message) { }
    public StoreException(string message, Exception inner) : base(message, inner) { }
    public StoreException() { }
}

public static class StoreWrites
{
    private static readonly TimeSpan s_nextTry = TimeSpan.FromSeconds(1);

    public static Task WriteAsync(this IStore store, Action<UnitOfWork> work, CancellationToken cancellationToken) =>
        store.WriteAsync(session =>
        {
            work(session);
            return true;
        }, cancellationToken);

    /// <summary>
    /// Stores what has happened outside, as soon as the store can be written: it cannot be undone, and whoever goes on without it would do it
    /// again. Tried each second, until it is stored or <paramref name="stop"/> is asked for, and then once more.
    /// </summary>
    /// <param name="whenRefused">Told of each try that failed and is followed by another one.</param>
    /// <exception cref="StoreException">The host stops, and it could not be stored at the end either.</exception>
    public static async Task WriteUntilStoredAsync(
        this IStore store,
        Action<UnitOfWork> work,
        Action<StoreException> whenRefused,
        TimeProvider time,
        CancellationToken stop
    )
    {
        while (true)
        {
            try
            {
                await store.WriteAsync(work, CancellationToken.None);
                return;
            }
            catch (StoreException e) when (!stop.IsCancellationRequested)
            {
                whenRefused(e);
            }

            await Task.Delay(s_nextTry, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
