namespace OpsChat.Operations.History;

/// <summary>How often a feed brings something new, and when it last did, as known at a moment.</summary>
internal static class FeedRhythm
{
    /// <summary>A rhythm is known from that many days with rows on.</summary>
    private const int LeastDays = 5;

    /// <summary>Feeds that bring rows whenever the shop is open. Supply orders, returns and the like come when they come.</summary>
    private static readonly FeedKind[] Steady = [FeedKind.Orders, FeedKind.Inventory, FeedKind.Storefront, FeedKind.Shipments];

    public static IEnumerable<FeedState> Of(ShopHistory history, ShopMoment moment)
    {
        foreach (var feed in history.Rows.Feeds)
        {
            var (newest, rhythm) = Steady.Contains(feed.Kind) ? Read(history, moment, feed.Kind) : (null, null);
            yield return feed with
            {
                Newest = newest,
                Rhythm = rhythm,
                Refusal = feed.ReadAt <= moment.Now || feed.ReadAt is null ? feed.Refusal : null,
            };
        }
    }

    /// <summary>The newest known row, and the longest gap but one in twenty between days with rows in the last eight weeks.</summary>
    private static (DateTimeOffset? Newest, TimeSpan? Rhythm) Read(ShopHistory history, ShopMoment moment, FeedKind kind)
    {
        var days = new SortedSet<int>();
        DateTimeOffset? newest = null;
        foreach (var at in Times(history, moment, kind))
        {
            newest = newest >= at ? newest : at;
            days.Add(history.Calendar.Day(at).DayNumber);
        }

        if (days.Count < LeastDays)
        {
            return (newest, null);
        }

        var gaps = days.Zip(days.Skip(1), (a, b) => b - a).Order().ToList();
        return (newest, TimeSpan.FromDays(gaps[(int)Math.Ceiling(0.95 * gaps.Count) - 1]));
    }

    private static IEnumerable<DateTimeOffset> Times(ShopHistory history, ShopMoment moment, FeedKind kind)
    {
        var from = moment.Now.AddDays(-56);
        return kind switch
        {
            FeedKind.Orders => moment.OrdersSince(from).Select(o => o.PlacedAt),
            FeedKind.Shipments => moment.Parcels.Select(p => p.Parcel.ShippedAt),
            FeedKind.Inventory => Counted(history, moment, from, i => i.Stock),
            _ => Counted(history, moment, from, i => i.Storefront),
        };
    }

    private static IEnumerable<DateTimeOffset> Counted(
        ShopHistory history,
        ShopMoment moment,
        DateTimeOffset from,
        Func<ItemHistory, StockPoint[]> points
    ) =>
        history
            .Items.Values.Take(200)
            .SelectMany(i => points(i).Take(ItemHistory.Known(points(i), moment.Now)).Select(p => p.At))
            .Where(at => at >= from);
}
