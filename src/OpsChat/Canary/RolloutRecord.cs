using System.Text;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Canary;

/// <summary>What the store keeps of a change: the change itself, the audit row, and the configuration that the file has from then on.</summary>
public static class RolloutRecord
{
    public static void Changed(StoreSession session, RolloutChange change, CanaryConfig before, CanaryConfig after)
    {
        session.RolloutChanges.Add(change);
        session.Settings.Set(SettingNames.CanaryRecorded, TextOf(after));
        session.Audit.Append("canary", change.By, change.Playbook ?? "all",
            new { Step = change.Step.ToString(), change.Version, From = before.PercentageOf(change.Playbook), change.To, change.Why }, change.At);
    }

    /// <param name="why">Stays in the audit log for ever, so it names no customer.</param>
    /// <param name="because">The conversation that led to it; null when none did.</param>
    public static void Paused(StoreSession session, string who, string why, DateTimeOffset now, ConversationId? because = null)
    {
        var data = new { Verb = "pause", Why = why };
        session.Settings.Set(SettingNames.Paused, why);
        if (because is { } conversation)
        {
            session.Audit.Append("canary", who, conversation, data, now);
        }
        else
        {
            session.Audit.Append("canary", who, "all", data, now);
        }
    }

    public static void Resumed(StoreSession session, string who, DateTimeOffset now)
    {
        session.Settings.Remove(SettingNames.Paused);
        session.Audit.Append("canary", who, "all", new { Verb = "resume" }, now);
    }

    /// <summary>The configuration as the file has it, for comparing and for the next start with a broken file.</summary>
    public static string TextOf(CanaryConfig config) => Encoding.UTF8.GetString(CanaryConfigText.Write(config));

    /// <summary>The recorded configuration; null before the first.</summary>
    public static CanaryConfig? Last(StoreSession session) =>
        session.Settings.Get(SettingNames.CanaryRecorded) is { } text ? CanaryConfigText.Read("the store", Encoding.UTF8.GetBytes(text)).Config : null;
}
