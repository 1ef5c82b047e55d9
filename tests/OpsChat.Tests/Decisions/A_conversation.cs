using OpsChat.Decisions;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Tests.Facts;
using OpsChat.Understanding;

namespace OpsChat.Tests.Decisions;

/// <summary>Conversations with a small shop of garden things, decided by the shipped playbooks without a model and without the sentence
/// encoder.</summary>
public sealed class A_conversation : IDisposable
{
    private readonly ShopFolderOnDisk _folder = new();

    public A_conversation() =>
        _folder
            .WithOrders(
                "#7001,lina@example.com,paid,unfulfilled,MYR,80.00,2026-11-20 09:00:00 +0800,2026-11-20 09:05:00 +0800,1,Watering Can - "
                    + "Green,CAN-G,+60 12-555 4821",
                "#7002,lina@example.com,pending,unfulfilled,MYR,30.00,2026-11-20 10:00:00 +0800,,1,Seed Tray,TRAY,+60 12-555 4821",
                "#7003,omar@example.com,paid,unfulfilled,MYR,30.00,2026-11-20 10:00:00 +0800,2026-11-20 10:05:00 +0800,1,Seed "
                    + "Tray,TRAY,+60 12-555 7310"
            )
            .Write(
                "products.csv",
                "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Qty,Variant Price,Restock on,URL",
                "can,Watering Can,Size,2L,Colour,Green,CAN-2G,4,80.00,,https://shop.example/products/can",
                "can,,,2L,,Grey,CAN-2S,0,80.00,2026-12-05,",
                "can,,,5L,,Green,CAN-5G,30,110.00,,",
                "gloves,Garden Gloves,Size,S,Colour,Olive,GLO-S,20,25.00,,https://shop.example/products/gloves",
                "gloves,,,M,,Olive,GLO-M,0,25.00,2026-12-09,",
                "tray,Seed Tray,,,,,ST-100,50,30.00,,https://shop.example/products/tray",
                "mini,Seed Tray Mini,,,,,ST-200,50,19.00,,https://shop.example/products/mini"
            );

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("is the watering can in stock in pink?")]
    [InlineData("watering can warna ungu ada stok tak")]
    [InlineData("do you have the watering can in 9L")]
    public async Task names_what_is_not_made_with_what_is_and_never_says_yes(string words)
    {
        var reply = (await Says(words))[^1].Reply;

        reply.Should().ContainAll("2L", "5L", "Green", "Grey").And.NotStartWith("Yes").And.NotStartWith("Ya");
    }

    [Fact]
    public async Task stays_with_the_product_while_options_are_replaced()
    {
        var turns = await Says("do you have the watering can in 2L", "in grey?", "how much is it", "and the 5L one in green?");

        turns[1].Reply.Should().Contain("(2L, Grey)").And.Contain("out of stock").And.Contain("5 Dec 2026");
        turns[2].Reply.Should().Contain("80.00");
        turns[3].Reply.Should().Contain("5L").And.NotContain("Grey");
        turns[3].SupportCase.Slots.Shown().Should().Contain("size", "5L").And.Contain("colour", "Green").And.Contain("product", "Watering Can");
    }

    [Fact]
    public async Task knows_a_colour_in_another_language()
    {
        (await Says("stok garden gloves warna zaitun saiz M ada tak"))[^1]
            .Reply.Should()
            .Contain("Garden Gloves (M")
            .And.Contain("9 Dis 2026")
            .And.NotContain("Dec");
    }

    [Fact]
    public async Task compares_the_pieces_asked_for_with_the_stock()
    {
        var turns = await Says("is the watering can 2L green in stock, i need 6 pieces");

        turns[0].Reply.Should().Contain("only 4").And.Contain("not 6");
    }

    [Fact]
    public async Task does_not_take_one_of_two_similar_titles_for_the_other()
    {
        (await Says("is the seed tray mini in stock"))[^1].Reply.Should().Contain("Seed Tray Mini");
        (await Says("is the seed tray in stock"))[^1].Reply.Should().Contain("Seed Tray").And.NotContain("Mini");
    }

    [Fact]
    public async Task asks_for_what_is_still_missing_and_takes_it_in_any_order()
    {
        var turns = await Says("where is my order", "lina@example.com", "#7001");

        turns[0].Decision.Verdict.Should().BeOfType<Verdict.AskCustomer>();
        turns[1]
            .Decision.Verdict.Should()
            .BeOfType<Verdict.AskCustomer>()
            .Which.Question.Should()
            .Contain("order number")
            .And.NotContain("e-mail address or the last");
        turns[2].Reply.Should().Contain("#7001").And.Contain("getting it ready");
    }

    [Fact]
    public async Task lets_a_wrong_detail_be_put_right()
    {
        var turns = await Says("where is my order #7001, phone ends 0001", "oh that was my wife's. mine is 4821");

        turns[0].Decision.Verdict.Should().BeOfType<Verdict.AskCustomer>();
        turns[1].Reply.Should().Contain("#7001").And.Contain("getting it ready");
    }

    [Fact]
    public async Task tells_a_proven_customer_of_their_other_order_by_its_number_alone_and_of_nobody_elses()
    {
        var turns = await Says("where is my order #7001, lina@example.com", "and where is #7002?", "where is my order #7003?");

        turns[1].Reply.Should().Contain("#7002").And.Contain("payment");
        turns[2].Decision.Verdict.Should().BeOfType<Verdict.AskCustomer>();
        turns[2].Facts.Find("order.status").Should().BeNull();
    }

    [Fact]
    public async Task answers_each_of_several_matters_and_leaves_money_to_the_owner()
    {
        var turn = (await Says("i want a refund for #7001, lina@example.com. also is the seed tray mini in stock?"))[^1];

        turn.Matters.Should().HaveCount(2);
        turn.Decision.Verdict.Should().BeOfType<Verdict.Send>();
        turn.Reply.Should().Contain("Seed Tray Mini");
        turn.Others.Single().Decision.Verdict.Should().BeOfType<Verdict.AskOwner>();
    }

    [Fact]
    public async Task passes_on_a_question_that_stands_between_two_that_are_answered()
    {
        var turn = (await Says("when are you open? can the dragon on your spaceship breathe fire? is the seed tray mini in stock?"))[^1];

        turn.Matters.Count(matter => matter.SaysSomething).Should().Be(2);
        turn.Matters.Single(matter => !matter.SaysSomething)
            .Should()
            .Match<TurnDecision>(rest => rest.Decision.Verdict is Verdict.HandOff && rest.SupportCase.Words.Contains("dragon"));
    }

    [Fact]
    public async Task keeps_that_question_also_when_nothing_is_answered()
    {
        var turn = (await Says("i want to exchange #7001. can the dragon on your spaceship breathe fire? please cancel #7003"))[^1];

        turn.Matters.Should().NotContain(matter => matter.Decision.Verdict is Verdict.Send);
        string.Join(' ', turn.Matters.Select(matter => matter.Matter.Text)).Should().ContainAll("exchange", "dragon", "cancel");
    }

    [Fact]
    public async Task is_one_matter_with_an_approval_when_something_broken_is_to_be_paid_back()
    {
        var turn = (await Says("the parcel for #7001 arrived broken, i want my money back now. lina@example.com"))[^1];

        turn.Matters.Should().ContainSingle();
        turn.Decision.Verdict.Should().BeOfType<Verdict.AskOwner>();
    }

    [Fact]
    public async Task goes_on_after_a_hand_off()
    {
        var turns = await Says("can i talk to a real person please", "hello???", "hello???", "thanks", "is the seed tray mini in stock");

        turns[0].Decision.Verdict.Should().BeOfType<Verdict.HandOff>();
        turns[1].Reply.Should().Contain("colleague");
        turns[2].Decision.Verdict.Should().BeOfType<Verdict.Silent>("it was said a moment ago");
        turns[3].Decision.Verdict.Should().BeOfType<Verdict.Send>();
        turns[4].Reply.Should().Contain("Seed Tray Mini").And.Contain("in stock");
    }

    [Theory]
    [InlineData("no wait dont cancel")]
    [InlineData("forget it, thanks")]
    [InlineData("never mind")]
    [InlineData("jangan cancel dulu")]
    [InlineData("tak jadi batal la")]
    [InlineData("不用退了")]
    [InlineData("i changed my mind, i will keep it")]
    public async Task hears_a_wish_taken_back_and_lays_no_new_one_before_the_owner(string words)
    {
        var turns = await Says("cancel order #7001, lina@example.com", words);

        turns[0].Decision.Verdict.Should().BeOfType<Verdict.AskOwner>();
        turns[1].Decision.Verdict.Should().BeOfType<Verdict.HandOff>();
        turns[1].SupportCase.Id.Should().Be(turns[0].SupportCase.Id);
        turns[1].Suggestion.Should().BeNull("the draft of what is taken back is no answer to that");
        Waits(turns[1]).Should().Be(Drafter.Standing(ShopFolderOnDisk.Shipped.Shop.Texts.Withdrawn, turns[1].Facts, turns[1].Reading.Language).Text);
    }

    [Fact]
    public async Task takes_nothing_back_where_nothing_waits()
    {
        (await Says("is the seed tray mini in stock", "never mind"))[1].Reading.Withdrawal.Should().Be(Withdrawal.None);
        (await Says("i changed my mind, cancel order #7001 please, lina@example.com"))[0].Decision.Verdict.Should().BeOfType<Verdict.AskOwner>();
    }

    [Theory]
    [InlineData("is the watering can in stock", "what about in grey?")]
    [InlineData("how much is the seed tray mini", "how much is the watering can in 5L")]
    [InlineData("where is my order #7001, lina@example.com", "which courier?")]
    [InlineData("where is my order #7001, lina@example.com", "and where is #7002?")]
    [InlineData("how much is shipping to sabah", "and to singapore?")]
    public async Task goes_on_with_another_value_or_another_fact(string first, string then) =>
        SameQuestion.GoesOn((await Says(first, then))[1]).Should().BeTrue();

    [Theory]
    [InlineData("is the seed tray mini in stock", "is the seed tray mini in stock?")]
    [InlineData("where is my order #7001, lina@example.com", "where is my order #7001")]
    [InlineData("how much is shipping to sabah", "how much is shipping to sabah ?")]
    public async Task comes_back_with_the_same_question(string first, string then)
    {
        var again = (await Says(first, then))[1];

        SameQuestion.GoesOn(again).Should().BeFalse();
        again.Decision.Reasons.Should().Contain(GateReason.SaidAlready, "the same words again help nobody");
    }

    [Theory]
    [InlineData("how much is shipping to west malaysia", "what about sabah")]
    [InlineData("how can i pay", "then can pay by grabpay?")]
    [InlineData("what is the warranty", "what does it cover")]
    public async Task is_told_the_same_once_more_when_it_holds_the_answer_to_another_question(string first, string then)
    {
        var turns = await Says(first, then);

        turns[1].Decision.Verdict.Should().BeOfType<Verdict.Send>();
        turns[1].Decision.Reasons.Should().NotContain(GateReason.SaidAlready);
    }

    [Fact]
    public async Task hears_of_another_matter_also_after_a_reminder()
    {
        var turns = await Says("can i talk to a real person please", "hello???", "i want my money back for #7001, lina@example.com");

        turns[1].Reply.Should().NotBeNullOrEmpty();
        turns[2].Reply.Should().NotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("you charged me twice for 7001, lina@example.com")]
    [InlineData("wer is my oder 7001 emial lina@example.com")]
    public async Task reads_a_bare_number_beside_an_address(string words)
    {
        var turn = (await Says(words))[0];

        turn.Facts.Text("order.number").Should().Be("#7001");
        turn.Decision.Verdict.Should().NotBeOfType<Verdict.AskCustomer>();
    }

    [Theory]
    [InlineData("can i return it if i dont like it")]
    [InlineData("can i pay by cash")]
    [InlineData("boleh bayar tunai tak")]
    public async Task takes_a_question_whether_one_may_for_a_question(string words) =>
        (await Says(words))[0].Reading.Money.Sense.Should().NotBe(MoneySense.Moves);

    [Theory]
    [InlineData("多少钱", "哪一款")]
    public async Task answers_in_chinese_where_the_owner_wrote_it(string words, string expected) =>
        (await Says(words))[0].Reply.Should().Contain(expected).And.NotMatchRegex("[a-z]{4,} [a-z]{3,} [a-z]{3,}");

    [Fact]
    public async Task says_which_of_what_is_made_can_be_had_now() =>
        (await Says("is the watering can in pink"))[0].Reply.Should().ContainAll("In stock now", "2L", "5L", "Green");

    [Theory]
    [InlineData("I WANT TO SPEAK TO YOUR MANAGER NOW")]
    [InlineData("its late! i want compensation")]
    [InlineData("this is unacceptable, worst shop ever")]
    public async Task is_sorry_to_whoever_is_unhappy(string words)
    {
        var turn = (await Says(words))[0];

        turn.Decision.Verdict.Should().BeOfType<Verdict.HandOff>();
        Waits(turn).Should().Contain("sorry").And.NotContain("Thank you for your message");
    }

    [Fact]
    public async Task tells_once_in_four_hours_that_a_person_has_it_and_never_in_the_words_of_before()
    {
        var turns = await Says("can the dragon on your spaceship breathe fire", "and who made the moon of cheese?", "what colour is tuesday?");

        Waits(turns[0]).Should().NotBeNull();
        Waits(turns[1]).Should().NotBeNull().And.NotBe(Waits(turns[0])).And.Contain("colleague");
    }

    [Fact]
    public async Task hears_of_each_further_question_that_it_was_passed_on_and_not_of_the_same_one_again()
    {
        var turns = await Says(
            "can the dragon on your spaceship breathe fire",
            "and who made the moon of cheese?",
            "what colour is tuesday?",
            "does the clock sing on sundays?",
            "does the clock sing on sundays?"
        );

        Waits(turns[3]).Should().Contain("passed that on too");
        Waits(turns[4]).Should().NotBe(Waits(turns[3]));
    }

    [Fact]
    public async Task thanks_for_a_raised_thumb() => (await Says("👍"))[0].Reply.Should().Contain("welcome");

    private static string? Waits(TurnDecision turn) =>
        WaitingWords.For(turn.Turn, turn.SupportCase, ShopFolderOnDisk.Shipped.Shop, turn.Facts, turn.Reading.Language, turn.At)?.Text;

    [Fact]
    public async Task offers_a_person_the_nearest_drafts_and_never_that_nothing_was_understood()
    {
        var turn = (await Says("the thing with the other thing from before, you know"))[^1];

        turn.Decision.Verdict.Should().BeOfType<Verdict.HandOff>();
        turn.Alternatives.Select(draft => draft.Text).Should().NotContain(text => text.Length == 0 || text.Contains("not sure I understood"));
        (turn.Suggestion ?? "").Should().NotContain("not sure I understood");
    }

    [Theory]
    [InlineData("can pay by grabpay?")]
    [InlineData("what is your return policy?")]
    [InlineData("how much is the seed tray mini")]
    public async Task does_not_take_everything_near_money_for_money(string words) =>
        (await Says(words))[^1].Decision.Verdict.Should().BeOfType<Verdict.Send>();

    [Fact]
    public async Task knows_another_product_by_what_its_title_has_of_its_own()
    {
        var turns = await Says("how much is the seed tray", "the mini one then");

        turns[0].Reply.Should().Contain("30.00");
        turns[1].SupportCase.Slots.Shown().Should().Contain("product", "Seed Tray Mini");
    }

    [Fact]
    public async Task follows_what_points_back_to_the_place_that_was_told()
    {
        var turns = await Says("how much is shipping to singapore?", "and how many days would that be?");

        turns[1].Decision.Verdict.Should().BeOfType<Verdict.Send>();
        turns[1].Choice.Playbook!.Issue.Should().Be("delivery-time");
    }

    [Theory]
    [InlineData("pos ke sabah kena caj berapa")]
    [InlineData("kalau hantar ke sarawak kena bayar berapa ya")]
    public async Task takes_the_price_of_sending_for_a_question_and_not_for_money_that_moves(string words)
    {
        var turn = (await Says(words))[^1];

        turn.Reading.Money.Sense.Should().NotBe(MoneySense.Moves);
        turn.Reply.Should().Contain("Sabah");
    }

    [Fact]
    public async Task asks_for_the_order_where_one_matter_alone_comes_near()
    {
        (await Says("its been ages, my package is nowhere"))[^1].Decision.Verdict.Should().BeOfType<Verdict.AskCustomer>();
    }

    [Fact]
    public async Task counts_pieces_written_together_with_their_number() =>
        (await Says("watering can 5L green in stock? need 40pcs"))[^1].Reply.Should().Contain("only 30").And.Contain("not 40");

    [Fact]
    public void is_handed_over_when_a_row_of_the_owners_table_holds()
    {
        var facts = new FactSet([new("message.matters", FactValue.Of(4), "the message", A.Now)]);

        new HandOffTrigger("support", "message.matters > 3").Holds(null, facts).Should().BeTrue();
        new HandOffTrigger("support", "message.matters > 4").Holds(null, facts).Should().BeFalse();
        new HandOffTrigger("purchases", "message.matters > 3").Holds(null, facts).Should().BeFalse("that row is about operations");
        new HandOffTrigger("support", "order.total > 3").Holds(null, facts).Should().BeFalse("an unknown fact makes nothing hold");
    }

    private Task<IReadOnlyList<TurnDecision>> Says(params string[] messages) => _folder.SaysAsync(messages);
}
