using OpsChat.Operations.Ads;
using OpsChat.Operations.History;
using OpsChat.Text;
using System.Globalization;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about what is sold and at what price, subscriptions, and advertising.</summary>
internal sealed class TradeAnswers(AskedOfShop asked)
{
    public OwnerAnswer Sold()
    {
        var sold = asked.Skus.Select(sku => (Sku: sku, Pieces: asked.PiecesSold(sku))).Where(s =>
            s.Pieces > 0).OrderByDescending(s => s.Pieces).ThenBy(s => s.Sku, StringComparer.Ordinal).ToList();
        return Table($"{sold.Sum(s => s.Pieces)} pieces{asked.Of} were sold: {asked.Period.Words}.", ["", "pieces"],
            sold.Select(s => new[] { s.Sku, Whole(s.Pieces) }), "orders") with { Figure = sold.Sum(s => s.Pieces) };
    }

    public OwnerAnswer BestSellers()
    {
        var sold = asked.Skus.Select(sku => (Sku: sku, Pieces: asked.PiecesSold(sku))).Where(s =>
            s.Pieces > 0).OrderByDescending(s => s.Pieces).ThenBy(s => s.Sku, StringComparer.Ordinal).Take(10).ToList();
        return Table(
            sold.Count == 0 ? $"Nothing was sold: {asked.Period.Words}."
                : $"{asked.Shop.NameOf(sold[0].Sku)} sold most: {asked.Period.Words}.", ["", "pieces"],
                sold.Select(s => new[] { s.Sku, Whole(s.Pieces) }), "orders") with { Figure = sold.Count == 0 ? 0 : sold[0].Pieces };
    }

    /// <summary>Orders that stand, and beside them those that were cancelled. Of some articles only their lines are summed.</summary>
    public OwnerAnswer Orders()
    {
        var orders = asked.OrdersOfPeriod.ToLookup(o => o.CancelledAt <= asked.Shop.Now);
        var kept = orders[false].ToList();
        var sums = kept.SelectMany(o => AmountsOf(o)).GroupBy(a => a.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new Money(g.Sum(a => a.Minor), g.Key)).ToList();
        var mean = kept.Where(o => o.Total.Currency == asked.Shop.Currency).Select(o => o.Total.Minor).DefaultIfEmpty(0).Average();
        var taken = sums.Count == 0 ? "" : $", {string.Join(" and ", sums)}";
        return Table(
            $"{kept.Count} orders{asked.Of}{taken}: {asked.Period.Words}.", ["", ""],
            [
                ["orders", Whole(kept.Count)],
                .. sums.Select(s => new[] { asked.HasArticles ? "revenue of these articles" : "revenue", s.ToString() }),
                ["mean order", new Money((long)Math.Round(mean), asked.Shop.Currency).ToString()],
                ["cancelled beside them", Whole(orders[true].Count())],
            ], "orders") with { Figure = kept.Count };
    }

    private IEnumerable<Money> AmountsOf(OrderRow order) => !asked.HasArticles ? [order.Total]
        : order.Lines.Where(l => asked.IsAbout(l.Sku)).Select(l => new Money(
            (l.Price ?? (order.Total.Currency == asked.Shop.Currency ? asked.Shop.Product(l.Sku)?.Price?.Minor : null) ?? 0) * l.Quantity,
            order.Total.Currency));

    public OwnerAnswer Prices()
    {
        var known = asked.Skus.Select(sku => (Sku: sku, asked.Shop.Product(sku)?.Price, Cost: asked.Shop.CostOf(sku))).Where(p => p.Price is not null)
            .Select(p => (p.Sku, Price: p.Price!.Value, p.Cost,
                Margin: p.Cost?.Currency == p.Price.Value.Currency ? p.Price.Value with { Minor = p.Price.Value.Minor - p.Cost!.Value.Minor }
                    : (Money?)null)).ToList();
        if (known.Count == 0)
        {
            return Lacks(QuestionTopic.Price, $"No price{asked.Of} is known.");
        }

        var one = asked.Question.Skus.Count == 1 ? known[0].Margin : null;
        return Table(
            one is { } left ? $"One {asked.Shop.NameOf(known[0].Sku)} leaves {left} over its cost." : "Prices, costs and what a piece leaves.",
            ["", "price", "cost", "leaves"],
            known.OrderByDescending(k => k.Margin?.Minor ?? long.MinValue).Select(k =>
                new[] { k.Sku, k.Price.ToString(), k.Cost?.ToString() ?? "not known", k.Margin?.ToString() ?? "not known" }),
            asked.Shop.Has(FeedKind.PurchaseOrders) ? ["products", "purchase orders"] : ["products"]) with { Figure = (double?)one?.Major };
    }

