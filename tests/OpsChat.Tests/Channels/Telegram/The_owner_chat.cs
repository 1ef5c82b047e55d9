using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Messages;
using OpsChat.Operations.Monitors;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using OpsChat.Testing.Telegram;

namespace OpsChat.Tests.Channels.Telegram;

public class The_owner_chat
{
    [Fact]
    public async Task takes_commands_of_approvers()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Siti.Write("/canary 25");
        await shop.CardAsync("Siti set all playbooks to 25 %.");
        shop.Siti.Write("/canary@shop_bot");
        (await shop.CardAsync("25 % of customers are answered by the agent"))
            .Text.Should()
            .Contain("nothing is being judged at present.", "a phone breaks lines by itself");
        shop.Siti.Write("/pause");
        await shop.CardAsync("Paused.");
        shop.Aisha.SendText(TelegramShop.AskHours);
        var card = await shop.CardAsync(TelegramShop.AskHours);
        shop.Siti.ReplyTo(card, "/why");
        await shop.CardAsync("The agent is paused.");
        shop.Siti.Write("/resume");
        await shop.CardAsync("Resumed at 25 %.");
        shop.Siti.Write("/report 7");
        await shop.CardAsync("Answered by the agent");
        shop.Siti.Write("/find aish");
        (await shop.CardAsync("• Aisha (Telegram), last message ")).Text.Should().EndWith(", 1 hand-off waits");
        shop.Siti.Write("/notices");
        await shop.CardAsync("Siti set all playbooks to 25 %.");
        shop.Siti.Write("/find 88%");
        await shop.CardAsync("Nobody and nothing is found");
        shop.Siti.Write("/refund 5");
        await shop.CardAsync("There is no /refund.");
        shop.Siti.Write("/help");
        await shop.CardAsync("/canary – ");

