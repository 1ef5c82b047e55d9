using OpsChat.Text;

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

    public static string Csv(IEnumerable<SupplierPurchase> list) => CsvText.Of(Columns, Rows(list));
}
