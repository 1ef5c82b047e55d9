using Npgsql;
using OpsChat.Storage.Tables;

namespace OpsChat.Storage.Postgres;

/// <summary>
/// Tells the other processes on a database of this one's commits, and hears of theirs: a notification has the number of the last change, and the
/// feed of changes says what kinds it and those before it are of. After a lost connection it looks for itself.
/// </summary>
sealed class PostgresNews : IAsyncDisposable
{
    private static readonly TimeSpan s_nextTry = TimeSpan.FromSeconds(1), s_listenFor = TimeSpan.FromSeconds(5);

    private readonly PostgresPools _pools;
    private readonly string _channel;
    private readonly Action<CommittedEventArgs> _whenCommitted;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _listening;
    private long _published, _heardAt;

    /// <param name="channel">The name by which the processes of one shop hear of each other.</param>
    /// <param name="published">The last change that is no news.</param>
    /// <param name="whenCommitted">Told of commits that changed something, here or elsewhere, on any thread.</param>
    public PostgresNews(PostgresPools pools, string channel, long published, Action<CommittedEventArgs> whenCommitted, TimeProvider time)
    {
        (_pools, _channel, _published, _whenCommitted, _time) = (pools, channel, published, whenCommitted, time);
        _heardAt = time.GetTimestamp();
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>Whether this process learns of what others commit.</summary>
    public bool HearsOthers => _time.GetElapsedTime(Volatile.Read(ref _heardAt)) < 2 * s_listenFor;

    /// <summary>What is about to be committed, and is to be published here then.</summary>
    public (long Latest, IReadOnlyList<string> Kinds) Since(PostgresConnection connection) => new ChangeTable(connection).Since(Published);

    /// <summary>Said in a transaction, the others hear of it once it is committed; empty when there is nothing to hear.</summary>
    public string Telling((long Latest, IReadOnlyList<string> Kinds) news) =>
        news.Kinds.Count > 0 ? $"notify {_channel}, '{news.Latest}'; " : "";

    /// <param name="news">The last change, and the kinds of it and of all before it that were not published when it was looked up.</param>
    public void Publish((long Latest, IReadOnlyList<string> Kinds) news)
    {
        for (var known = Published; news.Latest > known; known = Published)
        {
            if (Interlocked.CompareExchange(ref _published, news.Latest, known) == known)
            {
                _whenCommitted(new(news.Kinds));
                return;
            }
        }
    }

    private long Published => Volatile.Read(ref _published);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _listening;
        _stopping.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _pools.AloneAsync(_stopping.Token);
                await ListenOnAsync(connection);
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

    private async Task ListenOnAsync(NpgsqlConnection connection)
    {
        var told = 0L;
        connection.Notification += (_, news) =>
        {
            Volatile.Write(ref _heardAt, _time.GetTimestamp());
            told = long.Parse(news.Payload, null);
        };
        await using (var listen = new NpgsqlCommand($"listen {_channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(_stopping.Token);
        }

        // It also looks by itself now and then: so it notices a database that is gone without a word.
        while (true)
        {
            Publish(await new ChangeTable(connection).SinceAsync(Published, _stopping.Token));
            Volatile.Write(ref _heardAt, _time.GetTimestamp());
            // A notification of this process's own commit is no news.
            while (await connection.WaitAsync(s_listenFor, _stopping.Token) && told <= Published)
            {
            }
        }
    }
}
