using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpsChat.Facts;
using OpsChat.Tests.Facts;
using OpsChat.Understanding;

namespace OpsChat.Tests.ShopData;

/// <summary>Files shaped as the selling platforms write them, under their own names, each with its traps. All rows are invented.</summary>
public sealed class An_export : IDisposable
{
    private readonly ShopFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task<Order> OrderIn(string file, string number, params string[] lines) =>
        (await _folder.Write(file, lines).Open().FindOrderAsync(number, default))!;

    [Theory]
    [InlineData("21.11.2026 10:00")]
    [InlineData("21/11/2026")]
    [InlineData("11/21/2026")]
    [InlineData("Nov 21, 2026")]
    [InlineData("21 Nov 2026 14:03")]
    [InlineData("11/21/2026 9:15:51 AM")]
    [InlineData("2026-11-21 09:02:11 +0800")]
    public async Task with_a_cancelled_order_says_so_in_whatever_way_the_date_is_written(string cancelled)
    {
        var order = await OrderIn(
            "orders_export_1.csv",
            "1001",
            "Name,Email,Financial Status,Fulfillment Status,Total,Cancelled at,Lineitem name",
            $"#1001,a@example.com,paid,unfulfilled,20.00,\"{cancelled}\",Tea"
        );

        order.Status.Should().Be(OrderStatus.Cancelled);
        order.IsCancelled.Should().BeTrue();
    }

    [Theory]
    [InlineData("46347.4167")]
    [InlineData("1795226400")]
    public async Task may_hold_a_column_of_spreadsheet_days_or_of_seconds(string cancelled) =>
        (
            await OrderIn(
                "orders.csv",
                "1001",
                "Name,Email,Financial Status,Total,Cancelled at,Lineitem name",
                $"#1001,a@example.com,paid,20.00,{cancelled},Tea"
            )
        )
            .IsCancelled.Should()
            .BeTrue();

    [Fact]
    public async Task with_a_cancellation_that_cannot_be_read_leaves_the_state_unknown()
    {
        var order = await OrderIn(
            "orders.csv",
            "1001",
            "Name,Email,Financial Status,Fulfillment Status,Total,Cancelled at,Lineitem name",
            "#1001,a@example.com,paid,unfulfilled,20.00,some time ago,Tea"
        );

        order.Status.Should().BeNull();
        order.Unknown.Should().ContainKey("order.status").WhoseValue.Should().Contain("some time ago");
        DerivedFacts.OfOrder(order, A.Policy, A.Now).Should().NotContain(fact => fact.Name == "order.status");
    }

    [Theory]
    [InlineData("-50.00", 5800)]
    [InlineData("MYR -108.00", 0)]
    [InlineData("(50.00)", 5800)]
    [InlineData("50.00-", 5800)]
    [InlineData("\u221250.00", 5800)]
    [InlineData("500.00", 0)]
    public async Task never_makes_more_refundable_than_was_paid(string refunded, long refundable) =>
        DerivedFacts.Refundable(await OrderIn("orders.csv", "1001",
            "Name,Email,Financial Status,Total,Refunded Amount,Lineitem name", $"#1001,a@example.com,partially_refunded,108.00,{refunded},Tea"))
            .Should().Be(new Money(refundable, "MYR"));

    [Theory]
    [InlineData(",Refunded Amount", ",")]
    [InlineData(",Refunded Amount", ",about half")]
    [InlineData("", "")]
    public async Task that_tells_of_a_refund_without_its_amount_leaves_the_rest_unknown(string header, string cell)
    {
        var order = await OrderIn(
            "orders.csv",
            "1001",
            $"Name,Email,Financial Status,Total,Lineitem name{header}",
            $"#1001,a@example.com,partially_refunded,108.00,Tea{cell}"
        );

        order.Refunded.Should().BeNull();
        DerivedFacts.Refundable(order).Should().BeNull();
    }

    [Theory]
    [InlineData("#1003.1", "#10031")]
    [InlineData("#70_01", "#7001")]
    [InlineData("INV/2026/0012", "INV20260012")]
    public async Task keeps_two_numbers_apart_that_differ_by_a_mark(string one, string other)
    {
        var shop = _folder
            .Write(
                "orders.csv",
                "Name,Email,Financial Status,Total,Lineitem name",
                $"{one},a@example.com,paid,20.00,Tea",
                $"{other},b@example.com,paid,900.00,Gold"
            )
            .Open();

        (await shop.FindOrderAsync(one, default))!.Total.Should().Be(new Money(2000, "MYR"));
        (await shop.FindOrderAsync(other, default))!.Total.Should().Be(new Money(90000, "MYR"));
    }

