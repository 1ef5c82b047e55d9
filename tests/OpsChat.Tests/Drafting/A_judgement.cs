using System.Text.Json;
using OpsChat.Drafting;

namespace OpsChat.Tests.Drafting;

public class A_judgement
{
    private static readonly ModelContext Context = new(
        "c",
        "The box was crushed and the lamp is broken. Mei Tan",
        [new(false, "Is anything damaged?"), new(true, "wait,\nI look")],
        [new(DetailKind.Name, "Mei Tan")]
    );

    private static async Task<ModelAnswer<ConditionJudgement>> Judge(string verdict, string quote) =>
        await Writers
            .Saying(
                JsonSerializer.Serialize(
                    new
                    {
                        verdict,
                        quote,
                        reason = "because",
                    }
                )
            )
            .JudgeAsync("the parcel is damaged", Context, default);

    [Theory]
    [InlineData("yes", "the lamp is broken", Truth.Yes)]
    [InlineData("yes", "The  LAMP is broken.", Truth.Yes)]
    [InlineData("yes", "[NAME_1]", Truth.Yes)]
    [InlineData("yes", "the vase is broken", Truth.Unsure)]
    [InlineData("yes", "Is anything damaged?", Truth.Unsure)]
    [InlineData("yes", "", Truth.Unsure)]
    [InlineData("no", "", Truth.No)]
    [InlineData("no", "nothing is damaged", Truth.Unsure)]
    [InlineData("unsure", "", Truth.Unsure)]
    public async Task stands_only_on_words_that_the_customer_really_wrote(string verdict, string quote, Truth holds) =>
        (await Judge(verdict, quote)).Should().BeOfType<ModelAnswer<ConditionJudgement>.Given>().Which.Value.Holds.Should().Be(holds);

    [Fact]
    public async Task of_another_kind_is_a_failure() =>
        (await Judge("definitely", "")).Should().BeOfType<ModelAnswer<ConditionJudgement>.None>().Which.Failure.Should().Be(ModelFailure.Malformed);

    [Theory]
    [InlineData(Truth.Yes, Truth.Yes, Truth.Yes)]
    [InlineData(Truth.No, Truth.No, Truth.No)]
    [InlineData(Truth.No, Truth.Yes, Truth.Unsure)]
    [InlineData(Truth.Yes, Truth.No, Truth.Unsure)]
    [InlineData(Truth.Unsure, Truth.Yes, Truth.Unsure)]
    public void of_the_model_makes_ours_more_careful_and_never_less(Truth own, Truth model, Truth joined) =>
        ConditionJudgement.Joined(own, model).Should().Be(joined);

    [Fact]
    public async Task goes_on_a_card_with_a_translation_that_changed_nothing()
    {
        const string text = "Order #1001 comes by 3 Dec 2026, RM 50.";
        var kept = await Writers
            .Saying("""{"translation":"Pesanan anda #1001 sampai pada 3 Disember 2026, RM 50.","language":"ms"}""")
            .TranslateAsync(text, "ms", Context, default);
        kept.Should().BeOfType<ModelAnswer<string>.Given>();
        var changed = await Writers
            .Saying("""{"translation":"Pesanan anda #1001 sampai pada 5 Disember 2026, RM 50.","language":"ms"}""")
            .TranslateAsync(text, "ms", Context, default);
        changed.Should().BeOfType<ModelAnswer<string>.None>().Which.Failure.Should().Be(ModelFailure.Stopped);
    }

    [Fact]
    public async Task goes_on_a_card_with_a_note_that_invents_nothing()
    {
        var told = await Writers
            .Saying("""{"summary":"[NAME_1] says that the box was crushed and the lamp broken, and wants a refund."}""")
            .SummariseAsync(Context, "en", 40, default);
        told.Should().BeOfType<ModelAnswer<string>.Given>().Which.Value.Should().StartWith("Mei Tan says");
        var invented = await Writers.Saying("""{"summary":"The lamp cost RM 300."}""").SummariseAsync(Context, "en", 40, default);
        invented.Should().BeOfType<ModelAnswer<string>.None>().Which.Failure.Should().Be(ModelFailure.Stopped);
    }
}
