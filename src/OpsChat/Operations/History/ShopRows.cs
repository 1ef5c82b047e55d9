using OpsChat.Text;
using System.Runtime.InteropServices;

namespace OpsChat.Operations.History;

/// <summary>Where a row was read: the file's name and its line, 1-based; 0 when it came over HTTP.</summary>
public readonly record struct RowPlace(string File, int Line)
{
    public override string ToString() => Line > 0 ? $"{File} line {Line}" : File;
}

/// <summary>The kinds of data that a shop may give.</summary>
public enum FeedKind
{
    Orders, Products, Inventory, Storefront, PurchaseOrders, Suppliers, Shipments, Returns, Reviews, Ads, Fulfilment, StorefrontEvents,
    Subscriptions, Campaigns, EmailStats, Contacts, Payments, Customers,
}

/// <summary>
/// All that a shop's files say, as typed rows: what a history is made of, and what storage keeps of it. A time that was written as a day
/// only is the last second of that day in the shop's zone, so that nothing is known earlier than it can be.
/// </summary>
public sealed record ShopRows
{
    public static ShopRows None { get; } = new();

    public IReadOnlyList<OrderRow> Orders { get; init; } = [];
    public IReadOnlyList<Parcel> Parcels { get; init; } = [];
    public IReadOnlyList<ProductRow> Products { get; init; } = [];
    public IReadOnlyList<StockReading> Stock { get; init; } = [];
    public IReadOnlyList<SupplyOrder> SupplyOrders { get; init; } = [];
    public IReadOnlyList<SupplierTerms> Suppliers { get; init; } = [];
    public IReadOnlyList<ReturnLine> Returns { get; init; } = [];
    public IReadOnlyList<CampaignRow> Campaigns { get; init; } = [];
    public IReadOnlyList<ContactRow> Contacts { get; init; } = [];
    public IReadOnlyList<PurchaseRequest> Requests { get; init; } = [];
    public IReadOnlyList<AdSpend> Ads { get; init; } = [];
    public IReadOnlyList<ReviewLine> Reviews { get; init; } = [];
    public IReadOnlyList<PickLine> Picks { get; init; } = [];
    public IReadOnlyList<StorefrontDay> StorefrontDays { get; init; } = [];
    public IReadOnlyList<SubscriptionCharge> Charges { get; init; } = [];
    public IReadOnlyList<EmailDay> EmailDays { get; init; } = [];
    public IReadOnlyList<PaymentRow> Payments { get; init; } = [];
    public IReadOnlyList<FeedState> Feeds { get; init; } = [];
}

/// <summary>An order as it stands in the newest file; its times tell what was known when.</summary>
/// <param name="Number">As the shop writes it, with its <c>#</c>.</param>
/// <param name="PaidAt">Null while unpaid or unknown.</param>
/// <param name="ShippedAt">When it left; null while it has not, or nobody knows.</param>
/// <param name="ShipBy">The marketplace's own limit; null without one.</param>
/// <param name="Promised">The day by which the customer was promised delivery; null without a promise.</param>
/// <param name="Customer">A key that tells customers apart and nothing else; null when unknown.</param>
/// <param name="Region">State or country of delivery; null when unknown.</param>
public sealed record OrderRow(
    string Number, DateTimeOffset PlacedAt, DateTimeOffset? PaidAt, DateTimeOffset? CancelledAt, DateTimeOffset? ShippedAt,
    DateTimeOffset? DeliveredAt, DateTimeOffset? ShipBy, DateOnly? Promised, Money Total, string? Customer, string? Region,
    IReadOnlyList<SoldLine> Lines, RowPlace Place)
{
    /// <summary>The country of delivery as the file writes it; null when it does not say.</summary>
    public string? Country { get; init; }

    /// <summary>What brought the customer: search, influencer; null when the file does not say.</summary>
    public string? Source { get; init; }

    /// <summary>What was paid back of it so far; null when that is nothing, or nobody can say how much.</summary>
    public Money? Refunded { get; init; }

    /// <summary>When it was paid back, the last time; null when the file does not say.</summary>
    public DateTimeOffset? RefundedAt { get; init; }

    /// <summary>When the file was written that calls it shipped, delivered, cancelled or something that nobody can read, where it may not say since
    /// when; null while it is called none of these.</summary>
    public DateTimeOffset? ClosedBy { get; init; }

    /// <summary>Whether it is known to wait for its dispatch.</summary>
    public bool IsToShip(DateTimeOffset now) => !(ShippedAt <= now || CancelledAt <= now || DeliveredAt <= now || ClosedBy <= now);

    /// <summary>What can be said of its addresses and risk without keeping them; null when the file has none of it.</summary>
    public OrderCheckFacts? Check { get; init; }
}

