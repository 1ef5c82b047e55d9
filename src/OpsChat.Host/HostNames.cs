using OpsChat.Agent;

namespace OpsChat.Host;

/// <summary>
/// Under which names the host answers. A page of another site can give its own name this machine's loopback address (DNS rebinding), and
/// would then count as the same site; a request under a name that is not ours is refused.
/// </summary>
static class HostNames
{
    private static readonly string[] s_loopback = ["localhost", "127.0.0.1", "[::1]"], s_anyAddress = ["://0.0.0.0", "://[::]", "://*", "://+"];

    public static IList<string> Allowed(OpsChatOptions options)
    {
        var named = Named(options);
        return AreLoopback(options) || named.Length > 0
            ? [.. s_loopback, .. named, .. options.Telegram.WebhookUrl is { } webhook ? [webhook.Host] : Array.Empty<string>()]
            : ["*"];
    }

    /// <summary>Whether the host listens where only this machine reaches it.</summary>
    public static bool AreLoopback(OpsChatOptions options) =>
        options.Urls.Split(';').All(url => s_loopback.Any(name => url.Contains($"://{name}", StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// Whether the shop has a public name. It is then reached over https alone: a proxy in front speaks it, and what that tells us of it differs
    /// from one to the next.
    /// </summary>
    public static bool ArePublic(OpsChatOptions options) => Named(options).Length > 0 || options.Telegram.WebhookUrl?.Scheme == "https";

    /// <summary>The address to give to people: the public one, or the one that is listened on, as a browser on this machine can open it.</summary>
    /// <param name="listening">Scheme, host and port.</param>
    public static string AddressFor(OpsChatOptions options, string listening) =>
        Named(options).FirstOrDefault(name => !name.StartsWith('*')) is { } name ? $"https://{name}" : Reachable(listening);

    /// <summary>An address that is listened on, as a program on this machine can open it.</summary>
    public static string Reachable(string listening) =>
        s_anyAddress.Aggregate(listening.TrimEnd('/'), (address, any) => address.Replace(any, "://localhost", StringComparison.Ordinal));

    private static string[] Named(OpsChatOptions options) =>
        options.Hosts.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
