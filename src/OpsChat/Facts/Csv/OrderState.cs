using System.Collections.Frozen;

namespace OpsChat.Facts.Csv;

/// <summary>The words that an export has for where an order stands, and what they come to.</summary>
/// <param name="Financial">Payment status in lower case with single spaces, or empty.</param>
/// <param name="Fulfillment">Fulfilment status, likewise.</param>
/// <param name="Own">The shop's own state: Shopee's order status, or a tag <c>status:…</c>.</param>
internal sealed record OrderState(string Financial, string Fulfillment, string Own)
{
    private static readonly FrozenSet<string> s_paid = Set("paid", "partially refunded", "refunded");
    private static readonly FrozenSet<string> s_paidByState = Set("to ship", "ready to ship", "processed", "packed", "to receive", "perlu dikirim");
    private static readonly FrozenSet<string> s_delivered = Set("delivered", "completed", "selesai");
    private static readonly FrozenSet<string> s_shipped = Set("fulfilled", "shipped", "shipping", "processed", "in transit", "to receive", "out for delivery", "sedang dikirim");
    private static readonly FrozenSet<string> s_packed = Set("packed", "ready to ship", "partial", "partially fulfilled");
    private static readonly FrozenSet<string> s_cancelled = Set("cancelled", "canceled", "voided", "batal");
    private static readonly FrozenSet<string> s_returned = Set("returned", "received", "refunded");

    /// <summary>As the sets above spell it: lower case, spaces for underscores.</summary>
    public static string Word(string? text) => (text ?? "").Trim().Replace('_', ' ').ToLowerInvariant();

    /// <summary>
    /// The order with its status. The strongest word wins: called off, refunded, sent back, delivered, shipped, packed, paid, unpaid.
    /// A parcel that the carrier scanned is shipped, and one that it delivered is delivered, also where the order's own row lags behind.
    /// </summary>
    public Order Applied(Order order, IReadOnlyList<Shipment> shipments, IReadOnlyList<ReturnRequest> returns)
    {
        var delivered = s_delivered.Contains(Fulfillment) || s_delivered.Contains(Own) || order.Dates.Delivered is not null
            || (shipments.Count > 0 && shipments.All(s => s.DeliveredAt is not null));
        var shipped = delivered || s_shipped.Contains(Fulfillment) || s_shipped.Contains(Own) || order.Dates.Shipped is not null
            || shipments.Any(s => s.Scans.Count > 0);
        var cancelled = s_cancelled.Contains(Own) || s_cancelled.Contains(Financial) || order.Dates.Cancelled is not null;
        var paid = s_paid.Contains(Financial) || order.Dates.Paid is not null
            || (Financial.Length == 0 && (s_paidByState.Contains(Own) || s_delivered.Contains(Own)));
        return order with
        {
            Status = Status(order, returns, cancelled, delivered, shipped, paid),
            IsPaid = paid,
            IsShipped = shipped,
            IsDelivered = delivered,
            IsCancelled = cancelled,
            Dates = order.Dates with
            {
                Shipped = order.Dates.Shipped ?? shipments.Min(s => s.ShippedAt),
                Delivered = order.Dates.Delivered ?? (delivered ? shipments.Max(s => s.DeliveredAt) : null),
            },
        };
    }

    private OrderStatus Status(Order order, IReadOnlyList<ReturnRequest> returns, bool cancelled, bool delivered, bool shipped, bool paid) =>
        cancelled ? OrderStatus.Cancelled
        : Financial == "refunded" || (order.Refunded.Minor > 0 && order.Refunded.Minor >= order.Total.Minor) ? OrderStatus.Refunded
        : order.Refunded.Minor > 0 ? OrderStatus.PartiallyRefunded
        : Own == "returned" || returns.Any(r => s_returned.Contains(r.Status)) ? OrderStatus.Returned
        : delivered ? OrderStatus.Delivered
        : shipped ? OrderStatus.Shipped
        : s_packed.Contains(Own) || s_packed.Contains(Fulfillment) ? OrderStatus.Packed
        : paid ? OrderStatus.Paid
        : OrderStatus.Unpaid;

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);
}
