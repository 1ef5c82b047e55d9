using OpsChat.Decisions;
using OpsChat.Tests.Facts;
using OpsChat.Understanding;

namespace OpsChat.Tests.Decisions;

/// <summary>Half sentences, follow-ups and details in pieces, as everyday customers write them, with the shipped playbooks and a shop of bags and
/// shirts.</summary>
public sealed class A_picky_customer : IDisposable
{
    private readonly ShopFolderOnDisk _folder = new();

    public A_picky_customer() =>
        _folder
            .WithOrders(
                "#7001,lina@example.com,paid,unfulfilled,MYR,80.00,2026-11-20 09:00:00 +0800,2026-11-20 09:05:00 +0800,1,Linen Tote - "
                    + "Olive,LT-O,+60 12-555 2813",
                "#7002,lina@example.com,paid,unfulfilled,MYR,30.00,2026-11-20 10:00:00 +0800,2026-11-20 10:05:00 +0800,1,Batik Shirt - "
                    + "M,BS-M,+60 12-555 2813"
            )
            .Write(
                "products.csv",
                "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Restock on,URL",
                "tote,Linen Tote,Colour,Olive,LT-O,9,80.00,,https://shop.example/products/tote",
                "tote,,,Navy,LT-N,7,80.00,,",
                "mini,Linen Tote Mini,Colour,Olive,LM-O,3,50.00,,https://shop.example/products/mini",
                "shirt,Batik Shirt,Size,S,BS-S,4,120.00,,https://shop.example/products/shirt",
                "shirt,,,M,BS-M,6,120.00,,",
                "pepper,Sarawak Black Pepper 150g,,,PEP-1,0,26.00,,https://shop.example/products/pepper",
                "shirt,,,L,BS-L,0,120.00,2026-12-08,"
            );

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task asks_of_a_colour_after_the_product() =>
        (await Says("is the linen tote in stock?", "in olive?"))[^1].Reply.Should().Contain("Linen Tote").And.Contain("Olive");

    [Fact]
    public async Task is_told_all_colours_when_they_ask_for_them_after_one() =>
        (await Says("is the linen tote in olive in stock?", "what colours does it come in"))[^1].Reply.Should().Contain("Navy");

    [Fact]
    public async Task is_told_of_no_other_product_that_has_the_colour_in_its_name() =>
        (await Says("do you have the batik shirt in M?", "and in black?"))[^1].Decision.Verdict.Should().BeOfType<Verdict.HandOff>(
            "the black pepper is not meant, and no file tells of a black shirt");

    [Fact]
    public async Task asks_of_a_size_after_the_product() =>
        (await Says("is the batik shirt in stock?", "do you have M"))[^1].Reply.Should().Contain("(M)");

    [Fact]
    public async Task asks_for_the_price_of_what_was_talked_about() =>
        (await Says("is the batik shirt in M in stock?", "how much is it"))[^1].Reply.Should().Contain("120.00");

    [Fact]
    public async Task is_told_of_a_size_that_does_not_exist_with_those_that_do() =>
        (await Says("do you have the batik shirt in XL"))[^1].Reply.Should().NotStartWith("Yes").And.Contain("S, M").And.Contain("XL");

    [Theory]
    [InlineData("is the linen tote in navy and the batik shirt in M available?", "Navy", "(M)")]
    [InlineData("how much for the linen tote and the batik shirt together", "80.00", "120.00")]
    public async Task is_answered_for_each_of_two_goods_wherever_the_question_stands(string words, string first, string second) =>
        string.Join('\n', (await Says(words))[^1].Matters.Select(matter => matter.Reply)).Should().Contain(first).And.Contain(second)
            .And.NotContain("does not come");

    [Theory]
    [InlineData("what's the difference between the linen tote mini and the batik shirt")]
    [InlineData("linen tote mini vs batik shirt, what is the difference?")]
    public async Task is_shown_the_pages_of_both_goods_that_they_compare_and_not_asked_which_is_meant(string words) =>
        string.Join('\n', (await Says(words))[^1].Matters.Select(matter => matter.Reply)).Should().Contain("/mini").And.Contain("/shirt")
            .And.NotContain("Which one");

