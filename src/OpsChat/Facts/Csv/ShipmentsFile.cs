namespace OpsChat.Facts.Csv;

/// <summary>Reads shipments.csv: one row a carrier scan, oldest or newest first; a parcel without scans has one row with empty scan cells.</summary>
internal static class ShipmentsFile
{
    private static readonly Column s_order = new("order number", "Order", "Order Number", "Name", "Order ID");
    private static readonly Column s_carrier = new("carrier", "Carrier", "Tracking Company", "Shipping Provider");
    private static readonly Column s_tracking = new("tracking number", "Tracking Number", "Tracking", "Tracking No");
    private static readonly Column s_url = new("tracking page", "Tracking URL", "Tracking Link");
    private static readonly Column s_shippedAt = new("dispatch date", "Shipped at", "Fulfilled at");
    private static readonly Column s_deliveredAt = new("delivery date", "Delivered at");
    private static readonly Column s_scannedAt = new("time of the scan", "Scanned at", "Scan Time");
    private static readonly Column s_scan = new("scan in words", "Scan", "Scan Status", "Event");
    private static readonly Column s_place = new("place of the scan", "Place", "Location", "Scan Location");

    public static IReadOnlyList<Shipment>? Read(CsvTable table, CsvReading reading) => table.Require(s_order)
        ?
        [
            .. table.Rows
                .Where(row => row.Text(s_order) is not null)
                .GroupBy(row => (OrderNumber.Key(row.Text(s_order)!), row.Text(s_tracking)))
                .Select(rows => ReadOne([.. rows], reading)),
        ]
        : null;

    private static Shipment ReadOne(CsvRow[] rows, CsvReading reading)
    {
        var first = rows[0];
        return new Shipment(
            OrderNumber.Shown(first.Text(s_order)!),
            first.Text(s_carrier),
            first.Text(s_tracking),
            first.Text(s_url),
            first.Moment(s_shippedAt),
            first.Moment(s_deliveredAt),
            [.. rows.Select(ScanOf).OfType<Scan>().OrderBy(s => s.At)],
            reading.SourceOf(first));
    }

    private static Scan? ScanOf(CsvRow row) =>
        row.Moment(s_scannedAt) is { } at && row.Text(s_scan) is { } words ? new Scan(at, words, row.Text(s_place)) : null;
}
