using OpsChat.Text;
namespace OpsChat.Facts;

/// <summary>
/// From records to facts, in one place and pure. A fact whose inputs are unknown is left out, never guessed. Days are days of the
/// shop's time zone; "full days" since a moment are elapsed periods of 24 hours, between two days they are calendar days.
/// </summary>
public static class DerivedFacts
{
    /// <summary>Sales are averaged over this many days.</summary>
    public const int SalesDays = 28;

    /// <summary>This many pieces or fewer are low stock, whatever their pace.</summary>
    public const int LowStockPieces = 3;

    /// <summary>Stock for fewer days of sales than this is low.</summary>
    public const int LowStockDays = 7;

    /// <summary>A parcel without any news for more days than this is not said to be on its way.</summary>
    public const int QuietAfterDays = 14;

    private static readonly TimeSpan s_refundMemory = TimeSpan.FromDays(90);

    /// <summary>Facts of one order. Late means: the promised day is over in the shop's time zone, and the order is neither delivered nor called
    /// off.</summary>
    public static IEnumerable<Fact> OfOrder(Order order, ShopPolicy policy, DateTimeOffset now)
    {
        var facts = new FactList(order.Source);
        var promised = PromisedBy(order, policy);
        facts.Add("order.missing", false);
        facts.Add("order.number", order.Number);
        facts.Add("order.status", order.Status is { } status ? Shown(status) : null);
        facts.Add("order.total", order.Total);
        facts.Add("order.refunded", order.Refunded);
        facts.Add("order.refundable", Refundable(order));
        facts.Add(
            "order.is_refunded",
            order.Refunded is { } refunded ? refunded.Minor > 0 && Refundable(order with { ApprovedHere = [] }) is { Minor: 0 } : null
        );
        facts.Add("order.is_paid", order.IsPaid);
        facts.Add("order.is_shipped", order.IsShipped);
        facts.Add("order.is_delivered", order.IsDelivered);
        facts.Add("order.is_cancelled", order.IsCancelled);
        facts.Add("order.placed_on", DayOf(order.Dates.Placed, policy));
        facts.Add("order.paid_on", DayOf(order.Dates.Paid, policy));
        facts.Add("order.shipped_on", DayOf(order.Dates.Shipped, policy));
        facts.Add("order.delivered_on", DayOf(order.Dates.Delivered, policy));
        facts.Add("order.promised_by", promised);
        facts.Add("order.late", promised is { } p ? IsLate(order, p, policy.DayOf(now)) : null);
        facts.Add("order.days_late", promised is { } q ? IsLate(order, q, policy.DayOf(now)) ? policy.DayOf(now).DayNumber - q.DayNumber : 0 : null);
        facts.Add(FactNames.PackingLate, IsPackingLate(order, promised, policy, now));
        facts.Add("order.age", FullDays(order.Dates.Placed, now));
        facts.Add("order.days_since_shipped", FullDays(order.Dates.Shipped, now));
        facts.Add("order.cash_on_delivery", order.IsCashOnDelivery);
        facts.Add("order.items", order.Lines.Select(l => l.Quantity > 1 ? $"{l.Quantity} × {l.Name}" : l.Name));
        facts.Add("order.item_count", order.Unknown.ContainsKey("order.item_count") ? (decimal?)null : order.Lines.Sum(l => l.Quantity));
        facts.Add("order.payment_method", order.PaymentMethod);
        facts.Add("order.shipping_method", order.ShippingMethod);
        return facts;
    }

    /// <summary>
    /// The day in the data; else, when the policy states both handling and transit, the day of payment plus that many working
    /// days (Monday to Friday); else none. An order that is not paid has no promise.
    /// </summary>
    public static DateOnly? PromisedBy(Order order, ShopPolicy policy) =>
        order.PromisedBy
        ?? (order.Dates.Paid is { } paid && policy is { HandlingDays: { } handling, TransitDays: { } transit }
            ? AddWorkingDays(policy.DayOf(paid), handling + transit)
            : null);

