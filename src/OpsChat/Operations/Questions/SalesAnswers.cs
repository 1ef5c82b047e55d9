using OpsChat.Operations.History;

namespace OpsChat.Operations.Questions;

/// <summary>Answers questions about what was sold: one table, whatever is measured and by whatever it is counted.</summary>
internal static class SalesAnswers
{
    public static OwnerAnswer To(SalesQuestion asked, AskedOfShop all)
    {
        if (!all.Shop.Has(FeedKind.Orders))
        {
            return new(true, "No file tells of orders.", [], [], [], []);
        }

        if (asked.Of is SalesOf.Unpaid or SalesOf.ToShip && !all.TellsPayments)
        {
            return new(true, "No file tells which orders are paid.", [], [], ["orders"], []);
        }

        var sales = new AskedSales(asked, all);
        return asked switch
        {
            { By: SalesBy.Order } => Single(sales),
            { Of: SalesOf.LapsedCustomers } => new CustomerSales(sales).Lapsed(),
            { Of: SalesOf.NewCustomers or SalesOf.ReturningCustomers } => new CustomerSales(sales).Customers(),
            { IsCompared: true } => Compared(sales),
            { By: SalesBy.Article } => new ArticleSales(sales).Articles(),
            { By: SalesBy.Nothing } => new SalesTotal(sales).Total(),
            _ => new SalesByGroup(sales).Groups(),
        };
    }

    /// <summary>The same days of the month before, or as many days before.</summary>
    private static OwnerAnswer Compared(AskedSales sales)
    {
        var (from, to) = sales.Question.Against is { } other ? (other.From, other.To) : sales.Period.Before();
        var (now, before) = (
            sales.SumsOf(sales.Period.Words, sales.Of(sales.Period.From, sales.Period.To)),
            sales.SumsOf(QuestionPeriod.Days(from, to, sales.Shop.Today), sales.Of(from, to)));
        var change = (now.By(sales.Asked.Measure), before.By(sales.Asked.Measure)) switch
        {
            (null, _) or (_, null) => "and how that compares is not known",
            (_, <= 0) => "nothing before",
            var (a, b) when a == b => "the same as before",
            var (a, b) => $"{Math.Abs(a.Value - b.Value) / b.Value * 100:0} % {(a > b ? "more" : "less")} than before",
        };
        return sales.Table(
            $"{now.InWords(sales.Asked.Measure)}{now.Besides}"
                + (sales.Asked.Measure == SalesMeasure.Revenue ? sales.OfWhich([.. sales.Of(sales.Period.From, sales.Period.To)]) : "")
                + $", {change}: {sales.Period.Words} beside {before.Name}.{StillRuns(sales, from, to)}",
            AskedSales.Columns,
            [now, before],
            now.By(sales.Asked.Measure)
        );
    }

    /// <summary>Days that are named each stand as they are, and one of them may not be over.</summary>
    private static string StillRuns(AskedSales sales, DateOnly from, DateOnly to) =>
        sales.Question.Against is not null && sales.Period.To == sales.Shop.Today
        && sales.Period.To.DayNumber - sales.Period.From.DayNumber < to.DayNumber - from.DayNumber
            ? $" {sales.Period.Words} is not over yet."
            : "";

    /// <summary>The order that is named, or the biggest ones.</summary>
    private static OwnerAnswer Single(AskedSales sales) => sales.Question.Order is { } number
        ? new OrderAnswers(sales.All).One(number)
        : new OrderAnswers(sales.All).Biggest([.. sales.Placed(sales.Period.From, sales.Period.To).Where(o => o.Total.Currency == sales.Shop.Currency)
            .OrderByDescending(o => o.Total.Minor)], sales.Period.Words);
}
