using Microsoft.Extensions.Time.Testing;
using OpsChat.Drafting;
using OpsChat.Models.Jobs;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Drafting;

public class The_models_budget
{
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 30, 23, 0, 0, TimeSpan.Zero));

    private DateOnly Today => DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);

    private static readonly ModelOptions Options = Writers.Options with { DailyTokens = 10_000, ConversationTokens = 4_000, MaxOutputTokens = 500 };

    [Fact]
    public async Task keeps_the_worst_case_of_calls_that_run_side_by_side()
    {
        var budget = new ModelBudget(Options, _clock);
        var first = await ReserveAsync(budget, "a", 1_500);
        first.Should().NotBeNull();
        (await ReserveAsync(budget, "a", 1_500)).Should().NotBeNull();
        (await ReserveAsync(budget, "a", 1_500)).Should().BeNull("the conversation would go over 4,000");
        await first!.SettleAsync(new(100, 0));
        (await ReserveAsync(budget, "a", 1_000)).Should().NotBeNull();
    }

    [Fact]
    public async Task is_for_all_conversations_together_too()
    {
        var budget = new ModelBudget(Options, _clock);
        var reserved = 0;
        foreach (var i in Enumerable.Range(0, 10))
        {
            reserved += await ReserveAsync(budget, $"c{i}", 2_000) is null ? 0 : 1;
        }

        reserved.Should().Be(4);
    }

    [Fact]
    public async Task counts_money_when_the_day_has_a_limit_of_it()
    {
        var budget = new ModelBudget(Options with { DailyCost = 0.005m }, _clock);
        (await ReserveAsync(budget, "a", 1_000)).Should().NotBeNull("it costs 0.001 + 0.002");
        (await ReserveAsync(budget, "b", 1_000)).Should().BeNull();
    }

    [Fact]
    public async Task begins_anew_every_day_and_remembers_todays_calls_after_a_restart()
    {
        ModelUse use = new(_clock.GetUtcNow().AddHours(-1), "a", "draft", "m", 3_000, 900, 0.1m, TimeSpan.Zero, ModelUse.Answered);
        var ledger = ModelLedger.After([use, use with { At = _clock.GetUtcNow().AddDays(-1), Conversation = "b" }], Today);
        var budget = new ModelBudget(Options, _clock, ledger);
        ledger.Of(Today).Should().Be(new ModelSpend(3_900L, 0.1m));
        (await ReserveAsync(budget, "a", 1)).Should().BeNull();
        _clock.Advance(TimeSpan.FromHours(2));
        (await ReserveAsync(budget, "a", 1)).Should().NotBeNull();
        ledger.Of(Today).Tokens.Should().Be(501);
    }

    [Fact]
    public async Task that_is_spent_gives_the_owners_reply_without_asking()
    {
        var model = new ScriptedModel(_ => Writers.Reply("x"));
        var draft = await Writers.On(model, Options with { DailyTokens = 100 }).DraftAsync(Writers.Parcel, default);
        draft.Should().BeEquivalentTo(new { Text = Writers.OwnersReply, ByModel = false, Uses = Array.Empty<ModelUse>() });
        draft.Why.Should().Contain("budget");
        model.Prompts.Should().BeEmpty();
    }

    [Theory]
    [InlineData("https://api.example.com/v1", false)]
    [InlineData("http://127.0.0.1:11434/v1", true)]
    [InlineData("http://localhost:11434/v1", true)]
    [InlineData("http://192.168.1.7/v1", true)]
    [InlineData("http://172.40.1.7/v1", false)]
    [InlineData("http://[fd00::7]/v1", true)]
    [InlineData("http://ollama:11434/v1", true)]
    public void is_nothing_beside_the_setting_that_keeps_words_local(string endpoint, bool isLocal) =>
        (Writers.Options with { Endpoint = new(endpoint), Key = new("k"), KeepLocal = true }).Problems().Any().Should().Be(!isLocal);

    private static ValueTask<ModelBudget.Reservation?> ReserveAsync(ModelBudget budget, string conversation, long input) =>
        budget.ReserveAsync(conversation, input, CancellationToken.None);

    [Fact]
    public void never_shows_the_key() => (Writers.Options with { Key = new("sk-very-secret") }).ToString().Should().NotContain("very-secret");
}
