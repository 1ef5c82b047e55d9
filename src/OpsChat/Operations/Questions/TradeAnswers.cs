using OpsChat.Operations.History;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about what is sold and at what price, subscriptions, and advertising.</summary>
internal sealed class TradeAnswers(AskedOfShop asked)
{
    /// <summary>Pieces and what was taken for them, by article. What orders came to beyond their articles, such as shipping, has a row of its own:
    /// rows and total agree.</summary>
    public OwnerAnswer Sold()
    {
        var (sums, articles) = (asked.SumsOf("", Kept), SoldByArticle);
        var besides = sums.Revenue with { Minor = sums.Revenue.Minor - articles.Sum(a => a.Revenue.Minor) };
        var rows = asked.Question.IsAboutMoney ? articles.OrderByDescending(a => a.Revenue.Minor).ToList() : articles;
        var kept = Kept.ToList();
        var title = asked.Question.IsAboutMoney
            ? $"{sums.Revenue}{sums.Besides} was ordered{asked.Of}{asked.OfWhich(kept)}, for {Plural.Of(sums.Pieces, "piece")} in "
                + $"{Plural.Of(sums.Orders, "order")}: {asked.Period.Words}.{AfterRefunds(sums.Revenue, kept)}"
            : $"{Plural.Of(sums.Pieces, "piece")}{asked.Of} {(sums.Pieces == 1 ? "was" : "were")} sold, {sums.Revenue}{sums.Besides}: "
                + $"{asked.Period.Words}.";
        return new(true, title, s_sold,
            [
                .. Cut(rows, Row, RestOf),
                .. besides.Minor == 0 ? Array.Empty<string[]>() : [["shipping and whatever else orders came to", "", besides.ToString()]],
            ], ["orders"], [])
        {
            Figure = !asked.Question.IsAboutMoney ? sums.Pieces : Net(sums.Revenue, kept, (double)sums.Revenue.Major),
        };
    }

    /// <summary>What is left of a sum after refunds, null where nobody knows; the usual figure where that is not asked.</summary>
    private double? Net(Money ordered, List<OrderRow> orders, double usual) => !IsNetOf(ordered) ? usual
        : asked.RefundedOf(orders) is { } refunded ? (double)(ordered with { Minor = ordered.Minor - refunded.Minor }).Major : null;

    /// <summary>The same in words; empty where that is not asked.</summary>
    private string AfterRefunds(Money ordered, List<OrderRow> orders) =>
        IsNetOf(ordered) ? $" {AskedOfShop.AfterRefunds(asked.RefundedOf(orders), ordered)}" : "";

    private bool IsNetOf(Money ordered) => asked.Question.IsAfterRefunds && ordered.Currency == asked.Shop.Currency;

    public OwnerAnswer BestSellers()
    {
        var sold = SoldByArticle;
        return new(true,
            sold.Count == 0 ? $"Nothing was sold: {asked.Period.Words}."
                : $"{And(sold.TakeWhile(s => s.Pieces == sold[0].Pieces).Select(s => asked.Shop.NameOf(s.Name)))} sold most: {asked.Period.Words}.",
            s_sold, Cut(sold, Row, RestOf), ["orders"], [])
        {
            Figure = sold.Count == 0 ? 0 : sold[0].Pieces,
        };
    }

    private static readonly string[] s_sold = ["", "pieces", "revenue"];

    private static string[] Row(SalesSums article) => [article.Name, Whole(article.Pieces), article.Revenue.ToString()];

    private string[] RestOf(IReadOnlyList<SalesSums> articles) =>
        [Whole(articles.Sum(a => a.Pieces)), new Money(articles.Sum(a => a.Revenue.Minor), asked.Shop.Currency).ToString()];

    private IEnumerable<OrderRow> Kept => asked.OrdersOfPeriod.Where(o => !(o.CancelledAt <= asked.Shop.Now));

    /// <summary>Articles of which pieces were sold, most pieces first.</summary>
    private List<SalesSums> SoldByArticle =>
    [
        .. Kept.SelectMany(o => o.Lines.Where(l => asked.IsAbout(l.Sku)).Select(l => (Order: o, Line: l)))
            .GroupBy(l => l.Line.Sku, StringComparer.Ordinal).Select(g => SalesSums.OfLines(g.Key, g, asked.Shop)).Where(a => a.Pieces > 0)
            .OrderByDescending(a => a.Pieces).ThenBy(a => a.Name, StringComparer.Ordinal),
    ];

