using OpsChat.Messages;
using OpsChat.Testing.Telegram;

namespace OpsChat.Tests.Channels.Telegram;

public class A_customer_in_Telegram
{
    [Fact]
    public async Task whose_answer_may_have_been_lost_is_no_evidence_against_the_answer()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Server.Faults.Next("sendMessage", Fault.DropAfterWork);

        shop.Aisha.SendText(TelegramShop.AskHours);
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
        await shop.UntilQuietAsync();

        var supportCase = (await shop.ReadAsync(s => s.Cases.Open(TelegramShop.ConversationOf(shop.Aisha), shop.Clock.GetUtcNow()))).Single();
        var outcome = (await shop.ReadAsync(s => s.Outcomes.Find(supportCase.Id)))!;
        outcome.Failures.Should().Be(1);
        outcome.WasSent.Should().BeFalse("an uncertain send says nothing about the words");
        outcome.SentErrors.Should().BeEmpty();
    }

    [Fact]
    public async Task gets_an_answer_with_buttons_for_a_word_on_it()
    {
        await using var shop = await TelegramShop.StartAsync();

        shop.Aisha.SendText(TelegramShop.AskHours);

        var answer = await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
        answer.AllButtons.Select(b => b.Text).Should().Equal("👍", "👎", "🙋 Talk to a person");
        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Should().Equal(TelegramShop.OpeningHours);
        shop.Server.Calls.Should().Contain(c => c.Method == "sendChatAction");
    }

    [Fact]
    public async Task is_greeted_once_at_the_start_and_that_opens_no_case()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Server.Updates.RepeatNext();

        shop.Aisha.Start("from-the-website");

        await TelegramShop.GetsAsync(shop.Aisha, "Hello!");
        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Should().Equal("Hello!");
        (await shop.ReadAsync(s => s.Cases.Open(TelegramShop.ConversationOf(shop.Aisha), shop.Clock.GetUtcNow()))).Should().BeEmpty();
    }

    [Fact]
    public async Task whose_updates_come_twice_late_and_under_other_numbers_is_answered_once()
    {
        await using var shop = await TelegramShop.StartAsync(new() { WaitForFragments = TimeSpan.FromSeconds(2) });
        using (shop.Server.Updates.Together())
        {
            shop.Server.Updates.RepeatNext();
            shop.Aisha.SendText("hi");
            shop.Server.Updates.ReorderNext();
            shop.Aisha.SendText(TelegramShop.AskHours);
            shop.Aisha.SendText("please");
        }

        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
        await shop.UntilQuietAsync();

        shop.Server.Updates.RedeliverLast();
        shop.Server.Updates.JumpTo(17);
        shop.Aisha.SendText(TelegramShop.AskRefund);
        await shop.UntilAsync(s =>
            s.Conversations.Transcript(TelegramShop.ConversationOf(shop.Aisha), 0, 100).Count(l => l.From == Sender.Customer) == 4
        );
        await shop.UntilQuietAsync();

        TelegramShop
            .Texts(shop.Aisha)
            .Should()
            .HaveCount(2)
            .And.StartWith(TelegramShop.OpeningHours, "what came twice was answered once")
            .And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task who_sends_what_is_not_text_is_thanked_once_and_reaches_a_person()
    {
        await using var shop = await TelegramShop.StartAsync();

        shop.Aisha.SendPhoto("it is broken");
        await shop.UntilAsync(s => s.HandOffs.OpenOf(TelegramShop.ConversationOf(shop.Aisha)).Count == 1);
        await shop.UntilQuietAsync();
        shop.Aisha.SendVoice(12);
        shop.Aisha.SendSticker();
        shop.Aisha.SendLocation(3.14, 101.69);
        await shop.UntilAsync(s =>
            s.Conversations.Transcript(TelegramShop.ConversationOf(shop.Aisha), 0, 100).Count(l => l.From == Sender.Customer) == 4
        );
        await shop.UntilQuietAsync();

        shop.Aisha.Messages.Should().ContainSingle().Which.Text.Should().StartWith("Thank you for sending this.");
        var lines = await shop.ReadAsync(s => s.Conversations.Transcript(TelegramShop.ConversationOf(shop.Aisha), 0, 100));
        lines.SelectMany(l => l.Attachments).Should().Equal("photo", "voice note (12 s)", "sticker 👍", "location 3.14, 101.69");
        lines[0].Text.Should().Be("it is broken");
    }

    [Fact]
    public async Task who_sends_a_card_number_has_it_stored_nowhere()
    {
        await using var shop = await TelegramShop.StartAsync();

        shop.Aisha.SendText("my card is 4111 1111 1111 1111");

        var card = await shop.CardAsync("[card ending 1111]");
        card.Text.Should().NotContain("4111 1111");
        (await shop.ReadAsync(s => s.Conversations.Transcript(TelegramShop.ConversationOf(shop.Aisha), 0, 10)))[0]
            .Text.Should()
            .Be("my card is [card ending 1111]");
    }

    [Fact]
    public async Task who_edits_a_message_has_written_anew()
    {
        await using var shop = await TelegramShop.StartAsync();
        var first = shop.Aisha.SendText(TelegramShop.AskNonsense);
        await shop.UntilAsync(s => s.HandOffs.OpenOf(TelegramShop.ConversationOf(shop.Aisha)).Count == 1);

        shop.Aisha.EditText(first, TelegramShop.AskRefund);

        // The first card may suggest the refund's text as the nearest; what was written anew stands on the card of the approval alone.
        (await shop.CardAsync("Approve? MYR 12.50")).Text.Should().Contain(TelegramShop.AskRefund).And.Contain(TelegramShop.Refund);
        (await shop.ReadAsync(s => s.Conversations.Transcript(TelegramShop.ConversationOf(shop.Aisha), 0, 10)))
            .Where(l => l.From == Sender.Customer).Select(l => l.Text).Should().Equal(TelegramShop.AskNonsense, TelegramShop.AskRefund);
    }

    [Fact]
    public async Task who_blocked_the_bot_ends_it_quietly()
    {
        await using var shop = await TelegramShop.StartAsync(new() { WaitForFragments = TimeSpan.FromMilliseconds(300) });
        shop.Aisha.SendText(TelegramShop.AskHours);

        shop.Aisha.Block();

        await shop.UntilAsync(s =>
            s.Conversations.Find(TelegramShop.ConversationOf(shop.Aisha))?.Closed == true
            && s.Outbox.NextDue([]) is null
            && s.Outbox.Abandoned().Count == 0
        );
        await shop.UntilQuietAsync();
        shop.Aisha.Messages.Should().BeEmpty();
        shop.Group.Messages.Should().BeEmpty("there is nothing that the owner could do about it");

        shop.Aisha.Unblock();
        shop.Aisha.SendText(TelegramShop.AskHours);
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
    }

    [Fact]
    public async Task who_taps_a_thumb_down_is_heard_once()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Aisha.SendText(TelegramShop.AskHours);
        var answer = await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);

        var first = shop.Aisha.Tap(answer, "👎");
        var second = shop.Aisha.Tap(answer, "👍");

        (await first.Answer.WaitAsync(TelegramShop.Patience)).Text.Should().Be("👎");
        (await second.Answer.WaitAsync(TelegramShop.Patience)).Text.Should().BeEmpty();
        await shop.Aisha.WaitForMessageAsync(m => m.Id == answer.Id && m.Buttons.Count == 0, TelegramShop.Patience);
        var supportCase = (await shop.ReadAsync(s => s.Cases.Open(TelegramShop.ConversationOf(shop.Aisha), shop.Clock.GetUtcNow()))).Single();
        var outcome = await shop.ReadAsync(s => s.Outcomes.Find(supportCase.Id));
        outcome!.Signals.Should().ContainSingle(s => s.Signal == OpsChat.Canary.CustomerSignal.ThumbsDown);
    }

    [Fact]
    public async Task who_taps_for_a_person_gets_one()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Aisha.SendText(TelegramShop.AskHours);
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);

        shop.Aisha.Tap("🙋 Talk to a person");

        var card = await shop.CardAsync("talk to a person");
        card.Text.Should().Contain(TelegramShop.AskHours);
        await shop.Aisha.WaitForMessageAsync(
            m => m.Text!.StartsWith("Thank you. A colleague is looking", StringComparison.Ordinal),
            TelegramShop.Patience
        );
    }

    [Fact]
    public async Task cannot_tap_another_customers_button()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Aisha.SendText(TelegramShop.AskHours);
        var answer = await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
        var ben = shop.Server.Customer(1002, "Ben");

        var tap = ben.TapWithData(answer, answer.AllButtons.First().Data!);

        (await tap.Answer.WaitAsync(TelegramShop.Patience)).Text.Should().BeEmpty();
        (await shop.ReadAsync(s => s.Audit.All().Count(e => e.Kind == "customer"))).Should().Be(0);
    }

    [Fact]
    public async Task gets_a_long_text_in_parts_and_in_order()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Aisha.SendText(TelegramShop.AskHours);
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
        var paragraphs = Enumerable.Range(1, 9).Select(n => $"{n}. {new string('x', 900)}").ToList();

        await shop.Store.WriteAsync(s => s.Outbox.Add(Message(shop, string.Join("\n\n", paragraphs))), default);

        await shop.Aisha.WaitForMessageAsync(m => m.Text!.Contains("9. ", StringComparison.Ordinal), TelegramShop.Patience);
        await shop.UntilQuietAsync();
        var parts = TelegramShop.Texts(shop.Aisha).Skip(1).ToList();
        parts.Should().HaveCount(3);
        string.Join("\n\n", parts).Should().Be(string.Join("\n\n", paragraphs));
        shop.Aisha.Messages.Skip(1).Select(m => m.Buttons.Count > 0).Should().Equal(false, false, true);
    }

    [Fact]
    public async Task is_answered_once_through_a_storm_of_429()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Server.Faults.Next("sendMessage", new Fault.TooManyRequests(1), times: 4);

        shop.Aisha.SendText(TelegramShop.AskHours);

        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Should().Equal(TelegramShop.OpeningHours);
        shop.Group.Messages.Should().NotContain(m => m.Text!.Contains("not known", StringComparison.Ordinal));
    }

    [Fact]
    public async Task whose_answer_may_or_may_not_have_left_is_not_sent_it_again_and_the_owner_is_told()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Server.Faults.Next("sendMessage", Fault.DropAfterWork);

        shop.Aisha.SendText(TelegramShop.AskHours);

        await shop.CardAsync("A message may have been sent to Aisha (Telegram)");
        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Should().Equal(TelegramShop.OpeningHours);
    }

    [Fact]
    public async Task who_writes_while_the_host_is_down_is_answered_when_it_is_back()
    {
        await using var shop = await TelegramShop.StartAsync();
        await shop.CloseAsync();

        shop.Aisha.SendText(TelegramShop.AskHours);
        await shop.OpenAsync();

        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
        TelegramShop.Texts(shop.Aisha).Should().ContainSingle(text => text == TelegramShop.OpeningHours);
    }

    [Fact]
    public async Task whose_message_was_stored_when_the_host_died_is_answered_once()
    {
        await using var shop = await TelegramShop.StartAsync(new() { WaitForFragments = TimeSpan.FromSeconds(2) });
        shop.Aisha.SendText(TelegramShop.AskHours);
        await shop.UntilAsync(s => s.Hosts.Undecided().Count == 1);

        await shop.CrashAsync();
        await shop.OpenAsync();

        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Should().Equal(TelegramShop.OpeningHours);
    }

    [Fact]
    public async Task whose_answer_was_on_its_way_when_the_host_died_is_not_sent_it_twice_and_the_owner_is_told()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Server.Faults.Next("sendMessage", Fault.HangAfterWork);
        shop.Aisha.SendText(TelegramShop.AskHours);
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);

        await shop.CrashAsync();
        await shop.OpenAsync();

        await shop.CardAsync("OpsChat was stopped while the message was on its way");
        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Should().Equal(TelegramShop.OpeningHours);
    }

    [Fact]
    public async Task in_the_shops_own_account_is_answered_from_it()
    {
        await using var shop = await TelegramShop.StartAsync();
        var account = shop.Server.BusinessAccount(shop.Siti.Id, "Kedai");
        account.Connect();
        var customer = account.Customer(1005, "Chong");

        customer.SendText(TelegramShop.AskHours);

        var answer = await TelegramShop.GetsAsync(customer, TelegramShop.OpeningHours);
        answer.SenderBusinessBot.Should().NotBeNull();
        answer.Buttons.Should().BeEmpty();
    }

    [Fact]
    public async Task who_was_answered_by_the_owners_own_hand_is_left_to_that_person()
    {
        await using var shop = await TelegramShop.StartAsync();
        var account = shop.Server.BusinessAccount(shop.Siti.Id, "Kedai");
        var connection = account.Connect();
        var customer = account.Customer(1005, "Chong");
        customer.SendText(TelegramShop.AskNonsense);
        var conversation = new ConversationId("tgb", $"{connection}/1005");
        await shop.UntilAsync(s => s.HandOffs.OpenOf(conversation).Count == 1);
        await shop.UntilQuietAsync();

        account.WriteByHand(customer, "I will look into it myself.");
        await shop.UntilAsync(s => s.Conversations.Find(conversation)!.TakenOverUntil is not null);
        var before = customer.Messages.Count;
        customer.SendText(TelegramShop.AskHours);

        await shop.UntilAsync(s =>
            s.HandOffs.OpenOf(conversation).Any(h => h.CustomerWords.Contains(TelegramShop.AskHours, StringComparison.Ordinal))
        );
        await shop.UntilQuietAsync();
        customer.Messages.Should().HaveCount(before, "a person has taken over");
        (await shop.ReadAsync(s => s.Conversations.Transcript(conversation, 0, 20)))
            .Should()
            .Contain(l => l.From == Sender.Person && l.Text == "I will look into it myself.");
    }

    private static OutboxMessage Message(TelegramShop shop, string text) => new()
    {
        Id = Ids.New('o', shop.Clock.GetUtcNow()),
        Conversation = TelegramShop.ConversationOf(shop.Aisha),
        From = Sender.Agent,
        Kind = OutboxKind.Answer,
        Text = text,
        NextTryAt = shop.Clock.GetUtcNow(),
        CreatedAt = shop.Clock.GetUtcNow(),
    };
}
