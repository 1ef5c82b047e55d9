using OpsChat.Facts;
using OpsChat.ShopData.Tables;
using OpsChat.ShopData.Values;
using OpsChat.Text;

namespace OpsChat.ShopData.Orders;

/// <summary>What an order costs and what went back of it, by the layout of its platform.</summary>
/// <param name="unknown">Takes, by fact, why it cannot be told.</param>
internal sealed class OrderAmounts(FeedRow[] rows, OrderLayout layout, IDictionary<string, string> unknown)
{
    /// <summary>"paid" beside "partially refunded" in the same column: silence is no refund.</summary>
    private static readonly Column s_paymentState = new("payment status", "Financial Status", "Payment Status");

    private readonly FeedRow _first = rows[0];

    public Cell<Money> Of(Column column, string currency) =>
        rows.Select(row => row.Amount(column, currency)).FirstOrDefault(cell => !cell.IsEmpty);

    public Money? Total(string currency)
    {
        if (_first.Has(layout.Total))
        {
            var cell = Of(layout.Total, currency);
            if (cell.Value is { Minor: >= 0 } total)
            {
                return total;
            }

            if (layout.Summed is null || !cell.IsEmpty)
            {
                unknown["order.total"] = cell.Unreadable
                    ?? (cell.Value is { } below ? BelowZero(below) : $"{_first.File} line {_first.Line}: the order has no total.");
                return null;
            }
        }

        return layout.Summed is { } sum ? Sum(sum, currency) : null;
    }

    private string BelowZero(Money total)
    {
        var problem = $"The order's total is below zero: {total}.";
        var column = (_first.Table.Find(layout.Total) ?? 0) + 1;
        _first.Table.Reading.Warning(_first.File, _first.Line, problem, "What the order costs is unknown.", column);
        return $"{_first.File} line {_first.Line}: {problem}";
    }

    private Money? Sum(SummedTotal sum, string currency)
    {
        var live = layout.StateOfRows ? LiveRows() : rows;
        // Without any price there is no sum: Amazon leaves prices empty until the order is paid.
        if (!live.SelectMany(row => sum.OfRows.Take(1).Select(column => row.Amount(column, currency))).Any(cell => cell.Value is not null))
        {
            unknown["order.total"] = $"{_first.File} line {_first.Line}: the order has no prices yet.";
            return null;
        }

        var cells = live.SelectMany(row => sum.OfRows.Select(column => (Sign: 1, Cell: row.Amount(column, currency))))
            .Concat(live.SelectMany(row => sum.OfRowsLess.Select(column => (Sign: -1, Cell: row.Amount(column, currency)))))
            .Concat(sum.Once.Select(column => (Sign: 1, Cell: Of(column, currency))))
            .Concat(sum.OnceLess.Select(column => (Sign: -1, Cell: Of(column, currency))))
            .ToList();
        if (cells.Find(c => c.Cell.Unreadable is not null).Cell.Unreadable is { } why)
        {
            unknown["order.total"] = why;
            return null;
        }

        var minor = cells.Sum(c => c.Cell.Value is { } money ? c.Sign < 0 ? -Math.Abs(money.Minor) : money.Minor : 0);
        var own = cells.Select(c => c.Cell.Value?.Currency).FirstOrDefault(c => c is not null) ?? currency;
        return new(Math.Max(0, minor), own);
    }

    private bool IsCalledOff(FeedRow row) =>
        row.Text(layout.States[0]) is { } word && layout.Words.Of(word) is { } signs && signs.HasFlag(OrderSigns.Cancelled);

    /// <summary>What went back so far: never negative, never more than the total; unknown where the file does not show how much, or whether
    /// anything did.</summary>
    public Money? Refunded(OrderSigns signs, Money? total, string currency, OrderDates dates)
    {
        var cells = RefundCells(currency);
        if (Array.Find(cells, cell => cell.Unreadable is not null).Unreadable is { } why)
        {
            return RefundUnknown(why);
        }

        var named = cells.Where(cell => cell.Value is not null).ToList();
        var wentBack = signs.HasFlag(OrderSigns.Refunded) || signs.HasFlag(OrderSigns.PartlyRefunded) || dates.Refunded is not null;
        if (named.Count > 0 && named.Sum(cell => Math.Abs(cell.Value!.Value.Minor)) is var sum && (sum > 0 || !wentBack))
        {
            var back = named[0].Value!.Value with { Minor = sum };
            return total is not { } most || back.Currency != most.Currency || back.Minor <= most.Minor ? back
                : most.Minor > 0 ? most
                : RefundUnknown($"{_first.File} line {_first.Line}: {back} went back of an order whose total is {most}, so one of them is wrong.");
        }

        if (signs.HasFlag(OrderSigns.Refunded))
        {
            return total;
        }

        var isUnsaid =
            named.Count == 0
            && (signs & (OrderSigns.Cancelled | OrderSigns.Returned | OrderSigns.Trouble)) != OrderSigns.None
            && (layout.HidesRefunds || signs.HasFlag(OrderSigns.Returned))
            && (dates.Paid is not null || signs.HasFlag(OrderSigns.Returned));
        return wentBack || isUnsaid
                ? RefundUnknown($"{_first.File} line {_first.Line}: money went back or is owed, and the file does not show how much.")
            : total is null ? RefundUnknown($"{_first.File} line {_first.Line}: without a total nobody can say what went back.")
            : TellsOfRefunds(signs) ? new Money(0, total.Value.Currency)
            : RefundUnknown($"{_first.File} line {_first.Line}: the file does not say whether money went back.");
    }

    private Cell<Money>[] RefundCells(string currency)
    {
        if (layout.RefundsListed is { } listed && rows.Select(row => row.Text(listed.Column)).FirstOrDefault(text => text is not null) is { } cell)
        {
            return
            [
                listed.Read(cell, currency) is { } sum
                    ? new(sum, null)
                    : new(null, $"{_first.File} line {_first.Line}: the refunds \"{cell}\" cannot be read."),
            ];
        }

        return layout.RefundOfRows ? [.. rows.Select(row => row.Amount(layout.Refunded, currency))] : [Of(layout.Refunded, currency)];
    }

    /// <summary>A column of refunds, or words that would say so. An order that was never paid has none.</summary>
    private bool TellsOfRefunds(OrderSigns signs) =>
        _first.Has(layout.Refunded)
        || (layout.RefundsListed is { } listed && _first.Has(listed.Column))
        || (layout.RefundStates is { } states && _first.Has(states))
        || _first.Has(s_paymentState)
        || (signs & OrderSigns.Unpaid) != OrderSigns.None;

    private Money? RefundUnknown(string why)
    {
        unknown["order.refunded"] = why;
        return null;
    }

    /// <summary>The rows that still count; all of them when the whole order was called off.</summary>
    public FeedRow[] LiveRows() => rows.Where(row => !IsCalledOff(row)).ToArray() is { Length: > 0 } some ? some : rows;
}
