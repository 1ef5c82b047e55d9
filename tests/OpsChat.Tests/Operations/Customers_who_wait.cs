using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;
using OpsChat.Tests.Facts;
using OpsChat.Tests.Support;
using OpsChat.Understanding;

namespace OpsChat.Tests.Operations;

public class Customers_who_wait
{
    [Theory]
    [InlineData("customers waiting")]
    [InlineData("how many customers are waiting for a reply?")]
    [InlineData("who is waiting?")]
    [InlineData("any unanswered messages?")]
    [InlineData("berapa pelanggan sedang menunggu")]
    public void are_counted_with_how_long_they_wait(string question)
    {
        var now = MadeUpShop.At(149, 6);
        var records = OwnerRecords.None with
        {
            Waiting = [new("a", now.AddHours(-5), "to approve"), new("a", now.AddMinutes(-20), "to answer, without a draft"),
                new("b", now.AddMinutes(-50), "to approve"), new("c", now.AddHours(2), "to approve")],
        };

        var answer = QuestionAnswers.To(question, new MadeUpShop().AsOf(149), OperationsSettings.Default("MYR"), records);

        answer.Title.Should().Be("2 customers wait for a person, the longest for 5 hours.");
        answer.Figure.Should().Be(2);
        answer.Rows.Select(r => string.Join(' ', r)).Should().Equal("to approve 2 5 hours", "to answer, without a draft 1 20 minutes");
        answer.Sources.Should().Equal("conversations");
    }

    [Theory]
    [InlineData("which customers wait for a refund")]
    [InlineData("who is waiting for their refund?")]
    public void for_a_refund_are_told_with_what_they_wait_for_and_not_counted_among_all(string question)
    {
        var now = MadeUpShop.At(149, 6);
        var records = OwnerRecords.None with
        {
            Waiting = [new("a", now.AddHours(-5), "to approve"), new("b", now.AddHours(-5), "to answer, without a draft")],
            WaitingRefunds = [new("a", "Priya", now.AddHours(-5), new(15100, "MYR"), "#1293"), new("a", "Priya", now.AddMinutes(-9), null, null)],
        };

        var answer = Ask(question, records);

        answer.Title.Should()
            .Be("1 customer's refund waits for approval, MYR 151.00 together and 1 whose amount is not known, the longest for 5 hours.");
        answer.Rows.Select(r => string.Join(' ', r)).Should().Equal("Priya #1293 MYR 151.00 5 hours", "Priya – not known 9 minutes");
        answer.NamesCustomer.Should().BeTrue("no model is told of them");
        Ask(question, OwnerRecords.None).Title.Should().Be("No customer's refund waits for approval.");
    }

    [Fact]
    public void for_something_else_are_not_those_who_wait_for_a_person() =>
        Ask("which customers wait for a parcel?", OwnerRecords.None with { Waiting = [new("a", MadeUpShop.At(149, 5), "to approve")] })
            .Title.Should().NotContain("wait for a person");

    [Theory]
    [InlineData("how many customers did the agent answer today", "The agent answered 12 of 40 matters that customers began: ")]
    [InlineData("how many messages did the bot handle this week?", "The agent answered 15 of 50 matters that customers began: ")]
    [InlineData("why was everything rolled back", "The agent answers nobody by itself since noon. 4 of 9 were wrong.")]
    [InlineData("who wrote today and is angry", "1 customer who waits for a person is upset and wrote: today")]
    [InlineData("is the agent polite", "Of the agent I can tell how many matters it answered on some days, and why it was rolled back.")]
    public void and_what_the_agent_did_are_told_from_the_records_or_refused_by_name(string question, string told)
    {
        var (now, today) = (MadeUpShop.At(149, 6), new MadeUpShop().AsOf(149).Today);
        var records = OwnerRecords.None with
        {
            Answered = [new(today, 40, 12, 1), new(today.AddDays(-1), 10, 3, 0)],
            AnsweredFrom = today.AddDays(-92),
            RolledBack = ["The agent answers nobody by itself since noon. 4 of 9 were wrong."],
            Waiting = [new("a", now.AddHours(-5), "to approve") { Who = "Tara", IsUpset = true }, new("b", now.AddHours(-5), "to approve")],
        };

        Ask(question, records).Title.Should().StartWith(told);
    }

