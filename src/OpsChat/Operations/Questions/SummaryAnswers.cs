using OpsChat.Operations.History;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>How the shop did on some days, beside those before: what came in, what went back, and what sold most.</summary>
internal sealed class SummaryAnswers(AskedOfShop asked)
{
    public OwnerAnswer Summary()
    {
        if (!asked.Shop.Has(FeedKind.Orders))
        {
            return Lacks(QuestionTopic.Summary, "No file tells of orders.");
        }

        if (asked.Period.IsAhead)
        {
            return Lacks(QuestionTopic.Summary, "Those days have not come yet.");
        }

        var period = asked.Period;
        var (from, to) = period.Before();
        var (now, before) = (new Days(asked, period.From, period.To), new Days(asked, from, to));
        var change = (now.Sales.Revenue.Minor, before.Sales.Revenue.Minor) switch
        {
            (_, 0) => "nothing before",
            var (a, b) when a == b => "as much as before",
            var (a, b) => $"{Math.Abs(a - b) * 100.0 / b:0} % {(a > b ? "more" : "less")} than before",
        };
        return Table(
            $"{Plural.Of(now.Sales.Orders, "order")}, {now.Sales.Revenue}{now.Sales.Besides}{now.OfWhich}, {change}: {period.Words} beside "
                + $"{from:d MMM} to {to:d MMM}.",
            ["", "", "before"], now.Rows.Zip(before.Rows, (a, b) => new[] { a.What, a.Shown, b.Shown }), [.. Sources]) with
        {
            Figure = now.Sales.Orders,
        };
    }

    private IEnumerable<string> Sources => new (FeedKind Kind, string Source)[]
        {
            (FeedKind.Orders, "orders"), (FeedKind.Products, "products"), (FeedKind.PurchaseOrders, "purchase orders"),
            (FeedKind.Returns, "returns"), (FeedKind.Payments, "payments"),
        }.Where(s => asked.Shop.Has(s.Kind)).Select(s => s.Source).Append(RefundBook.Approvals);

    /// <summary>What is counted of some days.</summary>
    private sealed class Days(AskedOfShop asked, DateOnly from, DateOnly to)
    {
        /// <summary>All that were placed, by whether they were cancelled.</summary>
        private readonly ILookup<bool, OrderRow> _orders = asked.Shop.OrdersSince(asked.Shop.Calendar.Start(from))
            .Where(o => asked.Shop.Calendar.Day(o.PlacedAt) <= to).ToLookup(o => o.CancelledAt <= asked.Shop.Now);

        public SalesSums Sales => SalesSums.Of("", _orders[false], asked.Shop);

        public string OfWhich => asked.OfWhich([.. _orders[false]]);

        public IEnumerable<(string What, string Shown)> Rows
        {
            get
            {
                var (sales, known) = (Sales, RefundBook.Of(asked.Shop, asked.Records.Refunds));
                var refunds = known.Where(r => r.IsPaid && r.Day >= from && r.Day <= to).ToList();
                yield return ("orders", Whole(sales.Orders));
                yield return ("revenue", sales.Revenue.ToString());
                yield return ("left after the articles' cost", sales.Row[^1]);
                yield return ("pieces", Whole(sales.Pieces));
                yield return ("cancelled", Whole(_orders[true].Count()));
                yield return ("returns", Whole(Returns));
                yield return ("refunds on these days", RefundBook.AreTold(known, asked.Shop)
                    ? RefundAnswers.CountAndSum(refunds, asked.Shop) : "not known");
                yield return ("sold most", MostSold);
            }
        }

        private int Returns =>
            asked.Shop.ReturnsSince(asked.Shop.Calendar.Start(from)).Count(r => asked.Shop.Calendar.Day(r.RequestedAt) <= to);

        private string MostSold => _orders[false].SelectMany(o => o.Lines).GroupBy(l => l.Sku, StringComparer.Ordinal)
            .Select(g => (Sku: g.Key, Pieces: g.Sum(l => l.Quantity)))
            .OrderByDescending(s => s.Pieces).ThenBy(s => s.Sku, StringComparer.Ordinal).FirstOrDefault() is { Pieces: > 0 } most
            ? $"{asked.Shop.NameOf(most.Sku)}, {most.Pieces} pieces"
            : "nothing";
    }
}