    /// <summary>
    /// Paid, not sent, and it should have been: the open days that the shop takes for packing are over, or the promised day is here. Null where
    /// neither the payment's day nor the shop's packing time is known.
    /// </summary>
    private static bool? IsPackingLate(Order order, DateOnly? promised, ShopPolicy policy, DateTimeOffset now)
    {
        if (
            order.IsPaid == false
            || order.IsShipped == true
            || order.IsDelivered == true
            || order.IsCancelled == true
            || order.Status is OrderStatus.Refunded or OrderStatus.Returned
        )
        {
            return false;
        }

        var (today, isKnown) = (policy.DayOf(now), order is { IsPaid: true, IsShipped: false, IsCancelled: false });
        return !isKnown ? null
            : promised <= today ? true
            : order.Dates.Paid is { } paid && policy.HandlingDays is { } days ? today > policy.AfterOpenDays(policy.DayOf(paid), days)
            : null;
    }

    /// <summary>Facts of the parcel that is still on its way, or of the last one. No parcel gives <c>shipment.missing</c>.</summary>
    public static IEnumerable<Fact> OfShipments(Order order, IReadOnlyList<Shipment> shipments, ShopPolicy policy, DateTimeOffset now)
    {
        var facts = new FactList(order.Source);
        if (shipments.Count == 0)
        {
            facts.Add("shipment.missing", true);
            facts.Add("shipment.quiet", IsQuiet(order, order.Dates.Shipped, now));
            // Only who watches all parcels knows whether this shop's carriers scan at all.
            facts.Add(FactNames.Unscanned, false);
            return facts;
        }

        var parcel = shipments.OrderBy(s => s.DeliveredAt is null).ThenBy(s => s.ShippedAt).Last();
        var last = parcel.Scans.Count > 0 ? parcel.Scans[^1] : null;
        facts = new FactList(parcel.Source);
        facts.Add("shipment.missing", false);
        facts.Add("shipment.carrier", parcel.Carrier);
        facts.Add("shipment.tracking", parcel.Tracking);
        facts.Add("shipment.tracking_url", parcel.TrackingUrl);
        facts.Add("shipment.status", last?.Words);
        facts.Add("shipment.last_scan_on", DayOf(last?.At, policy));
        facts.Add("shipment.last_scan_place", last?.Place);
        facts.Add("shipment.days_since_scan", FullDays(last?.At, now));
        facts.Add("shipment.quiet", IsQuiet(order, last?.At ?? parcel.ShippedAt ?? order.Dates.Shipped, now));
        facts.Add(FactNames.Unscanned, false);
        facts.Add("shipment.trouble", parcel.Trouble);
        return facts;
    }

    /// <summary>The return window runs from the day of delivery; of returns on record, the latest counts.</summary>
    public static IEnumerable<Fact> OfReturns(Order order, IReadOnlyList<ReturnRequest> returns, ShopPolicy policy, DateTimeOffset now)
    {
        var facts = new FactList(order.Source);
        if (order.IsDelivered == false)
        {
            facts.Add("return.window_open", false);
        }
        else if (order.Dates.Delivered is { } delivered && policy.ReturnWindowDays is { } window)
        {
            var deadline = policy.DayOf(delivered).AddDays(window);
            var left = deadline.DayNumber - policy.DayOf(now).DayNumber;
            facts.Add("return.window_open", left >= 0);
            facts.Add("return.days_left", left >= 0 ? left : null);
            facts.Add("return.deadline", deadline);
        }

        facts.Add("return.missing", returns.Count == 0);
        if (returns.Count == 0)
        {
            return facts;
        }

        var latest = returns.OrderBy(r => r.RequestedAt).Last();
        var ofReturn = new FactList(latest.Source);
        ofReturn.Add("return.status", latest.Status);
        ofReturn.Add("return.requested_on", DayOf(latest.RequestedAt, policy));
        return facts.Concat(ofReturn);
    }

