using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Audit;
using OpsChat.Messages;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using OpsChat.Storage.ErrorLog;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Privacy;

public class A_forgotten_customer
{
    private const string Email = "amirul.hakim@example.com";
    private const string WantsMoneyBack = $"I want a refund for order #1292, {Email}";

    [Fact]
    public async Task leaves_no_byte_of_words_or_address_in_the_databases_files()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("opschat.db");
        await using (var shop = await ShopUnderTest.OpenAsync(database: file))
        {
            await shop.SayAsync("amirul", WantsMoneyBack);
            await shop.SayAsync("amirul", "my name is Quibblewick and the zanzibarmug is cracked");
            DatabaseFiles.Contents(file).Should().Contain("zanzibarmug", "the test must look where words are");

            (await ForgetAsync(shop, "api:amirul")).Conversations.Should().Be(1);
            (await shop.Get<FileRewrite>().RewriteWhenItIsTimeAsync(CancellationToken.None)).Should().BeFalse("somebody wrote just now");
            shop.Clock.Advance(TimeSpan.FromMinutes(2));
            (await shop.Get<FileRewrite>().RewriteWhenItIsTimeAsync(CancellationToken.None)).Should().BeTrue();

            DatabaseFiles
                .Contents(file)
                .Should()
                .NotContain("zanzibarmug")
                .And.NotContain(Email)
                .And.NotContain("Quibblewick")
                .And.NotContain("api:amirul");
        }
    }

    [Fact]
    public async Task leaves_no_byte_among_thousands_of_others_whose_rows_grew_and_moved()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("opschat.db");
        await using var shop = await ShopUnderTest.OpenAsync(database: file);
        var random = new Random(20261121);
        var words = Enumerable.Range(0, 60).Select(n => $"quagga{n:000}").ToList();
        for (var round = 0; round < 30; round++)
        {
            foreach (var word in words)
            {
                await shop.WriteAsync(word, string.Join(' ', Enumerable.Repeat(word, random.Next(1, 60))));
            }

            await shop.Store.WriteAsync(
                session => words.ForEach(word => session.Inbox.Decide(ShopUnderTest.Of(word), long.MaxValue, $"t-{round}")),
                CancellationToken.None
            );
        }

        foreach (var word in words.Take(20))
        {
            await ForgetAsync(shop, $"api:{word}");
        }

        await FileRewrite.RunAsync(shop.Store, CancellationToken.None);

        var left = DatabaseFiles.Contents(file);
        words.Take(20).Where(word => left.Contains(word, StringComparison.Ordinal)).Should().BeEmpty();
        words.Skip(20).Should().OnlyContain(word => left.Contains(word, StringComparison.Ordinal), "the others are still there");
    }

    [Fact]
    public async Task waits_for_a_quiet_moment_with_the_rewriting_of_the_file_but_at_most_a_day()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        await ForgetAsync(shop, "api:amirul");

        for (var hour = 0; hour < 24; hour++)
        {
            (await shop.Get<FileRewrite>().RewriteWhenItIsTimeAsync(CancellationToken.None)).Should().BeFalse("customers write without a pause");
            shop.Clock.Advance(TimeSpan.FromHours(1));
            await shop.SayAsync("farah", "Do you ship to Penang?");
        }

        (await shop.Get<FileRewrite>().RewriteWhenItIsTimeAsync(CancellationToken.None)).Should().BeTrue();
        (await shop.Get<FileRewrite>().RewriteWhenItIsTimeAsync(CancellationToken.None)).Should().BeFalse("it is done");
    }

    [Fact]
    public async Task is_found_by_an_address_that_was_given()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        await shop.SayAsync("farah", "Do you ship to Penang?");

        (await ForgetAsync(shop, Email.ToUpperInvariant())).Conversations.Should().Be(1);

        (await shop.ReceivedAsync("amirul")).Should().BeEmpty();
        (await shop.ReceivedAsync("farah")).Should().NotBeEmpty();
    }

    [Theory]
    [InlineData(Email)]
    [InlineData("AMIRUL.HAKIM＠example.com")]
    public async Task is_found_by_an_address_that_was_given_days_ago_and_nobody_else_is(string written)
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", $"I want a refund for order #1292, {written}");
        await shop.SayAsync("other", "I want a refund for order #1292, nur.amirul.hakim@example.com and amirul.hakim@example.com.my");
        shop.Clock.Advance(TimeSpan.FromDays(2));
        await shop.SayAsync("amirul", "Do you ship to Penang?");
        shop.Clock.Advance(TimeSpan.FromDays(2));
        await shop.SayAsync("amirul", "and to Ipoh?");

        (await ForgetAsync(shop, Email)).Conversations.Should().Be(1);

        (await shop.ReceivedAsync("amirul")).Should().BeEmpty();
        (await shop.ReceivedAsync("other")).Should().NotBeEmpty();
    }

    /// <summary>How far the approved text is when its customer is forgotten.</summary>
    public enum OnItsWay { Queued, Sending, PartlySent, MayHaveLeft }

    [Theory]
    [InlineData(OnItsWay.Queued, false)]
    [InlineData(OnItsWay.Sending, true)]
    [InlineData(OnItsWay.PartlySent, true)]
    [InlineData(OnItsWay.MayHaveLeft, true)]
    public async Task is_still_owed_what_was_promised_in_a_text_that_may_have_reached_them(OnItsWay how, bool isOwed)
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();
        await shop.Get<ApprovalDesk>().DecideAsync(shop.Owner, card.Id, card.Hash, new ApprovalVerb.Approve(), CancellationToken.None);
        var now = shop.Clock.GetUtcNow();
        var id = (await shop.Store.ReadAsync(session => session.Outbox.OfApproval(card.Id)!.Id, CancellationToken.None));
        await shop.Store.WriteAsync(session =>
        {
            if (how != OnItsWay.Queued)
            {
                session.Outbox.Move(id, OutboxState.Queued, OutboxState.Sending, now);
            }

            if (how == OnItsWay.PartlySent)
            {
                session.Outbox.Continue(id, 1, null, now);
            }
            else if (how == OnItsWay.MayHaveLeft)
            {
                session.Outbox.Move(id, OutboxState.Sending, OutboxState.Uncertain, now);
                session.Outbox.SendAgain(id, now);
            }
        }, CancellationToken.None);

        await ForgetAsync(shop, "api:amirul");
        await shop.SendAsync();

        var owed = await shop.Store.ReadAsync(session => session.ToDos.Open(), CancellationToken.None);
        owed.Should().HaveCount(isOwed ? 1 : 0);
        if (isOwed)
        {
            (owed[0].OrderNumber, owed[0].Amount, owed[0].Text).Should().Be(("#1292", card.Amount, ""));
            owed[0].Instruction.Should().Contain("forgotten").And.Contain("#1292").And.Contain(card.Amount.ToString());
        }

        (await shop.Store.ReadAsync(session => session.Approvals.Find(card.Id)!.State, CancellationToken.None))
            .Should()
            .Be(isOwed ? ApprovalState.Uncertain : ApprovalState.Stopped);
        (await shop.ReceivedAsync("amirul")).Should().BeEmpty();
    }

    [Fact]
    public async Task was_never_in_a_byte_of_the_error_log()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        await shop.SayAsync("amirul", "my name is Quibblewick and the zanzibarmug is cracked");
        var log = shop.Get<ErrorRateLog>();
        (await log.CatchUpAsync(CancellationToken.None)).Through.Should().BePositive();

        var contents = DatabaseFiles.Contents(shop.InData("error-rates.db")) + DatabaseFiles.Contents(shop.InData("error-rates-log"));

        contents.Should().Contain("playbook", "the test must look where rows are");
        contents.Should().NotContain("zanzibarmug").And.NotContain(Email).And.NotContain("Quibblewick").And.NotContain("amirul");
    }

    [Fact]
    public async Task leaves_the_numbers_and_the_audit_chain_as_they_were()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("farah", "Do you ship to Penang?");
        await shop.SayAsync("amirul", WantsMoneyBack);
        var before = await CountersAsync(shop.Store);
        var rows = await shop.Store.ReadAsync(session => session.Audit.Head()!.Seq, CancellationToken.None);

        await ForgetAsync(shop, "api:amirul");

        (await CountersAsync(shop.Store)).Should().BeEquivalentTo(before);
        (await shop.Store.ReadAsync(session => AuditChain.Verify(session.Audit.All()), CancellationToken.None))
            .Should().BeOfType<AuditVerdict.Whole>().Which.Entries.Should().Be(rows + 1, "the forgetting itself is on record");
    }

    [Fact]
    public async Task has_nothing_left_that_waits_or_could_be_sent()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();

        await ForgetAsync(shop, "api:amirul");

        (await shop.PendingAsync()).Should().BeEmpty();
        (await shop.HandOffsAsync()).Should().BeEmpty();
        (await shop.DecideAsync(card, new OpsChat.Agent.ApprovalVerb.Approve())).Should().BeOfType<OpsChat.Agent.DeskAnswer.Late>();
    }

    [Fact]
    public async Task may_come_back_as_somebody_new()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        await ForgetAsync(shop, "api:amirul");

        await shop.SayAsync("amirul", "Do you ship to Penang?");

        (await shop.ReceivedAsync("amirul")).Should().ContainSingle();
    }

    [Fact]
    public async Task does_not_come_back_with_a_decision_that_was_under_way()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.WriteAsync("amirul", WantsMoneyBack);
        await ForgetAsync(shop, "api:amirul");

        await shop.DecideAsync("amirul");

        (await shop.Store.ReadAsync(session => session.Turns.Of(ShopUnderTest.Of("amirul"), 10), CancellationToken.None)).Should().BeEmpty();
        (await shop.PendingAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task does_not_come_back_when_somebody_of_that_name_writes_during_the_decision()
    {
        ShopUnderTest? shop = null;
        var hasForgotten = false;
        await using var opened = await ShopUnderTest.OpenAsync(model: new ScriptedModel(prompt =>
        {
            if (!hasForgotten)
            {
                hasForgotten = true;
                Task.Run(async () =>
                {
                    await ForgetAsync(shop!, "api:amirul");
                    await shop!.WriteAsync("amirul", "Do you ship to Penang?");
                }).Wait();
            }

            return new Jobs().Answer(prompt);
        }));
        shop = opened;
        await shop.WriteAsync("amirul", "hello, is the linen tote in stock? my zanzibarmug is lonely");

        await shop.DecideAsync("amirul");
        hasForgotten.Should().BeTrue();
        (await shop.Store.ReadAsync(session => session.Turns.Of(ShopUnderTest.Of("amirul"), 10), CancellationToken.None)).Should().BeEmpty();

        await shop.DecideAsync("amirul");
        (await shop.ReceivedAsync("amirul")).Should().ContainSingle().Which.Should().Contain("West Malaysia");
    }

    [Fact]
    public async Task leaves_no_other_draft_and_no_word_of_theirs_in_the_reasons_of_a_decision()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", "the thing with the other thing from before, you know, the zanzibarmug");
        await shop.Store.WriteAsync(session => session.HandOffs.Save(session.HandOffs.List(HandOffState.Open, 1)[0] with
        {
            Alternatives = [new("where-is-my-order", 0.3, "Your zanzibarmug of #1292 is on its way.")],
            Confidence = 0.4,
        }), CancellationToken.None);

        await ForgetAsync(shop, "api:amirul");

        var (left, trace) = await shop.Store.ReadAsync(
            session =>
                (
                    session.HandOffs.List(HandOffState.Closed, 1)[0],
                    session.Turns.Since(default).Select(id => session.Turns.Find(id)!.Trace).Single()
                ),
            CancellationToken.None
        );
        left.Alternatives.Should().BeEmpty();
        left.Confidence.Should().BeNull();
        trace.PlaybookBecause.Should().BeEmpty();
    }

    [Fact]
    public async Task is_taken_out_of_alerts_and_notices_and_nobody_else_is()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        string[] customers = ["bob+1@x&y", "bob+1@x&y0"];
        foreach (var customer in customers)
        {
            await shop.SayAsync(customer, "hello");
        }

        await shop.Store.WriteAsync(session =>
        {
            session.Alerts.Save(Named(customers));
            session.ShopActions.Add(Notice(customers));
        }, CancellationToken.None);
        var head = await shop.Store.ReadAsync(session => session.Alerts.Head(), CancellationToken.None);

        await ForgetAsync(shop, $"api:{customers[0]}");

        var (alert, notice, now) = await shop.Store.ReadAsync(
            session => (session.Alerts.Find("support-volume|topic=x")!, session.ShopActions.Find("s-1")!, session.Alerts.Head()),
            CancellationToken.None
        );
        alert
            .Evidence.Single()
            .Text.Should()
            .EndWith($"wrote, and {ShopUnderTest.Of(customers[1])}.")
            .And.NotContain($"{ShopUnderTest.Of(customers[0])} ");
        now.Should().BeGreaterThan(head, "a look that is under way has to see it");
        notice
            .Recipients.Select(one => one.Conversation)
            .Should()
            .NotContain(ShopUnderTest.Of(customers[0]))
            .And.Contain(ShopUnderTest.Of(customers[1]));
        notice.Recipients.Single(one => one.Conversation.Channel == "forgotten").Text.Should().BeEmpty();
    }

    [Fact]
    public async Task is_not_a_customer_whose_name_only_begins_the_same()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", "Do you ship to Penang?");
        await shop.SayAsync("amirul2", "Do you ship to Penang?");

        await ForgetAsync(shop, "api:amirul");

        (await shop.ReceivedAsync("amirul2")).Should().ContainSingle();
    }

    [Fact]
    public async Task who_was_never_here_changes_nothing()
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        (await ForgetAsync(shop, "api:nobody")).Conversations.Should().Be(0);
        (await FluentActions.Awaiting(() => ForgetAsync(shop, "just words")).Should().ThrowAsync<FormatException>()).WithMessage("*tg:12345*");
    }

    [Fact]
    public async Task is_every_customer_who_was_quiet_for_longer_than_the_owner_keeps_them()
    {
        await using var shop = await ShopUnderTest.OpenAsync(configure: options => options.Retention = 30);
        await shop.SayAsync("farah", "hello");
        await shop.SayAsync("amirul", WantsMoneyBack);
        shop.Clock.Advance(TimeSpan.FromDays(20));
        await shop.SayAsync("mei", "Do you ship to Penang?");
        shop.Clock.Advance(TimeSpan.FromDays(11));

        (await shop.Get<RetentionSweep>().SweepAsync(CancellationToken.None))
            .Should()
            .Be(1, "amirul still waits for an approval and mei wrote 11 days ago");

        (await shop.ReceivedAsync("farah")).Should().BeEmpty();
        (await shop.ReceivedAsync("mei")).Should().NotBeEmpty();
    }

    [Fact]
    public async Task whose_words_a_model_saw_is_named_by_no_note_of_its_calls()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("opschat.db");
        await using var shop = await ShopUnderTest.OpenAsync(database: file, model: new ScriptedModel(new Jobs().Answer));
        (await shop.SayAsync("amirul", "Do you ship to Penang?")).ModelUses.Should().NotBeEmpty();

        await ForgetAsync(shop, "api:amirul");

        DatabaseFiles.Rows(file).Where(row => row.Contains("amirul")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("tg:100577")]
    [InlineData("tgb:connection-8/100577")]
    public async Task of_Telegram_leaves_no_number_of_a_chat_and_takes_no_other_chats(string conversation)
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        SeenKey[] theirs = [new(SeenKind.TelegramStart, "100577/1"), new(SeenKind.WrittenByHand, "100577/12")],
            others =
            [
                new(SeenKind.TelegramStart, "1005770/1"),
                new(SeenKind.WrittenByHand, "1005770/12"),
                new(SeenKind.TelegramUpdate, "100577"),
            ];
        await shop.Store.WriteAsync(
            session =>
            {
                session.Conversations.NextSeq(ConversationId.Parse(conversation), "Chong", shop.Clock.GetUtcNow());
                theirs.Concat(others).ToList().ForEach(key => session.Seen.Add(key, shop.Clock.GetUtcNow()));
            }, CancellationToken.None);

        (await ForgetAsync(shop, conversation)).Conversations.Should().Be(1);

        (await shop.Store.ReadAsync(session => theirs.Concat(others).Where(session.Seen.Has).ToList(), CancellationToken.None))
            .Should()
            .Equal(others);
    }

    private static Alert Named(string[] customers) =>
        new()
        {
            Key = "support-volume|topic=x",
            Monitor = "support-volume",
            Subject = SubjectKey.Of(("topic", "x")),
            Owner = "support",
            Headline = "Many write.",
            Evidence =
            [
                new($"{string.Join(" wrote, and ", customers.Select(ShopUnderTest.Of))}.", "the chat", null, ShopUnderTest.Morning),
            ],
            OpenedAt = ShopUnderTest.Morning,
            CheckedAt = ShopUnderTest.Morning,
        };

    private static ShopAction Notice(string[] customers) =>
        new ShopAction
        {
            Id = "s-1",
            Alert = "a-1",
            Lane = "parcel-late/customer-notice",
            Kind = ActionKind.CustomerNotice,
            Subject = "carrier=X",
            Parameters = new Dictionary<string, string>(),
            Text = "Two are told.",
            Recipients = [.. customers.Select(customer => new NoticeRecipient(ShopUnderTest.Of(customer), "#1", "Your parcel is late."))],
            CreatedAt = ShopUnderTest.Morning,
            ExpiresAt = ShopUnderTest.Morning.AddDays(1),
        }.Sealed();

    private static Task<ForgettingReport> ForgetAsync(ShopUnderTest shop, string customer) =>
        new Forgetting(shop.Store, shop.Clock).ForgetAsync(customer, "owner", CancellationToken.None);

    private static Task<List<string>> CountersAsync(IStore store) =>
        store.ReadAsync(
            session =>
                session
                    .Counters.Between(DateOnly.MinValue, DateOnly.MaxValue)
                    .Select(row => System.Text.Json.JsonSerializer.Serialize(row, OpsChat.Canary.ReportJson.Options))
                    .ToList(),
            CancellationToken.None
        );
}
