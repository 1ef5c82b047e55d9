using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>What one decision looks at, and the checkpoint that should be set so that the next one reads less.</summary>
/// <param name="Next">Null while the last checkpoint is recent enough.</param>
public sealed record EvidenceReading(EvidenceSubject Subject, RolloutView View, EvidenceCheckpoint? Next);

/// <summary>Reads what one decision looks at from the store: rolled-up counters, the last checkpoint of evidence, and the cases since.</summary>
/// <param name="config">In force, with playbooks of full autonomy at 100 %: <see cref="CanaryConfig.InForce"/>.</param>
public sealed class EvidenceReader(UnitOfWork session, PlaybookSnapshot known, CanaryConfig config, DateTimeOffset now)
{
    private const int DaysOfPace = 7;

    /// <summary>Counting begins with the first case.</summary>
    private static readonly DateTimeOffset s_begun = DateTimeOffset.UnixEpoch;

    private readonly IReadOnlyList<RolloutChange> _changes = session.RolloutChanges.All();
    private readonly bool _paused = session.Settings.Get(SettingNames.Paused) is not null;
    private readonly Lazy<IReadOnlyList<CounterRow>> _week = new(() =>
        session.Counters.Between(known.Policy.DayOf(now).AddDays(1 - DaysOfPace), known.Policy.DayOf(now))
    );

    /// <summary>Every playbook in force that has met customers, and what a model read.</summary>
    public IEnumerable<EvidenceSubject> Playbooks => known.Playbooks.Playbooks.Select(EvidenceSubject.Of).Append(EvidenceSubject.ReadByModel)
        .Where(subject => session.Outcomes.HasAny(subject.Playbook!, subject.Version));

    public RolloutState StateOf(string? playbook) =>
        RolloutHistory.StateOf(_changes, playbook, s_begun, playbook is not null && config.HasOwn(playbook), _paused);

    /// <param name="playbook">One of <see cref="Playbooks"/>.</param>
    public EvidenceReading Read(EvidenceSubject playbook)
    {
        var (rules, state) = (RulesOf(playbook.Playbook), StateOf(playbook.Playbook));
        var (evidence, next) = Counted(playbook, rules, rules.Begun ?? s_begun);
        return new(
            playbook,
            new(
                playbook.Playbook,
                config,
                state,
                evidence,
                session.Outcomes.Backlog(playbook, state.Since, now - SpotCheckBacklog.Patience),
                JudgedPerDay(playbook)
            ),
            next
        );
    }

    /// <summary>
    /// All playbooks together, without those that were rolled back: what is out already is not held against the rest. It is added up from
    /// theirs, so that an edit of one playbook leaves nothing to count anew.
    /// </summary>
    /// <param name="playbooks">What <see cref="Read"/> gave for each of <see cref="Playbooks"/>.</param>
    public EvidenceReading Together(IReadOnlyCollection<EvidenceReading> playbooks)
    {
        var (rules, state) = (RulesOf(null), StateOf(null));
        var members = playbooks.Select(p => p.View).Where(v => v.State.Step != RolloutStep.RolledBack || v.Percentage > 0).ToList();
        var followers = members.Where(v => !config.HasOwn(v.Playbook!)).ToList();
        var (subject, drift, next) = DriftTogether(rules);
        var evidence = Evidence.Together(rules, members.Select(m => m.Evidence), followers.Select(f => f.Evidence), drift);
        return new(
            subject,
            new(
                null,
                config,
                state,
                evidence,
                followers.Aggregate(SpotCheckBacklog.None, (sum, f) => sum + f.Backlog),
                followers.Sum(f => f.JudgedPerDay)
            ),
            next
        );
    }

    /// <summary>
    /// The detector needs the cases of all playbooks in one order, so it cannot be added up. It begins with everyone let in, and anew when the
    /// set of versions that it watches is another one.
    /// </summary>
    private (EvidenceSubject Subject, DriftEvidence Drift, EvidenceCheckpoint? Next) DriftTogether(EvidenceRules rules)
    {
        var watched = EvidenceSubject.Whole(
            known.Playbooks.Playbooks.Where(p => StateOf(p.Issue).Step != RolloutStep.RolledBack || config.PercentageOf(p.Issue) > 0)
        );
        if (rules.FullSince is null)
        {
            return (watched, DriftEvidence.None, null);
        }

        var since = _changes.Select(c => c.At).Append(s_begun).Max();
        var (evidence, next) = Counted(watched, rules with { StageSince = since, FullSince = since }, since);
        return (watched, evidence.Drift, next);
    }

    private EvidenceRules RulesOf(string? playbook) => RolloutHistory.RulesOf(config, _changes, playbook, s_begun);

    /// <summary>The evidence as of now, continued from the latest checkpoint that serves these rules; and a later checkpoint when that one is far
    /// behind.</summary>
    private (Evidence Now, EvidenceCheckpoint? Next) Counted(EvidenceSubject subject, EvidenceRules rules, DateTimeOffset begun)
    {
        var (through, evidence) = Beginning(subject, rules, begun);
        EvidenceCheckpoint? next = null;
        if (LatestThrough - through >= EvidenceCheckpoint.Every)
        {
            next = new(LatestThrough, evidence.Then(session.Outcomes.For(subject, through, LatestThrough), now));
            (through, evidence) = (next.Through, next.Evidence);
        }

        return (evidence.Then(session.Outcomes.For(subject, through, null), now), next);
    }

    /// <summary>The latest moment that a checkpoint may cover, in whole milliseconds as times are stored.</summary>
    private DateTimeOffset LatestThrough => DateTimeOffset.FromUnixTimeMilliseconds((now - EvidenceCheckpoint.Behind).ToUnixTimeMilliseconds());

    /// <summary>The latest checkpoint that serves these rules, or nothing at the beginning.</summary>
    private (DateTimeOffset Through, Evidence Evidence) Beginning(EvidenceSubject subject, EvidenceRules rules, DateTimeOffset begun)
    {
        foreach (var checkpoint in session.Evidence.Of(subject))
        {
            if (checkpoint.Under(rules) is { } evidence)
            {
                return (checkpoint.Through, evidence);
            }
        }

        return (begun, Evidence.None(rules));
    }

    /// <summary>For the forecast only: how many cases of the last week became evidence for a promotion.</summary>
    private double JudgedPerDay(EvidenceSubject subject) =>
        _week
            .Value.Where(r => r.Key.Playbook == subject.Playbook && r.Key.Version == subject.Version)
            .Sum(r => r.Counters.JudgedForPromotion) / (double)DaysOfPace;
}