    /// <summary>Orders that stand, and beside them those that were cancelled. Of some articles only their lines are summed.</summary>
    public OwnerAnswer Orders()
    {
        var orders = asked.OrdersOfPeriod.ToLookup(o => o.CancelledAt <= asked.Shop.Now);
        var kept = orders[false].ToList();
        var sums = kept.SelectMany(o => AmountsOf(o)).GroupBy(a => a.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new Money(g.Sum(a => a.Minor), g.Key)).ToList();
        var mean = kept.Where(o => o.Total.Currency == asked.Shop.Currency).Select(o => o.Total.Minor).DefaultIfEmpty(0).Average();
        if (asked.Question.Amount is not null)
        {
            return Listed(kept, sums);
        }

        var ordered = sums.Count == 0 ? "" : $", {string.Join(" and ", sums)}{asked.OfWhich(kept)}";
        var own = sums.Find(s => s.Currency == asked.Shop.Currency);
        return Table(
            asked.Question.IsAboutMoney && sums.Count > 0
                ? $"{string.Join(" and ", sums)} was ordered{asked.Of}{asked.OfWhich(kept)}, in {Plural.Of(kept.Count, "order")}: "
                    + $"{asked.Period.Words}.{AfterRefunds(own, kept)}"
                : $"{Plural.Of(kept.Count, "order")}{asked.Of}{ordered}: {asked.Period.Words}.{AfterRefunds(own, kept)}", ["", ""],
            [
                ["orders", Whole(kept.Count)],
                .. sums.Select(s => new[] { asked.HasArticles ? "revenue of these articles" : "revenue", s.ToString() }),
                .. asked.UnpaidOf(kept) is { Minor: > 0 } unpaid ? new[] { new[] { "not paid yet of it", unpaid.ToString() } } : [],
                .. asked.RefundedOf(kept) is { Minor: > 0 } refunded ? new[] { new[] { "refunded of it", refunded.ToString() } } : [],
                ["mean order", new Money((long)Math.Round(mean), asked.Shop.Currency).ToString()],
                ["cancelled beside them", Whole(orders[true].Count())],
            ], "orders") with { Figure = Net(own, kept, kept.Count) };
    }

    /// <summary>Orders that come to some amount are few: each is shown, the biggest first.</summary>
    private OwnerAnswer Listed(List<OrderRow> orders, List<Money> sums) => new(
        true, $"{Plural.Of(orders.Count, "order")}{asked.Of}{(sums.Count > 0 ? $", {string.Join(" and ", sums)}" : "")}: {asked.Period.Words}.",
        ["", "total", "placed", "state"],
        Cut([.. orders.OrderByDescending(o => o.Total.Minor).ThenBy(o => o.PlacedAt)], o => new[]
        {
            o.Number, o.Total.ToString(), $"{asked.Shop.Calendar.Day(o.PlacedAt):d MMM yyyy}", OrderAnswers.StateOf(o, asked.Shop),
        }, rest => [new Money(rest.Sum(o => o.Total.Minor), asked.Shop.Currency).ToString()]), ["orders"], [])
    {
        Figure = orders.Count,
    };

    private IEnumerable<Money> AmountsOf(OrderRow order) => !asked.HasArticles ? [order.Total]
        : order.Lines.Where(l => asked.IsAbout(l.Sku)).Select(l => new Money(
            (l.Price ?? (order.Total.Currency == asked.Shop.Currency ? asked.Shop.Product(l.Sku)?.Price?.Minor : null) ?? 0) * l.Quantity,
            order.Total.Currency));

