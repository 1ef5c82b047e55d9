namespace OpsChat.Host.Web;

/// <summary>
/// Under which names the host answers. A page of another site can give its own name this machine's loopback address (DNS rebinding), and
/// would then count as the same site; a request under a name that is not ours is refused.
/// </summary>
static class HostNames
{
    private static readonly string[] s_loopback = ["localhost", "127.0.0.1", "[::1]"];

    public static IList<string> Allowed(OpsChatOptions options)
    {
        var named = options.Hosts.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var onLoopback = options.Urls.Split(';').All(url => s_loopback.Any(name => url.Contains($"://{name}", StringComparison.OrdinalIgnoreCase)));
        return onLoopback || named.Length > 0
            ? [.. s_loopback, .. named, .. options.Telegram.WebhookUrl is { } webhook ? [webhook.Host] : Array.Empty<string>()]
            : ["*"];
    }
}
