using System.Collections.Immutable;

namespace OpsChat.Canary;

/// <summary>How a promotion happens once the evidence allows it: the owner is asked, it happens, or it never does.</summary>
public enum Promotion { Ask, Auto, Never }

/// <summary>How a rollback happens once the evidence demands it.</summary>
public enum Rollback { Auto, Ask }

/// <summary>A playbook that has a percentage, and perhaps stages, of its own.</summary>
/// <param name="Percentage">Percent of customers, 0 to 100, in steps of 0.01.</param>
/// <param name="Stages">Null: the stages of the whole.</param>
public sealed record PlaybookCanary(decimal Percentage, ImmutableArray<decimal>? Stages = null)
{
    public bool Equals(PlaybookCanary? other) =>
        other is not null && Percentage == other.Percentage && Stages.HasValue == other.Stages.HasValue
        && (Stages is not { } mine || mine.SequenceEqual(other.Stages!.Value));

    public override int GetHashCode() => Percentage.GetHashCode();
}

/// <summary>What <c>canary.config.json</c> says. Immutable; values are within the ranges below once it has been read.</summary>
public sealed record CanaryConfig
{
    /// <summary>Percent of customers that the agent answers by itself; 0 to 100, in steps of 0.01 (one bucket).</summary>
    public decimal Percentage { get; init; } = 10;

    /// <summary>The percentages to climb through; ascending, each above 0 and at most 100.</summary>
    public ImmutableArray<decimal> Stages { get; init; } = [10, 25, 50, 100];

    /// <summary>Mixed into every bucket; another salt draws other customers. 1 to 100 characters.</summary>
    public string Salt { get; init; } = "opening";

    /// <summary>The share of wrong cases that the owner accepts; 0.001 to 0.3.</summary>
    public double ErrorBudget { get; init; } = 0.05;

    /// <summary>The chance of a false alarm that the owner accepts; 0.001 to 0.2. Evidence acts at 1 / significance.</summary>
    public double Significance { get; init; } = 0.05;

    /// <summary>The fewest judged cases at a stage before a promotion; 1 to 10,000.</summary>
    public int MinimumScored { get; init; } = 30;

    public Promotion Promote { get; init; } = Promotion.Ask;

    public Rollback Rollback { get; init; } = Rollback.Auto;

    /// <summary>The share of customers that stay in control at any percentage; 0 to 0.5.</summary>
    public decimal Holdout { get; init; }

    /// <summary>The share of sent answers drawn for a spot-check; 0 to 1. <see cref="DrawShare"/> is what is in force.</summary>
    public decimal SpotCheck { get; init; } = 0.1m;

    /// <summary>A sale is on: at least 30 % of the sent answers are drawn.</summary>
    public bool Campaign { get; init; }

    /// <summary>Playbooks with a percentage of their own, by issue, in ordinal order.</summary>
    public ImmutableSortedDictionary<string, PlaybookCanary> Playbooks { get; init; } =
        ImmutableSortedDictionary.Create<string, PlaybookCanary>(StringComparer.Ordinal);

    /// <summary>The percentage of the answers whose playbook a model chose; null: the first stage. It is no playbook and never follows the whole
    /// upwards.</summary>
    public PlaybookCanary? ReadByModel { get; init; }

    /// <summary>The share of sent answers that is drawn for spot-checks, 0 to 1, campaign mode included.</summary>
    public decimal DrawShare => Campaign ? Math.Max(SpotCheck, 0.3m) : SpotCheck;

    /// <summary>Evidence of this size acts: 20 at a significance of 0.05.</summary>
    public double ActsAt => 1 / Significance;

    /// <summary>The percentage in force for a playbook, or for the whole when null. Percent, 0 to 100.</summary>
    public decimal PercentageOf(string? playbook) => Own(playbook)?.Percentage ?? Percentage;

    public ImmutableArray<decimal> StagesOf(string? playbook) => Own(playbook)?.Stages ?? Stages;

    /// <summary>Whether the playbook has a percentage of its own; otherwise it follows the whole.</summary>
    public bool HasOwn(string playbook) => playbook == ModelStratum.Name || Playbooks.ContainsKey(playbook);

    /// <summary>The share of customers that are truly in the canary, 0 to 1: the percentage less what the holdout keeps out.</summary>
    public double ShareOf(string? playbook) => (double)Math.Min(PercentageOf(playbook) / 100, 1 - Holdout);

    /// <summary>The same configuration with another percentage for a playbook, or for the whole when null.</summary>
    public CanaryConfig With(string? playbook, decimal percentage) =>
        playbook is null
            ? this with { Percentage = percentage }
            : playbook == ModelStratum.Name ? this with { ReadByModel = new PlaybookCanary(percentage, ReadByModel?.Stages) }
            : this with { Playbooks = Playbooks.SetItem(playbook, new PlaybookCanary(percentage, Own(playbook)?.Stages)) };

    /// <summary>
    /// What is in force once autonomy is taken into account: a playbook of full autonomy is at 100 %, unless it, or the whole, is at 0 %, which is
    /// where a rollback leaves it.
    /// </summary>
    /// <param name="full">Issues of the playbooks of full autonomy.</param>
    public CanaryConfig InForce(IEnumerable<string> full) =>
        full.Where(issue => PercentageOf(issue) > 0).Aggregate(this, (config, issue) => config.With(issue, 100));

    /// <summary>The same configuration at 0 % for the whole and for every playbook that has a percentage of its own.</summary>
    public CanaryConfig WithEveryoneOut() => this with
    {
        Percentage = 0,
        ReadByModel = new PlaybookCanary(0, ReadByModel?.Stages),
        Playbooks = Playbooks.ToImmutableSortedDictionary(p => p.Key, p => p.Value with { Percentage = 0 }, StringComparer.Ordinal),
    };

    public bool Equals(CanaryConfig? other) =>
        other is not null && Percentage == other.Percentage && Stages.SequenceEqual(other.Stages) && Salt == other.Salt
        && ErrorBudget.Equals(other.ErrorBudget) && Significance.Equals(other.Significance) && MinimumScored == other.MinimumScored
        && Promote == other.Promote && Rollback == other.Rollback && Holdout == other.Holdout && SpotCheck == other.SpotCheck
        && Campaign == other.Campaign && ReadByModel == other.ReadByModel && Playbooks.SequenceEqual(other.Playbooks);

    public override int GetHashCode() => HashCode.Combine(Percentage, Salt, ErrorBudget, MinimumScored, Playbooks.Count);

    private PlaybookCanary? Own(string? playbook) => playbook is null ? null
        : playbook == ModelStratum.Name ? ReadByModel ?? new PlaybookCanary(Stages[0])
        : Playbooks.GetValueOrDefault(playbook);
}

/// <summary>The rollout's configuration that is in force at this moment.</summary>
public delegate CanaryConfig CurrentCanary();
