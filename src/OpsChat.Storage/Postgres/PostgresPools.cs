using System.Data;
using Npgsql;

namespace OpsChat.Storage.Postgres;

/// <summary>
/// The connections of one process. Those that read and those that write are set up differently, once each, and keep that for as long as they
/// live; what would change a session gets one of its own, which ends with it.
/// </summary>
sealed class PostgresPools : IDisposable
{
    private readonly NpgsqlDataSource _reading, _writing;
    private readonly string _alone;

    /// <param name="pause">How long a transaction that writes may do nothing, before the database ends it.</param>
    /// <param name="lockPatience">How long a commit waits for a lock.</param>
    public PostgresPools(NpgsqlConnectionStringBuilder settings, TimeSpan pause, TimeSpan lockPatience)
    {
        _reading = Pool(settings, "set default_transaction_read_only = on");
        _writing = Pool(
            settings,
            $"set idle_in_transaction_session_timeout = {pause.TotalMilliseconds}; set lock_timeout = {lockPatience.TotalMilliseconds}"
        );
        _alone = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString;
    }

    public PostgresConnection ToWrite() => new(_writing.OpenConnection());

    /// <summary>A transaction that sees the store as it was when it began. The database hears of the beginning with the first question.</summary>
    public T Read<T>(Func<PostgresConnection, T> read)
    {
        using var inner = _reading.OpenConnection();
        using var connection = new PostgresConnection(inner);
        using var transaction = inner.BeginTransaction(IsolationLevel.RepeatableRead);
        var result = read(connection);
        connection.MakeRoom();
        transaction.Commit();
        return result;
    }

    /// <summary>For what changes its session.</summary>
    public NpgsqlConnection Alone()
    {
        var connection = new NpgsqlConnection(_alone);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="Alone"/>
    public async Task<NpgsqlConnection> AloneAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(_alone);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connections may be of no use any more: from before a restart, or with plans of tables as they were before an upgrade.</summary>
    public void Clear()
    {
        _reading.Clear();
        _writing.Clear();
    }

    public void Dispose()
    {
        _reading.Dispose();
        _writing.Dispose();
    }

    private static NpgsqlDataSource Pool(NpgsqlConnectionStringBuilder settings, string setUp)
    {
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UsePhysicalConnectionInitializer(
            connection => connection.Run(setUp),
            async connection =>
            {
                await using var command = new NpgsqlCommand(setUp, connection);
                await command.ExecuteNonQueryAsync();
            }
        );
        return builder.Build();
    }
}
