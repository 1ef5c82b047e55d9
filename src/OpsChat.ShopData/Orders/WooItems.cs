using OpsChat.Facts;
using OpsChat.ShopData.Tables;
using OpsChat.ShopData.Values;
using OpsChat.Text;
using System.Net;
using System.Text.RegularExpressions;

namespace OpsChat.ShopData.Orders;

/// <summary>The items of WooCommerce exports that keep them in cells of the order's one row.</summary>
internal static partial class WooItems
{
    private static readonly Column[] s_numbered = [.. Enumerable.Range(1, 50).Select(n => new Column($"item {n}", $"line_item_{n}"))];
    private static readonly Column s_listed = new("products", "Product(s)");

    /// <summary><c>name:Mug|product_id:7|sku:MUG-1|quantity:2|total:36.00</c> in <c>line_item_1</c>, <c>line_item_2</c> and so on. A name may
    /// hold colons and bars.</summary>
    public static ItemCells Numbered { get; } =
        new(s_numbered, (rows, currency) =>
            [
                .. s_numbered
                    .Select(column => rows[0].Text(column))
                    .OfType<string>()
                    .Select(cell => OfPairs(cell, currency))
                    .OfType<OrderLine>(),
            ]
        );

    /// <summary><c>2× Tea, 1× Cup</c>.</summary>
    public static ItemCells Listed { get; } =
        new([s_listed], (rows, _) =>
            [
                .. ListedItem()
                    .Matches(rows[0].Text(s_listed) ?? "")
                    .Select(m => new OrderLine(m.Groups["name"].Value.Trim(), null, CellNumber.Count(m.Groups["count"].Value) ?? 1, null)),
            ]
        );

    /// <summary><c>amount:20.00|reason:Broken|date:2026-11-22</c>, several parted by <c>;</c> or <c>||</c>.</summary>
    public static RefundCells Refunds { get; } = new(new("refunds", "refund_items"), (cell, currency) =>
        {
            var amounts = RefundAmount().Matches(cell).Select(m => CellNumber.Amount(m.Groups["value"].Value, currency)).ToList();
            return amounts.Count > 0 && amounts.TrueForAll(amount => amount is not null)
                ? new Money(amounts.Sum(amount => Math.Abs(amount!.Value.Minor)), amounts[0]!.Value.Currency)
                : null;
        });

    private static OrderLine? OfPairs(string cell, string currency)
    {
        // Only a bar before a known key parts the pairs: names hold bars too.
        var pairs = Pair().Matches(cell).ToDictionary(m => m.Groups["key"].Value, m => m.Groups["value"].Value, StringComparer.Ordinal);
        if (!pairs.TryGetValue("name", out var name))
        {
            return null;
        }

        var quantity = pairs.TryGetValue("quantity", out var count) ? CellNumber.Count(count) ?? 1 : 1;
        var total = pairs.TryGetValue("total", out var amount) ? CellNumber.Amount(amount, currency) : null;
        Money? price = total is { } sum && quantity > 0 && sum.Minor % quantity == 0 ? sum with { Minor = sum.Minor / quantity } : null;
        return new(WebUtility.HtmlDecode(name), pairs.GetValueOrDefault("sku") is { Length: > 0 } sku ? sku : null, quantity, price);
    }

    [GeneratedRegex(
        @"(?<=^|\|)(?<key>name|product_id|sku|quantity|total|sub_total|tax|refunded|meta):(?<value>.*?)(?=\|(?:name|product_id|sku|quantity"
            + @"|total|sub_total|tax|refunded|meta|[a-z_]+):|$)",
        RegexOptions.Singleline
    )]
    private static partial Regex Pair();

    [GeneratedRegex(@"(?:^|[|;\s])amount:(?<value>[^|;]+)")]
    private static partial Regex RefundAmount();

    [GeneratedRegex(@"(?<count>[0-9]+)\s*[×x]\s*(?<name>.+?)(?=,\s*[0-9]+\s*[×x]|$)")]
    private static partial Regex ListedItem();
}
