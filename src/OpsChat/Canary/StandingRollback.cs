using System.Globalization;

namespace OpsChat.Canary;

/// <summary>What the agent no longer answers by itself because of the evidence, for as long as nobody has changed it since. Pure.</summary>
/// <param name="Playbook">Null: everything.</param>
/// <param name="Why">The sentence of the rollback, with its figures.</param>
/// <param name="Except">What has begun again since everything was rolled back.</param>
public sealed record StandingRollback(string? Playbook, DateTimeOffset Since, string Why, IReadOnlyList<string> Except)
{
    /// <param name="changes">All of them, in the order of time.</param>
    /// <param name="config">The configuration in force.</param>
    /// <param name="byEvidence">Who stands behind a change that no person made.</param>
    public static IReadOnlyList<StandingRollback> Of(IReadOnlyList<RolloutChange> changes, CanaryConfig config, string byEvidence)
    {
        if (Standing(changes.LastOrDefault(c => c.Playbook is null), null) is { } whole)
        {
            return [whole with { Except = [.. config.Playbooks.Keys.Where(playbook => config.PercentageOf(playbook) > 0)] }];
        }

        return
        [
            .. config
                .Playbooks.Keys.Select(playbook => Standing(
                    changes.LastOrDefault(c => c.Playbook == playbook || c is { Playbook: null, Step: RolloutStep.RolledBack }),
                    playbook
                ))
                // A rollback of everything takes the model's choices out in passing; only their own rollback is told of.
                .Append(Standing(changes.LastOrDefault(c => c.Playbook == ModelStratum.Name), ModelStratum.Name))
                .OfType<StandingRollback>(),
        ];

        StandingRollback? Standing(RolloutChange? last, string? playbook) =>
            last is { Step: RolloutStep.RolledBack } && last.By == byEvidence && config.PercentageOf(playbook) == 0
                ? new(playbook, last.At, last.Why, [])
                : null;
    }

    /// <summary>What the agent does not do any more, since when, and why.</summary>
    public string InWords(TimeZoneInfo zone)
    {
        var since = TimeZoneInfo.ConvertTime(Since, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        var what = Playbook switch
        {
            null when Except.Count > 0 => $"The agent answers nobody by itself, except about {Listed(Except)}",
            null => "The agent answers nobody by itself",
            ModelStratum.Name => "The agent answers nothing by itself whose playbook the model chose",
            var playbook => $"The agent answers nothing about {Listed([playbook])} by itself",
        };
        return $"{what} since {since}. {Why}";
    }

    private static string Listed(IReadOnlyList<string> playbooks) => string.Join(", ", playbooks.Select(playbook => playbook.Replace('-', ' ')));
}
