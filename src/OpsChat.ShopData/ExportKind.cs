using OpsChat.ShopData.History;
using OpsChat.ShopData.Orders;
using OpsChat.ShopData.Parcels;
using OpsChat.ShopData.Products;
using OpsChat.ShopData.Tables;

namespace OpsChat.ShopData;

/// <summary>What a file of a shop's folder holds.</summary>
internal enum ExportKind
{
    Orders,
    Products,
    Inventory,
    PurchaseOrders,
    Customers,
    Shipments,
    Returns,
    Payments,
    Ads,
    Suppliers,
    Reviews,
    Fulfilment,
    StorefrontEvents,
    Subscriptions,
    Campaigns,
    EmailStatistics,
}

/// <summary>Recognises a file by its headers, never by its name or by positions.</summary>
internal static class FeedRecognition
{
    /// <summary>The headers that a feed cannot do without, most telling first: the first kind whose headers are all there is it.</summary>
    private static readonly (ExportKind Kind, string InWords, string[][] AnyOf)[] s_feeds =
    [
        (
            ExportKind.Payments,
            "payments",
            [
                ["transactionid", "gross", "net"],
                ["idtransaccion", "bruto", "neto"],
                ["iddetransacción", "bruto", "neto"],
                ["amountrefunded", "sellermessage"],
                ["kind", "gateway", "order", "amount"],
            ]
        ),
        (
            ExportKind.Ads,
            "advertising",
            [
                ["campaign", "cost"],
                ["campaignname", "amountspent"],
                ["nomdelacampagne", "montantdépensé"],
                ["kampagne", "kosten"],
                ["campaign", "spend"],
                ["campanha", "custo"],
                ["campaignname", "spend"],
            ]
        ),
        (
            ExportKind.Returns,
            "returns",
            [
                ["returndate", "orderid", "sku", "reason"],
                ["returnorderid", "orderid"],
                ["nopengembalian", "nopesanan"],
                ["ordername", "outcome", "state"],
                ["order", "return"],
                ["rma", "order"],
                ["returnid", "order"],
                ["order", "returnreason"],
                ["order", "reason", "status"],
            ]
        ),
        (
            ExportKind.Fulfilment,
            "packing",
            [
                ["order", "packedat", "station"],
                ["order", "skuordered"],
            ]
        ),
        (
            ExportKind.Shipments,
            "parcels",
            [
                ["trackingnumber", "slug"],
                ["order", "trackingnumber", "carrier"],
                ["order", "tracking", "carrier"],
                ["order", "scannedat"],
                ["waybillnumberawb"],
                ["trackingid", "shipperorderno"],
            ]
        ),
        (
            ExportKind.PurchaseOrders,
            "purchase orders",
            [
                ["ponumber", "sku"],
                ["orderreference", "vendor"],
                ["po", "supplier", "sku"],
                ["poso"],
                ["id", "supplier", "requiredby"],
            ]
        ),
        (
            ExportKind.Suppliers,
            "suppliers",
            [
                ["supplier", "leaddays"],
                ["supplier", "contractuntil"],
                ["supplier", "moq", "currency"],
            ]
        ),
        (
            ExportKind.Subscriptions,
            "subscriptions",
            [
                ["subscription", "chargeat"],
            ]
        ),
        (
            ExportKind.EmailStatistics,
            "e-mail statistics",
            [
                ["flow", "sent", "opened"],
            ]
        ),
        (
            ExportKind.StorefrontEvents,
            "storefront events",
            [
                ["sku", "views", "addtocarts"],
            ]
        ),
        (
            ExportKind.Campaigns,
            "campaign calendar",
            [
                ["name", "from", "to", "kind"],
                ["name", "from", "to", "skus"],
            ]
        ),
        (
            ExportKind.Reviews,
            "reviews",
            [
                ["sku", "rating"],
                ["clothingid", "rating"],
                ["productid", "rating", "reviewtext"],
                ["sku", "score", "text"],
            ]
        ),
        (
            ExportKind.Inventory,
            "stock by place",
            [
                ["sku", "available"],
                ["sku", "location", "incoming"],
                ["sku", "onhandcurrent"],
                ["sku", "stok", "date"],
            ]
        ),
    ];

