using OpsChat.Operations.History;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// Available is below the owner's share of the reorder point. It is silent while an order on its way will be there in time; a purchase that
/// is due is the reorder monitor's, and its alert takes this one in.
/// </summary>
internal sealed class StockLow() : ShopMonitor("stock-low", TimeSpan.FromHours(6), new(1, 0.8), StockFindings.Needs)
{
    private const double InTime = 0.25;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings) => StockFindings.Walk(shop, settings, plan =>
        {
            var line = settings.Stock.SafetyShare * plan.Reorder.Level;
            var isComing = plan.NextOrder is not null && plan.RunOut < InTime && plan.Position > plan.Reorder.Level;
            var strength = line / Math.Max(0.5, plan.Available);
            return line <= 0 || isComing || strength < Lines.Clear
                ? null
                : new(
                    StockFindings.Subject(plan.Sku),
                    strength,
                    0.9,
                    plan.Lost,
                    LatestOrder(shop, plan),
                    "purchasing",
                    $"{plan.Sku}: {plan.Available} left, the safety line is {StockFindings.Pieces(line)} ({settings.Stock.SafetyShare:0%} of "
                        + $"{plan.Reorder.Level}).",
                    StockFindings.Evidence(shop, plan),
                    [StockFindings.Order(shop, plan, settings)],
                    StockFindings.Trace("stock-low 1", plan)
                );
        });

    private static DateTimeOffset LatestOrder(ShopMoment shop, Stock.StockPlan plan) =>
        shop.Now.AddDays(Math.Max(0, (plan.Cover.P50 ?? 0) - plan.Lead.Curve.Quantile(0.9)));
}
