using System.Threading.Channels;
using Npgsql;

namespace OpsChat.Storage.Postgres;

/// <summary>
/// Writes what this process has to write, on one thread, which commits whatever is waiting in one transaction. A lock of the database lets one
/// process at a time begin, so that every work sees what all earlier ones wrote, wherever they ran.
/// </summary>
sealed class PostgresWriter : IAsyncDisposable
{
    private const int MostWorksInOneCommit = 256;

    // The database has to be reachable again within this time for a commit whose answer was lost to be told from one that did not happen.
    private static readonly TimeSpan s_longestDoubt = TimeSpan.FromSeconds(60), s_nextTry = TimeSpan.FromSeconds(1);

    private readonly PostgresPools _pools;
    private readonly Func<HostLease?> _lease;
    private readonly PostgresNews _news;
    private readonly string _location;
    private readonly TimeProvider _time;
    private readonly string _id = $"{Guid.NewGuid():N}";
    private readonly Channel<IStoreWork> _works = Channel.CreateUnbounded<IStoreWork>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;
    private PostgresConnection? _connection;
    private long _commits;

    /// <param name="lease">Gives this process's place among the hosts; null while it has none.</param>
    public PostgresWriter(PostgresPools pools, Func<HostLease?> lease, PostgresNews news, string location, TimeProvider time)
    {
        (_pools, _lease, _news, _location, _time) = (pools, lease, news, location, time);
        _writing = Task.Factory.StartNew(WriteLoop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <returns>False when it is closing.</returns>
    public bool TryAdd(IStoreWork work) => _works.Writer.TryWrite(work);

    /// <summary>What was taken is committed before.</summary>
    public async ValueTask DisposeAsync()
    {
        _works.Writer.TryComplete();
        await _writing;
        Drop();
    }

    private void WriteLoop()
    {
        var batch = new List<IStoreWork>(MostWorksInOneCommit);
        while (_works.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            TakeWaiting(batch);
            try
            {
                Commit(batch);
            }
            // Whatever went wrong, every waiting writer learns of it and the loop goes on: the database may come back.
            catch (Exception e)
            {
                Drop();
                var trouble = PostgresTrouble.Explain(e, _location);
                batch.ForEach(work => work.Fail(trouble));
            }
        }
    }

    private void TakeWaiting(List<IStoreWork> batch)
    {
        while (batch.Count < MostWorksInOneCommit && _works.Reader.TryRead(out var work))
        {
            batch.Add(work);
        }
    }

    private void Commit(List<IStoreWork> batch)
    {
        for (var isLast = false; ; isLast = true)
        {
            try
            {
                TryCommit(batch, mayTakeMore: !isLast);
                return;
            }
            catch (Exception e) when (!isLast && e is not StoreException && PostgresTrouble.IsWorthATry(e))
            {
                Drop();
                _pools.Clear();
            }
        }
    }

    /// <param name="mayTakeMore">False at the last try: whoever came later has one of their own.</param>
    private void TryCommit(List<IStoreWork> batch, bool mayTakeMore)
    {
        var connection = _connection ??= _pools.ToWrite();
        Begin(connection);
        // While other hosts wrote, more has come: it need not wait for the next turn.
        if (mayTakeMore)
        {
            TakeWaiting(batch);
        }

        if (!TryRun(connection, batch, out var news))
        {
            connection.Run("rollback");
            if (batch is [{ HasThrown: true } single])
            {
                single.Complete();
                return;
            }

            // One of them threw, which is rare: then each gets a savepoint, which costs two ways to the database and back.
            Begin(connection);
            batch.ForEach(work => work.RunIn(connection, EndsAll));
            news = End(connection);
        }

        try
        {
            connection.Run(_news.Telling(news) + "commit");
        }
        catch (Exception e) when (PostgresTrouble.IsLost(e))
        {
            Drop();
            if (!WasCommitted(_commits, e))
            {
                // It was undone, all of it: the same works may be done again.
                throw;
            }
        }

        batch.ForEach(work => work.Complete());
        _news.Publish(news);
    }

    /// <summary>Does all of them, with what nobody listens to travelling along with what is asked next.</summary>
    /// <returns>False when something threw: all has to be undone.</returns>
    private bool TryRun(PostgresConnection connection, List<IStoreWork> batch, out (long Latest, IReadOnlyList<string> Kinds) news)
    {
        news = default;
        connection.LetsWait = true;
        try
        {
            if (!batch.TrueForAll(work => work.RunAloneIn(connection, EndsAll)))
            {
                return false;
            }

            news = End(connection);
            return true;
        }
        catch (Exception e) when (!EndsAll(e))
        {
            // What the last one said unheard.
            return false;
        }
        finally
        {
            connection.ForgetWaiting();
            connection.LetsWait = false;
        }
    }

    /// <summary>What is about to be committed, under a number by which a lost answer to the commit is found out.</summary>
    private (long Latest, IReadOnlyList<string> Kinds) End(PostgresConnection connection)
    {
        PostgresCommits.Write(connection, _id, ++_commits);
        return _news.Since(connection);
    }

    private void Begin(PostgresConnection connection)
    {
        var lease = _lease();
        if (!PostgresHosts.Begin(connection, lease?.Id) && lease is not null)
        {
            lease.Lose();
            throw new StoreException(
                $"The other hosts on {_location} did not hear of this one, and have taken over what it decided; it writes nothing any more. "
                    + "Start it again."
            );
        }
    }

    /// <summary>After these the other works cannot go on, or would each wait for the same table, while all hosts wait for this commit.</summary>
    private static bool EndsAll(Exception e) =>
        PostgresTrouble.IsWorthATry(e) || e is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    /// <summary>What became of a commit whose answer was lost with the connection.</summary>
    /// <exception cref="StoreException">The database does not come back in time.</exception>
    private bool WasCommitted(long number, Exception lost)
    {
        for (var since = _time.GetTimestamp(); _time.GetElapsedTime(since) < s_longestDoubt; )
        {
            try
            {
                using var connection = _pools.ToWrite();
                if (PostgresCommits.Last(connection, _id) is { } last)
                {
                    return last == number;
                }
            }
            catch (Exception e) when (e is NpgsqlException || PostgresTrouble.IsLost(e))
            {
                // It may be starting, or full of others who come back too, or another one takes over from it.
            }

            Task.Delay(s_nextTry, _time).GetAwaiter().GetResult();
        }

        throw new StoreException(
            $"{_location} was lost in the middle of a commit, and did not come back within a minute to tell whether it was made.",
            lost
        );
    }

    private void Drop()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (Exception e) when (PostgresTrouble.IsLost(e))
        {
            // What is lost cannot be closed.
        }

        _connection = null;
    }
}
