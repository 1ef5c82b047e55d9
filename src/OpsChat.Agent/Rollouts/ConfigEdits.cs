using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>
/// Follows <c>canary.config.json</c> as people edit it: good content comes into force at once and is recorded as an edit by hand, unless a
/// command intended it; broken content is told once and changes nothing. Where hosts share the store, each has a file of its own, and what is
/// recorded is what all of them have.
/// </summary>
sealed class ConfigEdits(IStore store, CanaryConfigFile file, CurrentPlaybooks knowledge, TimeProvider time)
{
    private IReadOnlyList<string> _told = [];

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await RecordAsync(cancellationToken);
        var troubles = Troubles(file);
        if (!troubles.SequenceEqual(_told))
        {
            await TellAsync(troubles, cancellationToken);
            _told = troubles;
        }
    }

    /// <summary>What is wrong with the file, and what is in force meanwhile.</summary>
    internal static IReadOnlyList<string> Troubles(CanaryConfigFile file) =>
        [
            .. file.Findings.Select(finding => finding.ToString()),
            .. file.Findings.Count > 0 ? ["What was in force stays in force until that is mended."] : Array.Empty<string>(),
            .. file.Unwritten is { } why
                ?
                [
                    $"{OwnedFiles.CanaryName} was changed on another host, and the change is in force on {Environment.MachineName} too, but its file "
                        + $"there says something older. {why} Free some disk space, or give OpsChat the right to write the file and its folder.",
                ]
                : Array.Empty<string>(),
        ];

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

    /// <summary>What is recorded comes into force, and into the file if the disk takes it. For whoever holds <see cref="SyncedFiles.Rollout"/>.
    /// </summary>
    internal async Task PullAsync(SyncedFiles synced, CancellationToken cancellationToken)
    {
        file.Reload();
        if (await store.ReadAsync(RolloutRecord.Last, cancellationToken) is not { } recorded)
        {
            return;
        }

        // Nobody's edit is written over that could not be read.
        switch (file.IsUnreadable ? null : file.Change(file.Seen, recorded))
        {
            case CanaryChange.Written:
                Agree(synced, recorded);
                break;
            case CanaryChange.Refused refused:
                file.PutInForce(recorded, string.Join(" ", refused.Findings.Select(finding => finding.Problem)));
                break;
            case null:
                file.PutInForce(recorded, null);
                break;
            default:
                // It was edited in between: the next look decides anew.
                break;
        }
    }

    /// <summary>Notes that file and record say the same.</summary>
    internal static void Agree(SyncedFiles synced, CanaryConfig both) => synced.Set([(OwnedFiles.CanaryName, new(0, DigestOf(both)))]);

    private async Task ExchangeAsync(SyncedFiles synced, CancellationToken cancellationToken)
    {
        file.Reload();
        var (mine, recorded) = (file.OnDisk, await store.ReadAsync(RolloutRecord.Last, cancellationToken));
        // A broken file was edited too: it stays as long as nobody edits another host's. One that cannot be read is as good as none.
        var local = mine is not null ? DigestOf(mine) : !File.Exists(file.Path) || file.IsUnreadable ? null : $"broken {file.Seen}";
        var head = recorded is null ? null : new SharedHead(OwnedFiles.CanaryName, 0, DigestOf(recorded));
        switch (FileSync.Decide(new(local, synced.Of(OwnedFiles.CanaryName), MayBeDeleted: false), head))
        {
            case SyncStep.None when mine is not null:
                file.PutInForce(mine, null);
                break;
            case SyncStep.Agree when mine is not null:
                Agree(synced, mine);
                file.PutInForce(mine, null);
                break;
            case SyncStep.Push when mine is not null:
                if (await store.WriteAsync(session => IsFollowed(session, mine, recorded), cancellationToken))
                {
                    Agree(synced, mine);
                }

                break;
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

    private Task TellAsync(IReadOnlyList<string> troubles, CancellationToken cancellationToken) =>
        troubles.Count == 0
            ? Task.CompletedTask
            : store.WriteAsync(session => session.Notices.Add("canary", string.Join(" ", troubles), time.GetUtcNow()), cancellationToken);
}
