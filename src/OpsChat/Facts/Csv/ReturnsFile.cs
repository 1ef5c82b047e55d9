namespace OpsChat.Facts.Csv;

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