    private static readonly string[][] s_products =
    [
        ["handle", "title"],
        ["title", "urlhandle"],
        ["title", "variantsku"],
        ["id", "type", "sku", "name"],
        ["productname", "sku", "price"],
        ["productname", "stock"],
        ["productname", "variationid"],
        ["title", "price", "quantity", "sku"],
        ["title", "sku"],
    ];

    /// <summary>What such a file holds, for people.</summary>
    public static string InWords(ExportKind kind) => s_feeds.Select(feed => (ExportKind?)feed.Kind).Contains(kind)
        ? s_feeds.First(feed => feed.Kind == kind).InWords
        : kind.ToString().ToLowerInvariant();

    /// <summary>Every header that some feed knows: a line that has several of them is a header line.</summary>
    public static IReadOnlySet<string> KnownHeaders { get; } =
        new HashSet<string>(
            OrderLayouts
                .All.Append(OrderLayouts.Generic)
                .SelectMany(layout => layout.Columns.SelectMany(column => column.Keys).Concat(layout.Signatures.SelectMany(s => s)))
                .Concat(
                    (
                        (Column[])
                            [
                                .. ProductsFeed.Layout.Columns,
                                .. InventoryFeed.Columns,
                                .. PurchaseOrdersFeed.Columns,
                                .. ShipmentsFeed.Columns,
                                .. ReturnsFeed.Columns,
                                .. CustomersFeed.Columns,
                                .. StockHistory.Columns,
                                .. SupplyHistory.Columns,
                                .. ReturnHistory.Columns,
                                .. AdHistory.Columns,
                                .. ShopLife.Columns,
                                .. PaymentHistory.Columns,
                                .. OrderChecks.Columns,
                            ]
                    ).SelectMany(column => column.Keys)
                )
                .Concat(s_feeds.SelectMany(feed => feed.AnyOf.SelectMany(keys => keys)))
                .Concat(s_products.SelectMany(keys => keys)),
            StringComparer.Ordinal
        );

    /// <summary>Null when the headers are those of no feed.</summary>
    public static ExportKind? Of(FeedTable table) =>
        OrderLayouts.All.Any(layout => layout.Signatures.Any(table.HasAll)) ? ExportKind.Orders
        : s_feeds.Where(feed => feed.AnyOf.Any(table.HasAll)).Select(feed => (ExportKind?)feed.Kind).FirstOrDefault() is { } kind
        && !(kind == ExportKind.Inventory && HasPrices(table))
            ? kind
        : OrderLayouts.Of(table) is not null ? ExportKind.Orders
        : s_products.Any(table.HasAll) && !IsStockOnly(table) ? ExportKind.Products
        : table.Has(InventoryFeed.Sku) && table.Has(InventoryFeed.Available) ? ExportKind.Inventory
        : table.Has(CustomersFeed.Email) && (table.Has(CustomersFeed.FirstName) || table.Has(CustomersFeed.TotalSpent)) ? ExportKind.Customers
        : null;

    /// <summary>The kinds that are nearest to these headers, each with what it lacks.</summary>
    public static IReadOnlyList<string> Nearest(FeedTable table)
    {
        List<(string InWords, string[] Keys)> all =
        [
            .. s_feeds.Select(feed => (feed.InWords, feed.AnyOf.MinBy(keys => keys.Count(key => !table.HasAll([key])))!)),
            ("orders", ["ordernumber", "total", "itemname"]), ("products", ["title", "sku"]), ("customers", ["email", "firstname"]),
        ];
        return
        [
            .. all.Select(feed => (feed.InWords, Lacks: feed.Keys.Where(key => !table.HasAll([key])).ToArray(), Of: feed.Keys.Length))
                .OrderBy(feed => (double)feed.Lacks.Length / feed.Of).ThenBy(feed => feed.Lacks.Length).Take(3)
                .Select(feed => $"{feed.InWords} (lacks {string.Join(", ", feed.Lacks)})"),
        ];
    }

    private static bool HasPrices(FeedTable table) => table.Has(new Column("price", "Variant Price", "Price", "Regular price"));

    private static bool IsStockOnly(FeedTable table) => !HasPrices(table) && table.Has(InventoryFeed.Available) && table.Has(InventoryFeed.Sku);
}