    [Theory]
    [InlineData("#1001-MY", "where is 1001-my please")]
    [InlineData("#3112A", "my order is 3112a")]
    [InlineData("MYSHOP-1002", "about MYSHOP-1002, when?")]
    [InlineData("INV/2026/0012", "(inv/2026/0012)")]
    [InlineData("#D12", "d12?")]
    [InlineData("SO3108", "so3108 not here")]
    [InlineData("261120PP3QRS44", "order 261120pp3qrs44")]
    [InlineData("111-5550001-5550001", "111-5550001-5550001 hello")]
    [InlineData("576900000000000101", "576900000000000101")]
    public void with_such_a_number_lets_a_customer_type_it_as_printed(string number, string message) =>
        new OrderNumberShapes([number]).In(message).Should().Equal(OrderNumber.Key(number));

    [Fact]
    public async Task of_TikTok_Shop_has_a_line_of_descriptions_day_first_dates_and_phones_that_prove_nothing()
    {
        var shop = _folder
            .Write(
                "All order-2026-11.csv",
                "Order ID,Order Status,Order Substatus,Seller SKU,Product Name,Variation,Quantity,SKU Unit Original Price,Order "
                    + "Amount,Order Refund Amount,Created Time,Paid Time,Delivered Time,Phone #",
                "Platform unique order ID.,Current order status.,Current substatus.,SKU of the seller.,Name of the product.,Variation of "
                    + "it.,SKU quantity.,Unit price.,What the buyer paid.,What went back.,Time of creation.,Time of payment.,Time of "
                    + "delivery.,Phone of the buyer.",
                "576911111111111111\t,Completed,Delivered,SOAP-1,Soap,Lime,2,10.00,20.00,0,05/10/2026 12:00:00\t,05/10/2026 12:00:09\t"
                    + ",13/10/2026 16:00:00\t,(+60)11*****77"
            )
            .Open();
        var order = (await shop.FindOrderAsync("576911111111111111", default))!;

        order.Status.Should().Be(OrderStatus.Delivered);
        order.Dates.Placed!.Value.Month.Should().Be(10);
        order.PhoneEndings.Should().BeEmpty();
        shop.Findings.Should().ContainSingle().Which.Problem.Should().Contain("hides the buyers' phone numbers");
    }

    [Fact]
    public async Task of_Lazada_has_a_row_for_each_unit_and_no_total()
    {
        var order = await OrderIn("lazada.csv", "440000000000001",
            "orderItemId;orderNumber;sellerSku;itemName;unitPrice;paidPrice;shippingFee;createTime;status;payMethod",
            "1;440000000000001;POT-R;Pot;89.00;79.00;4.90;18 Nov 2026 14:03;delivered;MIXEDCARD",
            "2;440000000000001;POT-R;Pot;89.00;79.00;0.00;18 Nov 2026 14:03;delivered;MIXEDCARD",
            "3;440000000000001;MUG-W;Mug;12.90;12.90;0.00;18 Nov 2026 14:03;canceled;MIXEDCARD");

        order.Total.Should().Be(new Money(16290, "MYR"));
        order.Lines.Should().ContainSingle().Which.Quantity.Should().Be(2);
    }

    [Fact]
    public async Task of_Amazon_has_tabs_no_quotes_and_line_prices()
    {
        var order = await OrderIn("orders.txt", "111-7770001-7770001",
            "amazon-order-id\tpurchase-date\torder-status\tproduct-name\tsku\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\t"
                + "item-promotion-discount",
            "111-7770001-7770001\t2026-11-20T03:14:07+00:00\tShipped\tLamp 12\" arm\tLAMP\t2\tUSD\t80.00\t4.00\t6.00\t5.00");

        order.Total.Should().Be(new Money(8500, "USD"));
        order.Lines[0].Name.Should().Be("Lamp 12\" arm");
        order.Lines[0].Price.Should().Be(new Money(4000, "USD"));
    }

    [Fact]
    public async Task that_Excel_damaged_is_refused_and_the_rest_of_the_shop_stays_in_force()
    {
        var shop = _folder
            .Write(
                "orders.csv",
                "Order ID,Order Status,Seller SKU,Product Name,Order Amount",
                "5.769E+17,Completed,A,Soap,20.00",
                "5.769E+17,Completed,B,Balm,30.00"
            )
            .Write("products_export.csv", "Handle,Title,Variant SKU,Variant Price", "soap,Soap,A,20.00")
            .Open();

        shop.Findings.Should().Contain(f => f.IsError && f.Problem.Contains("rounded by a spreadsheet"));
        (await shop.FindProductAsync("soap", default)).Should().BeOfType<ProductMatch.Found>();
        await shop.Invoking(s => s.FindOrderAsync("5.769E+17", default)).Should().ThrowAsync<ShopUnavailableException>();
    }