    [Theory]
    [InlineData("can i exchange the batik shirt for a different size and cancel the linen tote mini", "cancel", "exchange the Linen Tote")]
    [InlineData("hi, the tote i received is different from the photo", "different", "Linen Tote Mini i received")]
    [InlineData("do you have the batik shirt in a different colour and how much is the linen tote mini", "how much", "colour and")]
    public async Task loses_no_wish_and_makes_none_up_where_two_goods_are_named(string words, string kept, string invented)
    {
        var matters = string.Join('\n', (await Says(words))[^1].Matters.Select(matter => matter.Matter.Text));

        matters.Should().Contain(kept);
        (matters == words || !matters.Contains(invented, StringComparison.OrdinalIgnoreCase)).Should().BeTrue(matters);
    }

    [Fact]
    public async Task is_answered_both_where_the_first_asks_whether_there_is_one() =>
        string.Join('\n', (await Says("ada batik shirt? berapa harga linen tote mini?"))[^1].Matters.Select(matter => matter.Reply))
            .Should().Contain("50.00").And.Contain("Batik Shirt");

    [Fact]
    public async Task means_no_pepper_with_a_colour_while_two_bags_are_open() =>
        (await Says("is the linen one in stock", "do you have the black one"))[^1].Told.Product.Titles
            .Should().NotContain("Sarawak Black Pepper 150g");

    [Theory]
    [InlineData("which size serves four people")]
    [InlineData("what size goes well with jeans")]
    public async Task asks_for_no_size_with_the_verb_behind_the_word(string words) =>
        string.Join('\n', (await Says("is the batik shirt in stock?", words))[^1].Matters.Select(matter => matter.Reply))
            .Should().NotContain("does not come");

    [Fact]
    public async Task means_another_product_once_it_is_open_which_of_several_is_meant() =>
        (await Says("is the linen one in stock", "do you have pepper"))[^1].Told.Product.Titles.Should().Equal("Sarawak Black Pepper 150g");

    [Fact]
    public async Task names_no_product_with_what_something_is_good_for() =>
        (await Says("which one is good for black tea"))[^1].Told.Product.Titles.Should().BeEmpty();

    [Theory]
    [InlineData("when")]
    [InlineData("when?")]
    [InlineData("bila")]
    public async Task who_asks_when_of_goods_that_are_sold_out_is_asked_for_no_order(string words) =>
        (await Says("is the batik shirt in L in stock?", words))[^1].Reply.Should().Contain("Batik Shirt (L)").And.Contain("8 ");

    [Fact]
    public async Task who_says_that_it_is_too_long_does_not_hear_the_same_once_more() =>
        (await Says("how long is the delivery to Sabah", "thats too long"))[^1].Decision.Verdict.Should().NotBeOfType<Verdict.Send>();

    [Fact]
    public async Task asks_for_two_orders_where_they_are_and_not_for_the_shop() =>
        (await Says("order #7001 and #7002, where are they?"))[^1].Matters.Should().ContainSingle()
            .Which.Choice.Playbook!.Issue.Should().Be("where-is-my-order");

    [Fact]
    public async Task is_not_told_of_a_similar_product_for_the_one_that_was_named() =>
        (await Says("is the linen tote mini in stock?"))[^1].Reply.Should().Contain("Linen Tote Mini");

    [Theory]
    [InlineData("do you have the batik shirt in l")]
    [InlineData("hi there do you still have the batik shirt, in l")]
    public async Task is_heard_about_a_size_in_a_small_letter(string words) =>
        (await Says(words))[^1].Reply.Should().Contain("(L) is out of stock");

    [Fact]
    public async Task who_says_ok_first_asks_something_else_all_the_same() =>
        (await Says("how long is the warranty", "ok how do i order"))[^1].Reply.Should().Contain("order").And.NotContain("warranty");

    [Theory]
    [InlineData("will i have to pay shipping")]
    [InlineData("do i have to pay the postage")]
    public async Task is_not_told_what_a_delivery_costs_when_something_has_to_be_replaced(string words) =>
        (await Says("order #7001 lina@example.com. The tote arrived broken, I want a new one", words))[^1]
            .Matters.Select(matter => matter.Reply)
            .Should()
            .NotContain(reply => reply != null && reply.Contains("Shipping costs"));

