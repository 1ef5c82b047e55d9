using OpsChat.Operations.History;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>How often ads were shown and clicked, and what a click cost. Rows that do not tell it are in no figure, and are said.</summary>
internal static class AdReach
{
    private static readonly string[] s_words = ["click", "impression", "ctr", "cpc"];

    private static readonly string[] s_shown = ["impression"], s_rate = ["ctr", "click rate", "click-through", "click through", "clickthrough"],
        s_each = ["cpc", "cost per click", "per click", "a click cost", "click costs"];

    public static bool IsAsked(OwnerQuestion question) => Array.Exists(s_words, question.Asks);

    /// <param name="ads">Rows of the ads and days that are asked about, in the shop's currency.</param>
    public static OwnerAnswer Of(IReadOnlyList<AdSpend> ads, AskedOfShop asked)
    {
        var (isShown, isRate) = (Array.Exists(s_shown, asked.Question.Asks), Array.Exists(s_rate, asked.Question.Asks));
        var all = new Reach(ads);
        if ((isRate && all.Rate is null) || (isShown ? all.Impressions : all.Clicks) is null)
        {
            return Lacks(QuestionTopic.AdSpend, ads.Count == 0 ? $"No ad{asked.Of} is known of these days: {asked.Period.Words}."
                : $"The file of ads does not tell how often they were {(isShown ? "shown" : isRate ? "shown and clicked" : "clicked")}: "
                    + $"{asked.Period.Words}.");
        }

        Money Cost(IEnumerable<AdSpend> some) => new(some.Sum(ad => ad.Cost.Minor), asked.Shop.Currency);
        string Each(Reach of) => of.MinorOfClick is { } minor ? new Money((long)Math.Round(minor), asked.Shop.Currency).ToString()
            : of.Clicks is null ? "not counted" : "no click";
        string Count(long? count) => count is { } number ? Whole(number) : "not counted";
        string Share(double? rate) => rate is { } share ? $"{Number(Math.Round(100 * share, 2))} %" : "not counted";
        var uncounted = ads.Where(ad => (isShown ? ad.Impressions : ad.Clicks) is null).ToList();
        return new(true,
            $"Ads{asked.Of} were shown {Times(all.Impressions)} and clicked {Times(all.Clicks)}"
                + $"{(all.Rate is { } rate ? $", {Share(rate)} of the times that they were shown" : "")}"
                + $"{(all.MinorOfClick is null ? "" : $", and a click cost {Each(all)}")}: {asked.Period.Words}."
                + (uncounted.Count == 0 ? "" : $" {Cost(uncounted)} was spent where that is not counted."),
            ["", "spent", "shown", "clicks", "clicks of the times shown", "a click costs"],
            Cut([.. ads.GroupBy(ad => ad.AdGroup ?? ad.Campaign, StringComparer.Ordinal).OrderByDescending(g => g.Sum(ad => ad.Cost.Minor))],
                g => new Reach([.. g]) is var of
                    ? [g.Key, Cost(g).ToString(), Count(of.Impressions), Count(of.Clicks), Share(of.Rate), Each(of)] : [],
                rest => [Cost(rest.SelectMany(g => g)).ToString()]), ["ads"], [])
        {
            Figure = isRate ? Math.Round(100 * all.Rate!.Value, 2)
                : Array.Exists(s_each, asked.Question.Asks) ? all.MinorOfClick / Money.FromMajor(1, asked.Shop.Currency).Minor
                : isShown ? all.Impressions : all.Clicks,
        };
    }

    private static string Times(long? count) => count is { } number ? $"{Whole(number)} {Verb(number, "time", "times")}"
        : "a number of times that is not counted";

    /// <summary>Sums of the rows that tell each. Null where none does.</summary>
    private sealed class Reach(IReadOnlyList<AdSpend> ads)
    {
        public long? Clicks => SumOf(ads, ad => ad.Clicks);

        public long? Impressions => SumOf(ads, ad => ad.Impressions);

        /// <summary>Of rows that tell both, 0 to 1.</summary>
        public double? Rate => ads.Where(ad => ad is { Clicks: not null, Impressions: not null }).ToList() is var both
            && SumOf(both, ad => ad.Impressions) is > 0 and var shown ? SumOf(both, ad => ad.Clicks) / (double)shown : null;

        public double? MinorOfClick => Clicks is > 0 and var clicks
            ? ads.Where(ad => ad.Clicks is not null).Sum(ad => ad.Cost.Minor) / (double)clicks : null;

        private static long? SumOf(IReadOnlyList<AdSpend> ads, Func<AdSpend, int?> count) =>
            ads.Any(ad => count(ad) is not null) ? ads.Sum(ad => (long)(count(ad) ?? 0)) : null;
    }
}
