using OpsChat.Facts;
using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.ShopData.History;

/// <summary>The files of a folder as one history. Exports overlap: the same row counts once, and of one thing told differently the newest file's word counts.</summary>
internal static class HistoryJoin
{
    /// <param name="files">The oldest first.</param>
    /// <param name="refusals">Why the newest version of a file is not in force, by file name.</param>
    public static ShopRows Of(IReadOnlyList<ReadFile> files, IReadOnlyDictionary<string, string> refusals, DateTimeOffset readAt)
    {
        IReadOnlyList<T> Newest<T, TKey>(Func<ShopRows, IReadOnlyList<T>> rows, Func<T, TKey> key) =>
            [.. files.SelectMany(file => rows(file.History)).Reverse().DistinctBy(key).Reverse()];

        return new()
        {
            Orders = Newest(rows => rows.Orders, order => OrderNumber.Key(order.Number)),
            Parcels = Newest(rows => rows.Parcels, parcel => (OrderNumber.Key(parcel.Order), parcel.Tracking)),
            Products = Newest(rows => rows.Products, product => product.Sku),
            Stock = Stock(files),
            SupplyOrders = Newest(rows => rows.SupplyOrders, order => (order.Supplier, order.Number, order.Sku)),
            Suppliers = Newest(rows => rows.Suppliers, terms => terms.Supplier),
            Returns = Newest(rows => rows.Returns, line => (OrderNumber.Key(line.Order), line.Return, line.Sku, line.Reason, line.RequestedAt)),
            Reviews = Newest(rows => rows.Reviews, review => review with { Place = default }),
            Ads = Newest(rows => rows.Ads, ad => (ad.From, ad.To, ad.Campaign, ad.AdGroup, ad.Keyword, ad.Sku)),
            Picks = Newest(rows => rows.Picks, line => line with { Place = default }),
            StorefrontDays = Newest(rows => rows.StorefrontDays, day => (day.Day, day.Sku)),
            Charges = Newest(rows => rows.Charges, charge => (charge.Subscription, charge.ChargeAt)),
            Campaigns = Newest(rows => rows.Campaigns, campaign => (campaign.Name, campaign.From)),
            EmailDays = Newest(rows => rows.EmailDays, day => (day.Day, day.Flow)),
            Payments = Newest(rows => rows.Payments, payment => payment with { Place = default }),
            Feeds = [.. files.Where(file => file.Kind is not null).Select(file => new FeedState(FeedOf(file), file.File, readAt, null, null, refusals.GetValueOrDefault(file.File)))],
        };
    }

    /// <summary>A storefront's own counts come before the number that a catalogue shows beside its articles.</summary>
    private static IReadOnlyList<StockReading> Stock(IReadOnlyList<ReadFile> files)
    {
        var hasStorefront = files.Any(file => file.Kind == ExportKind.Inventory && file.History.Stock.Any(count => count.IsStorefront));
        return
        [
            .. files.Where(file => !hasStorefront || file.Kind != ExportKind.Products).SelectMany(file => file.History.Stock).Reverse()
                .DistinctBy(count => (count.Sku, count.Location, count.IsStorefront, count.At)).Reverse(),
        ];
    }

    private static FeedKind FeedOf(ReadFile file) => file.Kind switch
    {
        ExportKind.Orders => FeedKind.Orders,
        ExportKind.Products => FeedKind.Products,
        ExportKind.Inventory => file.History.Stock.Count > 0 && file.History.Stock.All(count => count.IsStorefront) ? FeedKind.Storefront : FeedKind.Inventory,
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
