using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Ads;

/// <summary>One day of an ad group, all its keywords together.</summary>
/// <param name="Cost">In minor units.</param>
/// <param name="Counted">The part of the cost that was spent where purchases are counted; some keywords of a day may have no count.</param>
/// <param name="Conversions">Those of the counted part; null where the platform counts none of the day's purchases.</param>
public sealed record AdGroupDay(DateOnly Day, double Cost, double Counted, double? Conversions, double? Value)
{
    public double Uncounted => Cost - Counted;
}

/// <summary>Whether an ad group pays, as far as its figures say so.</summary>
public enum AdVerdict
{
    /// <summary>No purchases are counted, or nobody knows what its article costs or sells for.</summary>
    Unknown,

    /// <summary>A sale costs more than it may: with the chance that the owner asks for, and by the group's own days as well.</summary>
    TooDear,
    LikelyTooDear,
    LikelyPays,

    /// <summary>A sale costs less than it may, with that chance.</summary>
    Pays,
}

/// <summary>An ad group as it stood at a moment (OPERATIONS F10). Money in minor units of the shop's currency.</summary>
public sealed record AdGroup
{
    /// <summary>Days of which the shown sums are: those that the platform's own page adds up.</summary>
    public const int ShownDays = 28;

    public required string Name { get; init; }
    public required string Campaign { get; init; }

    /// <summary>The article that most of its money goes to; null when no file says.</summary>
    public string? Sku { get; init; }

    /// <summary>Ascending, without days that have no row.</summary>
    public required IReadOnlyList<AdGroupDay> Days { get; init; }
    public required RowPlace Place { get; init; }

    /// <summary>Cost and conversions with a half-life of 14 days; the newest days' cost counts as far as their conversions are known.</summary>
    public double WeightedCost { get; init; }
    public double WeightedConversions { get; init; }

    /// <summary>Plain sums of what was spent in the last <see cref="ShownDays"/> days where purchases are counted. People are shown these; how sure
    /// a judgement is comes from the weighted ones.</summary>
    public double Spent { get; init; }

    /// <summary>Null when no day's purchases are counted, which is not the same as none.</summary>
    public double? Purchases { get; init; }

    /// <summary>What was spent in these days where purchases are not counted.</summary>
    public double SpentUncounted { get; init; }

    /// <summary>What one purchase cost in these days; null when there was none, or none is counted.</summary>
    public double? CostOfSale => Purchases > 0 ? Spent / Purchases : null;

    public AdVerdict Verdict { get; init; }

    /// <summary>What a conversion may cost; null when no margin is known.</summary>
    public AdEconomics? Economics { get; init; }

    /// <summary>What its article costs is known from an order to a supplier alone, and not from the catalogue.</summary>
    public bool IsCostOfSupply { get; init; }

    /// <summary>The share of its sales that comes back.</summary>
    public double ReturnRate { get; init; }

    /// <summary>P(cost of a conversion > limit), 0 to 1; null when nothing can be said.</summary>
    public double? OverLimit { get; init; }

    /// <summary>1 and more when it is over the limit beyond doubt; see <see cref="AdEconomics.Strength"/>. Null when nothing can be said.</summary>
    public double? OverStrength { get; init; }

    /// <summary>P(cost of a conversion &lt; 0.7 × limit).</summary>
    public double? WellBelow { get; init; }

    /// <summary>What a verdict says of an ad group, after its name.</summary>
    public static string InWords(AdVerdict verdict) => verdict switch
    {
        AdVerdict.TooDear => "is too dear",
        AdVerdict.LikelyTooDear => "may be too dear, not sure yet",
        AdVerdict.LikelyPays => "may pay, not sure yet",
        AdVerdict.Pays => "pays",
        _ => "–",
    };

    /// <summary>Which of what the reckoning needs is missing; null when a chance is known.</summary>
    public string? WhyNoChance => OverLimit is not null ? null
        : Sku is null ? "no file says which article it is for"
        : Economics is null ? "no file says what its article costs or sells for"
        : Purchases is null ? "no purchases are counted"
        : $"no ad sold anything in {ShownDays} days";

    /// <summary>The mean of the newest seven days that have rows.</summary>
    public Money PerDay(string currency) => new((long)(Days.Count == 0 ? 0 : Newest.Average(d => d.Cost)), currency);

    /// <summary>Purchases by what a day's money buys, by the newest seven days as far as purchases are counted; where none of these are, by all days
    /// weighed. What is not counted is not nothing.</summary>
    public double PurchasesPerDay(Money perDay)
    {
        var (spent, bought) = (Newest.Sum(d => d.Counted), Newest.Sum(d => d.Conversions ?? 0));
        return spent > 0 ? perDay.Minor * bought / spent
            : WeightedCost > 0 ? perDay.Minor * WeightedConversions / WeightedCost
            : 0;
    }

    private IEnumerable<AdGroupDay> Newest => Days.TakeLast(7);
}

/// <summary>The shop's ad groups at a moment.</summary>
/// <param name="AccountCost">What a conversion costs in the whole account, minor units; null when nothing was sold by advertising.</param>
public sealed record AdGroups(IReadOnlyList<AdGroup> All, double? AccountCost)
{
    private const int Days = 90;
    private const int AccountDays = 28;

    /// <summary>Share of an article's cost that a returned piece loses, where nobody knows better.</summary>
    public const double LostGoods = 0.35;

