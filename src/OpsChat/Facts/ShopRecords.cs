using System.Text.Json.Serialization;
using OpsChat.Text;
namespace OpsChat.Facts;

/// <summary>Where a record was read, and when.</summary>
/// <param name="Place">For people: <c>orders.csv line 12</c>.</param>
public readonly record struct Source(string Place, DateTimeOffset ReadAt);

/// <summary>Where an order stands. One word an order; payment and delivery have facts of their own.</summary>
public enum OrderStatus { Unpaid, Paid, Packed, Shipped, Delivered, Cancelled, Refunded, PartiallyRefunded, Returned }

/// <summary>One order. Addresses and whole phone numbers are not kept: nothing may release them.</summary>
/// <param name="Number">As printed: <c>#1001</c>.</param>
/// <param name="Email">Lower case, or null when the shop does not know it.</param>
/// <param name="PhoneEndings">The last four digits of each phone number on the order.</param>
/// <param name="BuyerName">Who bought it, or null.</param>
/// <param name="Status">Null when the data do not show it, or say something that these words do not have.</param>
/// <param name="IsPaid">The whole payment arrived, whatever happened to it later; null when the data do not show it. So for the three below.</param>
/// <param name="IsDelivered">The carrier or the shop reported delivery, also when the day is not known.</param>
/// <param name="Total">Null when it is not known.</param>
/// <param name="Refunded">What was paid back so far, never negative; null when money went back and the data do not show how much.</param>
/// <param name="PromisedBy">The last day of delivery that the data promise, in the shop's time zone; null when they promise none.</param>
public sealed record Order(
    string Number,
    string? Email,
    IReadOnlyList<string> PhoneEndings,
    string? BuyerName,
    OrderStatus? Status,
    bool? IsPaid,
    bool? IsShipped,
    bool? IsDelivered,
    bool? IsCancelled,
    IReadOnlyList<OrderLine> Lines,
    Money? Total,
    Money? Refunded,
    OrderDates Dates,
    DateOnly? PromisedBy,
    string? PaymentMethod,
    string? ShippingMethod,
    Source Source)
{
    /// <summary>Facts that the data hold and nobody can read, by fact name, with the reason: they are unknown, not absent.</summary>
    public IReadOnlyDictionary<string, string> Unknown { get; init; } = new Dictionary<string, string>();

    /// <summary>What was paid of an order that is paid in parts; null when it is paid whole or not at all.</summary>
    public Money? PaidSoFar { get; init; }

    /// <summary>What was approved in OpsChat for this order. The shop's data know nothing of it: whoever asks for facts adds it.</summary>
    public IReadOnlyList<ApprovedAmount> ApprovedHere { get; init; } = [];

    /// <summary>Placed to try the shop out: no customer's order, in no figure.</summary>
    public bool IsTest { get; init; }

    /// <summary>Paid when the parcel is handed over.</summary>
    public bool IsCashOnDelivery { get; init; }

    /// <summary>Tells buyers apart: the e-mail address, else the end of a phone number with the name; null when the data have neither.</summary>
    public string? Buyer => Email ?? (PhoneEndings is [var ending, ..] ? $"{ending} {BuyerName}" : null);
}

/// <summary>When things happened to an order; null when unknown or not yet.</summary>
public sealed record OrderDates(
    DateTimeOffset? Placed = null,
    DateTimeOffset? Paid = null,
    DateTimeOffset? Shipped = null,
    DateTimeOffset? Delivered = null,
    DateTimeOffset? Cancelled = null,
    DateTimeOffset? Refunded = null);

/// <summary>Some pieces of one article in an order.</summary>
/// <param name="Sku">Null when the export has none.</param>
/// <param name="Price">Of one piece; null when the export has none.</param>
public sealed record OrderLine(string Name, string? Sku, int Quantity, Money? Price);

/// <summary>What the shop sells under one title.</summary>
/// <param name="Handle">The product's stable short name, unique in the shop.</param>
/// <param name="Url">Product page, or null.</param>
/// <param name="Variants">At least one.</param>
public sealed record Product(string Handle, string Title, string? Url, IReadOnlyList<ProductVariant> Variants, Source Source)
{
    /// <summary>What customers call it as well, in any language, as the owner wrote it beside the title; empty for none.</summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>The sizes in the order of the catalogue; empty when the product has no sizes.</summary>
    [JsonIgnore]
    public IEnumerable<string> Sizes => Variants.Select(v => v.Size).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the articles differ in, each with its values in the order of the catalogue; empty when there is one article.</summary>
    [JsonIgnore]
    public IReadOnlyList<ProductOption> Options =>
    [
        .. Variants.SelectMany(v => v.Named).GroupBy(named => named.Name, named => named.Value)
            .Select(group => new ProductOption(group.Key, [.. group.Distinct(StringComparer.OrdinalIgnoreCase)])),
    ];

