using System.Collections.Immutable;

namespace OpsChat.Canary;

/// <summary>The whole report: <c>report --json</c> and <c>GET /api/report</c> are this record as camelCase JSON (<see cref="ReportJson"/>).</summary>
/// <param name="Percentage">Percent of customers in force for the whole.</param>
/// <param name="Advice">One plain sentence about the whole.</param>
/// <param name="Playbooks">By number of cases, largest first.</param>
/// <param name="Days">One for each day and arm with cases, ascending.</param>
/// <param name="Marks">Stage changes and new versions within the period, ascending.</param>
/// <param name="ReadByModel">Of the cases whose playbook a model chose; they are in the other figures too. Null without any.</param>
public sealed record CanaryReport(
    DateOnly From,
    DateOnly To,
    DateTimeOffset At,
    decimal Percentage,
    double ErrorBudget,
    string Advice,
    EvidenceFigures? Evidence,
    ReportFigures Whole,
    IReadOnlyList<PlaybookReport> Playbooks,
    IReadOnlyList<DayFigures> Days,
    IReadOnlyList<ReportMark> Marks,
    ReportFigures? ReadByModel = null)
{
    /// <summary>So many first answers of each version are all drawn for a spot-check.</summary>
    public int DrawnFirst { get; init; }

    /// <summary>The share that is drawn after those, 0 to 1.</summary>
    public decimal DrawShare { get; init; }

    /// <summary>Playbooks with wrong answers, most first.</summary>
    public IReadOnlyList<NamedCount> WrongByPlaybook =>
        [
            .. Playbooks
                .Where(p => p.Figures.Answered.Wrong > 0)
                .OrderByDescending(p => p.Figures.Answered.Wrong)
                .Select(p => new NamedCount(p.Playbook, p.Figures.Answered.Wrong)),
        ];
}

/// <summary>One playbook.</summary>
/// <param name="Versions">The version of the latest day first.</param>
/// <param name="Evidence">Of the version in force; null when it has none.</param>
public sealed record PlaybookReport(
    string Playbook, decimal Percentage, string? Advice, EvidenceFigures? Evidence, ReportFigures Figures,
    IReadOnlyList<VersionReport> Versions);

/// <summary>One version of a playbook, whole and by arm.</summary>
/// <param name="Canary">Null when the version never met a customer of that arm.</param>
public sealed record VersionReport(
    string Version,
    DateOnly FirstDay,
    DateOnly LastDay,
    ReportFigures Figures,
    ReportFigures? Canary,
    ReportFigures? Control
);

/// <summary>Something that explains a bend in a curve.</summary>
/// <param name="Playbook">Null: the whole.</param>
public sealed record ReportMark(DateTimeOffset At, string? Playbook, RolloutStep Step, string Text);

/// <summary>What the formulas say. E-values are capped at 1e12; they act at <paramref name="ActsAt"/>, the drift at 1000.</summary>
public sealed record EvidenceFigures(
    double Up, double Down, double Relative, double Drift, double Split, bool SplitBroken, double ActsAt, Tally Sent, Tally Drawn, Tally HeldBack)
{
    public static EvidenceFigures Of(Evidence evidence, CanaryConfig config) => new(
        Shown(evidence.LogUp), Shown(evidence.LogDown), Shown(evidence.Relative.Log), Math.Min(1e12, evidence.Drift.Mean), Shown(evidence.Split.Log),
        evidence.Split.IsBroken, config.ActsAt, evidence.Sent, evidence.Drawn, evidence.HeldBack);

    private static double Shown(double log) => Math.Round(Math.Min(1e12, Math.Exp(log)), 4);
}

/// <summary>An error rate with its 95 % interval, which holds however often anyone looks. All 0 to 1; the rate is null without cases.</summary>
public sealed record RateFigures(int Cases, int Wrong, double? Rate, double Low, double High)
{
    public static RateFigures Of(Tally tally)
    {
        var (low, high) = EValues.Interval(tally, 0.05);
        return new(tally.Cases, tally.Wrong, tally.Rate, low, high);
    }
}

/// <summary>How long something took, in seconds; null without any.</summary>
public sealed record TimeFigures(int Count, double? MedianSeconds, double? P95Seconds)
{
    public static TimeFigures Of(Durations durations) =>
        new(durations.Total, durations.Quantile(0.5)?.TotalSeconds, durations.Quantile(0.95)?.TotalSeconds);
}

public sealed record NamedCount(string Name, long Count);

public sealed record MoneyFigures(string Currency, long ApprovedMinor, long RejectedMinor);

