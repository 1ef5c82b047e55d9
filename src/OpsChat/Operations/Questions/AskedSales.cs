using OpsChat.Operations.History;

namespace OpsChat.Operations.Questions;

/// <summary>A question about sales beside the orders that it may be answered from, and how its tables are made. Revenue and what is left of it are in
/// the shop's currency.</summary>
internal sealed class AskedSales
{
    // Who has not ordered for a season is seldom only between two orders.
    private const int LapsedDays = 90;

    public static readonly string[] Columns = ["", "orders", "pieces", "revenue", "left after their cost"];

    public AskedSales(SalesQuestion asked, AskedOfShop all)
    {
        (Asked, All) = (asked, all);
        var (question, shop) = (all.Question, all.Shop);
        // Who a customer is, and what is still open, is no matter of the last weeks.
        var isOfAllDays = asked.By is SalesBy.Customer or SalesBy.Month or SalesBy.Week || asked.Of is SalesOf.Unpaid or SalesOf.ToShip
            || question.Asks("never");
        // What is to be shipped today was seldom ordered today.
        var isOpenToday = asked.Of is SalesOf.Unpaid or SalesOf.ToShip && question.Period?.From == shop.Today;
        Period = question.Period is not { IsAhead: false } named || isOpenToday
            ? asked.Of == SalesOf.LapsedCustomers ? new(shop.Today.AddDays(-LapsedDays), shop.Today, $"the last {LapsedDays} days")
            : isOfAllDays ? QuestionPeriod.All(shop)
            : all.Period
            : named;
    }

    public SalesQuestion Asked { get; }

    public AskedOfShop All { get; }

    public OwnerQuestion Question => All.Question;

    public ShopMoment Shop => All.Shop;

    /// <summary>The days that are asked about; where none are named, all that are known of what is no matter of the last weeks.</summary>
    public QuestionPeriod Period { get; }

    /// <summary>The orders of the kind that is asked for.</summary>
    public IEnumerable<OrderRow> Of(DateOnly from, DateOnly to) => Asked.Of switch
    {
        SalesOf.Shipped => Orders.Where(o => o.ShippedAt is { } at && IsIn(at, from, to)),
        SalesOf.Cancelled when IsShare => Placed(from, to).Where(o => o.CancelledAt <= Shop.Now),
        SalesOf.Cancelled => Orders.Where(o => o.CancelledAt is { } at && at <= Shop.Now && IsIn(at, from, to)),
        SalesOf.Unpaid => Kept(from, to).Where(Shop.IsUnpaid),
        SalesOf.ToShip => Placed(from, to).Where(o => o.PaidAt <= Shop.Now && o.IsToShip(Shop.Now)),
        _ => Kept(from, to),
    };

    /// <summary>A rate is of the orders that were placed on these days, whenever they were cancelled.</summary>
    public bool IsShare => QuestionMeasure.IsShare(Question.English) || AskedMeasure.Of(Question) == AskedMeasure.Cancellations;

    public IEnumerable<OrderRow> Kept(DateOnly from, DateOnly to) => Placed(from, to).Where(o => !(o.CancelledAt <= Shop.Now));

    private IEnumerable<OrderRow> Orders => Shop.OrdersSince(DateTimeOffset.MinValue).Where(All.IsAbout);

    public SalesSums SumsOf(string name, IEnumerable<OrderRow> orders) => All.SumsOf(name, orders);

    public IEnumerable<OrderRow> Placed(DateOnly from, DateOnly to) => Orders.Where(o => IsIn(o.PlacedAt, from, to));

    private bool IsIn(DateTimeOffset at, DateOnly from, DateOnly to) =>
        at <= Shop.Now && Shop.Calendar.Day(at) is var day && day >= from && day <= to && !Period.Skips(day);

    /// <summary>What share it is of the orders that were placed on these days, in per cent; null where none was.</summary>
    public double? ShareOfPlaced(int count) =>
        Placed(Period.From, Period.To).Count() is > 0 and var placed ? Math.Round(100.0 * count / placed, 1) : null;

    /// <summary>Nothing of what was cancelled, and all of what is unpaid, would only say the question again.</summary>
    public string OfWhich(List<OrderRow> orders) => Asked.Of == SalesOf.All ? All.OfWhich(orders) : "";

    /// <summary>Null where it is not asked for.</summary>
    public SumAfterAds? AdsOf(SalesSums sums) => !Question.IsAfterAds ? null
        : Asked.Measure == SalesMeasure.Profit ? SumAfterAds.Of(sums.Left, true, Period, All)
        : SumAfterAds.Of(sums.Revenue, false, Period, All);

    public string Most => Asked.IsLeast ? "least" : "most";

    /// <summary>The most first, or the least where that is asked; what is not known comes last.</summary>
    public IEnumerable<SalesSums> Ordered(IEnumerable<SalesSums> all, SalesMeasure? by = null)
    {
        var measure = by ?? Asked.Measure;
        return Asked.IsLeast
            ? all.OrderBy(s => s.By(measure) is null).ThenBy(s => s.By(measure)).ThenBy(s => s.Name, StringComparer.Ordinal)
            : all.OrderByDescending(s => s.By(measure)).ThenByDescending(s => s.Revenue.Minor).ThenBy(s => s.Name, StringComparer.Ordinal);
    }

    public OwnerAnswer Table(string title, string[] columns, IEnumerable<SalesSums> rows, double? figure) =>
        new(true, title, columns, AnswerTable.Cut([.. rows], s => s.Row, rest => SalesSums.Together(rest).Row[1..]), [.. Sources], [])
        {
            Figure = figure,
        };

    /// <summary>What articles cost stands in the catalogue, or in orders to suppliers.</summary>
    public IEnumerable<string> Sources => new[] { "orders", "products" }.Concat(Shop.Has(FeedKind.PurchaseOrders) ? ["purchase orders"] : [])
        .Concat(Question.IsAfterAds && Shop.Has(FeedKind.Ads) ? ["ads"] : []);
}