    /// <summary>
    /// Facts of the articles meant, summed when they are several. A size that is not made has no pieces. Where pieces are not
    /// counted, only <c>product.in_stock</c> is known; the price only when all of them cost the same.
    /// </summary>
    /// <param name="wording">Whether pieces may be told.</param>
    public static IEnumerable<Fact> OfProduct(ProductMatch.Found found, IReadOnlyList<StockLevel> stock, StockWording wording = StockWording.Low)
    {
        var facts = new FactList(found.Product.Source);
        StockLevel[] meant = [.. stock.Where(s => found.Variants.Any(v => v.Sku == s.Sku))];
        var isWhole = found.Variants.All(v => Array.Exists(meant, s => s.Sku == v.Sku));
        int? onHand = isWhole && meant.All(s => s.OnHand is not null) ? meant.Sum(s => s.OnHand) : null;
        var inStock = InStock(meant, isWhole);
        var days = onHand is { } pieces ? DaysOfStock(pieces, meant) : null;
        facts.Add("product.missing", false);
        facts.Add("product.name", NameOf(found));
        facts.Add("product.url", found.Product.Url);
        facts.Add("product.size", found.Size);
        facts.Add("product.sku", found.Variants is [{ HasOwnSku: true } only] ? only.Sku : null);
        facts.Add("product.title", found.Product.Title);
        facts.Add("product.options", found.Product.Options.Count > 0 ? found.Product.Options.SelectMany(option => option.Values) : null);
        facts.Add("product.not_made", found.NotMade.Count > 0 ? string.Join(", ", found.NotMade) : null);
        facts.Add("product.not_together", found.NotTogether);
        facts.Add(
            "product.available",
            inStock == true && (found.Variants.Count > 1 || found.NotTogether is not null) ? OnHandOf(found, stock) : null
        );
        facts.Add("product.quantity", found.Quantity);
        facts.Add("product.enough", found.Quantity is { } wanted && onHand is { } there ? there >= wanted : null);
        facts.Add("product.left", IsTold(wording, onHand, found.Quantity) ? onHand : null);
        AddPrices(facts, found);
        facts.Add("product.stock", onHand);
        facts.Add("product.in_stock", inStock);
        facts.Add("product.backorder", inStock is null && meant.Length > 0 ? meant.All(IsBackorder) : false);
        facts.Add("product.days_of_stock", days);
        facts.Add("product.low_stock", inStock != true || onHand is null ? null : onHand <= LowStockPieces || days < LowStockDays);
        facts.Add("product.sizes", SizesOnHand(found.Product, stock));
        facts.Add("product.restock_on", meant.Where(s => IsOnHand(s) != true).Min(s => s.RestockOn));
        return facts;
    }

    /// <summary>Fewer pieces than this are told where the owner lets low stock be told.</summary>
    public const int FewPieces = 10;

    /// <summary>Where counts are told only when they are low, that they do not suffice is told too: it decides what the customer does next.</summary>
    private static bool IsTold(StockWording wording, int? onHand, int? wanted) =>
        onHand > 0 && (wording == StockWording.Exact || (wording == StockWording.Low && (onHand < FewPieces || wanted > onHand)));

    /// <summary>The values of those that are on hand, in what was not named: "Olive", or "M, Beige" where two options are open.</summary>
    private static IEnumerable<string>? OnHandOf(ProductMatch.Found found, IReadOnlyList<StockLevel> stock)
    {
        var onHand = stock.Where(level => IsOnHand(level) == true).Select(level => level.Sku).ToHashSet(StringComparer.OrdinalIgnoreCase);
        ProductVariant[] there = [.. found.Variants.Where(variant => onHand.Contains(variant.Sku))];
        return there.Length == found.Variants.Count && there.Length > MostNamed
            ? null
            : there
                .Select(variant =>
                    string.Join(' ', variant.Named.Where(named => !found.Options.ContainsKey(named.Name)).Select(named => named.Value))
                )
                .Where(name => name.Length > 0);
    }

    /// <summary>More variants than this are not listed while all of them are on hand.</summary>
    private const int MostNamed = 4;

