using Microsoft.Extensions.Time.Testing;
using OpsChat.Facts;
using OpsChat.ShopData;

namespace OpsChat.Tests.Facts;

public class The_demo_shop
{
    private static readonly DateTimeOffset s_now = new(2031, 3, 7, 8, 30, 0, TimeSpan.FromHours(8));
    private static readonly FakeTimeProvider s_clock = new(s_now.ToUniversalTime());
    private static readonly ShopSnapshot s_shop = Read();

    private static ShopSnapshot Read()
    {
        var (snapshot, findings, _) = new ShopFolder(
            Path.Combine(AppContext.BaseDirectory, "DemoShop"),
            new(ShopFolderOnDisk.KualaLumpur, "MYR")
        ).Read(s_now);
        findings.Should().BeEmpty();
        return snapshot!;
    }

    [Fact]
    public void is_a_small_shop_with_orders_in_every_state()
    {
        s_shop.Orders.Should().HaveCount(300);
        s_shop.Products.Should().HaveCountGreaterThanOrEqualTo(40);
        s_shop.Orders.Select(o => o.Status).Distinct().Should().BeEquivalentTo(Enum.GetValues<OrderStatus>());
        s_shop
            .Orders.Should()
            .Contain(o => IsLate(o))
            .And.Contain(o => o.IsShipped == true && o.IsDelivered == false && s_shop.ShipmentsOf(o.Number)[0].Scans.Count == 0);
    }

    [Fact]
    public void is_never_out_of_date_or_ahead_of_time()
    {
        s_shop.Orders.Max(o => o.Dates.Placed).Should().BeBefore(s_now).And.BeAfter(s_now.AddDays(-2));
        s_shop.Orders.SelectMany(o => Moments(o)).Should().OnlyContain(at => at < s_now);
    }

    [Fact]
    public void tells_each_story_in_order() =>
        s_shop.Orders.Should().OnlyContain(o => Moments(o).SequenceEqual(Moments(o).Order()));

    [Fact]
    public void adds_up()
    {
        foreach (var order in s_shop.Orders)
        {
            var goods = order.Lines.Sum(l => l.Quantity * l.Price!.Value.Minor);
            (order.Total!.Value.Minor - goods).Should().BeOneOf(0, 800, 1500, 2500);
            order.Refunded!.Value.Minor.Should().BeInRange(0, order.Total!.Value.Minor);
            order.Lines.Should().OnlyContain(l => s_shop.Search.BySku(l.Sku!) != null);
        }

        foreach (var orders in s_shop.Orders.GroupBy(o => o.Email!))
        {
            s_shop.Customer(orders.Key)!.Orders.Should().Be(orders.Count());
            s_shop
                .Customer(orders.Key)!
                .TotalSpent!.Value.Minor.Should()
                .Be(orders.Where(o => o.IsPaid == true).Sum(o => o.Total!.Value.Minor - o.Refunded!.Value.Minor));
        }
    }

    [Fact]
    public void has_a_second_detail_for_every_order()
    {
        s_shop.Orders.Should().OnlyContain(o => o.Email!.EndsWith("@example.com") && o.PhoneEndings.Count == 1);
    }

    [Fact]
    public void has_articles_that_are_gone_nearly_gone_and_expected_back()
    {
        var variants = s_shop.Products.SelectMany(p => p.Variants).ToArray();
        variants.Should().Contain(v => v.OnHand == 0 && v.RestockOn > DateOnly.FromDateTime(s_now.DateTime));
        variants.Should().Contain(v => v.OnHand == 0 && v.RestockOn == null).And.Contain(v => v.OnHand > 0 && v.OnHand <= 3);
        s_shop.Products.Should().OnlyContain(p => p.Url!.StartsWith("https://shop.example/products/"));
    }

    private static bool IsLate(Order order) =>
        new FactSet(DerivedFacts.OfOrder(order, A.Policy, s_now)).IsTrue("order.late");

    private static IEnumerable<DateTimeOffset> Moments(Order order) =>
        new[] { order.Dates.Placed, order.Dates.Paid, order.Dates.Shipped }
            .Concat(s_shop.ShipmentsOf(order.Number).SelectMany(s => s.Scans).Select(s => (DateTimeOffset?)s.At))
            .Append(order.Dates.Delivered)
            .OfType<DateTimeOffset>();
}
