using Dapper;

namespace OpsChat.Storage.Postgres;

/// <summary>
/// The number of each writer's last commit, written in the commit itself: so whether one was made is known although its answer was lost with the
/// connection, also from a replica that has become the primary. The database's own transaction numbers do not tell that there.
/// </summary>
static class PostgresCommits
{
    public static void Write(PostgresConnection connection, string writer, long number) =>
        connection.RunUnheard(
            """
            insert into opschat_commits (writer, number) values (@writer, @number)
            on conflict (writer) do update set number = excluded.number, at = clock_timestamp()
            """,
            new { writer, number }
        );

    /// <summary>Waits for a commit that the database may still be making.</summary>
    /// <returns>0 when there is none. Null when this database does not know: a replica that is not the primary yet may have the commit still
    /// to come.</returns>
    public static long? Last(PostgresConnection connection, string writer)
    {
        connection.Run("begin");
        PostgresLock.Take(connection, PostgresLock.Write);
        var number = connection.ExecuteScalar<long?>(
            """
            select case when not pg_is_in_recovery() then coalesce((select number from opschat_commits where writer = @writer), 0) end
            """,
            new { writer }
        );
        connection.Run("rollback");
        return number;
    }

    /// <summary>Forgets writers that have ended long ago.</summary>
    public static void Prune(PostgresConnection connection) =>
        connection.Run("delete from opschat_commits where at < clock_timestamp() - interval '1 day'");
}
