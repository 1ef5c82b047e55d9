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
        return [.. shop.OfType(product.Type)
            .Where(other => other.Sku != plan.Sku && Math.Abs(other.Price!.Value.Minor - price.Minor) * 4 <= price.Minor)
            .OrderBy(other => Math.Abs(other.Price!.Value.Minor - price.Minor))
            .ThenBy(other => other.Sku, StringComparer.Ordinal)
            .Where(other => shop.Plan(other.Sku, settings) is { RunOut: < 0.1, Available: > 0 } stock && !(stock.Cover.P10 <= lead))
            .Select(other => other.Sku)
            .Take(2)];
    }
}
