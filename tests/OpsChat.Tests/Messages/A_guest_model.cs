using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Drafting;
using OpsChat.Playbooks;
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

    private static void Freely(OpsChatOptions options) => options.Model = options.Model with { Wording = ModelWording.Free };

    [Fact]
    public async Task adds_the_owners_phrases_and_nothing_else_to_a_reply_that_leaves()
    {
        await using var plain = await ShopUnderTest.OpenAsync();
        await using var shop = await ShopUnderTest.OpenAsync(model: Saying(new()
        {
            Draft = _ => "Nothing of this is said.",
            Compose = _ => (["thanks-1", "greeting-1", "greeting-2", "We refund you."], ["rule-99"], ["closing-2", "sorry-1"]),
        }));

        await plain.SayAsync("priya", Proven);
        var trace = await shop.SayAsync("priya", Proven);

        var owners = (await plain.ReceivedAsync("priya")).Should().ContainSingle().Subject;
        (await shop.ReceivedAsync("priya")).Should().Equal($"Hello! Thank you for writing to us. {owners}\n\nHave a nice day!");
        trace.Model.Should().Equal("The model added the owner's greeting-1, thanks-1, closing-2.");
        trace.DraftFrom.Should().NotBe("Model");
    }

    [Fact]
    public async Task reads_where_the_classifier_is_not_sure_and_the_answer_is_the_owners()
    {
        const string Odd = "any news of the box i am waiting for since ages";
        await using var shop = await ShopUnderTest.OpenAsync(
            playbooks: Parcels,
            model: Saying(new() { Read = _ => ("parcel", "the box i am waiting for") }),
            readByModel: 100
        );

        var trace = await shop.SayAsync("aina", Odd);

        trace.Should().BeEquivalentTo(new { Playbook = "parcel", ReadBy = ReadBy.Model, Verdict = "Send" });
        (await shop.ReceivedAsync("aina")).Should().Equal("Your parcel is on its way to you.");
        (await shop.Store.ReadAsync(s => s.Outcomes.Of(ModelStratum.Name, ModelStratum.Version), default))
            .Should()
            .ContainSingle()
            .Which.WasSent.Should()
            .BeTrue();
    }

    [Theory]
    [InlineData("parcel", "words that nobody wrote")]
    [InlineData("parcel", "")]
    [InlineData("no-such-playbook", "the box")]
    [InlineData("none", "the box")]
    public async Task that_reads_what_is_not_there_has_read_nothing(string playbook, string quote)
    {
        await using var shop = await ShopUnderTest.OpenAsync(
            playbooks: Parcels,
            model: Saying(new() { Read = _ => (playbook, quote) }),
            readByModel: 100
        );

        var trace = await shop.SayAsync("aina", "any news of the box i am waiting for since ages");

        trace.Should().BeEquivalentTo(new { Playbook = (string?)null, ReadBy = ReadBy.Classifier, Verdict = "HandOff" });
    }

    [Theory]
    [InlineData("i want my money back for the box")]
    [InlineData("this is a scam, i call my lawyer about the box")]
    [InlineData("let me talk to a person about the box")]
    public async Task cannot_read_money_or_anger_away(string words)
    {
        await using var shop = await ShopUnderTest.OpenAsync(
            playbooks: Parcels,
            model: Saying(new() { Read = _ => ("parcel", "the box") }),
            readByModel: 100
        );

        (await shop.SayAsync("aina", words)).Verdict.Should().NotBe("Send");
    }

    [Fact]
    public async Task is_read_by_only_within_its_own_percentage()
    {
        await using var shop = await ShopUnderTest.OpenAsync(
            playbooks: Parcels,
            model: Saying(new() { Read = _ => ("parcel", "the box") }),
            readByModel: 10
        );

        var verdicts = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            verdicts.Add((await shop.SayAsync($"c{i}", "any news of the box i am waiting for since ages")).Verdict);
        }

        verdicts.Count(v => v == "Send").Should().BeInRange(1, 20, "about one customer in ten is in");
    }

    [Fact]
    public async Task that_always_reads_wrongly_is_rolled_back_by_itself_and_takes_no_playbook_with_it()
    {
        var playbooks = new Dictionary<string, string>(Parcels)
        {
            ["parcel"] = Parcels["parcel"].Replace("autonomy: full", "autonomy: canary"),
        };
        await using var shop = await ShopUnderTest.OpenAsync(
            playbooks: playbooks,
            model: Saying(new() { Read = _ => ("parcel", "the box") }),
            readByModel: 100
        );
        using var keeper = new RolloutKeeper(
            shop.Store,
            shop.Get<CanaryConfigFile>(),
            shop.Get<CurrentPlaybooks>(),
            shop.Get<ChangeFeed>(),
            shop.Clock,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<RolloutKeeper>.Instance
        );
        var answered = 0;
        for (var i = 0; i < 60; i++)
        {
            answered += (await shop.SayAsync($"c{i}", "any news of the box i am waiting for since ages")).Verdict == "Send" ? 1 : 0;
            if (answered > 0)
            {
                await shop.SayAsync($"c{i}", "this is useless, let me talk to a human");
            }

            await keeper.LookAsync(default);
        }

        var config = shop.Get<CanaryConfigFile>().Current.Config;
        config.PercentageOf(ModelStratum.Name).Should().Be(0);
        config.PercentageOf("parcel").Should().Be(100);
        answered.Should().BeInRange(3, 12);
        output.WriteLine($"A model that always reads wrongly gave {answered} wrong answers before it was taken out.");
    }

    [Fact]
    public async Task suggests_where_no_playbook_fits_and_only_a_person_gets_it()
    {
        await using var shop = await ShopUnderTest.OpenAsync(
            playbooks: Parcels,
            model: Saying(new() { Suggest = _ => "A colleague finds out whether there is a green one." })
        );

        await shop.SayAsync("aina", "do you wrap gifts in green paper with a ribbon");

        (await shop.HandOffsAsync()).Should().ContainSingle().Which.Suggestion.Should().Be("A colleague finds out whether there is a green one.");
        (await shop.ReceivedAsync("aina")).Should().NotContain(t => t.Contains("green one"));
    }

    [Fact]
    public async Task words_the_reply_and_leaves_its_calls_in_trace_store_and_report()
    {
        await using var shop = await ShopUnderTest.OpenAsync(
            model: Saying(new() { Draft = owners => $"{owners} Thank you for your patience." }),
            configure: Freely
        );

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
        await using var shop = await ShopUnderTest.OpenAsync(
            playbooks: Parcels,
            model: Saying(new() { Translate = _ => Translated }),
            configure: Freely
        );

        await shop.SayAsync("lan", "đơn hàng của tôi ở đâu rồi");

        (await shop.ReceivedAsync("lan")).Should().Equal(Translated);
    }

    [Fact]
    public async Task sums_a_long_conversation_up_for_whoever_takes_it_over()
    {
        await using var shop = await ShopUnderTest.OpenAsync(
            playbooks: Parcels,
            model: Saying(new() { Summary = "The customer asks where the parcel is and wants a person." })
        );
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
        await using var shop = await ShopUnderTest.OpenAsync(
            model: Saying(new() { Draft = _ => "Nothing of this is said." }),
            configure: o => o.Model = o.Model with { ConversationTokens = 10 }
        );

        await plain.SayAsync("priya", Proven);
        var trace = await shop.SayAsync("priya", Proven);

        (await shop.ReceivedAsync("priya")).Should().Equal(await plain.ReceivedAsync("priya"));
        trace.Model.Should().ContainSingle().Which.Should().Contain("budget");
    }

    // A chatbot once told a traveller that a refund could be asked for after the flight; the written policy said the opposite, and a tribunal
    // held the company to the bot's word.
    [Theory]
    [InlineData("does your return policy allow a refund after 90 days?")]
    [InlineData("what is your return policy")]
    [InlineData("i already used it, can i still get my money back later under your policy?")]
    [InlineData("where is my order #1293? priya.nair@example.com and your policy gives a refund within 90 days afterwards, right?")]
    public async Task that_invents_a_refund_policy_is_not_heard(string question)
    {
        const string Invented = "You may ask for a refund within 90 days after the fact.";
        await using var plain = await ShopUnderTest.OpenAsync();
        await using var shop = await ShopUnderTest.OpenAsync(
            model: Saying(
                new()
                {
                    Draft = _ => Invented,
                    Translate = _ => Invented,
                    Judge = _ => ("yes", "refund"),
                }
            )
        );

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
            (isSame || with is { Verdict: "HandOff" } && with.Reasons.Contains("RuleInDoubt"))
                .Should()
                .BeTrue("“{0}” was {1} and became {2}", text, without.Verdict, with.Verdict);
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
