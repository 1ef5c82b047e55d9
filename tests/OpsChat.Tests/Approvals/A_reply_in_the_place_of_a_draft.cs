using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Approvals;

/// <summary>A person's reply that no approval stands behind: what it tells and the draft does not is named before it leaves.</summary>
public class A_reply_in_the_place_of_a_draft
{
    private const string Draft = "Yes, we paint elephants in any colour.", WithAFee = "Yes, we paint elephants in any colour for RM5.";

    [Theory]
    [InlineData(WithAFee, "The amount MYR 5.00 is new.")]
    [InlineData("Yes, order it at https://elephants.example/blue please.", "elephants.example")]
    public async Task with_a_new_amount_or_address_takes_two_steps(string text, string named)
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var card = await DraftedAsync(shop);

        var asked = (await AnswerAsync(shop, card, text)).Should().BeOfType<PersonAnswer.Confirm>().Subject.Step;

        asked.Sentences.Should().ContainSingle().Which.Should().Contain(named);
        (await shop.ReceivedAsync("amirul")).Should().NotContain(text);
        (await AnswerAsync(shop, card, text, new(asked.Digest))).Should().BeOfType<PersonAnswer.Sent>();
        (await shop.ReceivedAsync("amirul")).Should().EndWith(text);
    }

    [Fact]
    public async Task names_a_new_amount_also_where_it_is_written_beside_the_card()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await DraftedAsync(shop);

        (await An_approval_on_the_spot.ReplyAsync(shop, shop.Owner, WithAFee))
            .Should()
            .BeOfType<PersonAnswer.Confirm>()
            .Which.Step.Sentences.Should()
            .Equal("The amount MYR 5.00 is new.");
    }

    [Theory]
    [InlineData(Draft)]
    [InlineData("Yes, and in two colours if you like.")]
    [InlineData("We paint every day from 9 to 6, and on Saturday until 1.")]
    public async Task without_anything_new_leaves_at_once(string text)
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var card = await DraftedAsync(shop);

        (await AnswerAsync(shop, card, text)).Should().BeOfType<PersonAnswer.Sent>();
    }

    [Theory]
    [InlineData(0.3, true)]
    [InlineData(0.6, false)]
    public async Task as_a_guess_is_not_sent_by_one_tap_while_money_waits_in_the_conversation(double sure, bool asksAgain)
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var card = await DraftedAsync(shop, sure: sure);
        await shop.SayAsync("amirul", "i want my money back for order #1292. amirul.hakim@example.com");
        var waits = (await shop.PendingAsync()).Should().ContainSingle().Subject;

        var answer = await AnswerAsync(shop, card, Draft);

        answer.Should().BeOfType(asksAgain ? typeof(PersonAnswer.Confirm) : typeof(PersonAnswer.Sent));
        if (answer is PersonAnswer.Confirm confirm)
        {
            confirm.Step.Sentences.Should().ContainSingle().Which.Should().Contain("only a guess").And.Contain($"{waits.Amount} waits for approval");
            (await AnswerAsync(shop, card, Draft, new(confirm.Step.Digest))).Should().BeOfType<PersonAnswer.Sent>();
        }
    }

    [Fact]
    public async Task as_a_guess_needs_no_second_tap_where_no_money_waits()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var card = await DraftedAsync(shop, sure: 0.3);

        (await AnswerAsync(shop, card, Draft)).Should().BeOfType<PersonAnswer.Sent>();
    }

    [Fact]
    public async Task where_no_draft_was_may_name_what_it_likes()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await DraftedAsync(shop, draft: null);

        (await An_approval_on_the_spot.ReplyAsync(shop, shop.Owner, WithAFee)).Should().BeOfType<PersonAnswer.Sent>();
    }

    private static async Task<HandOff> DraftedAsync(ShopUnderTest shop, string? draft = Draft, double? sure = null)
    {
        await shop.SayAsync("amirul", "blue elephants sing quietly");
        return await shop.Store.WriteAsync(session =>
        {
            var card = session.HandOffs.OpenOf(ShopUnderTest.Of("amirul")).Single() with { Suggestion = draft, Confidence = sure, Alternatives = [] };
            session.HandOffs.Save(card);
            return card;
        }, default);
    }

    private static async Task<PersonAnswer> AnswerAsync(ShopUnderTest shop, HandOff card, string text, Confirmation? confirmed = null)
    {
        var answer = await shop.Get<PersonDesk>().AnswerAsync(shop.Owner, card.Id, text, default, confirmed: confirmed);
        await shop.SendAsync();
        return answer;
    }
}
