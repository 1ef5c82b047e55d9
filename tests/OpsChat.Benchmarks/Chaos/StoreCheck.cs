using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using OpsChat.Audit;
using OpsChat.Storage;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>What stands in the store at the end.</summary>
/// <param name="Uncertain">Messages of which the host does not know whether they left.</param>
/// <param name="UncertainThatLeft">Of these, those that stand in the customer's chat.</param>
public sealed record StoredFigures(
    int Messages,
    int Decisions,
    int Sent,
    int Uncertain,
    int UncertainThatLeft,
    int Approvals,
    int ApprovedAndSent,
    int HandOffs,
    long AuditRows,
    int Cases
)
{
    /// <summary>How many approvals ended how.</summary>
    public IReadOnlyList<(string State, int Count)> ApprovalStates { get; init; } = [];
}

public sealed record CheckResult(StoredFigures Figures, IReadOnlyList<string> Violations);

/// <summary>What was seen outside of the host, and must agree with its store.</summary>
/// <param name="Taken">Decisions that the host acknowledged.</param>
/// <param name="ToldUncertain">How often the owner chat was told of a message of which nobody knows whether it left; null without an owner
/// chat.</param>
public sealed record SeenOutside(
    IReadOnlyList<Acknowledged> Acknowledged,
    IReadOnlyList<DecisionTaken> Taken,
    IReadOnlyList<ChatSeen> Chats,
    int? ToldUncertain
)
{
    public static SeenOutside Nothing { get; } = new([], [], [], null);

    /// <summary>Customers who read on from the last line each time, to the end.</summary>
    public IReadOnlyList<SeenByCursor> Readers { get; init; } = [];
}

/// <summary>Holds the promises against the database file, which no host has open any more.</summary>
static class StoreCheck
{
    /// <summary>How a notice of an uncertain message begins.</summary>
    public const string UncertainNotice = "A message may have been sent";

    private const int MostExamples = 3;

    /// <summary>Waits until nothing is undecided and nothing waits to leave; false when nothing moves for <paramref name="patience"/>: how long all
    /// of it takes is the machine's.</summary>
    /// <param name="fromTelegram">Messages that Telegram customers wrote, all of which must have come in; with any there is an owner chat, which
    /// must have been told.</param>
    public static async Task<bool> UntilDrainedAsync(string database, int fromTelegram, TimeSpan patience, CancellationToken cancellationToken) =>
        await UntilDrainedAsync(() => LeftAsync(database, fromTelegram), patience, s_betweenLooks, cancellationToken);

    /// <inheritdoc cref="UntilDrainedAsync(string, int, TimeSpan, CancellationToken)"/>
    /// <param name="left">How much is left; 0 when all is done.</param>
    public static async Task<bool> UntilDrainedAsync(
        Func<Task<long>> left,
        TimeSpan patience,
        TimeSpan betweenLooks,
        CancellationToken cancellationToken
    )
    {
        for (var (moved, before) = (Stopwatch.GetTimestamp(), long.MaxValue); Stopwatch.GetElapsedTime(moved) < patience; )
        {
            var now = await left();
            if (now <= 0)
            {
                return true;
            }

            if (now < before)
            {
                (moved, before) = (Stopwatch.GetTimestamp(), now);
            }

            await Task.Delay(betweenLooks, TimeProvider.System, cancellationToken);
        }

        return false;
    }

    /// <summary>What is read in is to be decided then, and what is decided to be sent: each message counts until it has left.</summary>
    public static async Task<long> LeftAsync(string database, int fromTelegram)
    {
        await using var db = Open(database);
        var open = db.ExecuteScalar<long>(
            """
            select (select count(*) from inbox where turn is null) + (select count(*) from outbox where state in ('Queued', 'Sending'))
                + (select count(*) from approvals where state = 'Approved') + @tells * (select count(*) from notices
                    where kind = 'delivery' and seen_at is null)
            """,
            new { tells = fromTelegram > 0 ? 1 : 0 });
        var unread = fromTelegram - db.ExecuteScalar<long>("select count(*) from inbox where conversation like 'tg:%'");
        return (StepsOfAMessage * unread) + open;
    }

    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(250);
    private const int StepsOfAMessage = 3;

