using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>More than half a year of stock, and enough money in it to matter. Storage and capital are counted as 2 % a month.</summary>
internal sealed class StockExcess() : ShopMonitor("stock-excess", TimeSpan.FromDays(1), new(1, 0.8), StockFindings.Needs)
{
    internal const int Days = 180;

    /// <summary>With less history nobody can say what lasts half a year.</summary>
    private const int LeastDays = 56;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var value = shop.Skus.Sum(sku => (shop.Stock(sku)?.Available ?? 0) * (shop.Product(sku)?.Cost?.Minor ?? 0));
        return StockFindings.Walk(shop, settings, plan =>
        {
            var bound = plan.Available * (shop.Product(plan.Sku)?.Cost?.Minor ?? 0);
            var isYoung = plan.Demand.OpenDays < LeastDays;
            var strength = isYoung || plan.Cover.P10 <= Days ? 0 : bound / Math.Max(1, 0.02 * value);
            return bound <= 0 || strength < Lines.Clear ? null : new(
                StockFindings.Subject(plan.Sku), strength, 0.9, new Money(bound / 50, shop.Currency), null, "purchasing",
                $"{plan.Sku}: {Plural.Of(plan.Available, "piece")} {(plan.Available == 1 ? "lasts" : "last")} longer than {Days} days; "
                    + $"{new Money(bound, shop.Currency)} are bound in them.",
                StockFindings.Evidence(shop, plan), [], StockFindings.Trace("stock-excess 1", plan));
        });
    }
}
