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

    private OrderAmounts Amounts => new(rows, layout, _unknown);

    private ShopReading Reading => _first.Table.Reading;

    public ReadOrder? Read()
    {
        var (signs, unknownState, hasMoneyWords) = States();
        var currency =
            Text(layout.Currency) is { } named && CellCurrency.IsCode(named)
                ? named.ToUpperInvariant()
                : layout.DefaultCurrency ?? Reading.Currency;
        var total = Amounts.Total(currency);
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
            Amounts.Refunded(signs, total, currency, dates),
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
                && Amounts.Of(layout.Outstanding, currency) is { Value: { } due }
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
            Country = OrderChecks.CountryOf(Text),
            ShipBy = rows.Select(row => row.Moment(layout.ShipBy).Value).FirstOrDefault(moment => moment is not null),
            Source = Text(OrderChecks.Source)?.ToLowerInvariant(),
            Check = OrderChecks.Read(Text, order.Email, _first),
            To = OrderChecks.DestinationOf(Text),
        };
    }

    /// <summary>The first row of the order that fills the column: exports write order fields on the first row, or on each.</summary>
    private string? Text(Column column) => rows.Select(row => row.Text(column)).FirstOrDefault(text => text is not null);

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

    /// <summary>Units of one article are one line; what was called off is none.</summary>
    private IReadOnlyList<OrderLine> Lines(string currency)
    {
        var live = layout.StateOfRows ? Amounts.LiveRows() : rows;
        var lines = live.Select(row => Line(row, currency)).OfType<OrderLine>().Where(line => line.Quantity > 0);
        return layout.StateOfRows
            ?
            [
                .. lines
                    .GroupBy(line => (line.Name, line.Sku, line.Price))
                    .Select(units => units.First() with { Quantity = units.Sum(unit => unit.Quantity) }),
            ]
            : [.. lines];
    }

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
