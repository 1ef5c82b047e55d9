using OpsChat.Facts;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Facts;

public sealed class A_csv_shop : IDisposable
{
    private readonly ShopFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    private const string Paid =
        "#1001,aina@example.com,paid,unfulfilled,MYR,89.90,2026-11-18 09:12:00 +0800,2026-11-18 09:13:00 +0800,1,Batik Shirt - M,BTK-M,+60 "
            + "12-000 4821";

    [Theory]
    [InlineData("#1001")]
    [InlineData("1001")]
    [InlineData(" # 1001 ")]
    public async Task finds_an_order_in_any_spelling_of_its_number(string number)
    {
        var order = await _folder.WithOrders(Paid).Open().FindOrderAsync(number, default);

        order!.Number.Should().Be("#1001");
        order.Status.Should().Be(OrderStatus.Paid);
        order.Total.Should().Be(new Money(8990, "MYR"));
        order.Source.Place.Should().Be("orders.csv line 2");
        order.Source.ReadAt.Should().Be(_folder.Clock.GetUtcNow());
    }

    [Fact]
    public async Task keeps_of_a_phone_number_only_its_last_four_digits()
    {
        var order = await _folder.WithOrders(Paid).Open().FindOrderAsync("1001", default);

        order!.PhoneEndings.Should().Equal("4821");
        order.ToString().Should().NotContain("000");
    }

    [Fact]
    public async Task knows_the_columns_by_name_and_not_by_place()
    {
        _folder.Write("orders.csv", "Lineitem name;TOTAL;order_number;E-Mail", "\"Tea; loose\";1.234,50;1001;A@Example.com");

        var order = await _folder.Open().FindOrderAsync("1001", default);

        order!.Total.Should().Be(new Money(123450, "MYR"));
        order.Email.Should().Be("a@example.com");
        order.Lines.Should().ContainSingle().Which.Name.Should().Be("Tea; loose");
    }

    [Fact]
    public async Task reads_a_shopee_export()
    {
        _folder.Write(
            "orders.csv",
            "Order ID,Order Status,Tracking Number*,Shipping Option,Order Creation Date,Order Paid Time,Product Name,Variation Name,SKU "
                + "Reference No.,Deal Price,Quantity,Grand Total,Phone Number,Receiver Name",
            "2611180ABC,Shipping,MY123456,Standard Delivery,2026-11-18 09:12,2026-11-18 09:20,Batik Shirt,M,BTK-M,89.90,2,185.80,60120004821,Aina",
            "2611180ABC,Shipping,MY123456,Standard Delivery,2026-11-18 09:12,2026-11-18 09:20,Batik Scarf,,SCF,20.00,1,185.80,60120004821,Aina");

        var shop = _folder.Open();
        var order = await shop.FindOrderAsync("2611180abc", default);

        order!.Status.Should().Be(OrderStatus.Shipped);
        order.IsPaid.Should().BeTrue();
        order.Lines.Select(l => (l.Name, l.Quantity)).Should().Equal(("Batik Shirt - M", 2), ("Batik Scarf", 1));
        order.Dates.Placed.Should().Be(new DateTimeOffset(2026, 11, 18, 9, 12, 0, TimeSpan.FromHours(8)));
        (await shop.ShipmentsOfAsync("2611180ABC", default)).Should().ContainSingle().Which.Tracking.Should().Be("MY123456");
    }

    [Fact]
    public async Task takes_order_fields_from_the_first_row_and_an_item_from_each()
    {
        var shop = _folder.WithOrders(Paid, "#1001,aina@example.com,,,,,,,3,Batik Scarf,SCF,").Open();

        var order = await shop.FindOrderAsync("1001", default);

        order!.Lines.Select(l => l.Quantity).Should().Equal(1, 3);
        shop.Findings.Should().BeEmpty();
    }

