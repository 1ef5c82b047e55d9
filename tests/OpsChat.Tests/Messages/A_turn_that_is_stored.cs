using OpsChat.Agent;
using OpsChat.Messages;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

/// <summary>Where storing is delivering, an answer is with its customer once it is stored.</summary>
public class A_turn_that_is_stored
{
    [Fact]
    public async Task has_been_answered_and_scored_without_anybody_sending()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.WriteAsync("aina", "what time do you open?");

        var decided = await shop.Get<MessagePipeline>().RunAsync(ShopUnderTest.Of("aina"), CancellationToken.None);

        (await shop.ReceivedAsync("aina")).Should().ContainSingle();
        var (sent, outcome) = await shop.Store.ReadAsync(
            session => (session.Outbox.OfTurn(decided!.Turn.Id).Single(), session.Outcomes.Find(decided.SupportCase.Id)),
            CancellationToken.None
        );
        sent.State.Should().Be(OutboxState.Sent);
        outcome!.LastReplyAt.Should().Be(shop.Clock.GetUtcNow());
        await shop.SendAsync();
        (await shop.ReceivedAsync("aina")).Should().ContainSingle("it leaves once");
    }

    [Fact]
    public async Task says_nothing_before_what_was_said_earlier_and_has_not_left()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", "I want my money back for order #1292, amirul.hakim@example.com");
        var card = (await shop.PendingAsync()).Single();
        var answer = await shop.Get<ApprovalDesk>()
            .DecideAsync(shop.Owner, card.Id, card.Hash, new ApprovalVerb.Approve(), CancellationToken.None);
        answer.Should().BeOfType<DeskAnswer.Done>("an approved text waits now, to be looked at once more before it leaves");
        var before = (await shop.ReceivedAsync("amirul")).Count;

        await shop.WriteAsync("amirul", "ok thank you");
        await shop.Get<MessagePipeline>().RunAsync(ShopUnderTest.Of("amirul"), CancellationToken.None);

        (await shop.ReceivedAsync("amirul")).Should().HaveCount(before);
        await shop.SendAsync();
        (await shop.ReceivedAsync("amirul"))[before].Should().Be(card.Text);
    }
}