/// <summary>
/// Facts about an order that a person may want to see before it leaves (OPERATIONS F11). No address, name, e-mail or phone: what is kept only
/// says what was found.
/// </summary>
/// <param name="Risk">The platform's own word, lower case; null when it says nothing.</param>
/// <param name="Differences">Where billing and shipping differ: country, city, postcode.</param>
/// <param name="Countries">Billing and shipping country when they differ; null otherwise.</param>
/// <param name="IsForwarder">It goes to a company that sends parcels on.</param>
/// <param name="AddressFaults">What may keep a parcel from arriving, such as a missing house number.</param>
/// <param name="AddressKey">Tells addresses of delivery apart and nothing else; null when unknown.</param>
/// <param name="IsThrowAwayMail">The e-mail's domain is one for a few minutes; null when there is no e-mail.</param>
/// <param name="Missing">What the file does not say, in words.</param>
public sealed record OrderCheckFacts(
    string? Risk,
    IReadOnlyList<string> Differences,
    string? Countries,
    bool IsForwarder,
    IReadOnlyList<string> AddressFaults,
    string? AddressKey,
    bool? IsThrowAwayMail,
    IReadOnlyList<string> Missing
);

/// <summary>One item of an order.</summary>
/// <param name="Price">One piece, in minor units of the order's currency; null when unknown.</param>
public readonly record struct SoldLine(string Sku, int Quantity, long? Price);

/// <summary>A parcel: a label, and what the carrier said of it since. A label is not a scan.</summary>
public sealed record Parcel(
    string Order, string Carrier, string Tracking, DateTimeOffset ShippedAt, DateTimeOffset? DeliveredAt, IReadOnlyList<DateTimeOffset> Scans,
    RowPlace Place)
{
    /// <summary>Where each scan was made, in the order of the scans; null where the carrier does not say. Empty in rows that
    /// were kept without.</summary>
    public IReadOnlyList<string?> ScannedIn { get; init; } = [];
}

