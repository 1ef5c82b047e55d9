using OpsChat.Facts;

namespace OpsChat.ShopData.Orders;

/// <summary>
/// Where an order stands, from its own words and dates, its parcels and its returns. What the data do not show is null: nothing is said
/// about an order whose state is unknown.
/// </summary>
internal static class OrderStates
{
    public static Order Applied(ReadOrder read, IReadOnlyList<Shipment> shipments, IReadOnlyList<ReturnRequest> returns)
    {
        var (order, signs) = (read.Order, read.Signs);
        var unknown = new Dictionary<string, string>(order.Unknown, StringComparer.Ordinal);
        bool Has(OrderSigns sign) => (signs & sign) != OrderSigns.None;

        var delivered =
            Has(OrderSigns.Delivered)
            || order.Dates.Delivered is not null
            || (shipments.Count > 0 && shipments.All(s => s.DeliveredAt is not null));
        var shipped = delivered || Has(OrderSigns.Shipped) || order.Dates.Shipped is not null || shipments.Any(s => s.Scans.Count > 0);
        var cancelled = Has(OrderSigns.Cancelled) || order.Dates.Cancelled is not null;
        var paid = IsPaid(read, shipped, delivered);

        // A date that is there and cannot be read may have changed where the order stands.
        bool? Certain(bool value, string date, string fact) => value || !unknown.TryGetValue(date, out var why) ? value : Doubt(fact, why);
        bool? Doubt(string fact, string why)
        {
            unknown[fact] = why;
            return null;
        }

        bool? isPaid = Certain(paid, "order.paid_on", "order.is_paid");
        bool? isShipped = Certain(shipped, "order.shipped_on", "order.is_shipped");
        bool? isDelivered = Certain(delivered, "order.delivered_on", "order.is_delivered");
        bool? isCancelled = Certain(cancelled, "order.cancelled_on", "order.is_cancelled");
        if (Has(OrderSigns.PartlyShipped) && !delivered)
        {
            isShipped = Doubt("order.is_shipped", $"{order.Source.Place}: the order is sent in parts; a person has to look.");
        }

        if (read.UnknownState is { } strange)
        {
            (isPaid, isShipped, isDelivered) = (
                paid ? true : Doubt("order.is_paid", strange),
                shipped ? true : Doubt("order.is_shipped", strange),
                delivered ? true : Doubt("order.is_delivered", strange)
            );
            isCancelled = cancelled ? true : Doubt("order.is_cancelled", strange);
        }

        if (Has(OrderSigns.Trouble))
        {
            var held = $"{order.Source.Place}: the order is held up or disputed; a person has to look.";
            isPaid = paid ? isPaid : Doubt("order.is_paid", held);
            isShipped = shipped ? isShipped : Doubt("order.is_shipped", held);
        }

        if (!read.TellsOfPayment && !paid && !cancelled)
        {
            isPaid = Doubt("order.is_paid", $"{order.Source.Place}: the file does not say whether the order is paid.");
        }

        if (!read.TellsOfDispatch && !shipped && !cancelled)
        {
            isShipped = Doubt("order.is_shipped", $"{order.Source.Place}: the file does not say whether the order was sent.");
        }

        var status = Status(read, returns, shipments, cancelled, delivered, shipped, paid, unknown);
        return order with
        {
            Status = status,
            IsPaid = isPaid,
            IsShipped = isShipped,
            IsDelivered = isDelivered,
            IsCancelled = isCancelled,
            Dates = order.Dates with
            {
                Shipped = order.Dates.Shipped ?? shipments.Min(s => s.ShippedAt),
                Delivered = order.Dates.Delivered ?? (delivered ? shipments.Max(s => s.DeliveredAt) : null),
            },
            Unknown = unknown,
        };
    }

    /// <summary>Paid is what a word or the payment date says. Where no word speaks of money, an order that is being sent is paid, except on
    /// delivery.</summary>
    private static bool IsPaid(ReadOrder read, bool shipped, bool delivered)
    {
        var signs = read.Signs;
        if ((signs & OrderSigns.PartlyPaid) != OrderSigns.None)
        {
            return false;
        }

        if ((signs & (OrderSigns.Paid | OrderSigns.Refunded | OrderSigns.PartlyRefunded)) != OrderSigns.None || read.Order.Dates.Paid is not null)
        {
            return true;
        }

        if ((signs & OrderSigns.Unpaid) != OrderSigns.None)
        {
            return false;
        }

        var isBeingSent = shipped || (signs & (OrderSigns.ToShip | OrderSigns.Packed)) != OrderSigns.None;
        return read.HasMoneyWords ? delivered : isBeingSent && (!read.Order.IsCashOnDelivery || delivered);
    }

