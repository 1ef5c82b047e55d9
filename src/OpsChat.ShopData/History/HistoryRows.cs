using System.Globalization;
using OpsChat.Facts;
using OpsChat.Operations.History;
using OpsChat.ShopData.Orders;
using OpsChat.ShopData.Tables;
using OpsChat.Text;

namespace OpsChat.ShopData.History;

/// <summary>
/// One file as rows of a shop's history. A row that lacks what makes it one (its day, its article, its amount) is a finding and is left out; what
/// else cannot be read is unknown. A time that is a day only counts from the end of that day, so that nothing is known too early; what a file tells
/// of the day on which it is read has happened by then.
/// </summary>
internal sealed class HistoryRows(FeedTable table, ShopCalendar calendar, DateTimeOffset writtenAt)
{
    public ShopCalendar Calendar => calendar;

    /// <summary>When the export was written: the time of counts that carry none.</summary>
    public DateTimeOffset WrittenAt => writtenAt;

    public string Currency => table.Reading.Currency;

    public FeedTable Table => table;

    public static ShopRows Read(
        FeedTable table,
        ExportKind kind,
        DateTimeOffset writtenAt,
        ShopCalendar calendar,
        IReadOnlyList<ReadOrder> orders,
        IReadOnlyList<Shipment> shipments
    )
    {
        var rows = new HistoryRows(table, calendar, writtenAt);
        return kind switch
        {
            ExportKind.Orders => new() { Orders = [.. orders.Select(rows.Order).OfType<OrderRow>()] },
            ExportKind.Products => StockHistory.Catalogue(rows),
            ExportKind.Inventory => new() { Stock = StockHistory.Counts(rows) },
            ExportKind.PurchaseOrders => new() { SupplyOrders = SupplyHistory.Orders(rows) },
            ExportKind.Suppliers => new() { Suppliers = SupplyHistory.Suppliers(rows) },
            ExportKind.Shipments => new() { Parcels = [.. shipments.Select(rows.Parcel).OfType<Parcel>()] },
            ExportKind.Returns => new() { Returns = ReturnHistory.Lines(rows) },
            ExportKind.Reviews => new() { Reviews = ShopLife.Reviews(rows) },
            ExportKind.Ads => new() { Ads = AdHistory.Spend(rows) },
            ExportKind.Fulfilment => new() { Picks = ShopLife.Picks(rows) },
            ExportKind.StorefrontEvents => new() { StorefrontDays = ShopLife.StorefrontDays(rows) },
            ExportKind.Subscriptions => new() { Charges = ShopLife.Charges(rows) },
            ExportKind.Campaigns => new() { Campaigns = ShopLife.Campaigns(rows) },
            ExportKind.EmailStatistics => new() { EmailDays = ShopLife.EmailDays(rows) },
            ExportKind.Payments => new() { Payments = PaymentHistory.Payments(rows) },
            _ => ShopRows.None,
        };
    }

    /// <summary>The rows that can be read; those that cannot are told with the column that is missing or wrong.</summary>
    /// <param name="read">Null when the row lacks what makes it one.</param>
    /// <param name="needed">The columns without which a row says nothing.</param>
    public IReadOnlyList<T> Each<T>(Func<FeedRow, T?> read, params Column[] needed) where T : class
    {
        var all = new List<T>();
        foreach (var row in table.Rows)
        {
            if (read(row) is { } one)
            {
                all.Add(one);
            }
            else
            {
                table.LeaveOut(row, needed);
            }
        }

        return all;
    }

    public static RowPlace PlaceOf(FeedRow row) => new(row.File, row.Line);

    // The line is the last word of a source's place.
    private RowPlace PlaceOf(Source source) =>
        new(table.File, int.Parse(source.Place.AsSpan(source.Place.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));

    /// <summary>A time as it was known; null when the cell is empty, unreadable or further ahead than a day.</summary>
    public DateTimeOffset? Past(FeedRow row, Column column)
    {
        if (row.Moment(column).Value is not { } at)
        {
            return null;
        }

        if (at <= table.Reading.Latest)
        {
            return Happened(at);
        }

        table.Reading.HasLater = true;
        table.Reading.Warning(
            row.File,
            row.Line,
            $"The time {at:yyyy-MM-dd HH:mm} in \"{column.Name}\" is in the future.",
            "It is left out. Look at the date format of the export and at the computer's clock."
        );
        return null;
    }

    /// <summary>A time that may lie ahead: promised, expected, planned.</summary>
    public DateTimeOffset? Planned(FeedRow row, Column column) => row.Moment(column).Value is { } at ? Known(at) : null;

    /// <summary>A time of what has happened when the file is read, also where the file tells only that it was today.</summary>
    public DateTimeOffset Happened(DateTimeOffset at) =>
        Known(at) is var known && at <= table.Reading.ReadAt && known > table.Reading.ReadAt ? table.Reading.ReadAt : known;

    public DateTimeOffset? Happened(DateTimeOffset? at) => at is { } moment ? Happened(moment) : null;

    /// <summary>Midnight stands for a day without a time.</summary>
    public DateTimeOffset Known(DateTimeOffset at) => calendar.Start(calendar.Day(at)) == at ? calendar.End(calendar.Day(at)) : at;

    public DateTimeOffset? Known(DateTimeOffset? at) => at is { } moment ? Known(moment) : null;

    /// <summary>What nobody may call "paid and not shipped". An order sent in parts, or held up, is for a person.</summary>
    private const OrderSigns NotToShip =
        OrderSigns.Shipped | OrderSigns.Delivered | OrderSigns.Cancelled | OrderSigns.Refunded | OrderSigns.Returned | OrderSigns.PartlyShipped
        | OrderSigns.Trouble;

    private OrderRow? Order(ReadOrder read)
    {
        var order = read.Order;
        if (order.IsTest || order.Dates.Placed is not { } placed || placed > table.Reading.Latest)
        {
            table.Reading.HasLater |= order.Dates.Placed > table.Reading.Latest;
            return null;
        }

        return new(
            order.Number,
            Happened(placed),
            Happened(order.Dates.Paid ?? (read.Signs.HasFlag(OrderSigns.Paid) ? placed : null)),
            Happened(order.Dates.Cancelled),
            Happened(order.Dates.Shipped),
            Happened(order.Dates.Delivered),
            Known(read.ShipBy),
            order.PromisedBy,
            order.Total ?? new Money(0, Currency),
            order.Buyer,
            read.Region,
            [.. order.Lines.Where(line => line.Sku is not null).Select(line => new SoldLine(line.Sku!, line.Quantity, line.Price?.Minor))],
            PlaceOf(order.Source))
        {
            Country = read.Country, Source = read.Source, Check = read.Check,
            Refunded = order.Refunded is { Minor: > 0 } back ? back : null, RefundedAt = Happened(order.Dates.Refunded),
            ClosedBy = read.UnknownState is not null || (read.Signs & NotToShip) != OrderSigns.None ? writtenAt : null,
        };
    }

    private Parcel? Parcel(Shipment shipment) =>
        shipment.ShippedAt is not { } shipped
            ? null
            : new(
                shipment.OrderNumber,
                shipment.Carrier ?? "",
                shipment.Tracking ?? "",
                Happened(shipped),
                Happened(shipment.DeliveredAt),
                [.. shipment.Scans.Select(scan => Happened(scan.At))],
                PlaceOf(shipment.Source)
            )
            {
                ScannedIn = [.. shipment.Scans.Select(scan => scan.Place)],
            };
}
