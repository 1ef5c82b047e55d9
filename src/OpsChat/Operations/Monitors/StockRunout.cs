using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Stock;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>An item more likely than not sells out before the earliest delivery: an order on its way, else one placed today.</summary>
internal sealed class StockRunout() : ShopMonitor("stock-runout", TimeSpan.FromHours(1), AlertLines.Half(0.5), StockFindings.Needs)
{
    /// <summary>Names of the trace's inputs: days until the next delivery, usually and in nine of ten cases.</summary>
    internal const string ArrivalMean = "arrival", ArrivalLate = "arrival90";

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings) =>
        StockFindings.Walk(shop, settings, plan =>
            plan.RunOut < Lines.Clear
                ? null
                : new(
                    StockFindings.Subject(plan.Sku),
                    plan.RunOut,
                    plan.RunOut,
                    plan.Lost,
                    shop.Now,
                    "purchasing",
                    $"{Headline(shop, plan)}{Advertised(shop, plan)}",
                    StockFindings.Evidence(shop, plan),
                    [.. Actions(shop, plan, settings)],
                    Trace(plan)
                )
        );

    private static string Advertised(ShopMoment shop, StockPlan plan) =>
        shop.AdSpendOn(plan.Sku) is { } ads ? $" {ads.PerDay} a day is spent on advertising it." : "";

    private static string Headline(ShopMoment shop, StockPlan plan)
    {
        var name = shop.NameOf(plan.Sku);
        var start = plan.Available <= 0 ? $"{name} is sold out" : $"{name} runs out {plan.CoverInWords}";
        var quoted = plan.Lead is { QuotedDays: { } days, IsQuoted: false } && days < plan.Lead.Curve.Quantile(0.5) ? $", not the quoted {days}" : "";
        return plan.NextOrder is { } order
            ? $"{start}; the next delivery, {order.Number} from {order.Supplier}, is about {Plural.Of(plan.Arrival.Mean, "0", "day")} away."
            : $"{start}; {plan.Lead.Supplier ?? "a supplier"} takes {plan.Lead.InWords}{quoted}.";
    }

    /// <summary>With the days until the open order is there in half and in nine of ten cases, for those whom customers ask.</summary>
    private static CalculationTrace Trace(StockPlan plan)
    {
        var trace = StockFindings.Trace("stock-runout 1", plan);
        return plan.NextOrder is null ? trace : trace with
        {
            Inputs = new Dictionary<string, double>(trace.Inputs, StringComparer.Ordinal)
            {
                [ArrivalMean] = Math.Round(plan.Arrival.Mean, 2), [ArrivalLate] = Math.Round(plan.Arrival.Mean + 1.2816 * plan.Arrival.Deviation, 2),
            },
        };
    }

    private static IEnumerable<ProposedAction> Actions(ShopMoment shop, StockPlan plan, OperationsSettings settings)
    {
        if (plan.Position <= plan.Reorder.Level)
        {
            yield return StockFindings.Order(shop, plan, settings);
        }

        var instead = Substitutes.For(shop, plan, settings);
        if (instead.Count > 0)
        {
            yield return new(
                ActionKind.SwapSubstitute,
                plan.Sku,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["show"] = string.Join(',', instead) },
                null,
                $"Show {string.Join(" or ", instead)} first",
                shop.Now.AddDays(3)
            );
        }

        if (shop.AdSpendOn(plan.Sku) is { } ads)
        {
            yield return AdOnLowStock.Pause(shop, plan.Sku, ads.Newest, ads.PerDay);
        }

        yield return new(
            ActionKind.HideRecommendation, plan.Sku, new Dictionary<string, string>(StringComparer.Ordinal), null,
            $"Stop recommending {plan.Sku} until it is back", shop.Now.AddDays(3));
    }
}
