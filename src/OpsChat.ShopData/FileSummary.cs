using OpsChat.Facts;
using OpsChat.ShopData.Orders;
using OpsChat.Text;

namespace OpsChat.ShopData;

/// <summary>What one file of a folder was taken for.</summary>
/// <param name="Holds">In an owner's words; null when nobody can tell.</param>
/// <param name="Platform">Whose export it is; null when any shop system could have written it.</param>
/// <param name="Rows">Rows that were read.</param>
/// <param name="LeftOut">Rows that were left out, each with a finding.</param>
/// <param name="IsInForce">False when it is not used, or an earlier version stands in for it.</param>
public sealed record FileSummary(string File, string? Holds, string? Platform, int Rows, int LeftOut, bool IsInForce)
{
    /// <summary>What was read from it, each a sentence without its full stop.</summary>
    public IReadOnlyList<string> Says { get; init; } = [];

    /// <summary>Columns that it lacks, unless another file tells the same.</summary>
    public IReadOnlyList<FeedGap> Gaps { get; init; } = [];

    /// <summary><c>orders of Shopify, 8 rows</c>.</summary>
    public string InWords =>
        $"{Holds ?? "nobody can tell what it holds"}{(Platform is { } platform ? $" of {platform}" : "")}, {Counted(Rows, "row")}"
            + $"{(LeftOut > 0 ? $", {LeftOut:N0} left out" : "")}";

    internal static FileSummary Of(ReadFile file, bool isInForce) =>
        new(
            file.File,
            file.Kind is { } kind ? FeedRecognition.InWords(kind) : null,
            file.Platform,
            Math.Max(0, file.Rows - file.BrokenRows),
            file.BrokenRows,
            isInForce
        )
        {
            Says = file.Says ?? SaysOf(file),
            Gaps = file.Gaps,
        };

    /// <summary>What was read from the file, in sentences without their full stops.</summary>
    internal static IReadOnlyList<string> SaysOf(ReadFile file) =>
        file.Kind switch
        {
            ExportKind.Orders => OfOrders(file.Orders),
            ExportKind.Products => OfProducts(file.Products),
            ExportKind.Inventory when file.Stock.Count > 0 =>
            [
                $"{Counted(file.Stock.Select(s => s.Sku.ToUpperInvariant()).Distinct().Count(), "article")} at "
                    + $"{Counted(file.Stock.Select(s => s.Place).Distinct().Count(), "place")}",
            ],
            ExportKind.PurchaseOrders =>
            [
                $"{Counted(file.Incoming.Count, "line")} still to come, {file.Incoming.Count(line => line.ExpectedOn is null)} of them without a day",
            ],
            ExportKind.Shipments =>
            [
                $"{Counted(file.Shipments.Count, "parcel")}, {file.Shipments.Count(s => s.DeliveredAt is not null)} delivered, "
                    + $"{file.Shipments.Count(s => s.Trouble is not null)} that a person must look at",
            ],
            ExportKind.Returns => [Counted(file.Returns.Count, "return")],
            ExportKind.Customers => [Counted(file.Customers.Count, "customer")],
            _ => [],
        };

    private static IReadOnlyList<string> OfOrders(IReadOnlyList<ReadOrder> read)
    {
        var all = read.Select(order => OrderStates.Applied(order, [], [])).ToList();
        var orders = all.Where(order => !order.IsTest).ToList();
        if (orders.Count == 0)
        {
            return [all.Count > 0 ? $"{Counted(all.Count, "test order")} that nobody counts" : "no order"];
        }

        var states = orders
            .GroupBy(order => order.Status)
            .OrderBy(group => group.Key ?? (OrderStatus)int.MaxValue)
            .Select(group => $"{group.Count():N0} {InWord(group.Key)}");
        var tests = all.Count > orders.Count ? $", and {Counted(all.Count - orders.Count, "test order")} that nobody counts" : "";
        var (unread, unsaid) = (orders.Count(order => order.Total is null), orders.Count(order => order.Refunded is null));
        var (mail, phone) = (
            orders.Count(order => order.Email is not null),
            orders.Count(order => order.Email is null && order.PhoneEndings.Count > 0)
        );
        var rest = orders.Count - mail - phone;
        return
        [
            $"{Counted(orders.Count, "order")}: {string.Join(", ", states)}{tests}",
            $"{Sums(orders.Select(order => order.Total))} in "
                + $"all{(unsaid < orders.Count ? $", {Sums(orders.Select(order => order.Refunded))} paid back" : "")}"
                + $"{(unread > 0 ? $"; the total of {unread:N0} is unknown" : "")}"
                + $"{(unsaid > 0 ? $"; what was paid back is unknown of {unsaid:N0}" : "")}",
            $"{mail:N0} with a buyer's e-mail{(phone > 0 ? $", {phone:N0} with a phone number alone" : "")}"
                + $"{(rest > 0 ? $", {rest:N0} that nobody can prove" : "")}",
        ];
    }

    private static IReadOnlyList<string> OfProducts(IReadOnlyList<Product> products)
    {
        var variants = products.SelectMany(product => product.Variants).ToList();
        return
        [
            $"{Counted(products.Count, "product")} for sale in {Counted(variants.Count, "variant")}: "
                + $"{variants.Count(v => v.IsAvailable == true):N0} can be bought, "
                + $"{variants.Count(v => v.IsAvailable == false):N0} sold out, {variants.Count(v => v.IsAvailable is null):N0} whose stock "
                + "this file does not tell",
            .. variants.Count(v => v.Price is null) is > 0 and var free
                ? [$"{Counted(free, "variant")} without a price that can be read"]
                : Array.Empty<string>(),
        ];
    }

    private static string InWord(OrderStatus? status) => status switch
    {
        null => "of unknown state",
        OrderStatus.PartiallyRefunded => "partly refunded",
        { } known => known.ToString().ToLowerInvariant(),
    };

    /// <summary>Each currency for itself.</summary>
    private static string Sums(IEnumerable<Money?> amounts)
    {
        var sums = amounts
            .OfType<Money>()
            .GroupBy(money => money.Currency, StringComparer.Ordinal)
            .Select(all => new Money(all.Sum(money => money.Minor), all.Key))
            .Where(sum => sum.Minor != 0)
            .Select(sum => sum.ToString())
            .ToList();
        return sums.Count == 0 ? "nothing" : string.Join(" and ", sums);
    }

    private static string Counted(int count, string what) => $"{count:N0} {what}{(count == 1 ? "" : "s")}";
}
