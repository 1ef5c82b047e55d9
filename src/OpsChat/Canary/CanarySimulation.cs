namespace OpsChat.Canary;

/// <summary>A shop to try a configuration on.</summary>
/// <param name="Rate">The true error rate of the agent, 0 to 1.</param>
/// <param name="Budget">The error budget, 0 to 1.</param>
/// <param name="Conversations">Of both arms together, in one run.</param>
public sealed record SimulationPlan(double Rate, double Budget, int Conversations, int Runs)
{
    public double Significance { get; init; } = 0.05;

    public int MinimumScored { get; init; } = 30;

    /// <summary>The error rate of the people in the control arm; null: there is no control arm.</summary>
    public double? Control { get; init; }

    /// <summary>The canary's share of the conversations when there is a control arm, 0 to 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>The share of the sent answers that is judged in spot-checks; 1: every one is judged at once.</summary>
    public double SpotChecks { get; init; } = 1;

    /// <summary>The share of the wronged customers who say so; the others are silent. 1: every wrong answer surfaces.</summary>
    public double Complaints { get; init; } = 1;

    /// <summary>Conversations a day, when wrongs surface within 12 h and rights go quiet after 24 h; null: all is known at once.</summary>
    public int? DelayedPerDay { get; init; }

    /// <summary>The rate jumps to this after <see cref="DriftAfter"/> conversations, and the drift detector runs; null: it stays.</summary>
    public double? DriftTo { get; init; }

    public int DriftAfter { get; init; }

    /// <summary>The same seed gives the same result.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>How often and how soon a configuration would act.</summary>
/// <param name="FalseRollback">The share of runs that were rolled back without cause: 0 when the rate is above the budget, or above the
/// control's, or drifts.</param>
/// <param name="ScaleUp">The share of runs that gathered enough evidence for a promotion before any rollback.</param>
/// <param name="RolledBack">The share of runs that were rolled back.</param>
/// <param name="MedianConversationsToRollback">Over the runs that were; null when none was. With a drift, counted from the jump.</param>
/// <param name="MedianConversationsToScaleUp">Over the runs that were; null when none was.</param>
public sealed record SimulationResult(
    double FalseRollback, double ScaleUp, double RolledBack, double? MedianConversationsToRollback, double? MedianConversationsToScaleUp);

/// <summary>
/// Plays a configuration through many times, with the same evidence that decides in earnest, looked at after every conversation. A run ends
/// with a rollback; it goes on after a promotion, whose evidence is counted once.
/// </summary>
public static class CanarySimulation
{
    public static SimulationResult Run(SimulationPlan plan)
    {
        var rollbacks = new List<double>();
        var promotions = new List<double>();
        for (var run = 0; run < plan.Runs; run++)
        {
            // Every run has a stream of its own, so that a run does not depend on how long the ones before it were.
            var ending = new SimulatedRun(plan, new Random(HashSeed(plan.Seed, run))).Play();
            if (ending.RolledBackAt is { } back)
            {
                rollbacks.Add(back);
            }
            if (ending.PromotedAt is { } up)
            {
                promotions.Add(up);
            }
        }
        var rolledBack = (double)rollbacks.Count / plan.Runs;
        return new(HasCause(plan) ? 0 : rolledBack, (double)promotions.Count / plan.Runs, rolledBack, Median(rollbacks), Median(promotions));
    }

    private static bool HasCause(SimulationPlan plan) =>
        plan.Rate > plan.Budget || plan.Rate > plan.Control || plan.DriftTo > plan.Budget;

    private static int HashSeed(int seed, int run) => unchecked((seed * (int)2654435761u) ^ (run * 40503 + 977));

    private static double? Median(List<double> values)
    {
        if (values.Count == 0)
        {
            return null;
        }
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}

/// <summary>When a run acted, in conversations; null: not at all.</summary>
internal sealed record SimulatedEnding(int? RolledBackAt, int? PromotedAt);

/// <summary>One run of a simulation: the same tallies and formulas as in earnest, without the cases that they are counted from.</summary>
internal sealed class SimulatedRun
{
    private readonly SimulationPlan _plan;
    private readonly Random _random;
    private readonly Alternatives _above;
    private readonly Alternatives _below;
    private readonly double _actsAt;
    private readonly PriorityQueue<int, double> _surfacing = new();
    private Tally _sent = Tally.None;
    private Tally _judged = Tally.None;
    private RelativeEvidence _relative = RelativeEvidence.None;
    private DriftEvidence _drift = DriftEvidence.None;

    public SimulatedRun(SimulationPlan plan, Random random)
    {
        (_plan, _random, _actsAt) = (plan, random, -Math.Log(plan.Significance));
        (_above, _below) = (Alternatives.Above(plan.Budget), Alternatives.Below(plan.Budget));
    }

    public SimulatedEnding Play()
    {
        int? promotedAt = null;
        for (var i = 1; i <= _plan.Conversations; i++)
        {
            Converse(i);
            if (IsHarmful(i))
            {
                return new(_plan.DriftTo is null ? i : Math.Max(0, i - _plan.DriftAfter), promotedAt);
            }
            promotedAt ??= IsGood() ? i : null;
        }
        return new(null, promotedAt);
    }

    private void Converse(int number)
    {
        var arm = _plan.Control is null || _random.NextDouble() < _plan.Share ? Arm.Canary : Arm.Control;
        var rate = arm == Arm.Control ? _plan.Control!.Value : _plan.DriftTo is { } drifted && number > _plan.DriftAfter ? drifted : _plan.Rate;
        var wrong = _random.NextDouble() < rate;
        var complains = wrong && _random.NextDouble() < _plan.Complaints;
        if (_plan.Control is not null)
        {
            _relative = _relative.Add(arm, _plan.Share, complains);
        }
        if (arm == Arm.Canary)
        {
            Answer(number, wrong, complains);
        }
    }

    /// <summary>One answered case: known by complaint, by spot-check, or not at all; now or later.</summary>
    private void Answer(int number, bool wrong, bool complains)
    {
        var drawn = _random.NextDouble() < _plan.SpotChecks;
        var known = complains || (drawn && wrong);
        if (_plan.DelayedPerDay is { } perDay)
        {
            var hours = 24.0 * number / perDay;
            _sent = _sent.Add(wrong: false);
            if (known)
            {
                _surfacing.Enqueue(number, hours + 12 * _random.NextDouble());
            }
            Surface(hours);
        }
        else
        {
            _sent = _sent.Add(known);
        }
        _judged = drawn ? _judged.Add(wrong) : _judged;
        _drift = _plan.DriftTo is null ? _drift : _drift.Add(known, _above);
    }

    private void Surface(double hours)
    {
        while (_surfacing.TryPeek(out _, out var at) && at <= hours)
        {
            _surfacing.Dequeue();
            _sent = _sent with { Wrong = _sent.Wrong + 1 };
        }
    }

    /// <summary>Before a jump only the drift that follows is of interest, so an earlier alarm is let pass.</summary>
    private bool IsHarmful(int number) =>
        _plan.DriftTo is not null
            ? number > _plan.DriftAfter && _drift.IsAlarm
            : _above.Log(_sent) >= _actsAt || _relative.Log >= _actsAt;

    private bool IsGood() => _judged.Cases >= _plan.MinimumScored && _below.Log(_judged) >= _actsAt;
}
