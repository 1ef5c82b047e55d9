using FsCheck;
using FsCheck.Fluent;
using OpsChat.Canary;

namespace OpsChat.Tests.Canary;

public class A_rollout
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void says_what_is_still_needed_in_one_plain_sentence() =>
        Rollout.Decide(View(judged: new(41, 0))).Should().BeOfType<RolloutDecision.Hold>()
            .Which.Why.Should().Be("Keep at 10 %: 41 of 75 right answers needed, none wrong so far; about 3 days at this pace.");

    [Fact]
    public void asks_for_a_promotion_on_enough_evidence() =>
        Rollout.Decide(View(judged: new(75, 0))).Should().BeOfType<RolloutDecision.AskPromote>().Which.To.Should().Be(25);

    [Fact]
    public void promotes_by_itself_only_when_told_to()
    {
        var view = View(judged: new(75, 0));

        Rollout.Decide(With(view, c => c with { Promote = Promotion.Auto })).Should().BeOfType<RolloutDecision.Promote>();
        Rollout.Decide(With(view, c => c with { Promote = Promotion.Never })).Should().BeOfType<RolloutDecision.Hold>();
    }

    [Fact]
    public void never_promotes_on_inconclusive_evidence() =>
        Prop.ForAll<int, int>((cases, wrong) =>
        {
            var n = Math.Abs(cases % 500);
            var view = With(View(judged: new(n, n == 0 ? 0 : Math.Abs(wrong % (n + 1)))), c => c with { Promote = Promotion.Auto });
            var promoted = Rollout.Decide(view) is RolloutDecision.Promote or RolloutDecision.AskPromote;

            return promoted == (view.Evidence.LogDown >= Math.Log(20) && n >= 30);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));

    [Fact]
    public void waits_for_the_minimum_of_judged_cases() =>
        Rollout.Decide(With(View(judged: new(75, 0)), c => c with { MinimumScored = 100 })).Should().BeOfType<RolloutDecision.Hold>()
            .Which.Why.Should().StartWith("Keep at 10 %: 75 of 100 right answers needed");

    [Theory]
    [InlineData(10, 2, true)]
    [InlineData(10, 3, false)]
    public void waits_when_more_than_a_fifth_of_the_drawn_answers_lies_unjudged(int drawn, int unjudged, bool promotes) =>
        (Rollout.Decide(View(judged: new(75, 0)) with { Backlog = new(drawn, unjudged) }) is RolloutDecision.AskPromote).Should().Be(promotes);

    [Fact]
    public void waits_when_customers_do_not_fall_into_the_arms_as_they_should()
    {
        var split = Enumerable.Range(0, 200).Aggregate(SplitEvidence.None, (s, _) => s.Add(0.1, Arm.Canary));
        var view = View(judged: new(75, 0));

        Rollout.Decide(view with { Evidence = view.Evidence with { Split = split } }).Should().BeOfType<RolloutDecision.Hold>();
    }

    [Fact]
    public void goes_back_on_evidence_of_harm_and_says_the_numbers() =>
        Rollout
            .Decide(View(sent: new(50, 8)))
            .Should()
            .BeOfType<RolloutDecision.RollBack>()
            .Which.Why.Should()
            .Be(
                "Rolled all playbooks back from 10 % to 0 %: 8 of 50 answered cases were wrong, more than the budget of 5 % allows by chance."
            );

    [Fact]
    public void goes_back_even_when_the_judged_cases_would_allow_a_promotion() =>
        Rollout.Decide(View(sent: new(50, 8), judged: new(200, 0))).Should().BeOfType<RolloutDecision.RollBack>();

    [Fact]
    public void asks_before_going_back_when_told_to() =>
        Rollout.Decide(With(View(sent: new(50, 8)), c => c with { Rollback = Rollback.Ask })).Should().BeOfType<RolloutDecision.AskRollBack>();

    [Fact]
    public void goes_back_when_the_agents_customers_fare_worse_than_the_others()
    {
        var relative = Enumerable
            .Range(0, 400)
            .Aggregate(RelativeEvidence.None, (e, i) => e.Add(i % 4 == 0 ? Arm.Canary : Arm.Control, 0.25, i % 12 == 0));
        var view = View();

        Rollout.Decide(view with { Evidence = view.Evidence with { Relative = relative } }).Should().BeOfType<RolloutDecision.RollBack>();
    }

    [Fact]
    public void goes_back_when_the_rate_drifts_up_after_everyone_was_let_in()
    {
        var drift = Enumerable.Range(0, 8).Aggregate(DriftEvidence.None, (d, _) => d.Add(wrong: true, 0.05));
        var view = View();

        Rollout.Decide(view with { Evidence = view.Evidence with { Drift = drift } }).Should().BeOfType<RolloutDecision.RollBack>();
    }

    [Fact]
    public void stays_paused_until_a_person_resumes_it() =>
        Rollout
            .Decide(View(sent: new(50, 8)) with { State = new(RolloutStep.SetByOwner, Start, Paused: true) })
            .Should()
            .BeOfType<RolloutDecision.Hold>();

    [Fact]
    public void begins_from_nothing_on_the_evidence_of_drafts() =>
        Rollout
            .Decide(With(View(judged: new(80, 0)), c => c with { Percentage = 0 }))
            .Should()
            .BeOfType<RolloutDecision.AskPromote>()
            .Which.To.Should()
            .Be(10);

    [Fact]
    public void that_was_rolled_back_waits_for_a_mended_version() =>
        Rollout.Decide(With(View(judged: new(80, 0)), c => c with { Percentage = 0 }) with { State = new(RolloutStep.RolledBack, Start) })
            .Should().BeOfType<RolloutDecision.Hold>();

    [Fact]
    public void keeps_its_percentage_with_a_new_version_but_begins_small_after_a_rollback()
    {
        var config = new CanaryConfig().With("sizes", 50);

        Rollout.WithNewVersion(config, "sizes", new(RolloutStep.Promoted, Start)).PercentageOf("sizes").Should().Be(50);
        Rollout.WithNewVersion(config.With("sizes", 0), "sizes", new(RolloutStep.RolledBack, Start)).PercentageOf("sizes").Should().Be(10);
        Rollout
            .WithNewVersion(config.With("sizes", 0), "sizes", new(RolloutStep.SetByOwner, Start))
            .PercentageOf("sizes")
            .Should()
            .Be(0, "the owner chose shadow");
    }

    [Fact]
    public void of_a_playbook_without_a_percentage_of_its_own_follows_the_whole_up_but_goes_back_alone()
    {
        Rollout.Decide(View(judged: new(80, 0)) with { Playbook = "sizes" }).Should().BeOfType<RolloutDecision.Hold>();
        Rollout.Decide(View(sent: new(50, 8)) with { Playbook = "sizes" }).Should().BeOfType<RolloutDecision.RollBack>();
    }

    [Fact]
    public void has_nowhere_to_go_from_the_last_stage() =>
        Rollout.Decide(With(View(judged: new(75, 0)), c => c with { Percentage = 100 })).Should().BeOfType<RolloutDecision.Hold>();

    [Theory]
    [InlineData(2, 2, 100)]
    [InlineData(2, 2, 10)]
    [InlineData(5, 0, 100)]
    public void says_when_too_few_were_judged_to_tell(int cases, int wrong, int percentage) =>
        Rollout
            .Decide(With(View(judged: new(cases, wrong)), c => c with { Percentage = percentage }))
            .Why.Should()
            .Contain("too few to tell: 30 are needed");

    [Theory]
    [InlineData(60, 4, 4, 4, 100)]
    [InlineData(2, 2, 0, 0, 100)]
    [InlineData(2, 1, 0, 0, 10)]
    public void never_says_to_keep_what_looks_worse_than_the_budget_and_says_what_to_do_at_once(
        int sent,
        int sentWrong,
        int judged,
        int wrong,
        int percentage
    )
    {
        var decision = Rollout.Decide(With(View(new(sent, sentWrong), new(judged, wrong)), c => c with { Percentage = percentage }));

        decision.Should().BeOfType<RolloutDecision.Hold>("so few prove nothing");
        decision.Advice.Should().NotContain("Keep").And.StartWith("Look at the wrong answers now: ").And.Contain("roll all playbooks back, or pause");
    }

    [Fact]
    public void tells_the_figure_of_the_report_and_not_only_of_those_cases_that_are_known_at_once_where_they_are_wrong()
    {
        var advice = Rollout.Decide(View(sent: new(60, 4), judged: new(4, 4))).Advice;

        advice.Should().StartWith("Look at the wrong answers now: 4 of 60 answered cases were wrong").And.NotContain("4 of 4")
            .And.EndWith("no answer was judged right yet, and 4 were found wrong (too few to tell: 30 are needed); no further stage before that.");
    }

    [Fact]
    public void of_which_four_of_four_answered_were_wrong_goes_back() =>
        Rollout.Decide(With(View(sent: new(4, 4)), c => c with { Percentage = 100 })).Should().BeOfType<RolloutDecision.RollBack>();

    [Fact]
    public void is_kept_at_nothing_whatever_the_drafts_were() =>
        Rollout.Decide(With(View(judged: new(4, 4)), c => c with { Percentage = 0 })).Advice.Should().StartWith("Keep at 0 %");

    [Fact]
    public void says_so_when_the_rate_is_too_close_to_the_budget() =>
        Rollout.Decide(View(judged: new(2_000, 120))).Why.Should().Contain("too close to the budget of 5 %");

    [Fact]
    public void changes_the_configuration_only_by_an_act_or_a_yes()
    {
        var config = new CanaryConfig().With("sizes", 50);

        Rollout.Apply(config, null, new RolloutDecision.AskPromote(25, "")).Should().BeNull();
        Rollout.Apply(config, null, new RolloutDecision.AskPromote(25, ""), saidYes: true)!.Percentage.Should().Be(25);
        Rollout.Apply(config, "sizes", new RolloutDecision.RollBack(""))!.PercentageOf("sizes").Should().Be(0);
        Rollout.Apply(config, "sizes", new RolloutDecision.RollBack(""))!.Percentage.Should().Be(10, "the other playbooks keep theirs");
        Rollout.Apply(config, null, new RolloutDecision.RollBack(""))!.PercentageOf("sizes").Should().Be(0);
        Rollout.Apply(config, null, new RolloutDecision.Hold("")).Should().BeNull();
    }

    [Fact]
    public void begins_a_stage_with_each_change_of_it_or_of_the_whole()
    {
        RolloutChange[] changes =
        [
            new(Start.AddDays(1), null, "", RolloutStep.Promoted, 25, "mei", "enough evidence"),
            new(Start.AddDays(2), "sizes", "v2", RolloutStep.RolledBack, 0, "rollout", "8 of 50 were wrong"),
            new(Start.AddDays(3), "returns", "v1", RolloutStep.SetByOwner, 100, "mei", "it is simple"),
        ];
        var config = new CanaryConfig().With("returns", 100);

        RolloutHistory.StateOf(changes, null, Start).Should().Be(new RolloutState(RolloutStep.Promoted, Start.AddDays(1)));
        RolloutHistory.StateOf(changes, "sizes", Start).Step.Should().Be(RolloutStep.RolledBack);
        RolloutHistory.StateOf([.. changes, changes[0] with { At = Start.AddDays(4) }], "sizes", Start, hasOwn: true).Step
            .Should().Be(RolloutStep.RolledBack, "a promotion of the whole does not move a playbook that has its own percentage");
        RolloutHistory.StateOf([], "sizes", Start).Should().Be(new RolloutState(RolloutStep.Started, Start));
        RolloutHistory.RulesOf(config, changes, "returns", Start).Should().Be(new EvidenceRules(0.05, Start.AddDays(3), Start.AddDays(3)));
        RolloutHistory.RulesOf(config, changes, "invoice", Start).Should().Be(new EvidenceRules(0.05, Start.AddDays(1)));
    }

    private static RolloutView View(Tally? sent = null, Tally? judged = null) =>
        new(
            null,
            new CanaryConfig(),
            new(RolloutStep.Started, Start),
            Evidence.None(new(0.05, Start)) with
            {
                Sent = sent ?? Tally.None,
                Drawn = judged ?? Tally.None,
            },
            SpotCheckBacklog.None,
            JudgedPerDay: 12
        );

    private static RolloutView With(RolloutView view, Func<CanaryConfig, CanaryConfig> change) => view with { Config = change(view.Config) };
}

