using System.Globalization;

namespace OpsChat.Canary;

/// <summary>What the rollout should do next, and why in one plain sentence. Closed.</summary>
/// <param name="Why">For the owner: shown, announced and kept in the audit log as it is.</param>
public abstract record RolloutDecision(string Why)
{
    /// <summary>The same as advice, while it has not been done.</summary>
    public string Advice { get => field ?? Why; init; }

    public sealed record Hold(string Why) : RolloutDecision(Why);

    /// <summary>Take the next stage at once.</summary>
    /// <param name="To">Percent.</param>
    public sealed record Promote(decimal To, string Why) : RolloutDecision(Why);

    public sealed record AskPromote(decimal To, string Why) : RolloutDecision(Why);

    /// <summary>Go to 0 % at once.</summary>
    public sealed record RollBack(string Why) : RolloutDecision(Why);

    public sealed record AskRollBack(string Why) : RolloutDecision(Why);
}

/// <summary>Why the percentage of a playbook, or of the whole, is what it is.</summary>
public enum RolloutStep { Started, Promoted, SetByOwner, RolledBack, NewVersion, BegunAnew }

/// <summary>The life of one playbook's rollout, or of the whole's, as far as a decision needs it.</summary>
/// <param name="Step">What set the present percentage.</param>
/// <param name="Since">When that was; evidence for a promotion starts there.</param>
/// <param name="Paused">A person or a critical event stopped it.</param>
public sealed record RolloutState(RolloutStep Step, DateTimeOffset Since, bool Paused = false);

/// <summary>Spot-checks that were drawn 48 h ago or earlier.</summary>
public sealed record SpotCheckBacklog(int Drawn, int Unjudged)
{
    /// <summary>How long a person may take before a drawn answer counts as unjudged.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(48);

    public static SpotCheckBacklog None { get; } = new(0, 0);

    /// <summary>More than this share unjudged and nothing is promoted: the judged ones may be the easy ones.</summary>
    public const double Most = 0.2;

    public double Share => Drawn == 0 ? 0 : (double)Unjudged / Drawn;

    public bool TooLarge => Share > Most;

    public static SpotCheckBacklog operator +(SpotCheckBacklog one, SpotCheckBacklog other) =>
        new(one.Drawn + other.Drawn, one.Unjudged + other.Unjudged);

    /// <summary>The backlog of the drawn cases among these, as of <paramref name="now"/>.</summary>
    public static SpotCheckBacklog Of(IEnumerable<CaseOutcome> cases, DateTimeOffset now)
    {
        var due = cases.Where(c => c.DrawnAt is { } at && at + Patience <= now).ToList();
        return new(due.Count, due.Count(c => c.DrawnRight is null));
    }
}

/// <summary>Everything that one decision looks at.</summary>
/// <param name="Playbook">Null: the whole.</param>
/// <param name="JudgedPerDay">How many cases were judged a day of late; for the forecast only.</param>
public sealed record RolloutView(
    string? Playbook, CanaryConfig Config, RolloutState State, Evidence Evidence, SpotCheckBacklog Backlog, double JudgedPerDay)
{
    /// <summary>Percent in force.</summary>
    public decimal Percentage => Config.PercentageOf(Playbook);

    /// <summary>The next stage above the percentage in force; null at the last.</summary>
    public decimal? NextStage => Config.StagesOf(Playbook).Where(s => s > Percentage).Select(s => (decimal?)s).FirstOrDefault();
}

/// <summary>The rollout's decisions. Pure; acting on them, announcing and recording is done elsewhere.</summary>
public static class Rollout
{
    /// <summary>
    /// What to do now. In this order: a pause holds; evidence of harm rolls back; enough evidence of quality
    /// promotes; everything else holds and says what is still needed. Inconclusive evidence never promotes.
    /// </summary>
    public static RolloutDecision Decide(RolloutView view)
    {
        if (view.State.Paused)
        {
            return new RolloutDecision.Hold("Paused; a person resumes it.");
        }
        if (view.Percentage == 0 && view.State.Step == RolloutStep.RolledBack)
        {
            return new RolloutDecision.Hold(
                $"Rolled back; a mended version begins at {Percent(view.Config.StagesOf(view.Playbook)[0])}. `canary "
                    + $"reset{(view.Playbook is { } own ? $" {own}" : "")}` begins anew as it is."
            );
        }
        return Harm(view) is { } harm ? Back(view, harm) : Forward(view);
    }

