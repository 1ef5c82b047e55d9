using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Canary;

/// <summary>Rollbacks that are not plain: by comparison with people, against a hand on the file, with a broken file.</summary>
public class A_rollback
{
    private const string Phrase = "how do i wash the wool sweater";

    private static readonly (string, string) s_washing =
        ShopUnderTest.Playbook("washing", "Please wash wool by hand in cold water.", [Phrase, "how should i wash this"]);

    private static readonly (string, string) s_store = ShopUnderTest.Playbook(
        "visit-store",
        "We sell online only and have no store to visit.",
        ["do you have a physical store i can visit", "where is your shop located"]
    );

    private static readonly CanaryConfig s_everyone = new() { Percentage = 100, Salt = "spring" };

    /// <summary>A budget so wide that the error rate alone is no reason.</summary>
    private static readonly CanaryConfig s_wideBudget = new()
    {
        Percentage = 50,
        Salt = "spring",
        ErrorBudget = 0.3,
        Playbooks = CanaryConfigWith("washing", 50),
    };

    [Fact]
    public async Task comes_from_the_comparison_with_people_when_the_agents_customers_fare_worse()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_wideBudget, s_washing, s_store);
        await shop.LookAsync();
        await ServeAsync(shop, 200, comesBack: i => i % 5 == 0);
        shop.Clock.Advance(CaseOutcome.QuietAfter);
        await shop.LookAsync();

        shop.Config.Current.Config.PercentageOf("washing").Should().Be(0);
        (await shop.NoticesAsync()).Should().ContainSingle(n => n.StartsWith("Rolled \"washing\" back"))
            .Which.Should().Contain("more often than those whom people answered").And.Contain("Look at: api:");
        var evidence = await EvidenceAsync(shop);
        evidence.LogUp.Should().BeLessThan(Math.Log(20), "the error rate alone was no reason");
        evidence.Relative.Log.Should().BeGreaterThanOrEqualTo(Math.Log(20));
    }

    [Fact]
    public async Task is_told_in_the_briefing_and_stands_there_until_somebody_changes_it()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_everyone, s_washing, s_store);
        await shop.LookAsync();
        await FailAsync(shop);
        await shop.LookAsync();

        (await StandingAsync(shop)).Should().ContainSingle().Which.InWords(TimeZoneInfo.Utc).Should()
            .StartWith("The agent answers nothing about washing by itself since ").And.Contain("answered cases were wrong");
        (await shop.Get<BriefingDesk>().ReadAsync(shop.Clock.GetUtcNow(), default)).Should()
            .ContainSingle(line => line.StartsWith("The agent answers nothing about washing by itself"));

        (await shop.Rollout.ResetAsync("washing", default)).IsDone.Should().BeTrue();

        (await StandingAsync(shop)).Should().BeEmpty();
    }

    [Fact]
    public void of_everything_stands_except_for_what_began_again_and_only_when_no_person_made_it()
    {
        var at = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        var back = new RolloutChange(at, null, "", RolloutStep.RolledBack, 0, RolloutDesk.ByEvidence, "7 of 40 answered cases were wrong.");
        var none = s_everyone.With("washing", 100).WithEveryoneOut();

        StandingRollback.Of([back], none, RolloutDesk.ByEvidence).Should().ContainSingle()
            .Which.InWords(TimeZoneInfo.Utc).Should()
            .Be("The agent answers nobody by itself since 2 Mar 2026, 10:00. 7 of 40 answered cases were wrong.");
        StandingRollback.Of([back], none.With("washing", 10), RolloutDesk.ByEvidence).Should().ContainSingle()
            .Which.InWords(TimeZoneInfo.Utc).Should().StartWith("The agent answers nobody by itself, except about washing since ");
        StandingRollback.Of([back with { By = "Mei" }], none, RolloutDesk.ByEvidence).Should().BeEmpty();
        StandingRollback.Of([back], s_everyone, RolloutDesk.ByEvidence).Should().BeEmpty();
    }

    [Fact]
    public async Task goes_on_top_of_an_edit_by_hand_that_nobody_has_noticed_yet()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_everyone, s_washing, s_store);
        await shop.LookAsync();
        await FailAsync(shop);
        await File.WriteAllBytesAsync(shop.CanaryFile, CanaryConfigText.Write(shop.Config.Current.Config with { MinimumScored = 77 }));

        await shop.LookAsync();

        var config = shop.Config.Current.Config;
        (config.PercentageOf("washing"), config.MinimumScored).Should().Be((0, 77));
    }

    [Fact]
    public async Task is_written_again_when_a_hand_was_on_the_file_in_the_same_instant()
    {
        await using var shop = await ShopUnderTest.OfAsync(new() { Percentage = 25 }, s_washing);
        var edited = new CanaryConfig { Percentage = 25, MinimumScored = 77 };

        var change = await shop.Rollout.WriteAsync(null, config =>
        {
            File.WriteAllBytes(shop.CanaryFile, CanaryConfigText.Write(edited));
            return config.WithEveryoneOut();
        }, RolloutStep.RolledBack, "harm", null, CancellationToken.None);

        change.Should().BeOfType<CanaryChange.Conflict>().Which.OnDisk!.Config.Should().Be(edited, "what a hand wrote is never overwritten unseen");
        CanaryConfigText.Read(shop.CanaryFile, await File.ReadAllBytesAsync(shop.CanaryFile)).Config.Should().Be(edited);
    }

    [Fact]
    public async Task becomes_a_pause_when_the_file_is_broken_and_a_rollback_once_it_is_mended()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_everyone, s_washing, s_store);
        await shop.LookAsync();
        await FailAsync(shop);
        await File.WriteAllTextAsync(shop.CanaryFile, "{ half an edit");

        await shop.LookAsync();

        (await shop.SaysAsync("next", Phrase)).Decision.Reasons.Should().Contain(GateReason.Paused);
        (await shop.NoticesAsync()).Should().Contain(n => n.Contains("paused instead") && n.Contains("api:c1"), "the owner is told where to look");
        (await shop.Store.ReadAsync(session => session.Audit.All().Single(e => e.Data.Contains("\"pause\"")).Data, CancellationToken.None))
            .Should().Contain("paused instead").And.NotContain("api:", "the audit log keeps it for ever");
        await File.WriteAllBytesAsync(shop.CanaryFile, CanaryConfigText.Write(s_everyone));
        await shop.Rollout.ResumeAsync(CancellationToken.None);
        shop.Clock.Advance(RolloutKeeper.DecideEvery);
        await shop.LookAsync();
        shop.Config.Current.Config.PercentageOf("washing").Should().Be(0);
    }

    [Fact]
    public async Task becomes_a_pause_that_tells_why_when_the_disk_does_not_take_the_file_and_a_rollback_after_that()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_everyone, s_washing, s_store);
        await shop.LookAsync();
        await FailAsync(shop);
        Directory.CreateDirectory(shop.CanaryFile + ".new");

        await shop.LookAsync();

        (await shop.SaysAsync("next", Phrase)).Decision.Reasons.Should().Contain(GateReason.Paused);
        (await shop.NoticesAsync())
            .Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("Rolled \"washing\" back")
            .And.Contain("paused instead. The file cannot be written");
        (await shop.Rollout.SetAsync(null, 0, CancellationToken.None))
            .Sentence.Should()
            .StartWith("Nothing was changed: The file cannot be written")
            .And.Contain("pause");
        Directory.Delete(shop.CanaryFile + ".new");
        await shop.Rollout.ResumeAsync(CancellationToken.None);
        shop.Clock.Advance(RolloutKeeper.DecideEvery);
        await shop.LookAsync();
        shop.Config.Current.Config.PercentageOf("washing").Should().Be(0);
        (await ChangesAsync(shop)).Should().ContainSingle("what was refused was not done").Which.Step.Should().Be(RolloutStep.RolledBack);
    }

    [Fact]
    public async Task becomes_a_pause_when_the_file_cannot_be_read()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_everyone, s_washing, s_store);
        await shop.LookAsync();
        await FailAsync(shop);
        using (new FileStream(shop.CanaryFile, FileMode.Open, FileAccess.Read, FileShare.None))
        {
            await shop.LookAsync();
        }

        (await shop.SaysAsync("next", Phrase)).Decision.Reasons.Should().Contain(GateReason.Paused);
        (await shop.NoticesAsync()).Should().HaveCount(2).And.OnlyContain(n => n.Contains("The file cannot be read"));
    }

    [Fact]
    public async Task happens_at_the_next_look_when_the_store_refused_it_at_this_one()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_everyone, s_washing, s_store);
        await shop.LookAsync();
        await FailAsync(shop);
        shop.Trouble.IsInTrouble = true;
        await shop.Invoking(s => s.LookAsync()).Should().ThrowAsync<StoreException>();
        shop.Config.Current.Config.Should().Be(s_everyone, "nothing is changed that cannot be recorded");

        shop.Trouble.IsInTrouble = false;
        await shop.LookAsync();

        shop.Config.Current.Config.PercentageOf("washing").Should().Be(0);
    }

    [Fact]
    public async Task is_not_kept_waiting_by_a_clock_that_was_set_back()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_everyone, s_washing, s_store);
        var clock = new ClockSetBack(shop.Clock);
        using var keeper = shop.AnotherKeeper(clock);
        await keeper.LookAsync(CancellationToken.None);
        await FailAsync(shop);
        await shop.Rollout.PauseAsync("stock-taking", CancellationToken.None);
        await keeper.LookAsync(CancellationToken.None);

        // Nothing happens any more that would be news; only the look of every minute finds it.
        await shop.Rollout.ResumeAsync(CancellationToken.None);
        clock.By = TimeSpan.FromDays(1);
        shop.Clock.Advance(RolloutKeeper.DecideEvery);
        await keeper.LookAsync(CancellationToken.None);

        shop.Config.Reload();
        shop.Config.Current.Config.PercentageOf("washing").Should().Be(0);
    }

    [Fact]
    public async Task whose_record_failed_is_recorded_as_what_it_is_by_the_next_host()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_everyone, s_washing, s_store);
        await shop.LookAsync();
        await FailAsync(shop);
        shop.FailOnceTheFileIsChanged();
        await shop.Invoking(s => s.LookAsync()).Should().ThrowAsync<StoreException>();
        shop.Config.Current.Config.PercentageOf("washing").Should().Be(0, "it is in force");
        (await ChangesAsync(shop)).Should().BeEmpty();
        shop.Trouble.EndTrouble();

        using var next = shop.AnotherKeeper();
        await next.LookAsync(CancellationToken.None);
        await next.LookAsync(CancellationToken.None);

        (await ChangesAsync(shop))
            .Should()
            .ContainSingle()
            .Which.Should()
            .Match<RolloutChange>(c => c.By == "rollout" && c.Step == RolloutStep.RolledBack && c.Playbook == "washing");
        (await shop.NoticesAsync())
            .Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("Rolled \"washing\" back")
            .And.Contain("Look at: api:");
        (await AuditedAsync(shop)).Should().Equal("rollout");
    }

    [Fact]
    public async Task whose_record_failed_lets_the_mended_playbook_in_again_once()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_everyone, s_washing, s_store);
        await shop.LookAsync();
        await FailAsync(shop);
        shop.FailOnceTheFileIsChanged();
        await shop.Invoking(s => s.LookAsync()).Should().ThrowAsync<StoreException>();
        shop.Trouble.EndTrouble();
        shop.Save(ShopUnderTest.Playbook("washing", "Please wash wool by hand, never in the machine.", [Phrase, "how should i wash this"]));
        shop.FailOnceTheFileIsChanged();
        await shop.Invoking(s => s.LookAsync()).Should().ThrowAsync<StoreException>();
        shop.Trouble.EndTrouble();

        await shop.LookAsync();
        await shop.LookAsync();

        shop.Config.Current.Config.PercentageOf("washing").Should().Be(10);
        (await ChangesAsync(shop)).Select(c => c.Step).Should().Equal(RolloutStep.RolledBack, RolloutStep.NewVersion);
        (await shop.QuestionsAsync()).Should().BeEmpty("it has started small already");
    }

    [Fact]
    public async Task of_nothing_makes_one_notice_of_several_saves_of_a_playbook()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_everyone, s_washing, s_store);
        await shop.LookAsync();
        foreach (var words in new[] { "by hand", "cold", "not at all" })
        {
            shop.Save(ShopUnderTest.Playbook("washing", $"Please wash wool {words}.", [Phrase, "how should i wash this"]));
            await shop.LookAsync();
        }

        (await shop.NoticesAsync()).Should().ContainSingle(notice => notice.StartsWith("washing has a new version"));
        (await ChangesAsync(shop)).Should().HaveCount(3);
    }

    [Fact]
    public async Task waits_with_the_mended_playbook_until_the_disk_takes_the_file()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_everyone, s_washing, s_store);
        await shop.Rollout.RollBackAsync("washing", CancellationToken.None);
        await shop.LookAsync();
        Directory.CreateDirectory(shop.CanaryFile + ".new");
        shop.Save(ShopUnderTest.Playbook("washing", "Please wash wool by hand, never in the machine.", [Phrase, "how should i wash this"]));
        await shop.LookAsync();
        shop.Config.Current.Config.PercentageOf("washing").Should().Be(0);
        Directory.Delete(shop.CanaryFile + ".new");

        shop.Clock.Advance(RolloutKeeper.DecideEvery);
        await shop.LookAsync();

        shop.Config.Current.Config.PercentageOf("washing").Should().Be(10);
    }

    [Fact]
    public async Task is_undone_by_a_new_beginning_that_leaves_what_was_wrong_behind()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_everyone, s_washing, s_store);
        await shop.LookAsync();
        await FailAsync(shop);
        (await shop.Rollout.ResetAsync("washing", CancellationToken.None)).Sentence.Should().Contain("not rolled back");
        await shop.LookAsync();
        (await shop.NoticesAsync()).Should().Contain(n => n.Contains("`canary reset washing`"));
        (await shop.Rollout.SetAsync("washing", 10, CancellationToken.None)).Sentence.Should().Contain("canary reset washing");
        await shop.LookAsync();
        shop.Config.Current.Config.PercentageOf("washing").Should().Be(0, "the evidence still speaks against it");

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        (await shop.Rollout.ResetAsync("washing", CancellationToken.None)).IsDone.Should().BeTrue();
        shop.Clock.Advance(TimeSpan.FromDays(3));
        await shop.LookAsync();
        await shop.LookAsync();

        shop.Config.Current.Config.PercentageOf("washing").Should().Be(10);
        (await EvidenceAsync(shop)).Sent.Wrong.Should().Be(0);
        (await ChangesAsync(shop))[^1].Step.Should().Be(RolloutStep.BegunAnew);
        await shop.Rollout.SetAsync("washing", 100, CancellationToken.None);
        await FailAsync(shop, from: 1000);
        await shop.LookAsync();
        shop.Config.Current.Config.PercentageOf("washing").Should().Be(0, "a new beginning is no pardon for what comes after it");
    }

    [Fact]
    public async Task of_everything_is_undone_in_the_same_way()
    {
        await using var shop = await ShopUnderTest.OfAsync(s_everyone with { Playbooks = CanaryConfigWith("washing", 50) }, s_washing, s_store);
        await shop.Rollout.RollBackAsync(null, CancellationToken.None);

        (await shop.Rollout.ResetAsync(null, CancellationToken.None)).IsDone.Should().BeTrue();

        var config = shop.Config.Current.Config;
        (config.Percentage, config.PercentageOf("washing"), config.PercentageOf(ModelStratum.Name)).Should().Be((10, 10, 10));
    }

    /// <summary>Everyone is answered by the agent, and everyone comes back with the same question.</summary>
    private static async Task FailAsync(ShopUnderTest shop, int from = 0)
    {
        for (var i = from; i < from + 20; i++)
        {
            await shop.SaysAsync($"c{i}", Phrase);
            await shop.SaysAsync($"c{i}", Phrase);
        }
    }

    /// <summary>People answer their share with the agent's draft; of the agent's own customers some come back.</summary>
    private static async Task ServeAsync(ShopUnderTest shop, int customers, Func<int, bool> comesBack)
    {
        var answered = 0;
        for (var i = 0; i < customers; i++)
        {
            if ((await shop.SaysAsync($"c{i}", Phrase)).Decision.Verdict is Verdict.HandOff)
            {
                await shop.PersonAnswersAsync($"c{i}");
            }
            else if (comesBack(answered++))
            {
                await shop.SaysAsync($"c{i}", Phrase);
            }

            shop.Clock.Advance(TimeSpan.FromMinutes(3));
        }
    }

    /// <summary>Its time of day can be set back; what has passed since is counted by the other clock.</summary>
    private sealed class ClockSetBack(TestClock clock) : TimeProvider
    {
        public TimeSpan By { get; set; }

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() - By;

        public override long GetTimestamp() => clock.GetTimestamp();
    }

    private static Task<IReadOnlyList<StandingRollback>> StandingAsync(ShopUnderTest shop) =>
        shop.Store.ReadAsync(RolloutRecord.RolledBack, CancellationToken.None);

    private static Task<IReadOnlyList<RolloutChange>> ChangesAsync(ShopUnderTest shop) =>
        shop.Store.ReadAsync(session => session.RolloutChanges.All(), CancellationToken.None);

    /// <summary>Who changed the rollout or its file, by the audit log.</summary>
    private static Task<List<string>> AuditedAsync(ShopUnderTest shop) =>
        shop.Store.ReadAsync(
            session => session.Audit.All().Where(e => e.Kind is "canary" or "config").Select(e => e.Who).ToList(),
            CancellationToken.None
        );

    private static Task<Evidence> EvidenceAsync(ShopUnderTest shop) => shop.Store.ReadAsync(session =>
    {
        var reader = new EvidenceReader(session, shop.Catalog.Current, shop.Config.Current.Config, shop.Clock.GetUtcNow());
        return reader.Read(reader.Playbooks.Single(p => p.Playbook == "washing")).View.Evidence;
    }, CancellationToken.None);

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, PlaybookCanary> CanaryConfigWith(
        string playbook,
        decimal percentage
    ) => new CanaryConfig().With(playbook, percentage).Playbooks;
}
