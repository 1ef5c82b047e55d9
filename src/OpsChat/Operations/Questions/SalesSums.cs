using System.Globalization;
using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>What some orders, or lines of them, come to.</summary>
/// <param name="Left">Revenue of articles less their cost, of those whose cost is known.</param>
/// <param name="Costed">What was taken for those; zero when the cost of none is known, and then nothing is said of what was left.</param>
internal sealed record SalesSums(string Name, int Orders, int Pieces, Money Revenue, Money Left, Money Costed)
{
    /// <summary>Orders in other currencies than the shop's, which no sum holds.</summary>
    public int Foreign { get; init; }

    /// <summary>What an order in the shop's currency comes to; null without one.</summary>
    public Money? Mean => Orders > Foreign ? Revenue with { Minor = (long)Math.Round(Revenue.Minor / (double)(Orders - Foreign)) } : null;

    /// <summary>What was left of each hundred that was taken for articles whose cost is known; empty when none is.</summary>
    public string LeftShare => IsLeftKnown ? $"{100.0 * Left.Minor / Costed.Minor:0.#} %" : "";

    private bool IsLeftKnown => Costed.Minor > 0;

    public string Besides => Foreign == 0 ? "" : $" (without {Foreign} in other currencies)";

    public string LeftInWords =>
        Orders == 0 ? "Nothing was sold, so that nothing was left of"
        : !IsLeftKnown ? "What was left is not known, since no file says what the articles cost; taken was"
        : Costed.Minor < Revenue.Minor ? $"{Left} was left of articles for {Costed} ({LeftShare}) whose cost is known, of all"
        : $"{Left} ({LeftShare}) was left after what the articles cost, of";

    public string InWords(SalesMeasure measure) => measure switch
    {
        SalesMeasure.Revenue => Revenue.ToString(),
        SalesMeasure.Profit => IsLeftKnown ? $"{Left} left" : "what was left is not known",
        SalesMeasure.Pieces => $"{Pieces} pieces",
        SalesMeasure.Mean => Mean is { } mean ? $"{mean} an order" : "no order",
        _ => $"{Orders} orders",
    };

    public string[] Row =>
        [
            Name, Orders.ToString(CultureInfo.InvariantCulture), Pieces.ToString(CultureInfo.InvariantCulture), Revenue.ToString(),
            IsLeftKnown ? Left.ToString() : "not known",
        ];

    /// <summary>Null when it is not known.</summary>
    public double? By(SalesMeasure measure) => measure switch
    {
        SalesMeasure.Revenue => (double)Revenue.Major,
        SalesMeasure.Profit => IsLeftKnown ? (double)Left.Major : null,
        SalesMeasure.Pieces => Pieces,
        SalesMeasure.Mean => (double?)Mean?.Major,
        _ => Orders,
    };

    /// <summary>Several of them as one; orders that several have are counted with each.</summary>
    public static SalesSums Together(IReadOnlyList<SalesSums> all) => new(
        "", all.Sum(s => s.Orders), all.Sum(s => s.Pieces), all[0].Revenue with { Minor = all.Sum(s => s.Revenue.Minor) },
        all[0].Left with { Minor = all.Sum(s => s.Left.Minor) }, all[0].Costed with { Minor = all.Sum(s => s.Costed.Minor) });

    public static SalesSums Of(string name, IEnumerable<OrderRow> orders, ShopMoment shop)
    {
        var all = orders.ToList();
        return OfLines(name, all.SelectMany(o => o.Lines.Select(l => (o, l))), shop) with
        {
            Orders = all.Count,
            Foreign = all.Count(o => o.Total.Currency != shop.Currency),
            Revenue = new(all.Where(o => o.Total.Currency == shop.Currency).Sum(o => o.Total.Minor), shop.Currency),
        };
    }

    public static SalesSums OfLines(string name, IEnumerable<(OrderRow Order, SoldLine Line)> lines, ShopMoment shop)
    {
        var (orders, pieces, revenue, left, costed) = (new HashSet<string>(StringComparer.Ordinal), 0, 0L, 0L, 0L);
        foreach (var (order, line) in lines)
        {
            orders.Add(order.Number);
            pieces += line.Quantity;
            var product = shop.Product(line.Sku);
            var price = order.Total.Currency == shop.Currency ? line.Price ?? product?.Price?.Minor : null;
            revenue += (price ?? 0) * line.Quantity;
            if (price is { } taken && shop.CostOf(line.Sku) is { } cost && cost.Currency == shop.Currency)
            {
                (left, costed) = (left + (taken - cost.Minor) * line.Quantity, costed + taken * line.Quantity);
            }
        }

        return new(name, orders.Count, pieces, new(revenue, shop.Currency), new(left, shop.Currency), new(costed, shop.Currency));
    }
}
