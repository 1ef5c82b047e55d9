using OpsChat.Facts;
using OpsChat.ShopData.Tables;
using OpsChat.Text;

namespace OpsChat.ShopData.Parcels;

/// <summary>Reads returns on record: an article a row, or several articles in the cells of one row.</summary>
internal static class ReturnsFeed
{
    public static readonly Column Order = new("order number", "Order", "Order Number", "Name", "order_name", "Order ID", "order-id", "No. Pesanan");
    public static readonly Column Number = new("return number", "Return", "RMA", "Return ID", "Return Order ID", "No. Pengembalian", "id");
    public static readonly Column Sku = new("SKU", "SKU", "Lineitem sku", "Product SKU", "Seller SKU");
    public static readonly Column Status = new("state of the return", "Status", "Return Status", "state", "Status Pembatalan/ Pengembalian");
    public static readonly Column Reason = new("reason", "Reason", "Return Reason", "Alasan Pengembalian");
    public static readonly Column RequestedAt = new(
        "day of the request",
        "Requested at",
        "Created at",
        "created_at",
        "Request Time",
        "Time Requested",
        "return-date",
        "Waktu Pengembalian Diajukan"
    );
    public static readonly Column ReceivedAt = new("day of arrival", "Received at");
    public static readonly Column RefundedAt = new("day of the refund", "Refunded at");
    private static readonly Column s_disposition = new("warehouse's finding", "detailed-disposition");

    private static readonly Dictionary<string, string> s_states = new(StringComparer.OrdinalIgnoreCase)
    {
        ["requested"] = "requested",
        ["request"] = "requested",
        ["pending"] = "requested",
        ["open"] = "requested",
        ["needs review"] = "requested",
        ["menunggu persetujuan"] = "requested",
        ["approved"] = "approved",
        ["request approved"] = "approved",
        ["accepted"] = "approved",
        ["permintaan disetujui"] = "approved",
        ["label sent"] = "approved",
        ["in transit"] = "in transit",
        ["shipped"] = "in transit",
        ["shipping"] = "in transit",
        ["sedang diproses"] = "in transit",
        ["received"] = "received",
        ["arrived"] = "received",
        ["inspected"] = "received",
        ["returned"] = "received",
        ["refunded"] = "refunded",
        ["completed"] = "refunded",
        ["closed"] = "refunded",
        ["masalah diselesaikan"] = "refunded",
        ["rejected"] = "rejected",
        ["declined"] = "rejected",
        ["denied"] = "rejected",
        ["request canceled"] = "",
        ["request cancelled"] = "",
        ["cancelled"] = "",
        ["canceled"] = "",
        ["expired"] = "",
    };

    public static IEnumerable<Column> Columns => [Order, Number, Sku, Status, Reason, RequestedAt, ReceivedAt, RefundedAt, s_disposition];

    public static IReadOnlyList<ReturnRequest> Read(FeedTable table) => [.. table.Rows.Where(row => row.Text(Order) is not null).SelectMany(ReadOne)];

    private static IEnumerable<ReturnRequest> ReadOne(FeedRow row)
    {
        if (StateOf(row) is not { Length: > 0 } state)
        {
            return [];
        }

        var skus = row.Text(Sku)?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return (skus.Length == 0 ? [null] : skus.Cast<string?>()).Select(sku => new ReturnRequest(
            OrderNumber.Shown(row.Text(Order)!),
            sku,
            state,
            row.Text(Reason),
            row.Moment(RequestedAt).Value,
            row.Moment(RefundedAt).Value,
            row.Source
        ));
    }

    /// <summary>A parcel that never reached its buyer, or that the carrier broke, is no return of the buyer's.</summary>
    private static bool IsUndelivered(FeedRow row) =>
        row.Text(Reason)?.StartsWith("UNDELIVERABLE", StringComparison.OrdinalIgnoreCase) == true
        || string.Equals(row.Text(s_disposition), "DAMAGED_BY_CARRIER", StringComparison.OrdinalIgnoreCase)
        || string.Equals(row.Text(s_disposition), "CARRIER_DAMAGED", StringComparison.OrdinalIgnoreCase);

    /// <summary>Empty for a return that was called off or was none; null, with a finding, for a word that is not known. A warehouse's list has
    /// only what came back.</summary>
    private static string? StateOf(FeedRow row)
    {
        if (row.Has(s_disposition))
        {
            return IsUndelivered(row) ? "" : "received";
        }

        if (row.Text(RefundedAt) is not null && row.Moment(RefundedAt).Value is not null)
        {
            return "refunded";
        }

        var word = row.Text(Status)?.Replace('_', ' ');
        if (word is null)
        {
            return row.Text(ReceivedAt) is not null ? "received" : "requested";
        }

        if (s_states.TryGetValue(word, out var state))
        {
            return state;
        }

        row.Table.Reading.Warning(
            row.File,
            row.Line,
            $"\"{word}\" is no state of a return that OpsChat knows.",
            "The return is left out, and questions about it go to a person."
        );
        return null;
    }
}
