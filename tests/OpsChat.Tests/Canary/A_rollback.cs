using OpsChat.Canary;
using OpsChat.Gate;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Canary;

/// <summary>Rollbacks that are not plain: by comparison with people, against a hand on the file, with a broken file.</summary>
public class A_rollback
{
    private const string Phrase = "how do i wash the wool sweater";

    private static readonly (string, string) s_washing =
        ShopInAFolder.Playbook("washing", "Please wash wool by hand in cold water.", [Phrase, "how should i wash this"]);

    private static readonly (string, string) s_store =
        ShopInAFolder.Playbook("visit-store", "We sell online only and have no store to visit.", ["do you have a physical store i can visit", "where is your shop located"]);

    /// <summary>A budget so wide that the error rate alone is no reason.</summary>
    private static readonly CanaryConfig s_wideBudget = new() { Percentage = 50, Salt = "spring", ErrorBudget = 0.3, Playbooks = CanaryConfigWith("washing", 50) };

    [Fact]
    public async Task comes_from_the_comparison_with_people_when_the_agents_customers_fare_worse()
    {
        await using var shop = await ShopInAFolder.OpenAsync(s_wideBudget, s_washing, s_store);
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
    public async Task goes_on_top_of_an_edit_by_hand_that_nobody_has_noticed_yet()
    {
        await using var shop = await ShopInAFolder.OpenAsync(new() { Percentage = 100, Salt = "spring" }, s_washing, s_store);
        await shop.LookAsync();
        await FailAsync(shop);
        await File.WriteAllBytesAsync(shop.ConfigPath, CanaryConfigText.Write(shop.Config.Current.Config with { MinimumScored = 77 }));

        await shop.LookAsync();

        var config = shop.Config.Current.Config;
        (config.PercentageOf("washing"), config.MinimumScored).Should().Be((0, 77));
    }

    [Fact]
    public async Task is_written_again_when_a_hand_was_on_the_file_in_the_same_instant()
    {
        await using var shop = await ShopInAFolder.OpenAsync(new() { Percentage = 25 }, s_washing);
        var edited = new CanaryConfig { Percentage = 25, MinimumScored = 77 };

        var change = await shop.Desk.WriteAsync(null, config =>
        {
            File.WriteAllBytes(shop.ConfigPath, CanaryConfigText.Write(edited));
            return config.WithEveryoneOut();
        }, RolloutStep.RolledBack, "harm", null, CancellationToken.None);

        change.Should().BeOfType<CanaryChange.Conflict>().Which.OnDisk!.Config.Should().Be(edited, "what a hand wrote is never overwritten unseen");
        CanaryConfigText.Read(shop.ConfigPath, await File.ReadAllBytesAsync(shop.ConfigPath)).Config.Should().Be(edited);
    }

    [Fact]
    public async Task becomes_a_pause_when_the_file_is_broken_and_a_rollback_once_it_is_mended()
    {
        var everyone = new CanaryConfig { Percentage = 100, Salt = "spring" };
        await using var shop = await ShopInAFolder.OpenAsync(everyone, s_washing, s_store);
        await shop.LookAsync();
        await FailAsync(shop);
        await File.WriteAllTextAsync(shop.ConfigPath, "{ half an edit");

        await shop.LookAsync();

        (await shop.SaysAsync("next", Phrase)).Decision.Reasons.Should().Contain(GateReason.Paused);
        (await shop.NoticesAsync()).Should().Contain(n => n.Contains("paused instead") && n.Contains("api:c1"), "the owner is told where to look");
        (await shop.Store.ReadAsync(session => session.Audit.All().Single(e => e.Data.Contains("\"pause\"")).Data, CancellationToken.None))
            .Should().Contain("paused instead").And.NotContain("api:", "the audit log keeps it for ever");
        await File.WriteAllBytesAsync(shop.ConfigPath, CanaryConfigText.Write(everyone));
        await shop.Desk.ResumeAsync(CancellationToken.None);
        shop.Clock.Advance(RolloutKeeper.DecideEvery);
        await shop.LookAsync();
        shop.Config.Current.Config.PercentageOf("washing").Should().Be(0);
    }

    /// <summary>Everyone is answered by the agent, and everyone comes back with the same question.</summary>
    private static async Task FailAsync(ShopInAFolder shop)
    {
        for (var i = 0; i < 20; i++)
        {
            await shop.SaysAsync($"c{i}", Phrase);
            await shop.SaysAsync($"c{i}", Phrase);
        }
    }

    /// <summary>People answer their share with the agent's draft; of the agent's own customers some come back.</summary>
    private static async Task ServeAsync(ShopInAFolder shop, int customers, Func<int, bool> comesBack)
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

    private static Task<Evidence> EvidenceAsync(ShopInAFolder shop) => shop.Store.ReadAsync(session =>
    {
        var reader = new EvidenceReader(session, shop.Catalog.Current, shop.Config.Current.Config, shop.Clock.GetUtcNow());
        return reader.Read(reader.Playbooks.Single(p => p.Playbook == "washing")).View.Evidence;
    }, CancellationToken.None);

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, PlaybookCanary> CanaryConfigWith(string playbook, decimal percentage) =>
        new CanaryConfig().With(playbook, percentage).Playbooks;
}
