using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>An item sells several times its usual, or a campaign for it has begun: its stock is planned by the event's own rate (F7).</summary>
internal sealed class DemandSpike()
    : ShopMonitor("demand-spike", TimeSpan.FromHours(1), AlertLines.Half(1), [new(FeedKind.Orders, TimeSpan.FromDays(2))])
{
    /// <summary>What is expected to sell hardly more than usual needs nobody; plans count with it all the same.</summary>
    private const double WorthTelling = 1.15;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var sku in shop.Skus)
        {
            looked.Add(StockFindings.Subject(sku));
            var demand = shop.Demand(sku);
            if (demand.Event is { } rise && (rise.Campaign is not null || rise.Times >= WorthTelling))
            {
                findings.Add(Finding(shop, sku, demand, rise));
            }
        }

        return new(findings, looked, []);
    }

    private static MonitorFinding Finding(ShopMoment shop, string sku, DemandFacts demand, RunningEvent rise)
    {
        var why = rise.Campaign is { } name ? $"the campaign {name} runs" : "its sales have risen";
        return new(
            StockFindings.Subject(sku), 1, 0.9, new Money(0, shop.Currency), null, "marketing",
            $"{sku} is expected to sell {rise.Times:0.0} times its usual {rise.Base:0.0#} a day since {rise.Since:d MMM}: {why}.",
            [new($"{demand.SoldIn7:0} sold in 7 days, {rise.Base * 7:0.#} are usual", "orders", null, shop.Now)], [],
            CalculationTrace.Of("F7", "demand-spike 1", ("base", rise.Base), ("times", rise.Times), ("evidence", Math.Min(rise.Evidence, 1e12))));
    }
}