    private static OrderStatus? Status(
        ReadOrder read,
        IReadOnlyList<ReturnRequest> returns,
        IReadOnlyList<Shipment> shipments,
        bool cancelled,
        bool delivered,
        bool shipped,
        bool paid,
        Dictionary<string, string> unknown
    )
    {
        var (order, signs) = (read.Order, read.Signs);
        OrderStatus? Unknown(string why)
        {
            unknown["order.status"] = why;
            return null;
        }

        if (cancelled)
        {
            return OrderStatus.Cancelled;
        }

        if (read.UnknownState is { } strange)
        {
            return Unknown(strange);
        }

        if (unknown.TryGetValue("order.cancelled_on", out var unread))
        {
            return Unknown(unread);
        }

        if (
            !delivered
            && !shipped
            && (unknown.TryGetValue("order.is_shipped", out unread) || (!paid && unknown.TryGetValue("order.is_paid", out unread)))
            && (
                signs
                & (OrderSigns.Refunded | OrderSigns.PartlyRefunded | OrderSigns.Returned | OrderSigns.PartlyShipped | OrderSigns.PartlyPaid)
            ) == OrderSigns.None
        )
        {
            return Unknown(unread);
        }

        if (
            (signs & OrderSigns.Trouble) != OrderSigns.None
            || shipments.Select(s => s.Trouble).FirstOrDefault(t => t is not null) is { } && !delivered
        )
        {
            return Unknown(
                $"{order.Source.Place}: "
                    + $"{shipments.Select(s => s.Trouble).FirstOrDefault(t => t is not null) ?? "the order is held up or disputed"}; a "
                    + "person has to look."
            );
        }

        if (
            (signs & OrderSigns.Refunded) != OrderSigns.None
            || order is { Refunded: { Minor: > 0 } all, Total: { } total } && all.Minor >= total.Minor
        )
        {
            return OrderStatus.Refunded;
        }

        if ((signs & OrderSigns.PartlyRefunded) != OrderSigns.None || order.Refunded is { Minor: > 0 })
        {
            return OrderStatus.PartiallyRefunded;
        }

        if ((signs & OrderSigns.Returned) != OrderSigns.None || CameBackWhole(order, returns))
        {
            return OrderStatus.Returned;
        }

        if (delivered)
        {
            return OrderStatus.Delivered;
        }

        if (unknown.TryGetValue("order.delivered_on", out unread) || (!shipped && unknown.TryGetValue("order.shipped_on", out unread)))
        {
            return Unknown(unread);
        }

        if ((signs & (OrderSigns.PartlyShipped | OrderSigns.PartlyPaid)) != OrderSigns.None)
        {
            return Unknown(
                $"{order.Source.Place}: the order is "
                    + $"{((signs & OrderSigns.PartlyShipped) != OrderSigns.None ? "sent in parts" : "paid in parts")}; a person has to look."
            );
        }

        if (shipped)
        {
            return OrderStatus.Shipped;
        }

        if (!paid && (signs & (OrderSigns.ToShip | OrderSigns.Packed)) != OrderSigns.None)
        {
            return Unknown($"{order.Source.Place}: the order is to be sent and not paid yet.");
        }

        return (signs & OrderSigns.Packed) != OrderSigns.None ? OrderStatus.Packed
            : paid ? OrderStatus.Paid
            : !paid && unknown.TryGetValue("order.paid_on", out unread) ? Unknown(unread)
            : OrderStatus.Unpaid;
    }

    /// <summary>Every article of the order is among the returns that arrived; a return without an article is of the whole order.</summary>
    private static bool CameBackWhole(Order order, IReadOnlyList<ReturnRequest> returns)
    {
        var arrived = returns.Where(IsArrived).ToList();
        return arrived.Exists(r => r.Sku is null)
            || (
                arrived.Count > 0
                && order.Lines.All(line =>
                    line.Sku is not null && arrived.Exists(r => string.Equals(r.Sku, line.Sku, StringComparison.OrdinalIgnoreCase))
                )
            );
    }

    private static bool IsArrived(ReturnRequest request) => request.Status is "received" or "refunded";
}
