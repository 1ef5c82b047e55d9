using OpsChat.Text;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsChat.Canary;

/// <summary>The evidence and decision about one playbook's version in force, or about the whole when the playbook is null.</summary>
public sealed record ReportSubject(string? Playbook, Evidence Evidence, RolloutDecision Decision);

/// <summary>What a report is made of.</summary>
public sealed record ReportSource(
    DateOnly From,
    DateOnly To,
    DateTimeOffset At,
    CanaryConfig Config,
    PeriodCounters Counters,
    IReadOnlyList<ReportSubject> Subjects,
    IReadOnlyList<ReportMark> Marks
)
{
    /// <summary>The stated assumption behind the hours saved: what a person needs for one answer.</summary>
    public double MinutesPerAnswer { get; init; } = 3;
}

/// <summary>
/// Adds rolled-up counters up to a report. Pure. The cost depends on days, playbooks and versions, not on how many cases there were. For one
/// playbook's curve, build a report from that playbook's counters alone.
/// </summary>
public static class ReportBuilding
{
    public static CanaryReport Build(ReportSource source)
    {
        var whole = source.Subjects.FirstOrDefault(s => s.Playbook is null);
        var versions = source.Counters.Versions.GroupBy(r => (r.Playbook, r.Version)).Select(VersionSum.Of).ToList();
        var figures = Figures(source, Sum(versions.Select(v => v.Both)));
        return new(
            source.From,
            source.To,
            source.At,
            source.Config.Percentage,
            source.Config.ErrorBudget,
            whole is null ? "Nothing to say yet." : Advice(source, whole, figures),
            whole is null ? null : EvidenceFigures.Of(whole.Evidence, source.Config),
            figures,
            [
                .. versions.GroupBy(v => v.Playbook).Select(some => OfPlaybook(source, some.Key, [.. some]))
                    .OrderByDescending(p => p.Figures.Cases).ThenBy(p => p.Playbook, StringComparer.Ordinal),
            ],
            Days(source.Counters.Days),
            [.. source.Marks.OrderBy(m => m.At)],
            OfModel(source))
        {
            DrawnFirst = source.Config.MinimumScored,
            DrawShare = source.Config.DrawShare,
        };
    }

    private static ReportFigures? OfModel(ReportSource source) =>
        source.Counters.Versions.Where(v => v.ReadBy == ReadBy.Model).Select(v => v.Counters).ToList() is { Count: > 0 } some
            ? Figures(source, Sum(some))
            : null;

    private static PlaybookReport OfPlaybook(ReportSource source, string playbook, IReadOnlyList<VersionSum> versions)
    {
        var subject = source.Subjects.FirstOrDefault(s => s.Playbook == playbook);
        var figures = Figures(source, Sum(versions.Select(v => v.Both)));
        return new(
            playbook,
            source.Config.PercentageOf(playbook),
            subject is null ? null : Advice(source, subject, figures),
            subject is null ? null : EvidenceFigures.Of(subject.Evidence, source.Config),
            figures,
            [.. versions.OrderByDescending(v => v.LastDay).ThenByDescending(v => v.FirstDay).Select(v => OfVersion(source, v))]);
    }

    /// <summary>The advice on what is in force, and what of the figures beside it is about something else: read together, they must not seem to
    /// contradict each other.</summary>
    private static string Advice(ReportSource source, ReportSubject subject, ReportFigures figures)
    {
        var (sent, budget) = (subject.Evidence.Sent, source.Config.ErrorBudget);
        var earlier =
            figures.Answered.Rate > budget && !(sent.Rate > budget) && figures.Answered.Wrong > sent.Wrong
                ? $" The wrong answers in these figures {Whence(source, subject)}; "
                    + (sent.Cases == 0 ? "what is in force now has answered nobody yet."
                        : $"of what counts now {sent.Wrong} of {Plural.Of(sent.Cases, "answered case")} {(sent.Cases == 1 ? "is" : "are")} wrong.")
                : "";
        var drafts =
            figures.Drafts.Rate > budget
                ? " The wrong drafts in them reached no customer by themselves: people decided on each."
                : "";
        return $"{subject.Decision.Advice}{earlier}{drafts}";
    }

