using Microsoft.Extensions.Logging;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Canary;

/// <summary>What an owner who watches the terminal sees of the rollout.</summary>
public class The_lines_of_the_rollout
{
    [Fact]
    public async Task tell_each_change_and_each_pause_once_and_nothing_of_before_the_start()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.Rollout.SetAsync(null, 5, default);
        using var log = new CapturedLog();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Information));
        using var lines = new RolloutLines(shop.Store, shop.Get<ChangeFeed>(), shop.Clock, logs.CreateLogger<RolloutLines>());
        await lines.LookAsync(default);

        await shop.Rollout.SetAsync(null, 25, default);
        await shop.Rollout.RollBackAsync(null, default);
        await shop.Rollout.PauseAsync("paused by Aina", default);
        await lines.LookAsync(default);
        await lines.LookAsync(default);
        await shop.Rollout.ResumeAsync(default);
        await lines.LookAsync(default);

        log.Lines.Select(line => line.TrimEnd()).Should().Equal(
            "Rollout: mei set all playbooks to 25 %.",
            "Rollout: mei rolled all playbooks back to 0 %.",
            "Rollout: paused by Aina",
            "Rollout: resumed"
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void tell_once_what_is_the_same_of_many_playbooks_or_each_where_that_is_asked_for(bool each)
    {
        var config = new CanaryConfig().WithEveryoneOut();
        var subjects = Enumerable.Range(1, 36).Select(i => Subject($"playbook-{i:00}", i <= 2 ? i : 0)).Append(Subject(null, 3)).ToList();

        var lines = RolloutText.Status(config, [], subjects, [], null, each).Split(Environment.NewLine);

        lines.Count(line => line.Contains("Rolled back")).Should().Be(each ? 37 : 2);
        lines.Contains("36 playbooks: 0 %, 360 answered, 3 wrong").Should().Be(!each);
        lines.Contains("  Wrong: playbook-02 2 of 10, playbook-01 1 of 10.").Should().Be(!each);
        lines.Any(line => line.StartsWith("playbook-36: 0 %", StringComparison.Ordinal)).Should().Be(each);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("On the command line, `canary status --each`", 1)]
    public void tell_how_each_is_seen_by_itself_as_the_reader_can_see_it(string? tellsEach, int count)
    {
        var config = new CanaryConfig().WithEveryoneOut();
        var subjects = Enumerable.Range(1, 8).Select(i => Subject($"playbook-{i:00}", i <= 6 ? i : 0)).Append(Subject(null, 3)).ToList();

        var text = string.Join(' ', RolloutText.Status(config, [], subjects, [], null, tellsEach: tellsEach)
            .Split(Environment.NewLine).Select(line => line.Trim()));

        text.Should().Contain("and 1 more playbook.").And.NotContain("more playbooks");
        text.Split("tells each by itself.").Length.Should().Be(count + 1);
        text.Contains("On the command line").Should().Be(count > 0);
    }

    private static ReportSubject Subject(string? playbook, int wrong) => new(
        playbook,
        Evidence.None(new(0.05, DateTimeOffset.UnixEpoch)) with { Sent = new(10, wrong) },
        Rollout.Decide(new(playbook, new CanaryConfig().WithEveryoneOut(), new(RolloutStep.RolledBack, DateTimeOffset.UnixEpoch),
            Evidence.None(new(0.05, DateTimeOffset.UnixEpoch)), SpotCheckBacklog.None, 0)));

    [Theory]
    [InlineData(0, "The agent answers nobody by itself; every customer reaches you, with a draft where there is one.")]
    [InlineData(12.5, "The agent answers 12.5 % of customers by itself; the others reach you as drafts.")]
    [InlineData(100, "The agent answers all customers by itself, except where a person must decide: those reach you as drafts.")]
    public void begin_with_whom_the_agent_answers(decimal percentage, string sentence) => RolloutText.InOneSentence(percentage).Should().Be(sentence);
}
