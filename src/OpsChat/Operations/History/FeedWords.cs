namespace OpsChat.Operations.History;

/// <summary>Feeds by name.</summary>
public static class FeedWords
{
    /// <summary><c>purchase-orders</c>.</summary>
    public static string Word(this FeedKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
