using System.Text.RegularExpressions;
using OpsChat.ShopData.Tables;

namespace OpsChat.ShopData.Products;

/// <summary>What is still to come of one line of a purchase order.</summary>
internal sealed record IncomingStock(string Order, string? Supplier, string Sku, int Open, DateOnly? ExpectedOn);

/// <summary>Reads purchase orders as far as customers are concerned: what is confirmed, open, and expected when.</summary>
internal static partial class PurchaseOrdersFeed
{
    public static readonly Column Number = new("purchase order", "PO Number", "PO", "PO / SO #", "Order Reference", "PO#");
    public static readonly Column Supplier = new("supplier", "Supplier", "Vendor");
    public static readonly Column Sku = new("SKU", "SKU", "Order Lines/Product", "Item Code (Items)", "Item Code");
    public static readonly Column Quantity = new("quantity", "Quantity", "Order Lines/Quantity", "Qty Ordered", "Quantity (Items)");
    public static readonly Column Received = new("received quantity", "Received quantity", "Order Lines/Received Qty", "Qty Received", "Received Qty (Items)");
    public static readonly Column ReceivedAt = new("received at", "Received at", "Delivered to Client Date");
    public static readonly Column Expected = new("expected at", "Expected at", "Scheduled", "Promised", "Expected Arrival", "Required By", "Expected", "ETA", "Expected/ETA");
    public static readonly Column Status = new("state", "Status");

    public static IEnumerable<Column> Columns => [Number, Supplier, Sku, Quantity, Received, ReceivedAt, Expected, Status];

    /// <summary>A request for a quotation promises nothing, and a cancelled order neither.</summary>
    public static IReadOnlyList<IncomingStock> Read(FeedTable table)
    {
        // Odoo and ERPNext write the order's own cells on its first line only.
        string? number = null, supplier = null, status = null;
        DateOnly? expected = null;
        var lines = new List<(string Number, string? Supplier, string Sku, int Quantity, int Received, DateOnly? Expected)>();
        foreach (var row in table.Rows)
        {
            if (row.Text(Number) is { } own)
            {
                (number, supplier, status, expected) = (own, row.Text(Supplier), row.Text(Status)?.ToLowerInvariant(), row.Day(Expected).Value);
            }

            if (number is null || row.Text(Sku) is not { } product || row.Count(Quantity).Value is not { } quantity
                || status is "rfq" or "rfq sent" or "cancelled" or "canceled" or "draft" or "to approve")
            {
                continue;
            }

            var received = row.Count(Received).Value ?? (row.Text(ReceivedAt) is not null ? quantity : 0);
            lines.Add((number, supplier, Bracketed().Match(product) is { Success: true } code ? code.Groups[1].Value : product, quantity, received, expected));
        }

        return
        [
            .. lines.GroupBy(line => (line.Number, line.Sku))
                .Select(parts => (parts.Key, First: parts.First(), Open: parts.Max(line => line.Quantity) - parts.Sum(line => line.Received)))
                .Where(line => line.Open > 0)
                .Select(line => new IncomingStock(line.Key.Number, line.First.Supplier, line.Key.Sku, line.Open, line.First.Expected)),
        ];
    }

    [GeneratedRegex(@"^\[([^\]]+)\]")]
    private static partial Regex Bracketed();
}
