using OpsChat.Operations.History;
using OpsChat.ShopData.Products;
using OpsChat.ShopData.Tables;

namespace OpsChat.ShopData.History;

/// <summary>Orders to suppliers with their receipts, and what was agreed with suppliers.</summary>
internal static class SupplyHistory
{
    private static readonly Column s_ordered = new(
        "ordered at",
        "Ordered at",
        "PO Sent to Vendor Date",
        "Order Deadline",
        "Order Date",
        "Date",
        "Created at"
    );
    private static readonly Column s_unitCost = new(
        "unit cost",
        "Unit Cost",
        "Order Lines/Unit Price",
        "Unit Price",
        "Cost",
        "Rate",
        "Rate (Items)"
    );
    private static readonly Column s_leadDays = new("lead days", "Lead days", "Lead days (quoted)", "Lead time", "Lead time (days)");
    private static readonly Column s_minimum = new("smallest order", "MOQ", "Minimum order quantity");
    private static readonly Column s_currency = new("currency", "Currency", "Currency code");
    private static readonly Column s_contract = new("contract until", "Contract until", "Contract end");
    private static readonly Column s_notice = new("notice days", "Notice days", "Notice period");
    private static readonly Column s_onTime = new("agreed punctuality", "SLA on-time %", "SLA on time", "On-time %", "SLA");
    private static readonly Column s_owner = new("owner", "Owner", "Buyer");

    private static readonly Column s_payment =
        new("payment days", "Payment days", "Payment terms (days)", "Payment term days", "Net days", "Credit days");

    private static readonly Column s_tax = new("tax", "Tax %", "Tax rate", "VAT %", "GST %", "SST %");

    private static readonly Column s_freight = new("freight", "Freight", "Freight per order", "Shipping cost", "Carriage", "Delivery charge");

    public static IEnumerable<Column> Columns =>
        [s_tax, s_freight, s_payment, s_ordered, s_unitCost, s_leadDays, s_minimum, s_currency, s_contract, s_notice, s_onTime, s_owner];

    /// <summary>Partial receipts stand as further lines of the same order and article, or as a received quantity.</summary>
    public static IReadOnlyList<SupplyOrder> Orders(HistoryRows rows)
    {
        var lines = PurchaseOrdersFeed.Lines(rows.Table);
        return
        [
            .. lines.GroupBy(line => (line.Number, line.Sku)).Select(group => Order([.. group], rows)).OfType<SupplyOrder>(),
        ];
    }

    private static SupplyOrder? Order(PurchaseOrderRow[] lines, HistoryRows rows)
    {
        var first = lines[0];
        if (rows.Past(first.Head, s_ordered) is not { } ordered)
        {
            rows.Table.LeaveOut(first.Row, s_ordered);
            return null;
        }

        var currency = first.Head.Text(s_currency) ?? rows.Currency;
        return new(
            first.Number,
            first.Supplier ?? "",
            first.Sku,
            lines.Max(line => line.Quantity),
            ordered,
            first.Head.Has(PurchaseOrdersFeed.Expected) ? rows.Planned(first.Head, PurchaseOrdersFeed.Expected) : null,
            [
                .. lines
                    .Select(line => Receipt(line, rows))
                    .OfType<SupplyReceipt?>()
                    .Select(receipt => receipt!.Value)
                    .OrderBy(receipt => receipt.At),
            ],
            first.Row.Amount(s_unitCost, currency).Value,
            HistoryRows.PlaceOf(first.Row)
        );
    }

    /// <summary>Pieces that came at an unknown time had come when the file was written.</summary>
    private static SupplyReceipt? Receipt(PurchaseOrderRow line, HistoryRows rows)
    {
        var at = rows.Past(line.Row, PurchaseOrdersFeed.ReceivedAt);
        var quantity = line.Received ?? (at is null ? 0 : line.Quantity);
        return quantity > 0 ? new(at ?? rows.WrittenAt, quantity) : null;
    }

    public static IReadOnlyList<SupplierTerms> Suppliers(HistoryRows rows) =>
        rows.Each(
            row =>
                row.Text(PurchaseOrdersFeed.Supplier) is { } supplier
                    ? new SupplierTerms(
                        supplier,
                        row.Count(s_leadDays).Value,
                        row.Count(s_minimum).Value,
                        row.Text(s_currency),
                        row.Day(s_contract).Value,
                        row.Count(s_notice).Value,
                        Share(row, s_onTime),
                        row.Text(s_owner),
                        HistoryRows.PlaceOf(row)
                    )
                    {
                        PaymentDays = row.Count(s_payment).Value,
                        TaxShare = Percent(row, s_tax) is { } tax and >= 0 and <= 100 ? (double)(tax / 100) : null,
                        Freight = row.Amount(s_freight, row.Text(s_currency) ?? rows.Currency).Value,
                    }
                    : null,
            PurchaseOrdersFeed.Supplier
        );

    /// <summary>0 to 1, whether written as 95, 95 % or 0.95.</summary>
    private static double? Share(FeedRow row, Column column) =>
        Percent(row, column) is { } written and >= 0 and <= 100 ? (double)(written > 1 ? written / 100 : written) : null;

    private static decimal? Percent(FeedRow row, Column column) =>
        row.Text(column) is [.. var number, '%'] && Values.CellNumber.Read(number.Trim()) is { } percent ? percent : row.Number(column).Value;
}
