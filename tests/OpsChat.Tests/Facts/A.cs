using OpsChat.Facts;
using OpsChat.Understanding;

namespace OpsChat.Tests.Facts;

/// <summary>Ordinary values that tests change one thing of.</summary>
internal static class A
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 10, 0, 0, TimeSpan.FromHours(8));

    public static readonly ShopPolicy Policy = new(ShopFolderOnDisk.KualaLumpur, "MYR", ReturnWindowDays: 30, HandlingDays: 2);

    public static readonly Source Source = new("orders.csv line 2", Now);

    public static readonly Order Order = new(
        "#1001", "aina@example.com", ["4821"], "Aina Rahman", OrderStatus.Delivered,
        IsPaid: true, IsShipped: true, IsDelivered: true, IsCancelled: false,
        [new OrderLine("Batik Shirt - M", "BTK-M", 1, new Money(8990, "MYR"))],
        new Money(9790, "MYR"), new Money(0, "MYR"),
        new OrderDates(Now.AddDays(-10), Now.AddDays(-10), Now.AddDays(-8), Now.AddDays(-5)),
        DateOnly.FromDateTime(Now.DateTime.AddDays(-3)), "E-wallet", "Standard", Source);

    public static readonly Order Underway = Order with
    {
        Status = OrderStatus.Shipped, IsDelivered = false, Dates = Order.Dates with { Delivered = null },
    };

    public static readonly Reading Reading = new(
        "en",
        1,
        [new IssueScore("where-is-my-order", 0.9)],
        [],
        SmallTalk.None,
        MoneyReading.Nothing,
        MoodReading.Calm,
        EntityReading.Nothing,
        [],
        []
    );

    public static EntityReading Entities(string[]? numbers = null, string[]? emails = null, string[]? phones = null) =>
        new(numbers ?? [], emails ?? [], phones ?? [], []);

    public static ProductVariant Variant(string sku, string? size = null, string? colour = null, int? onHand = 10) =>
        new(sku, size, colour is null ? [] : [colour], new Money(5900, "MYR"), onHand, onHand is null ? null : onHand > 0, null);

    public static Product Product(string title, params ProductVariant[] variants) =>
        new(
            title.ToLowerInvariant().Replace(' ', '-'),
            title,
            $"https://shop.example/products/{title}",
            variants.Length > 0 ? variants : [Variant(title)],
            Source
        );
}