    [Theory]
    [InlineData("ada warna zaitun tak untuk linen tote", "Olive")]
    [InlineData("batik shirt saiz M ada?", "(M)")]
    public async Task asks_in_Malay_for_a_value_of_the_shop(string words, string value) => (await Says(words))[^1].Reply.Should().Contain(value);

    [Fact]
    public async Task proves_an_order_by_the_ending_of_a_phone() =>
        (await Says("where is my order #7001", "ph 2813"))[^1].Reply.Should().Contain("#7001");

    [Fact]
    public async Task who_gives_the_order_of_what_a_person_has_is_not_told_where_that_order_is()
    {
        var said = (await Says("I need a bigger one, purple elephants sing", "order #7001 lina@example.com"))[^1];
        said.Choice.Playbook.Should().BeNull();
        said.Decision.Verdict.Should().BeOfType<Verdict.HandOff>();
    }

    [Fact]
    public async Task puts_a_wrong_detail_right_with_the_ending_of_a_phone() =>
        (await Says("where is my order #7001", "nobody@example.com", "sorry 2813"))[^1]
            .Reply.Should().Contain("#7001").And.NotContain("could not find");

    [Theory]
    [InlineData("hi, any news of my order #7001?", "lina@example.com")]
    [InlineData("where is my order? my email is lina@example.com", "#7001")]
    [InlineData("where is my order", "#7001 2813")]
    [InlineData("where is my order", "it is 7001", "lina@example.com")]
    [InlineData(
        "so last week i bought a tote for my mum from you, order #7001 and my mail is lina@example.com, she keeps asking, where is my order now?"
    )]
    public async Task gives_number_and_second_detail_in_pieces_in_any_order_or_inside_a_story(params string[] messages) =>
        (await Says(messages))[^1]
            .Should()
            .Match<TurnDecision>(turn => turn.Decision.Verdict is Verdict.Send && turn.Reply!.Contains("#7001"));

    [Fact]
    public async Task names_another_order_of_the_same_customer_by_number_alone() =>
        (await Says("where is my order #7001? lina@example.com", "#7002 then"))[^1].Reply.Should().Contain("#7002");

    [Fact]
    public async Task is_shown_all_orders_of_the_proven_address() =>
        (await Says("where is my order #7001? lina@example.com", "show me my orders"))[^1].Reply.Should().Contain("#7001").And.Contain("#7002");

    [Fact]
    public async Task is_not_told_that_the_digits_are_wrong_which_prove_the_order_too() =>
        (await Says("where is my order 7001", "lina@example.com", "2813"))
            .Should()
            .HaveCount(3)
            .And.Subject.Last()
            .Should()
            .Match<TurnDecision>(turn => turn.Gathered.Order!.Number == "#7001" && !(turn.Reply ?? "").Contains("could not find"));

    [Theory]
    [InlineData("are you open on sunday", "closed on")]
    [InlineData("u guys open now?", "closed right now", "open now")]
    [InlineData("are you open on wednesday", "here on")]
    public async Task hears_whether_the_shop_is_open_when_they_ask_for(string words, params string[] either) =>
        (await Says(words))[^1].Reply.Should().ContainAny(either);

    [Theory]
    [InlineData("are you open on christmas")]
    [InlineData("hari raya kedai buka tak")]
    public async Task who_asks_about_a_holiday_that_nobody_noted_is_answered_by_a_person(string words) =>
        (await Says(words))[^1].Decision.Verdict.Should().BeOfType<Verdict.HandOff>();

    [Theory]
    [InlineData("eh tak jadi la, jangan cancel")]
    [InlineData("tak jadi la")]
    [InlineData("jangan cancel")]
    [InlineData("no need to cancel liao")]
    public async Task takes_a_wish_back(string words) =>
        (await Says("nak cancel order 7001 lina@example.com", words))[^1].Reading.Withdrawal.Should().Be(Withdrawal.Wholly);

