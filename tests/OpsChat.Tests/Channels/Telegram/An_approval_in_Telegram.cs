using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Channels.Telegram;
using OpsChat.Channels.Telegram.Desk;
using OpsChat.Storage.Tables;
using OpsChat.Testing.Telegram;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Channels.Telegram;

public class An_approval_in_Telegram
{
    [Fact]
    public async Task is_a_card_in_the_customers_topic_with_all_that_the_owner_needs()
    {
        await using var shop = await TelegramShop.StartAsync();

        var card = await AskAsync(shop);

        card.Text.Should().Contain("Approve? MYR 12.50").And.Contain(TelegramShop.AskRefund).And.Contain(TelegramShop.Refund)
            .And.Contain("No order was proven").And.Contain("Playbook refund-request").And.Contain("The customer wants money or goods to move.");
        shop.Group.Topics.Should().ContainSingle().Which.Should().Match<Topic>(t => t.ThreadId == card.ThreadId && t.Name == "Aisha · tg:1001");
        card.AllButtons.Select(b => b.Text).Should().Equal("✅ Approve", "✏️ Edit", "❌ Reject", "🙋 Take over", "⏰ Later");
        shop.Aisha.Messages.Should().NotContain(m => m.Text == TelegramShop.Refund);
    }

    [Fact]
    public async Task that_is_approved_sends_exactly_its_text_and_the_card_says_who_and_when()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);

        var tap = shop.Siti.Tap(card, "✅ Approve");

        (await AnswerAsync(tap)).Should().Be("Approved. It is on its way.");
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.Refund);
        var edited = await shop.Group.WaitForMessageAsync(
            m => m.Id == card.Id && m.Text!.Contains(", sent", StringComparison.Ordinal),
            TelegramShop.Patience
        );
        edited.Text.Should().StartWith("✅ Approved by Siti at ");
        edited.Buttons.Should().BeEmpty();
        (await shop.ReadAsync(s => s.ToDos.Open())).Should().ContainSingle();
    }

    [Fact]
    public async Task that_is_edited_waits_again_and_its_old_button_is_dead()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);

        var edit = shop.Siti.Tap(card, "✏️ Edit");
        await AnswerAsync(edit);
        var prompt = await shop.CardAsync("Reply to this message with the new answer.");
        prompt.ThreadId.Should().Be(card.ThreadId);
        await shop.UntilQuietAsync();
        shop.Siti.ReplyTo(prompt, "We refund RM 11 <today>.");
        var revised = await shop.CardAsync("(version 2)");

        revised.Id.Should().Be(card.Id);
        revised.Text.Should().Contain("We refund RM 11 <today>.").And.Contain("Approve? MYR 11.00");
        (await AnswerAsync(shop.Siti.Tap(card, "✅ Approve"))).Should().Be("This card has changed. Look at it again.");
        (await AnswerAsync(shop.Siti.Tap(revised, "✅ Approve"))).Should().StartWith("Look at it once more");
        var twice = await shop.Group.WaitForMessageAsync(
            m => m.Id == revised.Id && m.AllButtons.Any(b => b.Text == "✅ Approve all the same"),
            TelegramShop.Patience
        );
        (await AnswerAsync(shop.Siti.Tap(twice, "✅ Approve all the same"))).Should().StartWith("Approved.");
        await TelegramShop.GetsAsync(shop.Aisha, "We refund RM 11 <today>.");
        TelegramShop.Texts(shop.Aisha).Should().NotContain(TelegramShop.Refund);
    }

    [Fact]
    public async Task whose_edit_comes_again_is_not_said_to_have_changed_meanwhile()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);
        await AnswerAsync(shop.Siti.Tap(card, "✏️ Edit"));
        var prompt = await shop.CardAsync("Reply to this message with the new answer.");
        await shop.UntilAsync(s => s.Desk.Prompt(shop.Group.Id, prompt.Id) is not null);
        var words = new TelegramNews.OwnerWrote(shop.Siti.Id, 4711, prompt.ThreadId, prompt.Id, "We refund RM 11 today.", AnswersBot: true);

        await shop.Get<OwnerMessages>().WroteAsync(words, new("Siti", null, shop.Siti.Id), default);
        await shop.Get<OwnerMessages>().WroteAsync(words, new("Siti", null, shop.Siti.Id), default);

        await shop.CardAsync("(version 2)");
        await shop.UntilQuietAsync();
        shop.Group.Messages.Should().NotContain(m => (m.Text ?? "").Contains("has changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task that_is_rejected_becomes_a_hand_off_and_the_customer_hears_that_it_takes_longer()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);

        (await AnswerAsync(shop.Siti.Tap(card, "❌ Reject"))).Should().Be("Why?");
        var asking = await shop.Group.WaitForMessageAsync(
            m => m.Id == card.Id && m.AllButtons.Any(b => b.Text == "The text is fine, but we do not do this"),
            TelegramShop.Patience
        );
        await AnswerAsync(shop.Siti.Tap(asking, "It was true, and is not any more"));

        await shop.CardAsync("Rejected by Siti");
        var handOff = await shop.CardAsync("Siti rejected the draft (Outdated).");
        handOff.ThreadId.Should().Be(card.ThreadId);
        await shop.Aisha.WaitForMessageAsync(m => m.Text!.StartsWith("Thank you for waiting.", StringComparison.Ordinal), TelegramShop.Patience);
        TelegramShop.Texts(shop.Aisha).Should().NotContain(TelegramShop.Refund);
    }

    [Fact]
    public async Task that_the_customer_no_longer_wants_is_closed_from_the_reasons()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);
        await AnswerAsync(shop.Siti.Tap(card, "❌ Reject"));
        var asking = await shop.Group.WaitForMessageAsync(
            m => m.Id == card.Id && m.AllButtons.Any(b => b.Text == "The customer no longer wants it"), TelegramShop.Patience);

        (await AnswerAsync(shop.Siti.Tap(asking, "The customer no longer wants it"))).Should().StartWith("Closed; nothing was sent.");

        await shop.CardAsync("Closed by Siti");
        (await shop.CardAsync("Siti closed the draft")).ThreadId.Should().Be(card.ThreadId);
        TelegramShop.Texts(shop.Aisha).Should().NotContain(TelegramShop.Refund);
    }

    [Fact]
    public async Task can_be_gone_back_from_the_reasons()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);
        await AnswerAsync(shop.Siti.Tap(card, "❌ Reject"));
        var asking = await shop.Group.WaitForMessageAsync(m => m.Id == card.Id && m.AllButtons.Any(b => b.Text == "↩ Back"), TelegramShop.Patience);

        await AnswerAsync(shop.Siti.Tap(asking, "↩ Back"));

        var again = await shop.Group.WaitForMessageAsync(
            m => m.Id == card.Id && m.AllButtons.Any(b => b.Text == "✅ Approve"),
            TelegramShop.Patience
        );
        again.AllButtons.Select(button => button.Text).Should().Contain("❌ Reject").And.NotContain("↩ Back");
    }

    [Fact]
    public async Task that_is_taken_over_leaves_the_customer_to_that_person()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);

        (await AnswerAsync(shop.Siti.Tap(card, "🙋 Take over"))).Should().StartWith("It is yours.");

        await shop.CardAsync("Siti took this over");
        (await shop.ReadAsync(s => s.Conversations.Find(TelegramShop.ConversationOf(shop.Aisha))))!.TakenOverBy.Should().Be("Siti");
    }

    [Fact]
    public async Task that_is_wanted_later_comes_again_as_the_newest_message()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);

        (await AnswerAsync(shop.Siti.Tap(card, "⏰ Later"))).Should().StartWith("It comes again in an hour.");
        shop.Clock.Advance(TimeSpan.FromMinutes(61));

        var again = await shop.Group.WaitForMessageAsync(
            m => m.Id > card.Id && m.Text!.Contains("Approve?", StringComparison.Ordinal),
            TelegramShop.Patience
        );
        await shop.UntilQuietAsync();
        shop.Group.Messages.Should().NotContain(m => m.Id == card.Id);
        (await AnswerAsync(shop.Siti.Tap(again, "✅ Approve"))).Should().StartWith("Approved.");
    }

    [Fact]
    public async Task that_is_tapped_twice_sends_once()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);

        var taps = Enumerable.Range(0, 5).Select(_ => shop.Siti.Tap(card, "✅ Approve")).ToList();

        var answers = await Task.WhenAll(taps.Select(AnswerAsync));
        answers.Count(a => a.StartsWith("Approved.", StringComparison.Ordinal)).Should().Be(1);
        answers.Count(a => a.StartsWith("Siti decided this at", StringComparison.Ordinal)).Should().Be(4);
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.Refund);
        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Count(t => t == TelegramShop.Refund).Should().Be(1);
    }

    [Fact]
    public async Task that_two_owners_decide_at_once_is_decided_by_one_and_the_other_is_told()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);
        shop.Server.Updates.ReorderNext();

        var approve = shop.Siti.Tap(card, "✅ Approve");
        var takeOver = shop.Ahmad.Tap(card, "🙋 Take over");

        var answers = new[] { await AnswerAsync(approve), await AnswerAsync(takeOver) };
        answers.Count(a => a.Contains(" decided this at ", StringComparison.Ordinal)).Should().Be(1);
        await shop.UntilQuietAsync();
        var approval = (await shop.ReadAsync(s => s.Approvals.List(null, 10))).Single();
        TelegramShop.Texts(shop.Aisha).Count(t => t == TelegramShop.Refund).Should().Be(approval.State == ApprovalState.Sent ? 1 : 0);
    }

    [Fact]
    public async Task above_an_approvers_limit_is_not_theirs_to_approve()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);

        (await AnswerAsync(shop.Ahmad.Tap(card, "✅ Approve")))
            .Should()
            .Be("MYR 12.50 is above the limit of Ahmad. Someone with a higher limit has to approve this.");

        (await shop.ReadAsync(s => s.Approvals.List(ApprovalState.Pending, 10))).Should().ContainSingle();
    }

    [Fact]
    public async Task is_not_moved_by_forged_data()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);
        var real = card.AllButtons.First(b => b.Text == "✅ Approve").Data!;
        var later = card.AllButtons.First(b => b.Text == "⏰ Later").Data!;
        string[] forged =
        [
            "",
            "x",
            "approve",
            real[..^1] + (real[^1] == 'A' ? 'Q' : 'A'),
            real[..^1] + 'B',
            real[..^1] + '!',
            real[..real.LastIndexOf('.')] + ".",
            real[..real.LastIndexOf('.')],
            // The real MAC of another verb, and of another revision.
            real[..real.LastIndexOf('.')] + later[later.LastIndexOf('.')..],
            real.Replace(".1.0.", ".2.0.", StringComparison.Ordinal),
            $"{real}.{real}",
            new string('9', 64),
            "0.a00000000000000000000.999999999999.0.AAAA",
        ];

        var answers = await Task.WhenAll(forged.Select(data => AnswerAsync(shop.Siti.TapWithData(card, data))));

        answers.Should().OnlyContain(a => a.Length == 0 || a == "This card has changed. Look at it again.");
        (await shop.ReadAsync(s => s.Approvals.List(ApprovalState.Pending, 10))).Should().ContainSingle();
    }

    [Fact]
    public async Task is_not_moved_by_a_strangers_tap_or_words()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);
        await shop.UntilQuietAsync();
        var before = shop.Group.Messages.Count;

        (await AnswerAsync(shop.Stranger.Tap(card, "✅ Approve"))).Should().BeEmpty();
        (await AnswerAsync(shop.Aisha.TapWithData(card, card.AllButtons.First().Data!))).Should().BeEmpty("a customer may know the data, too");
        var outside = shop.Server.OwnerGroup(forum: false, "Elsewhere").Owner(9001, "Siti");
        (await AnswerAsync(outside.TapWithData(card, card.AllButtons.First().Data!))).Should().BeEmpty("an approver decides in the owner chat only");
        shop.Stranger.ReplyTo(card, "Here is your money.");
        shop.Stranger.Write("/canary 100");
        await shop.UntilQuietAsync();

        (await shop.ReadAsync(s => s.Approvals.List(ApprovalState.Pending, 10))).Should().ContainSingle();
        shop.Group.Messages.Should().HaveCount(before);
        TelegramShop.Texts(shop.Aisha).Should().NotContain(["Here is your money.", TelegramShop.Refund]);
    }

    [Fact]
    public async Task that_nobody_decides_is_reminded_of_and_then_expires()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);

        shop.Clock.Advance(TimeSpan.FromHours(7));
        await shop.Get<ApprovalClock>().LookAsync(default);
        var reminded = await shop.CardAsync("this still waits for a decision");
        reminded.Text.Should().Contain("⏰ Ahmad");
        (await shop.CardAsync("An approval for Aisha (Telegram) has waited since ")).Text.Should().NotContain("UTC");
        shop.Clock.Advance(TimeSpan.FromHours(6));
        (await AnswerAsync(shop.Siti.Tap(card, "✅ Approve"))).Should().Be("The time for this approval is over.");
        await shop.Get<ApprovalClock>().LookAsync(default);

        await shop.CardAsync("Nobody decided in time. A person has to answer.");
        await shop.Aisha.WaitForMessageAsync(m => m.Text!.StartsWith("Thank you for waiting.", StringComparison.Ordinal), TelegramShop.Patience);
        TelegramShop.Texts(shop.Aisha).Should().NotContain(TelegramShop.Refund);
    }

    [Fact]
    public async Task comes_back_refreshed_when_the_customer_writes_again()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);

        shop.Aisha.SendText("give me a refund, it is the blue one");

        var refreshed = await shop.CardAsync("it is the blue one");
        refreshed.Id.Should().Be(card.Id);
        (await AnswerAsync(shop.Siti.Tap(card, "✅ Approve"))).Should().Be("This card has changed. Look at it again.");
        await AnswerAsync(shop.Siti.Tap(refreshed, "✅ Approve"));
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.Refund);
    }

    [Fact]
    public async Task is_only_marked_by_thanks()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);

        shop.Aisha.SendText("thank you!");

        var marked = await shop.CardAsync("Since then: the customer said thanks");
        marked.Id.Should().Be(card.Id);
        (await AnswerAsync(shop.Siti.Tap(card, "✅ Approve"))).Should().StartWith("Approved.", "the content is the same");
    }

    [Fact]
    public async Task decided_elsewhere_changes_its_card_too()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);
        var approval = (await shop.ReadAsync(s => s.Approvals.List(ApprovalState.Pending, 1))).Single();

        await shop.Get<ApprovalDesk>().DecideAsync(new("console", null, 0), approval.Id, approval.Hash, new ApprovalVerb.Approve(), default);

        (await shop.CardAsync("Approved by console")).Id.Should().Be(card.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task waits_through_a_restart_of_the_host(bool crash)
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);
        await shop.UntilQuietAsync();

        await (crash ? shop.CrashAsync() : shop.CloseAsync());
        var tap = shop.Siti.Tap(card, "✅ Approve");
        await shop.OpenAsync();

        (await AnswerAsync(tap)).Should().StartWith("Approved.");
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.Refund);
        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Count(t => t == TelegramShop.Refund).Should().Be(1);
        shop.Group.Messages.Count(m => m.Text?.Contains(TelegramShop.Refund, StringComparison.Ordinal) == true)
            .Should()
            .Be(1, "the card is the one from before");
    }

    [Fact]
    public async Task is_decided_by_the_first_of_several_taps_that_come_together_and_what_is_written_behind_them_is_heard()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);
        var taps = new List<Tap>();
        using (shop.Server.Updates.Together())
        {
            taps.Add(shop.Siti.Tap(card, "✅ Approve"));
            taps.Add(shop.Siti.Tap(card, "🙋 Take over"));
            shop.Siti.Write("/canary 25");
            taps.Add(shop.Siti.Tap(card, "✅ Approve"));
        }

        (await AnswerAsync(taps[0])).Should().StartWith("Approved.");
        (await AnswerAsync(taps[1])).Should().Contain("decided this at");
        (await AnswerAsync(taps[2])).Should().Contain("decided this at");
        await shop.CardAsync("25 %");
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.Refund);
        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Count(t => t == TelegramShop.Refund).Should().Be(1);
    }

    [Fact]
    public async Task with_an_album_has_its_words_and_every_picture_beside_it()
    {
        await using var shop = await TelegramShop.StartAsync(new() { WaitForFragments = TimeSpan.FromSeconds(2) });
        using (shop.Server.Updates.Together())
        {
            shop.Aisha.SendPhoto(TelegramShop.AskRefund, PictureFiles.Photo("jpeg"));
            shop.Aisha.SendPhoto(null, PictureFiles.Png);
        }

        var card = await shop.CardAsync("Approve?");
        await shop.UntilAsync(session => session.Pictures.Unshown(10).Count == 0 && session.Pictures.NextDue() is null);

        card.Text.Should().Contain($"{TelegramShop.AskRefund}\n[photo, photo]\n");
        shop.Group.Messages.Where(m => m.Attachment is { Kind: "photo" }).Should().HaveCount(2).And.OnlyContain(m => m.ReplyTo == card.Id);
    }

    [Fact]
    public async Task whose_new_answer_is_changed_in_place_says_that_the_change_is_not_in_it()
    {
        await using var shop = await TelegramShop.StartAsync();
        await AnswerAsync(shop.Siti.Tap(await AskAsync(shop), "✏️ Edit"));
        var prompt = await shop.CardAsync("Reply to this message with the new answer.");
        prompt.OpensAnswerOfMentioned.Should().BeTrue("the other approvers' phones stay as they are");
        await shop.UntilAsync(s => s.Desk.Prompt(shop.Group.Id, prompt.Id) is not null);
        var words = shop.Siti.ReplyTo(prompt, "We refund RM 11 today.");
        await shop.CardAsync("(version 2)");
        await shop.UntilAsync(session => session.Seen.Has(new(SeenKind.OwnersEdit, $"{shop.Group.Id}/{words.Id}")));

        shop.Siti.EditText(words, "We refund RM 12 today.");

        await shop.CardAsync("the change is not in it");
        shop.Siti.EditText(shop.Siti.Write("/canary 25"), "/canary 52");
        await shop.CardAsync("A command that is changed is not carried out.");
    }

    [Fact]
    public async Task says_on_its_card_that_a_person_has_answered_since_and_asks_before_it_is_sent()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);
        shop.Siti.Write("We look into it, one moment.", shop.Group.Topics.Single());

        var now = await shop.Group.WaitForMessageAsync(
            m => m.Id == card.Id && m.Text!.Contains("A person has answered the customer since", StringComparison.Ordinal),
            TelegramShop.Patience
        );

        (await AnswerAsync(shop.Siti.Tap(now, "✅ Approve"))).Should().NotStartWith("Approved");
        TelegramShop.Texts(shop.Aisha).Should().NotContain(TelegramShop.Refund);
    }

    internal static async Task<ChatMessage> AskAsync(TelegramShop shop, Customer? customer = null)
    {
        var (who, before) = (customer ?? shop.Aisha, shop.Group.Messages.Count == 0 ? 0 : shop.Group.Messages[^1].Id);
        who.SendText(TelegramShop.AskRefund);
        return await shop.Group.WaitForMessageAsync(
            m => m.Id > before && m.Text?.Contains("Approve?", StringComparison.Ordinal) == true,
            TelegramShop.Patience
        );
    }

    internal static async Task<string> AnswerAsync(Tap tap) => (await tap.Answer.WaitAsync(TelegramShop.Patience)).Text;
}
