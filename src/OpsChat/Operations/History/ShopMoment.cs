using OpsChat.Operations.Settings;
using OpsChat.Operations.Stock;
using OpsChat.Text;

namespace OpsChat.Operations.History;

/// <summary>
/// The shop as it was known at one moment: the only way in which monitors see it. What several monitors need (demand, lead times) is
/// computed once. Not for use by several threads at once.
/// </summary>
public sealed class ShopMoment
{
    private readonly ShopHistory _history;
    private readonly DemandReader _demand;
    private readonly LeadTimeReader _leads;
    private readonly Dictionary<string, StockPlan?> _plans = new(StringComparer.Ordinal);
    private IReadOnlyList<ParcelStatus>? _parcels;
    private IReadOnlyList<string>? _skus;
    private Dictionary<string, int>? _soldToday;
    private ILookup<string, ProductRow>? _types;
    private ReturnFacts? _returns;
    private IReadOnlyList<RecordedChange>? _carrierChanges;
    private IReadOnlyList<CampaignRow>? _campaigns;

    internal ShopMoment(ShopHistory history, DateTimeOffset now)
    {
        (_history, Now) = (history, now);
        Today = history.Calendar.Day(now);
        DayIndex = Math.Max(0, Today.DayNumber - history.FirstDay.DayNumber);
        _demand = new(history, this);
        _leads = new(history, now);
    }

    public DateTimeOffset Now { get; }

    public DateOnly Today { get; }

    /// <summary>How many whole days of history lie before today.</summary>
    public int DayIndex { get; }

    public ShopCalendar Calendar => _history.Calendar;

    public string Currency => _history.Currency;

    internal ShopHistory History => _history;

    /// <summary>Every item that sales, stock or catalogue name, in the order of their codes.</summary>
    public IReadOnlyList<string> Skus => _skus ??= [.. _history.Items.Values.Where(IsKnown).Select(i => i.Sku).Order(StringComparer.Ordinal)];

    public ProductRow? Product(string sku) => _history.Items.GetValueOrDefault(sku)?.Product;

    /// <summary>What a piece costs by the catalogue, else by the newest order to a supplier that says it; null when neither does.</summary>
    public Money? CostOf(string sku) => Product(sku)?.Cost
        ?? (_history.Items.ContainsKey(sku) ? Supply(sku).LastOrDefault(s => s.UnitCost is not null)?.UnitCost : null);

    /// <summary>The name with its code: <c>Linen Tote Olive (LNT-OLV)</c>; the code alone where no catalogue names it.</summary>
    public string NameOf(string sku) => Product(sku) is { } product && product.Title != sku ? $"{product.FullName} ({sku})" : sku;

    /// <summary>The articles of a type that are sold and have a price.</summary>
    internal IEnumerable<ProductRow> OfType(string type) =>
        (
            _types ??= Skus.Select(Product)
                .OfType<ProductRow>()
                .Where(p => p is { IsActive: true, Price: not null })
                .ToLookup(p => p.Type, StringComparer.Ordinal)
        )[type];

    public DemandFacts Demand(string sku) => _demand.Of(sku);

    /// <summary>What the warehouses held when last counted; null when nobody counted.</summary>
    public StockPoint? Stock(string sku) => _history.Items.TryGetValue(sku, out var item) ? ItemHistory.Latest(item.Stock, Now) : null;

    /// <summary>The newest counts, newest first.</summary>
    public IEnumerable<StockPoint> StockBackwards(string sku) => Backwards(_history.Items[sku].Stock);

    /// <summary>Each counted item with the day of the history on which anything was first seen of it, and its first count.</summary>
    public IEnumerable<(string Sku, int FirstDay, StockPoint Point)> FirstCounts() => Skus.Select(s => _history.Items[s])
        .Where(i => ItemHistory.Known(i.Stock, Now) > 0 && i.FirstDay <= DayIndex).Select(i => (i.Sku, i.FirstDay, i.Stock[0]));

