using OpsChat.Operations.History;
using OpsChat.Operations.Statistics;
using OpsChat.Operations.Stock;

namespace OpsChat.Operations.Questions;

/// <summary>What of an article is there and comes until a day, beside what will be asked for by its end.</summary>
/// <param name="Coming">Pieces that suppliers bring until then.</param>
/// <param name="Mean">Pieces that will be asked for.</param>
/// <param name="Missing">Pieces more that would be enough with nine chances in ten.</param>
/// <param name="Chance">That it runs out, 0 to 1.</param>
internal sealed record StockNeed(string Sku, int Available, int Coming, double Mean, int Missing, double Chance)
{
    /// <summary>A lesser chance is not spoken of.</summary>
    public const double Possible = 0.1;

    /// <param name="named">The campaign that is asked about; null asks about all that sells, with the campaigns that the calendar has until
    /// then.</param>
    public static IEnumerable<StockNeed> Of(AskedOfShop asked, CampaignRow? named, DateOnly until)
    {
        var shop = asked.Shop;
        bool IsOf(CampaignRow campaign, string sku) => campaign.Skus.Count == 0 || campaign.Skus.Contains(sku, StringComparer.OrdinalIgnoreCase);
        foreach (var plan in asked.Skus.Where(sku => named is null || IsOf(named, sku)).Select(sku => shop.Plan(sku, asked.Settings))
            .OfType<StockPlan>().Where(p => p.Sells))
        {
            var campaign = named ?? shop.Campaigns.FirstOrDefault(c => c.To >= shop.Today && c.From <= until && IsOf(c, plan.Sku));
            var mean = campaign is null ? plan.Demand.Rate * (until.DayNumber - shop.Today.DayNumber + 1)
                : StockPlan.CampaignMean(plan, campaign, shop.Today, until);
            var demand = NegativeBinomial.OfDays(mean, 1, plan.Demand.Phi);
            var coming = StockPlan.Inbound(shop, plan.Sku, shop.Calendar.End(until));
            var missing = Math.Max(0, demand.Quantile(1 - Possible) + 1 - plan.Available - coming);
            yield return new(plan.Sku, plan.Available, coming, mean, missing, demand.AtLeast(plan.Available + coming));
        }
    }
}
