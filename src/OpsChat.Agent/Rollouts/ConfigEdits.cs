using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>
/// Follows <c>canary.config.json</c> as people edit it: good content comes into force at once and is recorded as an edit by hand, unless a
/// command intended it; broken content is told once and changes nothing.
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
        file.Reload();
        if (file.Findings.Count == 0 && await store.ReadAsync(RolloutRecord.Last, cancellationToken) != file.Current.Config)
        {
            // What is in force by then: a command may change the file while this waits.
            await store.WriteAsync(session => RolloutRecord.Follow(session, file.Current.Config, knowledge(), time.GetUtcNow()), cancellationToken);
        }
    }

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
