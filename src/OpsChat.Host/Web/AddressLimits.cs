using System.Net;
using OpsChat.Messages;

namespace OpsChat.Host.Web;

/// <summary>What one network address may do, before anything is known of who is there.</summary>
sealed class AddressLimits(OpsChatOptions options, TimeProvider time)
{
    private readonly TokenBuckets<IPAddress> _newcomers = new(options.Messages.MostNewPerMinute, TimeSpan.FromMinutes(1), time);
    private readonly TokenBuckets<IPAddress> _signIns = new(options.Messages.MostSignInsPerMinute, TimeSpan.FromMinutes(1), time);

    /// <summary>Null when one more conversation may begin; otherwise when it may.</summary>
    public TimeSpan? Newcomer(HttpContext context) => _newcomers.Take(AddressOf(context));

    /// <summary>Null when one more sign-in may be tried; otherwise when it may.</summary>
    public TimeSpan? SignIn(HttpContext context) => _signIns.Take(AddressOf(context));

    private static IPAddress AddressOf(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;
}
