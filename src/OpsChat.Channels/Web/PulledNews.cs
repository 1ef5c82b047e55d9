using Microsoft.Extensions.Logging;
using OpsChat.Agent;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Channels.Web;

/// <summary>Where hosts share the store, whoever waits here for news of a conversation hears of what another host has said in it.</summary>
public sealed class PulledNews(PulledChannel channel, ChangeFeed feed, IStore store, TimeProvider time, ILogger<PulledNews> log)
    : ResilientBackgroundService(time, log)
{
    private const int MostAtOnce = 500;

    // One look tells of all that was said meanwhile: a commit for each would be looked for otherwise, on each host.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(15), s_shortest = TimeSpan.FromMilliseconds(100);
    private long _heard;

    protected override string WhenItFails => "Customers who wait for news do not hear of what other hosts say";

    protected override async Task BeginAsync(CancellationToken cancellationToken) =>
        _heard = await store.ReadAsync(session => session.Changes.Latest(), cancellationToken);

    protected override async Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken)
    {
        var changes = await feed.AfterAsync(_heard, MostAtOnce, s_longest, Time, cancellationToken);
        foreach (var conversation in changes.Select(change => change.Conversation).Distinct(StringComparer.Ordinal))
        {
            if (ConversationId.TryParse(conversation, out var id))
            {
                channel.Announce(id);
            }
        }

        _heard = changes.Count > 0 ? changes[^1].Number : _heard;
        return s_shortest;
    }
}