    [Fact]
    public async Task whose_words_are_about_something_else_has_no_text_about_money_beside_them() =>
        (await Says("nak cancel order 7001 lina@example.com", "¿tienen la bolsa de lino en negro?"))[^1]
            .Should()
            .Match<TurnDecision>(turn => turn.Alternatives.All(other => MoneyDetector.ReadDraft(other.Text).Sense != MoneySense.Moves))
            .And.Match<TurnDecision>(turn => turn.Suggestion == null || MoneyDetector.ReadDraft(turn.Suggestion).Sense != MoneySense.Moves);

    [Fact]
    public async Task is_heard_when_the_second_detail_was_wrong_at_first() =>
        (await Says("where is my order #7001? lena@example.com", "sorry, lina@example.com"))[^1]
            .Should()
            .Match<TurnDecision>(turn => turn.Decision.Verdict is Verdict.Send && turn.Reply!.Contains("#7001"));

    [Theory]
    [InlineData("can pay by grabpay?")]
    [InlineData("return policy?")]
    [InlineData("how much is the linen tote")]
    [InlineData("what's ur refund polcy")]
    [InlineData("who pays the return postage")]
    public async Task is_answered_about_what_is_only_near_money(string words) =>
        (await Says(words))[^1].Decision.Verdict.Should().BeOfType<Verdict.Send>();

    [Theory]
    [InlineData("how long till I get my money back")]
    [InlineData("when will i get the money")]
    public async Task is_told_how_long_the_money_takes_that_was_asked_for(string words) =>
        (await Says("cancel order #7001 and refund me, lina@example.com", words))[^1].Reply.Should().Contain("working days");

    [Theory]
    [InlineData("When will you refund me? Cancel it now")]
    [InlineData("bila nak refund? cancel terus order saya")]
    [InlineData("多久才退款？我不要了，马上取消订单把钱退给我")]
    public async Task is_not_answered_with_the_terms_where_more_is_wanted_than_to_know_when(string words) =>
        (await Says("cancel order #7001 and refund me, lina@example.com", words))[^1].Matters.Should()
            .Contain(matter => !(matter.Decision.Verdict is Verdict.Send))
            .And.NotContain(matter => matter.Decision.Verdict is Verdict.Send && matter.Choice.Playbook!.Issue == "return-policy");

    [Theory]
    [InlineData("and if it arrives broken?")]
    [InlineData("what if it arrives broken")]
    public async Task who_only_supposes_a_trouble_is_told_the_terms_and_asked_for_no_order(string words) =>
        (await Says("is the linen tote in stock?", words))[^1].Decision.Verdict.Should().NotBeOfType<Verdict.AskCustomer>();

    [Theory]
    [InlineData("if I don't like it can I return it")]
    [InlineData("if the size is wrong can i exchange it")]
    [InlineData("kalau tak muat boleh pulang tak")]
    [InlineData("如果收到坏的怎么办？")]
    public async Task who_asks_what_may_be_done_if_something_happens_is_told_the_terms(string words)
    {
        var decided = (await Says(words))[^1];
        decided.Choice.Playbook!.Issue.Should().Be("return-policy");
        decided.Decision.Verdict.Should().BeOfType<Verdict.Send>();
    }

    [Theory]
    [InlineData("if you don't refund me i will report you")]
    [InlineData("what if i want to cancel my order")]
    [InlineData("if it arrived broken can i get a refund")]
    [InlineData("if it does not come tomorrow I want my money back")]
    [InlineData("if I buy two can I get a discount")]
    [InlineData("如果买三件可以便宜吗")]
    [InlineData("kalau ambil banyak dapat murah tak")]
    [InlineData("If possible can I exchange it for size M")]
    [InlineData("Kalau boleh saya hendak pulangkan baju")]
    [InlineData("如果可以的话我想退货")]
    [InlineData("If it's not too late I'd like an exchange")]
    [InlineData("If not in stock just refund to my card")]
    [InlineData("If it can't come by Friday just refund my money")]
    [InlineData("if I paid twice by mistake can I get one back")]
    [InlineData("if haven't pack then no need pack la, i found it at home")]
    [InlineData("kalau belum keluar gudang, tak payah hantar ya")]
    [InlineData("Kalau belum pack lagi, lupakan je order saya ye")]
    [InlineData("kalo nyampe jam 5 blm dikirim juga, anggep aja gw ga pernah pesen")]
    [InlineData("If the shirt has a hole can u refund, I only wore it once")]
    public async Task who_wants_something_or_tells_what_happened_is_not_answered_with_the_terms(string words)
    {
        var decided = (await Says(words))[^1];
        decided.Decision.Verdict.Should().NotBeOfType<Verdict.Send>();
        (decided.Choice.Playbook?.Issue ?? "none").Should().NotBe("return-policy");
    }