    [Theory]
    [InlineData("Order Received")]
    [InlineData("To return")]
    [InlineData("Menunggu sesuatu")]
    public async Task with_a_state_that_nobody_knows_leaves_it_unknown(string state)
    {
        var order = await OrderIn("shopee.csv", "261120PP3QRS44",
            "Order ID,Order Status,Order Creation Date,Product Name,Grand Total", $"261120PP3QRS44,{state},2026-11-20 09:12,Soap,20.00");

        order.Status.Should().BeNull();
        order.IsDelivered.Should().NotBe(true);
    }

    [Fact]
    public async Task of_products_knows_untracked_stock_backorders_drafts_and_articles_without_a_SKU()
    {
        var shop = _folder
            .WithOrders("#1001,a@example.com,paid,,MYR,5.00,,,1,Tea,TEA,")
            .Write(
                "products_export.csv",
                "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory "
                    + "Policy,Variant Price,Status",
                "tote,Linen Tote,Colour,Sand,,shopify,4,deny,54.95,active",
                "tote,,,Ink,,shopify,0,deny,54.95,",
                "cup,Kopi Cup,Title,Default Title,CUP,,0,deny,23.00,active",
                "lamp,Raya Lamp,Title,Default Title,LAMP,shopify,-3,continue,64.00,active",
                "old,Old Vase,Title,Default Title,OLD,shopify,9,deny,10.00,draft"
            )
            .Open();

        var tote = (await shop.FindProductAsync("linen tote", default)).Should().BeOfType<ProductMatch.Found>().Subject.Product;
        tote.Variants.Select(v => v.IsAvailable).Should().Equal(true, false);
        (await shop.StockAsync(["CUP", "LAMP"], default)).Should().OnlyContain(level => level.IsAvailable == true);
        (await shop.FindProductAsync("old vase", default)).Should().BeOfType<ProductMatch.None>();
    }

    [Theory]
    [InlineData("Variant Inventory Tracker,", "shopify,", "")]
    [InlineData("Variant Inventory Tracker,", "shopify,", "n/a")]
    [InlineData("Variant Inventory Tracker,", "shopify,", "some")]
    [InlineData("", "", "")]
    public async Task of_products_whose_stock_nobody_can_read_says_neither_yes_nor_no_and_names_the_cell(
        string trackerColumn,
        string tracker,
        string quantity
    )
    {
        foreach (var policy in new[] { "deny", "continue" })
        {
            var shop = _folder
                .WithOrders("#1001,a@example.com,paid,,MYR,5.00,,,1,Tea,TEA,")
                .Write(
                    "products_export.csv",
                    $"Handle,Title,{trackerColumn}Variant SKU,Variant Inventory Qty,Variant Inventory Policy,Variant Price",
                    $"mug,Green Mug,{tracker}MUG,{quantity},{policy},23.00"
                )
                .Open();

            var found = (await shop.FindProductAsync("green mug", default)).Should().BeOfType<ProductMatch.Found>().Subject;
            new FactSet(DerivedFacts.OfProduct(found, await shop.StockAsync(["MUG"], default))).Find("product.in_stock").Should().BeNull();
            shop.Findings.Should()
                .ContainSingle()
                .Which.Should()
                .Match<Finding>(f => f.File == "products_export.csv" && f.Line == 2 && f.Problem.Contains("Variant Inventory Qty"));
        }
    }

    [Fact]
    public async Task of_products_that_is_deleted_stays_in_force_and_is_an_error_until_another_one_holds_them()
    {
        var shop = _folder
            .WithOrders("#1001,a@example.com,paid,,MYR,5.00,,,1,Tea,TEA,")
            .Write("products_export_1.csv", "Handle,Title,Variant SKU,Variant Price", "mug,Green Mug,MUG,23.00")
            .Open();
        File.Delete(Path.Combine(_folder.Path, "products_export_1.csv"));
        shop.Refresh();

        shop.Counts!.Value.Products.Should().Be(1);
        shop.Findings.Should().ContainSingle(f => f.IsError).Which.Problem.Should().Contain("is gone").And.Contain("products");

        _folder.Write("products_export_2.csv", "Handle,Title,Variant SKU,Variant Price", "cup,Blue Cup,CUP,20.00");
        shop.Refresh();

        shop.Findings.Should().NotContain(f => f.IsError);
        (await shop.FindProductAsync("green mug", default)).Should().BeOfType<ProductMatch.None>();
    }

