using Microsoft.Extensions.Logging;
using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Keeps the rollout true while the host runs. One look: 1. edits of the configuration, 2. new versions of playbooks, 3. cases that went quiet,
/// 4. what the evidence says now, and acting on it, 5. questions that are overtaken, and reminders of spot-checks. The decisions are in
/// <see cref="Rollout"/>, what is done about them in <see cref="RolloutActs"/>.
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

    private readonly ChangeFeed.News _heard = feed.Of("outcome", "rollout");
    private readonly ConfigEdits _edits = new(store, file, knowledge, time);
    private readonly NewVersions _versions = new(store, file, knowledge, time);
    private readonly RolloutActs _acts = new(store, file, knowledge, time);
    private readonly SpotCheckReminder _reminder = new(store);
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
            await _versions.FollowAsync(known, cancellationToken);
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
            await _acts.WithdrawAsync(known, now, cancellationToken);
            await _reminder.LookAsync(known, now, cancellationToken);
            (_known, _config, _lookedAtAllAt) = (known, file.Current, begun);
        }
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
            await _acts.DoAsync(reading, now, cancellationToken);
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
        await _acts.DoAsync(whole, now, cancellationToken);
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
}
