using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Audit;
using OpsChat.Channels.Webhook;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Tests.Facts;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Privacy;

/// <summary>Everything that can happen to one customer, and then the wish to be forgotten.</summary>
public sealed class A_forgotten_history : IAsyncLifetime
{
    // Long enough that no id or hash holds them by chance.
    private const string Order = "77120934",
        AnothersOrder = "77120935",
        Email = "quibblewick@example.com",
        Customer = "quibblewick",
        Words = "zanzibarmug";
    private const string WantsMoneyBack = $"I want my money back for order #{Order}, {Email}";

    private static readonly string[] s_private = [Order, AnothersOrder, Email, Words, $"api:{Customer}", Customer];

    private readonly TemporaryFolder _folder = new();
    private readonly ShopFolderOnDisk _exports = new();
    private ShopSystemServer _system = null!;
    private ShopUnderTest _shop = null!;

    private string File => _folder.File("opschat.db");

    public async Task InitializeAsync()
    {
        _exports.WithOrders(
            $"#{Order},{Email},paid,fulfilled,MYR,59.90,2026-11-12 10:00,2026-11-12 10:05,1,Enamel Mug,MUG,+60 12-345 0001",
            $"#{AnothersOrder},somebody@example.com,paid,fulfilled,MYR,20.00,2026-11-12 10:00,2026-11-12 10:05,1,Enamel Mug,MUG,+60 12-345 0002");
        _system = await ShopSystemServer.StartAsync();
        _shop = await ShopUnderTest.OpenAsync(database: File, exports: _exports.Path, configure: options =>
            (options.Webhook.Url, options.Webhook.Secret) = (_system.Url, ShopSystemServer.Secret));
    }