    private static void AddPrices(FactList facts, ProductMatch.Found found)
    {
        var variants = found.Variants.Count > 0 ? found.Variants : found.Product.Variants;
        Money[] prices = [.. variants.Select(v => v.Price).OfType<Money>().Distinct().OrderBy(price => price.Minor)];
        var isWhole =
            prices.Length > 0
            && variants.All(v => v.Price is not null)
            && prices.Select(price => price.Currency).Distinct(StringComparer.Ordinal).Count() == 1;
        var price = isWhole && prices is [var only] ? only : (Money?)null;
        facts.Add("product.price", price);
        facts.Add(
            "product.total",
            found.Quantity is > 1 and var pieces && price is { } each ? each with { Minor = each.Minor * pieces } : (Money?)null
        );
        facts.Add("product.price_from", isWhole && prices.Length > 1 ? prices[0] : (Money?)null);
        facts.Add("product.price_to", isWhole && prices.Length > 1 ? prices[^1] : (Money?)null);
    }

    /// <summary>Facts of a customer who proved an order. The shop system's own counts come before those of the orders at hand.</summary>
    public static IEnumerable<Fact> OfCustomer(Order proven, Customer? customer, IReadOnlyList<Order> orders, DateTimeOffset now)
    {
        var facts = new FactList(customer?.Source ?? proven.Source);
        var name = customer?.FirstName is null ? proven.BuyerName : $"{customer.FirstName} {customer.LastName}".Trim();
        facts.Add("customer.first_name", customer?.FirstName ?? proven.BuyerName?.Split(' ', 2)[0]);
        facts.Add("customer.name", name);
        facts.Add("customer.orders", customer?.Orders ?? orders.Count);
        facts.Add("customer.total_spent", customer?.TotalSpent ?? Spent(orders));
        facts.Add("customer.refunds", RecentRefunds(orders, now));
        return facts;
    }

    /// <summary>What was paid less what went back and what was approved here; unknown when one of them is.</summary>
    public static Money? Refundable(Order order) => new OrderLedger(OrderMoney.Of(order), order.ApprovedHere).Left;

    /// <summary>The facts that are computed from this one.</summary>
    public static IReadOnlyList<string> FollowingFrom(string fact) => fact switch
    {
        "order.total" or "order.refunded" => ["order.refundable", "order.is_refunded"],
        "order.is_paid" => ["order.refundable"],
        "order.promised_by" => ["order.late", "order.days_late", FactNames.PackingLate],
        "order.placed_on" => ["order.age"],
        "order.paid_on" => [FactNames.PackingLate],
        "order.shipped_on" => ["order.days_since_shipped", "shipment.quiet"],
        "order.delivered_on" => ["return.window_open", "return.days_left", "return.deadline"],
        _ => [],
    };

    /// <summary>The facts of an order that are unknown, each with its reason.</summary>
    public static IEnumerable<UnknownFact> Unknown(Order order) =>
        order.Unknown.Select(unknown => new UnknownFact(unknown.Key, unknown.Value, order.Source.Place, order.Source.ReadAt));

    // A parcel that nobody has seen for longer than a parcel takes is not "on its way": a person looks. Without a day of dispatch it was sent
    // on the day of the order or later.
    private static bool? IsQuiet(Order order, DateTimeOffset? news, DateTimeOffset now) =>
        order is not { IsShipped: true, IsDelivered: false } ? false
        : (news ?? order.Dates.Paid ?? order.Dates.Placed) is { } seen ? (now - seen).TotalDays > QuietAfterDays : null;

    private static bool IsLate(Order order, DateOnly promised, DateOnly today) =>
        today > promised
        && order.IsDelivered == false
        && order.Status is not null
        && order.Status is not (OrderStatus.Cancelled or OrderStatus.Refunded or OrderStatus.Returned);

    private static string Shown(OrderStatus status) =>
        status == OrderStatus.PartiallyRefunded ? "partially refunded" : status.ToString().ToLowerInvariant();

