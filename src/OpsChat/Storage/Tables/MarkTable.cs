using System.Data.Common;
using Dapper;
using OpsChat.Canary;

namespace OpsChat.Storage.Tables;

/// <summary>Stage changes and new versions: they explain the bends of the curves, and say since when a percentage is in force.</summary>
public sealed class MarkTable(DbConnection db)
{
    public void Add(ReportMark mark) => db.Run(
        "insert into marks (at, playbook, step, text) values (@at, @Playbook, @step, @Text)",
        new { at = mark.At.Ms(), mark.Playbook, step = mark.Step.ToString(), mark.Text });

    public IReadOnlyList<ReportMark> Since(DateTimeOffset since) =>
        [.. db.Query<Row>("select * from marks where at >= @since order by at, id", new { since = since.Ms() }).Select(r => r.ToMark())];

    /// <summary>The latest mark of a playbook, or of the whole when null; null when there is none.</summary>
    public ReportMark? LatestOf(string? playbook) => db.QueryFirstOrDefault<Row>(
        "select * from marks where (playbook = @playbook or (playbook is null and @playbook is null)) order by at desc, id desc", new { playbook })?.ToMark();

    private sealed record Row
    {
        public long At { get; init; }
        public string? Playbook { get; init; }
        public string Step { get; init; } = "";
        public string Text { get; init; } = "";

        public ReportMark ToMark() => new(At.Time(), Playbook, Enum.Parse<RolloutStep>(Step), Text);
    }
}
