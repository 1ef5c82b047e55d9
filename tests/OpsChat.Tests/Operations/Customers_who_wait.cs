using OpsChat.Agent;
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
