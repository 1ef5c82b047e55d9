namespace OpsChat.Canary;

/// <summary>What evidence is measured against. Other rules need a new count from the stored cases.</summary>
/// <param name="Budget">The accepted error rate, 0 to 1.</param>
/// <param name="StageSince">When the present stage began; evidence for a promotion starts there.</param>
/// <param name="FullSince">When everyone was let in, for the drift detector; null below 100 %.</param>
public sealed record EvidenceRules(double Budget, DateTimeOffset StageSince, DateTimeOffset? FullSince = null)
{
    /// <summary>When the owner let it begin anew: cases that began before are no evidence. Null when that never happened.</summary>
    public DateTimeOffset? Begun { get; init; }
}

/// <summary>What evidence sees of a case, and no more: a case whose news leave this as it is changes no evidence.</summary>
/// <param name="OrderedAt">Its place in the order of evidence: <see cref="CaseOutcome.OrderedAt"/>.</param>
/// <param name="First">The customer's first case at that share, for the split check.</param>
/// <param name="Wrong">Something that the customer received from the agent was wrong.</param>
/// <param name="DrawnRight">First kind of judgement; null when there is none.</param>
/// <param name="HeldBackRight">Second kind; null when there is none.</param>
/// <param name="ComparableAt">From then on the case is compared with the other arm's; null when it never is.</param>
public readonly record struct EvidenceCase(
    DateTimeOffset StartedAt,
    DateTimeOffset OrderedAt,
    Arm Arm,
    double Share,
    bool First,
    bool WasSent,
    bool Wrong,
    bool? DrawnRight,
    bool? HeldBackRight,
    DateTimeOffset? ComparableAt,
    bool Unhappy
)
{
    public static EvidenceCase Of(CaseOutcome it) =>
        new(
            it.StartedAt,
            it.OrderedAt,
            it.Arm,
            it.Share,
            it.FirstOfCustomer,
            it.WasSent,
            it.WasSent && it.Sent == Standing.Wrong,
            it.DrawnRight,
            it.HeldBackRight,
            IsComparable(it) ? it.RepliedAt + CaseOutcome.QuietAfter : null,
            it.CustomerUnhappy
        );

    /// <summary>
    /// Both arms must hold the same kind of case: one that the agent answered, or would have answered but for the arm. A customer whose arm
    /// changed within the case belongs to neither.
    /// </summary>
    private static bool IsComparable(CaseOutcome it) => it.Arm == Arm.Canary ? it.AgentReplied : !it.WasSent && it.Answers.Any(a => a.WouldSend);
}

