using OpsChat.Operations.Actions;
using OpsChat.Operations.Monitors;
using OpsChat.Text;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace OpsChat.Operations.Queue;

/// <summary>Where an alert is in its life.</summary>
public enum AlertState { Open, Seen, Snoozed, Acting, Closed }

/// <summary>How an alert ended.</summary>
public enum AlertEnd { Fixed, ByData, NoProblem, Merged, Expired }

/// <summary>One case under an alert.</summary>
public sealed record AlertChild(SubjectKey Subject, DateTimeOffset OpenedAt, string Headline);

/// <summary>An alert as it is kept: one identity, its newest facts, and its life. Immutable.</summary>
public sealed record Alert
{
    /// <summary>See <see cref="SubjectKey.KeyFor"/>.</summary>
    public required string Key { get; init; }
    public string Id => SubjectKey.IdOf(Key);
    public required string Monitor { get; init; }
    public required SubjectKey Subject { get; init; }

    /// <summary>1 for the first time; a return after more than seven days begins the next.</summary>
    public int Episode { get; init; } = 1;

    public AlertState State { get; init; } = AlertState.Open;
    public required string Owner { get; init; }

    /// <summary>What the finding said when last looked at.</summary>
    public required string Headline { get; init; }
    public double Strength { get; init; }
    public double Peak { get; init; }
    public double Confidence { get; init; }
    public Money AtRisk { get; init; }
    public DateTimeOffset? DecideBy { get; init; }
    public AlertScore Score { get; init; }
    public IReadOnlyList<EvidenceRow> Evidence { get; init; } = [];
    public IReadOnlyList<ProposedAction> Actions { get; init; } = [];
    public CalculationTrace? Trace { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>When its subject was last really looked at.</summary>
    public required DateTimeOffset CheckedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public AlertEnd? ClosedAs { get; init; }

    /// <summary>Looks in a row that found nothing, and when the last of them counted.</summary>
    public int ClearLooks { get; init; }
    public DateTimeOffset? ClearCountedAt { get; init; }

    /// <summary>When it came back within its episode.</summary>
    public ImmutableArray<DateTimeOffset> Flaps { get; init; } = [];

    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>What was at risk when it was last told of; a message is due when it is half more.</summary>
    public long ToldAtRisk { get; init; }

    public bool ToldOverdue { get; init; }

    /// <summary>The group's key while it is one of a group's rows; null when it stands alone.</summary>
    public string? GroupKey { get; init; }

    /// <summary>It stands for singles with one cause; no look finds it by itself.</summary>
    public bool IsGroup { get; init; }

    /// <summary>What its monitor says it may be grouped by.</summary>
    public SubjectKey? Group { get; init; }

    /// <summary>The key of the alert that says the same and more; null when it speaks for itself.</summary>
    public string? JoinedTo { get; init; }

    public ImmutableArray<AlertChild> Children { get; init; } = [];

    /// <summary>Rises with each change; a person who acts on an older one is told so.</summary>
    public int Revision { get; init; } = 1;

    public bool IsOpen => State != AlertState.Closed;

    /// <summary>Whether it is shown as an entry of its own.</summary>
    public bool IsOnTop => GroupKey is null && JoinedTo is null;
}

/// <summary>
/// The rank and its parts: minor units at risk × urgency × confidence. Urgency is 1 when the decision is due, halves every 48 hours before,
/// and is never below 0.05.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AlertScore(double AtRisk, double Urgency, double Confidence)
{
    public double Value => AtRisk * Urgency * Confidence;

    public static AlertScore Of(Money atRisk, DateTimeOffset? decideBy, double confidence, DateTimeOffset now) =>
        new(atRisk.Minor, UrgencyOf(decideBy is { } by ? (by - now).TotalHours : double.PositiveInfinity), confidence);

    public static double UrgencyOf(double hoursLeft) => hoursLeft <= 0 ? 1 : Math.Max(0.05, Math.Pow(2, -hoursLeft / 48));
}

/// <summary>What is worth a message. Closed.</summary>
public enum AlertNewsKind { Opened, Worse, Overdue, Closed }

/// <summary>Something that happened to an alert and that its owner is told.</summary>
public sealed record AlertNews(AlertNewsKind Kind, Alert Alert);
