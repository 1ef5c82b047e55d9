namespace OpsChat.Storage;

/// <summary>Names of the values in the settings table.</summary>
public static class SettingNames
{
    /// <summary>Present while the agent is paused: who and why, in words.</summary>
    public const string Paused = "paused";

    /// <summary>Present while all lanes are stopped: when (milliseconds since 1970), who and why, a line each.</summary>
    public const string LanesStopped = "lanes-stopped";

    /// <summary>The canary's configuration as it was last recorded: another one in the file is an edit by hand, and it is the last good
    /// one.</summary>
    public const string CanaryRecorded = "canary-recorded";

    /// <summary>Changes of the recorded configuration that are being written into the file, or were when something failed: a list as JSON.</summary>
    public const string CanaryIntended = "canary-intended";

    /// <summary>The playbooks in force as the audit log and the owner know them, as JSON.</summary>
    public const string PlaybooksRecorded = "playbooks-recorded";

    /// <summary>The versions of the prompts in force as the audit log and the owner know them, as JSON by name.</summary>
    public const string PromptsRecorded = "prompts-recorded";

    /// <summary>The versions of the playbooks that the rollout knows, as JSON by issue.</summary>
    public const string PlaybookVersions = "playbook-versions";

    /// <summary>When the owner was last reminded of spot-checks, in milliseconds since 1970.</summary>
    public const string SpotCheckReminded = "spot-check-reminded";

    /// <summary>The audit log's head that the owner was told last, and when in milliseconds since 1970.</summary>
    public const string AuditAnnounced = "audit-announced", AuditAnnouncedAt = "audit-announced-at";

    /// <summary>Present until the audit log vouches for its first rows: how many of each kind are older than that.</summary>
    public const string AuditOlder = "audit-older";

    /// <summary>Present while erased text may still lie in the database's free space: since when, in milliseconds since 1970.</summary>
    public const string RewriteWanted = "rewrite-wanted";

    /// <summary>How many answers were pinned because a spot-check found them right.</summary>
    public const string PinnedBySpotChecks = "pinned-by-spot-checks";

    /// <summary>The day of the last look at what people did, and of the last weekly note: 2026-11-28.</summary>
    public const string Learned = "learned", LearnNoted = "learn-noted";
    public const string OwnerToken = "owner-token";

    /// <summary>Whether the data folder was first opened for the demo shop (<c>demo</c>) or for a shop of its own (<c>own</c>).</summary>
    public const string OpenedFor = "opened-for";

    /// <summary>By which the error log knows that it belongs to this store. Made with the store.</summary>
    public const string StoreId = "store-id";
    public const string ButtonKey = "button-key";
    public const string CookieKey = "cookie-key";
}
