using System.Data.Common;
using System.Text.Json;
using Dapper;
using OpsChat.Canary;

namespace OpsChat.Storage.Tables;

/// <summary>
/// Each change of a count, appended in the transaction that makes it. The error log is a projection of these rows; decisions never wait for it.
/// The last row is never folded, so that a log can tell whether it has seen this feed.
/// </summary>
public sealed class ErrorFeedTable(DbConnection db)
{
    private const string AllColumns = "seq, at, day, playbook, version, arm, read_by, counts, what, standing, kinds, said_by";

    private const string Select =
        "select seq, at, counts as change, day, playbook, version, arm, read_by, standing, what, kinds, said_by from error_feed";

    internal void Append(CounterKey key, DayCounters change, DateTimeOffset at, ScoredEntry? entry) =>
        db.RunUnheard(
            $"""
            insert into error_feed ({AllColumns})
            values (@seq, @at, @day, @Playbook, @Version, @arm, @readBy, @counts, @what, @standing, @kinds, @by)
            """,
            new
            {
                seq = HeadRow.Next(db, "error_feed"),
                at = at.Ms(),
                day = CounterTable.DayText(key.Day),
                key.Playbook,
                key.Version,
                arm = key.Arm.ToString(),
                readBy = key.ReadBy.ToString(),
                counts = JsonSerializer.Serialize(change, ReportJson.Options),
                what = entry?.What.ToString(),
                standing = entry?.Standing.ToString(),
                kinds = entry is null ? null : string.Join(',', entry.Kinds),
                by = entry?.By.ToString(),
            }
        );

    /// <summary>The number of the last row that was ever appended; 0 before the first.</summary>
    public long Head() => HeadRow.Of(db, "error_feed");

    /// <summary>The rows after one, in order.</summary>
    public IReadOnlyList<CountChange> After(long seq, int most) =>
        [.. Read($"{Select} where seq > @seq order by seq limit @most", new { seq, most })];

    /// <summary>The rows after one that hold an entry, in order.</summary>
    /// <param name="through">The last one to look at.</param>
    public IReadOnlyList<CountChange> Entries(long after, long through, int most) =>
        [
            .. Read(
                $"{Select} where seq > @after and seq <= @through and standing is not null order by seq limit @most",
                new
                {
                    after,
                    through,
                    most,
                }
            ),
        ];

    /// <summary>How many rows hold an entry, up to this one.</summary>
    public long CountEntries(long through) =>
        db.ExecuteScalar<long>("select count(*) from error_feed where seq <= @through and standing is not null", new { through });

    /// <summary>Null when there is no such row, or none any more.</summary>
    public CountChange? Find(long seq) => Read($"{Select} where seq = @seq", new { seq }).SingleOrDefault();

    /// <summary>Forgets the rows before the first that is younger than <paramref name="before"/>, and none that the log has yet to apply.</summary>
    /// <returns>The last row that is gone; 0 when all are there.</returns>
    public long Fold(long through, DateTimeOffset before)
    {
        var young = db.QuerySingleOrDefault<long?>("select seq from error_feed where at >= @at order by seq limit 1", new { at = before.Ms() });
        db.RunUnheard("delete from error_feed where seq < @first", new { first = Math.Min(young ?? through, through) });
        return Gone();
    }

    /// <summary>The last row that was forgotten; 0 when all are there.</summary>
    public long Gone() => (db.ExecuteScalar<long?>("select min(seq) from error_feed") ?? 1) - 1;

    private IEnumerable<CountChange> Read(string sql, object values) => db.Query<CountChange, CounterKey, EntryRow?, CountChange>(
        sql, (change, key, entry) => change with { Key = key, Entry = entry?.ToEntry() }, values, splitOn: "day,standing");

    private sealed record EntryRow(Standing Standing, Scored? What, string? Kinds, SaidBy? SaidBy)
    {
        public ScoredEntry ToEntry() => new(
            What!.Value,
            Standing,
            [.. (Kinds ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<ErrorKind>)],
            SaidBy!.Value
        );
    }
}

/// <summary>
/// Numbers that count up by one in the order of commits: whoever takes the next one waits for the transaction that took the last. A number of a
/// sequence would be free of waiting and could become visible after a later one, which a reader that goes on from its last number would never see.
/// </summary>
static class HeadRow
{
    public static long Next(DbConnection db, string name) => db.ExecuteScalar<long>(
        "insert into heads (name, value) values (@name, 1) on conflict (name) do update set value = heads.value + 1 returning value", new { name });

    /// <summary>The last number that was taken; 0 before the first.</summary>
    public static long Of(DbConnection db, string name) => db.ExecuteScalar<long?>("select value from heads where name = @name", new { name }) ?? 0;
}
