using OpsChat.Drafting;
using OpsChat.Text;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace OpsChat.Canary;

/// <summary>Who chose the playbook of a case's first sent answer: a stratum of its own in evidence, report and error log.</summary>
public enum ReadBy { Classifier, Model }

/// <summary>What one row of counters is about.</summary>
/// <param name="Day">The day in the shop's time zone on which the case began; what happens in it later is counted there too.</param>
/// <param name="Playbook">The issue; <c>none</c> where no playbook was chosen.</param>
/// <param name="Version">Empty where no playbook was chosen.</param>
public sealed record CounterKey(DateOnly Day, string Playbook, string Version, Arm Arm, ReadBy ReadBy = ReadBy.Classifier)
{
    /// <summary>The playbook's name in rows of messages for which none was chosen.</summary>
    public const string NoPlaybook = "none";

    public static CounterKey Of(CaseOutcome @case, TimeZoneInfo shop) =>
        new(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(@case.StartedAt, shop).DateTime), @case.Playbook, @case.Version, @case.Arm, @case.ReadBy);
}

/// <summary>A stored row of counters.</summary>
public sealed record CounterRow(CounterKey Key, DayCounters Counters);

/// <summary>
/// Everything that the report counts, as sums under names. The store keeps one row for each <see cref="CounterKey"/> and adds to it in the
/// transaction that stores the outcome; a report then reads rows, never outcomes. When a case changes, the difference is added:
/// <see cref="Change"/>, under the same day, which a case never changes. Only what was counted is kept: most rows have few of the names.
/// </summary>
[JsonConverter(typeof(DayCountersJson))]
public sealed record DayCounters
{
    /// <summary>Money of the model is counted in billionths, so that a sum of many small prices stays exact.</summary>
    private const decimal Billion = 1_000_000_000;

    private SparseSums _sums = SparseSums.None;

    public DayCounters()
    {
    }

    internal DayCounters(SparseSums sums) => _sums = sums;

    public static DayCounters Zero { get; } = new();

    /// <summary>Every sum that is not 0 under its name, those of a group as <c>Group/member</c>; in ordinal order of the names.</summary>
    public IEnumerable<KeyValuePair<string, long>> ByName => _sums.All.Select(s => KeyValuePair.Create(s.Name, s.Value));

    /// <summary>From <see cref="ByName"/>, in any order.</summary>
    public static DayCounters Of(IEnumerable<KeyValuePair<string, long>> byName) =>
        new(SparseSums.Of([.. byName.Where(s => s.Value != 0).Select(s => new NamedSum(s.Key, s.Value))]));

    internal SparseSums Sums => _sums;

    /// <summary>Cases that began.</summary>
    public int Cases { get => Sum(); init => Keep(value); }

    /// <summary>Of these, answered by the agent; then how these stand: <see cref="Wrong"/>, <see cref="Right"/>, <see cref="Quiet"/>, else
    /// pending.</summary>
    public int Sent { get => Sum(); init => Keep(value); }

    public int Wrong { get => Sum(); init => Keep(value); }

    public int Right { get => Sum(); init => Keep(value); }

    public int Quiet { get => Sum(); init => Keep(value); }

    /// <summary>Single answers that the agent sent, for the hours saved.</summary>
    public int Answers { get => Sum(); init => Keep(value); }

    /// <summary>Cases whose draft a person judged by using, editing or rejecting it, and those where it was wrong. The second kind of
    /// evidence.</summary>
    public int DraftsJudged { get => Sum(); init => Keep(value); }

    public int DraftsWrong { get => Sum(); init => Keep(value); }

    /// <summary>Of these, cases of the control arm whose draft only the arm held back.</summary>
    public int HeldBackJudged { get => Sum(); init => Keep(value); }

    /// <summary>Cases drawn for a spot-check, and those that nobody judged yet.</summary>
    public int Drawn { get => Sum(); init => Keep(value); }

    public int Unjudged { get => Sum(); init => Keep(value); }

    /// <summary>Cases that are evidence for a promotion, of both kinds.</summary>
    public int JudgedForPromotion => Drawn - Unjudged + HeldBackJudged;

    /// <summary>Cases in which anybody replied, and those whose customer complained, came back or asked for a person within 24 h.</summary>
    public int Replied { get => Sum(); init => Keep(value); }

    public int Unhappy { get => Sum(); init => Keep(value); }

    /// <summary>Drafts that a guardrail stopped.</summary>
    public int Blocked { get => Sum(); init => Keep(value); }

    /// <summary>Kinds of error in what customers received; a case counts once for each kind it has.</summary>
    public Counts Kinds { get => Group(); init => Keep(value); }

    /// <summary>Kinds of error in drafts.</summary>
    public Counts DraftKinds { get => Group(); init => Keep(value); }

    /// <summary>Hand-offs by reason.</summary>
    public Counts HandOffs { get => Group(); init => Keep(value); }

    /// <summary>From the customer's message to the agent's answer.</summary>
    public Durations AgentTimes { get => Durations.From(Group()); init => Keep(value.Counted); }

    /// <summary>From the customer's message to a person's answer.</summary>
    public Durations PersonTimes { get => Durations.From(Group()); init => Keep(value.Counted); }

    public int ApprovalsAsked { get => Sum(); init => Keep(value); }

    public int Approved { get => Sum(); init => Keep(value); }

    public int Rejected { get => Sum(); init => Keep(value); }

    public int Expired { get => Sum(); init => Keep(value); }

    /// <summary>From asking to the owner's decision.</summary>
    public Durations DecisionTimes { get => Durations.From(Group()); init => Keep(value.Counted); }

    /// <summary>Minor units by currency.</summary>
    public Counts MoneyApproved { get => Group(); init => Keep(value); }

    public Counts MoneyRejected { get => Group(); init => Keep(value); }

    /// <summary>Calls of a model, failed ones included; the tokens and the money that they took, in the currency of the configured prices.</summary>
    public int ModelCalls { get => Sum(); init => Keep(value); }

    public long ModelTokens { get => LongSum(); init => Keep(value); }

    public decimal ModelCost { get => LongSum() / Billion; init => Keep((long)(value * Billion)); }

    /// <summary>Of <see cref="Answers"/>, those for which a model was called.</summary>
    public int AnswersWithModel { get => Sum(); init => Keep(value); }

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
        Kinds = Counts.Of(@case.Failures > 0 ? @case.SentErrors.Append(ErrorKind.Failed).Distinct() : @case.SentErrors),
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

    public static DayCounters operator +(DayCounters one, DayCounters other) => new(one._sums + other._sums);

    /// <summary>What takes these away again.</summary>
    public static DayCounters operator -(DayCounters one) => new(-one._sums);

    /// <summary>What a case adds now less what it added before; null for a new case.</summary>
    public static DayCounters Change(CaseOutcome? before, CaseOutcome after) =>
        before is null ? Of(after) : Of(after) + -Of(before);

    // A property is stored under its own name.
    private int Sum([CallerMemberName] string name = "") => (int)_sums[name];

    private long LongSum([CallerMemberName] string name = "") => _sums[name];

    private Counts Group([CallerMemberName] string name = "") => _sums.Group(name);

    private void Keep(long value, [CallerMemberName] string name = "") => _sums = _sums.With(name, value);

    private void Keep(Counts counts, [CallerMemberName] string name = "") => _sums = _sums.With(name, counts);

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

    public bool Equals(Counts? other) => other is not null && ByName.SequenceEqual(other.ByName);

    public override int GetHashCode() => ByName.Count;
}
