using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Stock;

/// <summary>What is known of one article's stock, for people.</summary>
/// <param name="Cover">Days until it is sold out with a chance of 10, 50 and 90 %; a null lies beyond what is reckoned.</param>
/// <param name="LeadDays">What the supplier really takes: 10, 50 and 90 % of its deliveries.</param>
/// <param name="QuotedDays">What the supplier says; null when it says nothing.</param>
/// <param name="RunOut">The chance, 0 to 1, that it is sold out before pieces can arrive.</param>
/// <param name="Order">Pieces to order now, 0 when none are needed.</param>
/// <param name="Substitutes">What could be shown instead; only for an article that runs out.</param>
public sealed record StockLine(
    string Sku,
    string Title,
    int Available,
    int Incoming,
    double RatePerDay,
    DaysOfCover Cover,
    int ReorderPoint,
    int Position,
    string? Supplier,
    (double Q10, double Q50, double Q90) LeadDays,
    int? QuotedDays,
    double RunOut,
    double LostUnits,
    Money AtRisk,
    int Order,
    IReadOnlyList<string> Substitutes,
    IReadOnlyList<string> Because
)
{
    /// <summary>Pieces of approved orders that nobody has sent to the supplier yet; <see cref="Position"/> counts them.</summary>
    public int NotSentYet { get; init; }

    /// <summary>Nothing of it is there.</summary>
    public bool IsSoldOut => Available <= 0;

    /// <summary>It is to be looked at: it runs out, is gone while it sells, or is to be ordered.</summary>
    public bool NeedsALook => IsShort || Order > 0 || NotSentYet > 0 || (IsSoldOut && RatePerDay > 0);

    /// <summary><c>20 approved, not sent yet</c>; empty when nothing is.</summary>
    public string NotSentInWords => NotSentYet > 0 ? $"{NotSentYet} approved, not sent yet" : "";

    /// <summary><c>3 there, 0 coming, 20 approved, not sent yet</c>.</summary>
    public string StockInWords => $"{Available} there, {Incoming} coming{(NotSentYet > 0 ? $", {NotSentInWords}" : "")}";

    /// <summary>It may be sold out before pieces can arrive.</summary>
    public bool IsShort => RunOut >= 0.5;
}

/// <summary>Every article with its cover. Pure.</summary>
public static class StockTable
{
    /// <summary>Why nothing can be said of stock; null when something was counted.</summary>
    public static string? CannotTell(ShopMoment shop) =>
        shop.Skus.Any(sku => shop.Stock(sku) is not null)
            ? null
            : "Cannot tell: no file says what is in stock. Export the shop's inventory, or its products with their quantities and SKUs, "
                + "into the shop's folder; "
                + "`ops check` names each file that was found and what it is missing.";

    /// <summary>Those that run out soonest first.</summary>
    /// <param name="wanted">An article's SKU, or words of its title; null for all that were counted.</param>
    public static IReadOnlyList<StockLine> Of(ShopMoment shop, OperationsSettings settings, string? wanted = null)
    {
        var meant =
            wanted is null ? null
            : shop.Skus.Where(one => one.Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToList() is { Count: > 0 } exact ? exact
            : shop.Skus.Where(one => shop.Product(one)?.Title.Contains(wanted.Trim(), StringComparison.OrdinalIgnoreCase) == true).ToList();
        return Lines(shop, settings, meant);
    }

    private static IReadOnlyList<StockLine> Lines(ShopMoment shop, OperationsSettings settings, IReadOnlyList<string>? meant) =>
    [
        .. (meant ?? shop.Skus).Select(one => shop.Plan(one, settings)).OfType<StockPlan>()
            .Where(plan => meant is not null || shop.Product(plan.Sku) is not { IsActive: false })
            .Select(plan => Line(shop, plan, settings))
            .OrderByDescending(line => line.RunOut).ThenBy(line => line.Cover.P50 ?? int.MaxValue).ThenBy(line => line.Sku, StringComparer.Ordinal),
    ];

    private static StockLine Line(ShopMoment shop, StockPlan plan, OperationsSettings settings)
    {
        var curve = plan.Lead.Curve;
        var order = plan.Sells && plan.Position <= plan.Reorder.Level ? PurchaseList.Line(shop, plan).Order : 0;
        return new(
            plan.Sku,
            shop.Product(plan.Sku)?.Title ?? plan.Sku,
            plan.Available,
            plan.Incoming,
            plan.Demand.Rate,
            plan.Cover,
            plan.Reorder.Level,
            plan.Position,
            plan.Lead.Supplier,
            (curve.Quantile(0.1), curve.Quantile(0.5), curve.Quantile(0.9)),
            plan.Lead.QuotedDays,
            plan.Sells ? plan.RunOut : 0,
            plan.LostUnits,
            plan.Lost,
            order,
            plan is { Sells: true, RunOut: >= 0.5 } ? Substitutes.For(shop, plan, settings) : [],
            [
                .. Monitors
                    .StockFindings.Evidence(shop, plan)
                    .Select(e => e.Line is { } line ? $"{e.Text} ({e.Source} line {line})" : $"{e.Text} ({e.Source})"),
            ]
        )
        {
            NotSentYet = plan.NotSentYet,
        };
    }
}