/// <summary>An item as the catalogue describes it.</summary>
/// <param name="Price">Null when unknown; so are the others.</param>
/// <param name="SellsBelowZero">Variant Inventory Policy <c>continue</c>: the storefront takes orders without stock.</param>
/// <param name="Preorder">The page promises a later delivery.</param>
public sealed record ProductRow(
    string Sku, string Title, string Type, Money? Price, Money? Cost, string? Supplier, int? Pack, int? Minimum, Money? ContractPrice,
    bool SellsBelowZero, bool Preorder, bool IsActive, RowPlace Place)
{
    /// <summary>What tells it from the other articles of its title: colour, size; empty when it is the only one.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Title and options, as people name it; an option that the title has already stands once.</summary>
    public string FullName => string.Join(' ', [Title, .. Options.Where(option => !TitleHas(option))]);

    private bool TitleHas(string option)
    {
        bool IsLetter(int at) => at >= 0 && at < Title.Length && char.IsLetterOrDigit(Title[at]);

        var at = Title.IndexOf(option, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && !IsLetter(at - 1) && !IsLetter(at + option.Length);
    }
}

/// <summary>One counting of one place: what all its counts have in common.</summary>
/// <param name="IsStorefront">What customers are shown: compared with the warehouse, never added to it.</param>
public sealed record StockCounting(string Location, bool IsStorefront, DateTimeOffset At, string File);

/// <summary>A count of one item at one place. There are millions of them in a year, so each holds what differs and nothing else.</summary>
public readonly struct StockReading(string sku, StockCounting counting, int available, int? incoming, int? committed, int line)
{
    private readonly OptionalCount _incoming = new(incoming), _committed = new(committed);

    public string Sku { get; } = sku;
    public StockCounting Counting { get; } = counting;
    public int Available { get; } = available;
    public string Location => Counting.Location;

    /// <inheritdoc cref="StockCounting"/>
    public bool IsStorefront => Counting.IsStorefront;
    public DateTimeOffset At => Counting.At;

    /// <summary>Null when the file does not say.</summary>
    public int? Incoming => _incoming.Value;
    public int? Committed => _committed.Value;
    public int Line { get; } = line;
    public RowPlace Place => new(Counting.File, Line);

    /// <summary>The same count, of another counting.</summary>
    public StockReading Of(StockCounting other) => new(Sku, other, Available, Incoming, Committed, Line);
}

/// <summary>A count that may be unknown, in the room of a count.</summary>
internal readonly struct OptionalCount(int? count)
{
    private readonly int _count = count ?? int.MinValue;

    public int? Value => _count == int.MinValue ? null : _count;
}

/// <summary>One line of an order to a supplier.</summary>
/// <param name="ExpectedAt">What the supplier promised; null when it did not.</param>
/// <param name="Receipts">Ascending; a partial receipt leaves the rest open.</param>
public sealed record SupplyOrder(
    string Number,
    string Supplier,
    string Sku,
    int Quantity,
    DateTimeOffset OrderedAt,
    DateTimeOffset? ExpectedAt,
    IReadOnlyList<SupplyReceipt> Receipts,
    Money? UnitCost,
    RowPlace Place
)
{
    /// <summary>The order that this line is of; a line without a number is an order of its own.</summary>
    public (string Number, string Sku, DateTimeOffset At) Whole => Number.Length > 0 ? (Number, "", default) : ("", Sku, OrderedAt);

    /// <summary>Pieces that had come by <paramref name="at"/>.</summary>
    public int ReceivedBy(DateTimeOffset at) => Receipts.Where(r => r.At <= at).Sum(r => r.Quantity);

    /// <summary>Pieces still to come at <paramref name="at"/>; 0 before the order was placed.</summary>
    public int OpenAt(DateTimeOffset at) => OrderedAt > at ? 0 : Math.Max(0, Quantity - ReceivedBy(at));

    /// <summary>When it was complete, as far as <paramref name="at"/> knows; null while it is open.</summary>
    public DateTimeOffset? CompleteAt(DateTimeOffset at)
    {
        var got = 0;
        foreach (var receipt in Receipts)
        {
            got += receipt.Quantity;
            if (got >= Quantity)
            {
                return receipt.At <= at ? receipt.At : null;
            }
        }

        return null;
    }
}

/// <summary>Pieces that came on one day.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SupplyReceipt(DateTimeOffset At, int Quantity);

/// <summary>What was agreed with a supplier. Null is unknown.</summary>
public sealed record SupplierTerms(
    string Supplier, int? QuotedDays, int? Minimum, string? Currency, DateOnly? ContractUntil, int? NoticeDays, double? OnTimeShare, string? Owner,
    RowPlace Place)
{
    /// <summary>Days after a receipt by which it is paid for.</summary>
    public int? PaymentDays { get; init; }

    /// <summary>Tax on top of the goods of an order, 0 to 1; null when none is stated.</summary>
    public double? TaxShare { get; init; }

    /// <summary>Carriage of one order; null when none is stated.</summary>
    public Money? Freight { get; init; }
}

/// <summary>One returned item.</summary>
public sealed record ReturnLine(
    string Order, string Return, string Sku, string Reason, int Quantity, DateTimeOffset RequestedAt, DateTimeOffset? ReceivedAt,
    DateTimeOffset? InspectedAt, Money? Amount, RowPlace Place)
{
    /// <summary>How it came back, in the shop's words; null when nobody wrote it down.</summary>
    public string? Condition { get; init; }

    /// <summary>Null while it was not refunded, or nobody knows.</summary>
    public DateTimeOffset? RefundedAt { get; init; }

    /// <summary>What the customer wrote; null when nothing.</summary>
    public string? Comment { get; init; }
}

/// <summary>An entry of the campaign calendar.</summary>
/// <param name="Skus">Empty means the whole shop.</param>
/// <param name="Times">Expected times the usual demand; null means the default of <see cref="Statistics.EventDemand"/>.</param>
public sealed record CampaignRow(string Name, DateOnly From, DateOnly To, IReadOnlyList<string> Skus, string Kind, double? Times, RowPlace Place);

/// <summary>A customer who wrote about something; no words, no names.</summary>
/// <param name="Conversation">The chat that it came in.</param>
public sealed record ContactRow(
    string Customer, string Conversation, string Issue, DateTimeOffset At, string? Carrier, string? Sku, string? Region, string? Order);

/// <summary>A purchase that OpsChat itself asked for after an approval; it counts until the shop's files show an order for the item.</summary>
/// <param name="Action">The approved action; empty where none is known.</param>
/// <param name="IsPlaced">False while it is approved and nobody has sent it to the supplier.</param>
public sealed record PurchaseRequest(string Sku, int Quantity, DateTimeOffset At, string Action = "", bool IsPlaced = true);

/// <summary>How one feed fares.</summary>
/// <param name="ReadAt">When it was last read; null when it was never.</param>
/// <param name="Newest">The time of its newest row; null when its rows carry none.</param>
/// <param name="Rhythm">How often it usually changes; null when that is not known yet.</param>
/// <param name="Refusal">Why the newest version is not in force; null when it is.</param>
public sealed record FeedState(FeedKind Kind, string File, DateTimeOffset? ReadAt, DateTimeOffset? Newest, TimeSpan? Rhythm, string? Refusal);