    /// <summary>What the storefront showed, newest first.</summary>
    public IEnumerable<StockPoint> StorefrontBackwards(string sku) => Backwards(_history.Items[sku].Storefront);

    /// <summary>Orders for the item that had been placed, oldest first.</summary>
    public IEnumerable<SupplyOrder> Supply(string sku) => _history.Items[sku].Supply.TakeWhile(s => s.OrderedAt <= Now);

    /// <summary>All orders to suppliers that had been placed, oldest first.</summary>
    public IEnumerable<SupplyOrder> SupplyOrders => _history.Rows.SupplyOrders.TakeWhile(s => s.OrderedAt <= Now);

    /// <summary>Who delivered the item last, else who the catalogue names; null when nobody is known.</summary>
    public string? SupplierOf(string sku) => Supply(sku).LastOrDefault()?.Supplier ?? Product(sku)?.Supplier;

    public LeadTimeFacts LeadTime(string? supplier) => _leads.Of(supplier);

    public SupplierTerms? Terms(string? supplier) =>
        _history.Rows.Suppliers.LastOrDefault(s => string.Equals(s.Supplier, supplier, StringComparison.OrdinalIgnoreCase));

    /// <summary>What was agreed with each supplier.</summary>
    public IEnumerable<SupplierTerms> AllTerms => _history.Rows.Suppliers;

    /// <summary>What visitors did on days that are over.</summary>
    public IEnumerable<StorefrontDay> StorefrontDaysSince(DateOnly from) =>
        _history.Rows.StorefrontDays.Where(d => d.Day >= from && d.Day < Today).OrderBy(d => d.Day);

    /// <summary>What stock, demand and lead time say together; null when nobody counted the item. Computed once a moment.</summary>
    internal StockPlan? Plan(string sku, OperationsSettings settings)
    {
        if (!_plans.TryGetValue(sku, out var plan))
        {
            _plans[sku] = plan = StockPlan.Read(this, sku, settings);
        }

        return plan;
    }

    /// <summary>Purchases that OpsChat asked for and that no order shows yet, placed or only approved: they are not asked for again.</summary>
    /// <param name="action">Only what this action asked for; null for all.</param>
    public int Requested(string sku, string? action = null) =>
        Requests(sku).Where(r => action is null || r.Action == action).Sum(r => r.Quantity);

    /// <summary>Those of them that are approved and not sent to the supplier yet: nothing of them is on its way.</summary>
    public int NotSentYet(string sku) => Requests(sku).Where(r => !r.IsPlaced).Sum(r => r.Quantity);

    private IEnumerable<PurchaseRequest> Requests(string sku) =>
        _history.Rows.Requests.Where(r => r.Sku == sku && r.At <= Now && !Supply(sku).Any(s => s.OrderedAt >= r.At));

    /// <summary>Pieces on order and not yet received: from the orders where there are any, else what the stock file calls incoming.</summary>
    public int Incoming(string sku)
    {
        var item = _history.Items[sku];
        return item.Supply.Length > 0 ? Supply(sku).Sum(s => s.OpenAt(Now)) : ItemHistory.Latest(item.Stock, Now)?.Incoming ?? 0;
    }

    /// <summary>
    /// Pieces sold between two moments: at most with the days in which they lie, at least the whole days between. A count at a day's last
    /// second has that whole day before it.
    /// </summary>
    public (double Most, double Least) Sold(string sku, DateTimeOffset after, DateTimeOffset until)
    {
        var units = _history.Items[sku].Units;
        double On(DateOnly day) =>
            day == Today ? SoldToday(sku)
            : day.DayNumber - _history.FirstDay.DayNumber is >= 0 and var d && d < units.Length ? units[d]
            : 0;
        bool IsDayEnd(DateTimeOffset at) => Calendar.Day(at.AddSeconds(1)) != Calendar.Day(at);
        var (first, last, whole) = (Calendar.Day(after), Calendar.Day(until), 0.0);
        for (var day = first.AddDays(1); day < last; day = day.AddDays(1))
        {
            whole += On(day);
        }

        var (before, end) = (IsDayEnd(after) ? 0 : On(first), On(last));
        return (whole + before + end, whole + (IsDayEnd(until) ? end : 0));
    }

