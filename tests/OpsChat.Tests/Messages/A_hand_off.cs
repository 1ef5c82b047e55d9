using OpsChat.Agent;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public class A_hand_off
{
    [Fact]
    public async Task tells_the_customer_of_each_further_question_that_it_was_passed_on_and_says_nothing_to_what_is_only_told()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("aina", "can the dragon on your spaceship breathe fire");
        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await shop.SayAsync("aina", "does the wizard in that castle juggle turnips?");
        (await shop.ReceivedAsync("aina")).Should().HaveCount(2);

        await shop.SayAsync("aina", "why would seven pirates whistle backwards?");
        (await shop.ReceivedAsync("aina")).Should().HaveCount(3).And.Subject.Last().Should().Contain("passed that on too");

        await shop.SayAsync("aina", "those pirates were whistling on tuesday");
        (await shop.ReceivedAsync("aina")).Should().HaveCount(3, "nothing is asked");
    }

    [Fact]
    public async Task is_the_only_one_that_an_answer_to_it_closes_and_a_reply_into_the_conversation_closes_all()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("aina", "blue elephants sing quietly");
        var first = (await shop.HandOffsAsync()).Single();
        await shop.Store.WriteAsync(session =>
        {
            session.HandOffs.Save(first with { Id = "h-second", CaseId = "c-second" });
            session.HandOffs.Save(first with { Id = "h-third", CaseId = "c-third" });
        }, CancellationToken.None);

        var answer = await shop.Get<PersonDesk>().AnswerAsync(shop.Owner, first.Id, "They do, at night.", CancellationToken.None);

        answer.Should().BeOfType<PersonAnswer.Sent>();
        (await shop.HandOffsAsync()).Select(h => h.Id).Should().BeEquivalentTo("h-second", "h-third");
        await shop.Get<PersonDesk>().ReplyAsync(shop.Owner, first.Conversation, "Anything else?", CancellationToken.None);
        (await shop.HandOffsAsync()).Should().BeEmpty();
    }
}