    [Theory]
    [InlineData("How many refund questions did the agent answer today?", "refund")]
    [InlineData("How many questions did the agent answer in Chinese this week?", "chinese")]
    [InlineData("How many messages did the bot answer from Johor?", "johor")]
    [InlineData("How many customers did the agent not answer today?", "not")]
    [InlineData("How many customers with more than 3 messages did the agent answer?", "3")]
    [InlineData("How many orders did the agent handle in May?", "orders")]
    [InlineData("How many angry customers wrote about J&T?", "j&t")]
    [InlineData("Is Priya Nair upset?", "priya")]
    [InlineData("Which customers are upset about refunds?", "refunds")]
    public void and_what_the_agent_did_are_not_counted_where_a_word_limits_them(string question, string word)
    {
        var now = MadeUpShop.At(149, 6);
        var records = OwnerRecords.None with
        {
            Answered = [new(new MadeUpShop().AsOf(149).Today, 40, 12, 1)],
            Waiting = [new("a", now.AddHours(-5), "to approve") { Who = "Tara", IsUpset = true }],
        };

        var answer = Ask(question, records);

        (answer.IsUnderstood, answer.Figure).Should().Be((false, null));
        answer.Title.Should().Contain($"“{word}").And.NotContain("12").And.NotContain("is upset");
    }

    [Fact]
    public void and_what_resellers_sold_are_not_what_the_agent_answered()
    {
        var records = OwnerRecords.None with { Answered = [new(new MadeUpShop().AsOf(149).Today, 40, 12, 1)] };

        Ask("How many orders did our agents handle in May?", records).Title.Should().Be(
            "I did not understand “agents”: no article, supplier, carrier or place here is called so.");
        Ask("How many customers did our agents answer today?", records).Figure.Should().Be(12);
        Ask("How many did the bot answer wrong today?", records).Figure.Should().Be(1);
        Ask("Is the agent polite?", records).Title.Should().NotContain("`", "commands of a terminal are none of the console or of Telegram");
    }

    [Theory]
    [InlineData("Which approvals need me?")]
    [InlineData("Any approvals for me?")]
    [InlineData("How many approvals are there?")]
    [InlineData("What approvals are open?")]
    [InlineData("pending approvals")]
    public void for_an_approval_are_told_and_not_what_was_approved_before(string question)
    {
        var now = MadeUpShop.At(149, 6);
        var records = OwnerRecords.None with
        {
            Waiting = [new("a", now.AddHours(-5), WaitingMatter.ToApprove) { Who = "Tara" }, new("b", now.AddHours(-2), "to answer, with a draft")],
            Decisions = [new(now.AddDays(-3), "refund-request", "#1001", null, true, "Aina")],
        };

        var answer = Ask(question, records);

        answer.Title.Should().Be("1 approval is open: 1 text to customers and 0 actions of the shop.");
        answer.Rows.Should().ContainSingle().Which.Should().Equal("Tara", "5 hours");
        Ask("How many approvals were given last week?", records).Title.Should().StartWith("1 approval: last week");
        Ask("Who gave approvals in the last 7 days?", records).Title.Should().StartWith("1 approval, by Aina (1)");
    }

