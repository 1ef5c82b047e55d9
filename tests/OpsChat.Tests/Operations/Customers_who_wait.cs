using OpsChat.Agent;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;
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

        var records = await AskedRecords.ReadAsync(shop.Store, shop.Get<IShop>(), now, default);

        var waiting = await shop.Store.ReadAsync(session => session.InboxRows.Waiting(now), default);
        waiting.Should().BePositive();
        records.Waiting.Select(m => m.Conversation).Distinct().Should().HaveCount(waiting);
    }
}
