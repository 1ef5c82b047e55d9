using System.Collections.Immutable;
using OpsChat.Drafting;
using OpsChat.Facts;

namespace OpsChat.Canary;

/// <summary>What one row of counters is about.</summary>
/// <param name="Day">The day in the shop's time zone on which the case began; what happens in it later is counted there too.</param>
/// <param name="Playbook">The issue; <c>none</c> where no playbook was chosen.</param>
/// <param name="Version">Empty where no playbook was chosen.</param>
public sealed record CounterKey(DateOnly Day, string Playbook, string Version, Arm Arm)
{
    /// <summary>The playbook's name in rows of messages for which none was chosen.</summary>
    public const string NoPlaybook = "none";

    public static CounterKey Of(CaseOutcome @case, TimeZoneInfo shop) =>
        new(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(@case.StartedAt, shop).DateTime), @case.Playbook, @case.Version, @case.Arm);
}

/// <summary>A stored row of counters.</summary>
public sealed record CounterRow(CounterKey Key, DayCounters Counters);

/// <summary>
/// Everything that the report counts, as sums. The store keeps one row for each <see cref="CounterKey"/> and adds to it in the transaction
/// that stores the outcome; a report then reads rows, never outcomes. When a case changes, the difference is added:
/// <see cref="Change"/>, under the same key, since a case never changes its day.
/// </summary>
public sealed record DayCounters
{
    public static DayCounters Zero { get; } = new();

    /// <summary>Cases that began.</summary>
    public int Cases { get; init; }

    /// <summary>Of these, answered by the agent; then how these stand: <see cref="Wrong"/>, <see cref="Right"/>, <see cref="Quiet"/>, else pending.</summary>
    public int Sent { get; init; }

    public int Wrong { get; init; }

    public int Right { get; init; }

    public int Quiet { get; init; }

    /// <summary>Single answers that the agent sent, for the hours saved.</summary>
    public int Answers { get; init; }

    /// <summary>Cases whose draft a person judged by using, editing or rejecting it, and those where it was wrong. The second kind of evidence.</summary>
    public int DraftsJudged { get; init; }

    public int DraftsWrong { get; init; }

    /// <summary>Of these, cases of the control arm whose draft only the arm held back.</summary>
    public int HeldBackJudged { get; init; }

    /// <summary>Cases drawn for a spot-check, and those that nobody judged yet.</summary>
    public int Drawn { get; init; }

    public int Unjudged { get; init; }

    /// <summary>Cases that are evidence for a promotion, of both kinds.</summary>
    public int JudgedForPromotion => Drawn - Unjudged + HeldBackJudged;

    /// <summary>Cases in which anybody replied, and those whose customer complained, came back or asked for a person within 24 h.</summary>
    public int Replied { get; init; }

    public int Unhappy { get; init; }

    /// <summary>Drafts that a guardrail stopped.</summary>
    public int Blocked { get; init; }

    /// <summary>Kinds of error in what customers received; a case counts once for each kind it has.</summary>
    public Counts Kinds { get; init; } = Counts.None;

    /// <summary>Kinds of error in drafts.</summary>
    public Counts DraftKinds { get; init; } = Counts.None;

    /// <summary>Hand-offs by reason.</summary>
    public Counts HandOffs { get; init; } = Counts.None;

    /// <summary>From the customer's message to the agent's answer.</summary>
    public Durations AgentTimes { get; init; } = Durations.None;

    /// <summary>From the customer's message to a person's answer.</summary>
    public Durations PersonTimes { get; init; } = Durations.None;

    public int ApprovalsAsked { get; init; }

    public int Approved { get; init; }

    public int Rejected { get; init; }

    public int Expired { get; init; }

    /// <summary>From asking to the owner's decision.</summary>
    public Durations DecisionTimes { get; init; } = Durations.None;

    /// <summary>Minor units by currency.</summary>
    public Counts MoneyApproved { get; init; } = Counts.None;

    public Counts MoneyRejected { get; init; } = Counts.None;

    /// <summary>Calls of a model, failed ones included; the tokens and the money that they took, in the currency of the configured prices.</summary>
    public int ModelCalls { get; init; }

    public long ModelTokens { get; init; }

    public decimal ModelCost { get; init; }

    /// <summary>Of <see cref="Answers"/>, those for which a model was called.</summary>
    public int AnswersWithModel { get; init; }

    /// <summary>What one case adds.</summary>
    public static DayCounters Of(CaseOutcome @case) => new()
    {
        Cases = 1,
        Sent = One(@case.WasSent),
        Wrong = One(@case.Sent == Standing.Wrong),
        Right = One(@case.Sent == Standing.Right),
        Quiet = One(@case.Sent == Standing.Quiet),
        Answers = @case.Answers.Count(a => a.WasSent),
        DraftsJudged = One(@case.Drafted != Standing.Pending),
        DraftsWrong = One(@case.Drafted == Standing.Wrong),
        HeldBackJudged = One(@case is { DrawnRight: null, HeldBackRight: not null }),
        Drawn = One(@case.Drawn),
        Unjudged = One(@case.Drawn && @case.DrawnRight is null),
        Replied = One(@case.RepliedAt is not null),
        Unhappy = One(@case.CustomerUnhappy),
        Blocked = @case.Blocked,
        Kinds = Counts.Of(@case.SentErrors),
        DraftKinds = Counts.Of(@case.DraftErrors),
    };

