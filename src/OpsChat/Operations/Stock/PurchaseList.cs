using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Stock;

/// <summary>One line of the list of what to buy.</summary>
/// <param name="Need">Pieces that are missing; <paramref name="Order"/> is that up to whole packs and the supplier's minimum.</param>
/// <param name="UnitCost">The contract price, else the last price paid, else the catalogue's cost; null when nobody knows.</param>
/// <param name="PriceSource">Which of these it is.</param>
/// <param name="SimpleNeed">What the owner's simple table says (sold in 7 days ÷ 7 × (lead + 7) − available − incoming).</param>
/// <param name="SimpleRemark">Why the simple table may mislead; null when it does not.</param>
public sealed record PurchaseLine(
    string Sku, string Title, int Available, int Incoming, double RatePerDay, double LeadDays90, int ReorderLevel, int Need, int Order,
    Money? UnitCost, string PriceSource, double SoldIn7, int SimpleNeed, string? SimpleRemark)
{
    /// <summary><c>MUG Blue mug</c>; the code alone where it has no other title.</summary>
    public string Name => Title == Sku ? Sku : $"{Sku} {Title}";

    public Money? Total => UnitCost is { } cost ? new(cost.Minor * Order, cost.Currency) : null;
}

/// <summary>What an order costs beside its goods, as the supplier's terms state it.</summary>
/// <param name="TaxShare">Of goods and freight, 0 to 1.</param>
/// <param name="Freight">Of one order; null when none is stated.</param>
public sealed record SupplierCharges(double TaxShare, Money? Freight)
{
    public static SupplierCharges None { get; } = new(0, null);

    internal static SupplierCharges Of(SupplierTerms? terms) => terms is null ? None : new(terms.TaxShare ?? 0, terms.Freight);

    /// <summary>Goods with freight and tax; null when nobody can state it in the goods' currency.</summary>
    public Money? With(Money goods) =>
        Freight is { } freight && freight.Currency != goods.Currency
            ? null
            : goods with { Minor = (long)Math.Round((goods.Minor + (Freight?.Minor ?? 0)) * (1 + TaxShare), MidpointRounding.AwayFromZero) };

    /// <summary><c> with freight of MYR 20.00 and 6 % tax</c>; empty without either.</summary>
    public string InWords => (Freight, TaxShare) switch
    {
        ({ Minor: > 0 } freight, > 0) => $" with freight of {freight} and {TaxShare * 100:0.##} % tax",
        ({ Minor: > 0 } freight, _) => $" with freight of {freight}",
        (_, > 0) => $" with {TaxShare * 100:0.##} % tax",
        _ => "",
    };
}

/// <summary>What to buy from one supplier in one order.</summary>
/// <param name="Total">With freight and tax; null when a line has no price or another currency.</param>
/// <param name="NeedsConfirmation">Over the owner's limit, or with a total that nobody can state in the shop's currency.</param>
public sealed record SupplierPurchase(string? Supplier, IReadOnlyList<PurchaseLine> Lines, Money? Total, bool NeedsConfirmation)
{
    public SupplierCharges Charges { get; init; } = SupplierCharges.None;
}

/// <summary>What to buy, by supplier. Pure.</summary>
public static class PurchaseList
{
    public static IReadOnlyList<SupplierPurchase> Of(ShopMoment shop, OperationsSettings settings) =>
        [.. shop.Skus.Select(sku => LineOf(shop, sku, settings)).OfType<(string? Supplier, PurchaseLine Line)>()
            .GroupBy(l => l.Supplier, StringComparer.OrdinalIgnoreCase)
            .OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase)
            .Select(g => Purchase(g.Key, [.. g.Select(l => l.Line)], settings, SupplierCharges.Of(shop.Terms(g.Key))))];

    /// <summary>An order of exactly the limit needs no confirmation; one cent more does.</summary>
    internal static SupplierPurchase Purchase(
        string? supplier, IReadOnlyList<PurchaseLine> lines, OperationsSettings settings, SupplierCharges? charges = null)
    {
        charges ??= SupplierCharges.None;
        var known = lines.All(l => l.Total?.Currency == settings.Currency);
        var total = known ? charges.With(new(lines.Sum(l => l.Total!.Value.Minor), settings.Currency)) : null;
        return new(supplier, lines, total, total is null || total.Value.Major > settings.Purchase.ConfirmOver) { Charges = charges };
    }

    private static (string? Supplier, PurchaseLine Line)? LineOf(ShopMoment shop, string sku, OperationsSettings settings)
    {
        if (shop.Plan(sku, settings) is not { Sells: true } plan || plan.Position > plan.Reorder.Level || shop.Product(sku) is { IsActive: false })
        {
            return null;
        }

        return (plan.Lead.Supplier, Line(shop, plan));
    }

    internal static PurchaseLine Line(ShopMoment shop, StockPlan plan)
    {
        var product = shop.Product(plan.Sku);
        var terms = shop.Terms(plan.Lead.Supplier);
        var quantity = ReorderPoint.Order(
            plan.Position, plan.Reorder.Level, plan.Reorder.Quantity, product?.Pack ?? 1, product?.Minimum ?? terms?.Minimum ?? 0);
        var (cost, source) = Cost(shop, plan.Sku, product);
        var lead = plan.Lead.Curve.Quantile(0.9);
        return new(
            plan.Sku,
            product?.Title ?? plan.Sku,
            plan.Available,
            plan.Incoming,
            plan.Demand.Rate,
            lead,
            plan.Reorder.Level,
            quantity.Need,
            quantity.Order,
            cost,
            source,
            plan.Demand.SoldIn7,
            ReorderPoint.SimpleTable(plan.Demand.SoldIn7, lead, plan.Available, plan.OnOrder),
            Remark(plan.Demand)
        );
    }

    private static string? Remark(DemandFacts demand) => demand.ClosedIn7 > 0
        ? $"It was sold out on {Plural.Of(demand.ClosedIn7, "day")} of the last 7; the simple rule takes that for days on which nobody wanted it."
        : null;

    private static (Money? Cost, string Source) Cost(ShopMoment shop, string sku, ProductRow? product) =>
        product?.ContractPrice is { } contract ? (contract, "contract price")
        : shop.Supply(sku).LastOrDefault(s => s.UnitCost is not null) is { } last ? (last.UnitCost, $"paid in {last.Number}")
        : product?.Cost is { } cost ? (cost, "cost in the catalogue")
        : (null, "no price known");
}
