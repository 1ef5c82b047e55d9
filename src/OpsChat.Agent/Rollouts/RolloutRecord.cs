using System.Text;
using System.Text.Json;
using OpsChat.Canary;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// What the store keeps of the rollout: its changes, their audit rows, and the configuration as it was recorded last. A change of the file is
/// intended, written and completed, in this order; each step may fail, and the next look at the file (<see cref="Follow"/>) completes what was
/// written.
/// </summary>
public static class RolloutRecord
{
    /// <param name="from">Percent before.</param>
    public static void Changed(UnitOfWork session, RolloutChange change, decimal from)
    {
        session.RolloutChanges.Add(change);
        session.Audit.Append(
            "canary",
            change.By,
            change.Playbook ?? "all",
            new
            {
                Step = change.Step.ToString(),
                change.Version,
                From = from,
                change.To,
                change.Why,
            },
            change.At
        );
    }

    /// <summary>Keeps a change that is about to be written on top of the recorded configuration.</summary>
    public static void Intend(UnitOfWork session, IntendedChange change) => SetIntended(session, [.. Intended(session), change]);

    /// <summary>Drops a change that was not written after all.</summary>
    public static void Withdraw(UnitOfWork session, IntendedChange change) =>
        SetIntended(session, [.. Intended(session).Where(other => other != change)]);

    /// <summary>Records an intended change that the file has, with what it tells the owner; nothing when another look has done so already.</summary>
    public static void Complete(UnitOfWork session, IntendedChange intended)
    {
        if (!Intended(session).Contains(intended))
        {
            return;
        }

        var change = intended.Change;
        Changed(session, change, Last(session)!.PercentageOf(change.Playbook));
        Keep(session, intended.Content);
        if (intended.Notice is { } notice)
        {
            session.Notices.Add("canary", notice, change.At);
        }

        if (intended.Question is { } question)
        {
            session.RolloutQuestions.Close(question, change.Why, change.By, change.At);
        }
    }

    /// <summary>Brings the record up to what the file says: by the change that was intended, or else as an edit by hand.</summary>
    public static void Follow(UnitOfWork session, CanaryConfig onDisk, PlaybookSnapshot known, DateTimeOffset now)
    {
        var before = Last(session);
        if (before == onDisk)
        {
            return;
        }

        if (before is not null && Intended(session).LastOrDefault(change => change.Content == TextOf(onDisk)) is { } intended)
        {
            Complete(session, intended);
            return;
        }

        Keep(session, TextOf(onDisk));
        // At the first start nothing was edited.
        if (before is not null)
        {
            EditedByHand(session, before, onDisk, known, now);
        }
    }

    /// <param name="why">Stays in the audit log for ever, so it names no customer.</param>
    /// <param name="because">The conversation that led to it; null when none did.</param>
    public static void Paused(UnitOfWork session, string who, string why, DateTimeOffset now, ConversationId? because = null)
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

    public static void Resumed(UnitOfWork session, string who, DateTimeOffset now)
    {
        session.Settings.Remove(SettingNames.Paused);
        session.Audit.Append("canary", who, "all", new { Verb = "resume" }, now);
    }

    /// <summary>The configuration as the file has it, for comparing and for the next start with a broken file.</summary>
    public static string TextOf(CanaryConfig config) => Encoding.UTF8.GetString(CanaryConfigText.Write(config));

    /// <summary>The recorded configuration; null before the first.</summary>
    public static CanaryConfig? Last(UnitOfWork session) =>
        session.Settings.Get(SettingNames.CanaryRecorded) is { } text
            ? CanaryConfigText.Read("the store", Encoding.UTF8.GetBytes(text)).Config
            : null;

    /// <summary>What evidence rolled back and nobody has changed since.</summary>
    public static IReadOnlyList<StandingRollback> RolledBack(UnitOfWork session) =>
        Last(session) is { } config ? StandingRollback.Of(session.RolloutChanges.All(), config, RolloutDesk.ByEvidence) : [];

    private static void EditedByHand(UnitOfWork session, CanaryConfig before, CanaryConfig after, PlaybookSnapshot known, DateTimeOffset now)
    {
        session.Audit.Append("config", "owner", "canary.config.json", new { Before = TextOf(before), After = TextOf(after) }, now);
        foreach (var playbook in Moved(before, after))
        {
            var version = playbook is null ? "" : known.Playbooks.Find(playbook)?.Version ?? "";
            session.RolloutChanges.Add(
                new(
                    now,
                    playbook,
                    version,
                    RolloutStep.SetByOwner,
                    after.PercentageOf(playbook),
                    "owner",
                    $"canary.config.json was edited by hand: {playbook ?? "all playbooks"} from {before.PercentageOf(playbook):0.##} % to "
                        + $"{after.PercentageOf(playbook):0.##} %."
                )
            );
        }
    }

    /// <summary>The whole (null) and the playbooks with a percentage of their own whose percentage is another one now.</summary>
    private static IEnumerable<string?> Moved(CanaryConfig before, CanaryConfig after) =>
        before.Playbooks.Keys.Union(after.Playbooks.Keys).Prepend(null).Where(p => before.PercentageOf(p) != after.PercentageOf(p));

    /// <summary>What was intended on top of another configuration can no longer be written: the file would refuse it.</summary>
    private static void Keep(UnitOfWork session, string content)
    {
        session.Settings.Set(SettingNames.CanaryRecorded, content);
        session.Settings.Remove(SettingNames.CanaryIntended);
    }

    private static List<IntendedChange> Intended(UnitOfWork session) =>
        session.Settings.Get(SettingNames.CanaryIntended) is { } json ? JsonSerializer.Deserialize<List<IntendedChange>>(json)! : [];

    private static void SetIntended(UnitOfWork session, List<IntendedChange> changes) =>
        session.Settings.Set(SettingNames.CanaryIntended, JsonSerializer.Serialize(changes));
}