    /// <summary>Orders placed since <paramref name="from"/>, oldest first.</summary>
    public IEnumerable<OrderRow> OrdersSince(DateTimeOffset from) =>
        _history.Rows.Orders.Skip(FirstAt(_history.Rows.Orders, o => o.PlacedAt, from)).TakeWhile(o => o.PlacedAt <= Now);

    public OrderRow? Order(string number) => _history.OrdersByNumber.GetValueOrDefault(number) is { } order && order.PlacedAt <= Now ? order : null;

    /// <summary>Whether the order's file tells of payments; without it the order is neither paid nor unpaid.</summary>
    public bool TellsPayment(OrderRow order) => _history.TellsPayment(order);

    /// <summary>Known to wait for its payment.</summary>
    public bool IsUnpaid(OrderRow order) => !(order.PaidAt <= Now) && TellsPayment(order);

    /// <summary>Parcels whose label was made in the last 120 days, as they stood at the moment, oldest first.</summary>
    public IReadOnlyList<ParcelStatus> Parcels => _parcels ??= [.. ParcelsSince(Now.AddDays(-120))];

    /// <summary>When the order's newest parcel was delivered; null when it was not, or nobody says.</summary>
    internal DateTimeOffset? DeliveryOf(string order) => _history.DeliveredAt(order);

    /// <summary>F8's model as it was fitted at the beginning of this month; null while too little is known.</summary>
    internal Parcels.LateModel? LateModel => _history.LateModelOf(new DateOnly(Today.Year, Today.Month, 1));

    /// <summary>Returns asked for since <paramref name="from"/>.</summary>
    public IEnumerable<ReturnLine> ReturnsSince(DateTimeOffset from) =>
        _history.Rows.Returns.SkipWhile(r => r.RequestedAt < from).TakeWhile(r => r.RequestedAt <= Now);

    /// <summary>The shop's returns and what is usual, computed once a moment.</summary>
    public ReturnFacts Returns => _returns ??= new(this);

    /// <summary>What was paid for one piece of an article, oldest first, in the shop's currency.</summary>
    internal IEnumerable<(DateTimeOffset At, long Price)> PricesOf(string sku) => _history.PricesOf(sku).TakeWhile(p => p.At <= Now);

    /// <summary>Carriers that came later than the others, as changes.</summary>
    internal IReadOnlyList<RecordedChange> CarrierChanges =>
        _carrierChanges ??= [.. RecordedChanges.Carriers(_history.CarriersSince.Where(c => c.First <= Now), this)];

    /// <summary>Changes that the owner noted in the calendar.</summary>
    internal IEnumerable<CampaignRow> Notes => _history.Rows.Campaigns.Where(RecordedChanges.IsChange);

    /// <summary>Days of single advertisements that are over, oldest first.</summary>
    public IEnumerable<AdSpend> AdsSince(DateOnly from) => _history.Rows.Ads.Where(ad => ad.IsOneDay && ad.From >= from && ad.From < Today);

    /// <summary>What advertisements cost in several days together, of which nobody knows how much was of which day.</summary>
    public IEnumerable<AdSpend> AdTotals => _history.Rows.Ads.Where(ad => !ad.IsOneDay && ad.From <= Today);

    /// <summary>Packed lines since <paramref name="from"/>.</summary>
    public IEnumerable<PickLine> PicksSince(DateTimeOffset from) =>
        _history.Rows.Picks.Skip(FirstAt(_history.Rows.Picks, p => p.PackedAt, from)).TakeWhile(p => p.PackedAt <= Now);

