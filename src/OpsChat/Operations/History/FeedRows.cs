using OpsChat.Text;

namespace OpsChat.Operations.History;

/// <summary>What an advertisement cost and brought in a span of days; daily monitors use those of one day.</summary>
/// <param name="Conversions">Purchases only; null where the platform counts other things, or nothing.</param>
/// <param name="Sku">The article that it is for; null when the file does not say.</param>
public sealed record AdSpend(
    DateOnly From, DateOnly To, string Campaign, string? AdGroup, string? Keyword, Money Cost, double? Conversions, Money? ConversionValue,
    int? Clicks, int? Impressions, string? Sku, RowPlace Place)
{
    /// <summary>A total of several days tells nothing about any of them.</summary>
    public bool IsOneDay => From == To;
}

/// <summary>What a customer wrote about an article.</summary>
/// <param name="Rating">As the shop counts it, usually 1 to 5.</param>
public sealed record ReviewLine(string Sku, DateTimeOffset? At, double Rating, string? Title, string? Text, RowPlace Place);

/// <summary>One line of a packed order: what was ordered, and what went into the parcel.</summary>
/// <param name="Packer">An id, shown to nobody unless the owner switched people on.</param>
public sealed record PickLine(
    string Order, DateTimeOffset PackedAt, string? Station, string? Shift, string? Packer, string SkuOrdered, string? SkuPacked, int? QuantityOrdered,
    int? QuantityPacked, RowPlace Place);

/// <summary>What visitors of the storefront did with one article on one day. Null is unknown.</summary>
public sealed record StorefrontDay(DateOnly Day, string Sku, int? Views, int? AddToCarts, int? Checkouts, int? Units, RowPlace Place);

/// <summary>One charge of a subscription.</summary>
/// <param name="HasFailed">Null when the file's word for its state is not known.</param>
/// <param name="RetryAt">Null when no further try is planned.</param>
/// <param name="Customer">A key that tells customers apart; null when unknown.</param>
public sealed record SubscriptionCharge(
    string Subscription, DateTimeOffset ChargeAt, bool? HasFailed, Money? Amount, DateTimeOffset? RetryAt, string? Customer, RowPlace Place);

/// <summary>One day of an automatic e-mail. Null is unknown.</summary>
public sealed record EmailDay(DateOnly Day, string Flow, int? Sent, int? Opened, int? Clicked, int? Orders, Money? Revenue, RowPlace Place);

/// <summary>Money that came in or went back, as a payment service tells it. Conversions and withdrawals are none.</summary>
/// <param name="Order">The shop's number of the order; null when the service does not know it.</param>
/// <param name="Amount">Never negative.</param>
/// <param name="IsReceived">False while it is pending, and when it failed.</param>
public sealed record PaymentRow(string? Order, DateTimeOffset At, bool IsRefund, Money Amount, bool IsReceived, string? Reference, RowPlace Place);
