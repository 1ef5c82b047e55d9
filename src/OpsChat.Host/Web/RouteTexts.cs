using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace OpsChat.Host.Web;

/// <summary>
/// A customer's id may hold any sign. The server decodes an address once, but leaves <c>%2F</c> as it is, so that <c>a/b</c> (sent as
/// <c>a%2Fb</c>) and <c>a%2Fb</c> (sent as <c>a%252Fb</c>) would be one customer. Here the parts of a route that hold one are decoded from what was
/// really sent.
/// </summary>
static class RouteTexts
{
    public static Task DecodeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is RouteEndpoint { RoutePattern: var pattern }
            && context.Request.RouteValues.Values.Any(value => value is string text && text.Contains("%2F", StringComparison.OrdinalIgnoreCase)))
        {
            Decode(context, pattern);
        }

        return next(context);
    }

    private static void Decode(HttpContext context, RoutePattern pattern)
    {
        var sent = Sent(context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "").Split('/');
        // Where the server took dots out of the path, its parts and those that were sent are not the same ones.
        if (sent.Length != (context.Request.PathBase + context.Request.Path).Value?.Split('/').Length)
        {
            return;
        }

        foreach (var (part, place) in pattern.PathSegments.Select((part, place) => (part, place)))
        {
            if (part is { IsSimple: true, Parts: [RoutePatternParameterPart parameter] })
            {
                context.Request.RouteValues[parameter.Name] = Uri.UnescapeDataString(
                    parameter.IsCatchAll ? string.Join('/', sent[(place + 1)..]) : sent[place + 1]
                );
            }
        }
    }

    /// <summary>The path of a request line, whose target may be a whole address.</summary>
    private static string Sent(string target)
    {
        var path = target.Split('?')[0];
        var host = path.StartsWith('/') ? -1 : path.IndexOf("://", StringComparison.Ordinal);
        return host < 0 ? path : path.IndexOf('/', host + 3) is >= 0 and var slash ? path[slash..] : "/";
    }
}
