using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpsChat.Canary;

namespace OpsChat.Storage.ErrorLog;

/// <summary>How far the error log has come.</summary>
/// <param name="Through">The last change of a count that it holds.</param>
/// <param name="MadeAnewBecause">Why it was made anew last; null when it was not since it was opened.</param>
public sealed record ErrorLogState(long Through, string? MadeAnewBecause);

/// <summary>
/// The error log: what was scored, by entry, day and month, in a LiteDB file (<c>error-rates.db</c>) of its own. It is a projection of the store's
/// <see cref="Tables.ErrorFeedTable"/> and never trusted more than that: whatever does not agree, it is made anew. Everything is done on one
/// thread, which owns the file, in the order in which it was asked for; each answer takes in first what the store counted until then.
/// </summary>
/// <param name="folder">Where the file is; one process at a time uses it.</param>
public sealed partial class ErrorRateLog(IStore store, string folder, TimeProvider time, ILogger<ErrorRateLog> log) : IAsyncDisposable
{
    /// <summary>How long nothing is tried after it failed, also when it was made anew.</summary>
    public static readonly TimeSpan PausedFor = TimeSpan.FromSeconds(30);

    private const int ChangesAtOnce = 2_000;

    private readonly BlockingCollection<Action> _work = [];
    private readonly Lock _starting = new();
    private Thread? _thread;
    private Task? _closing;
    private ErrorLogLock? _lock;
    private ErrorLogFile? _file;
    private string? _madeAnewBecause;
    private (ErrorLogPausedException Trouble, DateTimeOffset Until)? _pause;

    private string FilePath => Path.Combine(Path.GetFullPath(folder), "error-rates.db");

    private string LockPath => Path.Combine(Path.GetFullPath(folder), "error-rates.lock");

    /// <summary>Takes in what the store has counted.</summary>
    /// <exception cref="StoreException">It is paused, or another process has it; the message says why and what to do. So for all of the
    /// following.</exception>
    public Task<ErrorLogState> CatchUpAsync(CancellationToken cancellationToken) => OnItsThreadAsync(() => Trusted(State), cancellationToken);

    /// <summary>What a report of these days adds up.</summary>
    /// <param name="playbook">Null for all.</param>
    public Task<PeriodCounters> PeriodAsync(DateOnly from, DateOnly to, string? playbook, CancellationToken cancellationToken) =>
        OnItsThreadAsync(() => Trusted(file => file.Period(from, to, playbook)), cancellationToken);

    /// <summary>Writes a complete copy for LiteDB's own tools, which only this account may read.</summary>
    /// <exception cref="IOException">There is such a file already, or it cannot be written.</exception>
    public async Task ExportAsync(string target, CancellationToken cancellationToken)
    {
        if (File.Exists(target))
        {
            throw new IOException($"{target} exists already. Name a new file.");
        }

        var part = target + ".part";
        File.Delete(part);
        if (await OnItsThreadAsync(() => Trusted(file => Copy(file, part)), cancellationToken) is { } failure)
        {
            throw new IOException($"The error log could not be written to {target}: {failure.Message}", failure);
        }

        File.Move(part, target);
    }

    /// <summary>Deletes the file and makes it anew from the store.</summary>
    public Task<ErrorLogState> RebuildAsync(CancellationToken cancellationToken) =>
        OnItsThreadAsync(() => Anew(State, "It was asked for."), cancellationToken);

    /// <summary>Forgets what is kept no longer, here and in the feed: entries after 90 days, days after 400. Of several hosts the one that leads
    /// forgets in the store, and nothing that another one has yet to read.</summary>
    public Task FoldAsync(CancellationToken cancellationToken) => OnItsThreadAsync(() => Trusted(file =>
    {
        var (now, daysBefore) = (time.GetUtcNow(), FirstDayKept());
        var gone = Ask(
            store.Leads
                ? store.WriteAsync(session =>
                {
                    session.Counters.Fold(daysBefore);
                    return session.ErrorFeed.Fold(Math.Min(file.Through, session.Hosts.LowestFeed() ?? file.Through), now - Kept.Entries);
                }, CancellationToken.None)
                : store.ReadAsync(session => session.ErrorFeed.Gone(), CancellationToken.None)
        );
        file.Fold(gone, daysBefore);
        return gone;
    }), cancellationToken);

