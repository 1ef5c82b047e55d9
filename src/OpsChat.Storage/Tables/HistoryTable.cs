using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>One day of one kind of the shop's rows, packed.</summary>
/// <param name="Day"><c>2026-11-28</c>; empty for rows without a time.</param>
public sealed record HistoryDay(string Kind, string Day, byte[] Rows);

/// <summary>A file whose rows are all among the packed ones.</summary>
/// <param name="Content">Tells whether it is the same.</param>
/// <param name="ReadBy">What it was read by.</param>
/// <param name="Read">What is known of it beside its rows, as JSON.</param>
public sealed record KeptFileRow(string File, string Content, string ReadBy, string Read);

/// <summary>The shop's own rows as OpsChat keeps them: an export often holds only today's stock and the last weeks' orders.</summary>
public sealed class HistoryTable(DbConnection db)
{
    /// <param name="stockFrom">Older counts of stock are left alone.</param>
    public IReadOnlyList<HistoryDay> All(string stockFrom = "") =>
        [
            .. db.Query<HistoryDay>(
                "select kind, day, rows from history_days where kind <> 'stock' or day >= @stockFrom order by kind, day",
                new { stockFrom }
            ),
        ];

    public void Save(HistoryDay it) => db.RunUnheard(
        "insert into history_days (kind, day, rows) values (@Kind, @Day, @Rows) on conflict (kind, day) do update set rows = excluded.rows", it);

    /// <summary>The feeds that were ever read, with the file that each came from last.</summary>
    public IReadOnlyDictionary<string, string> KnownFeeds() =>
        db.Query<(string Kind, string File)>("select kind, file from known_feeds").ToDictionary(f => f.Kind, f => f.File, StringComparer.Ordinal);

    public void Know(string kind, string file) => db.RunUnheard(
        "insert into known_feeds (kind, file) values (@kind, @file) on conflict (kind) do update set file = excluded.file", new { kind, file });

    /// <summary>The owner no longer gives this feed.</summary>
    public void Forget(string kind) => db.RunUnheard("delete from known_feeds where kind = @kind", new { kind });

    public IReadOnlyList<KeptFileRow> KeptFiles() =>
        [.. db.Query<KeptFileRow>("select file, content, read_by, read from kept_files order by file")];

    /// <summary>Exactly these files are kept from now on.</summary>
    public void KeepFiles(IReadOnlyList<KeptFileRow> files)
    {
        db.Run("delete from kept_files");
        foreach (var file in files)
        {
            db.RunUnheard("insert into kept_files (file, content, read_by, read) values (@File, @Content, @ReadBy, @Read)", file);
        }
    }
}