    public OwnerAnswer Prices()
    {
        var known = asked.Skus.Select(sku => (Sku: sku, asked.Shop.Product(sku)?.Price, Cost: asked.Shop.CostOf(sku)))
            .Where(p => p.Price is { } price && asked.Question.Amount?.Admits(price) != false)
            .Select(p => (p.Sku, Price: p.Price!.Value, p.Cost,
                Margin: p.Cost?.Currency == p.Price.Value.Currency ? p.Price.Value with { Minor = p.Price.Value.Minor - p.Cost!.Value.Minor }
                    : (Money?)null)).ToList();
        if (known.Count == 0)
        {
            return asked.Question.Amount is not null && asked.Skus.Count(sku => asked.Shop.Product(sku)?.Price is not null) is > 0 and var count
                ? Table($"None of {Plural.Of(count, "article")} whose price is known has such a price.", [], [], "products")
                : Lacks(QuestionTopic.Price, $"No price{asked.Of} is known.");
        }

        if (asked.Question.Asks("los"))
        {
            var lost = known.FindAll(k => k.Margin is { Minor: < 0 });
            return Table($"{Plural.Of(lost.Count, "article")}{asked.Of} {Verb(lost.Count, "costs", "cost")} more than "
                + $"{Verb(lost.Count, "it sells", "they sell")} for; what {known.Count(k => k.Margin is null)} of {known.Count} cost is not known. "
                + "Advertising, refunds and fees are not counted.", ["", "price", "cost", "leaves"],
                lost.OrderBy(k => k.Margin!.Value.Minor).Select(k => new[] { k.Sku, k.Price.ToString(), k.Cost!.ToString()!, k.Margin!.ToString()! }),
                asked.Shop.Has(FeedKind.PurchaseOrders) ? ["products", "purchase orders"] : ["products"]) with { Figure = lost.Count };
        }

        var one = asked.Question.Skus.Count == 1 ? known[0].Margin : null;
        return Table(
            one is { } left ? $"One {asked.Shop.NameOf(known[0].Sku)} leaves {left} over its cost." : "Prices, costs and what a piece leaves.",
            ["", "price", "cost", "leaves", "of the price"],
            known.OrderByDescending(k => k.Margin?.Minor ?? long.MinValue).Select(k => new[]
            {
                k.Sku, k.Price.ToString(), k.Cost?.ToString() ?? "not known", k.Margin?.ToString() ?? "not known",
                k.Margin is { } left && k.Price.Minor > 0 ? $"{100.0 * left.Minor / k.Price.Minor:0} %" : "not known",
            }),
            asked.Shop.Has(FeedKind.PurchaseOrders) ? ["products", "purchase orders"] : ["products"]) with { Figure = (double?)one?.Major };
    }

    public OwnerAnswer Subscriptions()
    {
        var failed = asked.Shop.ChargesSince(asked.Shop.Calendar.Start(asked.Period.From)).Where(c => c.HasFailed == true
            && asked.Shop.Calendar.Day(c.ChargeAt) <= asked.Period.To).ToList();
        return !asked.Shop.Has(FeedKind.Subscriptions) ? Lacks(QuestionTopic.Subscriptions, "No file says how subscriptions were charged.") : Table(
            $"{Plural.Of(failed.Count, "charge")} failed: {asked.Period.Words}.", ["", "", ""],
                failed.OrderByDescending(c => c.ChargeAt).Select(c =>
                new[] { c.Subscription, $"{asked.Shop.Calendar.Day(c.ChargeAt):d MMM}", c.Amount?.ToString() ?? "" }), "subscriptions")
            with { Figure = failed.Count };
    }