        shop.Server.World.CommandLists.Should()
            .ContainSingle()
            .Which.Commands.Should()
            .Equal(["report", "canary", "pause", "resume", "why", "find", "brief", "queue", "notices", "stock", "ask", "snooze", "help"]);
    }

    [Fact]
    public async Task asks_whether_a_drawn_answer_was_right_and_keeps_the_kind_of_error()
    {
        await using var shop = await TelegramShop.StartAsync(new() { SpotCheck = 1 });
        shop.Aisha.SendText(TelegramShop.AskHours);
        var card = await shop.CardAsync("Was this answer right?");
        card.ThreadId.Should().BeNull();
        card.IsSilent.Should().BeTrue("it went out already, and no phone has to ring");

        shop.Siti.Tap(card, "👎 Wrong");
        var asking = await shop.Group.WaitForMessageAsync(
            m => m.Id == card.Id && m.AllButtons.Any(b => b.Text == ErrorKindText.Sentence(ErrorKind.Incomplete)),
            TelegramShop.Patience
        );
        shop.Siti.Tap(asking, ErrorKindText.Sentence(ErrorKind.Incomplete));

        await shop.CardAsync("👎 Incomplete, Siti");
        var supportCase = (
            await shop.ReadAsync(s => s.Cases.Open(TelegramShop.ConversationOf(shop.Aisha), shop.Clock.GetUtcNow()))
        ).Single();
        (await shop.ReadAsync(s => s.Outcomes.Find(supportCase.Id)))!.SentErrors.Should().Equal(ErrorKind.Incomplete);
    }

    [Fact]
    public async Task gets_one_list_of_drawn_answers_during_a_campaign()
    {
        await using var shop = await TelegramShop.StartAsync(new() { SpotCheck = 1, Campaign = true });
        foreach (var id in Enumerable.Range(2001, 3))
        {
            shop.Server.Customer(id, $"Customer {id}").SendText(TelegramShop.AskHours);
        }

        var list = await shop.CardAsync("3 sent answers to check");
        shop.Siti.Tap(list, "1 👍");
        var shorter = await shop.CardAsync("2 sent answers to check");
        shorter.Id.Should().Be(list.Id);
        shop.Siti.Tap(shorter, "1 👍");
        shop.Siti.Tap(await shop.CardAsync("1 sent answers to check"), "1 👍");

        await shop.CardAsync("All drawn answers are checked.");
        shop.Group.Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task is_not_flooded_but_gets_a_list_that_is_edited()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Forum = false });
        foreach (var id in Enumerable.Range(2001, 30))
        {
            shop.Server.Customer(id, $"Customer {id}").SendText(TelegramShop.AskNonsense);
        }

        await shop.UntilAsync(s => s.HandOffs.List(HandOffState.Open, 100).Count == 30);
        var waiting = await shop.CardAsync("more cards come");
        waiting.Text.Should().Contain("• a hand-off of Customer 20").And.NotContain("tg:");
        await shop.UntilQuietAsync();
        shop.Group.Messages.Count.Should().BeInRange(15, 16);
        shop.Clock.Advance(TimeSpan.FromMinutes(1.1));
        await shop.UntilAsync(s => s.Desk.Open(shop.Group.Id).Count > 27);
        shop.Clock.Advance(TimeSpan.FromMinutes(1.1));

        await shop.CardAsync("All cards are shown.");
        shop.Group.Messages.Should().HaveCount(31);
    }

    [Fact]
    public async Task is_written_to_within_Telegrams_limits()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Rates = Rates.Documented, Pace = new() });
        foreach (var id in Enumerable.Range(2001, 4))
        {
            shop.Server.Customer(id, $"Customer {id}").SendText(TelegramShop.AskNonsense);
        }

        await shop.UntilAsync(s => s.Desk.Open(shop.Group.Id).Count == 4);

        shop.Server.Faults.Take("sendMessage").Should().BeNull();
        shop.Group.Topics.Should().HaveCount(4);
    }

    [Fact]
    public async Task that_is_not_set_yet_leaves_customers_served_and_says_how_to_set_it()
    {
        await using var shop = await TelegramShop.StartAsync(new() { HasOwnerChat = false });

        shop.Aisha.SendText(TelegramShop.AskHours);

        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
        var notices = await shop.ReadAsync(s => s.Notices.Unseen());
        notices.Should().ContainSingle().Which.Text.Should().Contain("OpsChat__Telegram__OwnerChat");
        shop.Siti.Write("/pause");
        await shop.UntilQuietAsync();
        (await shop.ReadAsync(s => s.Settings.Get(SettingNames.Paused))).Should().BeNull();
    }

    [Fact]
    public async Task that_is_not_set_yet_is_proposed_once_for_each_group_with_who_added_the_bot()
    {
        await using var shop = await TelegramShop.StartAsync(new() { HasOwnerChat = false });

        shop.Group.AddBot(shop.Siti);
        shop.Group.AddBot(shop.Stranger);
        await shop.UntilQuietAsync();
        for (var i = 0; i < 20; i++)
        {
            var theirs = shop.Server.OwnerGroup(title: $"Free coins {i}");
            theirs.AddBot(theirs.Owner(shop.Stranger.Id, "Mallory"));
        }

        await shop.UntilQuietAsync();
        var proposed = (await shop.ReadAsync(s => s.Notices.Unseen()))
            .Select(n => n.Text)
            .Where(t => t.Contains("added the bot", StringComparison.Ordinal))
            .ToList();
        proposed
            .Should()
            .ContainSingle(t => t.Contains($"OwnerChat={shop.Group.Id}", StringComparison.Ordinal))
            .Which.Should()
            .StartWith($"Siti (Telegram id {shop.Siti.Id})");
        proposed.Should().HaveCountLessThanOrEqualTo(5, "strangers cannot fill the list");
    }

    [Fact]
    public async Task that_is_set_is_not_proposed_to_be_another()
    {
        await using var shop = await TelegramShop.StartAsync();
        var theirs = shop.Server.OwnerGroup(title: "Free coins");

        theirs.AddBot(theirs.Owner(shop.Stranger.Id, "Mallory"));

        await shop.UntilQuietAsync();
        shop.Group.Messages.Should().BeEmpty();
        (await shop.ReadAsync(s => s.Notices.Unseen())).Should().BeEmpty();
    }

    [Fact]
    public async Task that_lost_the_bot_does_not_stop_the_customers()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Group.RemoveBot();
        shop.Aisha.SendText(TelegramShop.AskNonsense);

        shop.Server.Customer(1002, "Ben").SendText(TelegramShop.AskHours);

        await TelegramShop.GetsAsync(shop.Server.Customer(1002, "Ben"), TelegramShop.OpeningHours);
        TelegramShop.Texts(shop.Aisha).Should().NotContain(TelegramShop.OpeningHours, "only who asks is answered");
    }

    [Fact]
    public async Task shows_cards_whether_Telegram_takes_the_list_of_commands_or_not()
    {
        await using var shop = await TelegramShop.StartAsync(
            new()
            {
                BeforeStart = server =>
                    server.Faults.Next("setMyCommands", new Fault.Refuse(400, "Bad Request: BOT_COMMAND_INVALID"), times: 1000),
            }
        );
        shop.Aisha.SendText(TelegramShop.AskNonsense);

        (await shop.CardAsync(TelegramShop.AskNonsense)).AllButtons.Should().NotBeEmpty();
    }

    [Fact]
    public async Task keeps_the_address_behind_a_word_and_says_that_an_edit_comes_too_late()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Aisha.SendText(TelegramShop.AskNonsense);
        await shop.CardAsync(TelegramShop.AskNonsense);

        var words = shop.Siti.WriteLink("Look here please.", "here", "https://kedai.example/sizes", shop.Group.Topics.Single());
        await TelegramShop.GetsAsync(shop.Aisha, "Look here (https://kedai.example/sizes) please.");
        await shop.UntilAsync(session => session.Seen.Has(new(SeenKind.OwnersWords, $"{shop.Group.Id}/{words.Id}")));
        shop.Siti.EditText(words, "Look there please.");

        await shop.CardAsync("This was passed on already");
        TelegramShop.Texts(shop.Aisha).Should().NotContain(text => text!.Contains("Look there"));
    }

    [Fact]
    public async Task passes_on_what_is_written_in_a_topic_whose_making_was_not_heard_of()
    {
        await using var shop = await TelegramShop.StartAsync(
            new() { BeforeStart = server => server.Faults.Next("createForumTopic", Fault.DropAfterWork) }
        );
        var aisha = shop.Server.Customer(1001, string.Concat(Enumerable.Repeat("Aisha ", 40)));
        aisha.SendText(TelegramShop.AskNonsense);
        await shop.CardAsync(TelegramShop.AskNonsense);
        shop.Group.Topics.Should().HaveCount(2).And.OnlyContain(topic => topic.Name.Length <= 128);

        shop.Siti.Write("Which elephants?", shop.Group.Topics[0]);

        await TelegramShop.GetsAsync(aisha, "Which elephants?");
    }

    [Fact]
    public async Task lists_as_much_as_a_phone_shows_the_newest_first_with_how_many_more()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Forum = false });
        await shop.Store.WriteAsync(
            session =>
            {
                foreach (var i in Enumerable.Range(1, 20))
                {
                    var (id, at) = (new ConversationId("tg", $"{3000 + i}"), shop.Clock.GetUtcNow().AddMinutes(i - 60));
                    session.Conversations.NextSeq(id, "en", at);
                    session.Conversations.SetName(id, $"Nurul {i:00}");
                    session.Notices.Add(
                        "delivery",
                        $"A message to {id} was refused by its channel and did not leave: {new string('x', 400)}",
                        at
                    );
                    session.Notices.SetSeen(session.Notices.Newest(1).Single().Id, at);
                }

                return true;
            },
            CancellationToken.None
        );

        shop.Siti.Write("/find nurul");
        var found = (await shop.CardAsync("Nurul 20")).Text!.Split('\n');
        found[0].Should().StartWith("• Nurul 20 (Telegram), last message ");
        found[7].Should().StartWith("• Nurul 13");
        found[8..].Should().Equal("and 12 more: write more of the name, or look in the console");

        shop.Siti.Write("/notices");
        var told = (await shop.CardAsync("A message to Nurul 20 (Telegram) was refused")).Text!.Split('\n');
        told.Should()
            .HaveCount(7)
            .And.OnlyContain(line => line.Length < 230)
            .And.NotContain(line => line.Contains("tg:", StringComparison.Ordinal));
        told[5].Should().Contain("Nurul 15");
        told[6].Should().Be("and 14 more: /notices 2");
        shop.Siti.Write("/notices 4");
        (await shop.CardAsync("A message to Nurul 01 (Telegram)")).Text!.Split('\n').Should().HaveCount(2, "the oldest are the last");
    }

    [Fact]
    public async Task puts_an_exception_off_by_as_much_of_its_id_as_the_list_shows()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Forum = false });
        await shop.Store.WriteAsync(
            session =>
            {
                foreach (var i in Enumerable.Range(1, 12))
                {
                    var (subject, now) = (SubjectKey.Of(("sku", $"TOTE-{i}")), shop.Clock.GetUtcNow());
                    session.Alerts.Save(
                        new()
                        {
                            Key = subject.KeyFor("stock-low"),
                            Monitor = "stock-low",
                            Subject = subject,
                            Owner = "owner",
                            Headline = $"Tote {i} is low.",
                            OpenedAt = now.AddMinutes(i),
                            CheckedAt = now,
                        }
                    );
                }

                return true;
            },
            CancellationToken.None
        );

        shop.Siti.Write("/queue");
        var lines = (await shop.CardAsync("• Tote 1 is low.")).Text!.Split('\n');
        lines.Should().HaveCount(9);
        lines[8].Should().Be("and 4 more in the console");
        var id = lines[0].Split(' ')[^1];
        id.Should().HaveLength(6);
        shop.Siti.Write($"/snooze {id} 3d");

        (await shop.CardAsync("Put off until ")).Text.Should().EndWith("Tote 1 is low.");
    }

    [Fact]
    public async Task takes_an_outage_after_the_work_for_no_word_about_the_answers()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Server.Faults.Next("sendMessage", new Fault.ServerError(502, AfterWork: true), times: 3);
        var customers = Enumerable.Range(2001, 3).Select(id => shop.Server.Customer(id, $"Customer {id}")).ToList();
        customers.ForEach(customer => customer.SendText(TelegramShop.AskHours));
        foreach (var customer in customers)
        {
            await TelegramShop.GetsAsync(customer, TelegramShop.OpeningHours);
        }

        await shop.UntilAsync(session =>
            session.Notices.Newest(100).Count(n => n.Text.Contains("may have been sent", StringComparison.Ordinal)) == 3
        );
        await shop.Get<RolloutKeeper>().LookAsync(default);

        shop.Get<CanaryConfigFile>().Current.Config.PercentageOf("opening-hours").Should().Be(100);
        shop.Aisha.SendText(TelegramShop.AskHours);
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
    }

    [Fact]
    public async Task shows_what_came_without_words()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Aisha.SendLocation(3.14, 101.69);
        (await shop.CardAsync("[location 3.14, 101.69]")).Text.Should().NotContain("(no words)");

        shop.Server.Customer(1002, "Ben").SendVoice(7);
        (await shop.CardAsync("[voice note (7 s)]")).Text.Should().NotContain("(no words)");
        shop.Server.Customer(1003, "Chong").SendDocument("receipt.pdf");
        (await shop.CardAsync("[document receipt.pdf]")).Text.Should().NotContain("(no words)");
    }
}
