using OpsChat.Facts;
using OpsChat.Tests.Facts;
using OpsChat.Understanding;

namespace OpsChat.Tests.ShopData;

/// <summary>Order numbers and second details as customers type them, held against a shop's own data.</summary>
public sealed class A_shop_as_customers_write_of_it : IDisposable
{
    private readonly ShopFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("#1001-MY", "where is my order 1001-my please", "1001-MY")]
    [InlineData("#3112A", "my order 3112a is late", "3112A")]
    [InlineData("#MY2010", "my order #MY2010 please", "MY2010")]
    [InlineData("SO3108", "order so3108 not here yet", "SO3108")]
    [InlineData("DE2020", "order DE2020", "DE2020")]
    [InlineData("INV/2026/0012", "order no:INV/2026/0012?", "INV/2026/0012")]
    [InlineData("3550000777", "hello, 3550000777 has not come", "3550000777")]
    [InlineData("111-5550001-5550001", "111-5550001-5550001, when?", "111-5550001-5550001")]
    public void has_order_numbers_that_are_read_whole(string number, string message, string key) =>
        new OrderNumberShapes([number]).Named(EntityExtractor.Read(message), message).OrderNumbers.Select(OrderNumber.Key).Should().Equal(key);

    [Fact]
    public void has_order_numbers_whose_digits_are_no_phone_number() =>
        new OrderNumberShapes(["3550000777"]).Named(EntityExtractor.Read("3550000777"), "3550000777").PhoneEndings.Should().BeEmpty();

    [Fact]
    public void has_phone_numbers_that_are_no_order_numbers() =>
        new OrderNumberShapes(["3550000777"])
            .Named(EntityExtractor.Read("my phone is 0123456789"), "my phone is 0123456789")
            .OrderNumbers.Should()
            .BeEmpty();

    [Theory]
    [InlineData("it is o'brien@example.com", "o'brien@example.com")]
    [InlineData("it is O\u2019Brien@example.com", "o'brien@example.com")]
    [InlineData("jörg@example.com please", "jörg@example.com")]
    [InlineData("mei+shop@example.com", "mei+shop@example.com")]
    [InlineData("('mei@example.com')", "mei@example.com")]
    [InlineData("อีเมลmei@example.com", "mei@example.com")]
    public async Task knows_a_buyers_address_letter_by_letter(string message, string address)
    {
        EntityExtractor.Read(message).Emails.Should().Equal(address);
        var shop = _folder.WithOrders($"#1001,{address.Replace("'", "\u2019")}\u200B,paid,,MYR,5.00,,,1,Tea,TEA,").Open();
        (await shop.FindOrderAsync("1001", default))!.Email.Should().Be(address);
    }

    [Fact]
    public async Task tells_of_refunds_in_one_cell_what_went_back()
    {
        var shop = _folder
            .Write(
                "orders.csv",
                "order_id,order_number,order_date,status,order_total,order_currency,billing_email,refund_items,line_item_1",
                "7,W-7,2026-11-18 09:00:00,completed,40.00,SGD,a@example.com,amount:12.50|reason:Chipped|date:2026-11-22 "
                    + "10:00:00||amount:7.50|reason:Late,name:Mug|sku:MUG|quantity:2|total:40.00",
                "8,W-8,2026-11-18 09:00:00,completed,40.00,SGD,a@example.com,amount:half|reason:Chipped,name:Mug|sku:MUG|quantity:2|total:40.00"
            )
            .Open();

        DerivedFacts.Refundable((await shop.FindOrderAsync("W-7", default))!).Should().Be(new Money(2000, "SGD"));
        DerivedFacts.Refundable((await shop.FindOrderAsync("W-8", default))!).Should().BeNull();
    }

    [Fact]
    public async Task that_never_tells_of_refunds_leaves_them_unknown()
    {
        var shop = _folder
            .Write(
                "orders.txt",
                "amazon-order-id\tpurchase-date\torder-status\tproduct-name\tsku\tquantity\tcurrency\titem-price",
                "111-7770001-7770001\t2026-11-20T03:14:07+00:00\tShipped\tLamp\tLAMP\t1\tUSD\t80.00"
            )
            .Open();
        var order = (await shop.FindOrderAsync("111-7770001-7770001", default))!;

        order.Refunded.Should().BeNull();
        order.Unknown.Should().ContainKey("order.refunded");
    }

    [Fact]
    public async Task takes_SKUs_that_the_catalogue_lacks_from_the_stock_by_place()
    {
        var shop = _folder
            .WithOrders("#1001,a@example.com,paid,,MYR,5.00,,,1,Tea,TEA,")
            .Write(
                "products_export.csv",
                "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Status",
                "tote,Linen Tote,Colour,Sand,,shopify,4,54.95,active",
                "tote,,,Ink,,shopify,0,54.95,"
            )
            .Write(
                "inventory_export.csv",
                "Handle,Title,Option1 Name,Option1 Value,SKU,Location,Available",
                "tote,Linen Tote,Colour,Sand,TOTE-S,Main,6",
                "tote,Linen Tote,Colour,Ink,TOTE-I,Main,0"
            )
            .Open();

        (await shop.StockAsync(["TOTE-S", "TOTE-I"], default)).Select(level => level.OnHand).Should().Equal(6, 0);
    }

    [Fact]
    public void says_nothing_by_a_fact_that_nobody_can_read()
    {
        var gathered = new GatheredFacts(new FactSet([]), null, IdentityState.Nothing, [], null, null, false)
        {
            Unknown = [new UnknownFact("order.refunded", "not readable", "orders.csv line 2", A.Now)],
        };

        gathered.UnknownOf(["order.number", "order.refundable"]).Should().Equal("order.refundable");
        gathered.UnknownOf(["order.number", "order.status"]).Should().BeEmpty();
    }
}
