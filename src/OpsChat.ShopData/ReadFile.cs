using OpsChat.Facts;
using OpsChat.Operations.History;
using OpsChat.ShopData.History;
using OpsChat.ShopData.Orders;
using OpsChat.ShopData.Parcels;
using OpsChat.ShopData.Products;
using OpsChat.ShopData.Tables;
using OpsChat.Text;

namespace OpsChat.ShopData;

/// <summary>Facts that a file cannot give because it lacks a column.</summary>
/// <param name="Column">In an owner's words.</param>
/// <param name="Means">What follows for customers, in an owner's words: a clause.</param>
/// <param name="Facts">Names of the facts that stay unknown.</param>
public sealed record FeedGap(string File, string Column, string Means, IReadOnlyList<string> Facts)
{
    /// <summary>A file of parcels tells the same.</summary>
    internal bool IsToldByParcels { get; init; }

    /// <summary>A file of purchase orders tells the same.</summary>
    internal bool IsToldByPurchaseOrders { get; init; }
}

/// <summary>One file of the folder, read whole.</summary>
/// <param name="Kind">Null when it was not recognised.</param>
/// <param name="IsUsable">False when an error keeps it out of force.</param>
internal sealed record ReadFile(
    string File,
    DateTime WrittenAt,
    ExportKind? Kind,
    string? Platform,
    int Rows,
    int BrokenRows,
    bool IsUsable,
    IReadOnlyList<Finding> Findings
)
{
    public IReadOnlyList<ReadOrder> Orders { get; init; } = [];
    public IReadOnlyList<Product> Products { get; init; } = [];
    public IReadOnlyList<StockAtPlace> Stock { get; init; } = [];
    public IReadOnlyList<IncomingStock> Incoming { get; init; } = [];
    public IReadOnlyList<Customer> Customers { get; init; } = [];
    public IReadOnlyList<Shipment> Shipments { get; init; } = [];
    public IReadOnlyList<ReturnRequest> Returns { get; init; } = [];
    public IReadOnlyList<FeedGap> Gaps { get; init; } = [];

    /// <summary>What was read from it, in sentences, where what they are counted from is not kept; null where it is.</summary>
    public IReadOnlyList<string>? Says { get; init; }

    /// <summary>The same as rows of the shop's history; none where only the chat reads.</summary>
    public ShopRows History { get; init; } = ShopRows.None;

    /// <summary>It counts what customers are shown.</summary>
    public bool CountsStorefront { get; init; }

    /// <summary>It counts what is there.</summary>
    public bool CountsWarehouse { get; init; }

    /// <summary>Rows of its history are left out because they have not happened yet: on a later day it says more.</summary>
    public bool HasLater { get; init; }

    /// <summary>It was read before this program began, and is as it was: its rows are among those that are kept, and not here.</summary>
    public bool IsKept { get; init; }

    /// <summary>Rows that are broken beyond this share put the file's last good version back in force.</summary>
    private const double MostBroken = 0.05;

    public bool HasTooManyBrokenRows => BrokenRows > 2 && BrokenRows > MostBroken * (Rows + BrokenRows);

    /// <exception cref="IOException">The file cannot be read now.</exception>
    public static ReadFile Of(string path, ShopReading reading) =>
        Of(Path.GetFileName(path), OwnersFile.Bytes(path), System.IO.File.GetLastWriteTimeUtc(path), reading);

    public static ReadFile Of(string file, byte[] bytes, DateTime written, ShopReading reading)
    {
        reading = reading.Anew();
        Sheet sheet;
        try
        {
            sheet = SheetReader.Read(file, bytes);
        }
        catch (InvalidDataException error)
        {
            reading.Error(file, 1, error.Message, "Export it again as CSV or .xlsx; the rest of the shop's files stay in force.");
            return new(file, written, null, null, 0, 0, false, reading.Findings);
        }

        if (sheet.Remark is { } remark)
        {
            reading.Warning(file, 1, remark, "");
        }

        if (FeedTable.Of(sheet, FeedRecognition.KnownHeaders, reading) is not { } table)
        {
            reading.Error(
                file,
                1,
                "The file has no header line that OpsChat knows.",
                "One line must name the columns, as the shop system exports them."
            );
            return new(file, written, null, null, sheet.Rows.Count(), 0, false, reading.Findings);
        }

        return FeedRecognition.Of(table) is { } kind ? Read(table, kind, written) : Unknown(table, written);
    }

    private static ReadFile Unknown(FeedTable table, DateTime written)
    {
        if (OrderLayouts.Lacking(table) is { } lacking)
        {
            table.Reading.Error(
                table.File, table.HeaderLine, $"No column for the {lacking.Name}.",
                $"Export the orders again with one of these headers: {string.Join(", ", lacking.Aliases.Select(alias => $"\"{alias}\""))}.");
            return new(table.File, written, null, null, table.Rows.Count, table.BrokenRows, false, table.Reading.Findings);
        }

        table.Reading.Warning(
            table.File, table.HeaderLine, "Nobody can tell from its headers what this file holds; it is not used.",
            $"Nearest are: {string.Join("; ", FeedRecognition.Nearest(table))}.");
        return new(table.File, written, null, null, table.Rows.Count, table.BrokenRows, false, table.Reading.Findings);
    }

    private static ReadFile Read(FeedTable table, ExportKind kind, DateTime written)
    {
        // Counts of stock are by far the most rows of a shop. A history takes them one by one.
        var isPassed = kind == ExportKind.Inventory && table.Reading.Calendar is not null;
        var layout = kind == ExportKind.Orders ? OrderLayouts.Of(table) : null;
        var orders = layout is null ? [] : OrdersFeed.Read(table, layout);
        var read = new ReadFile(
            table.File,
            written,
            kind,
            layout?.Platform,
            isPassed ? 0 : table.Rows.Count,
            table.BrokenRows,
            orders is not null,
            table.Reading.Findings
        );
        read = kind switch
        {
            ExportKind.Orders => read with { Orders = orders ?? [], Gaps = FeedGaps.OfOrders(table, layout!) },
            ExportKind.Products => read with { Products = ProductsFeed.Read(table), Gaps = FeedGaps.OfProducts(table) },
            ExportKind.Inventory when !isPassed => read with { Stock = InventoryFeed.Read(table) },
            ExportKind.PurchaseOrders => read with { Incoming = PurchaseOrdersFeed.Read(table) },
            ExportKind.Customers => read with { Customers = CustomersFeed.Read(table) },
            ExportKind.Shipments => read with { Shipments = ShipmentsFeed.Read(table) },
            ExportKind.Returns => read with { Returns = ReturnsFeed.Read(table) },
            _ => read,
        };
        if (table.Reading.Calendar is not { } calendar)
        {
            return read;
        }

        var history = HistoryRows.Read(table, kind, new DateTimeOffset(written, TimeSpan.Zero), calendar, read.Orders, read.Shipments);
        // The rows of the history are all that is needed of it, and the same orders twice would need twice the room.
        return read with
        {
            History = history,
            CountsStorefront = history.Stock.Any(count => count.IsStorefront),
            CountsWarehouse = history.Stock.Any(count => !count.IsStorefront),
            HasLater = table.Reading.HasLater,
            BrokenRows = table.BrokenRows,
            Rows = table.RowCount,
            Says = FileSummary.SaysOf(read),
            Orders = [],
            Products = [],
            Incoming = [],
            Shipments = [],
            Returns = [],
        };
    }
}

