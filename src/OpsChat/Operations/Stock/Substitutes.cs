using OpsChat.Operations.History;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Stock;

/// <summary>What can be offered instead of an item that runs out.</summary>
internal static class Substitutes
{
    /// <summary>
    /// At most two items of the same type, priced within 25 %, that last longer than the supplier takes and do not run out themselves; the
    /// nearest price first.
    /// </summary>
    public static IReadOnlyList<string> For(ShopMoment shop, StockPlan plan, OperationsSettings settings)
    {
        if (shop.Product(plan.Sku) is not { Price: { } price, Type.Length: > 0 } product)
        {
            return [];
        }

        var lead = plan.Lead.Curve.Quantile(0.9);
        return [.. shop.Skus
            .Where(sku => sku != plan.Sku && shop.Product(sku) is { IsActive: true, Price: { } other } candidate
                && candidate.Type == product.Type && Math.Abs(other.Minor - price.Minor) * 4 <= price.Minor)
            .Where(sku => shop.Plan(sku, settings) is { RunOut: < 0.1, Available: > 0 } stock && !(stock.Cover.P10 <= lead))
            .OrderBy(sku => Math.Abs(shop.Product(sku)!.Price!.Value.Minor - price.Minor))
            .ThenBy(sku => sku, StringComparer.Ordinal)
            .Take(2)];
    }
}
