using System.Globalization;
using OpsChat.Operations.History;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about money that went back: by the shop's files and by approvals, each refund once.</summary>
internal sealed class RefundAnswers(AskedOfShop asked)
{
    public OwnerAnswer Refunds() => asked.Question.IsAboutApprovals && !Array.Exists(s_open, asked.Question.Asks) ? Approved() : All();

    private static readonly string[] s_open = ["not paid", "unpaid", "not been paid", "still to pay", "to be paid", "owe"];

    /// <summary>Only what was approved here, whether or not a file tells of it.</summary>
    private OwnerAnswer Approved()
    {
        var refunds = asked.Records.Refunds.Where(r => r.At <= asked.Shop.Now && asked.IsAboutOrder(r.Order))
            .Select(r => (Day: asked.Shop.Calendar.Day(r.At), Refund: r)).Where(r => IsOfPeriod(r.Day))
            .Where(r => !asked.IsAmountOfRefunds || (r.Refund.Amount is { } amount && asked.Question.Amount!.Admits(amount)))
            .Select(r => new KnownRefund(r.Day, r.Refund.Amount, r.Refund.Order, RefundBook.Approvals) { By = r.Refund.By }).ToList();
        return Answer(refunds, $"{Plural.Of(refunds.Count, "refund")}{asked.Of} {Verb(refunds.Count, "was", "were")} approved"
            + $"{Together(refunds)}{ByWhom(refunds)}: {asked.Period.Words}.", [RefundBook.Approvals]);
    }

