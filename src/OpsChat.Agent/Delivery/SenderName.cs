namespace OpsChat.Agent;

/// <summary>Which host sends, where several share one store; for people who look into it.</summary>
/// <param name="Value">Null where the store is one process's.</param>
public sealed record SenderName(string? Value)
{
    /// <summary>The machine's name, where hosts share a PostgreSQL database.</summary>
    public static SenderName Of(OpsChatOptions options) => new(options.Store.Length == 0 ? null : Environment.MachineName);
}
