using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about single orders: what is in one, what it came to, where it stands, and when it is to be there.</summary>
internal sealed class OrderAnswers(AskedOfShop asked)
{
    /// <summary>Fewer parcels of a carrier say nothing of how long it takes.</summary>
    private const int LeastParcels = 20;

    private readonly ShopMoment _shop = asked.Shop;

    public OwnerAnswer One(string number)
    {
        var all = _shop.OrdersSince(DateTimeOffset.MinValue)
            .Where(o => OrderNumber.Key(o.Number) == OrderNumber.Key(number) && asked.IsAbout(o)).ToList();
        return all.Count == 0 ? new(true, $"No order {number} is known.", [], [], ["orders"], [])
            : Table(all, $"Order {all[0].Number}{By(all[0])}: {DaysOf(all[0])}{ScanOf(all[0])}{ArrivalOf(all[0])}.", "orders", "parcels")
                with { NamesCustomer = AsksWhose && asked.Customers.HaveNames };
    }

    /// <param name="orders">The biggest first.</param>
    /// <param name="days">The days that are asked about, in words.</param>
    public OwnerAnswer Biggest(IReadOnlyList<OrderRow> orders, string days) =>
        orders.Count == 0 ? new(true, $"No order came: {days}.", [], [], ["orders"], [])
            : Table(orders, $"The biggest order is {orders[0].Number}: {days}.", "orders");

    private OwnerAnswer Table(IReadOnlyList<OrderRow> orders, string title, params string[] sources) => new(
        true, title, ["", "placed", "total", "items", "state"],
        AnswerTable.Cut(orders, o => new[]
            {
                o.Number, $"{_shop.Calendar.Day(o.PlacedAt):d MMM yyyy}", o.Total.ToString(), ItemsOf(o, _shop), StateOf(o, _shop),
            },
            rest => ["", asked.SumsOf("", rest).Revenue.ToString()]),
        sources, []) { Figure = (double)orders[0].Total.Major };

    private bool AsksWhose => asked.Question.Asks("who") || SalesQuestion.Customers.Any(asked.Question.Asks);

    private string By(OrderRow order) => !AsksWhose ? ""
        : order.Customer is null ? ", which names no customer,"
        : $" of {asked.Customers.Of(order.Customer)}";

    /// <summary>All days of an order that are known, from its placing on.</summary>
    private string DaysOf(OrderRow order) => string.Join(", ", new (string What, DateTimeOffset? At)[]
        {
            ("placed", order.PlacedAt), ("paid", order.PaidAt), ("shipped", order.ShippedAt), ("delivered", DeliveryOf(order)),
            ("cancelled", order.CancelledAt),
        }.Where(d => d.At <= _shop.Now).Select(d => $"{d.What} on {_shop.Calendar.Day(d.At!.Value):d MMM}"))
        + (order.CancelledAt <= _shop.Now || DeliveryOf(order) <= _shop.Now || order.ShippedAt <= _shop.Now ? "" : $"; {StateOf(order, _shop)}");

    private IEnumerable<ParcelStatus> ParcelsOf(OrderRow order) =>
        _shop.Parcels.Where(p => OrderNumber.Key(p.Parcel.Order) == OrderNumber.Key(order.Number));

    /// <summary>By the order's own file, else when the last of its parcels came; null while it, or one of them, has not.</summary>
    private DateTimeOffset? DeliveryOf(OrderRow order) => order.DeliveredAt
        ?? (ParcelsOf(order).ToList() is { Count: > 0 } parcels && parcels.TrueForAll(p => p.DeliveredAt is not null)
            ? parcels.Max(p => p.DeliveredAt) : null);

    /// <summary>Where the parcel of an order that is under way was seen last.</summary>
    private string ScanOf(OrderRow order) => string.Concat(ParcelsOf(order).Where(p => p.IsOpen).Select(p => p.LastScan is { } at
        ? $"; {p.Parcel.Carrier} scanned it last on {_shop.Calendar.Day(at):d MMM}{(p.LastPlace is { } place ? $" in {place}" : "")}"
        : $"; {p.Parcel.Carrier} has not scanned it yet"));

    /// <summary>By when an order that has not come was promised; where nobody promised a day, how long its carrier usually takes.</summary>
    private string ArrivalOf(OrderRow order)
    {
        if (order.CancelledAt <= _shop.Now || DeliveryOf(order) <= _shop.Now)
        {
            return "";
        }

        return order.Promised is { } day
            ? $"; promised by {day:d MMM}{(day >= _shop.Today ? "" : IsUnderWay(order, day) ? ", so it is late" : "; whether it came no file tells")}"
            : $"; for which day it is promised no file tells{UsualOf(order)}";
    }

    /// <summary>It has not left, or its parcel is open where deliveries are told, or was scanned behind the day. Without a file of deliveries an
    /// order that was shipped long ago is known to have been shipped, and no more.</summary>
    private bool IsUnderWay(OrderRow order, DateOnly promised) => !(order.ShippedAt <= _shop.Now)
        || ParcelsOf(order).Any(p => p.IsOpen && (_shop.Parcels.Any(other => other.DeliveredAt is not null)
            || (p.LastScan is { } at && _shop.Calendar.Day(at) > promised)));

    private string UsualOf(OrderRow order)
    {
        if (ParcelsOf(order).FirstOrDefault(p => p.IsOpen) is not { Parcel: { } parcel })
        {
            return "";
        }

        var days = _shop.Parcels.Where(p => p.Parcel.Carrier == parcel.Carrier && p.DeliveredAt is not null)
            .Select(p => (p.DeliveredAt!.Value - p.Parcel.ShippedAt).TotalDays).Order().ToList();
        DateOnly By(double share) => _shop.Calendar.Day(parcel.ShippedAt.AddDays(days[(int)Math.Ceiling(share * days.Count) - 1]));
        return days.Count < LeastParcels ? ""
            : $"; as {parcel.Carrier} usually takes, it is there by {By(0.5):d MMM} in half of all cases, by {By(0.9):d MMM} in nine of ten";
    }

    public static string ItemsOf(OrderRow order, ShopMoment shop) =>
        string.Join(", ", order.Lines.Select(l => $"{l.Quantity} × {shop.NameOf(l.Sku)}"));

    public static string StateOf(OrderRow order, ShopMoment shop) =>
        order.CancelledAt <= shop.Now ? "cancelled"
        : order.DeliveredAt <= shop.Now ? $"delivered on {shop.Calendar.Day(order.DeliveredAt.Value):d MMM}"
        : order.ShippedAt <= shop.Now ? $"shipped on {shop.Calendar.Day(order.ShippedAt.Value):d MMM}"
        : order.PaidAt <= shop.Now ? "paid and not shipped"
        : shop.TellsPayment(order) ? "not paid"
        : "not shipped, and whether it is paid is not known";
}