    /// <summary>Who approved them, and how many, where it asks for that.</summary>
    private string ByWhom(List<KnownRefund> refunds) => !asked.Question.Asks("who ") && !asked.Question.Asks("whom") || refunds.Count == 0 ? ""
        : $", by {And(refunds.GroupBy(r => r.By ?? "somebody who is not known", StringComparer.Ordinal).OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} ({g.Count()})"))}";

    private OwnerAnswer All()
    {
        var known = RefundBook.Of(asked.Shop, asked.Records.Refunds);
        if (known.Count == 0 && !RefundBook.AreTold(known, asked.Shop))
        {
            return Lacks(QuestionTopic.Refunds, "No file tells of a refund, and none was approved here.");
        }

        var all = (asked.HasArticles ? OfArticles(known) : known.Where(r => asked.IsAboutOrder(r.Order))).ToList();
        all = !asked.IsAmountOfRefunds ? all
            : all.FindAll(r => r.Amount is { } amount && asked.Question.Amount!.Admits(amount));
        var (refunds, promised) = (all.Where(r => r.IsPaid && r.Day is { } day && IsOfPeriod(day)).ToList(),
            all.Where(r => !r.IsPaid && r.Day is { } day && IsOfPeriod(day)).ToList());
        if (Array.Exists(s_largest, asked.Question.Asks) && Array.Exists(s_articles, asked.Question.Asks))
        {
            return ByArticle(refunds);
        }

        if (asked.AsksForCustomers)
        {
            return ByCustomer(refunds);
        }

        var undated = all.Where(r => r.Day is null).ToList();
        var from = refunds.GroupBy(r => r.Source, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}").ToList();
        return Answer(
            refunds,
            $"{Plural.Of(refunds.Count, "refund")}{asked.Of}{Together(refunds)}{(from.Count > 0 ? $" ({string.Join(", ", from)})" : "")}: "
                + $"{asked.Period.Words}, by the day of the refund."
                + (promised.Count > 0 ? $" {Amounts(promised, asked.Shop)} more approved, not paid yet ({promised.Count})." : "")
                + (undated.Count > 0 ? $" Of {undated.Count} more{Together(undated)} no file says when." : ""),
            [.. Sources()],
            promised);
    }

    /// <summary>To whom money went back, who got most first.</summary>
    private OwnerAnswer ByCustomer(List<KnownRefund> refunds)
    {
        var customers = refunds.GroupBy(r => asked.OrderOf(r.Order)?.Customer, StringComparer.Ordinal)
            .Select(g => (g.Key, Name: asked.Customers.Of(g.Key), Refunds: g.ToList(), Sum: SumOf(g)))
            .OrderBy(c => c.Key is null).ThenByDescending(c => c.Sum.Minor).ThenBy(c => c.Name, StringComparer.Ordinal).ToList();
        var known = customers.FindAll(c => c.Key is not null);
        var first = known.FindAll(c => c.Sum == known[0].Sum);
        var most = known.Count == 0 ? refunds.Count == 0 ? "No customer was refunded" : "No order says whose the refunds are"
            : $"{Plural.Of(known.Count, "customer")} {Verb(known.Count, "was", "were")} refunded; {And(first.Select(c => c.Name))} most, "
                + $"{first[0].Sum}{(first.Count > 1 ? " each" : "")} of {Amounts(refunds, asked.Shop)}";
        return new(true, $"{most}{asked.Of}: {asked.Period.Words}.", ["", "refunds", "amount"],
            Cut(customers, c => new[] { c.Name, Whole(c.Refunds.Count), Amounts(c.Refunds, asked.Shop) },
                rest => [Whole(rest.Sum(c => c.Refunds.Count)), Amounts([.. rest.SelectMany(c => c.Refunds)], asked.Shop)]), [.. Sources()], [])
        {
            Figure = CustomerWords.AreCounted(asked.Question.English) ? known.Count : known.Count == 0 ? 0 : (double)known[0].Sum.Major,
            NamesCustomer = asked.Customers.HaveNames,
        };
    }

    private Money SumOf(IEnumerable<KnownRefund> refunds) => new(
        refunds.Where(r => r.Amount?.Currency == asked.Shop.Currency).Sum(r => r.Amount!.Value.Minor), asked.Shop.Currency);

    private static readonly string[] s_articles = ["product", "article", "item"];

    /// <summary>What went back for each article: by the lines of returns, else the whole of an order of one article. What is of several, and no
    /// return tells apart, stands in a row of its own.</summary>
    private OwnerAnswer ByArticle(List<KnownRefund> refunds)
    {
        var returns = asked.Shop.ReturnsSince(DateTimeOffset.MinValue).Where(r => r.RefundedAt <= asked.Shop.Now && r.Amount is not null)
            .ToLookup(r => OrderNumber.Key(r.Order), StringComparer.Ordinal);
        IEnumerable<(string Name, Money Amount)> Parts(KnownRefund refund) =>
            refund is not { Amount: { } amount, Order: { } order } ? []
            : asked.OrderOf(order)?.Lines.Select(l => l.Sku).Distinct(StringComparer.Ordinal).ToList() is [var only] ? [(only, amount)]
            : returns[OrderNumber.Key(order)].Where(r => r.Sku is not null).Select(r => (r.Sku!, r.Amount!.Value)).ToList() is { Count: > 0 } lines
                && lines.Sum(l => l.Item2.Minor) == amount.Minor ? lines
            : [(Several, amount)];
        var articles = refunds.SelectMany(Parts).Where(p => p.Amount.Currency == asked.Shop.Currency).GroupBy(p => p.Name, StringComparer.Ordinal)
            .Select(g => (Name: g.Key, Count: g.Count(), Sum: new Money(g.Sum(p => p.Amount.Minor), asked.Shop.Currency)))
            .OrderBy(a => a.Name == Several).ThenByDescending(a => a.Sum.Minor).ThenBy(a => a.Name, StringComparer.Ordinal).ToList();
        var first = articles is [{ Name: not Several } most, ..]
            ? $"{asked.Shop.NameOf(most.Name)} was refunded most, {most.Sum}, of {Amounts(refunds, asked.Shop)}: {asked.Period.Words}."
            : $"No refund is known to be of one article: {asked.Period.Words}.";
        return new(true, first, ["", "refunds", "amount"],
            Cut(articles, a => new[] { a.Name, $"{a.Count}", a.Sum.ToString() },
                rest => [$"{rest.Sum(a => a.Count)}", new Money(rest.Sum(a => a.Sum.Minor), asked.Shop.Currency).ToString()]), [.. Sources()], [])
        {
            Figure = articles is [{ Name: not Several } one, ..] ? (double)one.Sum.Major : null,
        };
    }

    private const string Several = "orders of several articles";

    /// <summary>Of some articles: what went back for their lines, and for orders of nothing else.</summary>
    private IEnumerable<KnownRefund> OfArticles(IReadOnlyList<KnownRefund> known)
    {
        var whole = known.Where(r => asked.IsAboutOrder(r.Order) && asked.OrderOf(r.Order)?.Lines.All(l => asked.IsAbout(l.Sku)) == true).ToList();
        var covered = whole.Select(r => OrderNumber.Key(r.Order!)).ToHashSet(StringComparer.Ordinal);
        return whole.Concat(asked.Shop.ReturnsSince(DateTimeOffset.MinValue)
            .Where(r => r.RefundedAt <= asked.Shop.Now && asked.IsAbout(r.Sku) && asked.IsAboutOrder(r.Order)
                && !covered.Contains(OrderNumber.Key(r.Order)))
            .Select(r => new KnownRefund(asked.Shop.Calendar.Day(r.RefundedAt!.Value), r.Amount, r.Order, RefundBook.Returns)));
    }

    /// <summary>All that was looked at.</summary>
    private IEnumerable<string> Sources() => new (FeedKind Kind, string Source)[]
        {
            (FeedKind.Orders, RefundBook.Orders), (FeedKind.Payments, RefundBook.Payments), (FeedKind.Returns, RefundBook.Returns),
        }.Where(s => asked.Shop.Has(s.Kind)).Select(s => s.Source).Append(RefundBook.Approvals);

    /// <param name="promised">Approved and not paid yet: shown, and in no sum.</param>
    private OwnerAnswer Answer(List<KnownRefund> refunds, string title, string[] sources, IReadOnlyList<KnownRefund>? promised = null)
    {
        var paid = Array.Exists(s_largest, asked.Question.Asks)
            ? refunds.OrderByDescending(r => r.Amount?.Minor).ThenByDescending(r => r.Day)
            : refunds.OrderByDescending(r => r.Day).ThenBy(r => r.Order, StringComparer.Ordinal);
        var largest = Array.Exists(s_largest, asked.Question.Asks) && paid.FirstOrDefault() is { Amount: { } amount } first
            ? $" The largest is {amount}{(first.Order is { } order ? $" of order {order}" : "")}." : "";
        return new(true, title + largest, ["", "amount", "day", "from"],
            Cut([.. paid, .. promised ?? []], Row, rest => [Amounts([.. rest.Where(r => r.IsPaid)], asked.Shop)]), sources, [])
        {
            Figure = refunds.Count,
        };
    }

    private static readonly string[] s_largest = ["most", "biggest", "largest", "highest"];

    private static string[] Row(KnownRefund refund) =>
    [
        refund.Order ?? "–", refund.Amount?.ToString() ?? "not known",
        refund.Day?.ToString("d MMM yyyy", CultureInfo.InvariantCulture) ?? "not known", FromOf(refund),
    ];

    private static string FromOf(KnownRefund refund) => !refund.IsPaid ? "approved, not paid yet"
        : refund.By is { } by ? $"approved by {by}"
        : refund.Source;

    /// <summary>How many, and what they come to: <c>3, MYR 120.00</c>.</summary>
    public static string CountAndSum(List<KnownRefund> refunds, ShopMoment shop) => $"{refunds.Count}, {Amounts(refunds, shop)}";

    private string Together(List<KnownRefund> refunds)
    {
        var unknown = refunds.Count(r => r.Amount is null);
        return (refunds.Count == unknown && unknown > 0 ? "" : $", {Amounts(refunds, asked.Shop)} together")
            + (unknown > 0 ? $" and {unknown} without a known amount" : "");
    }

    private static string Amounts(List<KnownRefund> refunds, ShopMoment shop)
    {
        var sums = refunds.Where(r => r.Amount is not null).GroupBy(r => r.Amount!.Value.Currency, StringComparer.Ordinal)
            .Select(g => new Money(g.Sum(r => r.Amount!.Value.Minor), g.Key)).ToList();
        return string.Join(" and ", sums.Count == 0 ? [new Money(0, shop.Currency)] : sums);
    }

    private bool IsOfPeriod(DateOnly day) => day >= asked.Period.From && day <= asked.Period.To;
}
