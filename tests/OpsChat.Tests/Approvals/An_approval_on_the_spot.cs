using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Decisions;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Approvals;

/// <summary>What a person sends of a draft about money, or in its place, is an approval too.</summary>
public class An_approval_on_the_spot
{
    private const string WantsMoneyBack = "I want my money back for order #1292, amirul.hakim@example.com";

    [Theory]
    [InlineData("")]
    [InlineData(" Thank you!")]
    public async Task is_what_sending_a_draft_about_money_amounts_to_when_it_lies_with_a_person(string polish)
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (draft, card) = await ExpiredAsync(shop);

        var sent = (await ReplyAsync(shop, shop.Owner, draft + polish)).Should().BeOfType<PersonAnswer.Sent>().Subject.Message;

        (await shop.ReceivedAsync("amirul")).Should().EndWith(draft + polish);
        sent.Kind.Should().Be(OutboxKind.Approved);
        var approval = (await shop.Store.ReadAsync(s => s.Approvals.Find(sent.Approval!), CancellationToken.None))!;
        (approval.State, approval.DecidedBy, approval.Text, approval.Amount, approval.OrderNumber)
            .Should()
            .Be((ApprovalState.Sent, "owner", draft + polish, card.Amount, "#1292"));
        (await shop.HandOffsAsync()).Should().BeEmpty();
        (await shop.Store.ReadAsync(s => s.ToDos.Open(), CancellationToken.None)).Should().ContainSingle().Which.Approval.Should().Be(approval.Id);
    }

    [Fact]
    public async Task of_a_draft_that_lies_with_a_person_is_within_that_persons_limit()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (draft, _) = await ExpiredAsync(shop);
        var junior = new Approver("junior", 10, 0);

        foreach (var words in new[] { draft, $"{draft} Thank you!", "We will refund MYR 500 to your card today.", "We will refund EUR 5 today." })
        {
            (await ReplyAsync(shop, junior, words))
                .Should()
                .BeOfType<PersonAnswer.NotAllowed>()
                .Which.Why.Should()
                .Contain("above the limit of junior");
        }

        (await shop.ReceivedAsync("amirul")).Should().HaveCount(2, "the holding text and the update");
        (await shop.HandOffsAsync()).Should().ContainSingle();
        (await ReplyAsync(shop, junior, "I have asked my colleague about your refund."))
            .Should()
            .BeOfType<PersonAnswer.Sent>("people may speak of money");
    }

    [Fact]
    public async Task is_what_other_money_in_the_place_of_a_draft_amounts_to_and_the_new_amount_is_confirmed()
    {
        const string Slip = "We can refund MYR 1000.00 for order #1292.";
        await using var shop = await ShopUnderTest.OpenAsync();
        var (_, card) = await ExpiredAsync(shop);
        var handOff = (await shop.HandOffsAsync()).Single();

        var asked = (await AnswerAsync(shop, handOff.Id, Slip)).Should().BeOfType<PersonAnswer.Confirm>().Subject.Step;
        asked.Sentences.Should().Contain(s => s.Contains("1,000.00")).And.Contain(s => s.Contains("more than is left"));
        (await AnswerAsync(shop, handOff.Id, Slip, new("0000000"))).Should().BeOfType<PersonAnswer.Confirm>();
        (await AnswerAsync(shop, handOff.Id, "We can refund MYR 1001.00 for order #1292.", new(asked.Digest)))
            .Should()
            .BeOfType<PersonAnswer.Confirm>("it is another text");

        var sent = (await AnswerAsync(shop, handOff.Id, Slip, new(asked.Digest))).Should().BeOfType<PersonAnswer.Sent>().Subject.Message;
        sent.Kind.Should().Be(OutboxKind.Approved);
        var approval = (await shop.Store.ReadAsync(s => s.Approvals.Find(sent.Approval!), CancellationToken.None))!;
        (approval.Amount!.Value.Minor, approval.OrderNumber, approval.GoesOver).Should().Be((100000, card.OrderNumber, true));
        (await shop.Store.ReadAsync(s => s.ToDos.Open(), CancellationToken.None)).Should().ContainSingle().Which.Approval.Should().Be(approval.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" Thank you!")]
    public async Task is_what_sending_another_text_that_a_hand_off_offers_amounts_to(string polish)
    {
        const string Other = "We will refund MYR 20.00 today.";
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", "blue elephants sing quietly");
        await shop.Store.WriteAsync(session =>
        {
            var open = session.HandOffs.OpenOf(ShopUnderTest.Of("amirul")).Single();
            session.HandOffs.Save(open with { Suggestion = "What may we do for you?", Alternatives = [new("refund-request", 0.2, Other)] });
        }, CancellationToken.None);
        var card = (await shop.HandOffsAsync()).Single();

        (await AnswerAsync(shop, card.Id, Other + polish, who: new Approver("junior", 10, 0))).Should().BeOfType<PersonAnswer.NotAllowed>();
        var sent = (await AnswerAsync(shop, card.Id, Other + polish)).Should().BeOfType<PersonAnswer.Sent>().Subject.Message;

        sent.Kind.Should().Be(OutboxKind.Approved);
        var approval = (await shop.Store.ReadAsync(s => s.Approvals.Find(sent.Approval!), CancellationToken.None))!;
        (approval.Playbook, approval.Text, approval.Suggested, approval.Amount!.Value.Minor)
            .Should()
            .Be(("refund-request", Other + polish, "What may we do for you?", 2000));
        (await shop.Store.ReadAsync(s => s.ToDos.Open(), CancellationToken.None)).Should().ContainSingle();
    }

    [Fact]
    public async Task of_a_draft_that_lies_with_a_person_is_looked_at_again_before_it_leaves()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (draft, _) = await ExpiredAsync(shop);
        await shop.WriteAsync("amirul", "wait, I changed my mind");

        await ReplyAsync(shop, shop.Owner, draft);

        (await shop.ReceivedAsync("amirul")).Should().NotContain(draft);
        (await shop.HandOffsAsync())
            .Should()
            .ContainSingle()
            .Which.Reasons.Should()
            .Contain(new CardReason.NotSent("The customer wrote again meanwhile.", false));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" Thank you!")]
    public async Task is_asked_about_once_more_where_somebody_closed_the_card_meanwhile(string polish)
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (draft, _) = await ExpiredAsync(shop);
        (await shop.Get<PersonDesk>().DismissAsync(new("junior", 10, 0), (await shop.HandOffsAsync()).Single().Id, CancellationToken.None))
            .Should().BeTrue();

        (await ReplyAsync(shop, new("junior", 10, 0), draft + polish)).Should().BeOfType<PersonAnswer.NotAllowed>();
        var asked = (await ReplyAsync(shop, shop.Owner, draft + polish)).Should().BeOfType<PersonAnswer.Confirm>().Subject.Step;
        asked.Sentences.Should().ContainMatch("The card with this draft* does not wait any more: junior closed it (dismissed).");
        (await shop.ReceivedAsync("amirul")).Should().NotContain(draft + polish);

        var sent = (await ReplyAsync(shop, shop.Owner, draft + polish, new(asked.Digest))).Should().BeOfType<PersonAnswer.Sent>().Subject.Message;
        sent.Kind.Should().Be(OutboxKind.Approved);
    }

    [Fact]
    public async Task is_asked_about_once_more_where_the_customer_wrote_on_and_the_card_has_another_draft()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (draft, _) = await ExpiredAsync(shop);
        var card = (await shop.HandOffsAsync()).Single();
        await shop.Store.WriteAsync(session => session.HandOffs.Save(card with { Suggestion = "We are open until six." }), CancellationToken.None);

        var asked = (await ReplyAsync(shop, shop.Owner, draft)).Should().BeOfType<PersonAnswer.Confirm>().Subject.Step;
        asked.Sentences.Should().ContainMatch("The card has another draft by now*");
        (await shop.ReceivedAsync("amirul")).Should().NotContain(draft);

        var sent = (await ReplyAsync(shop, shop.Owner, draft, new(asked.Digest))).Should().BeOfType<PersonAnswer.Sent>().Subject.Message;
        sent.Kind.Should().Be(OutboxKind.Approved);
    }

    [Fact]
    public async Task is_not_made_of_a_card_that_was_closed_days_ago()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (draft, _) = await ExpiredAsync(shop);
        (await shop.Get<PersonDesk>().DismissAsync(shop.Owner, (await shop.HandOffsAsync()).Single().Id, CancellationToken.None)).Should().BeTrue();
        shop.Clock.Advance(TimeSpan.FromDays(3));

        var answer = await ReplyAsync(shop, shop.Owner, draft);
        if (answer is PersonAnswer.Confirm { Step: var step })
        {
            step.Sentences.Should().NotContainMatch("*does not wait any more*");
            answer = await ReplyAsync(shop, shop.Owner, draft, new(step.Digest));
        }

        answer.Should().BeOfType<PersonAnswer.Sent>().Which.Message.Kind.Should()
            .Be(OutboxKind.Person, "it is of another matter, in a person's words");
    }

    /// <summary>A draft about money that nobody decided, so that it lies with a person as the suggestion.</summary>
    internal static async Task<(string Draft, Approval Card)> ExpiredAsync(ShopUnderTest shop)
    {
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();
        shop.Clock.Advance(card.ExpiresAt - shop.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        await shop.Get<ApprovalClock>().LookAsync(CancellationToken.None);
        await shop.SendAsync();
        return ((await shop.HandOffsAsync()).Single().Suggestion!, card);
    }

    private static async Task<PersonAnswer> AnswerAsync(
        ShopUnderTest shop,
        string handOff,
        string text,
        Confirmation? confirmed = null,
        Approver? who = null
    )
    {
        var answer = await shop.Get<PersonDesk>().AnswerAsync(who ?? shop.Owner, handOff, text, CancellationToken.None, confirmed: confirmed);
        await shop.SendAsync();
        return answer;
    }

    internal static async Task<PersonAnswer> ReplyAsync(ShopUnderTest shop, Approver who, string text, Confirmation? confirmed = null)
    {
        var answer = await shop.Get<PersonDesk>().ReplyAsync(who, ShopUnderTest.Of("amirul"), text, CancellationToken.None, confirmed);
        await shop.SendAsync();
        return answer;
    }
}
