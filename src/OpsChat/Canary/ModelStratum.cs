namespace OpsChat.Canary;

/// <summary>
/// Answers whose playbook a model chose: one stratum over all playbooks, with a percentage and evidence of its own (<c>readByModel</c>). A
/// customer gets such an answer only within both percentages, so a playbook that was taken out stays out however it was chosen. Pure.
/// </summary>
public static class ModelStratum
{
    /// <summary>Its name where playbooks have theirs. No file can have it.</summary>
    public const string Name = "read by: model";

    /// <summary>The evidence is about the model's reading, whatever versions of playbooks it chose.</summary>
    public const string Version = "shop";

    public static decimal PercentageOf(CanaryConfig config, string? playbook, ReadBy readBy) =>
        readBy == ReadBy.Model ? Math.Min(config.PercentageOf(playbook), config.PercentageOf(Name)) : config.PercentageOf(playbook);

    public static double ShareOf(CanaryConfig config, string? playbook, ReadBy readBy) => config.ShareOf(Narrower(config, playbook, readBy));

    private static string? Narrower(CanaryConfig config, string? playbook, ReadBy readBy) =>
        readBy == ReadBy.Model && config.PercentageOf(Name) < config.PercentageOf(playbook) ? Name : playbook;
}
