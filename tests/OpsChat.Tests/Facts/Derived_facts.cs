using OpsChat.Facts;

namespace OpsChat.Tests.Facts;

public class Derived_facts
{
    private static FactSet Of(Order order, ShopPolicy? policy = null) => new(DerivedFacts.OfOrder(order, policy ?? A.Policy, A.Now));

    private static FactSet Returns(Order order, params ReturnRequest[] returns) => new(DerivedFacts.OfReturns(order, returns, A.Policy, A.Now));

    private static FactSet ProductFacts(ProductMatch.Found found, params StockLevel[] stock) => new(DerivedFacts.OfProduct(found, stock));

    private static StockLevel Stock(string sku, int? onHand, int? sold = null) => new(sku, onHand, null, sold, null, A.Source);

    [Fact]
    public void have_names_and_kinds_that_playbooks_know()
    {
        var product = A.Product("Batik Shirt", A.Variant("BTK-M", "M"));
        var all = Of(A.Order)
            .All.Concat(Returns(A.Order, new ReturnRequest("#1001", null, "requested", null, A.Now, null, A.Source)).All)
            .Concat(
                DerivedFacts.OfShipments(
                    A.Order,
                    [
                        new Shipment(
                            "#1001",
                            "Laju Kurier",
                            "LK1",
                            "https://x.example",
                            A.Now,
                            null,
                            [new Scan(A.Now, "Picked up", "Ipoh")],
                            A.Source
                        ),
                    ],
                    A.Policy,
                    A.Now
                )
            )
            .Concat(ProductFacts(new ProductMatch.Found(product, product.Variants, "M"), Stock("BTK-M", 10, 5)).All)
            .Concat(DerivedFacts.OfCustomer(A.Order, null, [A.Order], A.Now));

        foreach (var fact in all)
        {
            FactNames.All.Should().ContainKey(fact.Name);
            fact.Value.GetType().Name.Should().Be(FactNames.All[fact.Name].Kind.ToString(), fact.Name);
        }
    }

    [Fact]
    public void call_an_order_late_from_the_day_after_the_promised_one()
    {
        var today = A.Policy.DayOf(A.Now);

        Of(A.Underway with { PromisedBy = today }).IsTrue("order.late").Should().BeFalse();
        Of(A.Underway with { PromisedBy = today.AddDays(-1) }).IsTrue("order.late").Should().BeTrue();
        Of(A.Underway with { PromisedBy = today.AddDays(-4) }).Text("order.days_late").Should().Be("4");
        Of(A.Order with { PromisedBy = today.AddDays(-4) }).Text("order.days_late").Should().Be("0", "it was delivered");
    }

    [Fact]
    public void call_packing_late_when_the_shops_open_days_for_it_are_over_or_the_promised_day_is_here()
    {
        var today = A.Policy.DayOf(A.Now);
        var paid = A.Order with
        {
            Status = OrderStatus.Paid,
            IsShipped = false,
            IsDelivered = false,
            PromisedBy = today.AddDays(5),
            Dates = new OrderDates(A.Now.AddDays(-1), A.Now.AddDays(-1)),
        };

        // Now is a Saturday; two working days after Friday end on Tuesday, and two after Wednesday ended on Friday.
        Of(paid).IsTrue("order.packing_late").Should().BeFalse();
        Of(paid with { Dates = new OrderDates(A.Now.AddDays(-3), A.Now.AddDays(-3)) }).IsTrue("order.packing_late").Should().BeTrue();
        Of(
                paid with
                {
                    Dates = new OrderDates(A.Now.AddDays(-3), A.Now.AddDays(-3)),
                },
                A.Policy with
                {
                    IsOpenDay = day => day.DayOfWeek != DayOfWeek.Friday,
                }
            )
            .IsTrue("order.packing_late")
            .Should()
            .BeFalse("the shop is closed on Fridays");
        Of(paid with { PromisedBy = today }).IsTrue("order.packing_late").Should().BeTrue("nothing was sent, and it should be there today");
        Of(paid with { IsShipped = true }).IsTrue("order.packing_late").Should().BeFalse();
        Of(paid with { Dates = new OrderDates() }).Find("order.packing_late").Should().BeNull("nobody knows when it was paid");
    }

    [Fact]
    public void promise_nothing_that_neither_the_data_nor_the_policy_promises()
    {
        var unpromised = A.Underway with { PromisedBy = null };

        Of(unpromised).Find("order.promised_by").Should().BeNull();
        Of(unpromised).Find("order.late").Should().BeNull();
        // Paid on Wednesday 11 November 2026; six working days later is Thursday the 19th.
        Of(unpromised, A.Policy with { TransitDays = 4 }).Find("order.promised_by")!.Value.Should().Be(FactValue.Of(new DateOnly(2026, 11, 19)));
    }

    [Fact]
    public void use_days_of_the_shop_and_not_of_greenwich()
    {
        var placed = new DateTimeOffset(2026, 11, 19, 22, 0, 0, TimeSpan.Zero);

        Of(A.Order with { Dates = new OrderDates(placed) }).Text("order.placed_on").Should().Be("20 Nov 2026");
    }

    [Theory]
    [InlineData(9790, 0, 9790, false)]
    [InlineData(9790, 2000, 7790, false)]
    [InlineData(9790, 9790, 0, true)]
    public void say_what_is_left_to_refund(long total, long refunded, long refundable, bool isRefunded)
    {
        var facts = Of(A.Order with { Total = new Money(total, "MYR"), Refunded = new Money(refunded, "MYR") });

        facts.Amount("order.refundable").Should().Be(new Money(refundable, "MYR"));
        facts.IsTrue("order.is_refunded").Should().Be(isRefunded);
    }

