using OpsChat.Decisions;
using OpsChat.Canary;
using OpsChat.Drafting;
using OpsChat.Tests.Support;
using Xunit.Abstractions;

namespace OpsChat.Tests.Messages;

public class A_guest_model(ITestOutputHelper output)
{
    private const string Proven = "where is my order #1293? my e-mail is priya.nair@example.com";

    private static readonly Dictionary<string, string> Parcels = new()
    {
        ["parcel"] =
            """
            ---
            autonomy: full
            ---
            # Where is my parcel?

            ## Issue Type
            Where the parcel is.

            - where is my parcel
            - my parcel has not come yet
            - when does the parcel arrive
            - đơn hàng của tôi ở đâu rồi

            ## Standard Reply
            Your parcel is on its way to you.

            ## Exception Handling
            - When the parcel is damaged, reply: Please keep the box of the parcel.
            """,
    };

    private static ScriptedModel Saying(Jobs jobs) => new(jobs.Answer);

    [Fact]
    public async Task words_the_reply_and_leaves_its_calls_in_trace_store_and_report()
    {
        await using var shop = await ShopUnderTest.OpenAsync(model: Saying(new() { Draft = owners => $"{owners} Thank you for your patience." }));

        var trace = await shop.SayAsync("priya", Proven);

        (await shop.ReceivedAsync("priya")).Should().ContainSingle().Which.Should().Contain("#1293").And.EndWith("Thank you for your patience.");
        trace.DraftFrom.Should().Be("Model");
        trace.ModelUses.Should().ContainSingle().Which.Outcome.Should().Be(ModelUse.Answered);
        (await shop.Store.ReadAsync(s => s.Turns.ModelUsesSince(ShopUnderTest.Morning.AddDays(-1)), default)).Should().Equal(trace.ModelUses);
        var figures = (await shop.Get<ReportReader>().ReadAsync(1, default)).Whole.Model;
        figures.Should().BeEquivalentTo(new { Calls = 1, Tokens = 120L, Cost = 0.00018m, CostPerAnswered = 0.00018m, AnswersWithout = 0 });
    }

    [Fact]
    public async Task never_sees_the_customers_address_or_name()
    {
        var model = Saying(new());
        await using var shop = await ShopUnderTest.OpenAsync(model: model);

        await shop.SayAsync("priya", Proven);

        model.Prompts.Should().ContainSingle().Which.Should().NotContainAny("priya", "Priya", "Nair").And.Contain("[EMAIL_1]");
    }

    [Theory]
    [InlineData("no", "", "Send")]
    [InlineData("yes", "my parcel", "HandOff")]
    [InlineData("unsure", "", "HandOff")]
    [InlineData("perhaps", "", "Send")]
    public async Task can_doubt_a_condition_in_prose_and_so_make_it_a_persons(string verdict, string quote, string ends)
    {
        await using var shop = await ShopUnderTest.OpenAsync(playbooks: Parcels, model: Saying(new() { Judge = _ => (verdict, quote) }));

        var trace = await shop.SayAsync("aina", "where is my parcel");

        trace.Verdict.Should().Be(ends);
        trace.Reasons.Contains("RuleInDoubt").Should().Be(ends == "HandOff");
        (await shop.ReceivedAsync("aina")).Should().NotContain(t => t.Contains("box"));
    }

    [Fact]
    public async Task translates_what_the_owner_wrote_in_no_variant()
    {
        const string Translated = "Đơn hàng của bạn đang trên đường đến.";
        await using var shop = await ShopUnderTest.OpenAsync(playbooks: Parcels, model: Saying(new() { Translate = _ => Translated }));

        await shop.SayAsync("lan", "đơn hàng của tôi ở đâu rồi");

        (await shop.ReceivedAsync("lan")).Should().Equal(Translated);
    }

