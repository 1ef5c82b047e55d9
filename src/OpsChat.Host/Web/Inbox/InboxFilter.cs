namespace OpsChat.Host.Web.Inbox;

/// <summary>Which conversations the inbox shows, as its address says.</summary>
/// <param name="View">One of <see cref="Views"/>.</param>
/// <param name="Channel">Null for all; so for the playbook, the owner of the playbook's hand-offs, and the tag.</param>
/// <param name="Words">What is searched for; null or empty for everything.</param>
public sealed record InboxFilter(
    string View,
    string? Channel = null,
    string? Playbook = null,
    string? Owner = null,
    string? Tag = null,
    string? Words = null
)
{
    public const string All = "all";

    /// <summary>What can be asked for, with its name.</summary>
    public static IReadOnlyList<(string View, string Name)> Views { get; } =
    [
        (All, "All open"),
        ("mine", "Mine"),
        ("unassigned", "Unassigned"),
        ("approvals", "Approvals"),
        ("drafts", "Drafts"),
        ("waiting", "Waiting"),
        ("done", "Done"),
    ];

    public static InboxFilter From(string? view, string? channel, string? playbook, string? owner, string? tag, string? words) =>
        new(
            Views.Any(known => known.View == view) ? view! : All,
            Given(channel),
            Given(playbook),
            Given(owner),
            Given(tag),
            Given(words?.Length > 200 ? words[..200] : words)
        );

    /// <summary>The part of an address after the question mark; empty for everything that is open.</summary>
    public string Query
    {
        get
        {
            (string Name, string? Value)[] all =
                [("view", View == All ? null : View), ("channel", Channel), ("playbook", Playbook), ("owner", Owner), ("tag", Tag), ("q", Words)];
            return string.Join('&', all.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
        }
    }

    /// <summary>The inbox with this filter.</summary>
    public string Path => WithQuery("/owner");

    /// <summary>That path with this filter.</summary>
    public string WithQuery(string path) => Query.Length == 0 ? path : $"{path}?{Query}";

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
