namespace OpsChat.Facts.Csv;

/// <summary>Reads customers.csv: one row a customer, known by e-mail.</summary>
internal static class CustomersFile
{
    private static readonly Column s_email = new("customer's e-mail", "Email", "E-mail", "Customer Email");
    private static readonly Column s_firstName = new("first name", "First Name", "Given Name");
    private static readonly Column s_lastName = new("last name", "Last Name", "Family Name");
    private static readonly Column s_totalSpent = new("total spent", "Total Spent");
    private static readonly Column s_orders = new("number of orders", "Total Orders", "Orders Count");

    public static IReadOnlyList<Customer>? Read(CsvTable table, CsvReading reading) => table.Require(s_email)
        ?
        [
            .. table.Rows.Where(row => row.Text(s_email) is not null).Select(row => new Customer(
                row.Text(s_email)!.ToLowerInvariant(),
                row.Text(s_firstName),
                row.Text(s_lastName),
                row.Amount(s_totalSpent, reading.Currency),
                row.Count(s_orders),
                reading.SourceOf(row))),
        ]
        : null;
}

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

/// <summary>Reads returns.csv: one row an article that comes back.</summary>
internal static class ReturnsFile
{
    private static readonly Column s_order = new("order number", "Order", "Order Number", "Name", "Order ID");
    private static readonly Column s_sku = new("SKU", "SKU", "Lineitem sku");
    private static readonly Column s_status = new("state of the return", "Status", "Return Status");
    private static readonly Column s_reason = new("reason", "Reason", "Return Reason");
    private static readonly Column s_requestedAt = new("day of the request", "Requested at", "Created at", "Request Time");
    private static readonly Column s_refundedAt = new("day of the refund", "Refunded at");

    public static IReadOnlyList<ReturnRequest>? Read(CsvTable table, CsvReading reading) => table.Require(s_order) && table.Require(s_status)
        ?
        [
            .. table.Rows.Where(row => row.Text(s_order) is not null).Select(row => new ReturnRequest(
                OrderNumber.Shown(row.Text(s_order)!),
                row.Text(s_sku),
                OrderState.Word(row.Text(s_status)),
                row.Text(s_reason),
                row.Moment(s_requestedAt),
                row.Moment(s_refundedAt),
                reading.SourceOf(row))),
        ]
        : null;
}
