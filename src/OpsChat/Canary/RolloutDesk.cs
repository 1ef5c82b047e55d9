using System.Globalization;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Canary;

/// <summary>Where the rollout is changed, by command, console, chat or evidence: the file, then the change and the audit log together.</summary>
/// <param name="who">The name that the audit log gets.</param>
public sealed class RolloutDesk(IStore store, CanaryConfigFile file, Func<Knowledge> knowledge, TimeProvider time, string who)
{
    /// <summary>What is in force, with the advice on each playbook; lines for people.</summary>
    public async Task<string> StatusAsync(CancellationToken cancel)
    {
        file.Reload();
        var known = knowledge();
        var config = file.Current.Config.InForce(known.FullyAutonomous);
        var (subjects, paused) = await store.ReadAsync(session =>
            (ReportReader.Subjects(session, known, config, time.GetUtcNow()).ToList(), session.Settings.Get(SettingNames.Paused)), cancel);
        return RolloutText.Status(config, [.. file.Findings.Select(f => f.ToString())], subjects, paused);
    }

    public Task<string> SetAsync(string? playbook, decimal percentage, CancellationToken cancel) =>
        ChangeAsync(playbook, percentage, RolloutStep.SetByOwner, $"{who} set {Name(playbook)} to {Percent(percentage)}.", cancel);

    public Task<string> PromoteAsync(string? playbook, CancellationToken cancel)
    {
        file.Reload();
        var config = file.Current.Config;
        var next = config.StagesOf(playbook).Where(s => s > config.PercentageOf(playbook)).Select(s => (decimal?)s).FirstOrDefault();
        return next is { } stage
            ? ChangeAsync(playbook, stage, RolloutStep.Promoted, $"{who} took {Name(playbook)} to {Percent(stage)}.", cancel)
            : Task.FromResult($"{Name(playbook)} is at the last stage already ({Percent(config.PercentageOf(playbook))}).");
    }

    /// <summary>The one tap after an edit: the new version begins at the first stage.</summary>
    public Task<string> StartSmallAsync(string playbook, CancellationToken cancel)
    {
        file.Reload();
        return SetAsync(playbook, file.Current.Config.StagesOf(playbook)[0], cancel);
    }

    public Task<string> RollBackAsync(string? playbook, CancellationToken cancel, string? why = null) =>
        ChangeAsync(playbook, 0, RolloutStep.RolledBack, why ?? $"{who} rolled {Name(playbook)} back to 0 %.", cancel);

    public async Task<string> PauseAsync(string why, CancellationToken cancel)
    {
        await store.WriteAsync(session => RolloutRecord.Paused(session, who, why, time.GetUtcNow()), cancel);
        return "Paused. Every message goes to a person until you resume.";
    }

    public async Task<string> ResumeAsync(CancellationToken cancel)
    {
        await store.WriteAsync(session => RolloutRecord.Resumed(session, who, time.GetUtcNow()), cancel);
        return $"Resumed at {Percent(file.Current.Config.Percentage)}.";
    }

    private async Task<string> ChangeAsync(string? playbook, decimal percentage, RolloutStep step, string why, CancellationToken cancel)
    {
        if (playbook is not null && knowledge().Playbooks.Find(playbook) is null)
        {
            return $"There is no playbook {playbook}. {NearNames.Remedy(playbook, knowledge().Playbooks.Playbooks.Select(p => p.Issue), "Look at the names in the playbooks folder.")}";
        }

        return await WriteAsync(playbook, config => Wanted(config, playbook, percentage, step), step, why, null, cancel) switch
        {
            CanaryChange.Written => why,
            CanaryChange.Conflict conflict =>
                $"Nothing was changed: canary.config.json was edited meanwhile{(conflict.OnDisk is null ? " and cannot be read" : "")}. "
                    + string.Join(" ", conflict.Findings.Select(f => f.ToString())) + " Look at it, then try again.",
            CanaryChange.Refused refused => $"Nothing was changed: {string.Join(" ", refused.Findings.Select(f => $"{f.Problem} {f.Remedy}"))}",
            _ => throw new InvalidOperationException("CanaryChange is closed."),
        };
    }

    /// <summary>A change is written only on top of the file that was looked at; the record follows in the store.</summary>
    /// <param name="notice">For the owner, when the change is not the owner's own.</param>
    internal async Task<CanaryChange> WriteAsync(
        string? playbook, Func<CanaryConfig, CanaryConfig> wanted, RolloutStep step, string why, string? notice, CancellationToken cancel)
    {
        file.Reload();
        var before = file.Current;
        var result = file.Change(before.Fingerprint, wanted(before.Config));
        if (result is CanaryChange.Written written)
        {
            // The file is changed already: its record is stored even when the host is stopping.
            await store.WriteAsync(session => Record(session, playbook, written, step, why, notice), CancellationToken.None);
        }

        return result;
    }

    private void Record(StoreSession session, string? playbook, CanaryChange.Written written, RolloutStep step, string why, string? notice)
    {
        var now = time.GetUtcNow();
        var version = playbook is null ? "" : knowledge().Playbooks.Find(playbook)?.Version ?? "";
        RolloutRecord.Changed(session, new(now, playbook, version, step, written.Now.Config.PercentageOf(playbook), who, why), written.Before.Config, written.Now.Config);
        if (notice is not null)
        {
            session.Notices.Add("canary", notice, now);
        }
    }

    private static CanaryConfig Wanted(CanaryConfig config, string? playbook, decimal percentage, RolloutStep step) =>
        playbook is null && step == RolloutStep.RolledBack ? config.WithEveryoneOut() : config.With(playbook, percentage);

    private static string Name(string? playbook) => playbook ?? "All playbooks";

    private static string Percent(decimal percentage) => $"{percentage.ToString("0.##", CultureInfo.InvariantCulture)} %";
}
