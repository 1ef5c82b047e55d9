using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Operations.Stock;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// What the shop promises and cannot keep: a campaign that needs more than stock and timely deliveries hold, an item that is sold below zero
/// or as a preorder with too little on order, and an item whose shortage customers already ask about.
/// </summary>
internal sealed class PromiseAtRisk() : ShopMonitor("promise-at-risk", TimeSpan.FromHours(6), AlertLines.Half(0.5), StockFindings.Needs)
{
    private const int Ahead = 14;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var asked = shop.ContactsSince(shop.Now.AddDays(-7))
            .Where(c => c.Sku is not null)
            .GroupBy(c => c.Sku!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(c => c.Customer).Distinct().Count(), StringComparer.Ordinal);
        return StockFindings.Walk(shop, settings, plan =>
        {
            var broken = Campaign(shop, plan) ?? Backorder(shop, plan) ?? Asked(plan, asked.GetValueOrDefault(plan.Sku));
            return broken?.Chance >= Lines.Clear ? Finding(shop, settings, plan, broken) : null;
        });
    }

    private sealed record Broken(double Chance, double Missing, string Sentence);

    /// <summary>A campaign of the next two weeks: its demand against stock and what comes before it ends.</summary>
    private static Broken? Campaign(ShopMoment shop, StockPlan plan)
    {
        var campaign = shop.Campaigns.FirstOrDefault(c => c.Skus.Contains(plan.Sku, StringComparer.OrdinalIgnoreCase)
            && c.To >= shop.Today && c.From.DayNumber - shop.Today.DayNumber <= Ahead);
        if (campaign is null)
        {
            return null;
        }

        var mean = StockPlan.CampaignMean(plan, campaign, shop.Today, campaign.To);
        var demand = NegativeBinomial.OfDays(mean, 1, plan.Demand.Phi);
        var there = plan.Available + StockPlan.Inbound(shop, plan.Sku, shop.Calendar.End(campaign.To));
        return new(demand.AtLeast(there), demand.Loss(there), $"{campaign.Name} needs about {mean:0} pieces of {plan.Sku}; {there} will be there");
    }

    /// <summary>Sold without stock: what is owed against what is on order.</summary>
    private static Broken? Backorder(ShopMoment shop, StockPlan plan)
    {
        if (shop.Product(plan.Sku) is not ({ SellsBelowZero: true } or { Preorder: true }) || plan.RunOut < 0.5)
        {
            return null;
        }

        var wanted = Math.Max(0, -plan.Available) + plan.Demand.Rate * plan.Lead.Curve.Quantile(0.9);
        var missing = wanted - plan.OnOrder;
        return missing <= 0
            ? null
            : new(
                plan.RunOut,
                missing,
                $"{plan.Sku} is sold without stock; about {wanted:0} are owed until a delivery, {plan.OnOrder} are on order"
            );
    }

    private static Broken? Asked(StockPlan plan, int customers) => customers < 3 || plan.RunOut < 0.5 ? null
        : new(plan.RunOut, plan.LostUnits, $"{customers} customers asked about {plan.Sku} in 7 days, and it runs out {plan.CoverInWords}");

    private static MonitorFinding Finding(ShopMoment shop, OperationsSettings settings, StockPlan plan, Broken broken)
    {
        var text = $"Show customers that {plan.Sku} comes later";
        return new(
            StockFindings.Subject(plan.Sku),
            broken.Chance,
            broken.Chance,
            plan.Margin with
            {
                Minor = (long)(plan.Margin.Minor * broken.Missing),
            },
            shop.Now,
            "purchasing",
            $"{broken.Sentence}.",
            StockFindings.Evidence(shop, plan),
            [
                .. plan.Position <= plan.Reorder.Level ? [StockFindings.Order(shop, plan, settings)] : Array.Empty<ProposedAction>(),
                new(ActionKind.PageMessage, plan.Sku, new Dictionary<string, string>(StringComparer.Ordinal), null, text, shop.Now.AddDays(7)),
            ],
            StockFindings.Trace("promise-at-risk 1", plan));
    }
}
