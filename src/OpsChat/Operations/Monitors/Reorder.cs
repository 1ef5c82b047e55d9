using OpsChat.Operations.History;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// What is in stock and on order together has come down to the reorder point. At the point itself the strength is 1; an order lifts the position
/// well above it, so the clear line lies close.
/// </summary>
internal sealed class Reorder() : ShopMonitor("reorder", TimeSpan.FromHours(6), new(1, 0.98), StockFindings.Needs)
{
    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings) => StockFindings.Walk(shop, settings, plan =>
    {
        var strength = plan.Reorder.Level / Math.Max(0.5, plan.Position);
        if (strength < Lines.Clear)
        {
            return null;
        }

        var by = shop.Now.AddDays(Math.Max(0, (plan.Cover.P50 ?? 0) - plan.Lead.Curve.Quantile(0.9)));
        var order = StockFindings.Order(shop, plan, settings);
        return new(
            StockFindings.Subject(plan.Sku), strength, 0.9, plan.Lost, by, "purchasing",
            $"{plan.Sku}: {plan.Position} in stock and on order, order at {plan.Reorder.Level}. {order.Text}.",
            StockFindings.Evidence(shop, plan), [order], StockFindings.Trace("reorder 1", plan));
    });
}
