using System.Text.Json;
using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>Follows the versions in which playbooks are in force: a new one begins new evidence.</summary>
sealed class NewVersions(IStore store, CanaryConfigFile file, CurrentPlaybooks knowledge, TimeProvider time)
{
    private readonly RolloutDesk _desk = new(store, file, knowledge, time, RolloutDesk.ByEvidence);

    /// <summary>
    /// A playbook that is in force in another version than the last known one starts new evidence; after a rollback it re-enters small. Where the
    /// file could not be changed the version stays unknown, and the next look at all playbooks tries again.
    /// </summary>
    public async Task FollowAsync(PlaybookSnapshot known, CancellationToken cancellationToken)
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
                    new EvidenceReader(session, known, before, time.GetUtcNow()).StateOf(playbook.Issue),
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
                var (now, kept, first) = (time.GetUtcNow(), before.PercentageOf(playbook.Issue), before.StagesOf(playbook.Issue)[0]);
                RolloutRecord.Changed(
                    session,
                    new(now, playbook.Issue, playbook.Version, RolloutStep.NewVersion, kept, RolloutDesk.ByEvidence, notice),
                    kept
                );
                session.Notices.AddInPlaceOfOlder($"version of {playbook.Issue}", notice, now);
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
}
