using OpsChat.Channels.Telegram.Desk;
using OpsChat.Messages;
using OpsChat.Storage.Tables;

namespace OpsChat.Tests.Channels.Telegram;

public class The_desks_plan
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void posts_what_is_not_shown_in_the_order_given() =>
        DeskPlan.Next([Card("a1"), Card("a2")], [], 15, Now).Should().Equal(new DeskStep.Post(Card("a1")), new DeskStep.Post(Card("a2")));

    [Fact]
    public void leaves_alone_what_looks_as_it_should() => DeskPlan.Next([Card("a1")], [Shown(Card("a1"))], 15, Now).Should().BeEmpty();

    [Fact]
    public void edits_what_looks_different()
    {
        var shown = Shown(Card("a1"));
        DeskPlan.Next([Card("a1", "new words")], [shown], 15, Now).Should().Equal(new DeskStep.Edit(Card("a1", "new words"), shown));
    }

    [Fact]
    public void gives_a_shown_card_its_last_form_but_does_not_post_one_that_ended_unseen()
    {
        var (shown, ended) = (Shown(Card("a1")), Card("a1", "approved") with { IsOpen = false });
        DeskPlan.Next([ended, Card("a2") with { IsOpen = false }], [shown], 15, Now).Should().Equal(new DeskStep.Edit(ended, shown));
    }

    [Fact]
    public void posts_again_when_later_is_now()
    {
        var shown = Shown(Card("a1")) with { LaterUntil = Now };
        DeskPlan.Next([Card("a1")], [shown], 15, Now.AddSeconds(-1)).Should().BeEmpty();
        DeskPlan.Next([Card("a1")], [shown], 15, Now).Should().Equal(new DeskStep.PostAgain(Card("a1"), shown));
    }

    [Theory]
    [InlineData(3, 3, 3)]
    [InlineData(3, 2, 2)]
    [InlineData(30, 15, 15)]
    [InlineData(30, 1, 1)]
    [InlineData(30, 0, 1)]
    [InlineData(30, -4, 1)]
    public void posts_no_more_than_there_is_room_for_but_always_says_that_more_waits(int wanted, int room, int posted)
    {
        var steps = DeskPlan.Next([.. Enumerable.Range(0, wanted).Select(i => Card($"a{i}"))], [], room, Now);

        steps.Should().HaveCount(posted).And.AllBeOfType<DeskStep.Post>();
        var list = ((DeskStep.Post)steps[^1]).Card;
        (list.Kind == CardKind.Waiting).Should().Be(wanted > room);
    }

    [Fact]
    public void edits_the_list_of_what_waits_until_nothing_does()
    {
        var list = ((DeskStep.Post)DeskPlan.Next([Card("a1"), Card("a2")], [], 1, Now).Single()).Card;
        var shown = Shown(list);

        DeskPlan.Next([Card("a1"), Card("a2")], [shown], 0, Now).Should().BeEmpty();
        DeskPlan.Next([Card("a1")], [shown], 5, Now).Should().SatisfyRespectively(
            first => first.Should().Be(new DeskStep.Post(Card("a1"))),
            second => second.Should().BeOfType<DeskStep.Edit>().Which.Card.IsOpen.Should().BeFalse());
    }

    private static DeskCard Card(string id, string html = "words") =>
        new(CardKind.HandOff, id, new ConversationId("tg", "1"), html, null, IsOpen: true);

    private static ShownCard Shown(DeskCard card) => new(card.Kind, card.Id, card.Conversation, -100, 7, null, card.Digest, card.IsOpen, null, Now);
}
