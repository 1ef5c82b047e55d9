using System.Security.Cryptography;
using System.Text;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Canary;

/// <summary>What evidence is gathered about: one version of a playbook, or the whole.</summary>
/// <param name="Playbook">Null: the whole.</param>
/// <param name="Version">Of the whole: a fingerprint of its members, so that another set of playbooks is counted anew.</param>
/// <param name="Members">The versions whose cases count, as <c>issue@version</c>.</param>
public sealed record EvidenceSubject(string? Playbook, string Version, IReadOnlyList<string> Members)
{
    public static EvidenceSubject Of(Playbook playbook) => new(playbook.Issue, playbook.Version, [$"{playbook.Issue}@{playbook.Version}"]);

    public static EvidenceSubject Whole(IEnumerable<Playbook> playbooks)
    {
        IReadOnlyList<string> members = [.. playbooks.Select(p => $"{p.Issue}@{p.Version}").Order(StringComparer.Ordinal)];
        return new(null, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', members))))[..12], members);
    }
}

/// <summary>Reads what one decision looks at from the store: rolled-up counters, the last checkpoint of evidence, and the cases since.</summary>
/// <param name="config">In force, with playbooks of full autonomy at 100 %: <see cref="CanaryConfig.InForce"/>.</param>
public sealed class EvidenceReader(StoreSession session, Knowledge known, CanaryConfig config, DateTimeOffset now)
{
    private const int DaysOfPace = 7;

    /// <summary>Counting begins with the first case.</summary>
    private static readonly DateTimeOffset s_begun = DateTimeOffset.UnixEpoch;

    private readonly IReadOnlyList<RolloutChange> _changes = session.RolloutChanges.All();
    private readonly bool _paused = session.Settings.Get(SettingNames.Paused) is not null;
    private readonly IReadOnlyList<CounterRow> _week = session.Counters.Between(known.Policy.DayOf(now).AddDays(1 - DaysOfPace), known.Policy.DayOf(now));

    /// <summary>Every playbook in force that has met customers.</summary>
    public IReadOnlyList<EvidenceSubject> Playbooks { get; } =
        [.. known.Playbooks.Playbooks.Where(p => session.Outcomes.HasAny(p.Issue, p.Version)).Select(EvidenceSubject.Of)];

    /// <summary>All of them together, without those that were rolled back: what is out already is not held against the rest.</summary>
    public EvidenceSubject Whole => EvidenceSubject.Whole(known.Playbooks.Playbooks.Where(p => StateOf(p.Issue).Step != RolloutStep.RolledBack || config.PercentageOf(p.Issue) > 0));

    public RolloutState StateOf(string? playbook) =>
        RolloutHistory.StateOf(_changes, playbook, s_begun, playbook is not null && config.HasOwn(playbook), _paused);

    public RolloutView View(EvidenceSubject subject) => new(
        subject.Playbook, config, StateOf(subject.Playbook), EvidenceOf(subject, RulesOf(subject)),
        session.Outcomes.Backlog(subject, StateOf(subject.Playbook).Since, now - SpotCheckBacklog.Patience), JudgedPerDay(subject));

    /// <summary>Whether the last checkpoint is so far behind that the next should be set.</summary>
    public bool NeedsCheckpoint(EvidenceSubject subject) => LatestThrough - Beginning(subject, RulesOf(subject)).Through >= EvidenceCheckpoint.Every;

    /// <summary>Sets the next checkpoint. Needs a writing session, so that no case changes meanwhile.</summary>
    public void Checkpoint(EvidenceSubject subject)
    {
        var (last, beginning) = Beginning(subject, RulesOf(subject));
        session.Evidence.Save(subject, new(LatestThrough, beginning.Then(session.Outcomes.For(subject, last, LatestThrough), now)));
    }

    /// <summary>The latest moment that a checkpoint may cover, in whole milliseconds as times are stored.</summary>
    private DateTimeOffset LatestThrough => DateTimeOffset.FromUnixTimeMilliseconds((now - EvidenceCheckpoint.Behind).ToUnixTimeMilliseconds());

    private EvidenceRules RulesOf(EvidenceSubject subject) => RolloutHistory.RulesOf(config, _changes, subject.Playbook, s_begun);

    private Evidence EvidenceOf(EvidenceSubject subject, EvidenceRules rules)
    {
        var (through, beginning) = Beginning(subject, rules);
        return beginning.Then(session.Outcomes.For(subject, through, null), now);
    }

    /// <summary>The latest checkpoint that serves these rules, or nothing at the beginning of time.</summary>
    private (DateTimeOffset Through, Evidence Evidence) Beginning(EvidenceSubject subject, EvidenceRules rules)
    {
        foreach (var checkpoint in session.Evidence.Of(subject))
        {
            if (checkpoint.Under(rules) is { } evidence)
            {
                return (checkpoint.Through, evidence);
            }
        }

        return (s_begun, Evidence.None(rules));
    }

    /// <summary>For the forecast only: how many cases of the last week became evidence for a promotion.</summary>
    private double JudgedPerDay(EvidenceSubject subject) =>
        _week.Where(r => subject.Members.Contains($"{r.Key.Playbook}@{r.Key.Version}")).Sum(r => r.Counters.JudgedForPromotion) / (double)DaysOfPace;
}
