using OpsChat.Canary;

namespace OpsChat.Tests.Canary;

public class The_evidence_formulas
{
    [Theory]
    [InlineData(8, 50, 29.7551)]
    [InlineData(13, 100, 42.9919)]
    [InlineData(5, 100, 0.1595)]
    public void say_how_much_speaks_for_a_rate_above_the_budget(int wrong, int cases, double e) =>
        Math.Exp(EValues.LogUp(new(cases, wrong), 0.05)).Should().BeApproximately(e, 0.00005);

    [Theory]
    [InlineData(0, 75, 20.1451)]
    [InlineData(1, 129, 20.4423)]
    [InlineData(5, 100, 0.1938)]
    public void say_how_much_speaks_for_a_rate_below_the_budget(int wrong, int cases, double e) =>
        Math.Exp(EValues.LogDown(new(cases, wrong), 0.05)).Should().BeApproximately(e, 0.00005);

    [Theory]
    [InlineData(0, 100, 0, 0.0570)]
    [InlineData(3, 100, 0.0019, 0.1229)]
    [InlineData(8, 50, 0.0420, 0.3657)]
    [InlineData(20, 400, 0.0205, 0.0979)]
    public void give_the_interval_that_holds_at_any_time(int wrong, int cases, double low, double high)
    {
        var interval = EValues.Interval(new(cases, wrong), 0.05);

        interval.Low.Should().BeApproximately(low, 0.00005);
        interval.High.Should().BeApproximately(high, 0.00005);
    }

    [Fact]
    public void know_nothing_without_cases()
    {
        EValues.Interval(Tally.None, 0.05).Should().Be((0, 1));
        EValues.LogUp(Tally.None, 0.05).Should().BeApproximately(0, 1e-12);
        EValues.LogDown(Tally.None, 0.05).Should().BeApproximately(0, 1e-12);
    }

    [Theory]
    [InlineData(0.10, 37)]
    [InlineData(0.05, 75)]
    [InlineData(0.02, 191)]
    [InlineData(0.01, 383)]
    public void say_how_many_right_answers_in_a_row_allow_a_promotion(double budget, int rights) =>
        EValues.RightsNeeded(Tally.None, budget, 0.05).Should().Be(rights);

    [Fact]
    public void do_not_overflow_with_a_million_cases()
    {
        EValues.LogUp(new(1_000_000, 900_000), 0.05).Should().BePositive().And.NotBe(double.PositiveInfinity);
        EValues.Interval(new(1_000_000, 50_000), 0.05).Low.Should().BeInRange(0.048, 0.05);
    }

    [Theory]
    [InlineData(0.01, 0.1)]
    [InlineData(0.05, 0.25)]
    [InlineData(0.2, 0.5)]
    [InlineData(0.5, 0.9)]
    public void expect_nothing_from_a_case_when_both_arms_fare_alike(double rate, double share)
    {
        // Whatever was assumed from the past, one factor has mean 1 under the null: that is what makes the product an e-value.
        foreach (var ratio in new[] { 1.25, 2, 6 })
        {
            double Factor(Arm arm, bool wrong) => Math.Exp(RelativeEvidence.LogFactor(ratio, 0.07, arm, share, wrong));
            var mean = share * (rate * Factor(Arm.Canary, true) + (1 - rate) * Factor(Arm.Canary, false))
                + (1 - share) * (rate * Factor(Arm.Control, true) + (1 - rate) * Factor(Arm.Control, false));

            mean.Should().BeApproximately(1, 1e-12);
        }
    }

    [Fact]
    public void notice_an_arm_that_fares_worse()
    {
        var evidence = Enumerable.Range(0, 400).Aggregate(RelativeEvidence.None, (e, i) =>
            e.Add(i % 4 == 0 ? Arm.Canary : Arm.Control, 0.25, wrong: i % 4 == 0 ? i % 20 == 0 : i % 40 == 1));

        evidence.Log.Should().BeGreaterThan(Math.Log(20));
    }

    [Fact]
    public void restart_the_drift_detector_by_themselves_after_a_good_time()
    {
        var after = Enumerable.Range(0, 5_000).Aggregate(DriftEvidence.None, (d, _) => d.Add(wrong: false, 0.05));

        after.IsAlarm.Should().BeFalse();
        Enumerable.Range(0, 6).Aggregate(after, (d, _) => d.Add(wrong: true, 0.05)).IsAlarm.Should().BeTrue("six wrong ones in a row are no chance");
    }

    [Fact]
    public void notice_a_broken_split_and_accept_a_sound_one()
    {
        static SplitEvidence Split(int every) => Enumerable.Range(0, 1_000)
            .Aggregate(SplitEvidence.None, (s, i) => s.Add(0.1, i % every == 0 ? Arm.Canary : Arm.Control));

        Split(every: 10).IsBroken.Should().BeFalse();
        Split(every: 5).IsBroken.Should().BeTrue();
    }
}
