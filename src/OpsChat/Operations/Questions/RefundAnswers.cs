using System.Globalization;
using OpsChat.Operations.History;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about money that went back: by the shop's files and by approvals, each refund once.</summary>
internal sealed class RefundAnswers(AskedOfShop asked)
{
    public OwnerAnswer Refunds() => asked.Question.IsAboutApprovals ? Approved() : All();

    /// <summary>Only what was approved here, whether or not a file tells of it.</summary>
    private OwnerAnswer Approved()
    {
        var refunds = asked.Records.Refunds.Where(r => r.At <= asked.Shop.Now && asked.IsAboutOrder(r.Order))
            .Select(r => (Day: asked.Shop.Calendar.Day(r.At), Refund: r)).Where(r => IsOfPeriod(r.Day))
            .Select(r => new KnownRefund(r.Day, r.Refund.Amount, r.Refund.Order, RefundBook.Approvals)).ToList();
        return Answer(refunds, $"{refunds.Count} refunds{asked.Of} were approved{Together(refunds)}: {asked.Period.Words}.", [RefundBook.Approvals]);
    }

    private OwnerAnswer All()
    {
        var known = RefundBook.Of(asked.Shop, asked.Records.Refunds);
        var all = (asked.HasArticles ? OfArticles(known) : known.Where(r => asked.IsAboutOrder(r.Order))).ToList();
        var refunds = all.Where(r => r.Day is { } day && IsOfPeriod(day)).ToList();
        var undated = all.Where(r => r.Day is null).ToList();
        var from = refunds.GroupBy(r => r.Source, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}").ToList();
        return Answer(
            refunds,
            $"{refunds.Count} refunds{asked.Of}{Together(refunds)}{(from.Count > 0 ? $" ({string.Join(", ", from)})" : "")}: {asked.Period.Words}."
                + (undated.Count > 0 ? $" Of {undated.Count} more{Together(undated)} no file says when." : ""),
            [.. Sources()]);
    }

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

    private static OwnerAnswer Answer(List<KnownRefund> refunds, string title, string[] sources) => Table(title, ["", "amount", "day", "from"],
        refunds.OrderByDescending(r => r.Day).ThenBy(r => r.Order, StringComparer.Ordinal).Select(r => new[]
        {
            r.Order ?? "–", r.Amount?.ToString() ?? "not known",
            r.Day?.ToString("d MMM yyyy", CultureInfo.InvariantCulture) ?? "not known", r.Source,
        }), sources) with { Figure = refunds.Count };

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
