using Dapper;

namespace OpsChat.Storage.Postgres;

/// <summary>
/// The hosts at work on one database: a row each, which it renews. The database's clock alone counts. Whoever finds a row that was not renewed takes
/// it away under the lock for writing: no commit is under way then, and the next one of that host finds that it is none any more.
/// </summary>
public static class PostgresHosts
{
    /// <summary>A host that was not heard of for this long is taken for gone by the others.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);

    internal static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1);

    // What hosts of versions that worked in turn find there while newer ones are at work.
    private const string SeveralHosts = "several";

    /// <summary>Adds this process to the hosts.</summary>
    /// <param name="before">Under which id a process worked that is known to have ended: its place is free at once.</param>
    /// <returns>The name of a host of an older version that is at work alone and has to end first; null when this one is at work now.</returns>
    internal static string? TryJoin(PostgresConnection connection, string me, string name, string? before)
    {
        connection.Run("begin");
        PostgresLock.Take(connection, PostgresLock.Write);
        var other = connection.QueryFirstOrDefault<string>(
            "select name from opschat_turn where holder <> @SeveralHosts and renewed >= clock_timestamp() - make_interval(secs => @lease)",
            new { SeveralHosts, lease = Lease.TotalSeconds }
        );
        if (other is null)
        {
            connection.Execute(
                """
                insert into opschat_turn (holder, name, renewed) values (@SeveralHosts, @SeveralHosts, clock_timestamp())
                on conflict (one) do update set holder = excluded.holder, name = excluded.name, renewed = excluded.renewed
                """,
                new { SeveralHosts }
            );
            connection.Execute("delete from opschat_claims where host = @before", new { before });
            connection.Execute("delete from opschat_hosts where id = @before", new { before });
            connection.Execute("insert into opschat_hosts (id, name) values (@me, @name)", new { me, name });
            PostgresCommits.Prune(connection);
        }

        connection.Run("commit");
        return other;
    }

    /// <summary>Says that this host is there, and looks at the others.</summary>
    /// <returns>Null when this host was taken for gone.</returns>
    internal static HostSight? Renew(PostgresConnection connection, string me)
    {
        connection.Execute("update opschat_turn set renewed = clock_timestamp() where holder = @SeveralHosts", new { SeveralHosts });
        return connection.Execute("update opschat_hosts set renewed = clock_timestamp() where id = @me", new { me }) == 1
            ? Look(connection, me)
            : null;
    }

    internal static HostSight Look(PostgresConnection connection, string me) =>
        connection.QuerySingle<HostSight>(
            """
            select coalesce((select id = @me from opschat_hosts order by joined limit 1), false) as Leads,
                (select count(*) from opschat_hosts) as Hosts,
                exists (select 1 from opschat_hosts where renewed < clock_timestamp() - make_interval(secs => @lease)) as AnyGone
            """,
            new { me, lease = Lease.TotalSeconds }
        );

    /// <summary>Begins a transaction that writes, in which nobody else does.</summary>
    /// <returns>Whether this process is one of the hosts. It is looked up once it is this one's turn: a host that is gone writes nothing.</returns>
    internal static bool Begin(PostgresConnection connection, string? me)
    {
        // One way to the database and back for the three of them.
        using var answers = connection.QueryMultiple(
            $"""
            begin;
            select 1 from pg_advisory_xact_lock({PostgresLock.Key(PostgresLock.Write)});
            select exists (select 1 from opschat_hosts where id = @me)
            """,
            new { me }
        );
        answers.ReadFirst<int>();
        return answers.ReadFirst<bool>();
    }

    /// <summary>Whether any host has been heard of lately, of this version or an older one.</summary>
    internal static bool AreAny(PostgresConnection connection) =>
        connection.ExecuteScalar<bool>(
            """
            select exists (select 1 from opschat_turn where renewed >= clock_timestamp() - make_interval(secs => @lease))
                or exists (select 1 from opschat_hosts where renewed >= clock_timestamp() - make_interval(secs => @lease))
            """,
            new { lease = Lease.TotalSeconds }
        );

    /// <summary>Hands on what this host decides. What is still on its way then is nobody's, and a person is asked about it.</summary>
    internal static void Leave(PostgresConnection connection, string me)
    {
        connection.Run("begin");
        PostgresLock.Take(connection, PostgresLock.Write);
        connection.Execute("delete from opschat_claims where host = @me", new { me });
        connection.Execute("delete from opschat_hosts where id = @me", new { me });
        connection.Run("update opschat_turn set renewed = '-infinity' where not exists (select 1 from opschat_hosts)");
        connection.Run("commit");
    }
}

/// <summary>What a host sees of the others.</summary>
/// <param name="Leads">Whether it has been at work for the longest: what only one host does is its.</param>
/// <param name="Hosts">How many are at work.</param>
/// <param name="AnyGone">Whether one was not heard of for <see cref="PostgresHosts.Lease"/>.</param>
sealed record HostSight(bool Leads, long Hosts, bool AnyGone);
