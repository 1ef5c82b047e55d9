using System.Globalization;
using System.Text;

namespace OpsChat.Operations.Stock;

/// <summary>The purchase list as a table, one line an article, with the owner's simple table beside it.</summary>
public static class PurchaseSheet
{
    public static IReadOnlyList<string> Columns { get; } =
    [
        "Supplier",
        "SKU",
        "Title",
        "Available",
        "Incoming",
        "Sold in 7 days",
        "Per day",
        "Lead days (9 of 10)",
        "Reorder point",
        "Need",
        "Order",
        "Unit cost",
        "Currency",
        "Total",
        "Price from",
        "Simple table",
        "Remark",
        "Needs confirmation",
    ];

    public static IEnumerable<IReadOnlyList<object?>> Rows(IEnumerable<SupplierPurchase> list) =>
        list.SelectMany(purchase =>
            purchase.Lines.Select(line =>
                (IReadOnlyList<object?>)
                    [
                        purchase.Supplier,
                        line.Sku,
                        line.Title,
                        line.Available,
                        line.Incoming,
                        line.SoldIn7,
                        Math.Round(line.RatePerDay, 3),
                        line.LeadDays90,
                        line.ReorderLevel,
                        line.Need,
                        line.Order,
                        line.UnitCost?.Major,
                        line.UnitCost?.Currency,
                        line.Total?.Major,
                        line.PriceSource,
                        line.SimpleNeed,
                        line.SimpleRemark,
                        purchase.NeedsConfirmation ? "yes" : "no",
                    ]
            )
        );

    /// <summary>RFC 4180, with a comma and CR LF. A cell that a spreadsheet would run as a formula begins with an apostrophe.</summary>
    public static string Csv(IEnumerable<SupplierPurchase> list)
    {
        var text = new StringBuilder().AppendJoin(',', Columns.Select(Cell)).Append("\r\n");
        foreach (var row in Rows(list))
        {
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    /// <summary>The same cell for any spreadsheet: text that would be a formula is marked as text.</summary>
    public static object? Plain(object? value) =>
        value is string { Length: > 0 } text && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;

    private static string Cell(object? value)
    {
        var text = Convert.ToString(Plain(value), CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