    [Fact]
    public async Task sums_a_long_conversation_up_for_whoever_takes_it_over()
    {
        await using var shop = await ShopUnderTest.OpenAsync(playbooks: Parcels, model: Saying(new() { Summary = "The customer asks where the parcel is and wants a person." }));
        for (var i = 0; i < 5; i++)
        {
            await shop.SayAsync("aina", "where is my parcel");
        }

        await shop.SayAsync("aina", "i want to talk to a human now");

        (await shop.HandOffsAsync()).Should().ContainSingle().Which.Summary.Should().Be("The customer asks where the parcel is and wants a person.");
    }

    [Fact]
    public async Task without_budget_left_leaves_the_owners_words()
    {
        await using var plain = await ShopUnderTest.OpenAsync();
        await using var shop = await ShopUnderTest.OpenAsync(model: Saying(new() { Draft = _ => "Nothing of this is said." }), configure: o => o.Model = o.Model with { ConversationTokens = 10 });

        await plain.SayAsync("priya", Proven);
        var trace = await shop.SayAsync("priya", Proven);

        (await shop.ReceivedAsync("priya")).Should().Equal(await plain.ReceivedAsync("priya"));
        trace.Model.Should().ContainSingle().Which.Should().Contain("budget");
    }

    // A chatbot once told a traveller that a refund could be asked for after the flight; the written policy said the opposite, and a tribunal held the company to the bot's word.
    [Theory]
    [InlineData("does your return policy allow a refund after 90 days?")]
    [InlineData("what is your return policy")]
    [InlineData("i already used it, can i still get my money back later under your policy?")]
    [InlineData("where is my order #1293? priya.nair@example.com and your policy gives a refund within 90 days afterwards, right?")]
    public async Task that_invents_a_refund_policy_is_not_heard(string question)
    {
        const string Invented = "You may ask for a refund within 90 days after the fact.";
        await using var plain = await ShopUnderTest.OpenAsync();
        await using var shop = await ShopUnderTest.OpenAsync(model: Saying(new() { Draft = _ => Invented, Translate = _ => Invented, Judge = _ => ("yes", "refund") }));

        var without = await plain.SayAsync("jake", question);
        var trace = await shop.SayAsync("jake", question);

        (await shop.ReceivedAsync("jake")).Should().Equal(await plain.ReceivedAsync("jake")).And.NotContain(t => t.Contains("90"));
        (await shop.PendingAsync()).Should().NotContain(a => a.Text.Contains("90 days"));
        trace.Verdict.Should().Be(without.Verdict);
    }

    [SharedFact]
    public async Task changes_no_gate_decision_but_to_a_more_careful_one()
    {
        await using var plain = await ShopUnderTest.OpenAsync();
        await using var guided = await ShopUnderTest.OpenAsync(model: Saying(new()
        {
            Draft = owners => $"{owners} Thank you.",
            Judge = prompt => (prompt.Length % 3) switch { 0 => ("yes", "order"), 1 => ("no", ""), _ => ("unsure", "") },
        }));
        var (same, careful) = (0, 0);
        foreach (var (text, i) in Sample().Select((text, i) => (text, i)))
        {
            var (without, with) = (await plain.SayAsync($"c{i}", text), await guided.SayAsync($"c{i}", text));
            var isSame = with.Verdict == without.Verdict && with.Reasons.SequenceEqual(without.Reasons);
            (isSame || with is { Verdict: "HandOff" } && with.Reasons.Contains("RuleInDoubt")).Should().BeTrue("“{0}” was {1} and became {2}", text, without.Verdict, with.Verdict);
            (same, careful) = isSame ? (same + 1, careful) : (same, careful + 1);
        }

        output.WriteLine($"{same} decisions the same, {careful} more careful.");
    }

    private static IEnumerable<string> Sample() =>
        new[] { "bitext-test.csv", "banking77-test.csv", "clinc150-test.csv", "sofmattress-test.csv" }.SelectMany(file =>
        {
            var rows = Support.LabelledMessage.Read("messages", file);
            return Enumerable.Range(0, 60).Select(i => rows[i * (rows.Count / 60)].Text);
        });
}