    public OwnerAnswer Subscriptions()
    {
        var failed = asked.Shop.ChargesSince(asked.Shop.Calendar.Start(asked.Period.From)).Where(c => c.HasFailed == true
            && asked.Shop.Calendar.Day(c.ChargeAt) <= asked.Period.To).ToList();
        return !asked.Shop.Has(FeedKind.Subscriptions) ? Lacks(QuestionTopic.Subscriptions, "No file says how subscriptions were charged.") : Table(
            $"{failed.Count} charges failed: {asked.Period.Words}.", ["", "", ""],
                failed.OrderByDescending(c => c.ChargeAt).Select(c =>
                new[] { c.Subscription, $"{asked.Shop.Calendar.Day(c.ChargeAt):d MMM}", c.Amount?.ToString() ?? "" }), "subscriptions")
            with { Figure = failed.Count };
    }

    public OwnerAnswer AdSpent()
    {
        var ads = asked.Shop.AdsSince(asked.Period.From).Where(ad => ad.From <= asked.Period.To && ad.Cost.Currency == asked.Shop.Currency
            && asked.IsAbout(ad.Sku) && IsOfGroup(ad.AdGroup, ad.Campaign)).ToList();
        Money Sum(IEnumerable<AdSpend> some) => new(some.Sum(ad => ad.Cost.Minor), asked.Shop.Currency);
        return !asked.Shop.Has(FeedKind.Ads) ? Lacks(QuestionTopic.AdSpend, "No file says what advertising costs.") : Table(
            $"{Sum(ads)} was spent on advertising{asked.Of}, {ads.Sum(ad => ad.Conversions ?? 0):0.#} sales: "
                + $"{asked.Period.Words}.", ["", "spent", "sales"],
            ads.GroupBy(ad => ad.AdGroup ?? ad.Campaign, StringComparer.Ordinal).OrderByDescending(g => g.Sum(ad => ad.Cost.Minor)).Select(g =>
                new[] { g.Key, Sum(g).ToString(), Number(g.Sum(ad => ad.Conversions ?? 0)) }), "ads")
            with { Figure = (double)Sum(ads).Major };
    }

    public OwnerAnswer AdsThatLose()
    {
        var groups = AdGroups.Of(asked.Shop, asked.Settings).All
            .Where(g => g.OverLimit is not null && asked.IsAbout(g.Sku) && IsOfGroup(g.Name, g.Campaign))
            .OrderByDescending(g => g.OverLimit).ToList();
        string Shown(double minor) => double.IsInfinity(minor) ? "nothing sold" : new Money((long)Math.Round(minor), asked.Shop.Currency).ToString();
        var over = groups.Count(g => g.OverStrength >= 1);
        return groups.Count == 0 ? Lacks(QuestionTopic.AdWaste, "No ad group has purchases and an article whose price and cost are known.") : Table(
            $"{over} of {groups.Count} ad groups pay more for a sale than it leaves, with nine chances in ten.",
                ["", "a sale costs", "may cost", "chance over"],
            groups.Select(g => new[] { g.Name, Shown(g.CostPerConversion), Shown(Math.Max(0, g.Economics!.Value.Limit)),
                g.OverLimit!.Value.ToString("P0", CultureInfo.InvariantCulture) }), "ads", "products", "returns")
            with { Figure = over };
    }

    private bool IsOfGroup(string? group, string? campaign) =>
        asked.Question.Scope.AdGroup is not { } named || group == named || campaign == named;
}
