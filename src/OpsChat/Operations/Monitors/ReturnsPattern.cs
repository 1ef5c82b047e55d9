using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Operations.Statistics;
using System.Security.Cryptography;
using System.Text;
using OpsChat.Text;

namespace OpsChat.Operations.Monitors;

/// <summary>
/// One customer sends back far more than others do of the same kinds of articles, or what was worn, or says twice that nothing came. These are
/// facts for a person to look at; there is no verdict and no action in it. The customer is shown as the orders.
/// </summary>
internal sealed class ReturnsPattern() : ShopMonitor("returns-pattern", TimeSpan.FromDays(1), AlertLines.Half(Line), s_needs)
{
    private static readonly FeedNeed[] s_needs =
        [new(FeedKind.Returns, TimeSpan.FromDays(14)), new(FeedKind.Orders, TimeSpan.FromDays(2))];

    /// <summary>By chance at most one customer in a hundred, ever.</summary>
    private const double Line = 100;
    private const int LeastReturns = 4;
    private const int LeastClaims = 2;
    private const int MostShown = 12;

    public override MonitorLook Look(ShopMoment shop, OperationsSettings settings)
    {
        if (!shop.Has(FeedKind.Returns) || !shop.Returns.IsKnown)
        {
            return MonitorLook.NotPossible(new MonitorGap(FeedKind.Returns, "Too few returns are known to say what is usual."));
        }

        var rates = Rates(shop);
        var orders = shop.OrdersSince(shop.Now.AddDays(-365)).Where(o => o.Customer is not null).ToLookup(o => o.Customer!, StringComparer.Ordinal);
        var (findings, looked) = (new List<MonitorFinding>(), new HashSet<SubjectKey>());
        foreach (var customer in shop.Returns.All.Where(r => r.Order?.Customer is not null).GroupBy(r => r.Order!.Customer!, StringComparer.Ordinal))
        {
            var subject = SubjectKey.Of(("customer", KeyOf(customer.Key)));
            looked.Add(subject);
            var (returns, expected) = (customer.ToList(), Expected(shop, [.. orders[customer.Key]], rates));
            var (worn, claims) = (returns.Count(r => r.Line.Condition?.Contains("worn", StringComparison.Ordinal) == true
                || r.Line.Condition?.Contains("used", StringComparison.Ordinal) == true),
                returns.Count(r => r.Reason.Contains("not-received", StringComparison.Ordinal)
                    || r.Reason.Contains("never-arrived", StringComparison.Ordinal)));
            var evidence = returns.Count >= LeastReturns ? CountEvidence.KnownChange(returns.Count, expected, ChangeDetector.ReturnRatios.AsSpan())
                : 0;
            var strength = worn >= LeastClaims || claims >= LeastClaims ? Math.Max(Line, evidence) : evidence;
            if (strength >= Lines.Clear)
            {
                findings.Add(Finding(shop, settings, subject, returns, orders[customer.Key].Count(), expected, strength, worn, claims));
            }
        }

        return new(findings, looked, []);
    }

    /// <summary>Returned lines ÷ lines that are due back, by article, drawn to its kind's and that to the shop's by 30 lines each: who bought
    /// what everybody sends back is no pattern.</summary>
    private static Dictionary<string, double> Rates(ShopMoment shop)
    {
        var facts = shop.Returns;
        double Due(string sku) => facts.Sold(sku).Select((sold, day) => sold == 0 ? 0 : sold * facts.Delays.By(facts.Days - 1 - day)).Sum();
        var rates = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var type in shop.Skus.Select(sku => (Sku: sku, Returned: facts.Of(sku).Count(), Due: Due(sku))).GroupBy(a =>
            shop.Product(a.Sku)?.Type ?? "", StringComparer.Ordinal))
        {
            var usual = ReturnRates.Before(type.Sum(a => a.Returned), type.Sum(a => a.Due), facts.ShopRates[^1]);
            foreach (var article in type)
            {
                rates[article.Sku] = ReturnRates.Before(article.Returned, article.Due, usual);
            }
        }

        return rates;
    }

    private static double Expected(ShopMoment shop, IReadOnlyList<OrderRow> orders, Dictionary<string, double> rates) =>
        orders.Sum(o => o.Lines.Select(l => l.Sku).Distinct(StringComparer.Ordinal)
        .Sum(sku => rates.GetValueOrDefault(sku) * shop.Returns.Delays.By((int)(shop.Now - o.PlacedAt).TotalDays)));

    private static MonitorFinding Finding(
        ShopMoment shop, OperationsSettings settings, SubjectKey subject, List<KnownReturn> returns, int orders, double expected, double strength,
            int worn, int claims)
    {
        var amount = returns.Where(r => r.Line.Amount?.Currency == settings.Currency).Sum(r => r.Line.Amount!.Value.Minor);
        var signs = (worn >= LeastClaims ? $" {worn} came back worn." : "")
            + (claims >= LeastClaims ? $" {claims} times nothing is said to have come." : "");
        List<string> missing = [];
        if (returns.TrueForAll(r => r.Line.Condition is null))
        {
            missing.Add("the condition");
        }

        if (returns.TrueForAll(r => r.Line.InspectedAt is null))
        {
            missing.Add("an inspection");
        }

        missing.Add("photos");
        return new(
            subject, strength, 0.7, new(amount, settings.Currency), shop.Now.AddDays(7), "owner",
            $"One customer sent back {returns.Count} pieces of {orders} {(orders == 1 ? "order" : "orders")} where {expected:0.#} are usual "
                + $"({returns[^1].Line.Order}).{signs} A person decides what it means.",
            [
                .. returns
                    .TakeLast(MostShown)
                    .Select(r =>
                        EvidenceRow.Of(
                            $"{r.Line.Order} {r.Line.Sku}: {(r.Reason.Length == 0 ? "no reason" : ReturnRise.Words(r.Reason))}"
                                + (r.Sold >= 0 ? $", {Plural.Of(r.Returned - r.Sold, "day")} after the sale" : "")
                                + (r.Line.Condition is { } condition ? $", {condition}" : "")
                                + (r.Line.Amount is { } money ? $", {money}" : ""),
                            r.Line.Place,
                            r.Line.RequestedAt
                        )
                    ),
                new($"Not known: {string.Join(", ", missing)}", "returns", null, shop.Now),
            ],
            [], CalculationTrace.Of("F6 E against the kind's rate", "returns-pattern 1", ("returned", returns.Count), ("expected", expected)));
    }

    private static string KeyOf(string customer) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(customer)).AsSpan(0, 4));
}
