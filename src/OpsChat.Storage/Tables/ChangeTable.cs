using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>One thing that a commit changed. It names what changed and holds nothing of it.</summary>
/// <param name="Number">Grows with every change; one may be left out, none comes twice.</param>
/// <param name="Kind"><c>message</c>, <c>outbox</c>, <c>decision</c>, <c>approval</c>, <c>handoff</c>, <c>todo</c>, <c>notice</c>,
/// <c>rollout</c>, <c>alert</c>, <c>action</c>, <c>handling</c>, <c>note</c>, <c>file</c>, <c>person</c>,
/// <c>outcome</c> or <c>owner-update</c>.</param>
/// <param name="Conversation">Null where it belongs to none.</param>
public sealed record Change(long Number, string Kind, string? Conversation, IReadOnlyList<string> Ids);

/// <summary>
/// What was committed, in order. The database writes it by itself (triggers), in the transaction that makes the change, so that no writer can
/// forget to tell and nothing is told that did not happen.
/// </summary>
public sealed class ChangeTable(DbConnection db)
{
    /// <summary>How many are kept. Who was away for longer has to read everything anew.</summary>
    public const int Kept = 20_000;

    // The upper bound tells a planner that does not know the number that few rows are meant: PostgreSQL would read the whole table.
    private const string ByKind =
        "select kind, max(number) from changes where number > @number and number < 9223372036854775807 group by kind";

    /// <summary>The newest number; 0 before the first change.</summary>
    public long Latest() => db.ExecuteScalar<long>("select coalesce(max(number), 0) from changes");

    /// <summary>The newest number, and which kinds have changed after that number.</summary>
    public (long Latest, IReadOnlyList<string> Kinds) Since(long number) =>
        Since(number, db.Query<(string Kind, long Latest)>(ByKind, new { number }));

    /// <inheritdoc cref="Since(long)"/>
    public async Task<(long Latest, IReadOnlyList<string> Kinds)> SinceAsync(long number, CancellationToken cancellationToken) =>
        Since(number, await db.QueryAsync<(string Kind, long Latest)>(new(ByKind, new { number }, cancellationToken: cancellationToken)));

    private static (long Latest, IReadOnlyList<string> Kinds) Since(long number, IEnumerable<(string Kind, long Latest)> news)
    {
        var rows = news.ToList();
        return (rows.Count > 0 ? rows.Max(row => row.Latest) : number, [.. rows.Select(row => row.Kind)]);
    }

    /// <summary>True when changes after that number may have been left out by now: who knows no later one has to read everything anew.</summary>
    public bool IsTooOld(long number) => db.ExecuteScalar<long>("select coalesce(min(number), 0) from changes") is var oldest && oldest > number + 1;

    /// <summary>Changes after that number, oldest first.</summary>
    public IReadOnlyList<Change> After(long number, int most) =>
    [
        .. db.Query<(long Number, string Kind, string? Conversation, string Id)>(
            "select number, kind, conversation, id from changes where number > @number order by number limit @most", new { number, most })
            .Select(row => new Change(row.Number, row.Kind, row.Conversation, [row.Id])),
    ];

    /// <summary>Leaves the newest <see cref="Kept"/>.</summary>
    public void Prune() => db.RunUnheard("delete from changes where number <= (select max(number) from changes) - @kept", new { kept = Kept });
}
