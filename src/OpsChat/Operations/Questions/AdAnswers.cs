using System.Globalization;
using OpsChat.Operations.Ads;
using OpsChat.Operations.History;
using OpsChat.Operations.Statistics;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers whether advertising pays: what a sale costs in an ad group beside what it leaves and may cost. What an article costs also
/// stands in orders to suppliers; monitors, which propose to pause, go by the catalogue alone.</summary>
internal sealed class AdAnswers(AskedOfShop asked)
{
    private const int Days = AdGroup.ShownDays;

    public OwnerAnswer AdsThatLose()
    {
        if (!asked.Shop.Has(FeedKind.Ads))
        {
            return Lacks(QuestionTopic.AdWaste, "No file says what advertising costs, so that no ad group can be judged.");
        }

        // Whether ads pay is judged by the last days; of other days, and of what ads bring in, only what was spent and sold is told.
        if (asked.Question.English.Length > 0 && (Array.Exists(s_figures, asked.Question.Asks)
            || asked.Question.Period is { IsAhead: false } named && named.To < asked.Shop.Today.AddDays(-1)))
        {
            return new TradeAnswers(KnownFile.Of(QuestionTopic.AdSpend, asked) is var (first, file) ? asked.KnownFrom(first, file) : asked).AdSpent();
        }

        var account = AdGroups.Of(asked.Shop, asked.Settings);
        var groups = account.All.Where(g => asked.IsAbout(g.Sku) && IsOfGroup(g)).Select(g => new Judged(g, asked.Shop.Currency,
            asked.Settings.Ads.Confidence)).ToList();
        if (groups.Count == 0)
        {
            return Lacks(QuestionTopic.AdWaste,
                $"No ad{asked.Of} is known. "
                    + $"Ads are known for {string.Join(", ", account.All.Select(g => g.Name).Distinct(StringComparer.Ordinal))}.");
        }

        var known = groups.Where(g => g.OverLimit is not null).OrderByDescending(g => g.OverLimit).ToList();
        return groups is [var one] && (asked.HasArticles || asked.Question.Scope.AdGroup is not null) ? Of(one)
            : known.Count == 0 ? Lacks(QuestionTopic.AdWaste, "No ad group has purchases and an article whose price and cost are known.")
            : new(true, $"{known.Count(g => g.Loses)} of {known.Count} ad groups pay more for a sale than they may, beyond doubt"
                    + $"{(asked.Question.Period is null ? "" : $", judged by the last {Days} days")}.",
                s_columns, Cut(known, Row, rest => [SpentOn(rest)]), ["ads", "products", "returns"], [])
            {
                Figure = known.Count(g => g.Loses),
            };
    }

    private static readonly string[] s_figures = ["roas", "return on ad", "cost per sale", "cpa", "click", "impression", "ctr", "cpc"];

    private static readonly string[] s_columns =
        [
            "", $"spent in {Days} days", "purchases", "a sale costs", "leaves before advertising", "may cost",
            "chance that it costs more than it may", "verdict",
        ];

    private OwnerAnswer Of(Judged group) => new(
        true, $"{(asked.Question.Scope.AdGroup is null ? $"the ad {group.Group.Name}: " : "")}{group.Verdict} "
            + $"{group.Paid}{group.PerSale}.",
        s_columns, [Row(group)], ["ads", "products", "returns"], [])
    {
        Figure = group.Group.Purchases,
    };

    private static string[] Row(Judged group) =>
    [
        group.Group.Name, group.Spent, group.Purchases, group.CostOfSale, group.Contribution?.ToString() ?? "not known",
        group.Limit?.ToString() ?? "not known", group.OverLimit?.ToString("P0", CultureInfo.InvariantCulture) ?? "not known",
        AdGroup.InWords(group.Group.Verdict),
    ];

    private string SpentOn(IEnumerable<Judged> groups) => new Money(groups.Sum(g => g.All.Minor), asked.Shop.Currency).ToString();

    private bool IsOfGroup(AdGroup group) =>
        asked.Question.Scope.AdGroup is not { } named || group.Name == named || group.Campaign == named;

    /// <summary>An ad group with what its article leaves.</summary>
    /// <param name="Confidence">The chance that the settings ask for, 0 to 1.</param>
    private sealed record Judged(AdGroup Group, string Currency, double Confidence)
    {
        public AdEconomics? Economics => Group.Economics;

        public double? OverLimit => Group.OverLimit;

        /// <summary>It costs too much by that chance, also by its own days alone.</summary>
        public bool Loses => Group.Verdict == AdVerdict.TooDear;

        /// <summary>Of all the days, whether or not their purchases are counted.</summary>
        public Money All => InMoney(Group.Spent + Group.SpentUncounted);

        /// <summary>With what of it bought nobody knows how much.</summary>
        public string Spent => IsPartly ? $"{All}, {InMoney(Group.SpentUncounted)} of it with no purchases counted" : All.ToString();

        public string Purchases => Group.Purchases is { } count ? Number(count) : "not counted";

        public string Paid => Group.Purchases is null ? $"{All} was spent in {Days} days; purchases are not counted"
            : $"{InMoney(Group.Spent)} was spent {(IsPartly ? $"in {Days} days where purchases are counted," : $"in {Days} days")} "
                + $"for {Purchases} purchases";

        private bool IsPartly => Group is { SpentUncounted: > 0, Purchases: not null };

        public string InChances => $"{Confidence * 100:0} %";

        public Money? Contribution => Economics is { } money ? InMoney(money.Contribution) : null;

        public Money? Limit => Economics is { } money ? InMoney(Math.Max(0, money.Limit)) : null;

        public string CostOfSale => Group.CostOfSale is { } each ? InMoney(each).ToString()
            : Group.Purchases is null ? "not counted" : "nothing sold";

        public string PerSale => (Group.CostOfSale is null ? "" : $", {CostOfSale} each")
            + (IsPartly ? $", and {InMoney(Group.SpentUncounted)} where they are not" : "")
            + (Economics is null ? "" : $"; a sale leaves {Contribution} before advertising and may cost {Limit}"
                + (Group.IsCostOfSupply ? " (what its article costs is known from the newest order to a supplier)" : ""));

        public string Verdict => Group.Verdict switch
        {
            AdVerdict.TooDear => $"it does not pay: a sale costs more than it may, with a chance of at least {InChances}.",
            AdVerdict.Pays => $"it pays: a sale costs less than it may, with a chance of at least {InChances}.",
            AdVerdict.LikelyTooDear => "it more likely does not pay than it does; that is not sure yet.",
            AdVerdict.LikelyPays => "it more likely pays than it does not; that is not sure yet.",
            _ => $"whether it pays is not known, since {Group.WhyNoChance}.",
        };

        private Money InMoney(double minor) => new((long)Math.Round(minor), Currency);
    }
}
