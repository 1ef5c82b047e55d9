using OpsChat.Operations.Actions;
using OpsChat.Operations.Ads;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// An ad group more likely than nine in ten pays more for a sale than the sale leaves after returns (OPERATIONS F10), and its own figures say so
/// by themselves. Where the article's cost is known from an order to a supplier alone it is told, and no pause is proposed by it.
/// </summary>
internal sealed class AdWaste() : ShopMonitor("ad-waste", TimeSpan.FromDays(1), AlertLines.Half(1), AdFindings.Needs)
{
    private const int LossDays = 3;
    private const double LongCover = 30;
    private const double WellBelow = 0.9;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        if (!shop.Has(FeedKind.Ads))
        {
            return AdFindings.NoAds;
        }

        var groups = AdGroups.Of(shop, settings);
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var group in groups.All.Where(g => g.OverLimit is not null && g.Days.Count > 0))
        {
            looked.Add(AdFindings.Subject(group));
            var isOldEnough = shop.Today.DayNumber - group.Days[0].Day.DayNumber >= AdEconomics.LeastDays;
            var isRunning = shop.Today.DayNumber - group.Days[^1].Day.DayNumber <= AdEconomics.LeastDays && group.PerDay(shop.Currency).Minor > 0;
            if (isOldEnough && isRunning && group.OverStrength is { } strength && strength >= Lines.Clear)
            {
                findings.Add(Finding(shop, settings, groups, group, strength));
            }
        }

        return looked.Count > 0 ? new(findings, looked, [])
            : MonitorLook.NotPossible(new MonitorGap(FeedKind.Ads, "No ad group has purchases and an article whose price and cost are known."));
    }

    private static MonitorFinding Finding(ShopMoment shop, OperationsSettings settings, AdGroups groups, AdGroup group, double strength)
    {
        Money Of(double minor) => new((long)Math.Round(minor), shop.Currency);
        var (money, perDay) = (group.Economics!.Value, group.PerDay(shop.Currency));
        var worth = group.PurchasesPerDay(perDay) * Math.Max(0, money.Limit);
        var over = Math.Max(0, perDay.Minor - worth);
        var cost = group.CostOfSale is { } each ? $"a sale costs {Of(each)}"
            : group.Purchases is null ? $"in {AdGroup.ShownDays} days its sales are not counted" : "nothing was sold by it";
        var sales = group.Purchases is { } count ? $"{Of(group.Spent)} and {count:0.#} sales" : $"{Of(group.SpentUncounted)} and sales not counted";
        // A group that earns its money this week is watched on; it is told when it loses again.
        strength = over > 0 ? strength : Math.Min(strength, 0.99);
        return new(
            AdFindings.Subject(group), strength, group.OverLimit!.Value, Of(LossDays * over), shop.Now, "marketing",
            $"{group.Name}: {cost}, and {group.Sku} may pay {Of(Math.Max(0, money.Limit))} for one after returns. {perDay} a day is spent.",
            [
                EvidenceRow.Of(
                    $"{sales} in {AdGroup.ShownDays} days; {Of(group.WeightedCost)} and "
                        + $"{group.WeightedConversions:0.#} sales where days of two weeks ago count half",
                    group.Place,
                    shop.Calendar.End(group.Days[^1].Day)
                ),
                new(
                    $"{group.Sku} leaves {Of(money.Contribution)} a piece, {Of(money.AfterReturns)} after returns ({group.ReturnRate:P1} come back)",
                    "products",
                    null,
                    shop.Now
                ),
                new(
                    $"{settings.Ads.KeepOfMargin:P0} of it is kept, so a sale may cost {Of(money.Limit)}; the whole account pays "
                        + $"{Of(groups.AccountCost ?? 0)}",
                    "operations.config.json",
                    null,
                    shop.Now
                ),
                .. group.IsCostOfSupply
                    ? [new EvidenceRow(
                        $"What {group.Sku} costs is known from the newest order to a supplier, so no pause is proposed: for one, "
                            + "write its cost into the products' file", "purchase orders", null, shop.Now)] : Array.Empty<EvidenceRow>(),
                .. settings.Ads is { FeeShare: 0, Sending: 0 }
                    ? [new EvidenceRow("Fees and sending are not told in the settings and count as nothing", "operations.config.json", null,
                    shop.Now)] : Array.Empty<EvidenceRow>(),
            ],
            Actions(shop, settings, groups, group, worth, over), CalculationTrace.Of(
                "F10", "ad-waste 3", ("limit", money.Limit), ("cost", group.WeightedCost), ("conversions", group.WeightedConversions),
                    ("account", groups.AccountCost ?? 0), ("p", group.OverLimit.Value), ("strength", group.OverStrength!.Value)));
    }

    /// <summary>A guessed margin pauses nobody's advertising: only what the catalogue says that articles cost leads to a proposal.</summary>
    private static List<ProposedAction> Actions(
        ShopMoment shop, OperationsSettings settings, AdGroups groups, AdGroup group, double worth, double over)
    {
        if (group.IsCostOfSupply)
        {
            return [];
        }

        List<ProposedAction> actions = [AdFindings.Pause(shop, group)];
        if (worth > 0)
        {
            actions.Add(AdFindings.Lower(shop, group, new((long)Math.Round(worth), shop.Currency)));
        }

        if (Better(shop, settings, groups, group) is { } better && over > 0)
        {
            actions.Add(AdFindings.Move(shop, group, better, new((long)Math.Round(over), shop.Currency)));
        }

        return actions;
    }

    /// <summary>Where the money would earn: well below its limit, with stock for more than a month.</summary>
    private static AdGroup? Better(ShopMoment shop, OperationsSettings settings, AdGroups groups, AdGroup than) => groups.All
        .Where(g => g != than && !g.IsCostOfSupply && g.WellBelow >= WellBelow && g.Sku is { } sku && shop.Plan(sku, settings) is { } plan
            && (plan.Cover.P10 ?? double.MaxValue) > LongCover)
        .OrderByDescending(g => g.WellBelow).ThenBy(g => g.Name, StringComparer.Ordinal).FirstOrDefault();
}
