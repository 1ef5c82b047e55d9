using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using OpsChat.Approvals;
using OpsChat.Audit;
using OpsChat.Canary;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Understanding;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>What stands in the store at the end.</summary>
/// <param name="Uncertain">Messages of which nobody knows whether they left.</param>
public sealed record StoredFigures(int Messages, int Decisions, int Sent, int Uncertain, int Approvals, int ApprovedAndSent, int HandOffs, long AuditRows, int Cases);

public sealed record CheckResult(StoredFigures Figures, IReadOnlyList<string> Violations);

/// <summary>Holds the promises against the database file, which no host has open any more.</summary>
static class StoreCheck
{
    private const int MostExamples = 3;

    /// <summary>Waits until nothing is undecided and nothing waits to leave; false when that takes longer than <paramref name="patience"/>.</summary>
    /// <param name="fromTelegram">Messages that Telegram customers wrote, all of which must have come in.</param>
    public static async Task<bool> UntilDrainedAsync(string database, int fromTelegram, TimeSpan patience, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < patience)
        {
            await using var db = Open(database);
            var open = db.ExecuteScalar<long>(
                """
                select (select count(*) from inbox where turn is null) + (select count(*) from outbox where state in ('Queued', 'Sending'))
                    + (select count(*) from approvals where state = 'Approved')
                """);
            if (open == 0 && db.ExecuteScalar<long>("select count(*) from inbox where conversation like 'tg:%'") >= fromTelegram)
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, cancel);
        }

        return false;
    }

    public static async Task<CheckResult> RunAsync(
        string database, IReadOnlyList<Acknowledged> acknowledged, IReadOnlyList<DecisionTaken> taken, IReadOnlyList<ChatSeen> chats, CancellationToken cancel)
    {
        await using var store = await SqliteStore.OpenAsync(database, cancel);
        await using var db = Open(database);
        var checks = new (string Promise, IEnumerable<string> Broken)[]
        {
            ("an acknowledged message is admitted once and decided", Lost(db, acknowledged)),
            ("a decision is recorded exactly once", DecidedOnce(db)),
            ("a decided message is answered, waits for a person or for approval", Unanswered(db)),
            ("a decision gives one reply", db.Query<string>(
                "select turn from outbox where turn is not null and kind in ('Answer', 'Question', 'Acknowledgement') group by turn having count(*) > 1")),
            ("a holding text leaves once for a case", db.Query<string>("select case_id from outbox where kind = 'Holding' group by case_id having count(*) > 1")),
            ("a chat shows what was sent, once", Chats(db, chats)),
            ("the owner hears of every uncertain message", Uncertain(db)),
            ("money waits for a person", await store.ReadAsync(session => Money(session, db).ToList(), cancel)),
            ("an approval is decided once", Approvals(db, taken)),
            ("an approved text leaves once, as it was approved", await store.ReadAsync(session => Approved(session, db).ToList(), cancel)),
            ("an outcome is what its events make", await store.ReadAsync(session => Outcomes(session, db).ToList(), cancel)),
            ("the audit chain is whole", await store.ReadAsync(session => Audit(session).ToList(), cancel)),
            ("the file is sound", db.Query<string>("pragma integrity_check").Where(line => line != "ok")),
        };
        return new(Figures(db), [.. checks.Select(c => InWords(c.Promise, [.. c.Broken])).OfType<string>()]);
    }

    private static string? InWords(string promise, IReadOnlyList<string> broken) => broken.Count == 0
        ? null
        : $"Broken: {promise}. {broken.Count} times, such as {string.Join("; ", broken.Take(MostExamples))}.";

    private static IEnumerable<string> Lost(SqliteConnection db, IReadOnlyList<Acknowledged> acknowledged)
    {
        var admitted = db.Query<(string Id, string Conversation, string ChannelId, string? Turn)>("select id, conversation, channel_id, turn from inbox").ToDictionary(r => r.Id);
        foreach (var one in acknowledged)
        {
            if (!admitted.TryGetValue(one.MessageId, out var row) || row.Conversation != $"api:{one.Customer}" || row.ChannelId != one.SentId)
            {
                yield return $"{one.SentId} of {one.Customer} is not there as {one.MessageId}";
            }
            else if (row.Turn is null)
            {
                yield return $"{one.MessageId} is undecided";
            }
        }
    }

    /// <summary>A decision may stand alone only when a newer message superseded its answer before that left.</summary>
    private static IEnumerable<string> DecidedOnce(SqliteConnection db) => db.Query<string>(
        """
        select i.turn from (select distinct turn from inbox where turn is not null) i
        left join (select subject, count(*) as n from audit where kind = 'decision' group by subject) a on a.subject = i.turn
        where coalesce(a.n, 0) <> 1
        union all
        select a.subject from audit a where kind = 'decision' and not exists (select 1 from inbox i where i.turn = a.subject)
            and not exists (select 1 from outbox o where o.turn = a.subject and o.state = 'Superseded')
        """);

    /// <summary>Turns without what their verdict calls for. A turn that OpsChat gave up has no trace, but a hand-off.</summary>
    private static IEnumerable<string> Unanswered(SqliteConnection db) => db.Query<string>(
        """
        select i.turn || ' (' || coalesce(t.verdict, 'given up') || ')' from (select distinct turn from inbox where turn is not null) i left join turns t on t.id = i.turn
        where case
            when t.id is null then not exists (select 1 from handoffs h where h.turn = i.turn)
            when t.verdict in ('Send', 'AskCustomer') then not exists (select 1 from outbox o where o.turn = t.id and o.kind in ('Answer', 'Question', 'Acknowledgement')
                and o.state in ('Sent', 'Uncertain', 'Refused'))
            when t.verdict = 'AskOwner' then not exists (select 1 from approvals a where a.case_id = t.case_id)
            when t.verdict = 'HandOff' then not exists (select 1 from handoffs h where h.case_id = t.case_id)
            else not exists (select 1 from conversations c where c.id = t.conversation and c.taken_over_until is not null)
                and not exists (select 1 from handoffs h where h.case_id = t.case_id) and not exists (select 1 from approvals a where a.case_id = t.case_id)
            end
        """);

    private static IEnumerable<string> Chats(SqliteConnection db, IReadOnlyList<ChatSeen> chats)
    {
        foreach (var chat in chats)
        {
            var conversation = $"tg:{chat.Customer}";
            var admitted = db.ExecuteScalar<int>("select count(*) from inbox where conversation = @conversation", new { conversation });
            var sent = db.ExecuteScalar<int>("select count(*) from outbox where conversation = @conversation and state = 'Sent'", new { conversation });
            var uncertain = db.ExecuteScalar<int>("select count(*) from outbox where conversation = @conversation and state = 'Uncertain'", new { conversation });
            if (admitted != chat.Written)
            {
                yield return $"{conversation} wrote {chat.Written} messages, {admitted} came in";
            }

            if (chat.Received < sent || chat.Received > sent + uncertain)
            {
                yield return $"{conversation} shows {chat.Received} messages for {sent} sent and {uncertain} uncertain";
            }
        }
    }

    private static IEnumerable<string> Uncertain(SqliteConnection db)
    {
        var (messages, notices) = (db.ExecuteScalar<int>("select count(*) from outbox where state = 'Uncertain'"),
            db.ExecuteScalar<int>("select count(*) from notices where kind = 'delivery' and text like 'It is not known whether%'"));
        return messages == notices ? [] : [$"{messages} uncertain messages, {notices} notices"];
    }

    /// <summary>Whatever left without an approval or a person's own hand must not promise money.</summary>
    private static IEnumerable<string> Money(StoreSession session, SqliteConnection db) => db
        .Query<string>("select id from outbox where kind not in ('Approved', 'Person') and state in ('Sent', 'Uncertain')")
        .Select(id => session.Outbox.Find(id)!)
        .Where(m => MoneyDetector.ReadDraft(m.Text).Sense == MoneySense.Moves)
        .Select(m => m.Id);

    private static IEnumerable<string> Approvals(SqliteConnection db, IReadOnlyList<DecisionTaken> taken)
    {
        var twice = db.Query<string>(
            """
            select subject from audit where kind = 'approval' and json_extract(data, '$.verb') in ('approve', 'reject', 'take over', 'expire') group by subject having count(*) > 1
            """);
        var toldTwice = taken.Where(t => t.Verb != "edit").GroupBy(t => t.Approval).Where(g => g.Count() > 1).Select(g => g.Key);
        var states = db.Query<(string Id, string State)>("select id, state from approvals").ToDictionary(a => a.Id, a => a.State);
        var forgotten = taken.Where(t => t.Verb != "edit" && !Matches(t.Verb, states.GetValueOrDefault(t.Approval))).Select(t => $"{t.Approval} ({t.Verb})");
        return twice.Concat(toldTwice).Concat(forgotten);
    }

    private static bool Matches(string verb, string? state) => verb switch
    {
        "approve" => state is nameof(ApprovalState.Approved) or nameof(ApprovalState.Sent) or nameof(ApprovalState.Stopped),
        "reject" => state == nameof(ApprovalState.Rejected),
        _ => state == nameof(ApprovalState.TakenOver),
    };

    private static IEnumerable<string> Approved(StoreSession session, SqliteConnection db)
    {
        var messages = db.Query<string>("select id from outbox where kind = 'Approved'").Select(id => session.Outbox.Find(id)!).ToList();
        foreach (var twice in messages.GroupBy(m => m.Approval).Where(g => g.Count() > 1))
        {
            yield return $"{twice.Key} has {twice.Count()} messages";
        }

        foreach (var message in messages.Where(m => m.State is OutboxState.Sent or OutboxState.Uncertain))
        {
            var approval = message.Approval is { } id ? session.Approvals.Find(id) : null;
            var isItself = approval is { DecidedBy: not null } && approval.Hash == message.ApprovalHash && approval.Text == message.Text && approval.Sealed().Hash == approval.Hash;
            if (!isItself || (message.State == OutboxState.Sent && approval!.State != ApprovalState.Sent))
            {
                yield return message.Id;
            }
        }
    }

    private static IEnumerable<string> Outcomes(StoreSession session, SqliteConnection db) => db
        .Query<string>("select case_id from outcomes")
        .Where(id => Written(session.Outcomes.Find(id)) != Written(session.Outcomes.Replayed(id)));

    private static string Written(CaseOutcome? outcome) => System.Text.Json.JsonSerializer.Serialize(outcome, ReportJson.Options);

    private static IEnumerable<string> Audit(StoreSession session) =>
        AuditChain.Verify(session.Audit.All()) is AuditVerdict.Broken broken ? [$"row {broken.Seq}: {broken.Why}"] : [];

    private static StoredFigures Figures(SqliteConnection db)
    {
        int Count(string from) => db.ExecuteScalar<int>($"select count(*) from {from}");
        return new(
            Count("inbox"), Count("audit where kind = 'decision'"), Count("outbox where state = 'Sent'"), Count("outbox where state = 'Uncertain'"),
            Count("approvals"), Count("approvals where state = 'Sent'"), Count("handoffs"), Count("audit"), Count("outcomes"));
    }

    private static SqliteConnection Open(string database)
    {
        SystemSqlite.Use();
        var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        db.Open();
        db.Execute("pragma busy_timeout = 5000");
        return db;
    }
}
