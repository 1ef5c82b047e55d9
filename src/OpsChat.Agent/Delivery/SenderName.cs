namespace OpsChat.Agent;

/// <summary>Which host sends, where several share one store: each takes for its own only what it took itself.</summary>
/// <param name="Value">Null where the store is one process's: then everything that is on its way is its own.</param>
public sealed record SenderName(string? Value)
{
    /// <summary>No channel takes so long for one message: what has been on its way for longer was taken by a host that is gone.</summary>
    public static readonly TimeSpan SurelyOver = TimeSpan.FromMinutes(10);

    /// <summary>The machine's name, where hosts share a PostgreSQL database. Hosts of one database need names of their own.</summary>
    public static SenderName Of(OpsChatOptions options) => new(options.Store.Length == 0 ? null : Environment.MachineName);
}