/// <summary>What the missing columns of a file cost, in facts.</summary>
internal static class FeedGaps
{
    public static IReadOnlyList<FeedGap> OfOrders(FeedTable table, OrderLayout layout)
    {
        var hasItems = layout.Items is not null || table.Has(layout.ItemName);
        (bool Has, string Column, string Means, string[] Facts)[] wanted =
        [
            (
                table.Has(layout.Email) || layout.Phones.Any(table.Has),
                "the buyer's e-mail or phone",
                "nobody can prove an order in the chat, and a person answers",
                ["order.missing"]
            ),
            (
                layout.Summed is not null || table.Has(layout.Total),
                "the order's total",
                "no amount is told, and what can be paid back is unknown",
                ["order.total", "order.refundable"]
            ),
            (
                layout.States.Any(table.Has) || layout.StateByDates,
                "the order's state",
                "nobody is told where an order stands",
                ["order.status", "order.is_paid", "order.is_shipped"]
            ),
            (hasItems, "the items", "nobody is told what was ordered", ["order.items", "order.item_count"]),
            (
                table.Has(layout.PlacedAt),
                "the day of the order",
                "nobody is told when it was placed, and nothing that depends on its age holds",
                ["order.placed_on", "order.age"]
            ),
            (table.Has(layout.ShippedAt), "the day of dispatch", "nobody is told since when a parcel is on its way", ["order.shipped_on"]),
            (
                table.Has(layout.DeliveredAt),
                "the day of delivery",
                "nobody is told that an order arrived, and no return window is open; a file of parcels would tell",
                ["order.delivered_on", "order.is_delivered", "return.window_open", "return.deadline", "return.days_left"]
            ),
            (
                table.Has(layout.PromisedBy),
                "the promised day of delivery",
                "the delivery days of _shop.md stand in for it",
                ["order.promised_by", "order.late", "order.days_late"]
            ),
            (
                table.Has(layout.Tracking) || table.Has(layout.NoteAttributes),
                "the tracking number",
                "nobody is told a tracking number; a file of parcels would tell",
                ["shipment.tracking"]
            ),
            (
                table.Has(layout.Refunded) || (layout.RefundsListed is { } listed && table.Has(listed.Column)),
                "the refunded amount",
                "what can be paid back is unknown wherever money may have gone back, and a person decides",
                ["order.refunded", "order.refundable", "order.is_refunded"]
            ),
        ];
        return
        [
            .. wanted.Where(w => !w.Has).Select(w => new FeedGap(table.File, w.Column, w.Means, w.Facts)
            {
                IsToldByParcels = w.Column is "the tracking number" or "the day of dispatch" or "the day of delivery",
            }),
        ];
    }

