using OpsChat.Approvals;

namespace OpsChat.Host.Web;

/// <summary>What the routes of the owner's side need, so that a page offers nobody a form that its route would refuse.</summary>
sealed class RouteRights(EndpointDataSource routes)
{
    private readonly Lazy<Dictionary<string, Right?>> _ofPosts = new(() =>
        routes
            .Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Post) is true)
            .GroupBy(route => "/" + route.RoutePattern.RawText!.Trim('/'), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => OwnerAccess.NeededBy(same.First(), HttpMethods.Post), StringComparer.OrdinalIgnoreCase)
    );

    /// <summary>Whether this person may post there. A route that nobody knows is anybody's to be refused by.</summary>
    public bool MayPost(Approver who, string path) =>
        !_ofPosts.Value.TryGetValue(path, out var needed) || (needed is { } right && who.May(right));
}
