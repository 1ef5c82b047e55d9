using OpsChat.Facts;
using OpsChat.ShopData;
using OpsChat.Understanding;

namespace OpsChat.Tests.Facts;

public sealed class A_fact_gatherer : IDisposable
{
    private readonly ShopFolderOnDisk _folder = new();
    private readonly CsvShop _shop;

    public A_fact_gatherer()
    {
        _shop = _folder
            .WithOrders(
                "#1001,aina@example.com,paid,fulfilled,MYR,89.90,2026-11-18 09:12:00 +0800,2026-11-18 09:13:00 +0800,1,Batik Shirt - "
                    + "M,BTK-M,+60 12-000 4821",
                "#1002,aina@example.com,paid,unfulfilled,MYR,20.00,2026-11-19 09:12:00 +0800,2026-11-19 09:13:00 +0800,1,Batik "
                    + "Scarf,SCF,+60 12-000 4821"
            )
            .Write(
                "products.csv",
                "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,URL",
                "batik-shirt,Batik Shirt,Size,M,BTK-M,12,89.90,https://shop.example/products/batik-shirt",
                "batik-shirt,,,XL,BTK-XL,0,99.90,",
                "batik-scarf,Batik Scarf,,,SCF,5,20.00,")
            .Open();
    }

    public void Dispose() => _folder.Dispose();

    private async Task<GatheredFacts> Gather(
        string text,
        string[] needed,
        EntityReading? entities = null,
        IdentityState? before = null,
        ProductFocus? focus = null
    )
    {
        var gatherer = new FactGatherer(_shop, _folder.Clock, (_, _) => Task.FromResult(0));
        return await gatherer.GatherAsync(
            new FactQuestion(
                needed.ToHashSet(), A.Reading with { Entities = entities ?? EntityReading.Nothing }, text,
                await gatherer.MentionAsync(text, focus ?? ProductFocus.None, CancellationToken.None), null, 2, before ?? IdentityState.Nothing),
            A.Policy with { IsVip = facts => facts.Text("customer.orders") == "2", Url = "https://www.shop.example" },
            CancellationToken.None);
    }

    [Fact]
    public async Task takes_the_shops_own_address_for_nobodys_detail()
    {
        var told = A.Entities(["1001"], ["help@shop.example", "aina@example.com"]);

        (await Gather("i wrote to help@shop.example from aina@example.com, order 1001", ["order.number"], told))
            .Identity.Should()
            .BeOfType<IdentityOutcome.Proven>();
    }

    [Fact]
    public async Task always_tells_what_the_message_is_like()
    {
        var facts = (await Gather("where is it", [])).Facts;

        facts.Text("message.words").Should().Be("3");
        facts.Text("message.attachments").Should().Be("2");
        facts.Text("message.language").Should().Be("en");
        facts.Text("message.issues").Should().Be("where-is-my-order");
    }

    [Fact]
    public async Task keeps_order_facts_from_a_chat_that_proved_nothing()
    {
        var gathered = await Gather("where is 1001", ["order.status", "shipment.tracking", "customer.name"], A.Entities(["1001"]));

        gathered.Facts.All.Select(f => f.Name.Split('.')[0]).Distinct().Should().BeEquivalentTo("message", "order");
        gathered.Facts.IsTrue("order.missing").Should().BeTrue();
        gathered.ItemsFor(["order.status"]).Should().Equal(SuppliedItem.SecondDetail);
        gathered.NextIdentity.OrderNumbers.Should().Equal("1001");
    }

    [Fact]
    public async Task gives_the_facts_of_a_proven_order_and_its_buyer()
    {
        var gathered = await Gather("where is 1001", ["order.status", "customer.vip", "return.window_open"], A.Entities(["1001"], phones: ["4821"]));

        gathered.Order!.Number.Should().Be("#1001");
        gathered.Facts.Text("order.status").Should().Be("shipped");
        gathered.Facts.IsTrue("customer.vip").Should().BeTrue();
        gathered.Facts.Text("return.window_open").Should().Be("no");
        gathered.Facts.Find("shipment.missing").Should().BeNull("nobody needs it");
        gathered.ItemsFor(["order.promised_by"]).Should().BeEmpty("the customer does not know it either");
    }

    [Fact]
    public async Task asks_for_number_and_second_detail_together_when_it_has_neither() =>
        (await Gather("where is my order", ["order.status"]))
            .ItemsFor(["order.status"])
            .Should()
            .Equal(SuppliedItem.OrderNumber, SuppliedItem.SecondDetail);

    [Fact]
    public async Task remembers_details_given_while_nothing_was_needed()
    {
        var first = await Gather("hi, it's about 1001", [], A.Entities(["1001"]));
        var second = await Gather("aina@example.com", ["order.status"], A.Entities(emails: ["aina@example.com"]), first.NextIdentity);

        second.Order!.Number.Should().Be("#1001");
    }

    [Fact]
    public async Task says_when_a_message_is_about_several_orders()
    {
        var gathered = await Gather("1001 and 1002", ["order.status"], A.Entities(["1001", "1002"], ["aina@example.com"]));

        gathered.SeveralOrders.Should().BeTrue();
        gathered.Order!.Number.Should().Be("#1001");
    }

    [Fact]
    public async Task stays_with_the_product_of_before_when_the_words_name_none()
    {
        (await Gather("is it still available", ["product.in_stock"], focus: ProductFocus.None with { Titles = ["Batik Scarf"] }))
            .Facts.Text("product.name")
            .Should()
            .Be("Batik Scarf");
        (await Gather("is it still available", ["product.in_stock"])).Facts.IsTrue("product.missing").Should().BeTrue();
    }

    [Fact]
    public async Task asks_for_the_size_only_for_what_depends_on_it()
    {
        var gathered = await Gather("how much is the batik shirt", ["product.price", "product.in_stock"]);

        gathered.Facts.IsTrue("product.in_stock").Should().BeTrue();
        gathered.Facts.Find("product.price").Should().BeNull();
        gathered.ItemsFor(["product.price"]).Should().Equal(SuppliedItem.Size);
        (await Gather("batik shirt size xl", ["product.price"])).Facts.Amount("product.price").Should().Be(new Money(9990, "MYR"));
    }

    [Fact]
    public async Task asks_which_product_when_the_words_fit_several() =>
        (await Gather("is the batik one in stock", ["product.in_stock"])).ItemsFor(["product.in_stock"]).Should().Equal(SuppliedItem.Product);

    [Fact]
    public async Task never_tells_an_address_or_a_phone_number()
    {
        var facts = (
            await Gather(
                "1001",
                ["order.status", "shipment.tracking", "return.status", "customer.name"],
                A.Entities(["1001"], ["aina@example.com"])
            )
        ).Facts;

        facts.All.Select(f => f.Value.Shown).Should().NotContain(v => v.Contains("4821") || v.Contains('@'));
    }
}