    [Fact]
    public async Task of_orders_that_is_deleted_stays_in_force_beside_another_platforms()
    {
        var shop = _folder
            .WithOrders("#1001,a@example.com,paid,,MYR,5.00,2026-11-20 09:00:00 +0800,,1,Tea,TEA,")
            .Write(
                "amazon.tsv",
                "amazon-order-id\tmerchant-order-id\tpurchase-date\torder-status\tsku\tquantity\tcurrency\titem-price",
                "111-1111111-1111111\t\t2026-11-20T01:00:00+00:00\tShipped\tTEA\t1\tUSD\t5.00"
            )
            .Open();
        shop.Findings.Should().NotContain(f => f.IsError);
        File.Delete(Path.Combine(_folder.Path, "orders.csv"));
        shop.Refresh();

        (await shop.FindOrderAsync("1001", default)).Should().NotBeNull();
        shop.Findings.Should().ContainSingle(f => f.IsError).Which.Problem.Should().Contain("is gone");
    }

    [Fact]
    public async Task of_stock_by_place_is_summed_and_stands_before_the_catalogues_count()
    {
        var shop = _folder.WithOrders("#1001,a@example.com,paid,,MYR,5.00,,,1,Tea,TEA,")
            .Write("products_export.csv", "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price", "tea,Green Tea,TEA,1,5.00")
            .Write(
                "inventory_export.csv",
                "Handle,Title,SKU,Location,Incoming (not editable),Available (not editable),On hand (current),On hand (new)",
                "tea,Green Tea,TEA,Main,0,4,5,",
                "tea,Green Tea,TEA,Pop-up,0,3,3,",
                "tea,Green Tea,TEA,Kiosk,not stocked,not stocked,not stocked,"
            )
            .Open();

        (await shop.StockAsync(["TEA"], default)).Should().ContainSingle().Which.OnHand.Should().Be(7);
    }

    [Fact]
    public void that_nobody_understands_names_the_nearest_kinds_and_leaves_the_rest_in_force()
    {
        var shop = _folder
            .WithOrders("#1001,a@example.com,paid,,MYR,5.00,,,1,Tea,TEA,")
            .Write("notes.csv", "Colour,Mood,Weather", "red,good,rain")
            .Open();

        shop.Counts!.Value.Orders.Should().Be(1);
        shop.Findings.Should().ContainSingle().Which.File.Should().Be("notes.csv");
    }

    [Fact]
    public void with_a_sharp_fall_in_rows_stays_in_force_as_it_was()
    {
        string[] rows = [.. Enumerable.Range(1, 10).Select(n => $"#{1000 + n},a@example.com,paid,,MYR,5.00,,,1,Tea,TEA,")];
        var shop = _folder.WithOrders(rows).Open();
        _folder.WithOrders(rows[0]);
        shop.Refresh();

        shop.Counts!.Value.Orders.Should().Be(10);
        shop.Findings.Should().Contain(f => f.Problem.Contains("has 1 rows and had 10"));
    }

    [Fact]
    public async Task may_be_UTF_16_or_Windows_1252_or_end_its_lines_as_old_Macs_did()
    {
        var text = ShopFolderOnDisk.Header + "\r#1001,a@example.com,paid,,MYR,5.00,,,1,Tü,TEA,\r";
        foreach (
            var (name, bytes) in new[]
            {
                ("a.csv", (byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]),
                ("b.csv", Encoding.Latin1.GetBytes(text.Replace("#1001", "#1002"))),
                ("c.csv", Encoding.UTF8.GetBytes("sep=,\n" + text.Replace("#1001", "#1003"))),
            }
        )
        {
            await File.WriteAllBytesAsync(Path.Combine(_folder.Path, name), bytes);
        }

        var shop = _folder.Open();
        foreach (var number in new[] { "1001", "1002", "1003" })
        {
            (await shop.FindOrderAsync(number, default))!.Lines[0].Name.Should().Be("Tü");
        }
    }

    [Fact]
    public void cell_that_is_filled_is_read_or_unknown_and_never_empty_or_zero() =>
        Prop.ForAll(
                Gen.ListOf(Gen.Elements("-", "(", ")", "5", "0", "1", ".", ",", " ", "RM", "E+", "x", "\u2212", "$", "٣", "５"))
                    .Select(string.Concat)
                    .Where(t => t.Trim().Length > 0)
                    .ToArbitrary(),
                text =>
                {
                    var value = OpsChat.ShopData.Values.CellNumber.Amount(text, "MYR");
                    return OpsChat.ShopData.Values.CellNumber.IsNone(text)
                        || value is null
                        || value.Value.Minor != 0
                        || !text.Any(c => char.IsDigit(c) && char.GetNumericValue(c) > 0)
                        || text.Contains("0.0")
                        || text.Contains("0,0")
                        || text.Contains("0.");
                }
            )
            .Check(Config.QuickThrowOnFailure.WithReplay(20261128, 3));
}
