using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Canary;

/// <summary>What the owner is asked, and what a tap does when the world has moved on since.</summary>
public class A_question_about_the_rollout
{
    private const string Phrase = "how do i wash the wool sweater";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static readonly CanaryConfig s_tenPercent = new() { Percentage = 10, MinimumScored = 5, ErrorBudget = 0.3, Significance = 0.2 };

    private static readonly (string Issue, string Text) s_washing = Washing("Please wash wool by hand in cold water.");

    [Fact]
    public async Task is_asked_once_and_counts_once()
    {
        await using var shop = await ShopInAFolder.OpenAsync(s_tenPercent, s_washing);
        var question = await AskedAsync(shop);
        await shop.LookAsync();
        (await shop.QuestionsAsync()).Should().ContainSingle();

        var first = await shop.Desk.SayYesAsync(question.Id, CancellationToken.None);
        var second = await shop.Desk.SayYesAsync(question.Id, CancellationToken.None);

        first.Should().Be(RolloutAnswer.Done("mei took all playbooks to 25 %."));
        second.Should().Be(RolloutAnswer.Refused("mei took all playbooks to 25 %."));
        shop.Config.Current.Config.Percentage.Should().Be(25);
        (await shop.QuestionsAsync()).Should().BeEmpty();
        var audited = await shop.Store.ReadAsync(
            session => session.Audit.All().Where(e => e is { Kind: "canary", Who: "mei" }).ToList(),
            CancellationToken.None
        );
        audited.Should().ContainSingle().Which.Data.Should().Contain("\"Promoted\"").And.Contain("25");
    }

    [Fact]
    public async Task is_overtaken_by_another_percentage()
    {
        await using var shop = await ShopInAFolder.OpenAsync(s_tenPercent, s_washing);
        var question = await AskedAsync(shop);
        await shop.Desk.SetAsync(null, 5, CancellationToken.None);

        var answer = await shop.Desk.SayYesAsync(question.Id, CancellationToken.None);

        answer.Should().Be(RolloutAnswer.Refused("Nothing was changed: the percentage was 10 % when this was asked, and is 5 % now."));
        shop.Config.Current.Config.Percentage.Should().Be(5);
    }

    [Fact]
    public async Task is_refused_while_the_evidence_says_something_else_and_counts_when_it_says_so_again()
    {
        await using var shop = await ShopInAFolder.OpenAsync(s_tenPercent, s_washing);
        var question = await AskedAsync(shop);
        await shop.Desk.PauseAsync("stock-taking", CancellationToken.None);

        var early = await shop.Desk.SayYesAsync(question.Id, CancellationToken.None);
        await shop.Desk.ResumeAsync(CancellationToken.None);
        var later = await shop.Desk.SayYesAsync(question.Id, CancellationToken.None);

        early.Should().Be(RolloutAnswer.Refused("Nothing was changed: the evidence says something else now. Paused; a person resumes it."));
        later.IsDone.Should().BeTrue();
    }

    [Fact]
    public async Task that_is_answered_with_no_changes_nothing_and_is_not_put_again()
    {
        await using var shop = await ShopInAFolder.OpenAsync(s_tenPercent, s_washing);
        var question = await AskedAsync(shop);

        (await shop.Desk.SayNoAsync(question.Id, CancellationToken.None)).IsDone.Should().BeTrue();
        shop.Clock.Advance(RolloutKeeper.DecideEvery);
        await shop.LookAsync();

        (await shop.QuestionsAsync()).Should().BeEmpty();
        (await shop.Desk.SayYesAsync(question.Id, CancellationToken.None)).Should().Be(RolloutAnswer.Refused("mei said no."));
        shop.Config.Current.Config.Percentage.Should().Be(10);
    }

    [Fact]
    public async Task offers_an_edited_playbook_a_small_start_for_that_version_alone()
    {
        await using var shop = await ShopInAFolder.OpenAsync(s_tenPercent with { Percentage = 50 }, s_washing);
        await shop.LookAsync();
        shop.Save(Washing("Please wash wool by hand, never in the machine."));
        await shop.LookAsync();
        var offered = (await shop.QuestionsAsync()).Should().ContainSingle().Subject;
        shop.Save(Washing("Please wash wool by hand, in cold water, never in the machine."));

        (await shop.Desk.SayYesAsync(offered.Id, CancellationToken.None))
            .Sentence.Should()
            .Be("Nothing was changed: the playbook has another version now.");
        await shop.LookAsync();
        var again = (await shop.QuestionsAsync()).Should().ContainSingle().Subject;
        (await shop.Desk.SayYesAsync(again.Id, CancellationToken.None)).IsDone.Should().BeTrue();

        shop.Config.Current.Config.PercentageOf("washing").Should().Be(10);
        shop.Config.Current.Config.Percentage.Should().Be(50);
    }