    public static async Task<CheckResult> RunAsync(string database, SeenOutside seen, CancellationToken cancellationToken)
    {
        await using var store = await SqliteStore.OpenAsync(database, cancellationToken);
        await using var db = Open(database);
        var violations = await store.ReadAsync(
            session => Promises(session, db, seen).Select(p => InWords(p.Promise, [.. p.Broken])).OfType<string>().ToList(),
            cancellationToken
        );
        return new(Figures(db, seen.Chats), violations);
    }

    /// <summary>Lines that a customer did not see who read on from the last line each time.</summary>
    public static async Task<IReadOnlyList<string>> UnreadAsync(string database, IReadOnlyList<SeenByCursor> readers)
    {
        await using var db = Open(database);
        return [.. MessageChecks.Unread(db, readers)];
    }

    private static IEnumerable<(string Promise, IEnumerable<string> Broken)> Promises(UnitOfWork session, SqliteConnection db, SeenOutside seen) =>
    [
        ("an acknowledged message is admitted once and decided", MessageChecks.Lost(db, seen.Acknowledged)),
        ("a decision is recorded exactly once", MessageChecks.DecidedOnce(db)),
        ("a decided message is answered, waits for a person or for approval", MessageChecks.Unanswered(db)),
        ("a decision gives one reply", MessageChecks.RepliedTwice(db)),
        ("a holding text leaves once for a turn", MessageChecks.HeldTwice(db)),
        ("a chat shows what was sent, once", MessageChecks.Chats(db, seen.Chats)),
        ("a customer who reads on from the last line misses nothing", MessageChecks.Unread(db, seen.Readers)),
        ("the owner hears of every uncertain message", MessageChecks.Uncertain(db, seen.ToldUncertain)),
        ("money waits for a person", ApprovalChecks.Unapproved(session, db)),
        ("an approval is decided once", ApprovalChecks.DecidedTwice(db, seen.Taken)),
        ("an approved text leaves once, as it was approved", ApprovalChecks.SentOtherwise(session, db)),
        ("an outcome is what its events make", EvidenceChecks.Outcomes(session, db)),
        ("evidence is what the events make", EvidenceChecks.Evidence(session, db)),
        ("a checkpoint of evidence is what the events make", EvidenceChecks.Checkpoints(session, db)),
        ("counters are what the events make", EvidenceChecks.Counters(session, db)),
        ("the audit log is whole and the tables say what it recorded", Audit(session)),
        ("the file is sound", db.Query<string>("pragma integrity_check").Where(line => line != "ok")),
    ];

    private static string? InWords(string promise, IReadOnlyList<string> broken) => broken.Count == 0
        ? null
        : $"Broken: {promise}. {broken.Count} times, such as {string.Join("; ", broken.Take(MostExamples))}.";

    private static IEnumerable<string> Audit(UnitOfWork session) =>
        session.AuditedRows.Verify() is AuditVerdict.Broken broken ? [$"row {broken.Seq}: {broken.Why}"] : [];

    private static StoredFigures Figures(SqliteConnection db, IReadOnlyList<ChatSeen> chats)
    {
        int Count(string from) => db.ExecuteScalar<int>($"select count(*) from {from}");
        return new(
            Count("inbox"), Count("audit where kind = 'decision'"), Count("outbox where state = 'Sent'"), Count("outbox where state = 'Uncertain'"),
            chats.Sum(chat => Math.Max(0, chat.Received - Count($"outbox where conversation = 'tg:{chat.Customer}' and state = 'Sent'"))),
            Count("approvals"), Count("approvals where state = 'Sent'"), Count("handoffs"), Count("audit"), Count("outcomes"))
        {
            ApprovalStates = [.. db.Query<(string, int)>("select state, count(*) from approvals group by state order by state")],
        };
    }

    /// <summary>Keeps everybody else from writing for that long, as a person with a database tool does.</summary>
    /// <returns>False when a busy host left no moment for it.</returns>
    public static async Task<bool> LockAsync(string database, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var db = Open(database);
        try
        {
            db.Run("begin immediate");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return false;
        }

        await Task.Delay(duration, TimeProvider.System, cancellationToken);
        return true;
    }

    private static SqliteConnection Open(string database)
    {
        var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        db.Open();
        db.Execute("pragma busy_timeout = 5000");
        return db;
    }
}
