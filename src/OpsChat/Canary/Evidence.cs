namespace OpsChat.Canary;

/// <summary>What evidence is measured against. Other rules need a new count from the stored cases.</summary>
/// <param name="Budget">The accepted error rate, 0 to 1.</param>
/// <param name="StageSince">When the present stage began; evidence for a promotion starts there.</param>
/// <param name="FullSince">When everyone was let in, for the drift detector; null below 100 %.</param>
public sealed record EvidenceRules(double Budget, DateTimeOffset StageSince, DateTimeOffset? FullSince = null);

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
    public static Evidence Of(IEnumerable<CaseOutcome> inOrder, EvidenceRules rules, DateTimeOffset now) => None(rules).Then(inOrder, now);

    /// <summary>This evidence continued with the cases that follow in the order.</summary>
    public Evidence Then(IEnumerable<CaseOutcome> later, DateTimeOffset now) => later.Aggregate(this, (evidence, @case) => evidence.Add(@case, now));

    private Evidence Add(CaseOutcome @case, DateTimeOffset now)
    {
        var wrong = @case.Sent == Standing.Wrong;
        var atStage = @case.StartedAt >= Rules.StageSince;
        var atFull = Rules.FullSince is { } since && @case.StartedAt >= since;
        return this with
        {
            Sent = @case.WasSent ? Sent.Add(wrong) : Sent,
            Drawn = atStage && @case.DrawnRight is { } right ? Drawn.Add(!right) : Drawn,
            HeldBack = atStage && @case is { DrawnRight: null, HeldBackRight: { } heldRight } ? HeldBack.Add(!heldRight) : HeldBack,
            Relative = IsComparable(@case, now) ? Relative.Add(@case.Arm, @case.Share, @case.CustomerUnhappy) : Relative,
            Drift = atFull && @case.WasSent ? Drift.Add(wrong, Rules.Budget) : Drift,
            Split = @case.FirstOfCustomer ? Split.Add(@case.Share, @case.Arm) : Split,
        };
    }

    /// <summary>
    /// Both arms must hold the same kind of case: one that the agent answered, or would have answered but for the arm, and that has been
    /// watched for the full 24 h. A customer whose arm changed within the case belongs to neither.
    /// </summary>
    private static bool IsComparable(CaseOutcome @case, DateTimeOffset now) =>
        @case.RepliedAt is { } replied && replied + CaseOutcome.QuietAfter <= now
        && (@case.Arm == Arm.Canary
            ? @case.AgentReplied
            : !@case.WasSent && @case.Answers.Any(a => a.WouldSend));
}

/// <summary>
/// Evidence over all cases before a moment, stored so that a new outcome costs only the cases since. It is set anew now and then (once a day,
/// a week behind) and counted anew when something before it changes.
/// </summary>
/// <param name="Through">Every case with an <see cref="CaseOutcome.OrderedAt"/> before this is in it, no other.</param>
public sealed record EvidenceCheckpoint(DateTimeOffset Through, Evidence Evidence)
{
    /// <summary>How far behind the present a checkpoint should be: nearly all late evidence has come by then.</summary>
    public static readonly TimeSpan Behind = TimeSpan.FromDays(7);

    /// <summary>Whether it can still be continued after a case changed. False: count anew with <see cref="Evidence.Of"/>.</summary>
    /// <param name="before">Null for a new case.</param>
    public bool StaysValid(CaseOutcome? before, CaseOutcome after, EvidenceRules rules) =>
        rules == Evidence.Rules && after.OrderedAt >= Through && (before is null || before.OrderedAt >= Through);
}