public sealed record ApprovalFigures(int Asked, int Approved, int Rejected, int Expired, TimeFigures DecisionTime, IReadOnlyList<MoneyFigures> Money);

/// <summary>What the model did and took; all zero without one.</summary>
/// <param name="Cost">In the currency of the configured prices.</param>
/// <param name="CostPerAnswered">Of one case that the agent answered; null without any.</param>
/// <param name="AnswersWithout">Answers sent for which no model was called.</param>
public sealed record ModelFigures(int Calls, long Tokens, decimal Cost, decimal? CostPerAnswered, int AnswersWithout)
{
    public static ModelFigures Of(DayCounters c) => new(
        c.ModelCalls, c.ModelTokens, c.ModelCost, c.Sent == 0 ? null : Math.Round(c.ModelCost / c.Sent, 6), c.Answers - c.AnswersWithModel);
}

/// <summary>One day in one arm.</summary>
/// <param name="Day">Counted that day: answered cases in the canary, judged drafts in the control.</param>
/// <param name="SoFar">The same since the first day of the report; its interval is the band of the picture.</param>
/// <param name="Unhappy">Cases whose customer complained, came back or asked for a person: the comparison that both arms allow.</param>
public sealed record DayFigures(DateOnly Date, Arm Arm, RateFigures Day, RateFigures SoFar, RateFigures Unhappy);

/// <summary>Counters as figures for people. Shares are 0 to 1; null where nothing was counted.</summary>
/// <param name="Answered">The first kind of evidence: cases with an answer that the customer received; pending and quiet ones are not wrong so
/// far.</param>
/// <param name="Drafts">The second kind: cases whose draft a person judged.</param>
/// <param name="Unhappy">Of the cases with a reply by anybody.</param>
/// <param name="AutomatedShare">Cases that the agent answered, of all cases.</param>
/// <param name="UnjudgedShare">Of the cases drawn for spot-checks.</param>
/// <param name="HoursSaved">Answers of the agent × <paramref name="MinutesPerAnswer"/>, the stated assumption.</param>
public sealed record ReportFigures(
    int Cases,
    RateFigures Answered,
    int Right,
    int Quiet,
    int Pending,
    RateFigures Drafts,
    RateFigures Unhappy,
    IReadOnlyList<NamedCount> WrongByKind,
    IReadOnlyList<NamedCount> DraftsWrongByKind,
    int Blocked,
    int Drawn,
    int Unjudged,
    double? UnjudgedShare,
    double? AutomatedShare,
    IReadOnlyList<NamedCount> HandOffs,
    TimeFigures AgentTime,
    TimeFigures PersonTime,
    ApprovalFigures Approvals,
    double HoursSaved,
    double MinutesPerAnswer,
    ModelFigures Model)
{
    public static ReportFigures Of(DayCounters c, double minutesPerAnswer) => new(
        c.Cases,
        RateFigures.Of(new(c.Sent, c.Wrong)),
        c.Right,
        c.Quiet,
        c.Sent - c.Wrong - c.Right - c.Quiet,
        RateFigures.Of(new(c.DraftsJudged, c.DraftsWrong)),
        RateFigures.Of(new(c.Replied, c.Unhappy)),
        Named(c.Kinds),
        Named(c.DraftKinds),
        c.Blocked,
        c.Drawn,
        c.Unjudged,
        Share(c.Unjudged, c.Drawn),
        Share(c.Sent, c.Cases),
        Named(c.HandOffs),
        TimeFigures.Of(c.AgentTimes),
        TimeFigures.Of(c.PersonTimes),
        ApprovalsOf(c),
        Math.Round(c.Answers * minutesPerAnswer / 60, 1),
        minutesPerAnswer,
        ModelFigures.Of(c));

    private static ApprovalFigures ApprovalsOf(DayCounters c) =>
        new(
            c.ApprovalsAsked,
            c.Approved,
            c.Rejected,
            c.Expired,
            TimeFigures.Of(c.DecisionTimes),
            [
                .. c
                    .MoneyApproved.ByName.Keys.Union(c.MoneyRejected.ByName.Keys)
                    .Order(StringComparer.Ordinal)
                    .Select(currency => new MoneyFigures(
                        currency,
                        c.MoneyApproved.ByName.GetValueOrDefault(currency),
                        c.MoneyRejected.ByName.GetValueOrDefault(currency)
                    )),
            ]
        );

    private static ImmutableArray<NamedCount> Named(Counts counts) =>
        [.. counts.ByName.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => new NamedCount(c.Key, c.Value))];

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
