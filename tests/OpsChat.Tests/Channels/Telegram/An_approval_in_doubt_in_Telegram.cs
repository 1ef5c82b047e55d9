using OpsChat.Approvals;
using OpsChat.Audit;
using OpsChat.Messages;
using OpsChat.Testing.Telegram;
using static OpsChat.Tests.Channels.Telegram.An_approval_in_Telegram;

namespace OpsChat.Tests.Channels.Telegram;

/// <summary>A text, or its card, of which nobody knows whether it left.</summary>
public class An_approval_in_doubt_in_Telegram
{
    [Fact]
    public async Task that_may_or_may_not_have_left_is_not_sent_again_and_says_so()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);
        shop.Server.Faults.NextWith(TelegramShop.Refund, Fault.DropAfterWork);

        await AnswerAsync(shop.Siti.Tap(card, "✅ Approve"));

        await shop.CardAsync("it may have been sent:");
        await shop.CardAsync("It is not sent again by itself");
        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Count(t => t == TelegramShop.Refund).Should().Be(1);
    }

    [Fact]
    public async Task that_may_or_may_not_have_left_is_settled_by_a_person_who_asks_the_customer_and_says_that_it_arrived()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await UncertainAsync(shop, Fault.DropAfterWork);

        (await AnswerAsync(shop.Siti.Tap(card, "❓ Ask the customer"))).Should().Be("The customer is asked whether it arrived.");
        await TelegramShop.GetsAsync(shop.Aisha, "Did our last message reach you? If not, tell us and we send it again.");
        await shop.CardAsync("Siti asked the customer whether it arrived");
        (await AnswerAsync(shop.Siti.Tap(card, "❓ Ask the customer"))).Should().Be("The customer was asked already.");
        (await AnswerAsync(shop.Siti.Tap(card, "✅ It arrived"))).Should().Be("Noted: the customer has it.");

        await shop.Group.WaitForMessageAsync(
            m => m.Id == card.Id && m.Text!.Contains(", sent", StringComparison.Ordinal) && m.Buttons.Count == 0,
            TelegramShop.Patience
        );
        (await shop.ReadAsync(s => s.ToDos.Open())).Should().ContainSingle("the money is owed once");
        TelegramShop.Texts(shop.Aisha).Count(t => t == TelegramShop.Refund).Should().Be(1);
        (await AnswerAsync(shop.Siti.Tap(card, "🔁 Send again"))).Should().Be("Somebody has settled this meanwhile.");
    }

    [Fact]
    public async Task that_may_or_may_not_have_left_is_sent_again_when_a_person_says_so_and_may()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await UncertainAsync(shop, Fault.DropBeforeWork);

        (await AnswerAsync(shop.Ahmad.Tap(card, "🔁 Send again"))).Should().Contain("limit", "he may approve up to 10");
        (await AnswerAsync(shop.Siti.Tap(card, "🔁 Send again"))).Should().Be("It is sent again.");

        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.Refund);
        await shop.Group.WaitForMessageAsync(
            m => m.Id == card.Id && m.Text!.Contains(", sent", StringComparison.Ordinal),
            TelegramShop.Patience
        );
        TelegramShop.Texts(shop.Aisha).Count(t => t == TelegramShop.Refund).Should().Be(1);
    }

    [Fact]
    public async Task that_may_or_may_not_have_left_leaves_the_audit_log_whole_however_it_is_settled()
    {
        await using var shop = await TelegramShop.StartAsync();
        var cards = new List<(Customer Who, ChatMessage Card)>();
        foreach (var id in Enumerable.Range(2001, 3))
        {
            var customer = shop.Server.Customer(id, $"Customer {id}");
            cards.Add((customer, await UncertainAsync(shop, Fault.DropBeforeWork, customer)));
        }

        await AnswerAsync(shop.Siti.Tap(cards[0].Card, "❓ Ask the customer"));
        await AnswerAsync(shop.Siti.Tap(cards[1].Card, "🔁 Send again"));
        await AnswerAsync(shop.Siti.Tap(cards[2].Card, "✅ It arrived"));

        await TelegramShop.GetsAsync(cards[0].Who, "Did our last message reach you? If not, tell us and we send it again.");
        await TelegramShop.GetsAsync(cards[1].Who, TelegramShop.Refund);
        await shop.UntilQuietAsync();
        (await shop.ReadAsync(s => s.AuditedRows.Verify())).Should().BeOfType<AuditVerdict.Whole>().Which.Rows!.Same.Should().BePositive();
        var states = await shop.ReadAsync(s =>
            cards.Select(c => s.Approvals.List(null, 10).Single(a => a.Conversation == TelegramShop.ConversationOf(c.Who)).State).ToList()
        );
        states.Should().Equal(ApprovalState.Uncertain, ApprovalState.Sent, ApprovalState.Sent);
        (await shop.ReadAsync(s => s.ToDos.Open())).Should().HaveCount(3, "each is owed once");
    }

    [Fact]
    public async Task that_may_have_left_is_never_said_not_to_have_been_sent_when_sending_it_again_is_stopped()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await UncertainAsync(shop, Fault.DropAfterWork);
        shop.Aisha.SendText("hmm, wait a moment please");
        var told = await shop.Group.WaitForMessageAsync(
            m => m.Id == card.Id && m.Text!.Contains("“hmm, wait a moment please”", StringComparison.Ordinal),
            TelegramShop.Patience
        );
        await shop.UntilQuietAsync();

        (await AnswerAsync(shop.Siti.Tap(told, "🔁 Send again"))).Should().Be("It is sent again.");

        var stopped = await shop.Group.WaitForMessageAsync(
            m =>
                m.Id == card.Id
                && m.Text!.Contains(
                    "it may have been sent: It was not sent again. The customer wrote again meanwhile.",
                    StringComparison.Ordinal
                ),
            TelegramShop.Patience
        );
        stopped.AllButtons.Select(b => b.Text).Should().Contain("✅ It arrived");
        stopped.Text.Should().NotContain("but not sent");
        (await AnswerAsync(shop.Siti.Tap(stopped, "✅ It arrived"))).Should().Be("Noted: the customer has it.");
        await shop.Group.WaitForMessageAsync(
            m => m.Id == card.Id && m.Text!.Contains(", sent", StringComparison.Ordinal),
            TelegramShop.Patience
        );
        TelegramShop.Texts(shop.Aisha).Count(t => t == TelegramShop.Refund).Should().Be(1);
        (await shop.ReadAsync(s => s.ToDos.Open())).Should().ContainSingle();
    }

    [Fact]
    public async Task that_was_approved_elsewhere_and_may_have_left_is_settled_here()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Aisha.SendText(TelegramShop.AskHours);
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
        await shop.Store.WriteAsync(
            session =>
            {
                var (now, customer) = (shop.Clock.GetUtcNow(), TelegramShop.ConversationOf(shop.Aisha));
                var approval = new Approval
                {
                    Id = Ids.New('a', now),
                    Revision = 1,
                    Conversation = customer,
                    CaseId = "c",
                    Turn = "t",
                    CustomerWords = "refund",
                    Text = TelegramShop.Refund,
                    Suggested = TelegramShop.Refund,
                    Playbook = "refund-request",
                    Version = "1",
                    Action = "refund-request",
                    SeenSeq = 100,
                    CreatedAt = now,
                    ExpiresAt = now.AddHours(12),
                }.Sealed();
                session.Approvals.Add(approval);
                session.Approvals.Decide(approval.Id, 1, approval.Hash, ApprovalState.Approved, "console", null, now);
                session.Approvals.Finish(approval.Id, ApprovalState.Uncertain, "The connection broke.");
                session.Outbox.Add(
                    OutboxMessage.New(customer, Sender.Person, OutboxKind.Approved, TelegramShop.Refund, now) with
                    {
                        Approval = approval.Id,
                        ApprovalHash = approval.Hash,
                        State = OutboxState.Uncertain,
                    }
                );
                return true;
            },
            CancellationToken.None
        );

        var card = await shop.CardAsync("Approved by console");

        (await AnswerAsync(shop.Siti.Tap(card, "🔁 Send again"))).Should().Be("It is sent again.");
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.Refund);
    }

    [Fact]
    public async Task that_a_kill_right_after_the_tap_leaves_in_doubt_is_settled_on_its_card_by_the_next_host()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop);
        shop.Server.Faults.NextWith(TelegramShop.Refund, Fault.HangAfterWork);
        await AnswerAsync(shop.Siti.Tap(card, "✅ Approve"));
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.Refund);

        await shop.CrashAsync();
        await shop.OpenAsync();

        var doubtful = await shop.Group.WaitForMessageAsync(
            m => m.Id == card.Id && m.Text!.Contains("it may have been sent", StringComparison.Ordinal),
            TelegramShop.Patience
        );
        doubtful.AllButtons.Select(b => b.Text).Should().Equal("❓ Ask the customer", "🔁 Send again", "✅ It arrived");
        (await AnswerAsync(shop.Siti.Tap(doubtful, "✅ It arrived"))).Should().Be("Noted: the customer has it.");
        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Count(t => t == TelegramShop.Refund).Should().Be(1);
    }

    [Fact]
    public async Task whose_card_arrived_without_our_hearing_of_it_is_decided_on_that_card_and_one_remains()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Forum = false });
        shop.Server.Faults.NextWith("Approve?", Fault.DropAfterWork);
        shop.Aisha.SendText(TelegramShop.AskRefund);
        await TelegramShop.UntilAsync(() =>
            shop.Group.Messages.Count(m => m.Text?.Contains("Approve?", StringComparison.Ordinal) == true) == 2
        );
        var lost = shop.Group.Messages.First(m => m.Text?.Contains("Approve?", StringComparison.Ordinal) == true);

        (await AnswerAsync(shop.Siti.Tap(lost, "✅ Approve"))).Should().Be("Approved. It is on its way.");

        await shop.Group.WaitForMessageAsync(
            m => m.Id == lost.Id && m.Text!.Contains(", sent", StringComparison.Ordinal),
            TelegramShop.Patience
        );
        await TelegramShop.UntilAsync(() =>
            shop.Group.Messages.Count(m => m.Text?.Contains(TelegramShop.Refund, StringComparison.Ordinal) == true) == 1
        );
    }

    [Fact]
    public async Task whose_card_was_sent_but_not_confirmed_is_shown_again_and_decided_once()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Server.Faults.NextWith("Approve?", Fault.DropAfterWork);

        shop.Aisha.SendText(TelegramShop.AskRefund);

        var first = await shop.CardAsync("Approve?");
        var second = await shop.Group.WaitForMessageAsync(
            m => m.Id != first.Id && m.Text?.Contains("Approve?", StringComparison.Ordinal) == true,
            TelegramShop.Patience
        );
        (await AnswerAsync(shop.Siti.Tap(first, "✅ Approve"))).Should().StartWith("Approved.");
        (await AnswerAsync(shop.Siti.Tap(second, "✅ Approve"))).Should().StartWith("Siti decided this at");
        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Count(t => t == TelegramShop.Refund).Should().Be(1);
    }

    private static async Task<ChatMessage> UncertainAsync(TelegramShop shop, Fault fault, Customer? customer = null)
    {
        var card = await AskAsync(shop, customer);
        shop.Server.Faults.NextWith(TelegramShop.Refund, fault);
        await AnswerAsync(shop.Siti.Tap(card, "✅ Approve"));
        return await shop.Group.WaitForMessageAsync(
            m => m.Id == card.Id && m.AllButtons.Any(b => b.Text == "✅ It arrived"),
            TelegramShop.Patience
        );
    }
}
