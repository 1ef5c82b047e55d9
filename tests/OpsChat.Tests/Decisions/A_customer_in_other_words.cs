using OpsChat.Decisions;
using OpsChat.Tests.Facts;
using OpsChat.Understanding;

namespace OpsChat.Tests.Decisions;

/// <summary>The same everyday questions as other people put them, in half words and in another order, with the shipped playbooks and a shop of coffee
/// gear and children's clothes.</summary>
public sealed class A_customer_in_other_words : IDisposable
{
    private readonly ShopFolderOnDisk _folder = new();

    public A_customer_in_other_words() =>
        _folder
            .WithOrders(
                "#7001,lina@example.com,paid,unfulfilled,MYR,80.00,2026-11-20 09:00:00 +0800,2026-11-20 09:05:00 +0800,1,Kids Sandals - "
                    + "24,KS-24,+60 12-555 2813",
                "#7002,lina@example.com,paid,unfulfilled,MYR,30.00,2026-11-20 10:00:00 +0800,2026-11-20 10:05:00 +0800,1,Travel Mug - "
                    + "Olive,TM-O,+60 12-555 2813"
            )
            .Write(
                "products.csv",
                "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Restock on,URL",
                "liberica,Johor Liberica Beans 250g,,,LIB,0,38.00,2026-12-06,https://shop.example/products/liberica",
                "cups,Espresso Cup Set,Colour,White,EC-W,4,59.00,,https://shop.example/products/cups",
                "mini,Hand Grinder Mini,Colour,Black,HM-B,3,159.00,,https://shop.example/products/mini",
                "pro,Hand Grinder Pro,Colour,Black,HP-B,5,259.00,,https://shop.example/products/pro",
                "cotton,Kids Cotton Dress,Size,4Y,KC-4,4,49.00,,https://shop.example/products/cotton",
                "linen,Kids Linen Dress,Size,4Y,KL-4,6,69.00,,https://shop.example/products/linen",
                "sandals,Kids Sandals,Size,22,KS-22,4,45.00,,https://shop.example/products/sandals",
                "sandals,,,24,KS-24,8,45.00,,",
                "mug,Travel Mug,Colour,Olive,TM-O,9,55.00,,https://shop.example/products/mug",
                "mug,,,Navy,TM-N,4,55.00,,"
            );

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("is the liberica back yet")]
    [InlineData("liberica dah ada balik?")]
    public async Task names_a_product_by_one_rare_word(string text) => (await Says(text))[^1].Reply.Should().Contain("Johor Liberica Beans");

    [Theory]
    [InlineData("do you sell espresso machine?")]
    [InlineData("do you have an espresso machine in stock")]
    public async Task is_offered_no_espresso_cups_for_an_espresso_machine(string text) =>
        (await Says(text))[^1].Reply.Should().NotContain("Espresso Cup");

    [Fact]
    public async Task compares_the_two_of_one_name() =>
        (await Says("what is the difference between the hand grinders"))[^1].Matters.Select(matter => matter.Reply).Should().HaveCount(2)
            .And.Contain(reply => reply!.Contains("Mini")).And.Contain(reply => reply!.Contains("Pro"));

    [Fact]
    public async Task chooses_one_of_two_and_still_wants_its_price() =>
        (await Says("hi how much for the kids dress", "linen"))[^1].Reply.Should().Contain("69.00");

    [Fact]
    public async Task asks_whether_so_many_can_be_supplied() =>
        (await Says("Planning staff gifts, can you supply 15 travel mugs in olive?"))[^1].Reply.Should().Contain("9").And.Contain("Travel Mug");

    [Fact]
    public async Task tells_for_whom_and_asks_of_another_size() =>
        (await Says("kids sandal size 30 ada x?", "haha big feet la my boy. for adik, 24 got?"))[^1].Reply.Should().Contain("24");

    [Fact]
    public async Task asks_what_it_costs_in_few_words() =>
        (await Says("ada travel mug warna olive tak", "sebiji berapa ringgit"))[^1].Reply.Should().Contain("55.00");

    [Theory]
    [InlineData("any update on 7001?", "lina@example.com")]
    [InlineData("pls check 7001 for me, phone last four 2813. has it moved?", null)]
    [InlineData("bro my paket stil not reach leh.. ordr #7001, fon 0125552813", null)]
    public async Task names_an_order_without_the_word_for_it(string text, string? proof) =>
        (await Says(proof is null ? [text] : [text, proof]))[^1].Reply.Should().Contain("#7001");

    [Fact]
    public async Task proves_an_order_and_asks_nothing() =>
        (await Says("lost my confirmation mail. think it was #7001, email is lina@example.com"))[^1].Reply.Should().Contain("#7001");

    [Fact]
    public async Task corrects_the_number_with_a_remark() =>
        (await Says("Hi, my phone is 0125552813. Can you tell me where #7009 is?", "oops i mixed it up with an old one. #7001 is the right one"))[^1]
            .Reply.Should().Contain("#7001");

    [Theory]
    [InlineData("brp hari lg baru dpt ya")]
    [InlineData("aiyo need it this week one. roughly when dpt")]
    public async Task asks_when_of_the_order_that_was_talked_about(string text) =>
        (await Says("where is order #7001, lina@example.com", text))[^1].Reply.Should().Contain("#7001");

    [Fact]
    public async Task chooses_one_of_the_orders_that_were_listed() =>
        (await Says("where is order #7001, lina@example.com", "what about the rest of my orders", "i mean #7002"))[^1]
            .Choice.Playbook!.Issue.Should().Be("where-is-my-order");

    [Fact]
    public async Task asks_how_much_and_how_long_of_one_place() =>
        (await Says("how much + how long to ship to Kota Kinabalu?"))[^1].Matters.Select(matter => matter.Choice.Playbook?.Issue)
            .Should().BeEquivalentTo("shipping-fee", "delivery-time");

    [Fact]
    public async Task asks_another_thing_of_a_product_that_a_person_looks_at() =>
        (await Says("is the travel mug leak proof or not?", "ok. what colours do u have"))[^1].Reply.Should().Contain("Navy");

    [Theory]
    [InlineData("tng can pay?")]
    [InlineData("fpx can?")]
    [InlineData("boleh byr guna touch n go x?")]
    [InlineData("thanh toán bằng cách nào vậy")]
    public void asks_for_a_way_to_pay_and_wants_no_money(string text) => MoneyDetector.Read(text).Sense.Should().NotBe(MoneySense.Moves);

    [Fact]
    public async Task is_told_by_a_person_who_has_a_draft_what_the_stock_does_not_tell() =>
        (await Says("is the johor liberica beans ground already or whole bean"))[^1].Suggestion.Should().Contain("Liberica");

    [Theory]
    [InlineData("the cheaper one", "Mini")]
    [InlineData("yang murah tu", "Mini")]
    [InlineData("the more expensive one pls", "Pro")]
    public async Task chooses_one_of_two_by_its_price(string text, string name) =>
        (await Says("how much is the hand grinder", text))[^1].Reply.Should().Contain($"Hand Grinder {name}").And.NotContain("Which one");

    [Fact]
    public async Task asks_for_a_cheaper_one_of_a_kind() =>
        (await Says("is there a cheaper grinder in your shop, how much"))[^1].Told.Product.Titles.Should().Equal("Hand Grinder Mini");

    [Theory]
    [InlineData("The thing has been sitting in our cupboard since it came, nobody touches it. I'd like my money back for #7001. lina@example.com",
        "refund-request")]
    [InlineData("Opened the box with my kid next to me and it's in a hundred pieces. Will send pictures tonight. #7001, lina@example.com",
        "damaged-item")]
    public async Task is_laid_before_the_owner_though_the_wish_stands_in_a_story(string text, string issue)
    {
        var decided = (await Says(text))[^1];

        decided.Choice.Playbook!.Issue.Should().Be(issue);
        decided.Decision.Verdict.Should().BeOfType<Verdict.AskOwner>();
    }

    [Fact]
    public async Task who_tells_of_a_wrong_item_in_a_story_gets_the_draft_of_it() =>
        (await Says("Just unpacked. Somebody at your end packed the wrong colour. Order 7001, mobile 2813."))[^1]
            .Suggestion.Should().Contain("photo");

    [Fact]
    public async Task asks_for_a_special_price_beside_the_goods() =>
        (await Says("travel mug kalau i amik 5 got special price anot"))[^1].Choice.Playbook!.Issue.Should().Be("discount-asked");

    [Fact]
    public async Task names_the_colour_behind_the_goods_with_a_plea() =>
        (await Says("travel mug, navy - please tell me there is one"))[^1].Reply.Should().Contain("Navy").And.NotContain("Olive");

    [Fact]
    public async Task sighs_and_names_another_colour() =>
        (await Says("got the travel mug in olive?", "ugh. navy?"))[^1].Reply.Should().Contain("Navy");

    [Fact]
    public async Task asks_for_the_carrier_of_the_order_that_was_talked_about() =>
        (await Says("kak pesanan aku #7001 udah nyampe mana? emailku lina@example.com", "kurirnya apa ya"))[^1].Reply.Should().Contain("#7001");

    private Task<IReadOnlyList<TurnDecision>> Says(params string[] messages) => _folder.SaysAsync(messages);
}
