using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Canary;

/// <summary>
/// Follows <c>canary.config.json</c> as people edit it: good content comes into force at once and is recorded as an edit by hand, broken content is
/// told once and changes nothing.
/// </summary>
sealed class ConfigEdits(IStore store, CanaryConfigFile file, Func<Knowledge> knowledge, TimeProvider time)
{
    private IReadOnlyList<Finding> _told = [];
    private string? _recorded;
    private string? _seenOnce;

    public async Task LookAsync(CancellationToken cancel)
    {
        file.Reload();
        if (!file.Findings.SequenceEqual(_told))
        {
            await TellAsync(file.Findings, cancel);
            _told = file.Findings;
        }

        var current = file.Current;
        if (file.Findings.Count == 0 && current.Fingerprint != _recorded && await IsRecordedAsync(current, cancel))
        {
            (_recorded, _seenOnce) = (current.Fingerprint, null);
        }
    }

    /// <summary>
    /// True when the store knows this content, now or already. A command writes the file first and the store right after, so only content
    /// that is still unknown at a second look is an edit by hand.
    /// </summary>
    private async Task<bool> IsRecordedAsync(CanaryInForce current, CancellationToken cancel)
    {
        var before = await store.ReadAsync(RolloutRecord.Last, cancel);
        if (before == current.Config)
        {
            return true;
        }

        if (before is not null && _seenOnce != current.Fingerprint)
        {
            _seenOnce = current.Fingerprint;
            return false;
        }

        await store.WriteAsync(session => Record(session, before, current.Config), cancel);
        return true;
    }

    private void Record(StoreSession session, CanaryConfig? before, CanaryConfig after)
    {
        var now = time.GetUtcNow();
        session.Settings.Set(SettingNames.CanaryRecorded, RolloutRecord.TextOf(after));
        if (before is null)
        {
            return; // The first start: nothing was edited.
        }

        session.Audit.Append("config", "owner", "canary.config.json", new { Before = RolloutRecord.TextOf(before), After = RolloutRecord.TextOf(after) }, now);
        foreach (var playbook in Moved(before, after))
        {
            var version = playbook is null ? "" : knowledge().Playbooks.Find(playbook)?.Version ?? "";
            session.RolloutChanges.Add(new(now, playbook, version, RolloutStep.SetByOwner, after.PercentageOf(playbook), "owner",
                $"canary.config.json was edited by hand: {playbook ?? "all playbooks"} from {before.PercentageOf(playbook):0.##} % to {after.PercentageOf(playbook):0.##} %."));
        }
    }

    /// <summary>The whole (null) and the playbooks with a percentage of their own whose percentage is another one now.</summary>
    private static IEnumerable<string?> Moved(CanaryConfig before, CanaryConfig after) =>
        before.Playbooks.Keys.Union(after.Playbooks.Keys).Prepend(null).Where(p => before.PercentageOf(p) != after.PercentageOf(p));

    private Task TellAsync(IReadOnlyList<Finding> findings, CancellationToken cancel) => findings.Count == 0 ? Task.CompletedTask
        : store.WriteAsync(session => session.Notices.Add("canary",
            $"{string.Join(" ", findings.Select(f => f.ToString()))} What was in force stays in force until that is mended.", time.GetUtcNow()), cancel);
}
