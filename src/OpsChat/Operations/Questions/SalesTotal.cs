using System.Globalization;
using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>Answers with one sum of all orders that are asked for, or with what one of them comes to.</summary>
internal sealed class SalesTotal(AskedSales sales)
{
    public OwnerAnswer Total()
    {
        var orders = sales.Of(sales.Period.From, sales.Period.To).ToList();
        var sums = sales.SumsOf("", orders);
        var figure = sums.By(sales.Asked.Measure);
        if (sales.Asked is { Measure: SalesMeasure.Mean, Of: SalesOf.All })
        {
            return Means(orders, sums);
        }

        var title = sales.Asked.Measure == SalesMeasure.Profit
            ? $"{sums.LeftInWords} {sums.Revenue}{sums.Besides}{sales.OfWhich(orders)}: {sales.Period.Words}. {After(sums, orders)}"
            : $"{Plural.Of(orders.Count, "order")}{sales.All.Of}{Which(orders.Count)}, {sums.Revenue}{sums.Besides}{sales.OfWhich(orders)}: "
                + $"{sales.Period.Words}."
                + (sales.Question.IsAfterRefunds ? $" {AskedOfShop.AfterRefunds(sales.All.RefundedOf(orders), sums.Revenue)}" : "")
                + (sales.AdsOf(sums) is { } ads ? $" {ads.Sentence}{AfterBoth(sums.Revenue, sums, orders)}" : "")
                + AnswerTable.Also(Untold()) + ShareInWords(orders.Count);
        figure = figure is null || !(sales.Question.IsAfterRefunds || sales.Question.IsAfterAds) ? figure
            : (double?)Net(sales.Asked.Measure == SalesMeasure.Profit ? sums.Left : sums.Revenue, sums, orders)?.Major;
        figure = sales.Asked.Of == SalesOf.Cancelled && sales.IsShare ? sales.ShareOfPlaced(orders.Count) : figure;
        return sales.Asked.Of is SalesOf.Unpaid && AsksWho ? Debtors(orders, title)
            : sales.Asked.Of == SalesOf.All
            ? sales.Table(title, AskedSales.Columns, [sums], figure)
            : new(
                true,
                title,
                ["", "placed", "total"],
                AnswerTable.Cut([.. orders.OrderByDescending(o => o.PlacedAt)],
                    o => new[] { o.Number, $"{sales.Shop.Calendar.Day(o.PlacedAt):d MMM}", o.Total.ToString() },
                    rest => ["", sales.SumsOf("", rest).Revenue.ToString()]),
                ["orders"],
                []
            )
            {
                Figure = figure,
            };
    }

    /// <summary>What an order comes to, and a customer: whichever was asked for comes first.</summary>
    private OwnerAnswer Means(List<OrderRow> orders, SalesSums sums)
    {
        var customers = orders.Where(o => o.Total.Currency == sales.Shop.Currency).Select(o => o.Customer).OfType<string>()
            .Distinct(StringComparer.Ordinal).Count();
        var isOfAll = customers > 0 && orders.TrueForAll(o => o.Customer is not null);
        var perCustomer = isOfAll ? sums.Revenue with { Minor = (long)Math.Round(sums.Revenue.Minor / (double)customers) } : (Money?)null;
        var isPerCustomer = QuestionMeasure.IsPerCustomer(sales.Question.English);
        var order = $"an order comes to {sums.Mean} on average";
        var customer = perCustomer is { } spent ? $"a customer to {spent}" : "what a customer spends is not known, since some orders name none";
        var words = isPerCustomer && perCustomer is not null ? $"a customer comes to {perCustomer} on average, an order to {sums.Mean}"
            : $"{order}, {customer}";
        return sums.Mean is null ? new(true, $"No order came: {sales.Period.Words}.", [], [], ["orders"], [])
            : sales.Table($"{char.ToUpperInvariant(words[0])}{words[1..]}: {sums.Revenue}{sums.Besides} in {Plural.Of(orders.Count, "order")}"
                + $"{(isOfAll ? $" of {Plural.Of(customers, "customer")}" : "")}, {sales.Period.Words}.", AskedSales.Columns, [sums],
                (double?)(isPerCustomer ? perCustomer : sums.Mean)?.Major);
    }

