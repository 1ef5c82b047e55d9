using OpsChat.Text;

namespace OpsChat.Operations.History;

/// <summary>
/// All that is known of a shop, indexed. Immutable. It is only read as it was known at a moment (<see cref="AsOf"/>), so a replay cannot see
/// what became known later.
/// </summary>
public sealed class ShopHistory
{
    private readonly Dictionary<string, ItemHistory> _items;
    private Dictionary<string, OrderRow>? _byKey;
    private HashSet<string>? _filesOfPayments;
    private Dictionary<string, string>? _carriers;
    private ILookup<string, AdSpend>? _ads;
    private ILookup<string, (DateTimeOffset At, long Price)>? _prices;
    private IReadOnlyList<(string Carrier, DateTimeOffset First)>? _carriersSince;
    private Dictionary<string, DateTimeOffset?>? _delivered;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<DateOnly, Parcels.LateModel?> _lateModels = new();

    private ShopHistory(
        ShopCalendar calendar,
        string currency,
        (DateOnly From, DateOnly To) days,
        ShopRows rows,
        Dictionary<string, ItemHistory> items
    )
    {
        (Calendar, Currency, Days, Rows, _items) = (calendar, currency, days, rows, items);
        OrdersByNumber = rows.Orders.GroupBy(o => o.Number, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
    }

    public ShopCalendar Calendar { get; }

    /// <summary>The shop's currency: alerts are ranked in it.</summary>
    public string Currency { get; }

    /// <summary>The day of the first dated row.</summary>
    public DateOnly FirstDay => Days.From;

    /// <summary>The first and the last day that any row names.</summary>
    public (DateOnly From, DateOnly To) Days { get; }

    /// <summary>The rows, each list in the order of time; counts of stock are only kept by item, since they are by far the most.</summary>
    internal ShopRows Rows { get; }

    internal IReadOnlyDictionary<string, ItemHistory> Items => _items;

    internal IReadOnlyDictionary<string, OrderRow> OrdersByNumber { get; }

    public static ShopHistory Build(ShopRows rows, ShopCalendar calendar, string currency)
    {
        var sorted = rows with
        {
            Orders = [.. rows.Orders.OrderBy(o => o.PlacedAt)],
            Parcels = [.. rows.Parcels.OrderBy(p => p.ShippedAt)],
            SupplyOrders = [.. rows.SupplyOrders.OrderBy(s => s.OrderedAt).ThenBy(s => s.Number, StringComparer.Ordinal)],
            Returns = [.. rows.Returns.OrderBy(r => r.RequestedAt)],
            Contacts = [.. rows.Contacts.OrderBy(c => c.At)],
            Picks = [.. rows.Picks.OrderBy(p => p.PackedAt)],
            Ads = [.. rows.Ads.OrderBy(ad => ad.From)],
            Charges = [.. rows.Charges.OrderBy(c => c.ChargeAt)],
            Reviews = [.. rows.Reviews.OrderBy(r => r.At)],
            Payments = [.. rows.Payments.OrderBy(p => p.At)],
        };
        var (first, last) = Span(sorted, calendar);
        return new(calendar, currency, (first, last), sorted with { Stock = [] }, new ItemIndex(sorted, calendar, first, last).Build());
    }

    /// <summary>The same history with what OpsChat itself knows of customers and of purchases that were asked for.</summary>
    public ShopHistory With(IReadOnlyList<ContactRow> contacts, IReadOnlyList<PurchaseRequest> requests) =>
        new(Calendar, Currency, Days, Rows with { Contacts = [.. contacts.OrderBy(c => c.At)], Requests = requests }, _items);

    /// <summary>The shop as it was known at that moment.</summary>
    public ShopMoment AsOf(DateTimeOffset now) => new(this, now);

    /// <summary>The same code when it is one of the shop's; null when it is not.</summary>
    public string? Knows(string? sku) => sku is not null && _items.ContainsKey(sku) ? sku : null;

    /// <param name="key">See <see cref="OrderNumber.Key"/>.</param>
    public OrderRow? FindOrder(string key) => (_byKey ??= Rows.Orders.GroupBy(o => OrderNumber.Key(o.Number), StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal)).GetValueOrDefault(key);

    /// <summary>Whether the order's file tells of payments: where it calls no order paid, nobody knows which are not.</summary>
    internal bool TellsPayment(OrderRow order) => (_filesOfPayments ??= Rows.Orders.Where(o => o.PaidAt is not null).Select(o => o.Place.File)
        .ToHashSet(StringComparer.Ordinal)).Contains(order.Place.File);

    /// <summary>Advertising of one article, oldest first.</summary>
    internal IEnumerable<AdSpend> AdsOf(string sku) =>
        (_ads ??= Rows.Ads.Where(ad => ad.Sku is not null).OrderBy(ad => ad.From).ToLookup(ad => ad.Sku!, StringComparer.OrdinalIgnoreCase))[sku];

    /// <summary>What was paid for one piece of an article, oldest first, in the shop's currency.</summary>
    internal IEnumerable<(DateTimeOffset At, long Price)> PricesOf(string sku) =>
        (
            _prices ??= Rows
                .Orders.Where(o => o.Total.Currency == Currency)
                .SelectMany(o => o.Lines.Where(l => l.Price is > 0).Select(l => (l.Sku, o.PlacedAt, Price: l.Price!.Value)))
                .ToLookup(l => l.Sku, l => (l.PlacedAt, l.Price), StringComparer.Ordinal)
        )[sku];

    /// <summary>When the order's newest parcel was delivered, as the files say now.</summary>
    internal DateTimeOffset? DeliveredAt(string order) => (_delivered ??= Rows.Parcels.GroupBy(p => p.Order, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Last().DeliveredAt, StringComparer.Ordinal)).GetValueOrDefault(order);

    /// <summary>The model of a month: fitted once, on what was known when it began.</summary>
    internal Parcels.LateModel? LateModelOf(DateOnly month) =>
        _lateModels.GetOrAdd(month, first => Parcels.LateModel.Fit(AsOf(Calendar.At(first, new(6, 0)))));

    /// <summary>Each carrier with its first parcel.</summary>
    internal IReadOnlyList<(string Carrier, DateTimeOffset First)> CarriersSince => _carriersSince ??=
        [.. Rows.Parcels.Where(p => p.Carrier.Length > 0).GroupBy(p => p.Carrier, StringComparer.Ordinal).Select(g => (g.Key, g.First().ShippedAt))];

    /// <summary>Who carries the order's newest parcel; null when none is known.</summary>
    public string? CarrierOf(string order) => (_carriers ??= Rows.Parcels.GroupBy(p => p.Order, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Last().Carrier, StringComparer.Ordinal)).GetValueOrDefault(order);

    private static (DateOnly First, DateOnly Last) Span(ShopRows rows, ShopCalendar calendar)
    {
        var times = new List<DateTimeOffset>();
        void Add<T>(IReadOnlyList<T> all, Func<T, DateTimeOffset> at)
        {
            if (all.Count > 0)
            {
                times.Add(at(all[0]));
                times.Add(at(all[^1]));
            }
        }

        Add(rows.Orders, o => o.PlacedAt);
        Add(rows.Parcels, p => p.ShippedAt);
        Add(rows.SupplyOrders, s => s.OrderedAt);
        Add(rows.Returns, r => r.RequestedAt);
        if (rows.Stock.Count > 0)
        {
            times.Add(rows.Stock.Min(s => s.At));
            times.Add(rows.Stock.Max(s => s.At));
        }

        return times.Count == 0 ? (DateOnly.MinValue, DateOnly.MinValue) : (calendar.Day(times.Min()), calendar.Day(times.Max()));
    }
}
