using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsChat.Canary;

/// <summary>The evidence and decision about one playbook's version in force, or about the whole when the playbook is null.</summary>
public sealed record ReportSubject(string? Playbook, Evidence Evidence, RolloutDecision Decision);

/// <summary>What a report is made of.</summary>
/// <param name="Rows">Rolled-up counters of the period; any order.</param>
public sealed record ReportSource(
    DateOnly From, DateOnly To, DateTimeOffset At, CanaryConfig Config, IReadOnlyList<CounterRow> Rows, IReadOnlyList<ReportSubject> Subjects, IReadOnlyList<ReportMark> Marks)
{
    /// <summary>The stated assumption behind the hours saved: what a person needs for one answer.</summary>
    public double MinutesPerAnswer { get; init; } = 3;
}

/// <summary>Adds rolled-up counters up to a report. Pure; its cost depends on days, playbooks and versions, not on how many cases there were.</summary>
public static class ReportBuilding
{
    public static CanaryReport Build(ReportSource source)
    {
        var whole = source.Subjects.FirstOrDefault(s => s.Playbook is null);
        return new(
            source.From,
            source.To,
            source.At,
            source.Config.Percentage,
            source.Config.ErrorBudget,
            whole?.Decision.Why ?? "Nothing to say yet.",
            whole is null ? null : EvidenceFigures.Of(whole.Evidence, source.Config),
            Figures(source, source.Rows),
            [.. source.Rows.GroupBy(r => r.Key.Playbook).Select(rows => OfPlaybook(source, rows.Key, [.. rows])).OrderByDescending(p => p.Figures.Cases).ThenBy(p => p.Playbook, StringComparer.Ordinal)],
            Days(source.Rows),
            [.. source.Marks.OrderBy(m => m.At)]);
    }

    private static PlaybookReport OfPlaybook(ReportSource source, string playbook, IReadOnlyList<CounterRow> rows)
    {
        var subject = source.Subjects.FirstOrDefault(s => s.Playbook == playbook);
        return new(
            playbook,
            source.Config.PercentageOf(playbook),
            subject?.Decision.Why,
            subject is null ? null : EvidenceFigures.Of(subject.Evidence, source.Config),
            Figures(source, rows),
            [.. rows.GroupBy(r => r.Key.Version).Select(version => OfVersion(source, version.Key, [.. version])).OrderByDescending(v => v.LastDay).ThenByDescending(v => v.FirstDay)],
            Days(rows));
    }

    private static VersionReport OfVersion(ReportSource source, string version, IReadOnlyList<CounterRow> rows)
    {
        ReportFigures? InArm(Arm arm) => rows.Where(r => r.Key.Arm == arm).ToList() is { Count: > 0 } some ? Figures(source, some) : null;
        return new(version, rows.Min(r => r.Key.Day), rows.Max(r => r.Key.Day), Figures(source, rows), InArm(Arm.Canary), InArm(Arm.Control));
    }

    private static ReportFigures Figures(ReportSource source, IEnumerable<CounterRow> rows) => ReportFigures.Of(Sum(rows), source.MinutesPerAnswer);

    private static DayCounters Sum(IEnumerable<CounterRow> rows) => rows.Aggregate(DayCounters.Zero, (sum, row) => sum + row.Counters);

    private static ImmutableArray<DayFigures> Days(IEnumerable<CounterRow> rows) =>
        [.. rows.GroupBy(r => r.Key.Arm).SelectMany(arm => DaysOf(arm.Key, arm)).OrderBy(d => d.Date).ThenBy(d => d.Arm)];

    private static IEnumerable<DayFigures> DaysOf(Arm arm, IEnumerable<CounterRow> rows)
    {
        var soFar = Tally.None;
        foreach (var day in rows.GroupBy(r => r.Key.Day).OrderBy(d => d.Key))
        {
            var sum = Sum(day);
            var tally = arm == Arm.Canary ? new Tally(sum.Sent, sum.Wrong) : new Tally(sum.DraftsJudged, sum.DraftsWrong);
            soFar += tally;
            yield return new(day.Key, arm, RateFigures.Of(tally), RateFigures.Of(soFar), RateFigures.Of(new(sum.Replied, sum.Unhappy)));
        }
    }
}

/// <summary>How reports, and the evidence and outcomes that are stored, are written as JSON: camelCase, words for choices.</summary>
public static class ReportJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(CanaryReport report) => JsonSerializer.Serialize(report, Options);
}