    private string Which(int count) => (sales.Asked.Of, count == 1) switch
    {
        (SalesOf.Cancelled, var isOne) => isOne ? " was cancelled" : " were cancelled",
        (SalesOf.Unpaid, var isOne) => isOne ? " is not paid" : " are not paid",
        (SalesOf.Shipped, var isOne) => isOne ? " was shipped" : " were shipped",
        (SalesOf.ToShip, var isOne) => isOne ? " is paid and has to leave" : " are paid and have to leave",
        _ => "",
    };

    private string ShareInWords(int count) => sales.Asked.Of == SalesOf.Cancelled && sales.IsShare && sales.ShareOfPlaced(count) is { } share
        ? $" {share.ToString("0.#", CultureInfo.InvariantCulture)} % of the "
            + $"{Plural.Of(sales.Placed(sales.Period.From, sales.Period.To).Count(), "order")} that came "
            + "on these days, whenever they were cancelled." : "";

    /// <summary>Orders that may belong to those that are asked for, and nobody knows.</summary>
    private string Untold() => sales.Asked.Of switch
    {
        SalesOf.Unpaid => sales.All.Untold(sales.Kept(sales.Period.From, sales.Period.To)),
        SalesOf.ToShip => sales.All.Untold(sales.Placed(sales.Period.From, sales.Period.To).Where(o => o.IsToShip(sales.Shop.Now))),
        _ => "",
    };

    /// <summary>Less what is asked to be taken off; null where nobody knows it.</summary>
    private Money? Net(Money sum, SalesSums of, List<OrderRow> orders)
    {
        var (refunded, ads) = (sales.Question.IsAfterRefunds ? sales.All.RefundedOf(orders) : new Money(0, sum.Currency), sales.AdsOf(of));
        return refunded is not { } back || ads is { Left: null } ? null
            : sum with { Minor = sum.Minor - back.Minor - (ads?.Spent.Minor ?? 0) };
    }

    /// <summary>What a profit does not hold yet.</summary>
    private string After(SalesSums sums, List<OrderRow> orders)
    {
        var areRefunds = sales.Question.IsAfterRefunds && sums.Costed.Minor != 0;
        var besides = (areRefunds, sales.Question.IsAfterAds) switch
        {
            (true, true) => "Fees are",
            (true, false) => "Fees and advertising are",
            (false, true) => "Refunds and fees are",
            _ => "Refunds, fees and advertising are",
        };
        return string.Join(' ', new[]
        {
            areRefunds ? AskedOfShop.AfterRefunds(sales.All.RefundedOf(orders), sums.Left) : null, sales.AdsOf(sums)?.Sentence,
            areRefunds ? AfterBoth(sums.Left, sums, orders).TrimStart() : null,
            $"{besides} not taken off.",
        }.Where(sentence => sentence is { Length: > 0 }));
    }

    /// <summary>What is left after refunds and ads, where both are taken off and known; else empty.</summary>
    private string AfterBoth(Money sum, SalesSums sums, List<OrderRow> orders) =>
        sales.Question is { IsAfterRefunds: true, IsAfterAds: true } && Net(sum, sums, orders) is { } net ? $" After both {net} is left." : "";

    private bool AsksWho => CustomerWords.AskFor(sales.Question.English);

    /// <summary>Who has not paid, each order with its customer.</summary>
    private OwnerAnswer Debtors(List<OrderRow> orders, string title) => new(
        true, title, ["", "customer", "placed", "total"],
        AnswerTable.Cut([.. orders.OrderByDescending(o => o.PlacedAt)],
            o => new[] { o.Number, sales.All.Customers.Of(o.Customer), $"{sales.Shop.Calendar.Day(o.PlacedAt):d MMM}", o.Total.ToString() },
            rest => ["", "", sales.SumsOf("", rest).Revenue.ToString()]), ["orders"], [])
    {
        Figure = CustomerWords.AreCounted(sales.Question.English)
            ? orders.Select(o => o.Customer ?? o.Number).Distinct(StringComparer.Ordinal).Count()
            : orders.Count,
        NamesCustomer = sales.All.Customers.HaveNames,
    };
}
