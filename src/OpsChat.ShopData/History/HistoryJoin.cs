using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.ShopData.History;

/// <summary>The files of a folder as one history. Exports overlap: the same row counts once, and of one thing told differently the newest file's
/// word counts.</summary>
internal static class HistoryJoin
{
    /// <param name="files">The oldest first.</param>
    /// <param name="refusals">Why the newest version of a file is not in force, by file name.</param>
    public static ShopRows Of(IReadOnlyList<ReadFile> files, IReadOnlyDictionary<string, string> refusals, DateTimeOffset readAt)
    {
        // A storefront's own counts come before the number that a catalogue shows beside its articles.
        var hasStorefront = files.Any(file => file.Kind == ExportKind.Inventory && file.CountsStorefront);
        // Where no file counts the warehouse, the catalogue's own numbers are the stock.
        var isCounted = files.Any(file => file.Kind == ExportKind.Inventory && file.CountsWarehouse);
        return Newest([.. files.Select(file => file.Kind != ExportKind.Products ? file.History
            : !isCounted ? file.History with { Stock = [.. file.History.Stock.Select(Warehouse)] }
            : hasStorefront ? file.History with { Stock = [] } : file.History)]) with
        {
            Feeds =
            [
                .. files.Where(file => file.Kind is not null).Select(file => State(FeedOf(file), file)),
                .. files
                    .Where(file => !isCounted && file.Kind == ExportKind.Products && file.History.Stock.Count > 0)
                    .Select(file => State(FeedKind.Inventory, file)),
            ],
        };
        StockReading Warehouse(StockReading count) => count.Of(count.Counting with { IsStorefront = false });
        FeedState State(FeedKind kind, ReadFile file) => new(kind, file.File, readAt, null, null, refusals.GetValueOrDefault(file.File));
    }

    /// <summary>Several readings as one, without their feeds.</summary>
    /// <param name="readings">The oldest first.</param>
    public static ShopRows Newest(IReadOnlyList<ShopRows> readings) => Joined(readings, isFirstJoined: false);

    /// <summary>Kept rows with newer ones. Lists to which nothing newer came are the kept ones themselves.</summary>
    public static ShopRows Onto(ShopRows kept, ShopRows newer) => Joined([kept, newer], isFirstJoined: true);

    private static ShopRows Joined(IReadOnlyList<ShopRows> readings, bool isFirstJoined)
    {
        IReadOnlyList<T> Last<T, TKey>(Func<ShopRows, IReadOnlyList<T>> rows, Func<T, TKey> key) =>
            isFirstJoined && readings.Skip(1).All(reading => rows(reading).Count == 0)
                ? rows(readings[0])
                : [.. readings.SelectMany(rows).Reverse().DistinctBy(key).Reverse()];

        return new()
        {
            Orders = Last(rows => rows.Orders, order => OrderNumber.Key(order.Number)),
            Parcels = Last(rows => rows.Parcels, parcel => (OrderNumber.Key(parcel.Order), parcel.Tracking)),
            Products = Last(rows => rows.Products, product => product.Sku),
            // Of counts of one moment the last one counts anyway, and there are millions of them.
            Stock = readings.Where(rows => rows.Stock.Count > 0).Select(rows => rows.Stock).ToList() is [var only]
                ? only
                : Counts(readings),
            SupplyOrders = Last(rows => rows.SupplyOrders, order => (order.Supplier, order.Number, order.Sku)),
            Suppliers = Last(rows => rows.Suppliers, terms => terms.Supplier),
            Returns = Last(rows => rows.Returns, line => (OrderNumber.Key(line.Order), line.Return, line.Sku, line.Reason, line.RequestedAt)),
            Reviews = Last(rows => rows.Reviews, review => review with { Place = default }),
            Ads = Last(rows => rows.Ads, ad => (ad.From, ad.To, ad.Campaign, ad.AdGroup, ad.Keyword, ad.Sku)),
            Picks = Last(rows => rows.Picks, line => line with { Place = default }),
            StorefrontDays = Last(rows => rows.StorefrontDays, day => (day.Day, day.Sku)),
            Charges = Last(rows => rows.Charges, charge => (charge.Subscription, charge.ChargeAt)),
            Campaigns = Last(rows => rows.Campaigns, campaign => (campaign.Name, campaign.From)),
            EmailDays = Last(rows => rows.EmailDays, day => (day.Day, day.Flow)),
            Payments = Last(rows => rows.Payments, payment => payment with { Place = default }),
        };
    }

    private static StockReading[] Counts(IReadOnlyList<ShopRows> readings)
    {
        var (all, filled) = (new StockReading[readings.Sum(rows => rows.Stock.Count)], 0);
        foreach (var count in readings.SelectMany(rows => rows.Stock))
        {
            all[filled++] = count;
        }

        return all;
    }

    private static FeedKind FeedOf(ReadFile file) =>
        file.Kind switch
        {
            ExportKind.Orders => FeedKind.Orders,
            ExportKind.Products => FeedKind.Products,
            ExportKind.Inventory => file is { CountsStorefront: true, CountsWarehouse: false } ? FeedKind.Storefront : FeedKind.Inventory,
            ExportKind.PurchaseOrders => FeedKind.PurchaseOrders,
            ExportKind.Customers => FeedKind.Customers,
            ExportKind.Shipments => FeedKind.Shipments,
            ExportKind.Returns => FeedKind.Returns,
            ExportKind.Payments => FeedKind.Payments,
            ExportKind.Ads => FeedKind.Ads,
            ExportKind.Suppliers => FeedKind.Suppliers,
            ExportKind.Reviews => FeedKind.Reviews,
            ExportKind.Fulfilment => FeedKind.Fulfilment,
            ExportKind.StorefrontEvents => FeedKind.StorefrontEvents,
            ExportKind.Subscriptions => FeedKind.Subscriptions,
            ExportKind.Campaigns => FeedKind.Campaigns,
            ExportKind.EmailStatistics => FeedKind.EmailStats,
            _ => throw new InvalidOperationException($"{file.Kind} is no feed."),
        };
}
