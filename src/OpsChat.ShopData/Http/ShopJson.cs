using OpsChat.Facts;
using OpsChat.Text;
using System.Text.Json.Serialization;

namespace OpsChat.ShopData.Http;

/// <summary>An amount on the wire: <c>{"minor":1250,"currency":"MYR"}</c> is MYR 12.50.</summary>
internal sealed record AmountJson([property: JsonRequired] long Minor, [property: JsonRequired] string Currency)
{
    public Money ToMoney() => new(Minor, Currency.ToUpperInvariant());
}

/// <summary>An order on the wire. Status is one of the words of the fact <c>order.status</c>; phones may be whole, only their endings are
/// kept.</summary>
internal sealed record OrderJson(
    [property: JsonRequired] string Number,
    string? Email,
    IReadOnlyList<string>? Phones,
    string? Name,
    [property: JsonRequired] string Status,
    [property: JsonRequired] bool IsPaid,
    [property: JsonRequired] bool IsShipped,
    [property: JsonRequired] bool IsDelivered,
    [property: JsonRequired] bool IsCancelled,
    [property: JsonRequired] IReadOnlyList<LineJson> Lines,
    [property: JsonRequired] AmountJson Total,
    AmountJson? Refunded,
    DateTimeOffset? PlacedAt,
    DateTimeOffset? PaidAt,
    DateTimeOffset? ShippedAt,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? CancelledAt,
    DateTimeOffset? RefundedAt,
    DateOnly? PromisedBy,
    string? PaymentMethod,
    string? ShippingMethod)
{
    /// <summary>Null when the status is not one of the words.</summary>
    public Order? ToOrder(Source source) =>
        !Status.Any(char.IsDigit) && Enum.TryParse<OrderStatus>(Status.Replace(" ", "", StringComparison.Ordinal), ignoreCase: true, out var status)
            ? new Order(
                OrderNumber.Shown(Number),
                Email?.Trim().ToLowerInvariant(),
                [
                    .. (Phones ?? [])
                        .Select(p => string.Concat(p.Where(char.IsAsciiDigit)))
                        .Where(d => d.Length >= 6)
                        .Select(d => d[^4..])
                        .Distinct(StringComparer.Ordinal),
                ],
                Name,
                status,
                IsPaid,
                IsShipped,
                IsDelivered,
                IsCancelled,
                [.. Lines.Select(l => new OrderLine(l.Name, l.Sku, l.Quantity, l.Price?.ToMoney()))],
                Total.ToMoney(),
                Refunded?.ToMoney() ?? Total.ToMoney() with { Minor = 0 },
                new OrderDates(PlacedAt, PaidAt, ShippedAt, DeliveredAt, CancelledAt, RefundedAt),
                PromisedBy, PaymentMethod, ShippingMethod, source)
            : null;
}

internal sealed record LineJson([property: JsonRequired] string Name, string? Sku, [property: JsonRequired] int Quantity, AmountJson? Price);

internal sealed record ProductJson(
    [property: JsonRequired] string Handle,
    [property: JsonRequired] string Title,
    string? Url,
    [property: JsonRequired] IReadOnlyList<VariantJson> Variants
)
{
    public Product ToProduct(Source source) =>
        new(
            Handle,
            Title,
            Url,
            [
                .. Variants.Select(v => new ProductVariant(
                    v.Sku,
                    v.Size,
                    v.Options ?? [],
                    v.Price?.ToMoney(),
                    v.OnHand,
                    v.OnHand is { } pieces ? pieces > 0 : v.IsAvailable,
                    v.RestockOn
                )),
            ],
            source
        );
}

internal sealed record VariantJson(
    [property: JsonRequired] string Sku,
    string? Size,
    IReadOnlyList<string>? Options,
    AmountJson? Price,
    int? OnHand,
    bool? IsAvailable,
    DateOnly? RestockOn
);

internal sealed record StockLevelJson([property: JsonRequired] string Sku, int? OnHand, bool? IsAvailable, int? SoldIn28Days, DateOnly? RestockOn);

internal sealed record ShipmentJson(
    [property: JsonRequired] string Order,
    string? Carrier,
    string? Tracking,
    string? TrackingUrl,
    DateTimeOffset? ShippedAt,
    DateTimeOffset? DeliveredAt,
    IReadOnlyList<ScanJson>? Scans
)
{
    public Shipment ToShipment(Source source) => new(
        OrderNumber.Shown(Order), Carrier, Tracking, TrackingUrl, ShippedAt, DeliveredAt,
        [.. (Scans ?? []).Select(s => new Scan(s.At, s.Words, s.Place)).OrderBy(s => s.At)], source);
}

internal sealed record ScanJson([property: JsonRequired] DateTimeOffset At, [property: JsonRequired] string Words, string? Place);

internal sealed record ReturnJson(
    [property: JsonRequired] string Order,
    string? Sku,
    [property: JsonRequired] string Status,
    string? Reason,
    DateTimeOffset? RequestedAt,
    DateTimeOffset? RefundedAt
)
{
    public ReturnRequest ToReturn(Source source) =>
        new(OrderNumber.Shown(Order), Sku, Status.Trim().ToLowerInvariant(), Reason, RequestedAt, RefundedAt, source);
}

internal sealed record CustomerJson([property: JsonRequired] string Email, string? FirstName, string? LastName, AmountJson? TotalSpent, int? Orders)
{
    public Customer ToCustomer(Source source) => new(Email.Trim().ToLowerInvariant(), FirstName, LastName, TotalSpent?.ToMoney(), Orders, source);
}