    /// <summary>Whoever closes it waits until its thread is done, however often it is asked.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_starting)
        {
            return new(_closing ??= CloseAsync(_thread));
        }
    }

    private async Task CloseAsync(Thread? thread)
    {
        _work.CompleteAdding();
        await Task.Run(() => thread?.Join());
        _work.Dispose();
    }

    private Task<T> OnItsThreadAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_starting)
        {
            if (_closing is not null)
            {
                throw new StoreException("The error log is closed because the host is stopping.");
            }

            if (_thread is null)
            {
                _thread = new Thread(Loop) { IsBackground = true, Name = "error log" };
                _thread.Start();
            }

            _work.Add(() => Do(work, done, cancellationToken), CancellationToken.None);
        }

        return done.Task.WaitAsync(cancellationToken);
    }

    private void Loop()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }

        CloseForGood();
    }

    /// <summary>Whoever waits learns of everything that goes wrong; the thread goes on.</summary>
    private static void Do<T>(Func<T> work, TaskCompletionSource<T> done, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            done.SetCanceled(cancellationToken);
            return;
        }

        try
        {
            done.SetResult(work());
        }
        catch (Exception e)
        {
            done.SetException(e);
        }
    }

    /// <summary>Works on a file that agrees with the store. Whatever LiteDB throws, it is made anew once.</summary>
    private T Trusted<T>(Func<ErrorLogFile, T> work)
    {
        if (_pause is { } pause && time.GetUtcNow() < pause.Until)
        {
            throw new ErrorLogPausedException(pause.Trouble.Message, pause.Trouble);
        }

        try
        {
            return Done(work(UpToDate()));
        }
        catch (DistrustedLogException e)
        {
            return Anew(work, e.Message);
        }
        catch (Exception e) when (e is not StoreException)
        {
            return Anew(work, $"It could not be used: {e.Message}");
        }
    }

    private T Anew<T>(Func<ErrorLogFile, T> work, string because)
    {
        try
        {
            return Done(work(MakeAnew(because)));
        }
        catch (Exception e) when (e is not StoreException)
        {
            Abandon(_file);
            var trouble = new ErrorLogPausedException(
                $"The error log {FilePath} is paused: {e.Message} Answers, approvals and the rollout go on without it. Check the disk and "
                    + "its free space; it goes on by itself.",
                e
            );
            _pause = (trouble, time.GetUtcNow() + PausedFor);
            throw trouble;
        }
    }

    private T Done<T>(T result)
    {
        _pause = null;
        return result;
    }

    private ErrorLogFile UpToDate()
    {
        if (_file is { } open)
        {
            CatchUp(open);
            return open;
        }

        TakeLock();
        var why = !File.Exists(FilePath) ? "There was none." : _lock!.MayBeTorn ? "The machine was restarted before it was closed." : null;
        if (why is not null)
        {
            return MakeAnew(why);
        }

        _lock!.MarkOpen();
        var file = ErrorLogFile.Open(FilePath);
        // Only a file that was looked through is kept open.
        try
        {
            why = WhyNotTrusted(file);
        }
        catch
        {
            Abandon(file);
            throw;
        }

        return why is null ? _file = file : throw new DistrustedLogException(why);
    }

    private void TakeLock()
    {
        Directory.CreateDirectory(Path.GetFullPath(folder));
        _lock ??= ErrorLogLock.TryTake(LockPath)
            ?? throw new ErrorLogInUseException($"The error log {FilePath} is in use by another OpsChat. Ask that one for the report, or stop it.");
    }

    private string? WhyNotTrusted(ErrorLogFile file)
    {
        var (id, head, last) = Ask(
            store.ReadAsync(
                session => (StoreId(session), session.ErrorFeed.Head(), session.ErrorFeed.Find(file.Through)),
                CancellationToken.None
            )
        );
        return file.StoreId is null ? "It was not complete."
            : file.StoreId != id ? "It belongs to another store."
            : file.Through > head ? $"It ends with change {file.Through}, the store with {head}: a backup was restored."
            : file.Mark != (last is null ? null : ErrorLogFile.DigestOf(last))
                ? $"Change {file.Through}, with which it ends, is another one in the store."
            : FirstDifference(file);
    }

    /// <summary>Compares it with the store as of one moment.</summary>
    private string? FirstDifference(ErrorLogFile file)
    {
        CatchUp(file);
        var (changes, months, entries) = Ask(
            store.ReadAsync(
                session =>
                    (
                        session.ErrorFeed.After(file.Through, int.MaxValue),
                        session.Counters.Months(),
                        session.ErrorFeed.CountEntries(long.MaxValue)
                    ),
                CancellationToken.None
            )
        );
        if (changes.Count > 0)
        {
            file.Apply(changes);
        }

        var wholeSince = FirstDayKept().AddMonths(1);
        return file.FirstDifference(months, entries, new(wholeSince.Year, wholeSince.Month, 1));
    }

    /// <summary>Applies the changes that it does not hold yet.</summary>
    private void CatchUp(ErrorLogFile file)
    {
        while (
            Ask(store.ReadAsync(session => session.ErrorFeed.After(file.Through, ChangesAtOnce), CancellationToken.None))
                is { Count: > 0 } changes
        )
        {
            file.Apply(changes);
        }
    }

    /// <summary>Deletes what there is and fills a new file with what the store counts at this moment; what comes later is taken in at the next
    /// look.</summary>
    private ErrorLogFile MakeAnew(string because)
    {
        Abandon(_file);
        TakeLock();
        ErrorLogFile.Delete(FilePath);
        _lock!.MarkOpen();
        var file = ErrorLogFile.Open(FilePath);
        try
        {
            Fill(file);
        }
        catch
        {
            Abandon(file);
            throw;
        }

        _madeAnewBecause = because;
        LogMadeAnew(log, because);
        return _file = file;
    }

    private void Fill(ErrorLogFile file)
    {
        var (id, days, months, through, last) = Ask(
            store.ReadAsync(
                session =>
                {
                    var head = session.ErrorFeed.Head();
                    return (
                        StoreId(session),
                        session.Counters.Between(DateOnly.MinValue, DateOnly.MaxValue),
                        session.Counters.Months(),
                        head,
                        session.ErrorFeed.Find(head)
                    );
                },
                CancellationToken.None
            )
        );
        file.Fill(days, months);
        for (var after = 0L; EntriesAfter(after, through) is { Count: > 0 } changes; after = changes[^1].Seq)
        {
            file.AddEntries(changes);
        }

        file.Complete(id, through, last);
    }

    private IReadOnlyList<CountChange> EntriesAfter(long after, long through) =>
        Ask(store.ReadAsync(session => session.ErrorFeed.Entries(after, through, ChangesAtOnce), CancellationToken.None));

    private ErrorLogState State(ErrorLogFile file) => new(file.Through, _madeAnewBecause);

    private static string StoreId(UnitOfWork session) => session.Settings.Get(SettingNames.StoreId)!;

    /// <summary>A day is counted in the shop's zone; where that is a day ahead or behind, it is kept rather a day longer.</summary>
    private DateOnly FirstDayKept() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-Kept.Days - 1);

    /// <summary>What is wrong with the target is no trouble of the log's.</summary>
    private static Exception? Copy(ErrorLogFile file, string target)
    {
        try
        {
            file.CopyTo(target);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e;
        }
    }

    private void Abandon(ErrorLogFile? file)
    {
        _file = file == _file ? null : _file;
        file?.Abandon();
    }

    private void CloseForGood()
    {
        try
        {
            if (_file is { } file)
            {
                file.Close();
                _lock?.MarkClosed();
            }
        }
        // Nobody waits for this, and the next who opens it finds out.
        catch (Exception e)
        {
            LogNotClosed(log, e.Message);
            Abandon(_file);
        }

        _lock?.Dispose();
    }

    /// <summary>This thread is the log's own, and may wait.</summary>
    private static T Ask<T>(Task<T> answer) => answer.GetAwaiter().GetResult();

    [LoggerMessage(Level = LogLevel.Information, Message = "The error log was made anew from the store. {Because}")]
    private static partial void LogMadeAnew(ILogger log, string because);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The error log could not be closed: {Why}")]
    private static partial void LogNotClosed(ILogger log, string why);
}
