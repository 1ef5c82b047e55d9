using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>An article gets more low stars than it used to (SR, each review a step), and the words that its complaints have in common (F9).</summary>
internal sealed class ReviewsFalling()
    : ShopMonitor("reviews", TimeSpan.FromDays(1), AlertLines.Half(Line), [new(FeedKind.Reviews, TimeSpan.FromDays(30))])
{
    private const double Line = 1000;
    private const double PriorWeight = 10;
    private const int LeastReviews = 30;
    private const int Recent = 10;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        var reviews = shop.Reviews.ToList();
        if (reviews.Count < LeastReviews)
        {
            return MonitorLook.NotPossible(new MonitorGap(FeedKind.Reviews, "Too few dated reviews are known to say what is usual."));
        }

        var usual = reviews.Count(IsLow) / (double)reviews.Count;
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var article in reviews.GroupBy(r => r.Sku, StringComparer.Ordinal))
        {
            looked.Add(StockFindings.Subject(article.Key));
            var own = article.ToList();
            var watch = RateWatch.Of(Steps(own, usual), ChangeDetector.RateRatios, Line, Recent);
            if (watch.Strength >= Lines.Clear)
            {
                findings.Add(Finding(shop, own, watch));
            }
        }

        return new(findings, looked, []);
    }

    private static bool IsLow(ReviewLine review) => review.Rating <= ReviewWords.LowStars;

    /// <summary>Each review beside the share of low stars that the article had before it, drawn to the shop's by ten reviews.</summary>
    private static List<(double, double)> Steps(List<ReviewLine> own, double usual)
    {
        var (low, steps) = (0, new List<(double, double)>());
        for (var i = 0; i < own.Count; i++)
        {
            steps.Add((IsLow(own[i]) ? 1 : 0, (low + PriorWeight * usual) / (i + PriorWeight)));
            low += IsLow(own[i]) ? 1 : 0;
        }

        return steps;
    }

    private static MonitorFinding Finding(ShopMoment shop, List<ReviewLine> own, RateWatch watch)
    {
        var (sku, margin) = (own[0].Sku, shop.UnitMargin(own[0].Sku, out _));
        return new(
            StockFindings.Subject(sku), watch.Strength, 0.8, new Money((long)(margin.Minor * shop.Demand(sku).Rate * 30), shop.Currency),
                shop.Now.AddDays(7), "merchandising",
            $"{sku}: {watch.Recent:0} of its last {Math.Min(Recent, own.Count)} reviews have {ReviewWords.LowStars:0} stars or fewer; "
                + $"{watch.RecentExpected:0.#} are usual.",
            [.. ReviewWords.Of(shop, sku)], [], CalculationTrace.Of("F9, SR", "reviews 1", ("low", watch.Recent),
                ("expected", watch.RecentExpected)));
    }
}
