using OpsChat.Canary;
using OpsChat.Messages;

namespace OpsChat.Decisions;

/// <summary>The canary as one turn sees it: where its customer falls, and what is in force for each playbook.</summary>
/// <param name="Bucket">The customer's, 0 to 9999.</param>
/// <param name="Roll">The turn's own draw for a spot-check, 0 to 9999.</param>
/// <param name="Percentage">Of the whole.</param>
/// <param name="Holdout">The share of customers that stay in control, 0 to 0.5.</param>
/// <param name="Own">Percentages of the playbooks that have one of their own, full autonomy included.</param>
/// <param name="MinimumScored">A version's first answers, so many, are all drawn.</param>
/// <param name="DrawShare">The share of answers drawn after that, 0 to 1.</param>
public sealed record CanaryView(
    int Bucket, int Roll, decimal Percentage, decimal Holdout, IReadOnlyDictionary<string, decimal> Own, int MinimumScored, decimal DrawShare)
{
    /// <summary>Everybody is answered and nothing is drawn: for <c>eval</c>, the playbooks' tests and <c>try</c> without a customer.</summary>
    public static CanaryView Everyone { get; } = new(0, 0, 100, 0, new Dictionary<string, decimal>(), 0, 0);

    /// <param name="config">In force: with the playbooks of full autonomy in it.</param>
    public static CanaryView Of(CanaryConfig config, ConversationId id, string turn) => new(
        Canary.Bucket.Of(config.Salt, id.Channel, id.Customer), SpotChecks.Roll(config, turn), config.Percentage, config.Holdout,
        config.Playbooks.ToDictionary(p => p.Key, p => p.Value.Percentage, StringComparer.Ordinal), config.MinimumScored, config.DrawShare)
    {
        ReadByModel = config.PercentageOf(ModelStratum.Name),
    };

    /// <summary>Of matters whose playbook a model chose; 0 while it reads nothing.</summary>
    public decimal ReadByModel { get; init; } = 100;

    /// <summary>The customer's side for a playbook; null for the whole. What a model chose is answered within both percentages only.</summary>
    public ArmOfTurn ArmFor(string? playbook, ReadBy readBy)
    {
        var percentage = playbook is not null && Own.TryGetValue(playbook, out var own) ? own : Percentage;
        percentage = readBy == ReadBy.Model ? Math.Min(percentage, ReadByModel) : percentage;
        var isIn = Bucket < percentage * 100 && Bucket < (1 - Holdout) * Canary.Bucket.Count;
        return new(Bucket, percentage, isIn ? Arm.Canary : Arm.Control, (double)Math.Min(percentage / 100, 1 - Holdout));
    }
}

/// <summary>The customer's side of the canary for this turn; stored only to explain it.</summary>
public sealed record ArmOfTurn(int Bucket, decimal Percentage, Arm Arm, double Share);
