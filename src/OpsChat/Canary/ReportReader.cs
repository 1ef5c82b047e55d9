using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Canary;

/// <summary>Reads the report from the rolled-up counters, with the evidence and advice on each playbook in force.</summary>
public sealed class ReportReader(IStore store, Func<Knowledge> knowledge, Func<CanaryConfig> canary, TimeProvider time)
{
    public const int DefaultDays = 30;

    /// <param name="days">How many days back, today included; at least 1.</param>
    /// <param name="playbook">Counts only this playbook's cases; null for the whole.</param>
    public async Task<CanaryReport> ReadAsync(int days, CancellationToken cancel, string? playbook = null)
    {
        var (now, known, config) = (time.GetUtcNow(), knowledge(), canary());
        var to = known.Policy.DayOf(now);
        var from = to.AddDays(1 - days);
        return await store.ReadAsync(session => ReportBuilding.Build(new(
            from, to, now, config,
            [.. session.Counters.Between(from, to).Where(r => playbook is null || r.Key.Playbook == playbook)],
            [.. Subjects(session, known, config, now)],
            [.. session.Marks.Since(now.AddDays(-days)).Where(m => playbook is null || m.Playbook is null || m.Playbook == playbook)])), cancel);
    }

    /// <summary>Evidence and decision for the whole and for each playbook in force that has met customers.</summary>
    public static IEnumerable<ReportSubject> Subjects(StoreSession session, Knowledge known, CanaryConfig config, DateTimeOffset now)
    {
        var all = new List<CaseOutcome>();
        foreach (var playbook in known.Playbooks.Playbooks)
        {
            var cases = session.Outcomes.Of(playbook.Issue, playbook.Version);
            if (cases.Count > 0)
            {
                all.AddRange(cases);
                yield return Subject(session, playbook.Issue, cases, config, now);
            }
        }

        yield return Subject(session, null, [.. all.OrderBy(c => c.OrderedAt).ThenBy(c => c.Id, StringComparer.Ordinal)], config, now);
    }

    private static ReportSubject Subject(StoreSession session, string? playbook, IReadOnlyList<CaseOutcome> cases, CanaryConfig config, DateTimeOffset now)
    {
        var mark = session.Marks.LatestOf(playbook) ?? (playbook is null ? null : session.Marks.LatestOf(null));
        var state = new RolloutState(mark?.Step ?? RolloutStep.Started, mark?.At ?? DateTimeOffset.MinValue, session.Settings.Get(SettingNames.Paused) is not null);
        var rules = new EvidenceRules(config.ErrorBudget, state.Since, config.PercentageOf(playbook) >= 100 ? state.Since : null);
        var evidence = Evidence.Of(cases, rules, now);
        var view = new RolloutView(playbook, config, state, evidence, SpotCheckBacklog.Of(cases, now), JudgedPerDay(cases, now));
        return new(playbook, evidence, Rollout.Decide(view));
    }

    private static double JudgedPerDay(IReadOnlyList<CaseOutcome> cases, DateTimeOffset now)
    {
        const int Days = 7;
        return cases.Count(c => c.JudgedRight is not null && c.LastAt > now.AddDays(-Days)) / (double)Days;
    }
}