    /// <summary>From the rows that are over and of one day, in the shop's currency. There is one reckoning for pages, commands, answers and monitors.
    /// What an article costs also stands in orders to suppliers; see <see cref="AdGroup.IsCostOfSupply"/>.</summary>
    public static AdGroups Of(ShopMoment shop, OperationsSettings settings)
    {
        var rows = shop.AdsSince(shop.Today.AddDays(-Days)).Where(ad => ad.Cost.Currency == shop.Currency).ToList();
        var recent = rows.Where(ad => ad.From >= shop.Today.AddDays(-AccountDays) && ad.Conversions is not null).ToList();
        var conversions = recent.Sum(ad => ad.Conversions!.Value);
        double? account = conversions > 0 ? recent.Sum(ad => ad.Cost.Minor) / conversions : null;
        var delay = ConversionDelay.Of(recent.GroupBy(ad => shop.Today.DayNumber - ad.From.DayNumber)
            .Select(day => (day.Key, (double)day.Sum(ad => ad.Cost.Minor), day.Sum(ad => ad.Conversions!.Value))));
        return new([.. rows.GroupBy(ad => (Name: ad.AdGroup ?? ad.Campaign, ad.Campaign)).OrderBy(g => g.Key.Name, StringComparer.Ordinal).ThenBy(g =>
            g.Key.Campaign, StringComparer.Ordinal)
            .Select(g => Of(shop, settings, g.Key.Name, g.Key.Campaign, [.. g], account, delay))], account);
    }

    private static AdGroup Of(
        ShopMoment shop, OperationsSettings settings, string name, string campaign, IReadOnlyList<AdSpend> rows, double? account,
            ConversionDelay delay)
    {
        var days = rows.GroupBy(ad => ad.From).OrderBy(g => g.Key).Select(g => new AdGroupDay(
            g.Key, g.Sum(ad => (double)ad.Cost.Minor), g.Where(ad => ad.Conversions is not null).Sum(ad => (double)ad.Cost.Minor),
            g.Any(ad => ad.Conversions is not null) ? g.Sum(ad => ad.Conversions ?? 0) : null,
            g.Any(ad => ad.ConversionValue is not null) ? g.Sum(ad => ad.ConversionValue?.Minor ?? 0) : null)).ToList();
        var sku = rows.Where(ad => shop.Product(ad.Sku ?? "") is not null).GroupBy(ad => ad.Sku!, StringComparer.Ordinal).OrderByDescending(g =>
            g.Sum(ad => ad.Cost.Minor))
            .ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;
        var counted = days.Where(d => d.Conversions is not null).ToList();
        var (cost, conversions) = (0.0, 0.0);
        foreach (var day in counted)
        {
            var (weight, age) = (AdEconomics.Weight(shop.Today.DayNumber - day.Day.DayNumber - 1), shop.Today.DayNumber - day.Day.DayNumber);
            cost += weight * day.Counted * delay.Known(age);
            conversions += weight * day.Conversions!.Value;
        }

        var returned = sku is null ? 0 : shop.Returns.RateOf(sku);
        var economics = sku is null ? null : EconomicsOf(shop, settings, sku, returned);
        var shown = days.FindAll(d => d.Day >= shop.Today.AddDays(-AdGroup.ShownDays));
        var group = new AdGroup
        {
            Name = name, Campaign = campaign, Sku = sku, Days = days, Place = rows[^1].Place,
            Spent = shown.Sum(d => d.Counted),
            Purchases = shown.Exists(d => d.Conversions is not null) ? shown.Sum(d => d.Conversions ?? 0) : null,
            SpentUncounted = shown.Sum(d => d.Uncounted),
            WeightedCost = cost, WeightedConversions = conversions, Economics = economics,
            IsCostOfSupply = economics is not null && shop.Product(sku!)?.Cost is null, ReturnRate = returned,
        };
        return economics is { } money && account is { } usual && counted.Count > 0
            ? Judged(group, money, usual, settings.Ads.Confidence) : group;
    }

    private static AdGroup Judged(AdGroup group, AdEconomics money, double account, double confidence)
    {
        var (cost, conversions) = (group.WeightedCost, group.WeightedConversions);
        var over = money.Limit <= 0 ? 1 : AdEconomics.ChanceOverLimit(money.Limit, account, cost, conversions);
        var strength = money.Limit <= 0 ? 1 / confidence : AdEconomics.Strength(money.Limit, account, cost, conversions, confidence);
        return group with
        {
            OverLimit = over,
            OverStrength = strength,
            WellBelow = money.Limit <= 0 ? 0 : 1 - AdEconomics.ChanceOverLimit(0.7 * money.Limit, account, cost, conversions),
            Verdict = strength >= 1 ? AdVerdict.TooDear
                : over <= 1 - confidence ? AdVerdict.Pays
                : over >= 0.5 ? AdVerdict.LikelyTooDear : AdVerdict.LikelyPays,
        };
    }

    /// <summary>Null without a price and a cost in the shop's currency.</summary>
    private static AdEconomics? EconomicsOf(ShopMoment shop, OperationsSettings settings, string sku, double returnRate) =>
        shop.CostOf(sku) is { } cost && shop.Product(sku) is { Price: { } price } && price.Currency == shop.Currency && cost.Currency == shop.Currency
            ? AdEconomics.Of(
                price.Minor, cost.Minor, settings.Ads.FeeShare * price.Minor, Money.FromMajor(settings.Ads.Sending, shop.Currency).Minor, returnRate,
                    LostGoods * cost.Minor,
                Money.FromMajor(settings.Costs.Reship, shop.Currency).Minor, settings.Ads.KeepOfMargin)
            : null;
}
