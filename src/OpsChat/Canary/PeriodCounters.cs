namespace OpsChat.Canary;

/// <summary>One arm of a playbook version as one reader chose it, summed over a period.</summary>
/// <param name="FirstDay">Of the days within the period on which anything was counted.</param>
public sealed record VersionCounters(
    string Playbook,
    string Version,
    Arm Arm,
    ReadBy ReadBy,
    DateOnly FirstDay,
    DateOnly LastDay,
    DayCounters Counters
);

/// <summary>What the picture shows of a day in one arm.</summary>
/// <param name="Sent">Cases that the agent answered, and the wrong ones among them.</param>
/// <param name="Drafts">Cases whose draft a person judged, and the wrong ones.</param>
/// <param name="Replied">Cases in which anybody replied, and those with an unhappy customer.</param>
public sealed record DayTally(DateOnly Date, Arm Arm, Tally Sent, Tally Drafts, Tally Replied);

/// <summary>The rolled-up counters that a report is made of. There is no order in them.</summary>
public sealed record PeriodCounters(IReadOnlyList<VersionCounters> Versions, IReadOnlyList<DayTally> Days)
{
    /// <summary>Out of the rows by day.</summary>
    public static PeriodCounters Of(IReadOnlyCollection<CounterRow> rows) =>
        new(
            [
                .. rows.GroupBy(r => (r.Key.Playbook, r.Key.Version, r.Key.Arm, r.Key.ReadBy))
                    .Select(same => new VersionCounters(
                        same.Key.Playbook,
                        same.Key.Version,
                        same.Key.Arm,
                        same.Key.ReadBy,
                        same.Min(r => r.Key.Day),
                        same.Max(r => r.Key.Day),
                        Sum(same)
                    )),
            ],
            [
                .. rows.GroupBy(r => (r.Key.Day, r.Key.Arm))
                    .Select(same => (same.Key, Sum: Sum(same)))
                    .Select(day => new DayTally(
                        day.Key.Day,
                        day.Key.Arm,
                        new(day.Sum.Sent, day.Sum.Wrong),
                        new(day.Sum.DraftsJudged, day.Sum.DraftsWrong),
                        new(day.Sum.Replied, day.Sum.Unhappy)
                    )),
            ]
        );

    private static DayCounters Sum(IEnumerable<CounterRow> rows) => rows.Aggregate(DayCounters.Zero, (sum, row) => sum + row.Counters);
}
