using OpsChat.Canary;

namespace OpsChat.Tests.Canary;

/// <summary>What the design promises of its statistics, with fixed seeds; full-size figures come from <c>canary simulate</c>.</summary>
public class A_simulated_rollout
{
    [Fact]
    public void at_the_budget_is_rolled_back_falsely_in_at_most_one_of_twenty()
    {
        var result = CanarySimulation.Run(new(0.05, 0.05, 1000, 2000));

        result.FalseRollback.Should().BeInRange(0.015, 0.05);
        result.RolledBack.Should().Be(result.FalseRollback);
    }

    [Fact]
    public void at_four_times_the_budget_is_noticed_within_25_conversations()
    {
        var result = CanarySimulation.Run(new(0.2, 0.05, 1000, 1000));

        result.MedianConversationsToRollback.Should().BeLessOrEqualTo(25);
        result.RolledBack.Should().BeGreaterThan(0.99);
        result.FalseRollback.Should().Be(0, "a rollback above the budget is not false");
    }

    [Fact]
    public void somewhat_above_the_budget_is_hardly_ever_scaled_up() =>
        CanarySimulation.Run(new(0.075, 0.05, 1000, 1000)).ScaleUp.Should().BeLessOrEqualTo(0.01);

    [Fact]
    public void well_below_the_budget_is_scaled_up_in_time()
    {
        var result = CanarySimulation.Run(new(0.01, 0.05, 1000, 500));

        result.ScaleUp.Should().BeGreaterThan(0.9);
        result.MedianConversationsToScaleUp.Should().BeInRange(75, 200);
    }

    [Fact]
    public void that_turns_bad_after_a_long_good_time_is_noticed_within_60_conversations() =>
        CanarySimulation.Run(new(0.01, 0.05, 2000, 500) { DriftTo = 0.15, DriftAfter = 1000 })
            .MedianConversationsToRollback.Should().BeLessOrEqualTo(60);

    [Fact]
    public void whose_wrongs_surface_late_is_not_rolled_back_falsely_more_often() =>
        CanarySimulation.Run(new(0.05, 0.05, 800, 1000) { DelayedPerDay = 80 }).FalseRollback.Should().BeLessOrEqualTo(0.05);

    [Fact]
    public void whose_customers_are_silent_is_not_scaled_up_falsely() =>
        CanarySimulation.Run(new(0.12, 0.05, 1000, 1000) { Complaints = 0.25, SpotChecks = 0.1 }).ScaleUp.Should().BeLessOrEqualTo(0.05);

    [Fact]
    public void with_equal_arms_is_not_rolled_back_falsely_and_with_a_worse_one_it_is()
    {
        var equal = new SimulationPlan(0.05, 0.05, 1000, 500) { Control = 0.05, Share = 0.25 };

        CanarySimulation.Run(equal).FalseRollback.Should().BeLessOrEqualTo(0.05);
        CanarySimulation.Run(equal with { Rate = 0.2 }).RolledBack.Should().BeGreaterThan(0.95);
    }

    [Fact]
    public void gives_the_same_result_with_the_same_seed()
    {
        var plan = new SimulationPlan(0.06, 0.05, 300, 200);

        CanarySimulation.Run(plan).Should().Be(CanarySimulation.Run(plan));
        CanarySimulation.Run(plan with { Seed = 2 }).Should().NotBe(CanarySimulation.Run(plan));
    }
}
