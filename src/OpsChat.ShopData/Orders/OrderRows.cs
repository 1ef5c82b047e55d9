using OpsChat.Facts;
using OpsChat.ShopData.Tables;
using OpsChat.ShopData.Values;
using OpsChat.Text;
using System.Net;

namespace OpsChat.ShopData.Orders;

/// <summary>The rows of one order, read by the layout of its platform.</summary>
internal sealed class OrderRows(FeedRow[] rows, OrderLayout layout)
{
    private readonly Dictionary<string, string> _unknown = new(StringComparer.Ordinal);
    private readonly FeedRow _first = rows[0];

    /// <summary>"paid" beside "partially refunded" in the same column: silence is no refund.</summary>
    private static readonly Column s_paymentState = new("payment status", "Financial Status", "Payment Status");

    private ShopReading Reading => _first.Table.Reading;

    public ReadOrder? Read()
    {
        var (signs, unknownState, hasMoneyWords) = States();
        var currency =
            Text(layout.Currency) is { } named && CellCurrency.IsCode(named)
                ? named.ToUpperInvariant()
                : layout.DefaultCurrency ?? Reading.Currency;
        var total = Total(currency);
        var dates = Dates();
        var paymentMethod = Text(layout.PaymentMethod);
        var order = new Order(
            OrderNumber.Shown(Text(layout.Number)!),
            Email(),
            PhoneEndings(),
            BuyerName(),
            null, null, null, null, null,
            layout.Items is { } items ? items.Read(rows, currency) : Lines(currency),
            total,
            Refunded(signs, total, currency, dates),
            dates,
            Known("order.promised_by", _first.Day(layout.PromisedBy)),
            paymentMethod,
            Text(layout.ShippingMethod),
            _first.Source)
        {
            IsTest =
                paymentMethod?.Contains("for testing", StringComparison.OrdinalIgnoreCase) == true
                || paymentMethod?.Contains("bogus", StringComparison.OrdinalIgnoreCase) == true,
            IsCashOnDelivery = IsCashOnDelivery(paymentMethod),
            PaidSoFar =
                signs.HasFlag(OrderSigns.PartlyPaid)
                && total is { } sum
                && Amount(layout.Outstanding, currency) is { Value: { } due }
                && due.Minor <= sum.Minor
                    ? sum with
                    {
                        Minor = sum.Minor - Math.Max(0, due.Minor),
                    }
                    : null,
        };
        if (layout.PaidOnlyByDate && _first.Has(layout.PaidAt))
        {
            hasMoneyWords = true;
        }

        return new(order with { Unknown = _unknown }, signs, unknownState, hasMoneyWords, ShipmentOf(order))
        {
            TellsOfPayment = layout.States.Any(_first.Has) || _first.Has(layout.PaidAt),
            TellsOfDispatch = layout.States.Any(_first.Has) || _first.Has(layout.ShippedAt),
            Region = Text(layout.Region),
            ShipBy = rows.Select(row => row.Moment(layout.ShipBy).Value).FirstOrDefault(moment => moment is not null),
            Source = Text(OrderChecks.Source)?.ToLowerInvariant(),
            Check = OrderChecks.Read(Text, order.Email, _first),
        };
    }

    /// <summary>The first row of the order that fills the column: exports write order fields on the first row, or on each.</summary>
    private string? Text(Column column) => rows.Select(row => row.Text(column)).FirstOrDefault(text => text is not null);

    private Cell<Money> Amount(Column column, string currency) =>
        rows.Select(row => row.Amount(column, currency)).FirstOrDefault(cell => !cell.IsEmpty);

    private T? Known<T>(string fact, Cell<T> cell) where T : struct
    {
        if (cell.Unreadable is { } why)
        {
            _unknown[fact] = why;
        }

        return cell.Value;
    }

