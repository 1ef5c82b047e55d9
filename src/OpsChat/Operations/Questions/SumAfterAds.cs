using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>What is left of a revenue or a profit once the advertising of the same days is paid.</summary>
/// <param name="Left">Null when it is not known.</param>
/// <param name="Sentence">Says it, or why nobody knows.</param>
internal sealed record SumAfterAds(Money? Left, string Sentence)
{
    /// <summary>What was spent on these ads; zero where nobody knows.</summary>
    public Money Spent { get; private init; }

    /// <param name="sum">What was taken, or what was left of it after what the articles cost.</param>
    /// <param name="isProfit">It is what was left, which is known only where costs are.</param>
    public static SumAfterAds Of(Money sum, bool isProfit, QuestionPeriod period, AskedOfShop asked)
    {
        var shop = asked.Shop;
        if (!shop.Has(FeedKind.Ads))
        {
            return Unknown("no file says what advertising costs");
        }

        var first = shop.AdsSince(DateOnly.MinValue).Select(ad => (DateOnly?)ad.From).Min();
        var begin = period.From < QuestionPeriod.FirstOrder(shop) ? QuestionPeriod.FirstOrder(shop) : period.From;
        if (first is not { } from || from > begin)
        {
            return Unknown(first is null ? "no file tells of advertising of single days"
                : $"the file of ads begins on {first:d MMM yyyy}");
        }

        // A file that ends before the days do, or tells several of them together, does not tell what was spent on them.
        var (last, yesterday) = (shop.AdsSince(DateOnly.MinValue).Max(ad => ad.From), shop.Today.AddDays(-1));
        if (last < (period.To < yesterday ? period.To : yesterday))
        {
            return Unknown($"the file of ads tells of no day after {last:d MMM yyyy}");
        }

        if (shop.AdTotals.Any(ad => ad.From <= period.To && ad.To >= period.From && (asked.IsAbout(ad.Sku) || ad.Sku is null)))
        {
            return Unknown("the file of ads tells of several of these days only together");
        }

        var ads = shop.AdsSince(period.From).Where(ad => ad.From <= period.To && !period.Skips(ad.From)).ToList();
        var own = ads.FindAll(ad => asked.IsAbout(ad.Sku) && ad.Cost.Currency == shop.Currency);
        var spent = new Money(own.Sum(ad => ad.Cost.Minor), shop.Currency);
        if (ads.Exists(ad => ad.Cost.Currency != shop.Currency))
        {
            return Unknown($"some ads were paid in another currency than {shop.Currency}");
        }

        var unassigned = new Money(!asked.HasArticles ? 0 : ads.Where(ad => ad.Sku is null).Sum(ad => ad.Cost.Minor), shop.Currency);
        var rest = (unassigned.Minor == 0 ? "" : $" {unassigned} more was spent on ads of which no file says for which article.")
            + (period.To < shop.Today ? "" : " What ads cost today is not in it: the day is not over.");
        if (isProfit && !AreCostsKnown(period, asked))
        {
            return new(null, $"{spent} was spent on ads{For(asked)}; what is left after that is not known, since the cost of some articles is not."
                + rest);
        }

        var left = sum with { Minor = sum.Minor - spent.Minor };
        return new(left, $"After {spent} of advertising{For(asked)} on these days {left} is left.{rest}") { Spent = spent };
    }

    private static string For(AskedOfShop asked) => asked.HasArticles ? " for them" : "";

    private static bool AreCostsKnown(QuestionPeriod period, AskedOfShop asked) =>
        asked.OrdersOfPeriod.Where(o => !(o.CancelledAt <= asked.Shop.Now) && !period.Skips(asked.Shop.Calendar.Day(o.PlacedAt)))
            .SelectMany(o => o.Lines).Where(l => asked.IsAbout(l.Sku)).All(l => asked.Shop.CostOf(l.Sku)?.Currency == asked.Shop.Currency);

    private static SumAfterAds Unknown(string why) => new(null, $"What is left after advertising is not known, since {why}.");
}