    private static string NameOf(ProductMatch.Found found)
    {
        string[] named = [.. new[] { found.Size }.OfType<string>(), .. SharedOptions(found.Variants).Except(SharedOptions(found.Product.Variants))];
        return named.Length == 0 ? found.Product.Title : $"{found.Product.Title} ({string.Join(", ", named)})";
    }

    private static IEnumerable<string> SharedOptions(IReadOnlyList<ProductVariant> variants) =>
        variants.Count == 0 ? [] : variants.Skip(1).Aggregate(variants[0].Options.AsEnumerable(), (shared, v) => shared.Intersect(v.Options));

    /// <summary>Null where nothing is on hand and it can be bought all the same: neither "in stock" nor "out of stock" is true then.</summary>
    private static bool? IsOnHand(StockLevel level) => IsBackorder(level) ? null : level.OnHand is { } pieces ? pieces > 0 : level.IsAvailable;

    private static bool IsBackorder(StockLevel level) => level is { OnHand: <= 0, IsAvailable: true };

    /// <summary>An article of which the shop says nothing is neither in stock nor out of it.</summary>
    private static bool? InStock(StockLevel[] meant, bool isWhole) =>
        meant.Any(s => IsOnHand(s) == true) ? true
        : !isWhole || meant.Any(s => IsOnHand(s) is null) ? null
        : false;

    private static decimal? DaysOfStock(int onHand, StockLevel[] meant)
    {
        var sold = meant.Any(s => s.SoldIn28Days is null) ? 0 : meant.Sum(s => s.SoldIn28Days!.Value);
        return sold == 0 ? null : decimal.Round(onHand * (decimal)SalesDays / sold, 1);
    }

    private static IEnumerable<string>? SizesOnHand(Product product, IReadOnlyList<StockLevel> stock)
    {
        var onHand = stock.Where(s => IsOnHand(s) == true).Select(s => s.Sku).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return product.Sizes.Any()
            ? product
                .Variants.Where(v => v.Size is not null && onHand.Contains(v.Sku))
                .Select(v => v.Size!)
                .Distinct(StringComparer.OrdinalIgnoreCase)
            : null;
    }

    private static Money? Spent(IReadOnlyList<Order> orders)
    {
        Order[] counted = [.. orders.Where(o => o.IsPaid != false && !o.IsTest)];
        if (Array.Exists(counted, o => o is not { IsPaid: true, Total: not null, Refunded: not null }))
        {
            return null;
        }

        return counted.Select(o => o.Total!.Value.Currency).Distinct(StringComparer.Ordinal).ToArray() is [var currency]
            ? new Money(counted.Sum(o => o.Total!.Value.Minor - o.Refunded!.Value.Minor), currency)
            : null;
    }

    // Shopify's export does not say when a refund was made; the last dated thing that happened to the order stands for it then.
    private static decimal? RecentRefunds(IReadOnlyList<Order> orders, DateTimeOffset now)
    {
        Order[] refunded = [.. orders.Where(o => o.Refunded is not { Minor: 0 })];
        DateTimeOffset?[] moments =
        [
            .. refunded.Select(o => o.Dates.Refunded ?? o.Dates.Cancelled ?? o.Dates.Delivered ?? o.Dates.Shipped ?? o.Dates.Placed),
        ];
        return moments.Any(m => m is null) ? null : moments.Count(m => m > now - s_refundMemory);
    }

    private static DateOnly? DayOf(DateTimeOffset? moment, ShopPolicy policy) => moment is { } m ? policy.DayOf(m) : null;

    // A carrier's clock may be ahead of ours: never fewer than 0.
    private static decimal? FullDays(DateTimeOffset? since, DateTimeOffset now) =>
        since is { } moment ? Math.Max(0, (int)(now - moment).TotalDays) : null;

    private static DateOnly AddWorkingDays(DateOnly day, int count)
    {
        while (count > 0)
        {
            day = day.AddDays(1);
            count -= day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }

        return day;
    }
}
