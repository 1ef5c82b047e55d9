using Dapper;

namespace OpsChat.Storage.Postgres;

/// <summary>
/// Which of the processes that wait is the host: a row that it renews. The database's clock alone counts, and the row changes hands under the lock
/// for writing: no commit is under way then, and the next one of the old host finds that the turn is over.
/// </summary>
public static class PostgresTurn
{
    /// <summary>Not renewed for this long, the turn may be taken by another host.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);

    internal static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2);

    /// <returns>The name of the host that has it; null when this one has it now.</returns>
    internal static string? TryTake(PostgresConnection connection, string me, string name)
    {
        // While somebody has it, whoever waits only looks: the lock would hold up the commits of the host at work.
        var atWork = connection.QueryFirstOrDefault<string>(
            "select name from opschat_turn where holder <> @me and renewed >= clock_timestamp() - make_interval(secs => @lease)",
            new { me, lease = Lease.TotalSeconds }
        );
        return atWork ?? Take(connection, me, name);
    }

    private static string? Take(PostgresConnection connection, string me, string name)
    {
        connection.Run("begin");
        PostgresLock.Take(connection, PostgresLock.Write);
        var taken = connection.Execute(
            """
            insert into opschat_turn (holder, name, renewed) values (@me, @name, clock_timestamp())
            on conflict (one) do update set holder = excluded.holder, name = excluded.name, renewed = excluded.renewed
            where opschat_turn.holder = @me or opschat_turn.renewed < clock_timestamp() - make_interval(secs => @lease)
            """,
            new
            {
                me,
                name,
                lease = Lease.TotalSeconds,
            }
        );
        var other = taken == 1 ? null : connection.Ask<string>("select name from opschat_turn");
        connection.Run("commit");
        return other;
    }

    /// <returns>False when it is another's.</returns>
    internal static bool Renew(PostgresConnection connection, string me) =>
        connection.Execute("update opschat_turn set renewed = clock_timestamp() where holder = @me", new { me }) == 1;

    internal static bool IsMine(PostgresConnection connection, string me) =>
        connection.ExecuteScalar<bool>("select exists (select 1 from opschat_turn where holder = @me)", new { me });

    /// <summary>Whether any host has it.</summary>
    internal static bool IsHeld(PostgresConnection connection) =>
        connection.ExecuteScalar<bool>(
            "select exists (select 1 from opschat_turn where renewed >= clock_timestamp() - make_interval(secs => @lease))",
            new { lease = Lease.TotalSeconds }
        );

    internal static void End(PostgresConnection connection, string me) =>
        connection.Execute("update opschat_turn set renewed = '-infinity' where holder = @me", new { me });
}
