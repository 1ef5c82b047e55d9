using OpsChat.Operations.History;
using OpsChat.ShopData.Orders;
using OpsChat.ShopData.Parcels;
using OpsChat.ShopData.Products;
using OpsChat.ShopData.Tables;

namespace OpsChat.ShopData;

/// <summary>What a file of a shop's folder holds.</summary>
internal enum FeedKind
{
    Orders, Products, Inventory, PurchaseOrders, Customers, Shipments, Returns, Payments, Ads, Suppliers, Reviews, Fulfilment, StorefrontEvents, Subscriptions, Campaigns, EmailStatistics,
}

/// <summary>Recognises a file by its headers, never by its name or by positions.</summary>
internal static class FeedRecognition
{
    /// <summary>The headers that a feed cannot do without, most telling first: the first kind whose headers are all there is it.</summary>
    private static readonly (FeedKind Kind, string InWords, string[][] AnyOf)[] s_feeds =
    [
        (FeedKind.Payments, "payments", [["transactionid", "gross", "net"], ["idtransaccion", "bruto", "neto"], ["iddetransacción", "bruto", "neto"], ["amountrefunded", "sellermessage"], ["kind", "gateway", "order", "amount"]]),
        (FeedKind.Ads, "advertising", [["campaign", "cost"], ["campaignname", "amountspent"], ["nomdelacampagne", "montantdépensé"], ["kampagne", "kosten"], ["campaign", "spend"], ["campanha", "custo"], ["campaignname", "spend"]]),
        (FeedKind.Returns, "returns", [["returndate", "orderid", "sku", "reason"], ["returnorderid", "orderid"], ["nopengembalian", "nopesanan"], ["ordername", "outcome", "state"], ["order", "return"], ["rma", "order"], ["returnid", "order"], ["order", "returnreason"], ["order", "reason", "status"]]),
        (FeedKind.Fulfilment, "packing", [["order", "packedat", "station"], ["order", "skuordered"]]),
        (FeedKind.Shipments, "parcels", [["trackingnumber", "slug"], ["order", "trackingnumber", "carrier"], ["order", "tracking", "carrier"], ["order", "scannedat"], ["waybillnumberawb"], ["trackingid", "shipperorderno"]]),
        (FeedKind.PurchaseOrders, "purchase orders", [["ponumber", "sku"], ["orderreference", "vendor"], ["po", "supplier", "sku"], ["poso"], ["id", "supplier", "requiredby"]]),
        (FeedKind.Suppliers, "suppliers", [["supplier", "leaddays"], ["supplier", "contractuntil"], ["supplier", "moq", "currency"]]),
        (FeedKind.Subscriptions, "subscriptions", [["subscription", "chargeat"]]),
        (FeedKind.EmailStatistics, "e-mail statistics", [["flow", "sent", "opened"]]),
        (FeedKind.StorefrontEvents, "storefront events", [["sku", "views", "addtocarts"]]),
        (FeedKind.Campaigns, "campaign calendar", [["name", "from", "to", "kind"], ["name", "from", "to", "skus"]]),
        (FeedKind.Reviews, "reviews", [["sku", "rating"], ["clothingid", "rating"], ["productid", "rating", "reviewtext"], ["sku", "score", "text"]]),
        (FeedKind.Inventory, "stock by place", [["sku", "available"], ["sku", "location", "incoming"], ["sku", "onhandcurrent"], ["sku", "stok", "date"]]),
    ];

    private static readonly string[][] s_products =
        [["handle", "title"], ["title", "urlhandle"], ["title", "variantsku"], ["id", "type", "sku", "name"], ["productname", "sku", "price"], ["productname", "stock"], ["productname", "variationid"], ["title", "price", "quantity", "sku"], ["title", "sku"]];

    /// <summary>Every header that some feed knows: a line that has several of them is a header line.</summary>
    public static IReadOnlySet<string> KnownHeaders { get; } = new HashSet<string>(
        OrderLayouts.All.Append(OrderLayouts.Generic).SelectMany(layout => layout.Columns.SelectMany(column => column.Keys).Concat(layout.Signatures.SelectMany(s => s)))
            .Concat(((Column[])[.. ProductsFeed.Layout.Columns, .. InventoryFeed.Columns, .. PurchaseOrdersFeed.Columns, .. ShipmentsFeed.Columns, .. ReturnsFeed.Columns, .. CustomersFeed.Columns]).SelectMany(column => column.Keys))
            .Concat(s_feeds.SelectMany(feed => feed.AnyOf.SelectMany(keys => keys)))
            .Concat(s_products.SelectMany(keys => keys)),
        StringComparer.Ordinal);

    /// <summary>Null when the headers are those of no feed.</summary>
    public static FeedKind? Of(FeedTable table) =>
        OrderLayouts.All.Any(layout => layout.Signatures.Any(table.HasAll)) ? FeedKind.Orders
        : s_feeds.Where(feed => feed.AnyOf.Any(table.HasAll)).Select(feed => (FeedKind?)feed.Kind).FirstOrDefault() is { } kind && !(kind == FeedKind.Inventory && HasPrices(table)) ? kind
        : OrderLayouts.Of(table) is not null ? FeedKind.Orders
        : s_products.Any(table.HasAll) && !IsStockOnly(table) ? FeedKind.Products
        : table.Has(InventoryFeed.Sku) && table.Has(InventoryFeed.Available) ? FeedKind.Inventory
        : table.Has(CustomersFeed.Email) && (table.Has(CustomersFeed.FirstName) || table.Has(CustomersFeed.TotalSpent)) ? FeedKind.Customers
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