    [Fact]
    public async Task leaves_out_a_broken_row_and_says_where_it_is_and_how_to_mend_it()
    {
        var shop = _folder.WithOrders("#1000,too,few", Paid, "#1002,b@example.com,paid,,MYR,lots,,,1,Tea,TEA,").Open();

        (await shop.FindOrderAsync("1001", default)).Should().NotBeNull();
        shop.Findings.Select(f => f.ToString())
            .Should()
            .SatisfyRespectively(
                f => f.Should().StartWith("orders.csv:2:1: warning: The row has 3 cells, the header 12."),
                f =>
                    f.Should()
                        .StartWith(
                            "orders.csv:4:6: warning: \"lots\" in the column \"Total\" is not an amount. What it says is unknown. Write it "
                                + "like 1299.00."
                        )
            );
        var unread = (await shop.FindOrderAsync("1002", default))!;
        unread.Total.Should().BeNull();
        unread.Unknown.Should().ContainKey("order.total");
    }

    [Fact]
    public async Task loses_only_its_own_row_to_a_quote_that_is_never_closed()
    {
        var shop = _folder.WithOrders("#1000,\"open,paid,,MYR,5.00,,,1,Tea,TEA,", Paid, Paid.Replace("1001", "1002")).Open();

        (await shop.FindOrderAsync("1001", default)).Should().NotBeNull();
        (await shop.FindOrderAsync("1002", default)).Should().NotBeNull();
        shop.Findings.Should().ContainSingle().Which.Line.Should().Be(2);
    }

    [Fact]
    public async Task reads_line_breaks_in_quotes_and_counts_lines_on()
    {
        var shop = _folder.WithOrders(Paid.Replace("Batik Shirt - M", "\"Batik\nShirt\""), Paid.Replace("1001", "1002")).Open();

        (await shop.FindOrderAsync("1002", default))!.Source.Place.Should().Be("orders.csv line 4");
    }

    [Fact]
    public async Task names_the_headers_it_looked_for_when_a_needed_column_is_missing()
    {
        var shop = _folder.Write("orders.csv", "Name,Email,Lineitem name", "#1001,a@example.com,Tea").Open();

        shop.Findings[0]
            .ToString()
            .Should()
            .StartWith(
                "orders.csv:1:1: error: No column for the order total. Export the orders again with one of these headers: \"Total\", \"Grand Total\""
            );
        await shop.Invoking(s => s.FindOrderAsync("1001", default))
            .Should()
            .ThrowAsync<ShopUnavailableException>()
            .WithMessage("*No column for the order total*");
    }

    [Fact]
    public async Task reads_its_files_again_when_they_change_and_keeps_the_last_good_ones()
    {
        var shop = _folder.WithOrders(Paid).Open();
        shop.Refresh().Should().BeFalse();

        _folder.WithOrders(Paid.Replace("unfulfilled", "fulfilled"));
        shop.Refresh().Should().BeTrue();
        (await shop.FindOrderAsync("1001", default))!.Status.Should().Be(OrderStatus.Shipped);

        _folder.Write("orders.csv", "nothing of use");
        shop.Refresh().Should().BeTrue();
        (await shop.FindOrderAsync("1001", default))!.Status.Should().Be(OrderStatus.Shipped);
        shop.Findings.Should().Contain(f => f.IsError);
    }

    [Fact]
    public async Task moves_demo_dates_by_whole_days_so_that_they_are_as_of_today()
    {
        var order = await _folder.WithOrders(Paid).Write("shop.json", """{"datesAsOf":"2026-11-20"}""").Open().FindOrderAsync("1001", default);

        order!.Dates.Placed.Should().Be(new DateTimeOffset(2026, 11, 19, 9, 12, 0, TimeSpan.FromHours(8)));
    }

    [Fact]
    public void does_not_guess_what_a_wrong_setting_in_shop_json_means()
    {
        var shop = _folder.WithOrders(Paid).Write("shop.json", """{"dateAsOf":"2026-11-20"}""").Open();

        shop.Findings.Should().ContainSingle().Which.Problem.Should().Contain("dateAsOf");
    }

