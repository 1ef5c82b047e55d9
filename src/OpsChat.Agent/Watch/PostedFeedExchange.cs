using Microsoft.Extensions.Logging;

namespace OpsChat.Agent;

/// <summary>Lays what was posted to another host into this one's folder, so that whichever host watches the shop has all of it.</summary>
public sealed class PostedFeedExchange(PostedFeeds feeds, TimeProvider time, ILogger<PostedFeedExchange> log)
    : PeriodicService(TimeSpan.FromSeconds(2), time, log)
{
    protected override string WhenItFails => "Rows that the shop's system posted to another host could not be fetched";

    public override Task LookAsync(CancellationToken cancellationToken) => feeds.FetchAsync(cancellationToken);
}