    /// <summary>Why the evidence on what is in force does not count the wrong answers of the figures, as far as these tell it.</summary>
    private static string Whence(ReportSource source, ReportSubject subject)
    {
        var wrong = source.Counters.Versions.Where(v => v.Counters.Wrong > 0 && (subject.Playbook is null || v.Playbook == subject.Playbook))
            .ToList();
        var newest = source.Counters.Versions.GroupBy(v => v.Playbook).ToDictionary(g => g.Key, g => g.MaxBy(v => (v.LastDay, v.FirstDay))!.Version);
        var anew = source.Marks.Any(m =>
            m.Step is RolloutStep.BegunAnew or RolloutStep.RolledBack && (m.Playbook is null || m.Playbook == subject.Playbook));
        string[] reasons =
        [
            .. wrong.Any(v => v.ReadBy == ReadBy.Model) ? ["were read by a model"] : Array.Empty<string>(),
            .. wrong.Any(v => v.Version != newest[v.Playbook]) ? ["are of earlier versions"] : Array.Empty<string>(),
            .. anew ? ["are from before it was taken back"] : Array.Empty<string>(),
        ];
        return reasons.Length == 0 ? "are from before what is in force now" : string.Join(" or ", reasons);
    }

    private static VersionReport OfVersion(ReportSource source, VersionSum sum) => new(
        sum.Version, sum.FirstDay, sum.LastDay, Figures(source, sum.Both),
        sum.Canary is { } canary ? Figures(source, canary) : null,
        sum.Control is { } control ? Figures(source, control) : null);

    private static ReportFigures Figures(ReportSource source, DayCounters sum) => ReportFigures.Of(sum, source.MinutesPerAnswer);

    private static DayCounters Sum(IEnumerable<DayCounters> counters) => counters.Aggregate(DayCounters.Zero, (sum, next) => sum + next);

    /// <summary>One version's counters over all days; an arm without rows is null.</summary>
    private sealed record VersionSum(string Playbook, string Version, DateOnly FirstDay, DateOnly LastDay, DayCounters? Canary, DayCounters? Control)
    {
        public DayCounters Both => (Canary ?? DayCounters.Zero) + (Control ?? DayCounters.Zero);

        public static VersionSum Of(IGrouping<(string Playbook, string Version), VersionCounters> arms) => new(
            arms.Key.Playbook, arms.Key.Version, arms.Min(a => a.FirstDay), arms.Max(a => a.LastDay),
            SumOf(arms, Arm.Canary), SumOf(arms, Arm.Control));

        private static DayCounters? SumOf(IEnumerable<VersionCounters> rows, Arm arm) =>
            rows.Where(r => r.Arm == arm).Select(r => r.Counters).ToList() is { Count: > 0 } some ? Sum(some) : null;
    }

    private static ImmutableArray<DayFigures> Days(IEnumerable<DayTally> days) =>
        [.. days.GroupBy(d => d.Arm).SelectMany(DaysOf).OrderBy(d => d.Date).ThenBy(d => d.Arm)];

    private static IEnumerable<DayFigures> DaysOf(IGrouping<Arm, DayTally> arm)
    {
        var soFar = Tally.None;
        foreach (var day in arm.OrderBy(d => d.Date))
        {
            var tally = arm.Key == Arm.Canary ? day.Sent : day.Drafts;
            soFar += tally;
            yield return new(day.Date, arm.Key, RateFigures.Of(tally), RateFigures.Of(soFar), RateFigures.Of(day.Replied));
        }
    }
}

/// <summary>How reports, and the evidence and outcomes that are stored, are written as JSON: camelCase, words for choices.</summary>
public static class ReportJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        // What can be computed from the rest is not stored, so that it cannot disagree with it.
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(CanaryReport report) => JsonSerializer.Serialize(report, Options);
}
