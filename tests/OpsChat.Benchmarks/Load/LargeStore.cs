using System.Net.Http.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Storage;

namespace OpsChat.Benchmarks.Load;

/// <summary>
/// Makes the database of a shop that has been open for a year: some customers write to the real host, and their rows are copied under other ids,
/// spread over the year before. The audit chain grows by as many decisions, each with its own hash.
/// </summary>
public static class LargeStore
{
    private static readonly TimeSpan s_span = TimeSpan.FromDays(365);

    /// <summary>By table, what must differ from copy to copy: the columns that hold ids.</summary>
    private static readonly (string Table, string[] Ids)[] s_tables =
    [
        ("conversations", ["id", "customer"]),
        ("inbox", ["id", "conversation", "channel_id", "turn"]),
        ("outbox", ["id", "conversation", "turn", "case_id", "approval"]),
        ("cases", ["id", "conversation"]),
        ("turns", ["id", "conversation", "case_id"]),
        ("approvals", ["id", "conversation", "case_id", "turn"]),
        ("handoffs", ["id", "conversation", "case_id", "turn"]),
        ("outcomes", ["case_id", "conversation"]),
        ("outcome_events", ["case_id"]),
    ];

    /// <summary>A shop's folder with that many conversations in its store, all decided; its host has been stopped.</summary>
    public static async Task<ShopOnDisk> CreateAsync(int conversations)
    {
        var shop = new ShopOnDisk();
        using var host = new HostProcess(shop, HostProcess.Measured);
        host.Start();
        await host.UntilHealthyAsync(CancellationToken.None);
        await WriteAsync(host.Url);
        await StoreCheck.UntilDrainedAsync(shop.Database, 0, TimeSpan.FromMinutes(1), CancellationToken.None);
        await host.StopAsync(CancellationToken.None);
        await MultiplyAsync(shop.Database, conversations / CustomerWords.All.Count);
        return shop;
    }

    /// <summary>Leaves that many customers with a message that nobody has decided, as a crash would.</summary>
    public static void LeaveWaiting(string database, int customers)
    {
        using var db = Open(database);
        db.Execute(
            """
            update inbox set turn = null where rowid in (select i.rowid from inbox i join conversations c on c.id = i.conversation
                where c.next_seq <= 3 order by i.received_at desc limit @customers)
            """,
            new { customers });
    }

    /// <summary>Copies everything that customers have been through, under other ids.</summary>
    /// <param name="step">How much earlier each copy was than the one before it.</param>
    public static void CopyEverybody(SqliteConnection db, int copies, TimeSpan step)
    {
        foreach (var (table, ids) in s_tables)
        {
            db.Execute(Copying(db, table, ids), new { copies, step = (long)step.TotalMilliseconds });
        }
    }

    private static async Task WriteAsync(Uri host)
    {
        using var http = new HttpClient { BaseAddress = host, DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } } };
        for (var customer = 0; customer < CustomerWords.All.Count; customer++)
        {
            using var posted = await http.PostAsJsonAsync(
                $"api/chat/template-{customer}/messages",
                new { id = "1", text = CustomerWords.All[customer] }
            );
            posted.EnsureSuccessStatusCode();
        }
    }

    private static async Task MultiplyAsync(string database, int copies)
    {
        using (var db = Open(database))
        {
            db.Execute("pragma synchronous = off; begin");
            CopyEverybody(db, copies, s_span / Math.Max(1, copies));

            // What was open stays open once, with the originals: a year-old shop does not owe everybody an answer.
            db.Execute(
                """
                update approvals set state = 'Expired' where id like '%-%'; update handoffs set state = 'Closed' where id like '%-%';
                update outcomes set is_open = 0 where case_id like '%-%'; commit
                """);
        }

        await using var store = await SqliteStore.OpenAsync(database, CancellationToken.None);
        var turns = await store.ReadAsync(session => session.Audit.All().Where(a => a.Kind == "decision").ToList(), CancellationToken.None);
        for (var copy = 1; copy <= copies; copy++)
        {
            var number = copy;
            await store.WriteAsync(
                session => turns.ForEach(a => session.Audit.Append(a.Kind, a.Who, $"{a.Subject}-{number}", new { a.Data }, a.At, "words")),
                CancellationToken.None
            );
        }
    }

    private static string Copying(SqliteConnection db, string table, string[] ids)
    {
        var columns = db.Query<string>($"select name from pragma_table_info('{table}')")
            .Where(c => (table, c) is not ("outcome_events", "id"))
            .ToList();
        var values = columns.Select(c =>
            ids.Contains(c) ? $"t.{c} || '-' || n.k"
            : c == "at" || c.EndsWith("_at", StringComparison.Ordinal) ? $"t.{c} - n.k * @step"
            : $"t.{c}"
        );
        return $"""
            with recursive n(k) as (select 1 union all select k + 1 from n where k < @copies)
            insert into {table} ({string.Join(", ", columns)}) select {string.Join(", ", values)} from {table} t, n
            """;
    }

    private static SqliteConnection Open(string database)
    {
        var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        db.Open();
        return db;
    }
}
