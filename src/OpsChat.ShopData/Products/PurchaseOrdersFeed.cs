using System.Text.RegularExpressions;
using OpsChat.ShopData.Tables;

namespace OpsChat.ShopData.Products;

/// <summary>What is still to come of one line of a purchase order.</summary>
internal sealed record IncomingStock(string Order, string? Supplier, string Sku, int Open, DateOnly? ExpectedOn);

/// <summary>One line of an order to a supplier.</summary>
/// <param name="Received">Pieces that came; null when the line does not say.</param>
/// <param name="Head">The row with the order's own cells.</param>
internal sealed record PurchaseOrderRow(string Number, string? Supplier, string Sku, int Quantity, int? Received, FeedRow Row, FeedRow Head);

/// <summary>Reads purchase orders as far as customers are concerned: what is confirmed, open, and expected when.</summary>
internal static partial class PurchaseOrdersFeed
{
    public static readonly Column Number = new("purchase order", "PO Number", "PO", "PO / SO #", "Order Reference", "PO#");
    public static readonly Column Supplier = new("supplier", "Supplier", "Vendor");
    public static readonly Column Sku = new("SKU", "SKU", "Order Lines/Product", "Item Code (Items)", "Item Code");
    public static readonly Column Quantity = new("quantity", "Quantity", "Order Lines/Quantity", "Qty Ordered", "Quantity (Items)");
    public static readonly Column Received = new(
        "received quantity",
        "Received quantity",
        "Order Lines/Received Qty",
        "Qty Received",
        "Received Qty (Items)"
    );
    public static readonly Column ReceivedAt = new("received at", "Received at", "Delivered to Client Date");
    public static readonly Column Expected = new(
        "expected at",
        "Expected at",
        "Scheduled",
        "Promised",
        "Expected Arrival",
        "Required By",
        "Expected",
        "ETA",
        "Expected/ETA"
    );
    public static readonly Column Status = new("state", "Status");

    public static IEnumerable<Column> Columns => [Number, Supplier, Sku, Quantity, Received, ReceivedAt, Expected, Status];

    /// <summary>What is confirmed, open, and expected when.</summary>
    public static IReadOnlyList<IncomingStock> Read(FeedTable table) =>
        [
            .. Lines(table)
                .GroupBy(line => (line.Number, line.Sku))
                .Select(parts => (First: parts.First(), Open: parts.Max(line => line.Quantity) - parts.Sum(Arrived)))
                .Where(line => line.Open > 0)
                .Select(line => new IncomingStock(
                    line.First.Number,
                    line.First.Supplier,
                    line.First.Sku,
                    line.Open,
                    line.First.Head.Day(Expected).Value
                )),
        ];

    private static int Arrived(PurchaseOrderRow line) => line.Received ?? (line.Row.Text(ReceivedAt) is not null ? line.Quantity : 0);

    /// <summary>The lines of orders that were placed: a request for a quotation promises nothing, and a cancelled order neither.</summary>
    public static IReadOnlyList<PurchaseOrderRow> Lines(FeedTable table)
    {
        // Odoo and ERPNext write the order's own cells on its first line only.
        FeedRow? head = null;
        var lines = new List<PurchaseOrderRow>();
        foreach (var row in table.Rows)
        {
            head = row.Text(Number) is not null ? row : head;
            if (head is null || IsNotPlaced(head) || row.Text(Sku) is not { } product)
            {
                continue;
            }

            if (row.Count(Quantity).Value is not { } quantity)
            {
                table.LeaveOut(row, Quantity);
                continue;
            }

            var sku = Bracketed().Match(product) is { Success: true } code ? code.Groups[1].Value : product;
            lines.Add(new(head.Text(Number)!, head.Text(Supplier), sku, quantity, row.Count(Received).Value, row, head));
        }

        return lines;
    }

    private static bool IsNotPlaced(FeedRow head) =>
        head.Text(Status)?.ToLowerInvariant() is "rfq" or "rfq sent" or "cancelled" or "canceled" or "draft" or "to approve";

    [GeneratedRegex(@"^\[([^\]]+)\]")]
    private static partial Regex Bracketed();
}
