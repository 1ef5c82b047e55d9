using OpsChat.Operations.History;
using OpsChat.ShopData.Tables;
using OpsChat.Text;

namespace OpsChat.ShopData.History;

/// <summary>Payments and refunds as PayPal, Stripe and Shopify's transactions tell them.</summary>
internal static class PaymentHistory
{
    private static readonly Column s_order = new("order number", "Invoice Number", "Invoice ID", "Order", "Custom Number", "Invoice");
    private static readonly Column s_day = new("day", "Date", "Created date (UTC)", "Created At", "Created (UTC)", "Fecha", "Transaction Date");
    private static readonly Column s_time = new("time", "Time", "Hora");
    private static readonly Column s_kind = new("kind", "Type", "Kind", "Description", "Descripción");
    private static readonly Column s_status = new("state", "Status", "Estado");
    private static readonly Column s_amount = new("amount", "Gross", "Amount", "Bruto");
    private static readonly Column s_refunded = new("refunded amount", "Amount Refunded");
    private static readonly Column s_currency = new("currency", "Currency", "Divisa");
    private static readonly Column s_id = new("transaction", "Transaction ID", "id", "Id. de transacción");
    private static readonly Column s_reference = new("referenced transaction", "Reference Txn ID");

    /// <summary>Movements between the shop and its own accounts.</summary>
    private static readonly string[] s_ownMovements =
    [
        "conversion",
        "conversión",
        "withdrawal",
        "retirada",
        "transfer",
        "payout",
        "deposit",
        "hold",
        "reversal of general account hold",
    ];

    public static IEnumerable<Column> Columns => [s_order, s_day, s_time, s_kind, s_status, s_amount, s_refunded, s_currency, s_id, s_reference];

    public static IReadOnlyList<PaymentRow> Payments(HistoryRows rows)
    {
        // A refund may name only the payment that it belongs to.
        var orders = rows.Table.Rows.Where(row => row.Text(s_id) is not null && row.Text(s_order) is not null)
            .DistinctBy(row => row.Text(s_id)).ToDictionary(row => row.Text(s_id)!, row => row.Text(s_order)!, StringComparer.Ordinal);
        return [.. rows.Table.Rows.Where(row => !IsOwnMovement(row)).SelectMany(row => Payment(row, rows, orders))];
    }

    private static bool IsOwnMovement(FeedRow row) =>
        row.Text(s_kind) is { } kind && Array.Exists(s_ownMovements, word => kind.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<PaymentRow> Payment(FeedRow row, HistoryRows rows, Dictionary<string, string> orders)
    {
        var currency = row.Text(s_currency)?.ToUpperInvariant() ?? rows.Currency;
        var at = row.Moment(s_day, s_time).Value;
        if (at is not { } moment || row.Amount(s_amount, currency).Value is not { } amount)
        {
            rows.Table.LeaveOut(row, s_day, s_amount);
            yield break;
        }

        var number = row.Text(s_order) ?? (row.Text(s_reference) is { } of ? orders.GetValueOrDefault(of) : null);
        if (number is not null && Values.CellNumber.IsDamagedId(number))
        {
            rows.Table.Reading.Warning(
                row.File,
                row.Line,
                $"The order number \"{number}\" was rounded by a spreadsheet.",
                "The payment belongs to no order. Export the file again without saving it in Excel."
            );
            number = null;
        }

        var isRefund = amount.Minor < 0 || row.Text(s_kind)?.Contains("refund", StringComparison.OrdinalIgnoreCase) == true;
        var payment = new PaymentRow(
            number is null ? null : OrderNumber.Shown(number),
            rows.Happened(moment),
            isRefund,
            amount with
            {
                Minor = Math.Abs(amount.Minor),
            },
            IsReceived(row),
            row.Text(s_id),
            HistoryRows.PlaceOf(row)
        );
        yield return payment;
        if (row.Amount(s_refunded, currency).Value is { Minor: not 0 } back)
        {
            yield return payment with { IsRefund = true, Amount = back with { Minor = Math.Abs(back.Minor) } };
        }
    }

    private static bool IsReceived(FeedRow row) =>
        row.Text(s_status)?.ToLowerInvariant()
            is null
                or "completed"
                or "paid"
                or "success"
                or "succeeded"
                or "refunded"
                or "partially refunded"
                or "completado"
                or "captured";
}