    private (OrderSigns Signs, string? Unknown, bool HasMoneyWords) States()
    {
        if (layout.StateOfRows)
        {
            return StatesOfRows();
        }

        var (signs, hasMoney) = (OrderSigns.None, false);
        string? unknown = null;
        foreach (var column in layout.States)
        {
            var words = rows.Select(row => row.Text(column)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            if (words is not [var word, ..])
            {
                continue;
            }

            if (words.Select(each => layout.Words.Of(WithoutDetail(each))).Distinct().Skip(1).Any())
            {
                unknown ??= Contradicting(words, column);
            }
            else if (layout.Words.Of(WithoutDetail(word)) is { } found)
            {
                signs |= found;
                hasMoney |=
                    (
                        found
                        & (OrderSigns.Paid | OrderSigns.Unpaid | OrderSigns.PartlyPaid | OrderSigns.Refunded | OrderSigns.PartlyRefunded)
                    ) != OrderSigns.None;
            }
            else
            {
                unknown ??= Unknown(word, column);
            }
        }

        // Tags are the owner's own words: one that OpsChat knows tells more, one that it does not know says nothing about the platform's states.
        if (StatusTag() is { } tag && layout.Words.Of(tag) is { } told)
        {
            signs |= told;
        }

        return (signs, unknown, hasMoney);
    }

    /// <summary>Shopee puts a deadline behind a state: "Order received, but buyer can raise return until …". What stands before the comma
    /// counts.</summary>
    private static string WithoutDetail(string word) =>
        word.StartsWith("Order received, but", StringComparison.OrdinalIgnoreCase) ? "delivered" : word;

    private string? StatusTag() => Text(layout.Tags)?
        .Split(',', StringSplitOptions.TrimEntries)
        .FirstOrDefault(t => t.StartsWith("status:", StringComparison.OrdinalIgnoreCase))?["status:".Length..];

    /// <summary>Rows that are called off say nothing about those that are not; rows in different states make a partly shipped order.</summary>
    private (OrderSigns, string?, bool) StatesOfRows()
    {
        var words = rows.Select(row => row.Text(layout.States[0])).ToList();
        if (words.Find(word => word is not null && layout.Words.Of(word) is null) is { } strange)
        {
            return (OrderSigns.None, Unknown(strange, layout.States[0]), false);
        }

        var all = words.Select(word => word is null ? OrderSigns.None : layout.Words.Of(word)!.Value).Distinct().ToList();
        var live = all.Where(s => (s & (OrderSigns.Cancelled | OrderSigns.Returned)) == OrderSigns.None).ToList();
        var signs = live.Count switch
        {
            0 => all.Contains(OrderSigns.Returned) ? OrderSigns.Returned : OrderSigns.Cancelled,
            1 => live[0],
            _ => live.Aggregate((a, b) => a | b) | OrderSigns.PartlyShipped,
        };
        return (signs, null, (signs & OrderSigns.Unpaid) != OrderSigns.None);
    }

    private string Unknown(string word, Column column)
    {
        var header = _first.Table.Find(column) is { } index ? _first.Table.HeaderAt(index) : column.Name;
        var problem = $"\"{word}\" in the column \"{header}\" is no state that OpsChat knows of {layout.Platform}.";
        Reading.Warning(
            _first.File,
            _first.Line,
            problem,
            "Where such an order stands is unknown, and a person answers.",
            (_first.Table.Find(column) ?? 0) + 1
        );
        return $"{_first.File} line {_first.Line}: {problem}";
    }

    private string Contradicting(IReadOnlyList<string> words, Column column)
    {
        var problem = $"The rows of order {OrderNumber.Shown(Text(layout.Number)!)} are in different states: {string.Join(", ", words)}.";
        Reading.Warning(_first.File, _first.Line, problem, "Where it stands is unknown, and a person answers.", (_first.Table.Find(column) ?? 0) + 1);
        return $"{_first.File} line {_first.Line}: {problem}";
    }

    private OrderDates Dates()
    {
        var placed = rows.Select(row => row.Moment(layout.PlacedAt, layout.PlacedTime)).FirstOrDefault(cell => !cell.IsEmpty);
        return new(
            Known("order.placed_on", placed),
            Date("order.paid_on", layout.PaidAt),
            Date("order.shipped_on", layout.ShippedAt),
            Date("order.delivered_on", layout.DeliveredAt),
            Date("order.cancelled_on", layout.CancelledAt),
            Date("order.refunded_on", layout.RefundedAt)
        );
    }

    private DateTimeOffset? Date(string fact, Column column) =>
        Known(fact, rows.Select(row => row.Moment(column)).FirstOrDefault(cell => !cell.IsEmpty));

    private Money? Total(string currency)
    {
        if (_first.Has(layout.Total))
        {
            var cell = Amount(layout.Total, currency);
            if (cell.Value is { Minor: >= 0 } total)
            {
                return total;
            }

            if (layout.Summed is null || !cell.IsEmpty)
            {
                _unknown["order.total"] = cell.Unreadable
                    ?? (cell.Value is { } below ? BelowZero(below) : $"{_first.File} line {_first.Line}: the order has no total.");
                return null;
            }
        }

        return layout.Summed is { } sum ? Sum(sum, currency) : null;
    }

    private string BelowZero(Money total)
    {
        var problem = $"The order's total is below zero: {total}.";
        Reading.Warning(_first.File, _first.Line, problem, "What the order costs is unknown.", (_first.Table.Find(layout.Total) ?? 0) + 1);
        return $"{_first.File} line {_first.Line}: {problem}";
    }

    private Money? Sum(SummedTotal sum, string currency)
    {
        var live = layout.StateOfRows ? Live() : rows;
        // Without any price there is no sum: Amazon leaves prices empty until the order is paid.
        if (!live.SelectMany(row => sum.OfRows.Take(1).Select(column => row.Amount(column, currency))).Any(cell => cell.Value is not null))
        {
            _unknown["order.total"] = $"{_first.File} line {_first.Line}: the order has no prices yet.";
            return null;
        }

        var cells = live.SelectMany(row => sum.OfRows.Select(column => (Sign: 1, Cell: row.Amount(column, currency))))
            .Concat(live.SelectMany(row => sum.OfRowsLess.Select(column => (Sign: -1, Cell: row.Amount(column, currency)))))
            .Concat(sum.Once.Select(column => (Sign: 1, Cell: Amount(column, currency))))
            .Concat(sum.OnceLess.Select(column => (Sign: -1, Cell: Amount(column, currency))))
            .ToList();
        if (cells.Find(c => c.Cell.Unreadable is not null).Cell.Unreadable is { } why)
        {
            _unknown["order.total"] = why;
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
    private Money? Refunded(OrderSigns signs, Money? total, string currency, OrderDates dates)
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
            return total is { } most && back.Currency == most.Currency && back.Minor > most.Minor ? most : back;
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
        if (layout.RefundsListed is { } listed && Text(listed.Column) is { } cell)
        {
            return
            [
                listed.Read(cell, currency) is { } sum
                    ? new(sum, null)
                    : new(null, $"{_first.File} line {_first.Line}: the refunds \"{cell}\" cannot be read."),
            ];
        }

        return layout.RefundOfRows ? [.. rows.Select(row => row.Amount(layout.Refunded, currency))] : [Amount(layout.Refunded, currency)];
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
        _unknown["order.refunded"] = why;
        return null;
    }

    /// <summary>Units of one article are one line; what was called off is none.</summary>
    private IReadOnlyList<OrderLine> Lines(string currency)
    {
        var lines = (layout.StateOfRows ? Live() : rows).Select(row => Line(row, currency)).OfType<OrderLine>().Where(line => line.Quantity > 0);
        return layout.StateOfRows
            ?
            [
                .. lines
                    .GroupBy(line => (line.Name, line.Sku, line.Price))
                    .Select(units => units.First() with { Quantity = units.Sum(unit => unit.Quantity) }),
            ]
            : [.. lines];
    }

    /// <summary>The rows that still count; all of them when the whole order was called off.</summary>
    private FeedRow[] Live() => rows.Where(row => !IsCalledOff(row)).ToArray() is { Length: > 0 } some ? some : rows;

    private OrderLine? Line(FeedRow row, string currency)
    {
        if (row.Text(layout.ItemName) is not { } written)
        {
            return null;
        }

        var name = WebUtility.HtmlDecode(written);
        var variation = row.Text(layout.ItemVariation) is { } own ? WebUtility.HtmlDecode(own) : null;
        var quantity = row.Count(layout.ItemQuantity);
        var price = row.Amount(layout.ItemPrice, currency).Value;
        if (layout.PriceOfLine && price is { } whole)
        {
            price = quantity.Value is > 0 and var count && whole.Minor % count == 0 ? whole with { Minor = whole.Minor / count } : null;
        }

        if (quantity.Value is null && row.Has(layout.ItemQuantity))
        {
            _unknown["order.item_count"] = quantity.Unreadable ?? $"{row.File} line {row.Line}: the quantity of \"{name}\" is empty.";
        }

        // A quantity that cannot be read leaves the line with at least one piece: the item itself is known.
        return new(
            variation is null || name.Contains(variation, StringComparison.OrdinalIgnoreCase) ? name : $"{name} - {variation}",
            row.Text(layout.ItemSku), quantity.Value ?? 1, price);
    }

    /// <summary>Some exports have two columns of addresses, of the account and of the bill, and fill one.</summary>
    private string? Email() => layout.Emails.Select(Text).FirstOrDefault(text => text is not null) is { } text ? CustomerDetail.Email(text) : null;

    private IReadOnlyList<string> PhoneEndings() =>
        [
            .. layout
                .Phones.SelectMany(column => rows.Select(row => row.Text(column)))
                .OfType<string>()
                .Select(CustomerDetail.PhoneEnding)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal),
        ];

    private string? BuyerName()
    {
        if (Text(layout.FirstName) is { } first)
        {
            return $"{first} {Text(layout.LastName)}".Trim();
        }

        return layout.BuyerNames.Select(Text).FirstOrDefault(name => name is not null && !name.Contains('*', StringComparison.Ordinal));
    }

    /// <summary>A tracking number in a column of its own, or as <c>tracking: 123</c> in the note attributes. One that a spreadsheet rounded is
    /// left out.</summary>
    private Shipment? ShipmentOf(Order order)
    {
        var tracking = Text(layout.Tracking) ?? NoteAttribute("tracking");
        var carrier = Text(layout.Carrier) ?? NoteAttribute("carrier") ?? NoteAttribute("courier");
        if (tracking is not null && CellNumber.IsDamagedId(tracking))
        {
            Reading.Warning(
                _first.File,
                _first.Line,
                $"The tracking number \"{tracking}\" was rounded by a spreadsheet.",
                "It is left out. Export the file again without saving it in Excel."
            );
            tracking = null;
        }

        return tracking is null
            ? null
            : new Shipment(order.Number, carrier, tracking, Text(layout.TrackingUrl), order.Dates.Shipped, order.Dates.Delivered, [], order.Source);
    }

    private string? NoteAttribute(string name) => Text(layout.NoteAttributes)?
        .Split('\n', ';')
        .Select(a => a.Split(':', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(a => a.Length == 2 && a[0].StartsWith(name, StringComparison.OrdinalIgnoreCase) && a[1].Length > 0)?[1];

    private static bool IsCashOnDelivery(string? method) =>
        method is not null
        && (
            method.Contains("cash on delivery", StringComparison.OrdinalIgnoreCase)
            || method.Contains("bayar di tempat", StringComparison.OrdinalIgnoreCase)
            || method.Contains("เก็บเงินปลายทาง", StringComparison.Ordinal)
            || method.Split(' ', '(', ')', '-', '/').Contains("COD", StringComparer.OrdinalIgnoreCase)
        );
}
