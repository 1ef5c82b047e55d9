using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about what was sold of articles: which sold most or least, and what was taken for them and left.</summary>
internal sealed class ArticleSales(AskedSales sales)
{
    public OwnerAnswer Articles()
    {
        var lines = sales.Of(sales.Period.From, sales.Period.To).SelectMany(o => o.Lines.Select(l => (Order: o, Line: l)))
            .ToLookup(l => l.Line.Sku, StringComparer.Ordinal);
        var skus = sales.All.HasArticles ? sales.All.Skus
            : [.. sales.Shop.Skus.Where(s => lines.Contains(s) || (sales.Asked.IsLeast && sales.Shop.Product(s)?.IsActive == true))];
        var measured = sales.Asked.Measure == SalesMeasure.Orders ? SalesMeasure.Pieces : sales.Asked.Measure;
        var sums = sales.Ordered(skus.Select(s => SalesSums.OfLines(s, lines[s], sales.Shop)), measured).ToList();
        if (sales.Asked.IsLeast)
        {
            var none = sums.Count(s => s.Pieces == 0);
            var tellsNone = none > 0 && measured != SalesMeasure.Profit;
            // Whoever asks what sold nothing is shown nothing that sold.
            var sold = SalesQuestion.IsOfUnsold(sales.Question) ? [] : sums.FindAll(s => s.Pieces > 0);
            sums = tellsNone && sold.Count == 0 ? sums.FindAll(s => s.Pieces == 0) : sums;
            return sales.Table(
                tellsNone ? $"{Plural.Of(none, "article")} sold nothing{(sold.Count == 0 ? "" : $", and of the others {FirstOf(sold)} sold least")}: "
                        + $"{sales.Period.Words}."
                    : measured == SalesMeasure.Profit ? $"{LeftLeast(sums)}: {sales.Period.Words}."
                    : $"{(SalesQuestion.IsOfUnsold(sales.Question) ? "No article sold nothing; " : "")}{FirstOf(sums)} sold least: "
                        + $"{sales.Period.Words}.",
                AskedSales.Columns, sums, measured == SalesMeasure.Profit ? sums.FirstOrDefault()?.By(measured) : none);
        }

        var total = sums.Exists(s => s.By(measured) is not null) ? sums.Sum(s => s.By(measured) ?? 0) : (double?)null;
        var (of, isOfSome) = (sales.All.Of, sales.All.HasArticles);
        if (measured == SalesMeasure.Pieces)
        {
            var pieces = (int)(total ?? 0);
            return sales.Table(isOfSome ? $"{Plural.Of(pieces, "piece")}{of} {AnswerTable.Verb(pieces, "was", "were")} sold: {sales.Period.Words}."
                : $"{FirstOf(sums)} sold most: {sales.Period.Words}.",
                AskedSales.Columns, sums, isOfSome ? total : sums.FirstOrDefault()?.By(measured));
        }

        // Only a profit has advertising taken off.
        var ads = sums.Count == 0 ? null : sales.AdsOf(SalesSums.Together(sums));
        Money? amount = total is { } known
            ? new((long)Math.Round(known * Math.Pow(10, Money.Decimals(sales.Shop.Currency))), sales.Shop.Currency)
            : null;
        return sales.Table(
            isOfSome && amount is null ? $"What was left{of} is not known, since no file says what they cost: {sales.Period.Words}."
                : isOfSome ? $"{amount} {(measured == SalesMeasure.Profit ? "was left after their cost" : "was ordered")}{of}{OfLines(lines)}: "
                    + $"{sales.Period.Words}.{(ads is null ? "" : $" {ads.Sentence}")}"
                : amount is null ? $"What was left is not known, since no file says what articles cost; "
                    + $"{FirstOf(sums)} brings the most revenue: {sales.Period.Words}."
                : $"{FirstOf(sums)} {BringsMost(sums, measured)}: {sales.Period.Words}.",
            AskedSales.Columns, sums, ads is not null ? (double?)ads.Left?.Major : isOfSome ? total : sums.FirstOrDefault()?.By(measured));
    }

    private string OfLines(ILookup<string, (OrderRow Order, SoldLine Line)> lines) =>
        sales.OfWhich([.. lines.SelectMany(g => g).Select(l => l.Order).DistinctBy(o => o.Number)]);

    /// <summary>What is left of it after its cost, with how many articles have no known cost and so no place in the order; else by revenue.</summary>
    private static string BringsMost(List<SalesSums> articles, SalesMeasure measured)
    {
        var first = articles[0];
        return measured != SalesMeasure.Profit ? $"brings the most revenue, {first.Revenue}"
            : $"leaves the most after its cost, {first.Left} of {first.Revenue}{OfUnknownCost(articles)}";
    }

    private static string OfUnknownCost(List<SalesSums> articles) =>
        articles.Count(a => a.Pieces > 0 && a.By(SalesMeasure.Profit) is null) is > 0 and var unknown
            ? $" (the cost of {unknown} of {articles.Count(a => a.Pieces > 0)} articles is not known)" : "";

    private string LeftLeast(List<SalesSums> articles) =>
        articles is not [var first, ..] || first.By(SalesMeasure.Profit) is null ? "What was left is not known, since no file says what articles cost"
            : $"{FirstOf(articles)} leaves the least after its cost, {first.Left} of {first.Revenue}{OfUnknownCost(articles)}";

    private string FirstOf(List<SalesSums> articles) => articles is [var first, ..] ? sales.Shop.NameOf(first.Name) : "Nothing";
}
