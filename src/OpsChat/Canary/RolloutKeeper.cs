using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Canary;

/// <summary>
/// Keeps the rollout true while the host runs. One look: 1. edits of the configuration, 2. new versions of playbooks, 3. cases that
/// went quiet, 4. what the evidence says now, and acting on it, 5. reminders of spot-checks. The decisions are in <see cref="Rollout"/>.
/// </summary>
public sealed partial class RolloutKeeper(IStore store, CanaryConfigFile file, Func<Knowledge> knowledge, TimeProvider time, ILogger<RolloutKeeper> log) : BackgroundService
{
    /// <summary>How often it looks for an edit or for news of outcomes; both looks cost next to nothing.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(750);

    /// <summary>How often it looks at everything though nothing has happened: time alone ends cases and makes arms comparable.</summary>
    public static readonly TimeSpan DecideEvery = TimeSpan.FromMinutes(1);

    private const int MostQuietAtOnce = 200;
    private const int ConversationsInANotice = 5;
    private static readonly TimeSpan s_reminder = TimeSpan.FromHours(24);

    private readonly ConfigEdits _edits = new(store, file, knowledge, time);
    private readonly RolloutDesk _desk = new(store, file, knowledge, time, "rollout");
    private Knowledge? _known;
    private long _latestEvent = -1;
    private DateTimeOffset _decidedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(LookEvery, time);
        do
        {
            // One of the three places where everything is caught: a locked database now must not end the watch over the rollout.
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e);
            }
        }
        while (await ticks.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One look; the costly part is left out when there is no news and the last one was less than <see cref="DecideEvery"/> ago.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        // 1. Edits of the configuration.
        var before = file.Current;
        await _edits.LookAsync(cancel);

        // 2. New versions of playbooks.
        var known = knowledge();
        var isNew = !ReferenceEquals(known, _known);
        if (isNew)
        {
            await FollowVersionsAsync(known, cancel);
            _known = known;
        }

        var latest = await store.ReadAsync(session => session.Outcomes.LatestEvent(), cancel);
        var now = time.GetUtcNow();
        if (!isNew && latest == _latestEvent && file.Current == before && now - _decidedAt < DecideEvery)
        {
            return;
        }

        // 3. Cases that went quiet.
        await EndQuietCasesAsync(now, cancel);

        // 4. What the evidence says. The whole comes last, without what has just been taken out.
        await DecideAsync(known, now, cancel);

        // 5. Reminders.
        await RemindAsync(known, now, cancel);
        (_latestEvent, _decidedAt) = (latest, now);
    }

    /// <summary>A playbook that is in force in another version than the last known one starts new evidence; after a rollback it re-enters small.</summary>
    private async Task FollowVersionsAsync(Knowledge known, CancellationToken cancel)
    {
        var versions = await store.ReadAsync(session => session.Settings.Get(SettingNames.PlaybookVersions), cancel) is { } json
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(json)! : [];
        foreach (var playbook in known.Playbooks.Playbooks)
        {
            if (versions.TryGetValue(playbook.Issue, out var version) && version != playbook.Version)
            {
                await NewVersionAsync(known, playbook, cancel);
            }

            versions[playbook.Issue] = playbook.Version;
        }

        await store.WriteAsync(session => session.Settings.Set(SettingNames.PlaybookVersions, JsonSerializer.Serialize(versions)), cancel);
    }

    private async Task NewVersionAsync(Knowledge known, Playbook playbook, CancellationToken cancel)
    {
        var before = file.Current.Config;
        var state = await store.ReadAsync(session => new EvidenceReader(session, known, before, time.GetUtcNow()).StateOf(playbook.Issue), cancel);
        var after = Rollout.WithNewVersion(before, playbook.Issue, state);
        var notice = RolloutText.NewVersion(playbook.Issue, before, after);
        if (after != before)
        {
            await _desk.WriteAsync(playbook.Issue, config => Rollout.WithNewVersion(config, playbook.Issue, state), RolloutStep.NewVersion, notice, notice, cancel);
            return;
        }

        await store.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            RolloutRecord.Changed(session, new(now, playbook.Issue, playbook.Version, RolloutStep.NewVersion, before.PercentageOf(playbook.Issue), "rollout", notice), before, before);
            session.Notices.Add("canary", notice, now);
        }, cancel);
    }

    private async Task EndQuietCasesAsync(DateTimeOffset now, CancellationToken cancel)
    {
        while (await store.WriteAsync(session => EndQuietCases(session, now), cancel) == MostQuietAtOnce)
        {
        }
    }

    private static int EndQuietCases(StoreSession session, DateTimeOffset now)
    {
        var quiet = session.Outcomes.GoneQuiet(now - CaseOutcome.QuietAfter, MostQuietAtOnce);
        foreach (var @case in quiet)
        {
            session.Outcomes.Apply(@case.Id, new OutcomeEvent.WentQuiet(@case.LastAt + CaseOutcome.QuietAfter));
        }

        return quiet.Count;
    }

    private async Task DecideAsync(Knowledge known, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var subject in await store.ReadAsync(session => Reader(session, known, now).Playbooks, cancel))
        {
            await DecideAsync(subject, known, now, cancel);
        }

        await DecideAsync(await store.ReadAsync(session => Reader(session, known, now).Whole, cancel), known, now, cancel);
    }

    private async Task DecideAsync(EvidenceSubject subject, Knowledge known, DateTimeOffset now, CancellationToken cancel)
    {
        var (view, isFarBehind) = await store.ReadAsync(session =>
        {
            var reader = Reader(session, known, now);
            return (reader.View(subject), reader.NeedsCheckpoint(subject));
        }, cancel);
        await ActAsync(subject, view, Rollout.Decide(view), now, cancel);
        if (isFarBehind)
        {
            await store.WriteAsync(session => Reader(session, known, now).Checkpoint(subject), cancel);
        }
    }

    private EvidenceReader Reader(StoreSession session, Knowledge known, DateTimeOffset now) =>
        new(session, known, file.Current.Config.InForce(known.FullyAutonomous), now);

    private Task ActAsync(EvidenceSubject subject, RolloutView view, RolloutDecision decision, DateTimeOffset now, CancellationToken cancel) => decision switch
    {
        RolloutDecision.RollBack => RollBackAsync(subject, decision, now, cancel),
        RolloutDecision.Promote => _desk.WriteAsync(
            subject.Playbook, config => Rollout.Apply(config, subject.Playbook, decision)!, RolloutStep.Promoted, decision.Why, decision.Why, cancel),
        RolloutDecision.AskPromote or RolloutDecision.AskRollBack => AskAsync(subject, view, decision, now, cancel),
        _ => Task.CompletedTask,
    };

    /// <summary>Out at once. When the file cannot be written, a pause protects the customers instead.</summary>
    private async Task RollBackAsync(EvidenceSubject subject, RolloutDecision decision, DateTimeOffset now, CancellationToken cancel)
    {
        var wrong = await store.ReadAsync(session => session.Outcomes.Wrong(subject, ConversationsInANotice), cancel);
        var notice = RolloutText.RolledBack(decision, wrong);
        var change = await _desk.WriteAsync(subject.Playbook, config => Rollout.Apply(config, subject.Playbook, decision)!, RolloutStep.RolledBack, decision.Why, notice, cancel);
        if (change is not CanaryChange.Written)
        {
            var why = $"{notice} canary.config.json could not be written, so the agent is paused instead. Mend the file, then resume.";
            await store.WriteAsync(session =>
            {
                RolloutRecord.Paused(session, "rollout", why, now);
                session.Notices.Add("canary", why, now);
            }, cancel);
        }
    }

    /// <summary>A question is put once for each version, stage and answer that it seeks.</summary>
    private async Task AskAsync(EvidenceSubject subject, RolloutView view, RolloutDecision decision, DateTimeOffset now, CancellationToken cancel)
    {
        var name = SettingNames.RolloutAsked(subject.Playbook);
        var question = string.Create(CultureInfo.InvariantCulture,
            $"{decision.GetType().Name} from {view.Percentage} % since {view.State.Since:O}{(subject.Playbook is null ? "" : $" version {subject.Version}")}");
        if (await store.ReadAsync(session => session.Settings.Get(name), cancel) != question)
        {
            await store.WriteAsync(session =>
            {
                session.Settings.Set(name, question);
                session.Notices.Add("canary", RolloutText.Question(decision, subject.Playbook), now);
            }, cancel);
        }
    }

    private async Task RemindAsync(Knowledge known, DateTimeOffset now, CancellationToken cancel)
    {
        var (waiting, last) = await store.ReadAsync(session => (
            session.Outcomes.Backlog(EvidenceSubject.Whole(known.Playbooks.Playbooks), now - SpotCheckDesk.Reach, now - s_reminder).Unjudged,
            session.Settings.Get(SettingNames.SpotCheckReminded)), cancel);
        if (waiting > 0 && (last is null || now - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(last, CultureInfo.InvariantCulture)) >= s_reminder))
        {
            await store.WriteAsync(session =>
            {
                session.Settings.Set(SettingNames.SpotCheckReminded, now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
                session.Notices.Add("spot-check", RolloutText.SpotChecksWait(waiting), now);
            }, cancel);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The rollout could not be looked at; the next look is in a second.")]
    private static partial void LogFailed(ILogger log, Exception e);
}
