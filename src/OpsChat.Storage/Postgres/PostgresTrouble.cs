using System.Net.Sockets;
using Npgsql;

namespace OpsChat.Storage.Postgres;

/// <summary>Turns PostgreSQL's error codes into sentences that say what to do.</summary>
static class PostgresTrouble
{
    public static StoreException Explain(Exception e, string place) => e switch
    {
        StoreException known => known,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
            new($"The disk of {place} is full. Free some space; OpsChat goes on by itself.", e),
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            new($"{place} does not let this user in. Check Username and Password in OpsChat__Store.", e),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            new($"{place} does not exist. Create it (createdb), or name another one with Database in OpsChat__Store.", e),
        PostgresException { SqlState: PostgresErrorCodes.InvalidSchemaName } =>
            new($"{place} has no schema of that name. Create it, or name another one with Search Path in OpsChat__Store.", e),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } =>
            new($"{place} does not let this user do that. Make it the owner of the database or of the schema.", e),
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } =>
            new($"{place} is a replica that only reads. Name the primary in OpsChat__Store; Target Session Attributes=primary finds it.", e),
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } =>
            new($"{place} takes no more connections. Raise max_connections, or run fewer hosts: each needs about 12.", e),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } =>
            new($"Somebody has kept {place}, or a table of it, locked for long: another host, or a vacuum full. OpsChat tries again by itself.", e),
        PostgresException other => new($"{place} failed: {other.MessageText}. Look into its log.", e),
        _ when IsLost(e) =>
            new($"{place} cannot be reached. Start it, or check Host and Port in OpsChat__Store; a running OpsChat goes on by itself.", e),
        _ => new($"{place} failed: {e.Message}.", e),
    };

    // The session was ended because it did nothing in the middle of a transaction.
    private const string IdleInTransaction = "25P03";

    /// <summary>The connection is gone, and with it the transaction: nothing else can be said on it.</summary>
    public static bool IsLost(Exception e) =>
        e switch
        {
            PostgresException known => known.SqlState.StartsWith("57P", StringComparison.Ordinal)
                || known.SqlState.StartsWith("08", StringComparison.Ordinal)
                || known.SqlState is IdleInTransaction,
            NpgsqlException => true,
            _ => e is SocketException or InvalidOperationException { Source: "Npgsql" },
        };

    /// <summary>On a new connection the same work may succeed at once: the old one was lost, or it had plans of tables as they were before an
    /// upgrade.</summary>
    public static bool IsWorthATry(Exception e) =>
        IsLost(e)
        || e is PostgresException
        {
            SqlState: PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
        };
}