    /// <summary>Charges of subscriptions that were due since <paramref name="from"/>.</summary>
    public IEnumerable<SubscriptionCharge> ChargesSince(DateTimeOffset from) =>
        _history.Rows.Charges.Where(c => c.ChargeAt >= from && c.ChargeAt <= Now);

    /// <summary>Reviews that were written, oldest first; those without a day are left out.</summary>
    public IEnumerable<ReviewLine> Reviews => _history.Rows.Reviews.Where(r => r.At <= Now);

    /// <summary>Days of automatic e-mails that are over.</summary>
    public IEnumerable<EmailDay> EmailDaysSince(DateOnly from) => _history.Rows.EmailDays.Where(e => e.Day >= from && e.Day < Today);

    /// <summary>Pieces and order lines of an article sold on the days from <paramref name="from"/> to <paramref name="to"/>, today as far
    /// as it is known.</summary>
    public int PiecesSold(string sku, DateOnly from, DateOnly to) =>
        !_history.Items.TryGetValue(sku, out var item)
            ? 0
            : (int)
                Enumerable
                    .Range(0, item.Units.Length)
                    .Where(d => d < DayIndex && _history.FirstDay.AddDays(d) is var day && day >= from && day <= to)
                    .Sum(d => item.Units[d]) + (to >= Today && from <= Today ? SoldToday(sku) : 0);

    /// <summary>Money that came in or went back since <paramref name="from"/>.</summary>
    public IEnumerable<PaymentRow> PaymentsSince(DateTimeOffset from) => _history.Rows.Payments.Where(p => p.At >= from && p.At <= Now);

    /// <summary>What was spent on advertising an article a day, over the newest week of its known days; null when nothing was.</summary>
    public (Money PerDay, AdSpend Newest)? AdSpendOn(string sku)
    {
        var known = _history
            .AdsOf(sku)
            .Where(ad => ad.IsOneDay && ad.Cost.Currency == Currency && ad.From < Today && ad.From >= Today.AddDays(-7))
            .ToList();
        var days = known.Select(ad => ad.From).Distinct().Count();
        return known.Sum(ad => ad.Cost.Minor) is > 0 and var spent ? (new(spent / days, Currency), known[^1]) : null;
    }

    public IEnumerable<ContactRow> ContactsSince(DateTimeOffset from) =>
        _history.Rows.Contacts.SkipWhile(c => c.At < from).TakeWhile(c => c.At <= Now);

    /// <summary>The campaign calendar. It says what is planned, so its future is known.</summary>
    public IReadOnlyList<CampaignRow> Campaigns => _campaigns ??= [.. _history.Rows.Campaigns.Where(c => !RecordedChanges.IsChange(c))];

    /// <summary>
    /// The feeds as they stood: those whose rows carry times by their newest known row, with the rhythm that their past days show.
    /// </summary>
    public IEnumerable<FeedState> FeedsNow() => FeedRhythm.Of(_history, this);

    public bool Has(FeedKind kind) => kind switch
    {
        FeedKind.Orders => _history.Rows.Orders.Count > 0,
        FeedKind.Shipments => _history.Rows.Parcels.Count > 0,
        FeedKind.Inventory => _history.Items.Values.Any(i => i.Stock.Length > 0),
        FeedKind.Storefront => _history.Items.Values.Any(i => i.Storefront.Length > 0),
        FeedKind.PurchaseOrders => _history.Rows.SupplyOrders.Count > 0,
        FeedKind.Products => _history.Rows.Products.Count > 0,
        FeedKind.Contacts => _history.Rows.Contacts.Count > 0,
        FeedKind.Returns => _history.Rows.Returns.Count > 0,
        FeedKind.Ads => _history.Rows.Ads.Count > 0,
        FeedKind.Campaigns => _history.Rows.Campaigns.Count > 0,
        FeedKind.Fulfilment => _history.Rows.Picks.Count > 0,
        FeedKind.Subscriptions => _history.Rows.Charges.Count > 0,
        FeedKind.Reviews => _history.Rows.Reviews.Count > 0,
        FeedKind.Payments => _history.Rows.Payments.Count > 0,
        FeedKind.StorefrontEvents => _history.Rows.StorefrontDays.Count > 0,
        FeedKind.EmailStats => _history.Rows.EmailDays.Count > 0,
        _ => _history.Rows.Feeds.Any(f => f.Kind == kind),
    };