    public static DayCounters OfHandOff(string reason) => new() { HandOffs = Counts.Of(reason, 1) };

    public static DayCounters OfAnswer(bool byAgent, TimeSpan wait) =>
        byAgent ? new() { AgentTimes = Durations.Of(wait) } : new() { PersonTimes = Durations.Of(wait) };

    public static DayCounters OfApprovalAsked() => new() { ApprovalsAsked = 1 };

    /// <param name="money">Null when the approval moves none.</param>
    public static DayCounters OfDecision(bool approved, TimeSpan after, Money? money)
    {
        var amount = money is { } m ? Counts.Of(m.Currency, m.Minor) : Counts.None;
        var decided = new DayCounters { DecisionTimes = Durations.Of(after) };
        return approved ? decided with { Approved = 1, MoneyApproved = amount } : decided with { Rejected = 1, MoneyRejected = amount };
    }

    public static DayCounters OfExpiry() => new() { Expired = 1 };

    public static DayCounters OfModel(IEnumerable<ModelUse> uses) => uses.Aggregate(Zero, (sum, use) => sum + new DayCounters
    {
        ModelCalls = One(use.WasCalled),
        ModelTokens = use.Tokens,
        ModelCost = use.Cost,
    });

    public static DayCounters OfAnswerWithModel() => new() { AnswersWithModel = 1 };

    public static DayCounters operator +(DayCounters one, DayCounters other) => new()
    {
        Cases = one.Cases + other.Cases,
        Sent = one.Sent + other.Sent,
        Wrong = one.Wrong + other.Wrong,
        Right = one.Right + other.Right,
        Quiet = one.Quiet + other.Quiet,
        Answers = one.Answers + other.Answers,
        DraftsJudged = one.DraftsJudged + other.DraftsJudged,
        DraftsWrong = one.DraftsWrong + other.DraftsWrong,
        HeldBackJudged = one.HeldBackJudged + other.HeldBackJudged,
        Drawn = one.Drawn + other.Drawn,
        Unjudged = one.Unjudged + other.Unjudged,
        Replied = one.Replied + other.Replied,
        Unhappy = one.Unhappy + other.Unhappy,
        Blocked = one.Blocked + other.Blocked,
        Kinds = one.Kinds + other.Kinds,
        DraftKinds = one.DraftKinds + other.DraftKinds,
        HandOffs = one.HandOffs + other.HandOffs,
        AgentTimes = one.AgentTimes + other.AgentTimes,
        PersonTimes = one.PersonTimes + other.PersonTimes,
        ApprovalsAsked = one.ApprovalsAsked + other.ApprovalsAsked,
        Approved = one.Approved + other.Approved,
        Rejected = one.Rejected + other.Rejected,
        Expired = one.Expired + other.Expired,
        DecisionTimes = one.DecisionTimes + other.DecisionTimes,
        MoneyApproved = one.MoneyApproved + other.MoneyApproved,
        MoneyRejected = one.MoneyRejected + other.MoneyRejected,
        ModelCalls = one.ModelCalls + other.ModelCalls,
        ModelTokens = one.ModelTokens + other.ModelTokens,
        ModelCost = one.ModelCost + other.ModelCost,
        AnswersWithModel = one.AnswersWithModel + other.AnswersWithModel,
    };

    /// <summary>What a case adds now less what it added before; null for a new case.</summary>
    public static DayCounters Change(CaseOutcome? before, CaseOutcome after) =>
        before is null ? Of(after) : Of(after) + Negated(Of(before));

    private static DayCounters Negated(DayCounters of) => new()
    {
        Cases = -of.Cases,
        Sent = -of.Sent,
        Wrong = -of.Wrong,
        Right = -of.Right,
        Quiet = -of.Quiet,
        Answers = -of.Answers,
        DraftsJudged = -of.DraftsJudged,
        DraftsWrong = -of.DraftsWrong,
        HeldBackJudged = -of.HeldBackJudged,
        Drawn = -of.Drawn,
        Unjudged = -of.Unjudged,
        Replied = -of.Replied,
        Unhappy = -of.Unhappy,
        Blocked = -of.Blocked,
        Kinds = -of.Kinds,
        DraftKinds = -of.DraftKinds,
    };

    private static int One(bool holds) => holds ? 1 : 0;
}

/// <summary>How many of each; names without any are left out.</summary>
public sealed record Counts(ImmutableSortedDictionary<string, long> ByName)
{
    public static Counts None { get; } = new(ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal));

    public static Counts Of(string name, long count) => new(None.ByName.Add(name, count));

    /// <summary>One for each kind, under its word: <c>incorrect</c>.</summary>
    public static Counts Of(IEnumerable<ErrorKind> kinds) =>
        kinds.Aggregate(None, (sum, kind) => sum + Of(CanaryConfigText.Word(kind), 1));

    public static Counts operator +(Counts one, Counts other)
    {
        var sum = one.ByName;
        foreach (var (name, count) in other.ByName)
        {
            var total = sum.GetValueOrDefault(name) + count;
            sum = total == 0 ? sum.Remove(name) : sum.SetItem(name, total);
        }
        return new(sum);
    }

    public static Counts operator -(Counts one) => new(one.ByName.ToImmutableSortedDictionary(n => n.Key, n => -n.Value, StringComparer.Ordinal));

    public bool Equals(Counts? other) => other is not null && ByName.SequenceEqual(other.ByName);

    public override int GetHashCode() => ByName.Count;
}
