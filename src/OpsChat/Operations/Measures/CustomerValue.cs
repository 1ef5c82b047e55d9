using OpsChat.Operations.Evaluation;
using OpsChat.Operations.History;
using OpsChat.Operations.Statistics;
using OpsChat.Text;

namespace OpsChat.Operations.Measures;

/// <summary>What a customer is still worth (OPERATIONS F13): the visits that a model of all customers' pasts expects, times what an order
/// leaves.</summary>
internal static class CustomerValue
{
    private const int YearDays = 365;

    /// <summary>In fewer days nobody can tell who comes again from who came once.</summary>
    private const int LeastDays = 120;

    private const int LeastCustomers = 100;
    private const int MarginDays = 90;

    public static Measure Of(ShopMoment shop)
    {
        const string Name = "lifetime-value";
        const string Formula = "visits expected in 12 months, by how often all customers came again, × what an order leaves, mean over customers";
        var orders = shop.OrdersSince(DateTimeOffset.MinValue).Where(o => o.Customer is not null && !(o.CancelledAt <= shop.Now)).ToList();
        var yesterday = shop.Today.AddDays(-1);
        var pasts = orders.GroupBy(o => o.Customer!, StringComparer.Ordinal)
            .Select(g => g.Select(o => shop.Calendar.Day(o.PlacedAt)).Where(day => day <= yesterday).Distinct().Order().ToList())
            .Where(days => days.Count > 0).ToList();
        var span = pasts.Count == 0 ? 0 : yesterday.DayNumber - pasts.Min(p => p[0]).DayNumber;
        if (pasts.Count < LeastCustomers || span < LeastDays)
        {
            string[] missing =
            [
                .. pasts.Count < LeastCustomers ? [$"{LeastCustomers} customers, and the orders name {pasts.Count}"] : Array.Empty<string>(),
                .. span < LeastDays ? [$"{LeastDays} days of orders, and they go back {Plural.Of(span, "day")}"] : Array.Empty<string>(),
            ];
            return new(Name, Formula, "orders", null, $"{Measure.NoData}: it takes {string.Join("; and ", missing)}");
        }

        var recent = orders.Where(o => o.PlacedAt >= shop.Now.AddDays(-MarginDays)).ToList();
        var isGuess = false;
        var leaves = recent.Count == 0 ? 0 : recent.Average(o => o.Lines.Sum(l =>
        {
            var margin = shop.UnitMargin(l.Sku, out var guessed);
            isGuess |= guessed;
            return (double)margin.Minor * l.Quantity;
        }));
        var customers = pasts.Select(days => LifetimeEvaluation.Past(days, yesterday)).ToList();
        var model = RepeatPurchaseFit.Of(customers);
        var visits = customers.Average(c => model.Expected(c.Repeats, c.Last, c.Age, YearDays));
        var value = new Money((long)Math.Round(visits * leaves), shop.Currency);
        return new(Name, Formula, "orders, products", (double)value.Major, FormattableString.Invariant(
            $"{value}: {visits:0.0} orders a year, {new Money((long)Math.Round(leaves), shop.Currency)} each, {customers.Count} customers")
            + (isGuess ? "; where a cost is not known 30 % of the price is taken" : ""));
    }
}
