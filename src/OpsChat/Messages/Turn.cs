using System.Text.Json.Serialization;
using OpsChat.Storage;

namespace OpsChat.Messages;

/// <summary>What one decision starts from: the messages that wait, and what is remembered of the conversation.</summary>
/// <param name="Cases">Cases that are not quiet yet, newest first.</param>
/// <param name="CasesWithCard">Ids of those cases that wait for a person or an approval.</param>
public sealed record Turn(
    string Id, Conversation Conversation, IReadOnlyList<InboxMessage> Messages, IReadOnlyList<Case> Cases, IReadOnlyCollection<string> CasesWithCard, bool IsPaused)
{
    /// <summary>Understanding reads this much of a turn; the rest is kept and shown to people.</summary>
    public const int MostCharacters = 4000;

    /// <summary>Approvals of the whole conversation that are pending, by their cases.</summary>
    public IReadOnlyCollection<string> CasesWithApproval { get; init; } = [];

    /// <summary>The fragments as one text.</summary>
    [JsonIgnore]
    public string Text { get; } = TextOf(Messages.Select(m => m.Text.Value));

    [JsonIgnore]
    public bool IsTooLong => Messages.Sum(m => m.Text.Value.Length) > MostCharacters;

    [JsonIgnore]
    public IReadOnlyList<string> Attachments { get; } = [.. Messages.SelectMany(m => m.Attachments)];

    [JsonIgnore]
    public long LastSeq => Messages[^1].Seq;

    /// <summary>Of the conversation so far; null while no message told it.</summary>
    [JsonIgnore]
    public string? KnownLanguage => Conversation.Language is "und" ? null : Conversation.Language;

    /// <summary>The id of the case that the turn opens, should it open one.</summary>
    [JsonIgnore]
    public string NewCaseId => $"c{Id[1..]}";

    /// <summary>The undecided messages of a conversation, or null when there are none.</summary>
    public static Turn? Load(UnitOfWork session, ConversationId id, DateTimeOffset now)
    {
        var messages = session.Inbox.Undecided(id);
        if (messages.Count == 0)
        {
            return null;
        }

        var conversation = session.Conversations.Find(id) ?? throw new InvalidOperationException($"Conversation {id} has messages but no row.");
        var cases = session.Cases.Open(id, now);
        var withApproval = session.Approvals.PendingIn(id).Select(a => a.CaseId).ToHashSet();
        var withCard = cases.Count == 0 ? [] : session.HandOffs.OpenOf(id).Select(h => h.CaseId).Concat(cases.Select(c => c.Id).Where(withApproval.Contains)).ToHashSet();
        return new(Ids.New('t', now), conversation, messages, cases, withCard, session.Settings.Get(SettingNames.Paused) is not null) { CasesWithApproval = withApproval };
    }

    /// <summary>Fragments as one text, as much of it as is read.</summary>
    public static string TextOf(IEnumerable<string> fragments)
    {
        var text = string.Join('\n', fragments);
        return text.Length <= MostCharacters ? text : text[..MostCharacters];
    }
}

/// <summary>Names of the values in the settings table.</summary>
public static class SettingNames
{
    /// <summary>Present while the agent is paused: who and why, in words.</summary>
    public const string Paused = "paused";

    /// <summary>The canary's configuration as it was last recorded: another one in the file is an edit by hand, and it is the last good one.</summary>
    public const string CanaryRecorded = "canary-recorded";

    /// <summary>Changes of the recorded configuration that are being written into the file, or were when something failed: <see cref="Canary.IntendedChange"/>s as JSON.</summary>
    public const string CanaryIntended = "canary-intended";

    /// <summary>The playbooks in force as the audit log and the owner know them: <see cref="Playbooks.PlaybookRecord"/> as JSON.</summary>
    public const string PlaybooksRecorded = "playbooks-recorded";

    /// <summary>The versions of the prompts in force as the audit log and the owner know them, as JSON by name.</summary>
    public const string PromptsRecorded = "prompts-recorded";

    /// <summary>The versions of the playbooks that the rollout knows, as JSON by issue.</summary>
    public const string PlaybookVersions = "playbook-versions";

    /// <summary>When the owner was last reminded of spot-checks, in milliseconds since 1970.</summary>
    public const string SpotCheckReminded = "spot-check-reminded";

    /// <summary>The audit log's head that the owner was told last, and when in milliseconds since 1970.</summary>
    public const string AuditAnnounced = "audit-announced", AuditAnnouncedAt = "audit-announced-at";

    /// <summary>Present while erased text may still lie in the database's free space: since when, in milliseconds since 1970.</summary>
    public const string RewriteWanted = "rewrite-wanted";
    public const string OwnerToken = "owner-token";

    /// <summary>By which the error log knows that it belongs to this store. Made with the store.</summary>
    public const string StoreId = "store-id";
    public const string ButtonKey = "button-key";
    public const string CookieKey = "cookie-key";
}
