using OpsChat.Operations.History;

namespace OpsChat.Operations.Stock;

/// <summary>What a supplier says and what it does.</summary>
/// <param name="Quoted">Days that it says; null when it says nothing.</param>
/// <param name="Q10">Days within which one delivery in ten comes; the others likewise.</param>
/// <param name="Due">Lines of orders whose promise can be judged, of all that are known: they came, or their day is over.</param>
/// <param name="Late">Those of them that came after that day, or are still to come.</param>
/// <param name="Open">Orders that are still to come, the oldest first.</param>
public sealed record SupplierLine(
    string Supplier,
    int? Quoted,
    double Q10,
    double Q50,
    double Q90,
    int Received,
    int Due,
    int Late,
    bool IsQuoted,
    IReadOnlyList<OpenSupply> Open,
    DateOnly? ContractUntil
)
{
    /// <summary>Share of lines that came by the promised day; null without a promise.</summary>
    public double? OnTime => Due == 0 ? null : (double)(Due - Late) / Due;
}

/// <summary>Pieces on order.</summary>
/// <param name="IsPast">It takes longer than nine of ten deliveries of this supplier do.</param>
public sealed record OpenSupply(string Number, string Sku, int Quantity, DateTimeOffset OrderedAt, DateTimeOffset? ExpectedAt, bool IsPast)
{
    /// <summary>Whole days since the promised one; null without a promise, or while it is kept.</summary>
    public int? DaysLate { get; init; }

    public bool IsOverdue => IsPast || DaysLate > 0;
}

/// <summary>Suppliers, as they really deliver. Pure.</summary>
public static class SupplierTable
{
    public static IReadOnlyList<SupplierLine> Of(ShopMoment shop) =>
        [
            .. shop
                .SupplyOrders.GroupBy(s => s.Supplier, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => Line(shop, g.Key, [.. g])),
        ];

    private static SupplierLine Line(ShopMoment shop, string supplier, IReadOnlyList<SupplyOrder> orders)
    {
        var (lead, terms) = (shop.LeadTime(supplier), shop.Terms(supplier));
        var due = orders.Where(o => SupplierPromise.IsDue(shop, o)).ToList();
        return new(
            supplier,
            terms?.QuotedDays ?? QuotedIn(orders),
            lead.Curve.Quantile(0.1),
            lead.Curve.Quantile(0.5),
            lead.Curve.Quantile(0.9),
            lead.OwnReceived,
            due.Count,
            due.Count(o => SupplierPromise.IsLate(shop, o)),
            lead.IsQuoted,
            [
                .. orders.Where(o => o.OpenAt(shop.Now) > 0).Select(o => new OpenSupply(
                    o.Number, o.Sku, o.OpenAt(shop.Now), o.OrderedAt, o.ExpectedAt, (shop.Now - o.OrderedAt).TotalDays > lead.Curve.Quantile(0.9))
                {
                    DaysLate = o.ExpectedAt is { } at && shop.Today.DayNumber - shop.Calendar.Day(at).DayNumber is > 0 and var days ? days : null,
                }),
            ],
            terms?.ContractUntil);
    }

    /// <summary>The usual promise of its orders, where no file says what it quotes.</summary>
    private static int? QuotedIn(IReadOnlyList<SupplyOrder> orders)
    {
        var days = orders
            .Where(o => o.ExpectedAt is not null)
            .Select(o => (int)Math.Round((o.ExpectedAt!.Value - o.OrderedAt).TotalDays))
            .Order()
            .ToList();
        return days.Count == 0 ? null : days[days.Count / 2];
    }
}