    /// <summary>The configuration after a decision that changes it; null for one that does not. A person's yes turns a question into its
    /// act.</summary>
    public static CanaryConfig? Apply(CanaryConfig config, string? playbook, RolloutDecision decision, bool saidYes = false) => decision switch
    {
        RolloutDecision.Promote p => config.With(playbook, p.To),
        RolloutDecision.AskPromote p when saidYes => config.With(playbook, p.To),
        RolloutDecision.RollBack => Zero(config, playbook),
        RolloutDecision.AskRollBack when saidYes => Zero(config, playbook),
        _ => null,
    };

    /// <summary>
    /// The configuration once a playbook has a new version: it keeps its percentage, except after a rollback, when it begins at the first stage.
    /// </summary>
    public static CanaryConfig WithNewVersion(CanaryConfig config, string playbook, RolloutState state) =>
        state.Step == RolloutStep.RolledBack && config.PercentageOf(playbook) == 0 ? SmallStart(config, playbook) : config;

    /// <summary>The configuration with the playbook at its first stage: the owner's one tap "start small".</summary>
    public static CanaryConfig SmallStart(CanaryConfig config, string playbook) => config.With(playbook, config.StagesOf(playbook)[0]);

    /// <summary>The configuration with a playbook, or everything when null, at the first stage: the owner's way back after a rollback.</summary>
    public static CanaryConfig BeginAnew(CanaryConfig config, string? playbook) => playbook is not null
        ? SmallStart(config, playbook)
        : config.Playbooks.Keys.Append(ModelStratum.Name).Aggregate(config.With(null, config.Stages[0]), SmallStart);

    /// <summary>A rollback of the whole takes the playbooks with a percentage of their own out too.</summary>
    private static CanaryConfig Zero(CanaryConfig config, string? playbook) =>
        playbook is null ? config.WithEveryoneOut() : config.With(playbook, 0);

    private static RolloutDecision Back(RolloutView view, string harm)
    {
        var who = view.Playbook is { } playbook ? $"\"{playbook}\"" : "all playbooks";
        return view.Config.Rollback == Rollback.Auto
            ? new RolloutDecision.RollBack($"Rolled {who} back from {Percent(view.Percentage)} to 0 %: {harm}")
            {
                Advice = $"Roll {who} back from {Percent(view.Percentage)} to 0 %: {harm}",
            }
            : new RolloutDecision.AskRollBack($"Roll {who} back from {Percent(view.Percentage)} to 0 %? {Capital(harm)}");
    }

    /// <summary>What speaks for a rollback, in words; null when nothing does, or when nobody is answered anyway.</summary>
    private static string? Harm(RolloutView view)
    {
        var actsAt = Math.Log(view.Config.ActsAt);
        var (sent, budget) = (view.Evidence.Sent, view.Config.ErrorBudget);
        if (view.Percentage == 0)
        {
            return null;
        }
        if (view.Evidence.LogUp >= actsAt)
        {
            return $"{sent.Wrong} of {sent.Cases} answered cases were wrong, more than the budget of {Share(budget)} allows by chance.";
        }
        if (view.Evidence.Relative.Log >= actsAt)
        {
            return $"customers who got the agent's answers complain, come back or ask for a person more often than those whom people "
                + $"answered ({sent.Wrong} of {sent.Cases} answered cases were wrong).";
        }
        return view.Evidence.Drift.IsAlarm
            ? $"the error rate has risen above the budget of {Share(budget)} of late ({sent.Wrong} of {sent.Cases} cases wrong since the "
                + "version began)."
            : null;
    }

    private static RolloutDecision Forward(RolloutView view)
    {
        var judged = view.Evidence.Judged;
        if (view.Playbook is { } playbook && !view.Config.HasOwn(playbook))
        {
            return Keep(view, $"it follows the percentage of the whole; {Judged(view)}.");
        }
        if (view.NextStage is not { } next)
        {
            return Keep(view, $"this is the last stage; {Judged(view)}.");
        }
        if (view.Config.Promote == Promotion.Never)
        {
            return Keep(view, $"promotion is switched off; {Judged(view)}.");
        }
        if (view.Backlog.TooLarge)
        {
            return Keep(view, $"{view.Backlog.Unjudged} of {view.Backlog.Drawn} spot-checks have waited for more than 48 hours; judge them first.");
        }
        if (view.Evidence.Split.IsBroken)
        {
            return Keep(
                view,
                "the agent does not get the share of customers that the percentage says, so the evidence cannot be trusted; look at the "
                    + "channel's customer ids."
            );
        }
        var enough = view.Evidence.LogDown >= Math.Log(view.Config.ActsAt) && judged.Cases >= view.Config.MinimumScored;
        return enough ? Up(view, next) : Keep(view, Needed(view));
    }

