using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Keeps the rollout true while the host runs. One look: 1. edits of the configuration, 2. new versions of playbooks, 3. cases that went quiet,
/// 4. what the evidence says now, and acting on it, 5. questions that are overtaken, and reminders of spot-checks. The decisions are in
/// <see cref="Rollout"/>.
/// </summary>
public sealed class RolloutKeeper(
    IStore store,
    CanaryConfigFile file,
    CurrentPlaybooks knowledge,
    ChangeFeed feed,
    TimeProvider time,
    ILogger<RolloutKeeper> log
) : ResilientBackgroundService(time, log)
{
    /// <summary>How often it looks though nothing was committed and nobody edited: the operating system may lose the notice of an edit, and
    /// playbooks are swapped without a commit.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    /// <summary>From one look's beginning to the next at least: under load each commit is news, and adding up the evidence takes its time.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(2);

    /// <summary>How often it looks at every playbook though nothing has happened in it: time alone ends cases and makes arms comparable.</summary>
    public static readonly TimeSpan DecideEvery = TimeSpan.FromMinutes(1);

    private const int MostQuietAtOnce = 50;
    private const int ConversationsInANotice = 5;
    private static readonly TimeSpan s_reminder = TimeSpan.FromHours(24);

    private readonly ChangeFeed.News _heard = feed.Of("outcome", "rollout");
    private readonly ConfigEdits _edits = new(store, file, knowledge, time);
    private readonly RolloutDesk _desk = new(store, file, knowledge, time, "rollout");
    private readonly Dictionary<string, EvidenceReading> _readings = [];
    private PlaybookSnapshot? _known;
    private CanaryInForce? _config;
    private long _latestEvent;
    private long _lookedAtAllAt;

    private EditNotices? _edited;
    private Task _news = new TaskCompletionSource().Task;
    private long _begun;

    protected override string WhenItFails => "The rollout could not be looked at";

    public override void Dispose()
    {
        _edited?.Dispose();
        base.Dispose();
    }

    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        _edited ??= new(Path.GetDirectoryName(Path.GetFullPath(file.Path))!, Path.GetFileName(file.Path), Log);
        return Task.CompletedTask;
    }

    protected override async Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken)
    {
        // Taken before the look, so that what is committed meanwhile is news.
        (_news, _begun) = (_heard.Next, Time.GetTimestamp());
        await LookAsync(cancellationToken);
        return LookEvery;
    }

    protected override async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        await _edited!.PauseAsync(pause, _news, Time, cancellationToken);
        if (Apart - Time.GetElapsedTime(_begun) is var early && early > TimeSpan.Zero)
        {
            await Task.Delay(early, Time, cancellationToken);
        }
    }

    /// <summary>One look. Of the playbooks it looks at those in which something has happened; at all of them after <see cref="DecideEvery"/> or a
    /// change.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        // 1. Edits of the configuration. Where each host has a file of its own, each tells what is wrong with its own.
        await (file.Synced is null ? _edits.LookAsync(cancellationToken) : _edits.RecordAsync(cancellationToken));

        // 2. New versions of playbooks.
        var (known, now, begun) = (knowledge(), Time.GetUtcNow(), Time.GetTimestamp());
        var isAll = !ReferenceEquals(known, _known) || file.Current != _config || Time.GetElapsedTime(_lookedAtAllAt, begun) >= DecideEvery;
        if (isAll)
        {
            await FollowVersionsAsync(known, cancellationToken);
        }

        if (!isAll && await store.ReadAsync(session => session.Outcomes.LatestEvent(), cancellationToken) == _latestEvent)
        {
            return;
        }

        // 3. Cases that went quiet.
        await EndQuietCasesAsync(now, cancellationToken);

        // 4. What the evidence says.
        var latest = await ForgetStaleReadingsAsync(isAll, cancellationToken);
        await DecideAsync(known, now, cancellationToken);
        _latestEvent = latest;

        // 5. Questions that the world has overtaken, and reminders.
        if (isAll)
        {
            await WithdrawAsync(known, now, cancellationToken);
            await RemindAsync(known, now, cancellationToken);
            (_known, _config, _lookedAtAllAt) = (known, file.Current, begun);
        }
    }

    /// <summary>
    /// A playbook that is in force in another version than the last known one starts new evidence; after a rollback it re-enters small. Where the
    /// file could not be changed the version stays unknown, and the next look at all playbooks tries again.
    /// </summary>
    private async Task FollowVersionsAsync(PlaybookSnapshot known, CancellationToken cancellationToken)
    {
        var json = await store.ReadAsync(session => session.Settings.Get(SettingNames.PlaybookVersions), cancellationToken);
        var versions = json is null ? [] : JsonSerializer.Deserialize<SortedDictionary<string, string>>(json)!;
        foreach (var playbook in known.Playbooks.Playbooks)
        {
            if (
                !versions.TryGetValue(playbook.Issue, out var version)
                || (version != playbook.Version && await NewVersionAsync(known, playbook, cancellationToken))
            )
            {
                versions[playbook.Issue] = playbook.Version;
            }
        }

        var followed = JsonSerializer.Serialize(versions);
        if (followed != json)
        {
            await store.WriteAsync(session => session.Settings.Set(SettingNames.PlaybookVersions, followed), cancellationToken);
        }
    }

    /// <returns>Whether it is recorded, now or by a look that failed after that.</returns>
    private async Task<bool> NewVersionAsync(PlaybookSnapshot known, Playbook playbook, CancellationToken cancellationToken)
    {
        var before = file.Current.Config;
        var (state, isRecorded) = await store.ReadAsync(
            session =>
                (
                    new EvidenceReader(session, known, before, Time.GetUtcNow()).StateOf(playbook.Issue),
                    session
                        .RolloutChanges.All()
                        .LastOrDefault(c => c.Playbook == playbook.Issue && c.Step == RolloutStep.NewVersion)
                        ?.Version == playbook.Version
                ),
            cancellationToken
        );
        if (isRecorded)
        {
            return true;
        }

        var after = Rollout.WithNewVersion(before, playbook.Issue, state);
        var notice = RolloutText.NewVersion(playbook.Issue, before, after);
        if (after != before)
        {
            return await _desk.WriteAsync(
                    playbook.Issue,
                    config => Rollout.WithNewVersion(config, playbook.Issue, state),
                    RolloutStep.NewVersion,
                    notice,
                    notice,
                    cancellationToken
                ) is CanaryChange.Written;
        }

        await store.WriteAsync(
            session =>
            {
                var (now, kept, first) = (Time.GetUtcNow(), before.PercentageOf(playbook.Issue), before.StagesOf(playbook.Issue)[0]);
                RolloutRecord.Changed(
                    session,
                    new(now, playbook.Issue, playbook.Version, RolloutStep.NewVersion, kept, "rollout", notice),
                    kept
                );
                session.Notices.Add("canary", notice, now);
                if (kept > first)
                {
                    session.RolloutQuestions.Ask(
                        new(
                            Ids.New('q', now),
                            playbook.Issue,
                            playbook.Version,
                            RolloutAsk.StartSmall,
                            kept,
                            first,
                            now,
                            $"{notice} Start small instead?",
                            now
                        )
                    );
                }
            },
            cancellationToken
        );
        return true;
    }

    private async Task EndQuietCasesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (await store.ReadAsync(session => session.Outcomes.GoneQuiet(now - CaseOutcome.QuietAfter, 1), cancellationToken) is [_])
        {
            await store.WriteAsync(session => EndQuietCases(session, now), cancellationToken);
        }
    }

    private static void EndQuietCases(UnitOfWork session, DateTimeOffset now)
    {
        foreach (var @case in session.Outcomes.GoneQuiet(now - CaseOutcome.QuietAfter, MostQuietAtOnce))
        {
            session.Outcomes.Apply(@case.Id, new OutcomeEvent.WentQuiet(@case.LastAt + CaseOutcome.QuietAfter));
        }
    }

    /// <summary>What was read before holds for playbooks without news, for a while: see <see cref="DecideEvery"/>.</summary>
    /// <returns>The latest event, which is behind us only once everything is decided: a look that fails is followed by one that sees the same
    /// news.</returns>
    private async Task<long> ForgetStaleReadingsAsync(bool isAll, CancellationToken cancellationToken)
    {
        var (latest, news) = await store.ReadAsync(
            session => (session.Outcomes.LatestEvent(), isAll ? [] : session.Outcomes.PlaybooksWithNews(_latestEvent)),
            cancellationToken
        );
        if (isAll)
        {
            _readings.Clear();
        }

        foreach (var playbook in news)
        {
            _readings.Remove(playbook);
        }

        return latest;
    }

    /// <summary>Decides on each playbook that was read anew, then on the whole.</summary>
    private async Task DecideAsync(PlaybookSnapshot known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = file.Current;
        foreach (var reading in await ReadAsync(known, now, cancellationToken))
        {
            await ActAsync(reading, now, cancellationToken);
        }

        // What has just been taken out is not held against the rest.
        if (file.Current != before)
        {
            _readings.Clear();
            await ReadAsync(known, now, cancellationToken);
        }

        var (asOf, whole) = await store.ReadAsync(
            session => (session.Outcomes.LatestEvent(), Reader(session, known, now).Together(_readings.Values)),
            cancellationToken
        );
        await ActAsync(whole, now, cancellationToken);
        await KeepAsync(whole, asOf, cancellationToken);
    }

    /// <summary>Reads the playbooks that no reading is known of.</summary>
    private async Task<IReadOnlyList<EvidenceReading>> ReadAsync(
        PlaybookSnapshot known,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var (asOf, fresh) = await store.ReadAsync(
            session =>
            {
                var reader = Reader(session, known, now);
                return (
                    session.Outcomes.LatestEvent(),
                    reader.Playbooks.Where(p => !_readings.ContainsKey(p.Playbook!)).Select(reader.Read).ToList()
                );
            },
            cancellationToken
        );
        foreach (var reading in fresh)
        {
            _readings[reading.Subject.Playbook!] = reading;
            await KeepAsync(reading, asOf, cancellationToken);
        }

        return fresh;
    }

    /// <summary>Stores the checkpoint that was counted beside the writing thread, which only looks whether it still holds.</summary>
    private Task KeepAsync(EvidenceReading reading, long asOf, CancellationToken cancellationToken) =>
        reading.Next is { } next
            ? store.WriteAsync(session => session.Evidence.Keep(reading.Subject, next, asOf), cancellationToken)
            : Task.CompletedTask;

    private EvidenceReader Reader(UnitOfWork session, PlaybookSnapshot known, DateTimeOffset now) =>
        new(session, known, file.Current.Config.InForce(known.FullyAutonomous), now);

    private Task ActAsync(EvidenceReading reading, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (subject, decision) = (reading.Subject, Rollout.Decide(reading.View));
        return decision switch
        {
            RolloutDecision.RollBack => RollBackAsync(subject, decision, now, cancellationToken),
            RolloutDecision.Promote => _desk.WriteAsync(
                subject.Playbook,
                config => Rollout.Apply(config, subject.Playbook, decision)!,
                RolloutStep.Promoted,
                decision.Why,
                decision.Why,
                cancellationToken
            ),
            RolloutDecision.AskPromote or RolloutDecision.AskRollBack => AskAsync(reading, decision, now, cancellationToken),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>Out at once. When the file cannot be written, a pause protects the customers instead.</summary>
    private async Task RollBackAsync(
        EvidenceSubject subject,
        RolloutDecision decision,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var wrong = await store.ReadAsync(session => session.Outcomes.Wrong(subject, ConversationsInANotice), cancellationToken);
        var notice = RolloutText.RolledBack(decision, subject.Playbook, wrong);
        CanaryChange change;
        var tries = 0;
        do
        {
            change = await _desk.WriteAsync(
                subject.Playbook,
                config => Rollout.Apply(config, subject.Playbook, decision)!,
                RolloutStep.RolledBack,
                decision.Why,
                notice,
                cancellationToken
            );
        }
        // An edit by hand came in between: the rollback goes on top of it.
        while (change is CanaryChange.Conflict { OnDisk: not null } && ++tries < 3);
        if (change is not CanaryChange.Written)
        {
            var findings = change switch
            {
                CanaryChange.Refused refused => refused.Findings,
                CanaryChange.Conflict conflict => conflict.Findings,
                _ => [],
            };
            var instead =
                $"canary.config.json could not be written, so the agent is paused instead. "
                    + $"{string.Concat(findings.Select(f => $"{f.Problem} "))}Mend the file, then resume.";
            await store.WriteAsync(
                session =>
                {
                    RolloutRecord.Paused(session, "rollout", $"{decision.Why} {instead}", now);
                    session.Notices.Add("canary", $"{notice} {instead}", now);
                },
                cancellationToken
            );
        }
    }

    /// <summary>A question is put once for each version, stage and answer that it seeks.</summary>
    private async Task AskAsync(EvidenceReading reading, RolloutDecision decision, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (asks, to) = decision is RolloutDecision.AskPromote promote ? (RolloutAsk.Promote, promote.To) : (RolloutAsk.RollBack, 0m);
        var (playbook, view) = (reading.Subject.Playbook, reading.View);
        var question = new RolloutQuestion(
            Ids.New('q', now),
            playbook,
            playbook is null ? "" : reading.Subject.Version,
            asks,
            view.Percentage,
            to,
            view.State.Since,
            decision.Why,
            now
        );
        if (!await store.ReadAsync(session => session.RolloutQuestions.WasAsked(question), cancellationToken))
        {
            await store.WriteAsync(session => session.RolloutQuestions.Ask(question), cancellationToken);
        }
    }

    private async Task WithdrawAsync(PlaybookSnapshot known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var config = file.Current.Config;
        var overtaken = await store.ReadAsync(
            session =>
                session
                    .RolloutQuestions.Open()
                    .Select(q => (q.Id, Why: RolloutDesk.Overtaken(session, q, known, config, now)))
                    .Where(q => q.Why is not null)
                    .ToList(),
            cancellationToken
        );
        foreach (var (id, why) in overtaken)
        {
            await store.WriteAsync(session => session.RolloutQuestions.Close(id, $"Withdrawn: {why}", "rollout", now), cancellationToken);
        }
    }

    private async Task RemindAsync(PlaybookSnapshot known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (waiting, last) = await store.ReadAsync(
            session =>
                (
                    session
                        .Outcomes.Backlog(EvidenceSubject.Whole(known.Playbooks.Playbooks), now - SpotCheckDesk.Reach, now - s_reminder)
                        .Unjudged,
                    session.Settings.Get(SettingNames.SpotCheckReminded)
                ),
            cancellationToken
        );
        if (
            waiting > 0
            && (last is null || now - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(last, CultureInfo.InvariantCulture)) >= s_reminder)
        )
        {
            await store.WriteAsync(
                session =>
                {
                    session.Settings.Set(
                        SettingNames.SpotCheckReminded,
                        now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
                    );
                    session.Notices.Add("spot-check", RolloutText.SpotChecksWait(waiting), now);
                },
                cancellationToken
            );
        }
    }
}
