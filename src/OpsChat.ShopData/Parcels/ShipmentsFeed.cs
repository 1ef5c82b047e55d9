using OpsChat.Facts;
using OpsChat.ShopData.Tables;
using OpsChat.ShopData.Values;
using OpsChat.Text;

namespace OpsChat.ShopData.Parcels;

/// <summary>Reads parcels: one row a scan, or one row a parcel with its last news (AfterShip). A label is not a scan.</summary>
internal static class ShipmentsFeed
{
    public static readonly Column Order = new(
        "order number",
        "Order",
        "Order Number",
        "Name",
        "title",
        "Order No./Reference",
        "Shipper Order No",
        "Reference",
        "Order ID"
    );
    public static readonly Column Carrier = new("carrier", "Carrier", "Tracking Company", "Shipping Provider", "Courier", "slug");
    public static readonly Column Tracking = new(
        "tracking number",
        "Tracking Number",
        "Tracking",
        "Tracking No",
        "Tracking ID",
        "Waybill Number / AWB",
        "tracking_number"
    );
    public static readonly Column Url = new("tracking page", "Tracking URL", "Tracking Link");
    public static readonly Column ShippedAt = new("dispatch date", "Shipped at", "Fulfilled at", "Label created", "shipment_pickup_date");
    public static readonly Column DeliveredAt = new("delivery date", "Delivered at", "Signed Time", "shipment_delivery_date");
    public static readonly Column ScannedAt = new("time of the scan", "Scanned at", "Scan Time", "last_checkpoint_time", "Updated At");
    public static readonly Column Scan = new(
        "scan in words",
        "Scan",
        "Scan Status",
        "Event",
        "last_checkpoint_message",
        "subtag_message",
        "Granular Status"
    );
    public static readonly Column Place = new("place of the scan", "Place", "Location", "Scan Location");
    public static readonly Column State = new("state of the parcel", "tag", "Status");

    public static IEnumerable<Column> Columns => [Order, Carrier, Tracking, Url, ShippedAt, DeliveredAt, ScannedAt, Scan, Place, State];

    public static IReadOnlyList<Shipment> Read(FeedTable table) =>
    [
        .. table.Rows
            .Where(row => row.Text(Order) is not null)
            .GroupBy(row => (OrderNumber.Key(row.Text(Order)!), row.Text(Tracking)))
            .Select(rows => ReadOne([.. rows])),
    ];

    private static Shipment ReadOne(FeedRow[] rows)
    {
        var first = rows[0];
        var tracking = first.Text(Tracking);
        if (tracking is not null && CellNumber.IsDamagedId(tracking))
        {
            first.Table.Reading.Warning(
                first.File,
                first.Line,
                $"The tracking number \"{tracking}\" was rounded by a spreadsheet.",
                "It is left out. Export the file again without saving it in Excel."
            );
            tracking = null;
        }

        var delivered = rows.Select(row => row.Moment(DeliveredAt)).FirstOrDefault(cell => !cell.IsEmpty);
        var scans = rows.Select(ScanOf).OfType<Scan>().OrderBy(scan => scan.At).ToList();
        var state = rows.Select(row => row.Text(State))
            .LastOrDefault(text => text is not null)
            ?.Replace(" ", "", StringComparison.Ordinal)
            .ToLowerInvariant();
        return new(
            OrderNumber.Shown(first.Text(Order)!),
            first.Text(Carrier),
            tracking,
            first.Text(Url),
            rows.Select(row => row.Moment(ShippedAt).Value).FirstOrDefault(moment => moment is not null),
            delivered.Value ?? (state is "delivered" or "signed" && scans.Count > 0 ? scans[^1].At : null),
            // A label that was made, without any pick-up, is not with the carrier yet.
            state is "inforeceived" or "pending" ? [] : scans,
            first.Source)
        {
            Trouble = Trouble(state, scans, delivered.Unreadable),
        };
    }

    private static string? Trouble(string? state, List<Scan> scans, string? unreadable)
    {
        var words = scans.Count > 0 ? scans[^1].Words.ToLowerInvariant() : "";
        return unreadable is not null ? "the day of delivery cannot be read"
            : state is "exception" or "expired"
            || words.Contains("return to sender", StringComparison.Ordinal)
            || words.Contains("returning to sender", StringComparison.Ordinal)
            || words.Contains("returned to sender", StringComparison.Ordinal)
                ? "the parcel is held up or on its way back"
            : state is "attemptfail" or "failedattempt" ? "a delivery was tried and failed"
            : state is "lost" || words.Contains("parcel lost", StringComparison.Ordinal) ? "the parcel is lost"
            : null;
    }

    private static Scan? ScanOf(FeedRow row) =>
        row.Moment(ScannedAt).Value is { } at && row.Text(Scan) is { } words ? new(at, words, row.Text(Place)) : null;
}