    private static RolloutDecision Up(RolloutView view, decimal next)
    {
        var because =
            $"{view.Evidence.Judged.Right} of {view.Evidence.Judged.Cases} judged cases were right, so the error rate is below "
                + $"{Share(view.Config.ErrorBudget)}.";
        return view.Config.Promote == Promotion.Auto
            ? new RolloutDecision.Promote(next, $"From {Percent(view.Percentage)} to {Percent(next)}: {because}")
            : new RolloutDecision.AskPromote(next, $"Go from {Percent(view.Percentage)} to {Percent(next)}? {because}");
    }

    /// <summary>Nothing is done by itself. Where the cases look worse than the budget, though no decision rests on so few, nobody is told to keep
    /// it: whoever reads the figures can judge sooner than statistics.</summary>
    private static RolloutDecision.Hold Keep(RolloutView view, string because) =>
        Worrying(view) is { } worry
            ? new($"{worry} By itself it stays at {Percent(view.Percentage)}: {because}")
            : new($"Keep at {Percent(view.Percentage)}: {because}");

    /// <summary>What speaks against going on and proves nothing yet, with what to do at once; null when nothing does, or nobody is answered
    /// anyway.</summary>
    private static string? Worrying(RolloutView view)
    {
        var budget = view.Config.ErrorBudget;
        // What customers got comes first, as the figures beside it count it. Who was only drawn for a look is known at once where a customer speaks
        // against the answer, and where nobody does not before a person has looked: of those alone the wrong ones are too many.
        var (tally, what) = view.Evidence.Sent.Rate > budget ? (view.Evidence.Sent, "answered") : (view.Evidence.Judged, "judged");
        return view.Percentage == 0 || tally.Rate is not { } rate || rate <= budget
            ? null
            : $"Look at the wrong answers now: {tally.Wrong} of {tally.Cases} {what} cases {(tally.Wrong == 1 ? "was" : "were")} wrong, above the "
                + $"budget of {Share(budget)}; so few may still be chance. If they did harm, do not wait for it: roll "
                + $"{(view.Playbook is null ? "all playbooks" : "it")} back, or pause the agent.";
    }

    /// <summary>How many right answers there are of how many needed, when all further ones are right, and how long that takes.</summary>
    private static string Needed(RolloutView view)
    {
        var judged = view.Evidence.Judged;
        var byEvidence = EValues.RightsNeeded(judged, view.Config.ErrorBudget, view.Config.Significance);
        if (byEvidence is not { } more || judged.Rate >= view.Config.ErrorBudget)
        {
            return judged.Cases < view.Config.MinimumScored
                ? $"{Judged(view)}; no further stage before that."
                : judged.Right == 0 ? $"{Judged(view)}, which is too close to the budget of {Share(view.Config.ErrorBudget)} to go on."
                : $"{judged.Wrong} of {judged.Cases} judged cases were wrong, too close to the budget of {Share(view.Config.ErrorBudget)} to go on.";
        }
        more = Math.Max(more, view.Config.MinimumScored - judged.Cases);
        var wrong = judged.Wrong == 0 ? "none wrong so far" : $"{judged.Wrong} wrong so far";
        return $"{judged.Right} of {judged.Right + more} right answers needed, {wrong}; {Pace(more, view.JudgedPerDay)}";
    }

    private static string Pace(int more, double perDay) => (more / perDay) switch
    {
        var days when double.IsNaN(days) || double.IsInfinity(days) || perDay <= 0 => "nothing is being judged at present.",
        <= 1 => "about a day at this pace.",
        > 365 => "more than a year at this pace.",
        var days => $"about {Math.Ceiling(days):0} days at this pace.",
    };

    /// <summary>What was judged; where that is less than any decision needs, it says so.</summary>
    private static string Judged(RolloutView view)
    {
        var (tally, needed) = (view.Evidence.Judged, view.Config.MinimumScored);
        var tooFew = tally.Cases < needed ? $" (too few to tell: {needed} are needed)" : "";
        return tally switch
        {
            { Cases: 0 } => "nothing judged yet",
            { Wrong: 0 } => $"{tally.Cases} judged, none wrong{tooFew}",
            { Right: 0 } => $"no answer was judged right yet, and {tally.Wrong} {(tally.Wrong == 1 ? "was" : "were")} found wrong{tooFew}",
            _ => $"{tally.Wrong} of {tally.Cases} judged cases wrong{tooFew}",
        };
    }

    private static string Percent(decimal percentage) => $"{percentage.ToString("0.##", CultureInfo.InvariantCulture)} %";

    private static string Share(double share) => Percent((decimal)share * 100);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
