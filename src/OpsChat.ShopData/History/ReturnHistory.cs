using System.Text.RegularExpressions;
using OpsChat.Operations.History;
using OpsChat.ShopData.Parcels;
using OpsChat.ShopData.Tables;
using OpsChat.Text;

namespace OpsChat.ShopData.History;

/// <summary>Returned articles, a line each, also where a return app writes all of them into the cells of one line.</summary>
internal static partial class ReturnHistory
{
    private static readonly Column s_quantity = new("quantity", "Quantity", "Qty", "quantity");
    private static readonly Column s_product = new("products", "Product info", "Products", "Product name");
    private static readonly Column s_inspected = new("day of the inspection", "Inspected at");
    private static readonly Column s_amount = new("amount", "Amount", "Refund Amount", "refund", "Return unit price");

    private static readonly Column s_condition = new("condition", "Condition", "detailed-disposition", "Item condition");
    private static readonly Column s_comment = new("comment", "Comment", "customer-comments", "Return comment", "Customer note");

    public static IEnumerable<Column> Columns => [s_quantity, s_product, s_inspected, s_amount, s_condition, s_comment];

    public static IReadOnlyList<ReturnLine> Lines(HistoryRows rows) => [.. rows.Table.Rows.SelectMany(row => Lines(row, rows))];

    private static IEnumerable<ReturnLine> Lines(FeedRow row, HistoryRows rows)
    {
        var requested = rows.Past(row, ReturnsFeed.RequestedAt) ?? rows.Past(row, ReturnsFeed.ReceivedAt);
        if (row.Text(ReturnsFeed.Order) is not { } order || requested is not { } at)
        {
            rows.Table.LeaveOut(row, ReturnsFeed.Order, ReturnsFeed.RequestedAt);
            return [];
        }

        var (skus, reasons, products) = (Parts(row.Text(ReturnsFeed.Sku)), Parts(row.Text(ReturnsFeed.Reason)), Parts(row.Text(s_product)));
        return Enumerable.Range(0, Math.Max(1, skus.Length)).Select(i => new ReturnLine(
            OrderNumber.Shown(order), row.Text(ReturnsFeed.Number) ?? "", At(skus, i) ?? "", At(reasons, i) ?? At(reasons, reasons.Length - 1) ?? "",
            Quantity(row, At(products, i), skus.Length), at, rows.Past(row, ReturnsFeed.ReceivedAt), rows.Past(row, s_inspected),
            skus.Length > 1 ? null : row.Amount(s_amount, rows.Currency).Value, HistoryRows.PlaceOf(row))
        {
            Condition = row.Text(s_condition)?.ToLowerInvariant(), RefundedAt = rows.Past(row, ReturnsFeed.RefundedAt), Comment = row.Text(s_comment),
        });
    }

    private static string[] Parts(string? cell) => cell?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string? At(string[] parts, int index) => index >= 0 && index < parts.Length ? parts[index] : null;

    /// <summary>From the row's own count, else from <c>x2 Rice Bowl</c>; one piece where nothing says more.</summary>
    private static int Quantity(FeedRow row, string? product, int articles) =>
        articles <= 1 && row.Count(s_quantity).Value is { } counted and > 0 ? counted
        : product is not null
        && Times().Match(product) is { Success: true } times
        && int.TryParse(times.Groups[1].ValueSpan, out var pieces)
        && pieces > 0
            ? pieces
        : 1;

    [GeneratedRegex(@"^\s*x\s?([0-9]{1,4})\b|\bx\s?([0-9]{1,4})\s*$")]
    private static partial Regex Times();
}
