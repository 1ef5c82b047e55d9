using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>A feed whose newest version was refused, or that is older than twice its rhythm: nothing that needs it was really looked at.</summary>
internal sealed class DataQuality() : ShopMonitor("data-quality", TimeSpan.FromHours(1), AlertLines.Half(1), [])
{
    /// <summary>No feed counts as stale sooner.</summary>
    private static readonly TimeSpan s_leastAge = TimeSpan.FromHours(26);

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var feeds = shop.FeedsNow().ToList();
        return new(
            [.. feeds.Select(f => Finding(shop, f)).OfType<MonitorFinding>()], feeds.Select(f => Subject(f.Kind)).ToHashSet(), []);
    }

    public static SubjectKey Subject(FeedKind kind) => SubjectKey.Of(("feed", kind.Word()));

    /// <summary>Whether a feed is too old to be looked at: twice its rhythm, at least 26 hours.</summary>
    public static bool IsStale(FeedState feed, DateTimeOffset now) => feed.Newest is { } newest && feed.Rhythm is { } rhythm
        && now - newest > (2 * rhythm > s_leastAge ? 2 * rhythm : s_leastAge) + s_leastAge;

    /// <summary>Why nothing that needs the feed can be looked at; null when it can.</summary>
    internal static string? Trouble(ShopMoment shop, FeedState feed) =>
        feed.Refusal is { } refusal ? $"{feed.File} is not in force: {refusal}"
        : IsStale(feed, shop.Now) ? $"{feed.File} has had no new rows since {shop.Calendar.Day(feed.Newest!.Value):d MMM}."
        : null;

    private static MonitorFinding? Finding(ShopMoment shop, FeedState feed)
    {
        var sentence = Trouble(shop, feed);
        return sentence is null
            ? null
            : new(
                Subject(feed.Kind),
                1,
                1,
                new Money(0, shop.Currency),
                shop.Now,
                "owner",
                $"{sentence} What needs it is not checked.",
                [
                    new(
                        $"Newest row {feed.Newest:yyyy-MM-dd HH:mm}, usually new every {Plural.Of(feed.Rhythm?.TotalHours ?? 0, "0", "hour")}",
                        feed.File,
                        null,
                        feed.Newest ?? shop.Now
                    ),
                ],
                [],
                CalculationTrace.Of("rhythm", "data-quality 1", ("rhythmHours", feed.Rhythm?.TotalHours ?? 0))
            );
    }
}
