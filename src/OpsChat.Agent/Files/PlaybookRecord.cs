using System.Text.Json;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// What the audit log and the owner know of the playbooks in force. It lies in the store, so that an edit made while the host was stopped, or
/// while the store could not be written, is recorded as soon as it can be.
/// </summary>
/// <param name="Versions">Of the files in force, by their names without extension.</param>
/// <param name="Findings">Errors and warnings, each as it is shown.</param>
public sealed record PlaybookRecord(IReadOnlyDictionary<string, string> Versions, IReadOnlyList<string> Findings)
{
    public static PlaybookRecord Of(PlaybookSet set) =>
        new(
            new SortedDictionary<string, string>(set.InForce.ToDictionary(file => file.Stem, file => file.Version), StringComparer.Ordinal),
            [.. set.Findings.Select(finding => finding.ToString())]
        );

    /// <summary>Records what changed since the last record, in the audit log and for the owner; nothing when nothing did.</summary>
    public static void Keep(UnitOfWork session, PlaybookSet set, DateTimeOffset now)
    {
        foreach (var file in set.InForce)
        {
            FileDesk.KeepOnDisk(session, file, now);
        }

        var recorded = session.Settings.Get(SettingNames.PlaybooksRecorded);
        var text = JsonSerializer.Serialize(Of(set));
        if (text == recorded)
        {
            return;
        }

        var before = recorded is null ? null : JsonSerializer.Deserialize<PlaybookRecord>(recorded);
        var change = CatalogChange.Between(before ?? new(new Dictionary<string, string>(), []), set);
        session.Audit.Append("playbook", "opschat", set.Fingerprint, new { change.Added, change.Changed, change.Removed, change.Broken }, now);
        session.Settings.Set(SettingNames.PlaybooksRecorded, text);

        // At the very first start the owner knows which playbooks there are, but not what is wrong with them.
        var told = before is null ? CatalogChange.Between(Of(set) with { Findings = [] }, set) : change;
        foreach (var sentence in told.InWords)
        {
            session.Notices.Add("playbook", sentence, now);
        }
    }
}
