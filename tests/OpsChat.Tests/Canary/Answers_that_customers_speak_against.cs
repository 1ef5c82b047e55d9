using Dapper;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Canary;

/// <summary>What the customer says next about an automatic answer.</summary>
public sealed class Answers_that_customers_speak_against : IAsyncLifetime
{
    private const string Question = "when are you open?";

    private ShopUnderTest _shop = null!;

    public async Task InitializeAsync() => _shop = await ShopUnderTest.OpenAsync();

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public async Task are_wrong_in_whatever_language_it_is_said()
    {
        string[] complaints =
        [
            "that is not what i asked",
            "wrong answer",
            "not helpful at all",
            "答非所问",
            "bukan itu yang saya tanya",
            "gak nyambung jawabannya",
            "ตอบไม่ตรงคำถาม",
            "hindi yan ang tanong ko",
            "eso no es lo que pregunté",
        ];
        foreach (var (complaint, number) in complaints.Select((complaint, number) => (complaint, number)))
        {
            await AskAsync($"c{number}", complaint);
        }

        (await OutcomesAsync(complaints.Length))
            .Select((outcome, number) => (Said: complaints[number], outcome.Sent))
            .Should()
            .OnlyContain(it => it.Sent == Standing.Wrong);
    }

    [Fact]
    public async Task are_not_wrong_for_thanks_another_matter_or_a_slip_of_the_customers_own()
    {
        string[] harmless = ["ok thank you that helps", "do you also sell gift cards?", "sorry wrong chat", "terima kasih, itu saja", "明白了,谢谢"];
        foreach (var (text, number) in harmless.Select((text, number) => (text, number)))
        {
            await AskAsync($"c{number}", text);
        }

        (await OutcomesAsync(harmless.Length)).Should().OnlyContain(outcome => outcome.Sent != Standing.Wrong);
    }

    [Fact]
    public async Task are_wrong_when_the_same_is_asked_again_in_other_words_within_a_day()
    {
        await AskAsync("c0", "what hours is the shop open");
        await _shop.SayAsync("c1", Question);
        _shop.Clock.Advance(TimeSpan.FromHours(26));
        await _shop.SayAsync("c1", "what hours is the shop open");

        (await OutcomeAsync("c0")).Sent.Should().Be(Standing.Wrong);
        (await OutcomeAsync("c1")).Sent.Should().NotBe(Standing.Wrong);
    }

    [Fact]
    public async Task are_asked_about_when_it_is_in_doubt_and_count_as_no_random_draw()
    {
        await _shop.SayAsync("c0", Question);
        // The first answers of a version are all drawn; this one shall be one that was not.
        ((SqliteStore)_shop.Store).Writer.Execute("update outbox set spot_check = 0; update outcomes set drawn_at = null");
        (await _shop.Get<SpotCheckDesk>().ListAsync(10, CancellationToken.None)).Should().BeEmpty();

        await _shop.SayAsync("c0", "are you sure?");

        var check = (await _shop.Get<SpotCheckDesk>().ListAsync(10, CancellationToken.None)).Should().ContainSingle().Subject;
        check.CustomerWords.Should().Contain(Question);
        (await OutcomeAsync("c0")).Sent.Should().NotBe(Standing.Wrong, "nobody has said so yet");
        (await _shop.Store.ReadAsync(session => session.Desk.SpotChecksToShow(1, DateTimeOffset.UnixEpoch, 10), CancellationToken.None))
            .Should()
            .ContainSingle();
        (await _shop.Get<SpotCheckDesk>().JudgeAsync("owner", check.CaseId, check.Answer, ErrorKind.Incorrect, CancellationToken.None))
            .Should()
            .BeTrue();
        (await OutcomeAsync("c0")).Sent.Should().Be(Standing.Wrong);
        (await _shop.Get<SpotCheckDesk>().ListAsync(10, CancellationToken.None)).Should().BeEmpty();
    }

    private async Task AskAsync(string customer, string next)
    {
        await _shop.SayAsync(customer, Question);
        (await _shop.ReceivedAsync(customer)).Should().ContainSingle("it was answered");
        await _shop.SayAsync(customer, next);
    }

    private async Task<List<CaseOutcome>> OutcomesAsync(int customers)
    {
        var outcomes = new List<CaseOutcome>();
        for (var number = 0; number < customers; number++)
        {
            outcomes.Add(await OutcomeAsync($"c{number}"));
        }

        return outcomes;
    }

    private Task<CaseOutcome> OutcomeAsync(string customer) => _shop.Store.ReadAsync(session =>
    {
        var first = session.Turns.Of(ShopUnderTest.Of(customer), 10)[^1];
        return session.Outcomes.Find(first.CaseId!)!;
    }, CancellationToken.None);
}
