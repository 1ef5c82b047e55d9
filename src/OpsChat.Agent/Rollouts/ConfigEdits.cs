using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>
/// Follows <c>canary.config.json</c> as people edit it: good content comes into force at once and is recorded as an edit by hand, unless a
/// command intended it; broken content is told once and changes nothing. Where hosts share the store, each has a file of its own, and what is
/// recorded is what all of them have.
/// </summary>
sealed class ConfigEdits(IStore store, CanaryConfigFile file, CurrentPlaybooks knowledge, TimeProvider time)
{
    private IReadOnlyList<Finding> _told = [];

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await RecordAsync(cancellationToken);
        if (!file.Findings.SequenceEqual(_told))
        {
            await TellAsync(file.Findings, cancellationToken);
            _told = file.Findings;
        }
    }

    /// <summary>Reads the file, and records its content when the store does not know it.</summary>
    public async Task RecordAsync(CancellationToken cancellationToken)
    {
        if (file.Synced is { } synced)
        {
            await synced.Rollout.WaitAsync(cancellationToken);
            try
            {
                await ExchangeAsync(synced, cancellationToken);
            }
            finally
            {
                synced.Rollout.Release();
            }

            return;
        }

        file.Reload();
        if (file.Findings.Count == 0 && await store.ReadAsync(RolloutRecord.Last, cancellationToken) != file.Current.Config)
        {
            // What is in force by then: a command may change the file while this waits.
            await store.WriteAsync(session => RolloutRecord.Follow(session, file.Current.Config, knowledge(), time.GetUtcNow()), cancellationToken);
        }
    }

    /// <summary>The file becomes what is recorded. For whoever holds <see cref="SyncedFiles.Rollout"/>.</summary>
    internal async Task PullAsync(SyncedFiles synced, CancellationToken cancellationToken)
    {
        file.Reload();
        if (
            await store.ReadAsync(RolloutRecord.Last, cancellationToken) is { } recorded
            && file.Change(file.Seen, recorded) is CanaryChange.Written
        )
        {
            Agree(synced, recorded);
        }
    }

    /// <summary>Notes that file and record say the same.</summary>
    internal static void Agree(SyncedFiles synced, CanaryConfig both) => synced.Set([(OwnedFiles.CanaryName, new(0, DigestOf(both)))]);

    private async Task ExchangeAsync(SyncedFiles synced, CancellationToken cancellationToken)
    {
        file.Reload();
        var (mine, recorded) = (file.Current.Config, await store.ReadAsync(RolloutRecord.Last, cancellationToken));
        // A broken file was edited too: it stays as long as nobody edits another host's.
        var isBroken = file.Findings.Count > 0;
        var local = !File.Exists(file.Path) ? null : isBroken ? $"broken {file.Seen}" : DigestOf(mine);
        var head = recorded is null ? null : new SharedHead(OwnedFiles.CanaryName, 0, DigestOf(recorded));
        switch (FileSync.Decide(local, synced.Of(OwnedFiles.CanaryName), head, wasShared: false))
        {
            case SyncStep.Agree:
                Agree(synced, mine);
                break;
            case SyncStep.Push when !isBroken && local is not null:
                if (await store.WriteAsync(session => IsFollowed(session, mine, recorded), cancellationToken))
                {
                    Agree(synced, mine);
                }

                break;
            case SyncStep.Push when local is null:
            case SyncStep.Pull:
                await PullAsync(synced, cancellationToken);
                break;
            case SyncStep.Conflict:
                var text = await File.ReadAllTextAsync(file.Path, cancellationToken);
                await store.WriteAsync(
                    session => FileConflict.Keep(session, OwnedFiles.CanaryName, null, text, Environment.MachineName, time.GetUtcNow()),
                    cancellationToken
                );
                await PullAsync(synced, cancellationToken);
                break;
            default:
                break;
        }
    }

    /// <summary>Records the file's content on top of what was looked at; false when another host has recorded something since.</summary>
    private bool IsFollowed(UnitOfWork session, CanaryConfig mine, CanaryConfig? recorded)
    {
        if (RolloutRecord.Last(session) != recorded)
        {
            return false;
        }

        RolloutRecord.Follow(session, mine, knowledge(), time.GetUtcNow());
        return true;
    }

    private static string DigestOf(CanaryConfig config) => FileDesk.Version(RolloutRecord.TextOf(config));

    private Task TellAsync(IReadOnlyList<Finding> findings, CancellationToken cancellationToken) =>
        findings.Count == 0
            ? Task.CompletedTask
            : store.WriteAsync(
                session =>
                    session.Notices.Add(
                        "canary",
                        $"{string.Join(" ", findings.Select(f => f.ToString()))} What was in force stays in force until that is mended.",
                        time.GetUtcNow()
                    ),
                cancellationToken
            );
}