    public static IReadOnlyList<FeedGap> OfProducts(FeedTable table)
    {
        var layout = ProductsFeed.Layout;
        var hasUrl = table.Has(layout.Url) || (table.Has(new Column("handle", "Handle", "URL handle")) && table.Reading.ShopUrl is not null);
        (bool Has, string Column, string Means, string[] Facts)[] wanted =
        [
            (hasUrl, "the product's page (or store.url in _shop.md)", "links are left out of answers", ["product.url"]),
            (table.Has(layout.Price), "the price", "questions for a price go to a person", ["product.price"]),
            (
                table.Has(layout.Quantity) || table.Has(layout.InStock),
                "the stock",
                "what is in stock is known only from a file of stock",
                ["product.stock", "product.in_stock", "product.low_stock"]
            ),
            (
                table.Has(layout.Sku),
                "the SKU",
                "articles are known by name alone, and no file of stock or orders can be joined to them",
                ["product.sku"]
            ),
            (
                table.Has(layout.Restock),
                "the day of the next delivery (or a file of purchase orders)",
                "nobody is told when it is back",
                ["product.restock_on"]
            ),
        ];
        return
        [
            .. wanted
                .Where(w => !w.Has)
                .Select(w => new FeedGap(table.File, w.Column, w.Means, w.Facts)
                {
                    IsToldByPurchaseOrders = w.Facts[0] == "product.restock_on",
                }),
        ];
    }
}