    [Theory]
    [InlineData("if that's the case can I return it?")]
    [InlineData("kalau gitu bisa refund gak?")]
    [InlineData("如果这样我退货可以吗？")]
    [InlineData("if my order is too small can I return it?")]
    [InlineData("if the pan gets scratched does it affect the coating?")]
    public async Task who_points_to_what_was_told_or_asks_about_goods_supposes_no_trouble(string words) =>
        (await Says(words))[^1].Choice.Because.Should().NotContain("what would be if");

    [Fact]
    public async Task who_wants_money_after_the_terms_were_told_is_not_told_them_again() =>
        (await Says("what's your return policy", "ok if so I want my money back"))[^1].Decision.Verdict.Should().NotBeOfType<Verdict.Send>();

    [Fact]
    public async Task stays_with_the_terms_that_were_told_when_supposing_something() =>
        (await Says("what's your return policy", "what if i already washed it?"))[^1].Choice.Playbook!.Issue.Should().Be("return-policy");

    [Theory]
    [InlineData("who pays the return postage", "postage")]
    [InlineData("even for sale items?", "sale items")]
    [InlineData("how long does the refund take", "working days")]
    public async Task who_asks_on_after_the_terms_gets_the_sentence_that_answers_and_not_all_of_it_again(string words, string answer)
    {
        var said = await Says("what is your return policy", words);
        said[^1].Reply.Should().Contain(answer);
        said[^1].Reply!.Length.Should().BeLessThan(said[0].Reply!.Length / 2 + 40);
    }

    [Theory]
    [InlineData("what is your return policy", "is return shipping free")]
    [InlineData("what time do you start", "until what hour?")]
    public async Task who_asks_on_and_no_sentence_has_all_that_is_new_gets_the_whole_answer_again(string first, string words)
    {
        var said = await Says(first, words);
        said[^1].Reply.Should().Be(said[0].Reply);
    }

    [Fact]
    public async Task who_asks_nothing_new_after_the_terms_gets_all_of_them() =>
        (await Says("what is your return policy", "and your policy for returns?"))[^1].Reply.Should().Contain("postage").And.Contain("days");

    [Theory]
    [InlineData("my mug came broken", "sorry")]
    [InlineData("my parcel is late", "sorry")]
    [InlineData("barang saya sampai rosak", "Maaf")]
    public async Task who_tells_of_a_trouble_hears_that_it_is_heard_before_being_asked_for_numbers(string words, string sorry) =>
        (await Says(words))[^1].Reply.Should().Contain(sorry).And.Contain("#1001");

    [Fact]
    public async Task who_only_asks_where_an_order_is_gets_no_apology() =>
        (await Says("where is my order"))[^1].Reply.Should().NotContain("sorry").And.Contain("#1001");

    [Fact]
    public async Task who_asks_a_whole_question_in_another_language_is_answered_in_it() =>
        (await Says("what are your opening hours", "berapa harga tote linen?"))[^1].Reading.Language.Should().Be("ms");

    [Theory]
    [InlineData("free shipping?")]
    [InlineData("tracking number?")]
    [InlineData("cash on delivery?")]
    public async Task who_uses_two_words_of_shop_English_keeps_the_language(string words) =>
        (await Says("pukul berapa kedai buka hari ini", words))[^1].Reading.Language.Should().Be("ms");

