namespace OpsChat.Tests.Operations;

/// <summary>A shop of one article: eighty days in which two mugs a day are sold, and three are left while the supplier takes two weeks.</summary>
static class MugShop
{
    private const int Days = 80;

    /// <param name="last">The last day of the files.</param>
    /// <param name="cost">Of one mug, in the shop's currency.</param>
    public static void Write(string folder, DateOnly last, decimal cost = 12)
    {
        Directory.CreateDirectory(folder);
        var days = Enumerable.Range(0, Days).Select(d => last.AddDays(d - Days + 1)).ToList();
        File.WriteAllLines(
            Path.Combine(folder, "orders.csv"),
            [
                "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku",
                .. days.Select(
                    (day, i) =>
                        $"#{1001 + i},c{i}@example.com,paid,{day:yyyy-MM-dd} 10:00:00 +0800,fulfilled,{day:yyyy-MM-dd} 15:00:00 +0800,MYR,60.00,{day:yyyy-MM-dd} 10:00:00 +0800,2,Mug,30.00,MUG"
                ),
            ]
        );
        File.WriteAllLines(
            Path.Combine(folder, "inventory.csv"),
            ["Date,SKU,Location,Available,Incoming", .. days.Select((day, i) => $"{day:yyyy-MM-dd},MUG,Main,{3 + (2 * (Days - 1 - i))},0")]
        );
        WriteOrders(folder, last, cost);
    }

    /// <param name="arrived">One more order that has come in, so that nothing is needed any more.</param>
    public static void WriteOrders(string folder, DateOnly last, decimal cost, bool arrived = false) =>
        File.WriteAllLines(
            Path.Combine(folder, "purchase_orders.csv"),
            [
                "PO Number,Supplier,SKU,Quantity,Ordered at,Expected at,Received at,Unit Cost",
                .. Enumerable
                    .Range(0, 5)
                    .Select(i => last.AddDays(-300 + (30 * i)))
                    .Select(
                        (day, i) =>
                            FormattableString.Invariant(
                                $"PO{i},Tembikar,MUG,20,{day:yyyy-MM-dd},{day.AddDays(14):yyyy-MM-dd},{day.AddDays(13 + (i % 3)):yyyy-MM-dd},{cost:0.00}"
                            )
                    ),
                .. arrived
                    ?
                    [
                        FormattableString.Invariant(
                            $"PO9,Tembikar,MUG,200,{last.AddDays(-1):yyyy-MM-dd},{last.AddDays(13):yyyy-MM-dd},,{cost:0.00}"
                        ),
                    ]
                    : Array.Empty<string>(),
            ]
        );
}