    /// <summary>The articles that have all of these option values; all of them when none is given.</summary>
    public IReadOnlyList<ProductVariant> VariantsWith(IReadOnlyDictionary<string, string> values) =>
        [
            .. Variants.Where(variant =>
                values.All(wanted =>
                    variant.Named.Any(own => own.Name == wanted.Key && own.Value.Equals(wanted.Value, StringComparison.OrdinalIgnoreCase))
                )
            ),
        ];
}

/// <summary>Something that the articles of a product differ in: its size, its colour.</summary>
/// <param name="Name">In lower case, as the catalogue names it.</param>
public sealed record ProductOption(string Name, IReadOnlyList<string> Values);

/// <summary>One article of a product.</summary>
/// <param name="Size">The value of the size option, or null.</param>
/// <param name="Options">The values of the other options: colours, materials.</param>
/// <param name="Price">Null when the catalogue has none.</param>
/// <param name="OnHand">Pieces on hand; null when they are not counted.</param>
/// <param name="IsAvailable">Whether it can be bought, also where nothing is on hand or pieces are not counted; null when the catalogue does not
/// say.</param>
/// <param name="RestockOn">Day of the next delivery, in the shop's time zone; null when none is planned.</param>
public sealed record ProductVariant(
    string Sku, string? Size, IReadOnlyList<string> Options, Money? Price, int? OnHand, bool? IsAvailable, DateOnly? RestockOn)
{
    /// <summary>False when the catalogue has no SKU for it, and <see cref="Sku"/> only tells it apart here.</summary>
    public bool HasOwnSku { get; init; } = true;

    /// <summary>The names of <see cref="Options"/>, in the same order; shorter where the catalogue names none.</summary>
    public IReadOnlyList<string> OptionNames { get; init; } = [];

    /// <summary>Every option with its name in lower case, the size first.</summary>
    [JsonIgnore]
    public IEnumerable<(string Name, string Value)> Named =>
        (Size is null ? [] : new[] { ("size", Size) }).Concat(Options.Select((value, at) => (NameOf(at), value)));

    private string NameOf(int at) =>
        OptionNames.ElementAtOrDefault(at) is { Length: > 0 } name ? name.ToLowerInvariant() : at == 0 ? "option" : $"option {at + 1}";
}

/// <summary>What is on hand of one article, and how fast it sells.</summary>
/// <param name="SoldIn28Days">Pieces sold in the 28 days before now, paid and not cancelled; null when orders carry no dates.</param>
public sealed record StockLevel(
    string Sku, int? OnHand, bool? IsAvailable, int? SoldIn28Days, DateOnly? RestockOn, Source Source);

/// <summary>One parcel of an order.</summary>
/// <param name="Scans">Oldest first; empty when the carrier has not scanned it.</param>
/// <param name="DeliveredAt">Null when it is not delivered, or the day is unknown.</param>
public sealed record Shipment(
    string OrderNumber,
    string? Carrier,
    string? Tracking,
    string? TrackingUrl,
    DateTimeOffset? ShippedAt,
    DateTimeOffset? DeliveredAt,
    IReadOnlyList<Scan> Scans,
    Source Source)
{
    /// <summary>What went wrong on the way, in words; null when nothing is known to have.</summary>
    public string? Trouble { get; init; }
}

/// <summary>The carrier saw the parcel.</summary>
/// <param name="Words">What happened, in the carrier's words.</param>
public sealed record Scan(DateTimeOffset At, string Words, string? Place);

/// <summary>A return on record.</summary>
/// <param name="Status">requested, approved, in transit, received, refunded or rejected.</param>
/// <param name="Sku">The article that comes back, or null for the whole order.</param>
public sealed record ReturnRequest(
    string OrderNumber,
    string? Sku,
    string Status,
    string? Reason,
    DateTimeOffset? RequestedAt,
    DateTimeOffset? RefundedAt,
    Source Source);

/// <summary>Somebody who has an account or bought before.</summary>
/// <param name="TotalSpent">As the shop system counts it; null when it does not say.</param>
/// <param name="Orders">As the shop system counts them; null when it does not say.</param>
public sealed record Customer(string Email, string? FirstName, string? LastName, Money? TotalSpent, int? Orders, Source Source);
