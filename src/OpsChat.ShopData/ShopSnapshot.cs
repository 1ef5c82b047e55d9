using System.Collections.Frozen;
using OpsChat.Facts;
using OpsChat.ShopData.Orders;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.ShopData;

/// <summary>A shop's folder as it was read at one time, with the indexes that answer questions. Immutable.</summary>
internal sealed class ShopSnapshot
{
    private readonly FrozenDictionary<string, Order> _orders;
    private readonly ILookup<string, Order> _ordersByEmail;
    private readonly ILookup<string, Shipment> _shipments;
    private readonly ILookup<string, ReturnRequest> _returns;
    private readonly FrozenDictionary<string, Customer> _customers;
    private readonly FrozenDictionary<string, (DateTimeOffset At, int Pieces)[]> _sales;
    private readonly bool _salesAreDated;

    public ShopSnapshot(ShopFiles files, DateTimeOffset readAt, IReadOnlyList<Finding> findings)
    {
        Findings = findings;
        ReadAt = readAt;
        var scanned = files.Shipments.ToLookup(s => OrderNumber.Key(s.OrderNumber), StringComparer.Ordinal);
        _returns = files.Returns.ToLookup(r => OrderNumber.Key(r.OrderNumber), StringComparer.Ordinal);
        _shipments = files.Shipments
            .Concat(files.Orders.Select(o => o.Shipment).OfType<Shipment>().Where(s => !scanned.Contains(OrderNumber.Key(s.OrderNumber))))
            .ToLookup(s => OrderNumber.Key(s.OrderNumber), StringComparer.Ordinal);
        _orders = files.Orders
            .Select(o => (Key: OrderNumber.Key(o.Order.Number), Read: o))
            .ToFrozenDictionary(o => o.Key, o => OrderStates.Applied(o.Read, [.. _shipments[o.Key]], [.. _returns[o.Key]]), StringComparer.Ordinal);
        Numbers = new OrderNumberShapes(_orders.Values.Select(o => o.Number));
        _ordersByEmail = _orders.Values
            .Where(o => o.Email is not null)
            .OrderByDescending(o => o.Dates.Placed)
            .ToLookup(o => o.Email!, StringComparer.Ordinal);
        _customers = files.Customers.DistinctBy(c => c.Email, StringComparer.Ordinal).ToFrozenDictionary(c => c.Email, StringComparer.Ordinal);
        Products = files.Products;
        ProductTitles = [.. files.Products.Select(p => p.Title).Distinct(StringComparer.Ordinal)];
        Search = new ProductSearch(files.Products);
        _salesAreDated = _orders.Values.Any(o => o.Dates.Placed is not null);
        _sales = SalesBySku(_orders.Values);
    }

    public IReadOnlyCollection<Order> Orders => _orders.Values;
    public IReadOnlyList<Product> Products { get; }
    public IReadOnlyList<string> ProductTitles { get; }
    public int CustomerCount => _customers.Count;
    public ProductSearch Search { get; }
    public IReadOnlyList<Finding> Findings { get; }
    public OrderNumberShapes Numbers { get; }

    /// <summary>False when no file of orders is in force: then nobody's order is unknown, all are unreadable.</summary>
    public bool HasOrders { get; init; } = true;
    public DateTimeOffset ReadAt { get; }

    public Order? Order(string number) => _orders.GetValueOrDefault(OrderNumber.Key(number));

    public IReadOnlyList<Order> OrdersOf(string email) => [.. _ordersByEmail[email.Trim().ToLowerInvariant()]];

    public IReadOnlyList<Shipment> ShipmentsOf(string orderNumber) => [.. _shipments[OrderNumber.Key(orderNumber)]];

    public IReadOnlyList<ReturnRequest> ReturnsOf(string orderNumber) => [.. _returns[OrderNumber.Key(orderNumber)]];

    public Customer? Customer(string email) => _customers.GetValueOrDefault(email.Trim().ToLowerInvariant());

    public StockLevel? Stock(string sku, DateTimeOffset now)
    {
        if (Search.BySku(sku) is not var (product, variant))
        {
            return null;
        }

        var since = now.AddDays(-DerivedFacts.SalesDays);
        int? sold = _salesAreDated ? _sales.GetValueOrDefault(variant.Sku, []).Where(s => s.At > since && s.At <= now).Sum(s => s.Pieces) : null;
        return new StockLevel(variant.Sku, variant.OnHand, variant.IsAvailable, sold, variant.RestockOn, product.Source);
    }

    private static FrozenDictionary<string, (DateTimeOffset At, int Pieces)[]> SalesBySku(IEnumerable<Order> orders) =>
        orders
            .Where(o => o is { IsPaid: true, IsCancelled: false, IsTest: false, Dates.Placed: not null })
            .SelectMany(o => o.Lines.Where(l => l.Sku is not null).Select(l => (Sku: l.Sku!, At: o.Dates.Placed!.Value, l.Quantity)))
            .GroupBy(s => s.Sku, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(g => g.Key, g => g.Select(s => (s.At, s.Quantity)).ToArray(), StringComparer.OrdinalIgnoreCase);
}

/// <summary>The records of a shop's folder, file by file.</summary>
internal sealed record ShopFiles(
    IReadOnlyList<ReadOrder> Orders,
    IReadOnlyList<Product> Products,
    IReadOnlyList<Customer> Customers,
    IReadOnlyList<Shipment> Shipments,
    IReadOnlyList<ReturnRequest> Returns);