    public OwnerAnswer AdSpent()
    {
        if (FirstAd > asked.Period.To)
        {
            return Lacks(QuestionTopic.AdSpend, $"Nothing is known of {asked.Period.Words}: the file of ads begins on {FirstAd:d MMM yyyy}.");
        }

        // Days without any row may be days without ads or days that nobody exported: nothing was spent is not said of them.
        var known = asked.Shop.AdsSince(asked.Period.From).Where(ad => ad.From <= asked.Period.To).ToList();
        if (known.Count == 0 && asked.Shop.Has(FeedKind.Ads))
        {
            if (asked.Period.From == asked.Shop.Today)
            {
                return Lacks(QuestionTopic.AdSpend, "What was spent today is known once the day is over.");
            }

            if (asked.Shop.AdTotals.Any(ad => ad.From <= asked.Period.To && ad.To >= asked.Period.From))
            {
                return Lacks(QuestionTopic.AdSpend, $"Of {asked.Period.Words} the file of ads has only sums of several days, which tell nothing of one.");
            }

            return Lacks(QuestionTopic.AdSpend, $"The file of ads has no row of a day of {asked.Period.Words}, so that what was spent is not known"
                + (FirstAd is { } first ? $"; its rows are of {first:d MMM yyyy} to {LastAd:d MMM yyyy}." : "."));
        }

        var ads = known.Where(ad => ad.Cost.Currency == asked.Shop.Currency
            && asked.IsAbout(ad.Sku) && IsOfGroup(ad.AdGroup, ad.Campaign)).ToList();
        if (AdReach.IsAsked(asked.Question))
        {
            return AdReach.Of(ads, asked);
        }

        Money Sum(IEnumerable<AdSpend> some) => new(some.Sum(ad => ad.Cost.Minor), asked.Shop.Currency);
        var isByCampaign = asked.Question.Asks("by campaign") || asked.Question.Asks("per campaign") || asked.Question.Asks("which campaign");
        var uncounted = ads.FindAll(ad => ad.Conversions is null);
        var sales = SalesOf(ads) is not { } count ? "how many sales came of it is not counted"
            : $"{count:0.#} sales{(MinorOfSale(ads) is null ? "" : $", {SaleOf(ads)} each")}";
        var without = uncounted.Count == 0 || uncounted.Count == ads.Count ? "" : $" {Sum(uncounted)} of it was spent where no sales are counted.";
        string SaleOf(IEnumerable<AdSpend> some) => MinorOfSale(some) is { } minor
            ? new Money((long)Math.Round(minor), asked.Shop.Currency).ToString() : SalesOf(some) is null ? "not counted" : "no sale";
        string CountOf(IEnumerable<AdSpend> some) => SalesOf(some) is { } number ? Number(number) : "not counted";
        var cheapest = !asked.Question.Asks("best") && !asked.Question.Asks("lowest") && !asked.Question.Asks("cheapest") ? null
            : ads.GroupBy(ad => ad.AdGroup ?? ad.Campaign, StringComparer.Ordinal).Where(g => MinorOfSale(g) is not null) .MinBy(g => MinorOfSale(g));
        var best = cheapest is null || !asked.Question.Asks("cost per") ? "" : $"A sale costs least with {cheapest.Key}, {SaleOf(cheapest)}. ";
        // What an ad brought in is in no file, only how many sales it is said to have brought.
        var broughtIn = AsksForReturn ? "What these sales brought in is not known, since the file of ads does not tell it. " : "";
        return !asked.Shop.Has(FeedKind.Ads) ? Lacks(QuestionTopic.AdSpend, "No file says what advertising costs.") : new(
            true,
            $"{best}{broughtIn}{Sum(ads)} was spent on advertising{asked.Of}, {sales}: {asked.Period.Words}.{without}",
            ["", "spent", "sales", "a sale costs"],
            Cut([.. ads.GroupBy(ad => isByCampaign ? ad.Campaign ?? "no campaign" : ad.AdGroup ?? ad.Campaign, StringComparer.Ordinal)
                .OrderByDescending(g => g.Sum(ad => ad.Cost.Minor))],
                g => new[] { g.Key, Sum(g).ToString(), CountOf(g), SaleOf(g) },
                rest => [Sum(rest.SelectMany(g => g)).ToString(), CountOf(rest.SelectMany(g => g))]), ["ads"], [])
            {
                Figure = AsksForReturn ? null
                    : asked.Question.Asks("cost per") || asked.Question.Asks("cpa") ? MinorOfSale(ads) / Money.FromMajor(1, asked.Shop.Currency).Minor
                    : (double)Sum(ads).Major,
            };
    }

    /// <summary>Null where none are counted, which is not the same as none.</summary>
    private static double? SalesOf(IEnumerable<AdSpend> ads) => ads.Any() && ads.All(ad => ad.Conversions is null) ? null
        : ads.Sum(ad => ad.Conversions ?? 0);

    /// <summary>By what was spent where sales are counted; null where none came or none are counted.</summary>
    private static double? MinorOfSale(IEnumerable<AdSpend> ads) => SalesOf(ads) is > 0 and var sales
        ? ads.Where(ad => ad.Conversions is not null).Sum(ad => ad.Cost.Minor) / sales : null;

    private DateOnly? LastAd => asked.Shop.AdsSince(DateOnly.MinValue).Select(ad => (DateOnly?)ad.To).Max();

    private DateOnly? FirstAd => asked.Shop.AdsSince(DateOnly.MinValue).Select(ad => (DateOnly?)ad.From).Min();

    private bool AsksForReturn => Array.Exists(s_return, asked.Question.Asks);

    private static readonly string[] s_return = ["roas", "roi ", "return on", "bring", "brought", "revenue", "generat"];

    private bool IsOfGroup(string? group, string? campaign) =>
        asked.Question.Scope.AdGroup is not { } named || group == named || campaign == named;
}
