namespace OpsChat.Storage.Postgres;

/// <summary>Locks that PostgreSQL keeps for the whole shop, by name. Another shop, in a schema of its own, has locks of its own.</summary>
static class PostgresLock
{
    /// <summary>For writing: held until the end of the transaction, so that commits follow one another on all hosts as on one.</summary>
    public const string Write = "write";

    public const string Upgrade = "upgrade";

    // Set apart from others' locks in the same database: "opsc" in ASCII.
    private const int Ours = 0x6F707363;

    /// <summary>Waits for it, and keeps it until the transaction ends.</summary>
    public static void Take(PostgresConnection connection, string name) => connection.Run($"select pg_advisory_xact_lock({Key(name)})");

    /// <summary>In a sentence: what names the lock.</summary>
    public static string Key(string name) => $"{Ours}, hashtext(current_schema() || ' {name}')";
}