    [Theory]
    [InlineData("How many refunds do I have to approve?")]
    [InlineData("pending refunds")]
    [InlineData("How many refund approvals are there?")]
    public void for_a_refund_to_be_approved_are_not_those_that_were_approved(string question)
    {
        var now = MadeUpShop.At(149, 6);
        var records = OwnerRecords.None with
        {
            Refunds = [new(now.AddDays(-3), new(4_000, "MYR"), "#1001"), new(now.AddDays(-2), new(5_000, "MYR"), "#1002")],
            WaitingRefunds = [new("a", "Priya", now.AddHours(-5), new(15100, "MYR"), "#1293")],
        };

        Ask(question, records).Title.Should().Be("1 customer's refund waits for approval, MYR 151.00 together, the longest for 5 hours.");
        Ask("How many refunds did we approve?", records).Figure.Should().Be(2);
    }

    [Fact]
    public async Task for_a_refund_are_those_to_whom_a_text_promises_money_whatever_it_is_called()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var now = shop.Clock.GetUtcNow();
        Approval Card(string action, string text, string state) => new Approval
        {
            Id = $"{action}-{state}", Revision = 1, Conversation = ShopUnderTest.Of(action), CaseId = $"{action}-{state}", Turn = "t1",
            CustomerWords = "", Text = text, Suggested = text, Playbook = action, Version = "1", Action = action, OrderNumber = "#1216",
            Amount = new Money(5_000, "MYR"), CreatedAt = now, ExpiresAt = now.AddDays(1),
        }.Sealed();
        await shop.Store.WriteAsync(session =>
        {
            foreach (var (action, text) in new[]
                     {
                         ("cancel-order", "We cancel #1216 and refund MYR 50.00 to you."),
                         ("discount-asked", "We give you a discount of MYR 50.00 on your next order."),
                         ("exchange-item", "We exchange it; please pay the difference of MYR 50.00."),
                         ("refund-status", "We refunded MYR 50.00 on Monday."),
                     })
            {
                session.Approvals.Add(Card(action, text, "waits"));
                var decided = Card(action, text, "decided");
                session.Approvals.Add(decided);
                session.Approvals.Decide(decided.Id, decided.Revision, decided.Hash, ApprovalState.Approved, "Aina", null, now);
            }

            return true;
        }, default);

        var records = await AskedRecords.ReadAsync(shop.Store, shop.Get<IShop>(), ShopFolderOnDisk.KualaLumpur, now, default);

        records.WaitingRefunds.Select(r => r.Conversation).Should().Equal(ShopUnderTest.Of("cancel-order").ToString());
        records.Refunds.Should().ContainSingle().Which.Amount.Should().Be(new Money(5_000, "MYR"));
    }

    private static OwnerAnswer Ask(string question, OwnerRecords records) =>
        QuestionAnswers.To(question, new MadeUpShop().AsOf(149), OperationsSettings.Default("MYR"), records);

    [Fact]
    public async Task keep_their_threat_in_the_inbox_after_their_next_message()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("tara", "if nobody answers i bring this to the consumer tribunal");
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        await shop.SayAsync("tara", "hello, i am still here and want to talk to a person");
        await shop.SayAsync("calm", "can i talk to a person please");

        var now = shop.Clock.GetUtcNow();
        var rows = Urgency.Rank(await shop.Store.ReadAsync(session => session.InboxRows.Open(now), default), now);

        rows.Select(row => (row.Conversation, row.Threatens, row.Mood)).Should()
            .Equal((ShopUnderTest.Of("tara"), true, Tone.Upset), (ShopUnderTest.Of("calm"), false, Tone.Calm));
    }

    [Fact]
    public async Task are_as_many_as_in_the_inbox()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("anna", "I want to talk to a person, please");
        await shop.SayAsync("ben", "Can I get my money back? Order #1216, it is the wrong item");
        var now = shop.Clock.GetUtcNow();

        var records = await AskedRecords.ReadAsync(shop.Store, shop.Get<IShop>(), ShopFolderOnDisk.KualaLumpur, now, default);

        var waiting = await shop.Store.ReadAsync(session => session.InboxRows.Waiting(now), default);
        waiting.Should().BePositive();
        records.Waiting.Select(m => m.Conversation).Distinct().Should().HaveCount(waiting);
    }
}
