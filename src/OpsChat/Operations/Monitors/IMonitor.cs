using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Text;
using System.Runtime.InteropServices;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// Looks at the shop once. Pure: the same history, settings and moment give the same findings, live and in a replay.
/// </summary>
public interface IMonitor
{
    /// <summary>Lower case with hyphens: <c>stock-runout</c>.</summary>
    string Name { get; }

    /// <summary>How often it looks.</summary>
    TimeSpan Every { get; }

    /// <summary>What it cannot look without.</summary>
    IReadOnlyList<FeedNeed> Needs { get; }

    /// <summary>From which strength an alert is raised, and below which it counts as clear.</summary>
    AlertLines Lines { get; }

    MonitorLook Look(ShopMoment shop, OperationsSettings settings);
}

/// <summary>A monitor whose name, pace, lines and needs stand in one place: the head of its class.</summary>
/// <param name="name">Lower case with hyphens: <c>stock-runout</c>.</param>
/// <param name="every">How often it looks.</param>
/// <param name="lines">From which strength an alert is raised, and below which it counts as clear.</param>
/// <param name="needs">What it cannot look without.</param>
public abstract class ShopMonitor(string name, TimeSpan every, AlertLines lines, IReadOnlyList<FeedNeed> needs) : IMonitor
{
    public string Name => name;
    public TimeSpan Every => every;
    public IReadOnlyList<FeedNeed> Needs => needs;
    public AlertLines Lines => lines;

    public abstract MonitorLook Look(ShopMoment shop, OperationsSettings settings);
}

/// <summary>A feed and the greatest age that it may have.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FeedNeed(FeedKind Kind, TimeSpan GreatestAge);

/// <summary>Two lines in a monitor's own measure of strength. The clear line lies below, so that an alert does not flicker.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AlertLines(double Raise, double Clear)
{
    public static AlertLines Half(double raise) => new(raise, raise / 2);
}

/// <summary>What a look found, which subjects it really looked at, and what it could not.</summary>
/// <param name="Findings">Those from the clear line on; the queue decides what becomes of them.</param>
/// <param name="Checked">Only a checked subject without a finding can close an alert.</param>
/// <param name="Gaps">What was not looked at, in sentences.</param>
public sealed record MonitorLook(IReadOnlyList<MonitorFinding> Findings, IReadOnlySet<SubjectKey> Checked, IReadOnlyList<MonitorGap> Gaps)
{
    /// <summary>Nothing was looked at.</summary>
    public static MonitorLook NotPossible(params MonitorGap[] gaps) => new([], new HashSet<SubjectKey>(), gaps);
}

/// <summary>A monitor that could not look, and why.</summary>
public sealed record MonitorGap(FeedKind Feed, string Sentence)
{
    /// <summary>The monitor's name; empty where it does not matter.</summary>
    public string Monitor { get; init; } = "";
}

/// <summary>Something that needs a decision.</summary>
/// <param name="Strength">In the monitor's own measure; see <see cref="IMonitor.Lines"/>.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="AtRisk">What is lost when nobody does anything.</param>
/// <param name="DecideBy">After it a decision comes too late; null when there is no such time.</param>
/// <param name="Owner">Who it goes to when no route says otherwise.</param>
/// <param name="Headline">One sentence with the numbers. No customer's name.</param>
public sealed record MonitorFinding(
    SubjectKey Subject, double Strength, double Confidence, Money AtRisk, DateTimeOffset? DecideBy, string Owner, string Headline,
    IReadOnlyList<EvidenceRow> Evidence, IReadOnlyList<ProposedAction> Actions, CalculationTrace Trace)
{
    /// <summary>The single cases that the finding stands for, such as a carrier's late parcels.</summary>
    public IReadOnlyList<FindingRow> Rows { get; init; } = [];

    /// <summary>What it may be grouped by with others of its monitor: carrier, supplier, station, SKU; null when by nothing.</summary>
    public SubjectKey? Group { get; init; }
}

/// <summary>One case of a finding.</summary>
public sealed record FindingRow(SubjectKey Subject, string Headline);

/// <summary>A sentence with its source.</summary>
/// <param name="Line">1-based; null when the figure comes from many rows.</param>
/// <param name="At">The time of the row.</param>
public sealed record EvidenceRow(string Text, string Source, int? Line, DateTimeOffset At)
{
    public static EvidenceRow Of(string text, RowPlace place, DateTimeOffset at) => new(text, place.File, place.Line > 0 ? place.Line : null, at);
}

/// <summary>How a figure came about: which formulas of OPERATIONS section 7, with which inputs, by which version of which monitor.</summary>
public sealed record CalculationTrace(string Formula, IReadOnlyDictionary<string, double> Inputs, string Code)
{
    public static CalculationTrace Of(string formula, string code, params (string Name, double Value)[] inputs) =>
        new(formula, inputs.ToDictionary(i => i.Name, i => Math.Round(i.Value, 6), StringComparer.Ordinal), code);
}