public class A_spot_check
{
    [Fact]
    public void is_drawn_for_each_of_the_first_answers_of_a_version_and_then_by_the_share()
    {
        var config = new CanaryConfig { MinimumScored = 30, SpotCheck = 0.1m };

        Enumerable.Range(0, 30).Should().OnlyContain(i => SpotChecks.Draw(config, $"a{i}", i).IsDrawn);
        Enumerable.Range(0, 20_000).Count(i => SpotChecks.Draw(config, $"a{i}", 1_000).IsDrawn).Should().BeInRange(1_850, 2_150);
    }

    [Fact]
    public void of_the_last_two_days_is_not_yet_overdue()
    {
        var now = new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);
        CaseOutcome Drawn(string id, double hoursAgo) =>
            Scoring.After(
                new(id, "sizes", "v1", "tg", id, Arm.Canary, 0.1, true, now.AddHours(-hoursAgo)),
                new OutcomeEvent.AnswerSent(now.AddHours(-hoursAgo), "a", Drawn: true)
            );
        var judged = Scoring.After(Drawn("c3", 60), new OutcomeEvent.SpotChecked(now, "mei", "a", null));

        SpotCheckBacklog.Of([Drawn("c1", 47), Drawn("c2", 48), judged], now).Should().Be(new SpotCheckBacklog(2, 1));
    }
}
