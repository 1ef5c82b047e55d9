using OpsChat.Decisions;
using OpsChat.Tests.Facts;
using OpsChat.Understanding;

namespace OpsChat.Tests.Decisions;

/// <summary>Follow-ups that say little by themselves, decided by the shipped playbooks without the sentence encoder.</summary>
public sealed class A_question_that_leaves_words_out : IDisposable
{
    private readonly ShopFolderOnDisk _folder = new();

    public A_question_that_leaves_words_out() =>
        _folder
            .WithOrders(
                "#7001,lina@example.com,paid,unfulfilled,MYR,80.00,2026-11-20 09:00:00 +0800,2026-11-20 09:05:00 +0800,1,Cotton Dress,CD-1,"
                    + "+60 12-555 4821"
            )
            .Write(
                "products.csv",
                "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Restock on,URL",
                "dress,Cotton Dress,,,CD-1,9,80.00,,https://shop.example/products/dress",
                "dino,Dino Shirt,,,DS-1,7,40.00,,https://shop.example/products/dino",
                "rocket,Rocket Shirt,,,RS-1,3,40.00,,https://shop.example/products/rocket"
            );

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("do you send to singapore", "how much?", "shipping-fee")]
    [InlineData("can you deliver to sabah?", "how much", "shipping-fee")]
    [InlineData("can you deliver to sabah?", "how much is it to penang", "shipping-fee")]
    [InlineData("what is the warranty", "for how long", "warranty")]
    [InlineData("what's your return policy?", "does that include sale items?", "return-policy")]
    public async Task is_answered_as_what_it_means_after_the_one_before(string first, string then, string playbook)
    {
        var turn = (await Says(first, then))[1];

        turn.Choice.Playbook?.Issue.Should().Be(playbook);
        turn.Decision.Verdict.Should().BeOfType<Verdict.Send>();
    }

    [Fact]
    public async Task asks_for_no_product_where_none_was_talked_about()
    {
        var turn = (await Says("do you gift wrap?", "how much?"))[1];

        turn.Reply.Should().NotContain("product");
        turn.SupportCase.Playbook.Should().Be("gift-wrapping", "a person has that already");
    }

    [Fact]
    public async Task still_asks_for_the_price_of_the_product_that_was_talked_about() =>
        (await Says("is the dino shirt in stock?", "how much?"))[1].Reply.Should().Contain("40.00");

    [Fact]
    public async Task names_no_product_by_what_it_asks_of_one() =>
        (await Says("do you have a shirt?", "is it cotton?"))[1]
            .Told.Product.Titles.Should().NotContain("Cotton Dress", "it asks what a shirt is made of");

    [Fact]
    public async Task remembers_the_place_that_was_told() =>
        (await Says("do you send to singapore", "how much?"))[1].SupportCase.Slots.Place!.Value.Should().Be("Singapore");

    [Theory]
    [InlineData("put the money back on my card")]
    [InlineData("send my money back into my account")]
    public async Task for_money_asks_who_writes_however_it_is_worded(string words)
    {
        var turn = (await Says(words))[0];

        turn.Reading.Money.Sense.Should().Be(MoneySense.Moves);
        turn.Decision.Verdict.Should().BeOfType<Verdict.AskCustomer>().Which.Items.Should().OnlyContain(item => item != "product");
    }

    [Theory]
    [InlineData("can I speak to a human")]
    [InlineData("i want to talk to a real person now please")]
    [InlineData("nak cakap dengan orang")]
    public async Task for_a_person_is_no_question_what_answers_here(string words)
    {
        var turn = (await Says(words))[0];

        turn.Decision.Verdict.Should().BeOfType<Verdict.HandOff>();
        turn.Decision.Reasons.Should().Contain(GateReason.WantsPerson);
        turn.Suggestion.Should().Be(Greeting(turn));
    }

    [Fact]
    public async Task for_a_person_with_a_matter_keeps_the_matter() =>
        (await Says("please get somebody to look at my order #7001, lina@example.com, it has not come"))[0].Choice.Playbook.Should().NotBeNull();

    [Fact]
    public async Task is_settled_by_never_mind_where_nothing_waits()
    {
        var turn = (await Says("i put the wrong address on my order #7001, lina@example.com", "never mind, the address is fine"))[1];

        turn.Decision.Verdict.Should().BeOfType<Verdict.Send>();
        turn.Reading.SmallTalk.Should().Be(SmallTalk.Acknowledgement);
    }

    [Theory]
    [InlineData("i want to cancel my order #7001, lina@example.com", "please don't cancel my order")]
    [InlineData("can i return the dress? #7001 lina@example.com", "never mind, tak jadi")]
    public async Task is_read_by_a_person_when_it_takes_back_a_wish_for_money_that_was_decided_already(string wish, string back)
    {
        var first = (await Says(wish))[0];
        var decided = first.SupportCase with { Awaiting = [], HoldingSent = true };
        var after = first.Turn with { Cases = [decided], CasesWithCard = [], CasesWithApproval = [] };

        Withdrawals
            .In(first.PlaybookSnapshot.Reader.Read(back), back, after, first.PlaybookSnapshot)
            .SmallTalk.Should()
            .NotBe(SmallTalk.Acknowledgement);
    }

    [Theory]
    [InlineData("do you ship on saturdays?", "berapa lama sampai ke Kuching", "ms")]
    [InlineData("berapa lama sampai ke Kuching", "ok", "ms")]
    public async Task is_answered_in_its_own_language_where_only_two_that_are_alike_are_in_doubt(string first, string then, string language) =>
        (await Says(first, then))[1].Reading.Language.Should().Be(language);

    [Theory]
    [InlineData("i want to return my dress #7001, lina@example.com", "how much will i get?")]
    [InlineData("i want to return my dress #7001, lina@example.com", "including shipping?")]
    [InlineData("i want a refund for #7001, lina@example.com", "and how much is that?")]
    [InlineData("boleh batalkan order #7001? lina@example.com", "berapa saya dapat balik?")]
    public async Task is_about_the_money_that_waits_for_a_person(string wish, string then)
    {
        var turns = await Says(wish, then);

        turns[0].Decision.Verdict.Should().BeOfType<Verdict.AskOwner>();
        turns[1].SupportCase.Id.Should().Be(turns[0].SupportCase.Id);
        turns[1].Decision.Verdict.Should().BeOfType<Verdict.HandOff>();
        turns[1].Suggestion.Should().BeNull("neither a price nor a delivery time is an answer");
    }

    [Theory]
    [InlineData("how much is shipping to sabah?", "shipping-fee")]
    [InlineData("when do you open tomorrow?", "opening-hours")]
    [InlineData("how much is the dino shirt?", "product-price")]
    [InlineData("how much are your cheapest earrings?", "product-price")]
    [InlineData("运费多少钱", "shipping-fee")]
    [InlineData("多久能寄到", "delivery-time")]
    public async Task is_none_where_it_has_a_topic_beside_the_money_that_waits(string then, string playbook) =>
        (await Says("i want a refund for #7001, lina@example.com", then))[1].Choice.Playbook?.Issue.Should().Be(playbook);

    [Fact]
    public async Task says_that_an_answer_did_not_help_whatever_else_the_words_could_be_about()
    {
        var turn = (await Says("i forgot my password", "still nothing"))[1];

        turn.Choice.Playbook?.Issue.Should().Be("account-help");
        turn.Decision.Verdict.Should().BeOfType<Verdict.HandOff>("it was told already");
    }

    [Theory]
    [InlineData("my parcel still hasn't arrived")]
    [InlineData("parcel saya masih belum sampai")]
    [InlineData("我的包裹还没到")]
    public async Task names_its_own_matter_although_something_is_still_not_so(string words) =>
        (await Says("what are your opening hours?", words))[1].SupportCase.Playbook.Should().NotBe("opening-hours");

    [Fact]
    public async Task is_a_question_beside_what_is_forgotten() =>
        (await Says("do you gift wrap?", "forget it how much is shipping to sabah"))[1].Reading.SmallTalk.Should().Be(SmallTalk.None);

    [Fact]
    public async Task is_answered_again_when_it_is_wanted_again() =>
        (await Says("how much is the dino shirt?", "how much is it again?"))[1].Decision.Verdict.Should().BeOfType<Verdict.Send>();

    [Fact]
    public async Task tells_what_several_of_the_same_cost_together() =>
        (await Says("how much is the dino shirt?", "how much for 3 of them"))[1].Reply.Should().Contain("120.00").And.Contain("40.00 each");

    [Fact]
    public async Task is_answered_with_the_link_of_the_goods_where_somebody_wants_to_order_them() =>
        (await Says("how much is the dino shirt?", "ok where to order"))[1].Reply.Should().Contain("https://shop.example/products/dino");

    [Fact]
    public async Task tells_the_fee_for_the_place_and_not_all_of_them() =>
        (await Says("do you send to singapore", "how much?"))[1].Reply.Should().Contain("Singapore").And.NotContain("Sabah");

    [Fact]
    public async Task gives_the_order_of_the_matter_that_was_talked_about()
    {
        var turns = await Says("you sent me the wrong thing", "i ordered the sage one and got maroon", "order 7001, lina@example.com");

        turns[2].SupportCase.Playbook.Should().Be("wrong-item", "nobody asked where a parcel is");
        turns[2].Decision.Verdict.Should().NotBeOfType<Verdict.Send>();
    }

    [Fact]
    public async Task greets_again_after_an_answer_with_other_words() =>
        (await Says("what are your opening hours?", "hello??"))[1]
            .Reply.Should()
            .Be(OpsChat.Drafting.Drafter.Standing(ShopFolderOnDisk.Shipped.Shop.Texts.Here, (await Says("hi"))[0].Facts, "en").Text);

    [Fact]
    public async Task greets_again_with_other_words()
    {
        var turns = await Says("hi", "hello?");

        turns[1].Reply.Should().Be(Standing(turns[1], ShopFolderOnDisk.Shipped.Shop.Texts.Here)).And.NotBe(turns[0].Reply);
    }

    [Theory]
    [InlineData("Status of 7001? I'm lina@example.com")]
    [InlineData("salam, order saya #7001 lina@example.com")]
    public async Task knows_an_order_number_and_a_greeting_by_themselves(string words) =>
        (await Says(words))[0].Choice.Playbook?.Issue.Should().Be("where-is-my-order");

    [Fact]
    public async Task keeps_the_language_when_only_an_address_is_told() =>
        (await Says("can you change the address of #7001? lina@example.com", "12 Jalan Bukit, 50000 Kuala Lumpur"))[1]
            .Reading.Language.Should()
            .Be("en");

    [Fact]
    public async Task is_heard_when_what_was_taken_back_is_wanted_again()
    {
        var turn = (await Says("cancel order #7001, lina@example.com", "no wait dont cancel", "actually yes do it"))[2];

        WaitingWords
            .For(turn.Turn, turn.SupportCase, ShopFolderOnDisk.Shipped.Shop, turn.Facts, turn.Reading.Language, turn.Input.At)!
            .Value.Text.Should()
            .Be(Standing(turn, ShopFolderOnDisk.Shipped.Shop.Texts.StillWorking));
    }

    private static string? Standing(TurnDecision turn, OpsChat.Playbooks.ReplyText text) =>
        OpsChat.Drafting.Drafter.Standing(text, turn.Facts, turn.Reading.Language).Text;

    private static string? Greeting(TurnDecision turn) =>
        OpsChat.Drafting.Drafter.Standing(ShopFolderOnDisk.Shipped.Shop.Texts.Greeting, turn.Facts, turn.Reading.Language).Text;

    private Task<IReadOnlyList<TurnDecision>> Says(params string[] messages) => _folder.SaysAsync(messages);
}
