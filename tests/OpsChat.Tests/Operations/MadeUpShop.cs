using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Settings;
using OpsChat.Playbooks;

namespace OpsChat.Tests.Operations;

/// <summary>A shop in memory: four dresses of which ten a day are sold together, and what a test adds to it.</summary>
sealed class MadeUpShop
{
    public const int Days = 150;
    public static readonly DateOnly First = new(2026, 1, 5);
    public static readonly string[] Skus = ["DRESS-A", "DRESS-B", "DRESS-C", "DRESS-D"];
    private static readonly TimeSpan s_offset = TimeSpan.FromHours(8);
    private readonly Random _random;

    public MadeUpShop(int seed = 7)
    {
        _random = new(seed);
        for (var day = 0; day < Days; day++)
        {
            for (var i = 0; i < 10; i++)
            {
                Sell(day, Skus[_random.Next(4)]);
            }
        }

        Products.AddRange(Skus.Select(sku => new ProductRow(sku, $"Dress {sku[^1]}", "Dress", new(12_000, "MYR"), new(4_800, "MYR"), "SUP1", null,
            null, null, false, false, true, default)));
    }

    public List<OrderRow> Orders { get; } = [];
    public List<ReturnLine> Returns { get; } = [];
    public List<ProductRow> Products { get; } = [];
    public List<SupplyOrder> Supply { get; } = [];
    public List<StockReading> Stock { get; } = [];
    public List<Parcel> Parcels { get; } = [];
    public List<PaymentRow> Payments { get; } = [];
    public List<AdSpend> Ads { get; } = [];
    public List<PickLine> Picks { get; } = [];
    public List<SubscriptionCharge> Charges { get; } = [];
    public List<ReviewLine> Reviews { get; } = [];
    public List<CampaignRow> Campaigns { get; } = [];
    public List<SupplierTerms> Suppliers { get; } = [];
    public List<StorefrontDay> StorefrontDays { get; } = [];
    public List<ContactRow> Contacts { get; } = [];

    public static DateTimeOffset At(int day, double hour = 10) =>
        new DateTimeOffset(First.ToDateTime(TimeOnly.MinValue), s_offset).AddDays(day).AddHours(hour);

    public OrderRow Sell(int day, string sku, int pieces = 1, string? customer = null, OrderCheckFacts? check = null, bool isShipped = true)
    {
        var order = new OrderRow(
            $"#{1001 + Orders.Count}", At(day), At(day), null, isShipped ? At(day + 1) : null, isShipped ? At(day + 4) : null, null,
                First.AddDays(day + 6), new(12_000 * pieces, "MYR"),
            customer ?? $"customer {_random.Next(400)}", "MY", [new(sku, pieces, 12_000)], new("orders.csv", Orders.Count + 2)) { Check = check,
                Source = "search" };
        Orders.Add(order);
        return order;
    }

    /// <summary>Each order of an article comes back with that chance, some days later, for a reason.</summary>
    public void SendBack(double chance, int from = 0, string? sku = null, string reason = "Changed my mind")
    {
        foreach (var order in Orders.Where(o => o.PlacedAt >= At(from, 0) && (sku is null || o.Lines[0].Sku == sku)).ToList())
        {
            if (_random.NextDouble() < chance)
            {
                var day = (int)(order.PlacedAt - At(0, 0)).TotalDays + 4 + _random.Next(12);
                Returns.Add(new(order.Number, $"R{Returns.Count + 1}", order.Lines[0].Sku, reason, 1, At(day, 11), null, null, new(12_000, "MYR"),
                    new("returns.csv", Returns.Count + 2)));
            }
        }
    }

    public ShopMoment AsOf(int day, double hour = 6) => ShopHistory.Build(new ShopRows
    {
        Orders = Orders, Returns = Returns, Products = Products, SupplyOrders = Supply, Ads = Ads, Picks = Picks, Charges = Charges,
            Reviews = Reviews, Campaigns = Campaigns,
        Stock = Stock, Parcels = Parcels, Payments = Payments, Suppliers = Suppliers, StorefrontDays = StorefrontDays, Contacts = Contacts,
    }, new(OpeningHours.Always(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur"))), "MYR").AsOf(At(day, hour));

    /// <summary>What the monitor finds on that morning, or at another hour, from its raise line on.</summary>
    public IReadOnlyList<MonitorFinding> Find(string monitor, int day, OperationsSettings? settings = null, double hour = 6)
    {
        var one = MonitorSet.All.Single(m => m.Name == monitor);
        return [.. one.Look(AsOf(day, hour), settings ?? OperationsSettings.Default("MYR")).Findings.Where(f => f.Strength >= one.Lines.Raise)];
    }
}
