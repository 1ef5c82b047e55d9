using OpsChat.Agent;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Reliability;

/// <summary>Somebody sets the clock, or a machine wakes up: nothing is lost, sent twice, or kept waiting for the time to come again.</summary>
public class A_clock_that_jumps
{
    [Fact]
    public async Task back_keeps_no_written_message_from_leaving()
    {
        using var folder = new TemporaryFolder();
        await using var store = await SqliteStore.OpenAsync(folder.File("opschat.db"), CancellationToken.None);
        var (written, setBack) = (ShopUnderTest.Morning, ShopUnderTest.Morning.AddDays(-400));
        await store.WriteAsync(
            session =>
            {
                session.Outbox.Add(
                    new()
                    {
                        Id = "o1",
                        Conversation = new("tg", "1"),
                        From = Sender.Agent,
                        Kind = OutboxKind.Answer,
                        Text = "Hello",
                        NextTryAt = written,
                        CreatedAt = written,
                    }
                );
            },
            CancellationToken.None
        );

        var (due, next) = await store.ReadAsync(session => (session.Outbox.Due(setBack, 10, []), session.Outbox.NextDue([])), CancellationToken.None);

        due.Should().ContainSingle().Which.Id.Should().Be("o1");
        next.Should().BeBefore(setBack, "nobody sleeps until the old time comes again");
    }

    [Fact]
    public async Task back_does_not_use_up_the_room_for_cards_in_the_owner_chat()
    {
        using var folder = new TemporaryFolder();
        await using var store = await SqliteStore.OpenAsync(folder.File("opschat.db"), CancellationToken.None);
        var (posted, setBack) = (ShopUnderTest.Morning, ShopUnderTest.Morning.AddHours(-1));
        await store.WriteAsync(
            session => session.Desk.Save(new("handoff", "h1", null, -100, 7, null, "", IsOpen: true, null, posted)),
            CancellationToken.None
        );

        var (now, before) = await store.ReadAsync(
            session =>
                (
                    session.Desk.PostedBetween(-100, posted.AddMinutes(-1), posted),
                    session.Desk.PostedBetween(-100, setBack.AddMinutes(-1), setBack)
                ),
            CancellationToken.None
        );

        now.Should().Be(1);
        before.Should().Be(0);
    }

    [Fact]
    public async Task forward_makes_a_forgotten_approval_a_hand_off_and_answers_go_on()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", "I want a refund for order #1292, amirul.hakim@example.com");
        var card = (await shop.PendingAsync()).Single();

        shop.Clock.Advance(TimeSpan.FromDays(400));
        await shop.Get<ApprovalClock>().LookAsync(CancellationToken.None);

        (await shop.DecideAsync(card, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Late>();
        (await shop.HandOffsAsync()).Should().ContainSingle(h => h.Suggestion == card.Text, "what was not decided is still in front of a person");
        var trace = await shop.SayAsync("farah", "when are you open?");
        trace.Verdict.Should().Be("Send", string.Join(' ', trace.Reasons));
    }
}
