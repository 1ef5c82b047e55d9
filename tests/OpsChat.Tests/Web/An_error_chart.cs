using OpsChat.Canary;
using OpsChat.Host.Web.Pages.Charts;

namespace OpsChat.Tests.Web;

public class An_error_chart
{
    private static readonly DateOnly s_first = new(2026, 3, 1);
    private static readonly DateTimeOffset s_now = new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void has_a_curve_and_a_band_for_each_arm_with_cases()
    {
        var shape = Shape(Day(0, Arm.Canary, 20, 1), Day(5, Arm.Canary, 20, 0), Day(5, Arm.Control, 30, 3));

        shape.Curves.Select(c => (c.Arm, c.Points.Count)).Should().Equal((Arm.Canary, 2), (Arm.Control, 1));
        shape.Curves.Should().OnlyContain(c => c.Band.Split(' ', StringSplitOptions.None).Length == 4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void stays_inside_its_frame_even_when_everything_is_wrong(bool onAPhone)
    {
        var frame = onAPhone ? ChartFrame.Phone : ChartFrame.Desktop;
        var shape = ErrorChartShape.Of(Report(Day(0, Arm.Canary, 1, 1), Day(10, Arm.Canary, 5, 5)), TimeZoneInfo.Utc, frame);

        foreach (var pair in shape.Curves.SelectMany(c => $"{c.Line} {c.Band}".Split(' ')))
        {
            var at = pair.Split(',').Select(n => double.Parse(n)).ToList();
            at[0].Should().BeInRange(frame.Left, frame.Right);
            at[1].Should().BeInRange(frame.Top, frame.Bottom);
        }
    }

    [Fact]
    public void draws_higher_rates_higher()
    {
        var shape = Shape(Day(0, Arm.Canary, 100, 2), Day(1, Arm.Canary, 100, 20));

        shape.Curves[0].Points[1].Y.Should().BeLessThan(shape.Curves[0].Points[0].Y);
    }

    [Fact]
    public void numbers_the_marks_of_its_period_only()
    {
        var report = Report(Day(0, Arm.Canary, 10, 0)) with
        {
            Marks =
            [
                new(s_now.AddDays(-30), null, RolloutStep.Promoted, "before"),
                new(s_now.AddDays(-5), null, RolloutStep.Promoted, "to 25 %"),
                new(s_now, "late-parcel", RolloutStep.NewVersion, "new version"),
            ],
        };

        ErrorChartShape.Of(report, TimeZoneInfo.Utc, ChartFrame.Desktop).Marks.Select(m => (m.Number, m.Mark.Text)).Should()
            .Equal((1, "to 25 %"), (2, "new version"));
    }

    [Fact]
    public void of_one_day_is_drawn_without_dividing_by_nothing()
    {
        var report = Report(Day(0, Arm.Canary, 10, 1)) with { To = s_first };

        ErrorChartShape.Of(report, TimeZoneInfo.Utc, ChartFrame.Desktop).Curves[0].Points[0].X.Should().Be(ChartFrame.Desktop.Left);
    }

    [Fact]
    public void without_any_scored_answer_has_no_curve() => Shape().Curves.Should().BeEmpty();

    private static ErrorChartShape Shape(params CounterRow[] rows) => ErrorChartShape.Of(Report(rows), TimeZoneInfo.Utc, ChartFrame.Desktop);

    private static CanaryReport Report(params CounterRow[] rows) =>
        ReportBuilding.Build(new(s_first, s_first.AddDays(10), s_now, new CanaryConfig(), PeriodCounters.Of(rows), [], []));

    private static CounterRow Day(int day, Arm arm, int cases, int wrong) =>
        new(
            new(s_first.AddDays(day), "where-is-my-order", "v1", arm),
            arm == Arm.Canary
                ? new()
                {
                    Cases = cases,
                    Sent = cases,
                    Wrong = wrong,
                }
                : new()
                {
                    Cases = cases,
                    DraftsJudged = cases,
                    DraftsWrong = wrong,
                }
        );
}
