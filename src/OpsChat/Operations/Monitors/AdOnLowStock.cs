using OpsChat.Text;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Stock;

namespace OpsChat.Operations.Monitors;

/// <summary>Money is spent on bringing buyers to an article that more likely than not is sold out before pieces arrive.</summary>
internal sealed class AdOnLowStock()
    : ShopMonitor("ad-on-low-stock", TimeSpan.FromHours(1), AlertLines.Half(0.5), [.. StockFindings.Needs, new(FeedKind.Ads, TimeSpan.FromDays(2))])
{
    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        if (!shop.Has(FeedKind.Ads))
        {
            return MonitorLook.NotPossible(new MonitorGap(FeedKind.Ads, "No file says what advertising costs."));
        }

        return StockFindings.Walk(shop, settings, plan =>
            plan.RunOut < Lines.Clear || shop.AdSpendOn(plan.Sku) is not { } ads ? null : Finding(shop, plan, ads.Newest, ads.PerDay));
    }

    private static MonitorFinding Finding(ShopMoment shop, StockPlan plan, AdSpend newest, Money perDay)
    {
        // Until it is sold out the money is not lost, only badly spent; afterwards each day's is.
        var days = Math.Max(1, plan.Arrival.Mean - (plan.Available <= 0 ? 0 : plan.Cover.P50 ?? 0));
        var state = plan.Available <= 0 ? "is sold out" : $"runs out {plan.CoverInWords}";
        return new(
            StockFindings.Subject(plan.Sku), plan.RunOut, plan.RunOut, new((long)(perDay.Minor * days), perDay.Currency), shop.Now, "marketing",
            $"{plan.Sku} {state}, and {perDay} a day is spent on advertising it ({newest.AdGroup ?? newest.Campaign}).",
            [
                EvidenceRow.Of(
                    $"{newest.Cost} on {newest.From:d MMM}, {newest.AdGroup ?? newest.Campaign}",
                    newest.Place,
                    shop.Calendar.End(newest.From)
                ),
                .. StockFindings.Evidence(shop, plan),
            ],
            [Pause(shop, plan.Sku, newest, perDay)],
            StockFindings.Trace("ad-on-low-stock 1", plan)
        );
    }

    /// <summary>The same ad group paused, whoever proposes it.</summary>
    public static ProposedAction Pause(ShopMoment shop, string sku, AdSpend newest, Money perDay)
    {
        var group = newest.AdGroup ?? newest.Campaign;
        return new(
            ActionKind.PauseAd, group, new Dictionary<string, string>(StringComparer.Ordinal) { ["sku"] = sku, ["campaign"] = newest.Campaign }, null,
            $"Pause {group}: {perDay} a day for {sku}", shop.Now.AddDays(2))
        {
            Affects = perDay,
        };
    }
}
