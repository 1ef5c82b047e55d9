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
            sold.Count == 0 ? $"Nothing was sold: {asked.Period.Words}." : $"{sold[0].Sku} sold most: {asked.Period.Words}.", ["", "pieces"],
                sold.Select(s => new[] { s.Sku, Whole(s.Pieces) }), "orders") with { Figure = sold.Count == 0 ? 0 : sold[0].Pieces };
    }

    public OwnerAnswer Orders()
    {
        var orders = asked.OrdersOfPeriod.ToList();
        var sums = orders.GroupBy(o => o.Total.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
            new Money(g.Sum(o => o.Total.Minor), g.Key)).ToList();
        var mean = orders.Where(o => o.Total.Currency == asked.Shop.Currency).Select(o => o.Total.Minor).DefaultIfEmpty(0).Average();
        return Table(
            $"{orders.Count} orders{asked.Of}: {asked.Period.Words}.", ["", ""],
            [
                ["orders", Whole(orders.Count)], .. sums.Select(s => new[] { "revenue", s.ToString() }),
                    ["mean order", new Money((long)Math.Round(mean), asked.Shop.Currency).ToString()],
                ["cancelled", Whole(orders.Count(o => o.CancelledAt <= asked.Shop.Now))],
            ], "orders") with { Figure = orders.Count };
    }

    public OwnerAnswer Prices()
    {
        var known = asked.Skus.Select(sku => (Sku: sku, Product: asked.Shop.Product(sku))).Where(p => p.Product?.Price is not null).Select(p =>
            (p.Sku, p.Product!.Price, p.Product.Cost, Margin: p.Product.Cost is { } cost && cost.Currency == p.Product.Price!.Value.Currency
                ? p.Product.Price.Value.Minor - cost.Minor : (long?)null)).ToList();
        return known.Count == 0 ? Lacks(QuestionTopic.Price, $"No price{asked.Of} is known.") : Table(
            asked.Question.Skus.Count == 1 && known[0].Margin is { } one
                ? $"One {known[0].Sku} leaves {new Money(one, known[0].Price!.Value.Currency)} over its cost."
                : "Prices, costs and what a piece leaves.",
            ["", "price", "cost", "leaves"],
            known.OrderByDescending(k => k.Margin ?? long.MinValue).Select(k =>
                new[] { k.Sku, k.Price!.Value.ToString(), k.Cost?.ToString() ?? "not known", k.Margin is { } m
                ? new Money(m, k.Price.Value.Currency).ToString() : "not known" }),
            "products") with { Figure = asked.Question.Skus.Count == 1 && known[0].Margin is { } minor
                ? (double)new Money(minor, known[0].Price!.Value.Currency).Major : null };
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
            .Where(g => g.OverLimit is not null && asked.IsAbout(g.Sku) && IsOfGroup(g.Name, g.Campaign)).OrderByDescending(g => g.OverLimit).ToList();
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