    [Fact]
    public void leave_nothing_to_refund_on_an_order_that_was_never_paid()
    {
        Of(A.Order with { IsPaid = false }).Amount("order.refundable").Should().Be(new Money(0, "MYR"));
    }

    [Theory]
    [InlineData(0, true, "30")]
    [InlineData(30, true, "0")]
    [InlineData(31, false, null)]
    public void keep_the_return_window_open_to_its_last_day(int daysSinceDelivery, bool isOpen, string? daysLeft)
    {
        var facts = Returns(A.Order with { Dates = A.Order.Dates with { Delivered = A.Now.AddDays(-daysSinceDelivery) } });

        facts.IsTrue("return.window_open").Should().Be(isOpen);
        facts.Text("return.days_left").Should().Be(daysLeft);
    }

    [Fact]
    public void do_not_guess_a_return_window_when_the_day_of_delivery_is_unknown()
    {
        Returns(A.Order with { Dates = new OrderDates() }).Find("return.window_open").Should().BeNull();
        Returns(A.Underway).Find("return.window_open")!.Value.Should().Be(FactValue.Of(false));
    }

    [Fact]
    public void count_full_days_since_the_last_scan_and_never_fewer_than_none()
    {
        Shipment Scanned(DateTimeOffset at) =>
            new("#1001", "Laju Kurier", "LK1", null, null, null, [new Scan(at, "Departed", "Ipoh")], A.Source);
        string? Days(DateTimeOffset at) =>
            new FactSet(DerivedFacts.OfShipments(A.Underway, [Scanned(at)], A.Policy, A.Now)).Text("shipment.days_since_scan");

        Days(A.Now.AddHours(-71)).Should().Be("2");
        Days(A.Now.AddHours(-72)).Should().Be("3");
        Days(A.Now.AddHours(5)).Should().Be("0");
    }

    [Fact]
    public void speak_of_the_parcel_that_is_still_on_its_way()
    {
        var arrived = new Shipment("#1001", "Laju Kurier", "OLD", null, A.Now.AddDays(-2), A.Now.AddDays(-1), [], A.Source);
        var underway = arrived with { Tracking = "NEW", ShippedAt = A.Now.AddDays(-3), DeliveredAt = null };

        new FactSet(DerivedFacts.OfShipments(A.Underway, [underway, arrived], A.Policy, A.Now)).Text("shipment.tracking").Should().Be("NEW");
    }

    [Fact]
    public void measure_stock_in_days_of_sales()
    {
        var product = A.Product("Batik Scarf", A.Variant("SCF"));
        var found = new ProductMatch.Found(product, product.Variants, null);

        var facts = ProductFacts(found, Stock("SCF", 10, sold: 56));
        facts.Text("product.days_of_stock").Should().Be("5");
        facts.IsTrue("product.low_stock").Should().BeTrue();
        ProductFacts(found, Stock("SCF", 10, sold: 0)).Find("product.days_of_stock").Should().BeNull();
        ProductFacts(found, Stock("SCF", 3, sold: 0)).IsTrue("product.low_stock").Should().BeTrue();
    }

    [Theory]
    [InlineData("batik shirt", "Batik Shirt")]
    [InlineData("batik shirt size m", "Batik Shirt (M)")]
    [InlineData("red batik shirt", "Batik Shirt (Red)")]
    [InlineData("red batik shirt size m", "Batik Shirt (M, Red)")]
    [InlineData("batik shirt size xxl", "Batik Shirt (XXL)")]
    public void name_the_size_and_colour_that_are_spoken_of(string message, string name)
    {
        var product = A.Product("Batik Shirt", A.Variant("1", "M", "Red"), A.Variant("2", "M", "Blue"), A.Variant("3", "L", "Red"));

        ProductFacts((ProductMatch.Found)new ProductSearch([product]).Find(message)).Text("product.name").Should().Be(name);
    }

    [Fact]
    public void call_a_size_that_is_not_made_out_of_stock_and_name_the_sizes_on_hand()
    {
        var product = A.Product("Batik Shirt", A.Variant("S", "S"), A.Variant("M", "M"));

        var facts = ProductFacts(new ProductMatch.Found(product, [], "XXL"), Stock("S", 4), Stock("M", 0));

        facts.Find("product.in_stock")!.Value.Should().Be(FactValue.Of(false));
        facts.Find("product.sizes")!.Value.Should().Be(FactValue.Of(["S"]));
    }

    [Fact]
    public void do_not_invent_a_number_of_pieces_that_are_not_counted()
    {
        var product = A.Product("Batik Scarf", A.Variant("SCF", onHand: null));

        var facts = ProductFacts(
            new ProductMatch.Found(product, product.Variants, null), Stock("SCF", null) with { IsAvailable = true });

        facts.IsTrue("product.in_stock").Should().BeTrue();
        facts.Find("product.stock").Should().BeNull();
    }

    [Fact]
    public void remember_where_each_was_read()
    {
        Of(A.Order).All.Should().OnlyContain(f => f.Source == "orders.csv line 2" && f.At == A.Now);
    }

    [Theory]
    [InlineData(StockWording.YesNo, 4, null)]
    [InlineData(StockWording.Low, 4, "4")]
    [InlineData(StockWording.Low, 25, null)]
    [InlineData(StockWording.Exact, 25, "25")]
    [InlineData(StockWording.Exact, 0, null)]
    public void tell_how_many_are_left_only_as_the_owner_set_it(StockWording wording, int onHand, string? told)
    {
        var product = A.Product("Batik Shirt", A.Variant("BTK-M", "M"));
        var found = new ProductMatch.Found(product, product.Variants, "M");

        var left = new FactSet(DerivedFacts.OfProduct(found, [Stock("BTK-M", onHand)], wording)).Find("product.left");

        (left?.Value.Shown).Should().Be(told);
    }
}
