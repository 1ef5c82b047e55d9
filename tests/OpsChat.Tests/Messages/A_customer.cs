using OpsChat.Agent;
using OpsChat.Messages;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public class A_customer
{
    [Fact]
    public async Task who_proves_the_order_gets_its_real_status_with_its_number()
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        var trace = await shop.SayAsync("priya", "where is my order #1293? my e-mail is priya.nair@example.com");

        trace.Verdict.Should().Be("Send");
        (await shop.ReceivedAsync("priya")).Should().ContainSingle().Which.Should().Contain("#1293").And.Contain("on its way");
    }

    [Theory]
    [InlineData("where is my order #1293? my e-mail is somebody.else@example.com", "a wrong detail")]
    [InlineData("where is my order #999999? my e-mail is priya.nair@example.com", "an unknown number")]
    [InlineData("where is my order #1293?", "no detail")]
    public async Task who_does_not_prove_the_order_learns_nothing_about_it(string words, string because)
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        await shop.SayAsync("stranger", words);

        var reply = (await shop.ReceivedAsync("stranger")).Should().ContainSingle().Subject;
        reply.Should().NotContainAny("1293", "999999", "shipped", "Laju", because).And.Contain("order number");
    }

    [Fact]
    public async Task is_asked_for_the_same_item_only_once()
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        await shop.SayAsync("forgetful", "where is my order");
        var second = await shop.SayAsync("forgetful", "where is my order please");

        second.Verdict.Should().Be("HandOff");
        second.Reasons.Should().Contain("AskedEnough");
    }

    [Fact]
    public async Task who_answers_our_question_gets_the_answer_to_the_open_case()
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        await shop.SayAsync("priya", "where is my order");
        var trace = await shop.SayAsync("priya", "#1293, priya.nair@example.com");

        trace.Playbook.Should().Be("where-is-my-order");
        (await shop.ReceivedAsync("priya")).Should().HaveCount(2).And.Subject.Last().Should().Contain("#1293");
    }

    [Fact]
    public async Task outside_the_canary_gets_no_answer_but_the_holding_text_and_the_owner_gets_the_draft()
    {
        await using var shop = await ShopUnderTest.OpenAsync(percentage: 0);

        var trace = await shop.SayAsync("priya", "where is my order #1293? my e-mail is priya.nair@example.com");

        trace.Reasons.Should().Equal("ControlArm");
        (await shop.ReceivedAsync("priya")).Should().ContainSingle().Which.Should().Contain("colleague").And.NotContain("shipped");
        (await shop.HandOffsAsync()).Should().ContainSingle().Which.Suggestion.Should().Contain("#1293").And.Contain("on its way");
    }

    [Fact]
    public async Task outside_the_canary_gets_the_draft_when_the_owner_sends_it_as_it_is()
    {
        await using var shop = await ShopUnderTest.OpenAsync(percentage: 0);
        await shop.SayAsync("priya", "where is my order #1293? my e-mail is priya.nair@example.com");
        var suggestion = (await shop.HandOffsAsync()).Single().Suggestion!;

        await shop.Get<PersonDesk>().ReplyAsync(shop.Owner, ShopUnderTest.Of("priya"), suggestion, CancellationToken.None);
        await shop.SendAsync();

        (await shop.ReceivedAsync("priya")).Should().HaveCount(2).And.EndWith(suggestion);
        (await shop.HandOffsAsync()).Should().BeEmpty();
        var conversation = await shop.Store.ReadAsync(s => s.Conversations.Find(ShopUnderTest.Of("priya")), CancellationToken.None);
        conversation!.TakenOverUntil.Should().BeNull("the person only used the agent's words");
    }

    [Fact]
    public async Task is_told_to_wait_once_and_then_at_most_once_in_four_hours_who_has_it()
    {
        await using var shop = await ShopUnderTest.OpenAsync(percentage: 0);

        await shop.SayAsync("impatient", "is the linen tote in stock");
        await shop.SayAsync("impatient", "hello??");
        await shop.SayAsync("impatient", "is the linen tote in stock or not");

        await shop.SayAsync("impatient", "hello???");

        (await shop.ReceivedAsync("impatient")).Should().HaveCount(2).And.OnlyContain(text => text.Contains("colleague"));
        (await shop.HandOffsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task who_writes_in_fragments_gets_one_answer_to_all_of_them()
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        await shop.WriteAsync("priya", "hi", "order saya", "#1293", "priya.nair@example.com");
        await shop.DecideAsync("priya");

        (await shop.ReceivedAsync("priya")).Should().ContainSingle().Which.Should().Contain("#1293");
    }

    [Fact]
    public async Task who_adds_something_before_the_answer_has_left_gets_one_answer_to_both()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.WriteAsync("quick", "what time do you open?");
        await shop.DecideOnlyAsync("quick");

        await shop.WriteAsync("quick", "on saturday I mean");
        await shop.DecideAsync("quick");

        (await shop.ReceivedAsync("quick")).Should().ContainSingle();
        (await shop.Store.ReadAsync(s => s.Inbox.Undecided(ShopUnderTest.Of("quick")), CancellationToken.None)).Should().BeEmpty();
    }

    [Fact]
    public async Task who_writes_the_same_message_twice_is_admitted_once()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var message = new InboundMessage(ShopUnderTest.Of("double"), "77", new("what time do you open?"), [], shop.Clock.GetUtcNow());

        var first = await shop.Store.WriteAsync(s => s.Inbox.Admit(message, "m1"), CancellationToken.None);
        var second = await shop.Store.WriteAsync(s => s.Inbox.Admit(message, "m2"), CancellationToken.None);

        first.Should().BeOfType<Admission.Admitted>();
        second.Should().Be(new Admission.Repeated("m1"));
    }

    [Fact]
    public async Task to_whom_a_person_has_written_is_left_to_that_person()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("guest", "what time do you open?");
        await shop.Get<PersonDesk>().ReplyAsync(shop.Owner, ShopUnderTest.Of("guest"), "Hello, this is Mei. How can I help?", CancellationToken.None);
        await shop.SendAsync();

        var trace = await shop.SayAsync("guest", "what time do you open on saturday?");

        trace.Verdict.Should().Be("Silent");
        (await shop.HandOffsAsync()).Should().ContainSingle("the person must see the new words");
        shop.Clock.Advance(TimeSpan.FromHours(3));
        (await shop.SayAsync("guest", "is the linen tote in stock")).Verdict.Should().NotBe("Silent");
    }

    [Theory]
    [InlineData("")]
    [InlineData("🦄🦄🦄")]
    [InlineData("مرحبا، أين طلبي؟")]
    [InlineData("\u0000\u0001\uFFFF binary")]
    [InlineData("<script>alert(1)</script> {{order.total}} '; drop table inbox; --")]
    public async Task who_writes_something_strange_is_handed_to_a_person_or_answered_and_never_lost(string words)
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        var trace = await shop.SayAsync("strange", words);

        trace.Verdict.Should().BeOneOf("HandOff", "Send", "AskCustomer");
        (await shop.Store.ReadAsync(s => s.Inbox.Undecided(ShopUnderTest.Of("strange")), CancellationToken.None)).Should().BeEmpty();
    }
}
