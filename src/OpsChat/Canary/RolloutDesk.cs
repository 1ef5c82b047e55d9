using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Canary;

/// <summary>Where the rollout is changed, by command, console, chat or evidence: the file, the mark in the report and the audit log together.</summary>
/// <param name="who">The name that the audit log gets.</param>
public sealed class RolloutDesk(IStore store, CanaryConfigFile file, Func<Knowledge> knowledge, TimeProvider time, string who)
{
    /// <summary>What is in force, with the advice on each playbook; lines for people.</summary>
    public async Task<string> StatusAsync(CancellationToken cancel)
    {
        file.Reload();
        var config = file.Current.Config;
        var (subjects, paused) = await store.ReadAsync(session =>
            (ReportReader.Subjects(session, knowledge(), config, time.GetUtcNow()).ToList(), session.Settings.Get(SettingNames.Paused)), cancel);
        return string.Join(Environment.NewLine,
        [
            paused is null ? $"The agent answers {config.Percentage:0.##} % of customers by itself." : $"The agent is paused: {paused}",
            .. config.Playbooks.Select(p => $"  {p.Key}: {p.Value.Percentage:0.##} %"),
            .. file.Findings.Select(f => f.ToString()),
            .. subjects.OrderBy(s => s.Playbook is not null).Select(s => $"{s.Playbook ?? "All"}: {s.Decision.Why}"),
        ]);
    }

    public Task<string> SetAsync(string? playbook, decimal percentage, CancellationToken cancel) =>
        ChangeAsync(playbook, percentage, RolloutStep.SetByOwner, $"{who} set {Name(playbook)} to {percentage:0.##} %.", cancel);

    public Task<string> PromoteAsync(string? playbook, CancellationToken cancel)
    {
        file.Reload();
        var config = file.Current.Config;
        var next = config.StagesOf(playbook).Where(s => s > config.PercentageOf(playbook)).Select(s => (decimal?)s).FirstOrDefault();
        return next is { } stage
            ? ChangeAsync(playbook, stage, RolloutStep.Promoted, $"{who} took {Name(playbook)} to {stage:0.##} %.", cancel)
            : Task.FromResult($"{Name(playbook)} is at the last stage already ({config.PercentageOf(playbook):0.##} %).");
    }

    public Task<string> RollBackAsync(string? playbook, CancellationToken cancel, string? why = null) =>
        ChangeAsync(playbook, 0, RolloutStep.RolledBack, why ?? $"{who} rolled {Name(playbook)} back to 0 %.", cancel);

    public async Task<string> PauseAsync(string why, CancellationToken cancel)
    {
        await store.WriteAsync(session =>
        {
            session.Settings.Set(SettingNames.Paused, why);
            session.Audit.Append("canary", who, "all", new { Verb = "pause", Why = why }, time.GetUtcNow());
        }, cancel);
        return "Paused. Every message goes to a person until you resume.";
    }

    public async Task<string> ResumeAsync(CancellationToken cancel)
    {
        await store.WriteAsync(session =>
        {
            session.Settings.Remove(SettingNames.Paused);
            session.Audit.Append("canary", who, "all", new { Verb = "resume" }, time.GetUtcNow());
        }, cancel);
        return $"Resumed at {file.Current.Config.Percentage:0.##} %.";
    }

    /// <summary>A change is written only on top of the file that was looked at; the mark follows in the store.</summary>
    internal async Task<string> ChangeAsync(string? playbook, decimal percentage, RolloutStep step, string why, CancellationToken cancel)
    {
        file.Reload();
        if (playbook is not null && knowledge().Playbooks.Find(playbook) is null)
        {
            return $"There is no playbook {playbook}. {Playbooks.NearNames.Remedy(playbook, knowledge().Playbooks.Playbooks.Select(p => p.Issue), "Look at the names in the playbooks folder.")}";
        }

        var before = file.Current;
        var wanted = playbook is null && step == RolloutStep.RolledBack ? before.Config.WithEveryoneOut() : before.Config.With(playbook, percentage);
        switch (file.Change(before.Fingerprint, wanted))
        {
            case CanaryChange.Written:
                await RecordAsync(playbook, before.Config, wanted, step, why, cancel);
                return why;
            case CanaryChange.Conflict conflict:
                return $"Nothing was changed: canary.config.json was edited meanwhile{(conflict.OnDisk is null ? " and cannot be read" : "")}. "
                    + string.Join(" ", conflict.Findings.Select(f => f.ToString())) + " Look at it, then try again.";
            case CanaryChange.Refused refused:
                return $"Nothing was changed: {string.Join(" ", refused.Findings.Select(f => $"{f.Problem} {f.Remedy}"))}";
            default:
                throw new InvalidOperationException("CanaryChange is closed.");
        }
    }

    private Task RecordAsync(string? playbook, CanaryConfig before, CanaryConfig after, RolloutStep step, string why, CancellationToken cancel) =>
        store.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            session.Marks.Add(new(now, playbook, step, why));
            session.Audit.Append("canary", who, playbook ?? "all",
                new { Step = step.ToString(), From = before.PercentageOf(playbook), To = after.PercentageOf(playbook), Why = why }, now);
        }, cancel);

    private static string Name(string? playbook) => playbook ?? "All playbooks";
}