/// <summary>
/// The evidence about one playbook version, or about the whole. It is a fold over cases in the order of <see cref="CaseOutcome.OrderedAt"/> (then
/// id), so the same cases always give the same evidence, and a stored beginning can be continued.
/// </summary>
/// <param name="Sent">Cases with an answer of the agent since the version began; pending and quiet ones count as right.</param>
/// <param name="Drawn">First kind of judged cases at this stage: answers that customers received, drawn at random.</param>
/// <param name="HeldBack">Second kind at this stage: control drafts that only the arm held back.</param>
/// <param name="Relative">Canary against control, by what customers did within 24 h of the first reply.</param>
/// <param name="Drift">Since everyone was let in.</param>
/// <param name="Split">Whether the arms have the size that they should have.</param>
public sealed record Evidence(
    EvidenceRules Rules, Tally Sent, Tally Drawn, Tally HeldBack, RelativeEvidence Relative, DriftEvidence Drift, SplitEvidence Split)
{
    public static Evidence None(EvidenceRules rules) =>
        new(rules, Tally.None, Tally.None, Tally.None, RelativeEvidence.None, DriftEvidence.None, SplitEvidence.None);

    /// <summary>Both kinds of judged cases at this stage.</summary>
    public Tally Judged => Drawn + HeldBack;

    /// <summary>ln E_up: the error rate is above the budget.</summary>
    public double LogUp => EValues.LogUp(Sent, Rules.Budget);

    /// <summary>ln E_down: the error rate is below the budget.</summary>
    public double LogDown => EValues.LogDown(Judged, Rules.Budget);

    /// <summary>The evidence from stored cases alone.</summary>
    /// <param name="inOrder">By <see cref="CaseOutcome.OrderedAt"/>, then id.</param>
    /// <param name="now">Arms are compared only where the customer has had 24 h since the reply.</param>
    public static Evidence Of(IEnumerable<CaseOutcome> inOrder, EvidenceRules rules, DateTimeOffset now) =>
        None(rules).Then(inOrder.Select(EvidenceCase.Of), now);

    /// <summary>
    /// The whole's evidence out of its playbooks'. The answers of all of them speak for a rollback, which takes all out; for a promotion only the
    /// playbooks speak that it moves.
    /// </summary>
    /// <param name="followers">Of the members, those without a percentage of their own. Their stages began when the whole's did, or later.</param>
    /// <param name="drift">Of the cases of all members in one order.</param>
    public static Evidence Together(EvidenceRules rules, IEnumerable<Evidence> members, IEnumerable<Evidence> followers, DriftEvidence drift)
    {
        var whole = members.Aggregate(None(rules), (sum, one) =>
            sum with
            {
                Sent = sum.Sent + one.Sent,
                Relative = sum.Relative + one.Relative,
                Split = sum.Split + one.Split,
            }
        );
        return followers.Aggregate(whole with { Drift = drift }, (sum, one) =>
            sum with
            {
                Drawn = sum.Drawn + one.Drawn,
                HeldBack = sum.HeldBack + one.HeldBack,
            }
        );
    }

    /// <summary>This evidence continued with the cases that follow in the order.</summary>
    public Evidence Then(IEnumerable<EvidenceCase> later, DateTimeOffset now) => later.Aggregate(this, (evidence, @case) => evidence.Add(@case, now));

    private Evidence Add(EvidenceCase @case, DateTimeOffset now)
    {
        var atStage = @case.StartedAt >= Rules.StageSince;
        var atFull = Rules.FullSince is { } since && @case.StartedAt >= since;
        return this with
        {
            Sent = @case.WasSent ? Sent.Add(@case.Wrong) : Sent,
            Drawn = atStage && @case.DrawnRight is { } right ? Drawn.Add(!right) : Drawn,
            HeldBack = atStage && @case is { DrawnRight: null, HeldBackRight: { } heldRight } ? HeldBack.Add(!heldRight) : HeldBack,
            Relative = @case.ComparableAt <= now ? Relative.Add(@case.Arm, @case.Share, @case.Unhappy) : Relative,
            Drift = atFull && @case.WasSent ? Drift.Add(@case.Wrong, Rules.Budget) : Drift,
            Split = @case.First ? Split.Add(@case.Share, @case.Arm) : Split,
        };
    }
}

/// <summary>
/// Evidence over all cases before a moment, stored so that a decision reads only the cases since. A case before it that changes makes
/// it, and every later one, void; the one before is then continued.
/// </summary>
/// <param name="Through">Every case with an <see cref="CaseOutcome.OrderedAt"/> before this is in it, no other.</param>
public sealed record EvidenceCheckpoint(DateTimeOffset Through, Evidence Evidence)
{
    /// <summary>How far behind the present it must be at least: until then time alone can make a case comparable.</summary>
    public static readonly TimeSpan Behind = CaseOutcome.QuietAfter;

    /// <summary>How long after one the next is set: the most that a decision reads is about this much more than <see cref="Behind"/>.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromDays(1);

    /// <summary>
    /// The same evidence under other rules, when it can be told without counting anew: a stage, or full coverage, that begins at or after
    /// <see cref="Through"/> has nothing before it. Null when it cannot, as after a new beginning.
    /// </summary>
    public Evidence? Under(EvidenceRules rules)
    {
        var known = Evidence.Rules;
        if (rules.Begun != known.Begun)
        {
            return null;
        }

        var sameStage = rules.StageSince == known.StageSince;
        var sameDrift = rules.FullSince is null || (rules.FullSince == known.FullSince && rules.Budget.Equals(known.Budget));
        if ((!sameStage && rules.StageSince < Through) || (!sameDrift && rules.FullSince < Through))
        {
            return null;
        }

        return Evidence with
        {
            Rules = rules,
            Drawn = sameStage ? Evidence.Drawn : Tally.None,
            HeldBack = sameStage ? Evidence.HeldBack : Tally.None,
            Drift = sameDrift && rules.FullSince is not null ? Evidence.Drift : DriftEvidence.None,
        };
    }
}
