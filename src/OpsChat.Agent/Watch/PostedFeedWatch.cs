using Microsoft.Extensions.Logging;

namespace OpsChat.Agent;

/// <summary>What the shop's system posted to another host lies in this one's folder too: any host may be the one that watches the shop.</summary>
public sealed class PostedFeedWatch(PostedFeeds feeds, TimeProvider time, ILogger<PostedFeedWatch> log)
    : PeriodicService(TimeSpan.FromSeconds(5), time, log)
{
    protected override string WhenItFails => "What the shop's system posted to another host could not be taken over";

    public override Task LookAsync(CancellationToken cancellationToken) => feeds.ExchangeAsync(cancellationToken);
}
