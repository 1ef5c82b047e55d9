using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Returns;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about what came back, and why.</summary>
internal sealed class ReturnAnswers(AskedOfShop asked)
{
    public OwnerAnswer Returns()
    {
        if (!asked.Shop.Has(FeedKind.Returns))
        {
            return Lacks(QuestionTopic.Returns, "No file tells of returns.");
        }

        var returns = ReturnsOfPeriod().ToList();
        if (asked.AsksForCustomers)
        {
            return ByCustomer(returns);
        }

        var groups = returns.GroupBy(r => asked.Question.Skus.Count == 1
            ? (r.Reason.Length == 0 ? "no reason" : ReturnRise.Words(ReturnFacts.ReasonKey(r.Reason))) : r.Sku, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal);
        var why = asked.Question.Reason is { } reason ? $" ({ReturnRise.Words(reason)})" : "";
        var cost = new Money(returns.Where(r => r.Amount?.Currency == asked.Shop.Currency).Sum(r => r.Amount!.Value.Minor), asked.Shop.Currency);
        var worth = cost.Minor > 0 ? $", {cost} together" : "";
        var sold = asked.Skus.Sum(sku => (long)asked.PiecesSold(sku));
        var share = sold > 0 && asked.Question.Reason is null
            ? $" beside {Plural.Of((int)sold, "piece")} sold ({100.0 * returns.Sum(r => r.Quantity) / sold:0.#} %)" : "";
        if (asked.Question.Skus.Count != 1 && ((asked.Question.Asks("least") && !asked.Question.Asks("at least")) || asked.Question.Asks("fewest")))
        {
            return Fewest(returns);
        }

        var counted = groups.Select(g => (Name: g.Key, Count: g.Count())).ToList();
        if (asked.Question.Skus.Count != 1 && QuestionMeasure.IsShare(asked.Question.English) && Array.Exists(s_ofEach, asked.Question.Asks))
        {
            return ByRate(returns);
        }

        // Which article comes back most is about one of them; the sum stands beside it.
        var first = counted is [var most, ..] && asked.Question.Asks("most") && !asked.Question.Asks("how many")
            ? $"{asked.Shop.NameOf(most.Name)} {(asked.Question.Skus.Count == 1 ? "is said most" : "came back most")}: {most.Count} of "
            : "";
        return new(true, $"{first}{Plural.Of(returns.Count, "return")}{asked.Of}{why}{worth}{share}: {asked.Period.Words}.", ["", "returns"],
            Cut(counted, g => new[] { g.Name, Whole(g.Count) }, rest => [Whole(rest.Sum(g => g.Count))]), ["returns", "orders"], [])
        {
            Figure = first.Length > 0 ? counted[0].Count : returns.Count,
        };
    }

