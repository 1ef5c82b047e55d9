using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace OpsChat.Tests.Support;

/// <summary>The routes that a host really has, so that a test of all of them does not miss the next one.</summary>
static partial class HostRoutes
{
    /// <summary>Method and path of each; parameters in braces are replaced by what <paramref name="parameter"/> gives for their name.</summary>
    public static IReadOnlyList<(string Method, string Path)> Of(RunningHost host, Func<string, string> parameter) =>
    [
        .. from endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           where method is "GET" or "POST"
           select (method, Parameter().Replace(path, match => parameter(match.Groups[1].Value))),
    ];

    [GeneratedRegex(@"\{\*?([^}:]*)[^}]*\}")]
    private static partial Regex Parameter();
}
