using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Playbooks;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Approvals;

public class An_edit_of_an_approval
{
    private const string WantsMoneyBack = "I want my money back for order #1292, amirul.hakim@example.com";

    [Theory]
    [InlineData("We refunded MYR 1370.00 for you.", "MYR 1,370.00")]
    [InlineData("We can refund MYR 102.00. See https://evil.example/refund for it.", "https://evil.example/refund")]
    [InlineData("We can refund MYR 102.00. Write to refunds@evil.example for it.", "refunds@evil.example")]
    [InlineData("We can refund MYR 102.00, and we will replace the cup for free.", "free")]
    [InlineData("We can refund 10k for you.", "may be an amount")]
    [InlineData("We can refund MYR 102.00. It takes 2 working days.", "“2 working days” is a time")]
    [InlineData("We can refund MYR 102.00, by Friday.", "“Friday” is a time")]
    [InlineData("We can refund MYR 102.00, on 24 Dec.", "24 Dec")]
    public async Task names_the_amount_the_address_the_time_and_the_promise_that_are_new_and_approving_it_takes_two_steps(string text, string named)
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();

        (await shop.DecideAsync(card, new ApprovalVerb.Edit(text))).Should().BeOfType<DeskAnswer.Done>();

        var edited = (await shop.PendingAsync()).Single();
        edited.Unconfirmed.Should().Contain(doubt => doubt.Kind == DoubtKind.Edit && doubt.Sentence.Contains(named));
        (await shop.DecideAsync(edited, new ApprovalVerb.Approve()))
            .Should()
            .BeOfType<DeskAnswer.Confirm>()
            .Which.Step.Sentences.Should()
            .Contain(sentence => sentence.Contains(named));
        (await shop.ReceivedAsync("amirul")).Should().NotContain(text);
    }

    [Fact]
    public async Task that_is_more_than_the_order_can_give_back_says_so_on_its_card()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();
        (await RemarksAsync(shop, card)).Should().BeEmpty();

        await shop.DecideAsync(card, new ApprovalVerb.Edit("We refund MYR 500.00 to you."));

        (await RemarksAsync(shop, (await shop.PendingAsync()).Single()))
            .Should().ContainSingle().Which.Should().StartWith("MYR 500.00 is more than the MYR 102.00 that order #1292 could give back");
    }

    private static Task<IReadOnlyList<string>> RemarksAsync(ShopUnderTest shop, Approval card) =>
        shop.Store.ReadAsync(session => CardRemarks.Of(session, card, shop.Get<CurrentPlaybooks>()().Shop.Hours), CancellationToken.None);

    [Fact]
    public async Task that_is_asked_to_be_confirmed_first_is_not_stored_before_it_is()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();

        // Nobody confirms what they were not shown.
        var at = new ApprovalVerb.Edit("We can refund MYR 20.00.", WhenConfirmed.First, Confirmation.OfWhatWasShown);
        (await shop.DecideAsync(card, at)).Should().BeOfType<DeskAnswer.Confirm>();
        (await shop.PendingAsync()).Single().Hash.Should().Be(card.Hash);

        (await shop.DecideAsync(card, at with { Text = "We can refund MYR 30.00." })).Should().BeOfType<DeskAnswer.Confirm>("another text was shown");
        (await shop.DecideAsync(card, at)).Should().BeOfType<DeskAnswer.Done>();
        (await shop.DecideAsync((await shop.PendingAsync()).Single(), new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Done>();
        (await shop.ReceivedAsync("amirul")).Should().EndWith("We can refund MYR 20.00.");
    }

    [Fact]
    public async Task that_only_polishes_the_words_needs_no_second_step()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();

        await shop.DecideAsync(card, new ApprovalVerb.Edit($"Dear Amirul, {card.Text} Thank you!", WhenConfirmed.First));

        var edited = (await shop.PendingAsync()).Single();
        edited.Revision.Should().Be(2);
        edited.Unconfirmed.Should().BeEmpty();
    }

    [Fact]
    public async Task that_is_rejected_does_not_come_back_neither_as_a_suggestion_nor_as_a_card()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();

        await shop.DecideAsync(card, new ApprovalVerb.Reject(ErrorKind.Incorrect, "we agreed on an exchange"));
        var trace = await shop.SayAsync("amirul", WantsMoneyBack);

        trace.Verdict.Should().Be("HandOff", "the trace says what was done");
        trace.Reasons.Should().Contain("TextWasRejected");
        var stored = (await shop.Store.ReadAsync(session => session.Turns.InputOf(trace.Turn), CancellationToken.None))!;
        stored.Turn.RejectedTexts.Should().Equal(card.Text);
        (await shop.PendingAsync()).Should().BeEmpty();
        var left = (await shop.HandOffsAsync()).Should().ContainSingle().Subject;
        left.Suggestion.Should().BeNull();
        left.Reasons[0].Should().BeOfType<CardReason.Rejected>().Which.Words.Should().Be("we agreed on an exchange");
    }
}
