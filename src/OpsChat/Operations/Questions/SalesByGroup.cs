using System.Globalization;
using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>Answers with sums by customer, day, week, month, place or channel.</summary>
internal sealed class SalesByGroup(AskedSales sales)
{
    private const string NotSaid = CustomerNames.NotSaid;

    public OwnerAnswer Groups()
    {
        var orders = sales.Of(sales.Period.From, sales.Period.To).ToList();
        var of = orders.GroupBy(KeyOf, StringComparer.Ordinal).ToList();
        var sums = of.Select(g => sales.SumsOf(ShownAs(g.Key), g)).Where(IsWithin).ToList();
        orders = sums.Count == of.Count ? orders : [.. of.Where(g => IsWithin(sales.SumsOf("", g))).SelectMany(g => g)];
        // Where the cost of nothing is known nobody knows what was left, and the revenue tells what there is to tell.
        var measure = sums.Exists(s => s.By(sales.Asked.Measure) is not null) ? sales.Asked.Measure : SalesMeasure.Revenue;
        var groups = sales.Ordered(sums, measure).ToList();
        var known = groups.Where(g => g.Name != NotSaid).ToList();
        if (known.Count == 0)
        {
            var none = orders.Count == 0 ? "No order came" : $"The orders do not say {What}";
            return new(true, $"{none}: {sales.Period.Words}.", [], [], ["orders"], []);
        }

        var first = known[0];
        return sales.Asked.By == SalesBy.Customer ? BestCustomers(orders, known, groups)
            : sales.Table($"{Extreme(known, measure)}: {sales.Period.Words}.{OfAll(orders)}", AskedSales.Columns, groups,
                first.By(sales.Asked.Measure));
    }

    /// <summary>Whether a customer ordered for as much, and as often, as is asked.</summary>
    private bool IsWithin(SalesSums group) => sales.Asked.By != SalesBy.Customer
        || ((!sales.All.IsAmountOfCustomers || sales.Question.Amount!.Admits(group.Revenue)) && sales.Question.Limit?.Admits(group.Orders) != false);

    /// <summary>Which has most, and how much; several where they have as much.</summary>
    private string Extreme(List<SalesSums> groups, SalesMeasure measure)
    {
        var first = groups.TakeWhile(g => g.By(measure) == groups[0].By(measure)).ToList();
        var unknown = groups.Count(g => g.By(measure) is null);
        var (not, what) = measure == sales.Asked.Measure ? ("", "") : (NotLeft, " revenue");
        return $"{not}{AnswerTable.And(first.Select(g => g.Name))} {(first.Count == 1 ? "has" : "have")} the {sales.Most}{what}, "
            + $"{groups[0].InWords(measure)}{(first.Count == 1 ? "" : " each")}"
            + (unknown > 0 ? $" (what was left of {unknown} of {groups.Count} is not known)" : "");
    }

    private const string NotLeft = "What was left is not known, since no file says what articles cost; ";

    /// <summary>What of the money of all groups was not kept.</summary>
    private string OfAll(List<OrderRow> orders) => sales.Asked.Measure == SalesMeasure.Revenue && sales.OfWhich(orders) is { Length: > 0 } of
        ? $" In all {sales.SumsOf("", orders).Revenue} was ordered{of}." : "";

    private OwnerAnswer BestCustomers(List<OrderRow> orders, List<SalesSums> known, List<SalesSums> groups)
    {
        var (first, of) = (known[0], orders.GroupBy(KeyOf, StringComparer.Ordinal)
            .ToDictionary(g => ShownAs(g.Key), g => g.ToList(), StringComparer.Ordinal));
        var isUnknown = first.By(sales.Asked.Measure) is null;
        var did = sales.Asked.Measure == SalesMeasure.Orders ? $"ordered {sales.Most} often,"
            : sales.Asked.Measure == SalesMeasure.Profit && !isUnknown ? $"left the {sales.Most} after its cost, {first.Left} of"
            : $"ordered for the {sales.Most},";
        string Unpaid(List<OrderRow> some) => (sales.All.UnpaidOf(some)?.ToString(), some.Count(o => !sales.Shop.TellsPayment(o))) switch
        {
            (null, _) => "not known",
            ({ } sum, 0) => sum,
            ({ } sum, var unknown) => $"{sum}, {Plural.Of(unknown, "order")} not known",
        };
        return new(true,
            $"{(isUnknown ? NotLeft : "")}{Plural.Of(known.Count, "customer")} ordered; "
                + $"{first.Name} {did} {first.Revenue}{sales.OfWhich(of[first.Name])} in "
                + $"{Plural.Of(first.Orders, "order")}: {sales.Period.Words}.",
            ["", "orders", "pieces", "revenue", "not paid yet of it", "last order"],
            AnswerTable.Cut(groups, s =>
                [
                    .. s.Row.SkipLast(1), Unpaid(of[s.Name]),
                    $"{sales.Shop.Calendar.Day(of[s.Name].Max(o => o.PlacedAt)):d MMM yyyy}",
                ],
                rest => [.. SalesSums.Together(rest).Row[1..^1], Unpaid([.. rest.SelectMany(s => of[s.Name])])]),
            [.. sales.Sources], [])
        {
            // "How many customers" has no "most" in it.
            Figure = CustomerWords.AreCounted(sales.Question.English) ? known.Count : first.By(sales.Asked.Measure),
            NamesCustomer = sales.All.Customers.HaveNames,
        };
    }

    private string What => sales.Asked.By switch
    {
        SalesBy.Customer => "who ordered",
        SalesBy.Region => "where they go",
        SalesBy.Source => "what brought the customer",
        _ => "when they came",
    };

    /// <summary>The group that an order belongs to. Two customers may have one name, and are two all the same.</summary>
    private string KeyOf(OrderRow order) => sales.Asked.By switch
    {
        SalesBy.Customer => order.Customer ?? NotSaid,
        SalesBy.Day => sales.Shop.Calendar.Day(order.PlacedAt).ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture),
        SalesBy.Weekday => sales.Shop.Calendar.Day(order.PlacedAt).ToString("dddd", CultureInfo.InvariantCulture),
        SalesBy.Week => $"week of {QuestionPeriod.MondayOf(sales.Shop.Calendar.Day(order.PlacedAt)):d MMM yyyy}",
        SalesBy.Month => sales.Shop.Calendar.Day(order.PlacedAt).ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        SalesBy.Region when sales.Question.Asks("countr") => Countries.Of(order) ?? NotSaid,
        SalesBy.Region => order.Region is { } region ? MalaysianStates.Shown(region) : NotSaid,
        _ => order.Source ?? NotSaid,
    };

    private string ShownAs(string group) => sales.Asked.By == SalesBy.Customer && group != NotSaid ? NameOf(group) : group;

    private string NameOf(string customer) => sales.All.Customers.Of(customer);
}