    /// <summary>What one piece brings over its cost; a price without a cost counts 30 % of it, and <paramref name="isGuess"/> says so.</summary>
    public Money UnitMargin(string sku, out bool isGuess)
    {
        var product = Product(sku);
        isGuess = product is not { Price: not null, Cost: not null };
        var minor = product switch
        {
            { Price: { } price, Cost: { } cost } => Math.Max(0, price.Minor - cost.Minor),
            { Price: { } price } => price.Minor * 3 / 10,
            _ => 0,
        };
        return new(minor, Currency);
    }

    /// <summary>Pieces sold today, as far as the moment knows.</summary>
    internal int SoldToday(string sku) => ReadToday().GetValueOrDefault(sku);

    /// <summary>The same of all articles together.</summary>
    internal double SoldToday() => ReadToday().Values.Sum(units => (double)units);

    private Dictionary<string, int> ReadToday()
    {
        _soldToday ??= OrdersSince(Calendar.Start(Today)).SelectMany(o => o.Lines).GroupBy(l => l.Sku, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(l => l.Quantity), StringComparer.Ordinal);
        return _soldToday;
    }

    internal bool IsKnown(ItemHistory item) => item.Product is not null || item.FirstDay <= DayIndex;

    private IEnumerable<ParcelStatus> ParcelsSince(DateTimeOffset from)
    {
        var all = _history.Rows.Parcels;
        for (var i = FirstAt(all, p => p.ShippedAt, from); i < all.Count && all[i].ShippedAt <= Now; i++)
        {
            yield return new(all[i], Order(all[i].Order), Now);
        }
    }

    private static int FirstAt<T>(IReadOnlyList<T> rows, Func<T, DateTimeOffset> at, DateTimeOffset from)
    {
        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = at(rows[middle]) < from ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private IEnumerable<StockPoint> Backwards(StockPoint[] points)
    {
        for (var i = ItemHistory.Known(points, Now) - 1; i >= 0; i--)
        {
            yield return points[i];
        }
    }
}

/// <summary>A parcel as it stood at a moment.</summary>
public readonly record struct ParcelStatus(Parcel Parcel, OrderRow? Order, DateTimeOffset Now)
{
    public DateTimeOffset? DeliveredAt =>
        (Parcel.DeliveredAt ?? Order?.DeliveredAt) is { } delivered && delivered <= Now ? delivered : null;

    public bool IsOpen => DeliveredAt is null && !(Order?.CancelledAt <= Now);

    /// <summary>The newest scan; null while the carrier has not shown the parcel.</summary>
    public DateTimeOffset? LastScan
    {
        get
        {
            DateTimeOffset? last = null;
            foreach (var scan in Parcel.Scans)
            {
                last = scan <= Now && !(last >= scan) ? scan : last;
            }

            return last;
        }
    }

    /// <summary>Where the newest scan was made; null when nobody says.</summary>
    public string? LastPlace
    {
        get
        {
            var (places, now) = (Parcel.ScannedIn, Now);
            return places.Count != Parcel.Scans.Count ? null
                : Parcel.Scans.Zip(places).Where(s => s.First <= now).OrderBy(s => s.First).Select(s => s.Second).LastOrDefault();
        }
    }

    public DateOnly? Promised => Order?.Promised;
}