    public async Task DisposeAsync()
    {
        await _shop.DisposeAsync();
        await _system.DisposeAsync();
        _exports.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task leaves_its_figures_a_whole_audit_log_and_nothing_else()
    {
        await HappenAsync();
        var (rows, counters, head) = (DatabaseFiles.Rows(File), await CountersAsync(), await HeadAsync());
        s_private.Should().OnlyContain(it => rows.Any(row => row.Contains(it)), "the test must look where these are");
        new[] { "handoffs", "audit_salts", "turns", "todos", "order_tries", "notices", "seen" }
            .Should()
            .OnlyContain(
                table => rows.Any(row => row.StartsWith(table + ":") && s_private.Any(row.Contains)),
                "each of them holds something"
            );

        await ForgetAsync();
        await TickOffAsync((await ToDosAsync()).Single());
        await FileRewrite.RunAsync(_shop.Store, CancellationToken.None);

        DatabaseFiles.Rows(File).Where(row => s_private.Any(row.Contains)).Should().BeEmpty();
        s_private.Where(DatabaseFiles.Contents(File).Contains).Should().BeEmpty();
        DatabaseFiles
            .Rows(File)
            .Where(row => row.StartsWith("audit_salts:", StringComparison.Ordinal))
            .Should()
            .BeEmpty("a short word could be guessed with the salt of its digest");
        (await CountersAsync()).Should().BeEquivalentTo(counters);
        (await VerifyAsync(head)).Should().BeOfType<AuditVerdict.Whole>();
    }

    [Fact]
    public async Task leaves_an_open_to_do_its_order_until_it_is_ticked_off()
    {
        await HappenAsync();
        await ForgetAsync();

        var open = (await ToDosAsync()).Single();
        open.OrderNumber.Should().Contain(Order, "the shop still owes it");
        open.Text.Should().BeEmpty();
        open.Instruction.Should().Contain(Order).And.Contain("forgotten", "the owner still knows what to do");
        DatabaseFiles.Rows(File).Where(row => s_private.Any(row.Contains)).Should().OnlyContain(row => row.StartsWith("todos:"));

        await TickOffAsync(open);

        DatabaseFiles.Rows(File).Where(row => s_private.Any(row.Contains)).Should().BeEmpty();
        (await _shop.Store.ReadAsync(session => session.Settings.Get(SettingNames.RewriteWanted), CancellationToken.None))
            .Should()
            .NotBeNull("the number may still lie in the file's free space");
    }

    [Fact]
    public async Task takes_the_order_of_a_to_do_that_is_done_with_it()
    {
        await HappenAsync();
        await TickOffAsync((await ToDosAsync()).Single());

        await ForgetAsync();

        DatabaseFiles.Rows(File).Where(row => s_private.Any(row.Contains)).Should().BeEmpty();
    }

    [Fact]
    public async Task is_named_by_the_audit_export_until_then()
    {
        await HappenAsync();

        var lines = await ExportAsync();
        lines
            .Count(line => line.Contains($"\"conversation\":\"api:{Customer}\""))
            .Should()
            .Be(4, "a reply, one by hand, a conversation that was given back, and a pause name it");
        AuditExport.Verify(lines).Should().BeOfType<AuditVerdict.Whole>();
        AuditExport.Verify(lines.Select(line => line.Replace($"api:{Customer}", "api:somebody"))).Should().BeOfType<AuditVerdict.Broken>()
            .Which.Why.Should().Contain("not about the conversation");

        await ForgetAsync();

        (await ExportAsync()).Should().OnlyContain(line => !line.Contains(Customer));
    }

    /// <summary>A refund, the owner's approval, a to-do that the shop's system refuses, a thumb, a note by the model, a decision that was
    /// superseded, people's replies, wrong tries, a critical event.</summary>
    private async Task HappenAsync()
    {
        await _shop.SayAsync(Customer, WantsMoneyBack);
        var card = (await _shop.PendingAsync()).Single();
        card.OrderNumber.Should().Contain(Order);
        (await _shop.DecideAsync(card, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Done>();
        _system.Answers.Enqueue(422);
        await _shop.Get<ToDoPush>().LookAsync(CancellationToken.None);

        await SupersedeAsync();
        await ThumbAsync();
        await _shop.SayAsync(Customer, $"where is my order #{AnothersOrder}?");
        await _shop.SayAsync(Customer, $"purple {Words} sing at midnight");
        await NoteAsync();
        await ReplyAsync();
        await PromiseMoneyAsync();
    }

    /// <summary>An answer that is decided and not sent when the customer goes on.</summary>
    private async Task SupersedeAsync()
    {
        await _shop.WriteAsync(Customer, $"what are your opening hours? {Words}");
        await _shop.DecideOnlyAsync(Customer);
        await _shop.SayAsync(Customer, "what are your opening hours on Sunday?");
        (
            await _shop.Store.ReadAsync(
                session => session.Turns.Of(ShopUnderTest.Of(Customer), 100).Count(t => session.Inbox.OfTurn(t.Id).Count == 0),
                CancellationToken.None
            )
        )
            .Should()
            .Be(1, "a decision was superseded");
    }

    private async Task ThumbAsync()
    {
        var known = _shop.Get<OpsChat.Playbooks.CurrentPlaybooks>()();
        (await _shop.Store.WriteAsync(session =>
        {
            var answer = session.Conversations.Transcript(ShopUnderTest.Of(Customer), 0, 100).Last(line => line.From == Sender.Agent);
            return AnswerTap.Record(session, ShopUnderTest.Of(Customer), answer.Id, AnswerTap.Down, known, _shop.Clock.GetUtcNow());
        }, CancellationToken.None)).Should().BeTrue();
    }

    private Task NoteAsync() => _shop.Store.WriteAsync(
        session =>
        {
            foreach (var open in session.HandOffs.OpenOf(ShopUnderTest.Of(Customer)))
            {
                session.HandOffs.Save(open with { Summary = $"The customer's {Words} of order {Order} is cracked." });
            }
        }, CancellationToken.None);

    private async Task ReplyAsync()
    {
        var people = _shop.Get<PersonDesk>();
        await people.ReplyAsync(_shop.Owner, ShopUnderTest.Of(Customer), $"We look at your {Words}.", CancellationToken.None);
        await people.WroteByHandAsync($"{Customer}/7", ShopUnderTest.Of(Customer), $"We have it, {Words} and all.", CancellationToken.None);
        await people.GiveBackAsync(_shop.Owner, ShopUnderTest.Of(Customer), CancellationToken.None);
        await _shop.SendAsync();
    }

    /// <summary>What must never happen, as a bug would do it.</summary>
    private async Task PromiseMoneyAsync()
    {
        var now = _shop.Clock.GetUtcNow();
        await _shop.Store.WriteAsync(
            session =>
                DeliveryRecorder.Record(
                    session,
                    session.Outbox.Add(
                        new()
                        {
                            Id = Ids.New('o', now),
                            Conversation = ShopUnderTest.Of(Customer),
                            From = Sender.Agent,
                            Kind = OutboxKind.Answer,
                            State = OutboxState.Sent,
                            Text = "We have refunded RM 50.00 to your card.",
                            NextTryAt = now,
                            CreatedAt = now,
                        }
                    ),
                    now
                ),
            CancellationToken.None
        );
        (await _shop.Store.ReadAsync(session => session.Settings.Get(SettingNames.Paused), CancellationToken.None))
            .Should()
            .StartWith("Paused at once");
    }

    private async Task ForgetAsync() =>
        (await new Forgetting(_shop.Store, _shop.Clock).ForgetAsync($"api:{Customer}", "owner", CancellationToken.None)).Conversations.Should().Be(1);

    private Task<IReadOnlyList<ToDo>> ToDosAsync() => _shop.Store.ReadAsync(session => session.ToDos.Open(), CancellationToken.None);

    private Task TickOffAsync(ToDo it) => _shop.Store.WriteAsync(
        session =>
        {
            session.ToDos.Done(it.Id, "owner", _shop.Clock.GetUtcNow()).Should().BeTrue();
            Forgetting.ToDoIsDone(session, it.Id, _shop.Clock.GetUtcNow());
        }, CancellationToken.None);

    private Task<List<string>> CountersAsync() => _shop.Store.ReadAsync(session => session.Counters.Between(DateOnly.MinValue, DateOnly.MaxValue)
        .Select(row => System.Text.Json.JsonSerializer.Serialize(row, OpsChat.Canary.ReportJson.Options)).ToList(), CancellationToken.None);

    private Task<AnnouncedHead> HeadAsync() =>
        _shop.Store.ReadAsync(
            session => session.Audit.Head() is { } head ? new AnnouncedHead(head.Seq, head.Hash) : null!,
            CancellationToken.None
        );

    private Task<AuditVerdict> VerifyAsync(AnnouncedHead head) =>
        _shop.Store.ReadAsync(session => AuditChain.Verify(session.Audit.All(), head), CancellationToken.None);

    private Task<List<string>> ExportAsync() =>
        _shop.Store.ReadAsync(session => session.Audit.All().Select(AuditExport.Line).ToList(), CancellationToken.None);
}
