using OpsChat.Facts;
using OpsChat.ShopData.Tables;
using OpsChat.ShopData.Values;
using OpsChat.Text;

namespace OpsChat.ShopData.Orders;

/// <summary>An order as one file tells it, before shipments and returns have their say.</summary>
/// <param name="Signs">What its state words say together.</param>
/// <param name="UnknownState">Why the state is not known; null when every word of it is.</param>
/// <param name="HasMoneyWords">A word or date says whether it was paid.</param>
/// <param name="Shipment">What the orders file itself knows of the parcel, or null.</param>
internal sealed record ReadOrder(Order Order, OrderSigns Signs, string? UnknownState, bool HasMoneyWords, Shipment? Shipment)
{
    /// <summary>False when no column of the file could say that an order is paid: nothing then means that it is not.</summary>
    public bool TellsOfPayment { get; init; } = true;

    /// <summary>False when no column of the file could say that an order was sent.</summary>
    public bool TellsOfDispatch { get; init; } = true;

    /// <summary>State or country of delivery; null when unknown.</summary>
    public string? Region { get; init; }

    /// <summary>Country of delivery as it is written; null when unknown.</summary>
    public string? Country { get; init; }

    /// <summary>The marketplace's limit for handing over; null without one.</summary>
    public DateTimeOffset? ShipBy { get; init; }

    /// <summary>What brought the customer; null when unknown.</summary>
    public string? Source { get; init; }

    /// <summary>Where it goes, for <see cref="PostcodeChecks"/> alone: it is kept nowhere. Null when the file does not say.</summary>
    public Destination? To { get; init; }

    /// <summary>What addresses and the platform's risk say; null when the file has none of it.</summary>
    public OpsChat.Operations.History.OrderCheckFacts? Check { get; init; }
}

/// <summary>Reads a table of orders. Order fields stand on the first row of an order or on each; a row is an item, a unit or a whole order.</summary>
internal static class OrdersFeed
{
    public static IReadOnlyList<ReadOrder>? Read(FeedTable table, OrderLayout layout)
    {
        table.PlatformDates = layout.Dates;
        var numbered = table.Rows.Where(row => HasNumber(row, layout)).ToList();
        if (numbered.Find(row => CellNumber.IsDamagedId(row.Text(layout.Number)!)) is { } damaged)
        {
            table.Reading.Error(
                table.File,
                damaged.Line,
                $"The order number \"{damaged.Text(layout.Number)}\" was rounded by a spreadsheet, so different orders look the same.",
                "The file is not used. Export it again and do not save it with Excel, or format the column as text before pasting.",
                table.Find(layout.Number)!.Value + 1
            );
            return null;
        }

        var orders = numbered
            .GroupBy(row => OrderNumber.Key(row.Text(layout.Number)!), StringComparer.Ordinal)
            .Select(rows => new OrderRows(layout.StateOfRows ? [.. rows] : Once([.. rows]), layout).Read())
            .OfType<ReadOrder>()
            .ToList();
        TellWhoCanProve(table, layout, orders);
        return PostcodeChecks.Told(orders);
    }

    /// <summary>An order that stands there several times, cell for cell, as in two exports put together, is one. Rows of single units are not
    /// asked: they may be alike.</summary>
    private static FeedRow[] Once(FeedRow[] rows)
    {
        for (var length = 1; length <= rows.Length / 2; length++)
        {
            if (rows.Length % length == 0 && Enumerable.Range(length, rows.Length - length).All(i => IsSame(rows[i], rows[i - length])))
            {
                return rows[..length];
            }
        }

        return rows;
    }

    private static bool IsSame(FeedRow one, FeedRow other) => one.Cells.SequenceEqual(other.Cells, StringComparer.Ordinal);

    private static bool HasNumber(FeedRow row, OrderLayout layout)
    {
        if (OrderNumber.Key(row.Text(layout.Number) ?? "").Length > 0)
        {
            return true;
        }

        row.Table.Reading.Warning(
            row.File,
            row.Line,
            "The row has no order number.",
            "The row is left out. Each row of an order carries its number."
        );
        return false;
    }

    private static void TellWhoCanProve(FeedTable table, OrderLayout layout, List<ReadOrder> orders)
    {
        if (orders.Count == 0 || orders.Exists(o => o.Order.Email is not null || o.Order.PhoneEndings.Count > 0))
        {
            return;
        }

        var isMasked = layout.Phones.Any(phone => table.Rows.Any(row => row.Text(phone)?.Contains('*', StringComparison.Ordinal) == true));
        table.Reading.Warning(
            table.File,
            table.HeaderLine,
            isMasked
                ? $"{layout.Platform} hides the buyers' phone numbers (with *), and names no e-mail."
                : "The file names neither e-mail nor phone of a buyer.",
            "No buyer of this file can prove an order in the chat; such questions go to a person. A chat of the marketplace itself vouches "
                + "for its customer."
        );
    }
}
