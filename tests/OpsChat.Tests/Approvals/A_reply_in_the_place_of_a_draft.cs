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

    [Fact]
    public async Task where_no_draft_was_may_name_what_it_likes()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await DraftedAsync(shop, draft: null);

        (await An_approval_on_the_spot.ReplyAsync(shop, shop.Owner, WithAFee)).Should().BeOfType<PersonAnswer.Sent>();
    }

    private static async Task<HandOff> DraftedAsync(ShopUnderTest shop, string? draft = Draft)
    {
        await shop.SayAsync("amirul", "blue elephants sing quietly");
        return await shop.Store.WriteAsync(session =>
        {
            var card = session.HandOffs.OpenOf(ShopUnderTest.Of("amirul")).Single() with { Suggestion = draft, Alternatives = [] };
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