    [Fact]
    public async Task that_was_carried_out_but_not_recorded_is_answered_with_what_was_done_when_the_tap_comes_again()
    {
        await using var shop = await ShopInAFolder.OpenAsync(s_tenPercent, s_washing);
        var question = await AskedAsync(shop);
        shop.FailOnceTheFileIsChanged();
        await shop.Invoking(s => s.Desk.SayYesAsync(question.Id, CancellationToken.None)).Should().ThrowAsync<StoreException>();
        shop.Config.Current.Config.Percentage.Should().Be(25);
        shop.Store.EndTrouble();

        var again = await shop.Desk.SayYesAsync(question.Id, CancellationToken.None);

        again.Sentence.Should().Be("mei took all playbooks to 25 %.");
        await shop.LookAsync();
        (await ChangesAsync(shop)).Should().ContainSingle().Which.Should().Match<RolloutChange>(c => c.By == "mei" && c.Step == RolloutStep.Promoted);
    }

    [Fact]
    public async Task whose_record_waits_for_the_database_is_recorded_once_beside_a_look_at_the_file()
    {
        await using var shop = await ShopInAFolder.OpenAsync(s_tenPercent, s_washing);
        var question = await AskedAsync(shop);
        var before = await File.ReadAllTextAsync(shop.ConfigPath);
        var store = new StoreThatWaits(shop.Store, () => File.ReadAllText(shop.ConfigPath) != before);
        var edits = new ConfigEdits(store, shop.Config, () => shop.Catalog.Current, shop.Clock);
        var desk = new RolloutDesk(store, shop.Config, () => shop.Catalog.Current, shop.Clock, "mei");

        var yes = desk.SayYesAsync(question.Id, CancellationToken.None);
        await store.Waiting.WaitAsync(s_patience);
        var looks = LookTwiceAsync(edits);
        store.GoOn();

        (await yes).Should().Be(RolloutAnswer.Done("mei took all playbooks to 25 %."));
        await looks;
        (await ChangesAsync(shop)).Should().ContainSingle().Which.By.Should().Be("mei");
    }

    private static async Task LookTwiceAsync(ConfigEdits edits)
    {
        await edits.LookAsync(CancellationToken.None);
        await edits.LookAsync(CancellationToken.None);
    }

    private static Task<IReadOnlyList<RolloutChange>> ChangesAsync(ShopInAFolder shop) =>
        shop.Store.ReadAsync(session => session.RolloutChanges.All(), CancellationToken.None);

    /// <summary>A store whose writes wait for a lock, from the first that finds what the test says.</summary>
    private sealed class StoreThatWaits(IStore store, Func<bool> isLocked) : StoreInFront(store)
    {
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _unlocked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when a write waits.</summary>
        public Task Waiting => _waiting.Task;

        public void GoOn() => _unlocked.SetResult();

        public override async Task<T> WriteAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken)
        {
            if (isLocked())
            {
                _waiting.TrySetResult();
                await _unlocked.Task;
            }

            return await base.WriteAsync(work, cancellationToken);
        }
    }

    /// <summary>Customers whose drafts a person sends as they are, until the next stage is asked for.</summary>
    private static async Task<RolloutQuestion> AskedAsync(ShopInAFolder shop)
    {
        await shop.LookAsync();
        for (var i = 0; i < 60; i++)
        {
            if ((await shop.SaysAsync($"c{i}", Phrase)).Decision.Verdict is Verdict.HandOff)
            {
                await shop.PersonAnswersAsync($"c{i}");
            }
        }

        await shop.LookAsync();
        return (await shop.QuestionsAsync()).Should().ContainSingle().Subject;
    }

    private static (string Issue, string Text) Washing(string reply) => ShopInAFolder.Playbook("washing", reply, [Phrase, "how should i wash this"]);
}