    /// <summary>Who sent things back, and how often.</summary>
    private OwnerAnswer ByCustomer(List<ReturnLine> returns)
    {
        var customers = returns.GroupBy(r => asked.OrderOf(r.Order)?.Customer, StringComparer.Ordinal)
            .Select(g => (g.Key, Name: asked.Customers.Of(g.Key), Count: g.Count()))
            .OrderBy(c => c.Key is null).ThenByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal).ToList();
        var known = customers.FindAll(c => c.Key is not null);
        var first = known.FindAll(c => c.Count == known[0].Count);
        var most = known.Count == 0 ? returns.Count == 0 ? "No customer returned anything" : "No order says whose the returns are"
            : $"{Plural.Of(known.Count, "customer")} returned something; {And(first.Select(c => c.Name))} most, {first[0].Count} of "
                + $"{Plural.Of(returns.Count, "return")}{(first.Count > 1 ? " each" : "")}";
        return new(true, $"{most}{asked.Of}: {asked.Period.Words}.", ["", "returns"],
            Cut(customers, c => new[] { c.Name, Whole(c.Count) }, rest => [Whole(rest.Sum(c => c.Count))]), ["returns", "orders"], [])
        {
            Figure = CustomerWords.AreCounted(asked.Question.English) ? known.Count : known.Select(c => c.Count).FirstOrDefault(),
            NamesCustomer = asked.Customers.HaveNames,
        };
    }

    private static readonly string[] s_ofEach =
        ["highest", "lowest", "most", "worst", "best", "by product", "by article", "by item", "by sku", "per product", "per article", "per item",
            "which product", "which article", "which item"];

    /// <summary>Pieces that came back beside those that were sold on the same days, of each article that sold.</summary>
    private OwnerAnswer ByRate(List<ReturnLine> returns)
    {
        var back = returns.Where(r => r.Sku is not null).GroupBy(r => r.Sku!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(r => r.Quantity), StringComparer.Ordinal);
        var rates = asked.Skus.Select(sku => (Sku: sku, Sold: asked.PiecesSold(sku), Back: back.GetValueOrDefault(sku))).Where(a => a.Sold > 0)
            .Select(a => (a.Sku, a.Sold, a.Back, Rate: 100.0 * a.Back / a.Sold)).ToList();
        var isLowest = asked.Question.Asks("lowest") || asked.Question.Asks("best");
        var sorted = isLowest ? rates.OrderBy(a => a.Rate) : rates.OrderByDescending(a => a.Rate);
        var all = sorted.ThenByDescending(a => a.Sold).ThenBy(a => a.Sku, StringComparer.Ordinal).ToList();
        return new(true,
            all is not [var first, ..] ? $"Nothing was sold: {asked.Period.Words}."
                : $"{asked.Shop.NameOf(first.Sku)} has the {(isLowest ? "lowest" : "highest")} return rate, {first.Rate:0.#} %: "
                    + $"{first.Back} came back beside {Plural.Of(first.Sold, "piece")} sold, {asked.Period.Words}. Of few pieces a rate says little.",
            ["", "sold", "came back", "rate"],
            Cut(all, a => new[] { a.Sku, Whole(a.Sold), Whole(a.Back), $"{a.Rate:0.#} %" },
                rest => [Whole(rest.Sum(a => a.Sold)), Whole(rest.Sum(a => a.Back))]),
            ["returns", "orders"], []) { Figure = all is [var one, ..] ? Math.Round(one.Rate, 1) : null };
    }

    /// <summary>What sold and came back least: nothing is said of what did not sell.</summary>
    private OwnerAnswer Fewest(List<ReturnLine> returns)
    {
        var counts = asked.Skus.Where(sku => asked.PiecesSold(sku) > 0)
            .Select(sku => (Sku: sku, Sold: asked.PiecesSold(sku), Returns: returns.Count(r => r.Sku == sku)))
            .OrderBy(a => a.Returns).ThenByDescending(a => a.Sold).ThenBy(a => a.Sku, StringComparer.Ordinal).ToList();
        var none = counts.Count(a => a.Returns == 0);
        return new(true,
            counts.Count == 0 ? $"Nothing was sold: {asked.Period.Words}."
                : none > 0 ? $"{none} of {counts.Count} articles that sold did not come back at all; "
                    + $"{asked.Shop.NameOf(counts[0].Sku)} sold most of them: "
                    + $"{asked.Period.Words}."
                : $"{asked.Shop.NameOf(counts[0].Sku)} came back least: {asked.Period.Words}.",
            ["", "sold", "returns"],
            Cut(counts, a => new[] { a.Sku, Whole(a.Sold), Whole(a.Returns) },
                rest => [Whole(rest.Sum(a => a.Sold)), Whole(rest.Sum(a => a.Returns))]),
            ["returns", "orders"], [])
        {
            Figure = none > 0 ? none : counts.FirstOrDefault().Returns,
        };
    }

    public OwnerAnswer WhyReturns()
    {
        if (asked.Question.Skus is not [var sku] || asked.IsOfSomeOrders || asked.Question.Order is not null)
        {
            var reasons = ReturnsOfPeriod().GroupBy(r => ReturnFacts.ReasonKey(r.Reason), StringComparer.Ordinal).OrderByDescending(g =>
                g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
            return Table(
                $"{Plural.Of(reasons.Sum(g => g.Count()), "return")}{asked.Of} by reason: {asked.Period.Words}.", ["", "returns"],
                    reasons.Select(g => new[] { g.Key.Length == 0 ? "no reason" : ReturnRise.Words(g.Key), Whole(g.Count()) }), "returns")
                with { Figure = reasons.Sum(g => g.Count()) };
        }

        if (!asked.Shop.Has(FeedKind.Returns) || !asked.Shop.Returns.IsKnown || !asked.Shop.Returns.Of(sku).Any())
        {
            return Lacks(QuestionTopic.WhyReturns, $"Too few returns of {sku} are known to say why.");
        }

        // The base rate from before the rise: an alert's own when there is one, else today's.
        var alert = asked.Records.Alerts.FirstOrDefault(a => a is { IsOpen: true, Monitor: "returns-spike" } && a.Subject["sku"] == sku);
        var rate = alert?.Trace?.Inputs.GetValueOrDefault("rate") is > 0 and var known && alert.Subject["reason"] is null ? known
            : asked.Shop.Returns.RateOf(sku);
        var rise = ReturnRise.Of(asked.Shop, sku, null, rate, null);
        return Table(
            alert?.Headline
                ?? (
                    rise.Returned > 1.5 * rise.Expected + 1
                        ? rise.Headline(asked.Shop)
                        : $"Returns of {sku} have not risen: {rise.Returned:0} of what was sold since {rise.Begin:d MMM}, "
                            + $"{Number(rise.Expected)} are usual.{OfLate(sku)}"
                ),
            [""],
            rise.Evidence(asked.Shop)
                .Select(e => new[] { e.Line is { } line ? $"{e.Text} ({e.Source} line {line})" : $"{e.Text} ({e.Source})" }),
            "returns",
            "orders",
            "purchase orders"
        ) with
        {
            Figure = rise.Returned,
        };
    }

    /// <summary>What the page of returns says of it: all that came back of late, whenever it was sold.</summary>
    private string OfLate(string sku) => ReturnTable.Line(asked.Shop, sku) is { } line
        ? $" In the last {ReturnTable.Days} days {line.Returned} came back, {Number(line.Expected)} are usual." : "";

    private IEnumerable<ReturnLine> ReturnsOfPeriod() =>
        asked.Shop.ReturnsSince(asked.Shop.Calendar.Start(asked.Period.From)).Where(r => asked.Shop.Calendar.Day(r.RequestedAt) <= asked.Period.To
        && asked.IsAbout(r.Sku) && ((!asked.IsOfSomeOrders && asked.Question.Order is null) || asked.IsAboutOrder(r.Order))
            && (asked.Question.Reason is null || ReturnFacts.ReasonKey(r.Reason) == asked.Question.Reason));
}
