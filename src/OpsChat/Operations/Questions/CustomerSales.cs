using System.Globalization;
using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about customers who are new, came back, or have stopped ordering.</summary>
internal sealed class CustomerSales(AskedSales sales)
{
    public OwnerAnswer Customers()
    {
        var (customers, asked) = CustomersOf(sales.Period.From, sales.Period.To);
        var share = customers.Count == 0 ? 0 : 100.0 * asked.Count / customers.Count;
        var sums = sales.SumsOf(sales.Asked.Of == SalesOf.NewCustomers ? "new" : "returning", asked.SelectMany(c => c));
        var isOfOrders = sales.Question.Asks("how many order") && !CustomerWords.AreCounted(sales.Question.English);
        return sales.Table(
            (isOfOrders ? $"{Plural.Of(sums.Orders, "order")}: " : "")
                + $"{asked.Count} of {customers.Count} customers{(customers.Count == 0 ? "" : $" ({share:0} %)")} "
                + $"{(sales.Asked.Of == SalesOf.NewCustomers ? "ordered for the first time that is known" : "had ordered before")}: "
                + $"{sales.Period.Words}."
                + Before(),
            AskedSales.Columns,
            [sums],
            Array.Exists(s_share, sales.Question.Asks) ? Math.Round(share, 1) : isOfOrders ? sums.Orders : asked.Count
        );
    }

    /// <summary>Who ordered on some days, and of them who is new or came back.</summary>
    private (List<List<OrderRow>> All, List<List<OrderRow>> Asked) CustomersOf(DateOnly from, DateOnly to)
    {
        var earlier = sales.Kept(sales.Shop.History.FirstDay, from.AddDays(-1)).Select(o => o.Customer).OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var customers = sales.Kept(from, to).Where(o => o.Customer is not null).GroupBy(o => o.Customer!, StringComparer.Ordinal)
            .Select(g => (IsNew: !earlier.Contains(g.Key), Orders: g.ToList())).ToList();
        return ([.. customers.Select(c => c.Orders)],
            [.. customers.Where(c => sales.Asked.Of == SalesOf.NewCustomers ? c.IsNew : !c.IsNew || c.Orders.Count > 1).Select(c => c.Orders)]);
    }

    /// <summary>The same of the days before, where it asks for both; empty where it does not.</summary>
    private string Before()
    {
        var (from, to) = sales.Question.Against is { } other ? (other.From, other.To) : sales.Period.Before();
        return !sales.Asked.IsCompared ? "" : CustomersOf(from, to) is var (all, asked)
            ? $" {QuestionPeriod.Days(from, to, sales.Shop.Today)}: {asked.Count} of {all.Count}." : "";
    }

    private static readonly string[] s_share = ["percent", "share", "proportion", "rate "];

    /// <summary>Customers whose last order lies before the days that are asked about, those who had ordered most often first.</summary>
    public OwnerAnswer Lapsed()
    {
        var customers = sales.Kept(sales.Shop.History.FirstDay, sales.Shop.Today).Where(o => o.Customer is not null)
            .GroupBy(o => o.Customer!, StringComparer.Ordinal).Select(g => (Last: g.Last(), Orders: g.ToList())).ToList();
        var lapsed = customers.Where(c => sales.Shop.Calendar.Day(c.Last.PlacedAt) < sales.Period.From)
            .Select(c => (c.Last, Sums: sales.SumsOf(sales.All.Customers.Of(c.Last.Customer!), c.Orders)))
            .OrderByDescending(c => c.Sums.Orders).ThenByDescending(c => c.Sums.Revenue.Minor).ThenByDescending(c => c.Last.PlacedAt).ToList();
        return customers.Count == 0
            ? new(true, "The orders do not say who ordered.", [], [], ["orders"], [])
            : new(true, $"{lapsed.Count} of {customers.Count} customers have not ordered: {sales.Period.Words}.",
                ["", "last order", "orders", "revenue"],
                AnswerTable.Cut(lapsed, c => new[]
                    {
                        c.Sums.Name, $"{sales.Shop.Calendar.Day(c.Last.PlacedAt):d MMM yyyy}",
                        c.Sums.Orders.ToString(CultureInfo.InvariantCulture), c.Sums.Revenue.ToString(),
                    },
                    rest => SalesSums.Together([.. rest.Select(c => c.Sums)]).Row is var row ? ["", row[1], row[3]] : []),
                ["orders"], []) { Figure = lapsed.Count, NamesCustomer = sales.All.Customers.HaveNames };
    }
}
