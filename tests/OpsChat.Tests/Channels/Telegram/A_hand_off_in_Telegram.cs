using OpsChat.Approvals;
using OpsChat.Channels.Telegram;
using OpsChat.Channels.Telegram.Desk;
using OpsChat.Testing.Telegram;

namespace OpsChat.Tests.Channels.Telegram;

public class A_hand_off_in_Telegram
{
    [Fact]
    public async Task is_sent_as_suggested_with_one_tap()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Percentage = 0 });
        var card = await AskAsync(shop, TelegramShop.AskHours);
        card.Text.Should().Contain(TelegramShop.OpeningHours).And.Contain("outside the canary");

        var taps = new[] { shop.Siti.Tap(card, "✅ Send as it is"), shop.Ahmad.Tap(card, "✅ Send as it is") };

        var answers = await Task.WhenAll(taps.Select(AnswerAsync));
        answers[0].Should().Be("Sent.");
        answers[1].Should().StartWith("Sent as suggested, Siti");
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
        await shop.CardAsync("✔ Sent as suggested, Siti");
        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Count(t => t == TelegramShop.OpeningHours).Should().Be(1);
    }

    [Fact]
    public async Task is_answered_with_an_edited_suggestion()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Percentage = 0 });
        var card = await AskAsync(shop, TelegramShop.AskHours);

        await AnswerAsync(shop.Siti.Tap(card, "✏️ Edit"));
        var prompt = await shop.CardAsync("Reply to this message with the answer as it shall be sent.");
        await shop.UntilAsync(session => session.Desk.Prompt(shop.Group.Id, prompt.Id) is not null);
        shop.Siti.ReplyTo(prompt, "We are here from 9 to 6, and on Saturday until 1.");

        await TelegramShop.GetsAsync(shop.Aisha, "We are here from 9 to 6, and on Saturday until 1.");
        await shop.CardAsync("✔ Answered in own words, Siti");
        TelegramShop.Texts(shop.Aisha).Should().ContainSingle(text => text == "We are here from 9 to 6, and on Saturday until 1.");
    }

    [Fact]
    public async Task that_someone_else_answered_meanwhile_is_not_answered_twice_by_a_prompt()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop, TelegramShop.AskNonsense);
        await AnswerAsync(shop.Siti.Tap(card, "📝 Write my own"));
        var prompt = await shop.CardAsync("Reply to this message with your answer.");
        await shop.UntilQuietAsync();

        shop.Ahmad.ReplyTo(card, "Elephants do not sing.");
        await TelegramShop.GetsAsync(shop.Aisha, "Elephants do not sing.");
        shop.Siti.ReplyTo(prompt, "They do.");

        await shop.CardAsync("Somebody has answered or closed this meanwhile");
        TelegramShop.Texts(shop.Aisha).Should().NotContain("They do.");
    }

    [Fact]
    public async Task that_is_no_case_is_closed_without_an_answer()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop, TelegramShop.AskNonsense);
        await shop.UntilQuietAsync();
        var before = shop.Aisha.Messages.Count;

        (await AnswerAsync(shop.Siti.Tap(card, "🚫 Not a case for us"))).Should().Be("Closed without an answer.");

        await shop.CardAsync("✔ Dismissed, Siti");
        shop.Aisha.Messages.Should().HaveCount(before);
    }

    [Fact]
    public async Task is_answered_in_its_topic_as_the_shop_and_the_agent_is_silent_until_resumed()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop, TelegramShop.AskNonsense);
        await shop.UntilQuietAsync();
        var topic = shop.Group.Topics.Single();
        card.ThreadId.Should().Be(topic.ThreadId);

        shop.Siti.Write("Which elephants?", topic);
        await TelegramShop.GetsAsync(shop.Aisha, "Which elephants?");
        shop.Aisha.SendText(TelegramShop.AskHours);
        await shop.Group.WaitForMessageAsync(
            m => m.Id > card.Id && m.Text!.Contains(TelegramShop.AskHours, StringComparison.Ordinal),
            TelegramShop.Patience
        );
        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Should().NotContain(TelegramShop.OpeningHours, "a person has taken over");

        shop.Siti.Write("/resume", topic);
        await shop.CardAsync("The agent answers this customer again.");
        (await shop.ReadAsync(s => s.Conversations.Find(TelegramShop.ConversationOf(shop.Aisha))))!.TakenOverUntil.Should().BeNull();
    }

    [Fact]
    public async Task is_not_answered_by_what_replies_to_something_else_or_is_no_text()
    {
        await using var shop = await TelegramShop.StartAsync();
        await AskAsync(shop, TelegramShop.AskNonsense);
        await shop.UntilQuietAsync();
        var topic = shop.Group.Topics.Single();
        var before = shop.Aisha.Messages.Count;

        var talk = shop.Stranger.Write("What does she mean?", topic);
        shop.Siti.ReplyTo(talk, "No idea, the customer is odd.");
        await shop.CardAsync("This was not sent: it answers a message that is no card.");
        shop.Siti.Write(new string('x', 4050), topic);
        await shop.CardAsync("at most 4,000 are sent at once");
        shop.Siti.Write("Lunch?");
        await shop.UntilQuietAsync();

        shop.Aisha.Messages.Should().HaveCount(before);
    }

    [Fact]
    public async Task in_a_plain_group_is_answered_by_a_reply_to_its_card()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Forum = false });
        var card = await AskAsync(shop, TelegramShop.AskNonsense);
        await shop.UntilQuietAsync();

        shop.Siti.ReplyTo(card, "Which elephants?");

        await TelegramShop.GetsAsync(shop.Aisha, "Which elephants?");
        shop.Group.Topics.Should().BeEmpty();
    }

    [Fact]
    public async Task reaches_the_supergroup_that_the_group_became_also_after_a_restart()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Forum = false });
        var card = await AskAsync(shop, TelegramShop.AskNonsense);
        await shop.UntilQuietAsync();

        shop.Group.Upgrade();

        var again = await shop.CardAsync(TelegramShop.AskNonsense);
        again.AllButtons.Should().NotBeEmpty();
        await shop.CloseAsync();
        await shop.OpenAsync();
        var siti = shop.Group.Owner(9001, "Siti");
        siti.ReplyTo(again, "Which elephants?");
        await TelegramShop.GetsAsync(shop.Aisha, "Which elephants?");
    }

    [Fact]
    public async Task stands_in_one_line_with_a_word_about_it_where_the_bot_may_not_open_topics()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Group.LetBotManageTopics(false);

        var card = await AskAsync(shop, TelegramShop.AskNonsense);

        card.ThreadId.Should().BeNull();
        await shop.CardAsync("switch on “Manage topics”");
        shop.Siti.ReplyTo(card, "Which elephants?");
        await TelegramShop.GetsAsync(shop.Aisha, "Which elephants?");
    }

    [Fact]
    public async Task is_told_once_when_the_owners_words_come_twice()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop, TelegramShop.AskNonsense);
        await shop.UntilQuietAsync();

        shop.Server.Updates.RepeatNext();
        shop.Siti.ReplyTo(card, "Which elephants?");
        await TelegramShop.GetsAsync(shop.Aisha, "Which elephants?");
        shop.Server.Updates.RedeliverLast();
        await shop.UntilQuietAsync();

        TelegramShop.Texts(shop.Aisha).Count(t => t == "Which elephants?").Should().Be(1);
    }

    [Fact]
    public async Task whose_prompt_could_not_be_stored_at_first_is_answered_by_it_later()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop, TelegramShop.AskNonsense);
        await shop.UntilQuietAsync();
        await shop.TroubleAfterAsync(
            "sendMessage",
            () =>
            {
                shop.Siti.Tap(card, "📝 Write my own");
                return Task.CompletedTask;
            },
            () => Prompt(shop) is not null
        );

        shop.Store.IsInTrouble = false;
        var prompt = Prompt(shop)!;
        await shop.UntilAsync(s => s.Desk.Prompt(shop.Group.Id, prompt.Id) is not null);
        shop.Siti.ReplyTo(prompt, "Which elephants?");

        await TelegramShop.GetsAsync(shop.Aisha, "Which elephants?");
        shop.Group.Messages.Count(m => m.Text == prompt.Text).Should().Be(1);
    }

    [Fact]
    public async Task is_not_said_to_be_answered_by_somebody_else_when_the_same_words_come_again()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop, TelegramShop.AskNonsense);
        await AnswerAsync(shop.Siti.Tap(card, "📝 Write my own"));
        var prompt = await shop.CardAsync("Reply to this message with your answer.");
        await shop.UntilAsync(s => s.Desk.Prompt(shop.Group.Id, prompt.Id) is not null);
        var words = new TelegramNews.OwnerWrote(shop.Siti.Id, 4711, prompt.ThreadId, prompt.Id, "Which elephants?", AnswersBot: true);

        // As when the host ends after the words were stored and before their update was noted.
        await shop.Get<OwnerMessages>().WroteAsync(words, new("Siti", null, shop.Siti.Id), default);
        await shop.Get<OwnerMessages>().WroteAsync(words, new("Siti", null, shop.Siti.Id), default);

        await TelegramShop.GetsAsync(shop.Aisha, "Which elephants?");
        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Count(t => t == "Which elephants?").Should().Be(1);
        shop.Group.Messages.Should().NotContain(m => (m.Text ?? "").Contains("was not sent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task is_not_answered_by_a_reply_to_other_words_of_the_bot_and_the_owner_is_told()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Forum = false });
        await AskAsync(shop, TelegramShop.AskNonsense);
        shop.Siti.Write("/help");
        var help = await shop.CardAsync("/canary – ");

        shop.Siti.ReplyTo(help, "Which elephants?");

        await shop.CardAsync("This was not passed on to anybody");
        shop.Siti.ReplyTo(shop.Ahmad.Write("Lunch?"), "Yes.");
        await shop.UntilQuietAsync();
        shop.Group.Messages.Count(m => m.Text!.Contains("not passed on", StringComparison.Ordinal))
            .Should()
            .Be(1, "colleagues talk among themselves");
        TelegramShop.Texts(shop.Aisha).Should().NotContain("Which elephants?").And.NotContain("Yes.");
    }

    [Fact]
    public async Task sends_the_other_reply_that_was_meant_after_its_second_step()
    {
        const string Other = "We will refund MYR 20.00 today.";
        await using var shop = await TelegramShop.StartAsync();
        await AskAsync(shop, TelegramShop.AskNonsense);
        await shop.Store.WriteAsync(
            session =>
            {
                var open = session.HandOffs.OpenOf(TelegramShop.ConversationOf(shop.Aisha)).Single();
                session.HandOffs.Save(
                    open with
                    {
                        Suggestion = "What may we do?",
                        Alternatives = [new("opening-hours", 0.3, TelegramShop.OpeningHours), new("refund-request", 0.2, Other)],
                    }
                );
                var now = shop.Clock.GetUtcNow();
                session.Approvals.Add(
                    new Approval
                    {
                        Id = Ids.New('a', now),
                        Revision = 1,
                        Conversation = open.Conversation,
                        CaseId = open.CaseId,
                        Turn = open.Turn,
                        CustomerWords = "refund",
                        Text = Other,
                        Suggested = Other,
                        Playbook = "refund-request",
                        Version = "1",
                        Action = "refund-request",
                        OrderNumber = "#7",
                        State = ApprovalState.Expired,
                        CreatedAt = now,
                        ExpiresAt = now,
                    }.Sealed()
                );
                return true;
            },
            CancellationToken.None
        );
        var card = await shop.CardAsync("2. refund-request");

        (await AnswerAsync(shop.Siti.Tap(card, "✅ Send 2. refund-request")))
            .Should()
            .Be("Look at it once more.", "what is left of the order is not known");
        var twice = await shop.Group.WaitForMessageAsync(
            m => m.Id == card.Id && m.AllButtons.Any(b => b.Text == "✅ Send all the same"),
            TelegramShop.Patience
        );
        (await AnswerAsync(shop.Siti.Tap(twice, "✅ Send all the same"))).Should().Be("Sent.");

        await shop.CardAsync("✔ Sent the other suggestion, Siti");
        (await shop.ReadAsync(s => s.Approvals.OfOrder("#7")))
            .Should()
            .ContainSingle(a => a.State != ApprovalState.Expired)
            .Which.Text.Should()
            .Be(Other);
    }

    private static ChatMessage? Prompt(TelegramShop shop) =>
        shop.Group.Messages.LastOrDefault(m => m.Text?.StartsWith("Siti: Reply to this message", StringComparison.Ordinal) == true);

    private static async Task<ChatMessage> AskAsync(TelegramShop shop, string words)
    {
        shop.Aisha.SendText(words);
        return await shop.CardAsync(words);
    }

    private static async Task<string> AnswerAsync(Tap tap) => (await tap.Answer.WaitAsync(TelegramShop.Patience)).Text;
}
