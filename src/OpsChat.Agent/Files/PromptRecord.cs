using System.Text.Json;
using OpsChat.Drafting.Prompts;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// What the audit log and the owner know of the prompts in force. It lies in the store, so that an edit made while the host was stopped, or while the
/// store could not be written, is recorded as soon as it can be.
/// </summary>
static class PromptRecord
{
    /// <summary>Records what changed since the last record, in the audit log and for the owner; nothing when nothing did.</summary>
    public static void Keep(UnitOfWork session, PromptSet set, DateTimeOffset now)
    {
        var recorded = session.Settings.Get(SettingNames.PromptsRecorded);
        var versions = new SortedDictionary<string, string>(set.Versions.ToDictionary(), StringComparer.Ordinal);
        var text = JsonSerializer.Serialize(versions);
        if (text == (recorded ?? "{}"))
        {
            return;
        }

        var before = recorded is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(recorded)!;
        var changed = versions.Where(file => before.GetValueOrDefault(file.Key) != file.Value).ToDictionary();
        List<string> removed = [.. before.Keys.Except(versions.Keys)];
        session.Audit.Append("prompt", "opschat", "prompts", new { InForce = changed, Removed = removed }, now);
        session.Settings.Set(SettingNames.PromptsRecorded, text);

        // At the very first start nothing was edited.
        if (recorded is not null)
        {
            session.Notices.Add(
                "prompts",
                $"What the model is told has changed: {string.Join(", ", changed.Keys.Concat(removed.Select(name => $"{name} (removed)")))}.",
                now
            );
        }
    }
}
