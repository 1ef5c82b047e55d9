using OpsChat.Facts;
using OpsChat.Decisions;
using OpsChat.Tests.Facts;

namespace OpsChat.Tests.Decisions;

/// <summary>Conversations with a small shop of outdoor things, decided by the shipped playbooks without a model and without the sentence
/// encoder.</summary>
public sealed class A_conversation_about_goods : IDisposable
{
    private readonly ShopFolderOnDisk _folder = new();

    public A_conversation_about_goods() =>
        _folder
            .WithOrders(
                "#7001,lina@example.com,paid,unfulfilled,MYR,80.00,2026-11-20 09:00:00 +0800,2026-11-20 09:05:00 +0800,1,Camp Lantern - "
                    + "Orange,LAN-O,+60 12-555 4821",
                "#7002,lina@example.com,pending,unfulfilled,MYR,30.00,2026-11-20 10:00:00 +0800,,1,Rose Candle,CAN-R,+60 12-555 4821"
            )
            .Write(
                "products.csv",
                "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Qty,Variant Price,Restock on,URL",
                "lantern,Camp Lantern,Colour,Orange,,,LAN-O,12,60.00,,https://shop.example/products/lantern",
                "lantern,,,Khaki,,,LAN-K,0,60.00,2026-12-08,",
                "lantern-pro,Camp Lantern Pro,Colour,Black,,,LAP-B,5,120.00,,https://shop.example/products/lantern-pro",
                "bank,Power Bank,Capacity,10000mAh,,,PB-10,6,89.00,,https://shop.example/products/bank",
                "bank,,,20000mAh,,,PB-20,0,129.00,2026-12-10,",
                "bottle,Water Bottle,Volume,1L,,,WB-1L,4,49.00,,https://shop.example/products/bottle",
                "bottle,,,500ml,,,WB-500,20,35.00,,",
                "socks,Hiking Socks,Pack,3-pack,,,SO-3,30,30.00,,https://shop.example/products/socks",
                "socks,,,6-pack,,,SO-6,8,55.00,,",
                "shoes,Trail Shoes,Size,40,Colour,White,TS-40W,5,200.00,,https://shop.example/products/shoes",
                "shoes,,,41,,Navy,TS-41N,3,200.00,,",
                "rose,Rose Candle,,,,,CAN-R,40,25.00,,https://shop.example/products/rose",
                "romper,Bunny Romper,Size,3M,Colour,Mint,BR-3M,2,49.00,,https://shop.example/products/romper",
                "romper,,,3M,,Peach,BR-3P,7,49.00,,",
                "mint,Mint Candle,,,,,CAN-M,40,27.00,,https://shop.example/products/mint",
                "yoga,Yoga Mat $&,,,,,YOG-1,9,80.00,,https://shop.example/products/yoga",
                "quilt,Quilt $$1,,,,,QUI-1,9,90.00,,https://shop.example/products/quilt",
                "box,Gift Box,,,,,BOX-1,10,20.00,,https://shop.example/products/box",
                "pepper,Hillside Black Pepper 150g,,,,,PEP-1,10,18.00,,https://shop.example/products/pepper"
            );

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("is the powerbank 20k mah in stock", "(20000mAh)")]
    [InlineData("how much is the power bank 10000", "89.00")]
    [InlineData("got hiking socks 3 packs in stock?", "(3-pack)")]
    [InlineData("hiking socks, pack of six, in stock? the 6 pack one", "(6-pack)")]
    [InlineData("is the water bottle 500 ml in stock", "(500ml)")]
    public async Task reads_titles_and_measures_as_customers_write_them(string words, string expected) =>
        (await Says(words))[^1].Reply.Should().Contain(expected);

    [Theory]
    [InlineData("peach?")]
    [InlineData("and in peach?")]
    public async Task takes_no_colour_for_a_word_of_another_language(string words) =>
        (await Says("is the bunny romper 3M in mint in stock", words))[^1].Reply.Should().Contain("Peach");

    [Theory]
    [InlineData("is the water bottle size 500 in stock", "(500ml)")]
    [InlineData("is the bunny romper size 3 in mint in stock", "3M")]
    [InlineData("bunny romper saiz 3 warna mint ada lagi tak", "3M")]
    public async Task reads_a_size_without_its_unit(string words, string expected) =>
        (await Says(words))[^1].Reply.Should().Contain(expected).And.NotContain("does not come");

    [Theory]
    [InlineData("how much is 2 rose candles and 1 power bank 10000mAh?", "50.00|89.00")]
    [InlineData("do you have the rose candle and the mint candle?", "Rose Candle|Mint Candle")]
    [InlineData("price of rose candle, water bottle 1L and mint candle", "25.00|49.00|27.00")]
    [InlineData("how much is the camp lantern orange and the water bottle 1L", "60.00|49.00")]
    [InlineData("berapa harga rose candle dan mint candle", "25.00|27.00")]
    [InlineData("price of black pepper, water bottle 1L and mint candle", "18.00|49.00|27.00")]
    [InlineData("price of mint candle, water bottle 1L and rose candle", "25.00|49.00|27.00")]
    [InlineData("how much is the rose candle with postage to Penang", "25.00|Shipping")]
    public async Task answers_for_each_of_the_goods_that_are_listed(string words, string expected) =>
        string.Join('\n', (await Says(words))[^1].Matters.Select(matter => matter.Reply)).Should().ContainAll(expected.Split('|'));

    [Theory]
    [InlineData(
        "do you have: rose candle, mint candle, water bottle 1L, camp lantern khaki and the gift box?",
        "Rose Candle|Mint Candle|Water Bottle|Camp Lantern|Gift Box"
    )]
    public async Task drops_none_of_many_goods(string words, string expected) =>
        string.Join('\n', (await Says(words))[^1].Matters.Select(matter => matter.Reply)).Should().ContainAll(expected.Split('|'));

    [Fact]
    public async Task leaves_many_different_questions_to_a_person() =>
        (await Says("is the rose candle in stock? how much is the yoga mat? when are you open? how long is delivery? how can i pay?"))[^1]
            .Decision.Verdict.Should()
            .BeOfType<Verdict.HandOff>();

    [Theory]
    [InlineData("trail shoes 39 got?", "39")]
    [InlineData("do you have the trail shoes in 44", "44")]
    [InlineData("got 42 for the trail shoes?", "42")]
    public async Task hears_of_a_size_that_is_not_made_by_its_number(string words, string size) =>
        (await Says(words))[^1].Reply.Should().Contain($"does not come in {size}");

    [Theory]
    [InlineData("can i get the trail shoes before 28 november")]
    [InlineData("can i get the trail shoes within 45 days")]
    [InlineData("do you have the trail shoes below rm 45")]
    public async Task takes_days_and_amounts_for_no_size(string words) =>
        (await Says(words))[^1].Reply.Should().NotContain("does not come in");

    [Theory]
    [InlineData("need 45 pairs of the trail shoes in 40", "not 45")]
    public async Task hears_how_many_by_a_number_before_the_goods(string words, string expected) =>
        (await Says(words))[^1].Reply.Should().Contain(expected);

    [Fact]
    public void hears_how_many_are_to_be_ordered_by_a_number_as_long_as_that_of_an_order()
    {
        QuantityReader.Read("is it in stock, i want to order 1000", null).Should().Be(1000);
        QuantityReader.Read("is it in stock, and where is my order 1289", null).Should().BeNull();
        QuantityReader.Read("can order 1292 be changed to the other one", null).Should().BeNull();
    }

    [Fact]
    public async Task takes_the_number_of_an_order_for_no_number_of_pieces() =>
        (await Says("is the rose candle in stock", "ok and my order 7001 lina@example.com"))[^1]
            .Reply.Should()
            .Contain("#7001")
            .And.NotContain("Candle");

    [Theory]
    [InlineData("hey, i ordered the rose candle and got a khaki one")]
    [InlineData("hey, i've ordered the rose candle and got a khaki one")]
    [InlineData("my wife has just ordered the rose candle and got a khaki one")]
    public async Task answers_nothing_of_stock_to_whoever_got_something_else(string words)
    {
        var turn = (await Says(words))[^1];

        turn.Decision.Verdict.Should().NotBeOfType<Verdict.Send>();
        turn.Reply.Should().NotContain("We have it").And.NotContain("in stock");
    }

    [Fact]
    public async Task answers_who_has_a_question_about_goods() =>
        (await Says("hi i got a question, is the rose candle in stock?"))[^1].Reply.Should().Contain("Rose Candle");

    [Fact]
    public async Task goes_on_with_what_was_asked_of_another_colour() =>
        (await Says("is the orange camp lantern in stock?", "and for the trail shoes in 40?"))[^1].Decision.Verdict.Should()
            .BeOfType<Verdict.Send>();

    [Fact]
    public async Task hears_no_colour_where_something_is_done_in_something() =>
        (await Says("is the rose candle in stock?", "can i wash it in machine"))[^1].Reply.Should().NotContain("come in machine");

    [Fact]
    public async Task takes_a_please_behind_a_question_for_no_other_one() =>
        (await Says("Good afternoon! Could you tell me whether the rose candle is in stock, please?"))[^1]
            .Matters.Should()
            .OnlyContain(matter => matter.Decision.Verdict is Verdict.Send);

    [Fact]
    public async Task leaves_a_colour_that_the_catalogue_does_not_tell_to_a_person() =>
        (await Says("is the water bottle 1L in stock", "and the blue one?"))[^1].Decision.Verdict.Should().BeOfType<Verdict.HandOff>();

    [Fact]
    public async Task asks_each_part_of_a_message_about_the_place_that_it_names() =>
        string.Join('\n', (await Says("do you send to Brunei?", "what about Sarawak, how many days"))[^1].Matters.Select(matter => matter.Reply))
            .Should()
            .Contain("Sarawak")
            .And.NotContain("Brunei");

    [Theory]
    [InlineData("hi", "yes", "What is it about")]
    [InlineData("do you have the rose candle", "ok", "welcome")]
    public async Task hears_a_yes_after_its_greeting_as_a_beginning(string first, string then, string expected) =>
        (await Says(first, then))[^1].Reply.Should().Contain(expected);

    [Fact]
    public async Task takes_a_place_that_something_goes_to_for_no_product()
    {
        _folder.Write(
            "products.csv",
            "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Restock on,URL",
            "pepper,Sarawak Black Pepper 150g,,,PEP-1,10,18.00,,https://shop.example/products/pepper",
            "candle,Rose Candle,,,CAN-R,40,25.00,,https://shop.example/products/rose"
        );

        (await Says("how much is it", "boleh pos ke sarawak?"))[^1].Told.Product.Titles.Should().BeEmpty();
        (await Says("how much is the sarawak pepper"))[^1].Reply.Should().Contain("18.00");
    }

    [Fact]
    public async Task does_not_say_the_same_again_where_it_did_not_help()
    {
        var said = await Says("i forgot my password", "still cannot log in");

        said[0].Decision.Verdict.Should().BeOfType<Verdict.Send>();
        said[1].Decision.Verdict.Should().BeOfType<Verdict.HandOff>();
    }

    [Fact]
    public async Task knows_the_smaller_one_of_what_is_measured() =>
        (await Says("is the water bottle 1L in stock", "and the smaller one?"))[^1].Reply.Should().Contain("500ml").And.NotContain("1L");

    [Fact]
    public async Task knows_the_normal_one_beside_the_special_one() =>
        (await Says("how much is the camp lantern pro", "and the normal one in khaki, in stock?"))[^1]
            .Reply.Should()
            .Contain("Camp Lantern (Khaki)")
            .And.Contain("out of stock");

    [Fact]
    public async Task keeps_the_colour_while_it_is_open_which_product_is_meant()
    {
        var turns = await Says("is the lantern in stock in khaki", "the camp lantern, not the pro");

        turns[1].SupportCase.Slots.Shown().Should().Contain("product", "Camp Lantern").And.Contain("colour", "Khaki");
    }

    [Fact]
    public async Task says_what_is_not_made_together()
    {
        var reply = (await Says("trail shoes 41 navy in stock?", "white?"))[^1].Reply;

        reply.Should().Contain("not made in 41 / White").And.Contain("40");
    }

    [Theory]
    [InlineData("does the camp lantern come in mauve")]
    [InlineData("is the camp lantern available in mauve")]
    public async Task names_a_colour_that_no_list_knows_as_not_made(string words) =>
        (await Says(words))[^1].Reply.Should().Contain("does not come in mauve").And.Contain("Orange");

    [Theory]
    [InlineData("can you gift wrap my order")]
    [InlineData("do you do gift wrapping")]
    public async Task does_not_take_wrapping_for_a_box_that_is_for_sale(string words)
    {
        var turn = (await Says(words))[^1];

        turn.Decision.Verdict.Should().BeOfType<Verdict.HandOff>();
        turn.Suggestion.Should().Contain("wrap");
    }

    [Fact]
    public async Task answers_for_both_products_that_were_talked_about()
    {
        var turn = (await Says("is the rose candle in stock", "is the mint candle in stock", "price of both please"))[^1];

        turn.Matters.Select(matter => matter.Reply)
            .Should()
            .HaveCount(2)
            .And.Contain(reply => reply!.Contains("25.00"))
            .And.Contain(reply => reply!.Contains("27.00"));
    }

    [Fact]
    public async Task answers_for_both_products_that_one_word_names() =>
        (await Says("how much are both candles"))[^1]
            .Matters.Select(matter => matter.Reply)
            .Should()
            .HaveCount(2)
            .And.Contain(reply => reply!.Contains("25.00"))
            .And.Contain(reply => reply!.Contains("27.00"));

    [Fact]
    public async Task about_money_for_two_products_is_one_matter() =>
        (await Says("is the rose candle in stock", "is the mint candle in stock", "I want my money back for both"))[^1].Matters.Should().HaveCount(1);

    [Fact]
    public async Task names_two_products_as_they_are_called_whatever_signs_are_in_their_titles()
    {
        var turn = (await Says("is the yoga mat in stock", "is the quilt in stock", "price of both please"))[^1];

        turn.Matters.Select(matter => matter.Matter.Text)
            .Should()
            .BeEquivalentTo("price of Yoga Mat $& please", "price of Quilt $$1 please");
    }

    [Theory]
    [InlineData("power bank")]
    [InlineData("hi, trail shoes 41")]
    public async Task takes_the_name_of_goods_alone_for_the_question_whether_they_are_there(string words)
    {
        var turn = (await Says(words))[^1];

        turn.Decision.Verdict.Should().BeOfType<Verdict.Send>();
        turn.Reply.Should().Contain("in stock");
    }

    [Fact]
    public async Task asks_of_the_right_product_what_was_asked_of_the_wrong_one() =>
        (await Says("how much is the rose candle", "sorry i meant the mint candle"))[^1].Reply.Should().Contain("27.00");

    [Fact]
    public async Task compares_pieces_with_the_stock_also_after_a_question_for_the_price() =>
        (await Says("how much is the rose candle", "ok i'll take 90 of them"))[^1].Reply.Should().Contain("40").And.Contain("90");

    [Theory]
    [InlineData("would you accept 20 for the rose candle")]
    [InlineData("can you do 20 for the rose candle")]
    public async Task leaves_haggling_to_the_owner(string words) =>
        (await Says(words))[^1].Decision.Verdict.Should().BeOneOf(new Verdict.AskOwner(), new Verdict.HandOff("support"));

    [Fact]
    public async Task is_answered_in_malay_though_the_products_name_is_english() =>
        (await Says("rose candle brapa harga"))[^1].Reply.Should().StartWith("Harga Rose Candle");

    [Fact]
    public async Task takes_a_bare_number_after_a_proven_order_for_another_order() =>
        (await Says("where is my order #7001, lina@example.com", "what about 7002"))[^1].Reply.Should().Contain("#7002").And.Contain("payment");

    [Theory]
    [InlineData("ph 4821")]
    [InlineData("4821")]
    [InlineData("lina@example.com")]
    public async Task takes_an_order_number_alone_and_its_proof_alone(string proof)
    {
        var turns = await Says("#7001", proof);

        turns[0].Decision.Verdict.Should().BeOfType<Verdict.AskCustomer>().Which.Question.Should().Contain("last 4 digits");
        turns[1].Reply.Should().Contain("#7001").And.Contain("getting it ready");
    }

    [Theory]
    [InlineData("do you deliver to brunei", "Brunei")]
    [InlineData("how much is shipping to japan", "Japan")]
    public async Task says_by_its_name_that_a_place_is_not_served(string words, string place) =>
        (await Says(words))[^1].Reply.Should().Contain($"do not send to {place}");

    [Theory]
    [InlineData("how long does delivery to penang take")]
    [InlineData("do you ship to singapore")]
    public async Task says_nothing_of_the_kind_of_a_place_that_is_served(string words) =>
        (await Says(words))[^1].Reply.Should().NotContain("do not send").And.Contain("working days");

    [Fact]
    public async Task promises_no_day_that_is_named()
    {
        var turns = await Says("how many days to send to penang", "and by friday?");

        turns[1].Reply.Should().Contain("cannot promise").And.Contain("working days");
        turns[1].SupportCase.Slots.Shown().Should().ContainKey("date");
    }

    [Theory]
    [InlineData("where are you guys located")]
    [InlineData("kedai dekat mana ya")]
    public async Task says_where_the_shop_is_found(string words) =>
        (await Says(words))[^1].Reply.Should().Contain("https://shop.example").And.Contain("hello@shop.example");

    [Fact]
    public async Task answers_from_the_written_terms_whether_a_product_may_come_back() =>
        (await Says("can i return the rose candle if i dont like it"))[^1]
            .Should()
            .Match<TurnDecision>(turn => turn.Choice.Playbook!.Issue == "return-policy" && turn.Reply!.Contains("30 days"));

    [Fact]
    public async Task tells_how_long_the_money_takes_after_a_refund_was_asked_for() =>
        (await Says("cancel order #7001 and pay me back, lina@example.com", "how long until i see it?"))[^1]
            .Reply.Should()
            .Contain("5-7 working days");

    [Fact]
    public async Task asks_of_another_place_what_was_asked_of_the_one_before() =>
        (await Says("how much is postage to penang", "to sabah?"))[^1].Choice.Playbook!.Issue.Should().Be("shipping-fee");

    [Fact]
    public async Task tells_the_fee_of_the_place_alone()
    {
        var turns = await Says("how much is shipping to sabah", "to singapore?", "ke johor pula?");

        turns[0].Reply.Should().Contain("15.00").And.NotContain("25.00");
        turns[1].Reply.Should().Contain("25.00").And.NotContain("15.00");
        turns[2].Reply.Should().Contain("8.00").And.NotContain("25.00");
    }

    [Fact]
    public async Task tells_all_of_the_fees_to_who_goes_on_without_naming_the_place() =>
        (await Says("how much is shipping to singapore", "and if my order is 250 ringgit?"))[^1]
            .Reply.Should()
            .Contain("free from MYR 150.00 within Malaysia");

    [Theory]
    [InlineData("Camp Lantern 有什么颜色", "可选")]
    [InlineData("你是机器人吗", "自动客服")]
    public async Task is_answered_in_chinese_where_the_owner_wrote_it(string words, string expected) =>
        (await Says(words))[^1].Reply.Should().Contain(expected).And.NotMatchRegex("[a-z]{4,} [a-z]{3,} [a-z]{3,}");

    [Fact]
    public async Task asks_of_what_another_part_of_the_message_named() =>
        (await Says("do you have the trail shoes in 40, and how much are they?"))[^1]
            .Matters.Select(matter => matter.Reply)
            .Should()
            .HaveCount(2)
            .And.Contain(reply => reply!.Contains("200.00"))
            .And.Contain(reply => reply!.Contains("in stock"));

    [Fact]
    public async Task names_the_only_product_of_a_kind_by_one_word_after_others() =>
        (await Says("is the camp lantern in orange in stock", "is the rose candle in stock", "the pepper?"))[^1]
            .Reply.Should()
            .Contain("Black Pepper");

    [Theory]
    [InlineData("what is the address on order 7001, lina@example.com")]
    [InlineData("which address do you have for my order #7001? lina@example.com")]
    public async Task is_told_no_address_and_nothing_else_in_its_place(string words) =>
        (await Says(words))[^1].Decision.Verdict.Should().BeOfType<Verdict.HandOff>();

    [Fact]
    public async Task is_told_in_chinese_of_a_colour_that_is_not_made() =>
        (await Says("Camp Lantern 有货吗", "红色的有吗"))[^1].Reply.Should().Contain("没有 红色").And.NotStartWith("有货");

    [Fact]
    public async Task asks_for_two_things_in_two_words_each() =>
        (await Says("opening hours and price of the rose candle"))[^1]
            .Matters.Select(matter => matter.Reply)
            .Should()
            .HaveCount(2)
            .And.Contain(reply => reply!.Contains("25.00"))
            .And.Contain(reply => reply!.Contains("Our team is here"));

    [Fact]
    public async Task says_that_it_is_a_machine_to_whoever_asks_for_a_real_person() =>
        (await Says("are you a real person?"))[^1].Reply.Should().Contain("automatic assistant");

    private Task<IReadOnlyList<TurnDecision>> Says(params string[] messages) => _folder.SaysAsync(messages);
}