    [Theory]
    [InlineData("pending,unfulfilled,", OrderStatus.Unpaid)]
    [InlineData("paid,unfulfilled,", OrderStatus.Paid)]
    [InlineData("paid,unfulfilled,status:packed", OrderStatus.Packed)]
    [InlineData("paid,fulfilled,", OrderStatus.Shipped)]
    [InlineData("pending,fulfilled,", OrderStatus.Shipped)]
    [InlineData("paid,fulfilled,status:delivered", OrderStatus.Delivered)]
    [InlineData("paid,fulfilled,\"gift, status:returned\"", OrderStatus.Returned)]
    [InlineData("refunded,fulfilled,status:delivered", OrderStatus.Refunded)]
    [InlineData("refunded,unfulfilled,status:cancelled", OrderStatus.Cancelled)]
    [InlineData("voided,unfulfilled,", OrderStatus.Cancelled)]
    public async Task says_where_an_order_stands(string states, OrderStatus expected)
    {
        _folder.Write("orders.csv", "Name,Total,Lineitem name,Financial Status,Fulfillment Status,Tags", $"#1001,10.00,Tea,{states}");

        (await _folder.Open().FindOrderAsync("1001", default))!.Status.Should().Be(expected);
    }

    [Fact]
    public async Task believes_the_carrier_when_the_orders_own_row_lags_behind()
    {
        _folder.WithOrders(Paid).Write(
            "shipments.csv",
            "Order,Carrier,Tracking Number,Shipped at,Delivered at,Scanned at,Scan,Place",
            "#1001,Pos Laju,T1,2026-11-19 10:00:00 +0800,2026-11-20 15:00:00 +0800,2026-11-20 15:00:00 +0800,Delivered,Ipoh",
            "#1001,Pos Laju,T1,,,2026-11-19 18:00:00 +0800,Picked up,Klang");
        var shop = _folder.Open();

        var order = await shop.FindOrderAsync("1001", default);

        order!.Status.Should().Be(OrderStatus.Delivered);
        order.Dates.Delivered.Should().Be(new DateTimeOffset(2026, 11, 20, 15, 0, 0, TimeSpan.FromHours(8)));
        (await shop.ShipmentsOfAsync("1001", default)).Single().Scans.Select(s => s.Words).Should().Equal("Picked up", "Delivered");
    }

    [Fact]
    public async Task counts_what_was_sold_of_an_article_in_the_last_28_days()
    {
        _folder
            .WithOrders(
                Paid,
                Paid.Replace("1001", "1002").Replace("2026-11-18", "2026-10-01"),
                Paid.Replace("1001", "1003").Replace(",paid,", ",voided,")
            )
            .Write(
                "products.csv",
                "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price",
                "batik,Batik Shirt,Size,M,BTK-M,12,89.90"
            );

        (await _folder.Open().StockAsync(["btk-m", "unknown"], default)).Should().ContainSingle()
            .Which.Should().Match<StockLevel>(s => s.OnHand == 12 && s.SoldIn28Days == 1 && s.IsAvailable == true);
    }

    [SharedFact]
    public async Task loads_a_thousand_real_shaped_orders_without_a_finding()
    {
        var shop = new OpsChat.ShopData.CsvShop(SharedData.PathOf("retail"), ShopFolderOnDisk.KualaLumpur, "USD", _folder.Clock);

        shop.Findings.Should().BeEmpty();
        shop.Counts.Should().Be((1000, 50, 500));
        var order = await shop.FindOrderAsync("w2611340", default);
        order!.Status.Should().Be(OrderStatus.Shipped);
        order.Lines.Should().HaveCount(2);
        (await shop.ShipmentsOfAsync(order.Number, default)).Single().Tracking.Should().Be("357962501027");
    }
}
