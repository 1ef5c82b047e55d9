using System.Text;
using MiniExcelLibs;
using OpsChat.Facts;
using OpsChat.ShopData;
using OpsChat.ShopData.Tables;
using OpsChat.Tests.Facts;

namespace OpsChat.Tests.ShopData;

/// <summary>Small traps of single files, each of which once told a customer something wrong. All rows are invented.</summary>
public sealed class A_file_of_a_shop : IDisposable
{
    private const string Order = "#1001,a@example.com,paid,,MYR,5.00,,,1,Tea,TEA,";
    private readonly ShopFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("soon")]
    [InlineData("31/31/2026")]
    public async Task whose_day_of_delivery_cannot_be_read_says_neither_late_nor_delivered(string delivered)
    {
        var shop = _folder
            .Write(
                "orders.csv",
                "Name,Email,Financial Status,Fulfillment Status,Total,Created at,Fulfilled at,Delivered at,Lineitem name",
                $"#1001,a@example.com,paid,fulfilled,20.00,2026-11-10 09:00,2026-11-11 09:00,{delivered},Tea"
            )
            .Open();

        var order = (await shop.FindOrderAsync("1001", default))!;

        order.Status.Should().BeNull();
        order.IsDelivered.Should().BeNull();
        DerivedFacts.OfOrder(order, A.Policy, A.Now).Should().NotContain(fact => fact.Name == "order.status" || fact.Name == "order.is_delivered");
    }

    [Theory]
    [InlineData(true, 4, 3, "day first")]
    [InlineData(false, 3, 4, "month first")]
    public async Task whose_dates_prove_nothing_is_read_by_the_owners_setting_with_a_warning(bool dayFirst, int month, int day, string said)
    {
        _folder.Write(
            "orders.csv",
            "Name,Email,Financial Status,Total,Created at,Lineitem name",
            "#1001,a@example.com,paid,20.00,03/04/2026 10:00,Tea"
        );
        var shop = new CsvShop(_folder.Path, new ShopFolderSettings(ShopFolderOnDisk.KualaLumpur, "MYR", dayFirst), _folder.Clock);

        var placed = (await shop.FindOrderAsync("1001", default))!.Dates.Placed!.Value;

        (placed.Month, placed.Day).Should().Be((month, day));
        shop.Findings.Should().ContainSingle().Which.Problem.Should().Contain(said);
    }

    [Fact]
    public void says_the_same_whether_or_not_its_cells_are_quoted()
    {
        string[] header = ["Date", "SKU", "Location", "Available", "Incoming"];
        string[][] rows =
        [
            ["2026-11-01", "TEA ", "\u00A0Main", "12", ""],
            [" 2026-11-01", "MUG", "Main", "-3", "7"],
            ["", "", "", "", ""],
            ["2026-11-02", "'00123", "Main", "4", "0"],
            ["2026-11-02", "A title of more than four and twenty letters", "Main", "1", "2"],
        ];
        string Written(Func<string, string> cell) =>
            string.Join("\r\n", rows.Prepend(header).Select(row => string.Join(',', row.Select(cell)))) + "\r\n";

        var plain = SheetReader.Read("stock.csv", Encoding.UTF8.GetBytes(Written(cell => cell))).Rows;
        var quoted = SheetReader.Read("stock.csv", Encoding.UTF8.GetBytes(Written(cell => $"\"{cell}\""))).Rows;

        plain.Should().BeEquivalentTo(quoted, o => o.WithStrictOrdering()).And.HaveCount(rows.Length);
    }

    [Fact]
    public async Task with_one_date_beyond_the_twelfth_is_read_in_its_order_whatever_the_setting()
    {
        _folder.Write("orders.csv", "Name,Email,Financial Status,Total,Created at,Lineitem name",
            "#1001,a@example.com,paid,20.00,03/04/2026 10:00,Tea", "#1002,b@example.com,paid,20.00,04/13/2026 10:00,Tea");
        var shop = new CsvShop(_folder.Path, new ShopFolderSettings(ShopFolderOnDisk.KualaLumpur, "MYR", DayFirst: true), _folder.Clock);

        (await shop.FindOrderAsync("1001", default))!.Dates.Placed!.Value.Month.Should().Be(3);
        shop.Findings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"3,0\"", 3)]
    [InlineData("3.0", 3)]
    [InlineData("\"12,5\"", null)]
    [InlineData("", null)]
    [InlineData("\"1,234\"", 1234)]
    public async Task tells_of_stock_what_it_counts_and_nothing_it_does_not(string cell, int? pieces)
    {
        var shop = _folder
            .WithOrders(Order)
            .Write(
                "products_export.csv",
                "Handle,Title,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price",
                $"tea,Green Tea,TEA,shopify,{cell},5.00"
            )
            .Open();

        (await shop.StockAsync(["TEA"], default))
            .Should()
            .ContainSingle()
            .Which.Should()
            .Match<StockLevel>(level => level.OnHand == pieces && level.IsAvailable == (pieces == null ? null : true));
    }

    [Theory]
    [InlineData("orders.xlsx")]
    [InlineData("orders.csv")]
    public async Task may_be_a_workbook_whatever_it_is_called(string file)
    {
        var rows = new[]
        {
            new Dictionary<string, object?>
            {
                ["Name"] = "#1001",
                ["Email"] = "a@example.com",
                ["Financial Status"] = "paid",
                ["Fulfillment Status"] = "fulfilled",
                ["Total"] = 20.5,
                ["Refunded Amount"] = 0,
                ["Created at"] = new DateTime(2026, 11, 10, 9, 30, 0),
                ["Lineitem quantity"] = 2,
                ["Lineitem name"] = "Tea",
                ["Phone"] = "+60 12-555 0177",
            },
        };
        await using (var stream = File.Create(Path.Combine(_folder.Path, file)))
        {
            await stream.SaveAsAsync(rows);
        }

        var shop = _folder.Open();
        var order = (await shop.FindOrderAsync("1001", default))!;

        (order.Total, order.Lines[0].Quantity, order.PhoneEndings[0]).Should().Be((new Money(2050, "MYR"), 2, "0177"));
        order.Dates.Placed.Should().Be(new DateTimeOffset(2026, 11, 10, 9, 30, 0, TimeSpan.FromHours(8)));
        shop.Findings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("sep=,")]
    public void may_begin_with_a_blank_line_or_a_hint_for_a_spreadsheet(string first)
    {
        var shop = _folder.Write("orders.csv", first, ShopFolderOnDisk.Header, Order).Open();

        shop.Counts!.Value.Orders.Should().Be(1);
        shop.Findings.Should().BeEmpty();
    }

    [Fact]
    public async Task that_overlaps_another_gives_way_to_the_newer_one_and_keeps_what_only_it_has()
    {
        _folder
            .Write("orders_export_1.csv", ShopFolderOnDisk.Header, Order, "#1002,b@example.com,pending,,MYR,9.00,,,1,Cup,CUP,")
            .Write(
                "orders_export_2.csv",
                ShopFolderOnDisk.Header,
                "#1002,b@example.com,paid,fulfilled,MYR,9.00,,2026-11-20 09:00:00 +0800,1,Cup,CUP,"
            );
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "orders_export_1.csv"), new DateTime(2026, 11, 19, 0, 0, 0, DateTimeKind.Utc));
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "orders_export_2.csv"), new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc));
        var shop = _folder.Open();

        (await shop.FindOrderAsync("1001", default)).Should().NotBeNull();
        (await shop.FindOrderAsync("1002", default))!.Status.Should().Be(OrderStatus.Shipped);
    }

    [Theory]
    [InlineData("billing_email", "")]
    [InlineData("", "account")]
    public async Task with_two_columns_of_addresses_is_proven_by_the_one_that_is_filled(string billing, string account)
    {
        var shop = _folder
            .Write(
                "orders.csv",
                "order_id,order_number,status,order_total,customer_email,billing_email,line_item_1",
                $"7,W-7,completed,40.00,{(account.Length > 0 ? "a@example.com" : "")},{(billing.Length > 0 ? "a@example.com" : "")}"
                    + ",name:Mug|sku:MUG|quantity:2|total:40.00"
            )
            .Open();

        (await shop.FindOrderAsync("W-7", default))!.Email.Should().Be("a@example.com");
    }

    [Theory]
    [InlineData(
        "Order Number,Order Status,Order Date,Payment Method Title,Order Total Amount,Item Name,Quantity,Email (Billing)",
        "7,Processing,2026-11-25 10:12,Cash on delivery,60.00,Lamp,1,a@example.com"
    )]
    [InlineData(
        "orderItemId,orderNumber,itemName,paidPrice,shippingFee,createTime,status,payMethod",
        "1,7,Lamp,60.00,0,25 Nov 2026 10:12,pending,COD"
    )]
    public async Task of_an_order_that_is_paid_on_delivery_does_not_say_that_it_is_paid(string header, string row)
    {
        var order = (await _folder.Write("orders.csv", header, row).Open().FindOrderAsync("7", default))!;

        order.IsPaid.Should().BeFalse();
        order.Status.Should().NotBe(OrderStatus.Paid);
    }

    [Fact]
    public async Task that_cannot_say_whether_an_order_is_paid_or_sent_says_neither()
    {
        var shop = _folder
            .Write(
                "EtsySoldOrders.csv",
                "Sale Date,Order ID,Number of Items,Date Shipped,Currency,Order Value,Order Total",
                "03/14/26,3700000001,1,,USD,10.00,15.00",
                "03/14/26,3700000002,1,03/15/26,USD,10.00,15.00"
            )
            .Write(
                "eBay.csv",
                "Order number,Buyer email,Item title,Quantity,Total price,Sale date,Paid on date",
                "17-1,x@example.com,Hook,1,£12.00,20-Nov-26,20-Nov-26"
            )
            .Open();

        var (open, sent, paid) = (
            (await shop.FindOrderAsync("3700000001", default))!,
            (await shop.FindOrderAsync("3700000002", default))!,
            (await shop.FindOrderAsync("17-1", default))!
        );

        (open.Status, open.IsPaid).Should().Be((null, null));
        sent.Status.Should().Be(OrderStatus.Shipped);
        (paid.Status, paid.IsPaid, paid.IsShipped).Should().Be((null, true, null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task is_joined_with_the_platforms_other_file_of_the_same_orders_whichever_is_newer(bool ordersAreNewer)
    {
        var shop = _folder.Write("EtsySoldOrderItems.csv",
                "Sale Date,Item Name,Buyer,Quantity,Price,Discount Amount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction "
                    + "ID,Date Paid,Date Shipped,Ship Name,Order ID,SKU",
                "03/14/26,Card,Una (u),3,4.00,0,2.00,0.50,12.00,USD,47,03/14/26,,Una Field,3700000001,CARD"
            )
            .Write(
                "EtsySoldOrders.csv",
                "Sale Date,Order ID,Full Name,Number of Items,Date Shipped,Currency,Order Value,Order Total",
                "03/14/26,3700000001,Una Field,1,,USD,12.00,14.50"
            );
        File.SetLastWriteTimeUtc(
            Path.Combine(_folder.Path, "EtsySoldOrders.csv"),
            new DateTime(2026, 3, ordersAreNewer ? 20 : 10, 0, 0, 0, DateTimeKind.Utc)
        );
        File.SetLastWriteTimeUtc(
            Path.Combine(_folder.Path, "EtsySoldOrderItems.csv"),
            new DateTime(2026, 3, 15, 0, 0, 0, DateTimeKind.Utc)
        );

        var order = (await shop.Open().FindOrderAsync("3700000001", default))!;

        (order.Status, order.Total, order.Lines.Sum(line => line.Quantity)).Should().Be((OrderStatus.Paid, new Money(1450, "USD"), 3));
    }

    [Fact]
    public async Task whose_rows_of_one_order_contradict_each_other_leaves_its_state_unknown_and_quotes_them()
    {
        var shop = _folder
            .Write(
                "orders.csv",
                "Order Number,Email,Status,Total,Item Name",
                "1001,a@example.com,Paid,20.00,Tea",
                "1001,a@example.com,Cancelled,20.00,Cup"
            )
            .Open();

        (await shop.FindOrderAsync("1001", default))!.Status.Should().BeNull();
        shop.Findings.Should().ContainSingle().Which.Problem.Should().Contain("Paid, Cancelled");
    }

    [Fact]
    public async Task with_a_total_below_zero_or_a_quantity_in_words_leaves_both_unknown_and_names_the_cells()
    {
        var shop = _folder
            .Write(
                "orders.csv",
                "Name,Email,Financial Status,Total,Lineitem name,Lineitem quantity",
                "#1001,a@example.com,paid,(20.00),Tea,a few"
            )
            .Open();
        var order = (await shop.FindOrderAsync("1001", default))!;

        order.Total.Should().BeNull();
        order.Unknown.Should().ContainKeys("order.total", "order.item_count");
        DerivedFacts.OfOrder(order, A.Policy, A.Now).Should().NotContain(fact => fact.Name == "order.item_count");
        shop.Findings.Should().HaveCount(2);
    }
}
