namespace OpsChat.Facts.Csv;

/// <summary>Reads orders.csv. Order fields stand on the first row of an order (Shopify) or on every row (Shopee); each row is one item.</summary>
internal static class OrdersFile
{
    /// <summary>An order as one file tells it, before shipments and returns have their say.</summary>
    /// <param name="Shipment">What the orders file itself knows of the parcel, or null.</param>
    public sealed record ReadOrder(Order Order, OrderState State, Shipment? Shipment);

    /// <summary>Null when the file lacks what no order can do without; the findings say what.</summary>
    public static IReadOnlyList<ReadOrder>? Read(CsvTable table, CsvReading reading)
    {
        var hasNumber = table.Require(OrderColumns.Number);
        var hasTotal = table.Require(OrderColumns.Total);
        var hasItem = table.Require(OrderColumns.ItemName);
        if (!hasNumber || !hasTotal || !hasItem)
        {
            return null;
        }

        if (table.Find(OrderColumns.Email) is null && table.Find(OrderColumns.Phone) is null && table.Find(OrderColumns.ShippingPhone) is null)
        {
            reading.Warning(table.File, 1, "No column for e-mail or phone.", "Without one no customer can prove an order; every order question goes to a person.");
        }

        return
        [
            .. table.Rows
                .Where(row => HasNumber(row, reading))
                .GroupBy(row => OrderNumber.Key(row.Text(OrderColumns.Number)!), StringComparer.Ordinal)
                .Select(rows => ReadOne([.. rows], reading))
                .OfType<ReadOrder>(),
        ];
    }

    private static bool HasNumber(CsvRow row, CsvReading reading)
    {
        if (OrderNumber.Key(row.Text(OrderColumns.Number) ?? "").Length > 0)
        {
            return true;
        }

        reading.Warning(row.File, row.Line, "The row has no order number.", "The row is left out. Each row of an order carries its number.");
        return false;
    }

    private static ReadOrder? ReadOne(CsvRow[] rows, CsvReading reading)
    {
        var first = rows[0];
        var currency = first.Text(OrderColumns.Currency)?.ToUpperInvariant() ?? reading.Currency;
        if (first.Amount(OrderColumns.Total, currency) is not { } total)
        {
            reading.Warning(first.File, first.Line, $"Order {first.Text(OrderColumns.Number)} has no total.", "The order is left out. Its first row carries the order's total.");
            return null;
        }

        var state = StateOf(first);
        var refunded = first.Amount(OrderColumns.Refunded, currency) ?? (state.Financial == "refunded" ? total : new Money(0, currency));
        var order = new Order(
            OrderNumber.Shown(first.Text(OrderColumns.Number)!),
            first.Text(OrderColumns.Email)?.ToLowerInvariant(),
            PhoneEndings(first),
            first.Text(OrderColumns.BillingName, OrderColumns.ShippingName),
            OrderStatus.Unpaid, IsPaid: false, IsShipped: false, IsDelivered: false, IsCancelled: false,
            [.. rows.Select(row => Line(row, currency)).OfType<OrderLine>()],
            total,
            refunded,
            DatesOf(first),
            first.Day(OrderColumns.PromisedBy),
            first.Text(OrderColumns.PaymentMethod),
            first.Text(OrderColumns.ShippingMethod),
            reading.SourceOf(first));
        return new ReadOrder(order, state, ShipmentOf(first, order));
    }

    private static OrderState StateOf(CsvRow row) => new(
        OrderState.Word(row.Text(OrderColumns.FinancialStatus)),
        OrderState.Word(row.Text(OrderColumns.FulfillmentStatus)),
        OrderState.Word(row.Text(OrderColumns.OrderStatus) ?? StatusTag(row.Text(OrderColumns.Tags))));

    private static string? StatusTag(string? tags) => tags?
        .Split(',', StringSplitOptions.TrimEntries)
        .FirstOrDefault(t => t.StartsWith("status:", StringComparison.OrdinalIgnoreCase))?["status:".Length..];

    private static OrderDates DatesOf(CsvRow row) => new(
        row.Moment(OrderColumns.PlacedAt),
        row.Moment(OrderColumns.PaidAt),
        row.Moment(OrderColumns.ShippedAt),
        row.Moment(OrderColumns.DeliveredAt),
        row.Moment(OrderColumns.CancelledAt),
        row.Moment(OrderColumns.RefundedAt));

    private static OrderLine? Line(CsvRow row, string currency)
    {
        if (row.Text(OrderColumns.ItemName) is not { } name)
        {
            return null;
        }

        var variation = row.Text(OrderColumns.ItemVariation);
        return new OrderLine(
            variation is null ? name : $"{name} - {variation}",
            row.Text(OrderColumns.ItemSku),
            row.Count(OrderColumns.ItemQuantity) ?? 1,
            row.Amount(OrderColumns.ItemPrice, currency));
    }

    private static IReadOnlyList<string> PhoneEndings(CsvRow row) =>
    [
        .. new[] { OrderColumns.Phone, OrderColumns.BillingPhone, OrderColumns.ShippingPhone }
            .Select(c => string.Concat((row.Text(c) ?? "").Where(char.IsAsciiDigit)))
            .Where(digits => digits.Length >= 6)
            .Select(digits => digits[^4..])
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>A tracking number in a column of its own, or as <c>tracking: 123</c> in the note attributes.</summary>
    private static Shipment? ShipmentOf(CsvRow row, Order order)
    {
        var tracking = row.Text(OrderColumns.Tracking) ?? NoteAttribute(row.Text(OrderColumns.NoteAttributes), "tracking");
        var carrier = row.Text(OrderColumns.Carrier) ?? NoteAttribute(row.Text(OrderColumns.NoteAttributes), "carrier");
        return tracking is null
            ? null
            : new Shipment(order.Number, carrier, tracking, null, order.Dates.Shipped, order.Dates.Delivered, [], order.Source);
    }

    private static string? NoteAttribute(string? attributes, string name) => attributes?
        .Split('\n', ';')
        .Select(a => a.Split(':', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(a => a.Length == 2 && a[0].StartsWith(name, StringComparison.OrdinalIgnoreCase) && a[1].Length > 0)?[1];
}
