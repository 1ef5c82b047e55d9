using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Stock;

/// <summary>What stock, demand and lead time say of an item together (OPERATIONS F1–F5).</summary>
/// <param name="Available">Pieces that can be sold now.</param>
/// <param name="Incoming">Pieces on order, requests of OpsChat included that were sent to the supplier.</param>
/// <param name="NotSentYet">Pieces of approved requests that nobody has sent to the supplier.</param>
/// <param name="Arrival">Mean and deviation of the days until pieces can be there: the earliest open order, else one placed now.</param>
/// <param name="NextOrder">The open order that is expected first; null when none is.</param>
/// <param name="RunOut">P(demand until the arrival ≥ available), 0 to 1.</param>
/// <param name="LostUnits">Pieces asked for in vain until then.</param>
/// <param name="Margin">What one piece brings.</param>
internal sealed record StockPlan(
    string Sku, StockPoint Counted, int Available, int Incoming, int NotSentYet, DemandFacts Demand, LeadTimeFacts Lead, ReorderPoint Reorder,
    (double Mean, double Deviation) Arrival, SupplyOrder? NextOrder, double RunOut, double LostUnits, DaysOfCover Cover, Money Margin,
    bool MarginIsGuess)
{
    /// <summary>An item that sells less than one piece in 56 days is nobody's stock-out.</summary>
    private const double LeastRate = 1.0 / 56;

    /// <summary>Pieces that are coming or will be ordered without another word.</summary>
    public int OnOrder => Incoming + NotSentYet;

    public int Position => Available + OnOrder;

    public bool Sells => Demand.Rate >= LeastRate;

    public Money Lost => new((long)Math.Round(LostUnits * Margin.Minor), Margin.Currency);

    public static StockPlan? Read(ShopMoment shop, string sku, OperationsSettings settings)
    {
        if (shop.Stock(sku) is not { } counted)
        {
            return null;
        }

        var (demand, lead) = (shop.Demand(sku), shop.LeadTime(shop.SupplierOf(sku)));
        var fill = demand.OpenDays < DemandRate.YoungDays ? settings.Purchase.NewSkuFill : settings.Purchase.Fill;
        var reorder = ReorderPoint.Of(demand.Rate, lead.Moments, demand.Phi, settings.Purchase.Review, fill, settings.Purchase.Cover);
        var (arrival, order) = Earliest(shop, sku, lead);
        var until = NegativeBinomial.OfLeadTime(demand.Rate, arrival.Mean, arrival.Deviation, demand.Phi);
        var margin = shop.UnitMargin(sku, out var isGuess);
        return new(
            sku, counted, counted.Available, shop.Incoming(sku) + shop.Requested(sku) - shop.NotSentYet(sku), shop.NotSentYet(sku), demand, lead,
            reorder, arrival, order,
            until.AtLeast(counted.Available), until.Loss(counted.Available),
            DaysOfCover.Of(counted.Available, demand.Rate, demand.Phi), margin, isGuess);
    }

    private static ((double Mean, double Deviation) Arrival, SupplyOrder? Order) Earliest(ShopMoment shop, string sku, LeadTimeFacts now)
    {
        ((double Mean, double Deviation) Arrival, SupplyOrder? Order) best = (now.Moments, null);
        foreach (var order in shop.Supply(sku).Where(s => s.OpenAt(shop.Now) > 0))
        {
            var remaining = Arriving(shop, order);
            best = best.Order is null || remaining.Mean < best.Arrival.Mean ? (remaining, order) : best;
        }

        return best;
    }

    /// <summary>
    /// When an open order is there: what its supplier's past deliveries say, and never earlier than the supplier itself promises for this one. A
    /// promise that is past says nothing.
    /// </summary>
    private static (double Mean, double Deviation) Arriving(ShopMoment shop, SupplyOrder order)
    {
        var usual = shop.LeadTime(order.Supplier).Curve.Remaining((shop.Now - order.OrderedAt).TotalDays);
        return order.ExpectedAt is { } promised && (promised - shop.Now).TotalDays is var days && days > usual.Mean ? (days, usual.Deviation) : usual;
    }

    /// <summary>Pieces that suppliers bring until then, as long as they usually take.</summary>
    internal static int Inbound(ShopMoment shop, string sku, DateTimeOffset until) =>
        shop.Supply(sku)
            .Where(s =>
                s.OpenAt(shop.Now) > 0
                && shop.Now.AddDays(shop.LeadTime(s.Supplier).Curve.Remaining((shop.Now - s.OrderedAt).TotalDays).Mean) <= until
            )
            .Sum(s => s.OpenAt(shop.Now));

    /// <summary>Pieces asked for from today to a day, both inclusive, with a campaign in between: its times in its first days, then fewer, and the
    /// base before and after it.</summary>
    internal static double CampaignMean(StockPlan plan, CampaignRow campaign, DateOnly today, DateOnly until)
    {
        var (from, to) = (campaign.From > today ? campaign.From : today, campaign.To < until ? campaign.To : until);
        var during = Math.Max(0, to.DayNumber - from.DayNumber + 1);
        var usual = until.DayNumber - today.DayNumber + 1 - during;
        var first = Math.Min(during, EventDemand.FirstDays);
        return plan.Demand.BaseRate
            * (usual + (campaign.Times ?? EventDemand.DefaultTimes) * first + EventDemand.DefaultAfter * (during - first));
    }

    /// <summary>"2 to 9 days, most likely 5".</summary>
    public string CoverInWords =>
        Available <= 0 ? "now"
        : Cover is { P10: { } low, P50: { } likely, P90: { } high } ? $"in {low} to {high} days, most likely {likely}"
        : $"in {Cover.P10} days or later";
}