    [Fact]
    public async Task who_asks_a_short_question_in_another_language_does_not_change_that_of_the_conversation()
    {
        var said = await Says("pukul berapa kedai buka hari ini", "how much is it");
        said[^1].Reading.Should().Match<Reading>(reading => reading.Language == "en");
        (await Says("pukul berapa kedai buka hari ini", "how much"))[^1].Reading.IsLanguageOfOneMessage.Should().BeTrue();
    }

    [Fact]
    public async Task who_chooses_a_size_and_asks_for_the_price_in_one_sentence_is_told_that_of_the_size()
    {
        var said = (await Says("is the batik shirt in S in stock?", "ok M then, how much"))[^1];
        said.Matters.Select(matter => matter.Draft.Text ?? "").Should().Contain(text => text.Contains("(M)") && text.Contains("120.00"))
            .And.NotContain(text => text.Contains("(S)"));
    }

    [Theory]
    [InlineData("who pays the postage?")]
    [InlineData("siapa tanggung pos?")]
    public async Task who_asks_who_pays_after_the_terms_wants_no_money(string words)
    {
        var said = (await Says("what is your return policy", words))[^1];
        said.Decision.Verdict.Should().BeOfType<Verdict.Send>();
        said.Choice.Playbook!.Issue.Should().Be("return-policy");
    }

    [Theory]
    [InlineData("who pays me back?")]
    [InlineData("谁给我退款")]
    public async Task who_asks_who_pays_them_wants_money(string words) =>
        (await Says("what is your return policy", words))[^1].Decision.Verdict.Should().NotBeOfType<Verdict.Send>();

    [Fact]
    public async Task who_asks_for_how_many_days_after_the_terms_means_those() =>
        (await Says("what is your return policy", "for how many days?"))[^1].Choice.Playbook!.Issue.Should().Be("return-policy");

    [Fact]
    public async Task is_answered_another_plain_question_while_one_of_the_kind_waits_for_a_person() =>
        (await Says("are you open on christmas?", "are you open on sunday?"))[^1].Decision.Verdict.Should().BeOfType<Verdict.Send>();

    [Theory]
    [InlineData("yes?")]
    [InlineData("ok?")]
    [InlineData("deal?")]
    public async Task who_presses_for_a_word_on_money_that_waits_hears_that_it_waits(string words) =>
        (await Says("please refund order #7001, lina@example.com", words))[^1].Reply.Should().Contain("A colleague has this");

    [Theory]
    [InlineData("sure")]
    [InlineData("ok")]
    [InlineData("yes")]
    public async Task who_agrees_while_money_waits_is_not_told_that_they_are_welcome(string words) =>
        (await Says("please refund order #7001, lina@example.com", words))[^1].Decision.Verdict.Should().BeOfType<Verdict.Silent>();

    [Fact]
    public async Task who_says_yes_to_nothing_that_was_asked_is_asked_what_it_is_about() =>
        (await Says("do you have the batik shirt in M?", "yes"))[^1].Reply.Should().NotContain("welcome");

    [Fact]
    public async Task who_asks_for_the_fee_of_a_place_that_no_line_tells_is_told_all_fees() =>
        (await Says("shipping fee to labuan"))[^1].Reply.Should().NotContain("costs free").And.Contain("MYR 8.00");

    [Theory]
    [InlineData("i paid by card, can you move it to my e-wallet")]
    [InlineData("please extend my voucher")]
    [InlineData("my voucher doesnt work can you just take 10 off")]
    [InlineData("give me free shipping and i order now")]
    public async Task who_wants_money_in_the_words_of_the_terms_is_not_answered_with_them(string words) =>
        (await Says(words))[^1].Decision.Verdict.Should().NotBeOfType<Verdict.Send>();

    [Fact]
    public async Task whose_parcel_came_broken_and_who_wants_the_money_back_has_one_matter_ready_for_approval() =>
        (await Says("order #7001 lina@example.com. The parcel arrived broken, I want my money back now"))[^1]
            .Decision.Verdict.Should()
            .BeOfType<Verdict.AskOwner>();

    private Task<IReadOnlyList<TurnDecision>> Says(params string[] messages) => _folder.SaysAsync(messages);
}
