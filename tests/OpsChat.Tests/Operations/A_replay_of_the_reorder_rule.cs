using OpsChat.Operations.Evaluation;

namespace OpsChat.Tests.Operations;

public class A_replay_of_the_reorder_rule
{
    private static readonly DateOnly s_first = new(2026, 1, 1);

    private static readonly DailySales s_sales = new(
        s_first,
        new Dictionary<string, double[]> { ["MUG"] = [.. Enumerable.Repeat(2.0, 120)] }
    );

    [Theory]
    [InlineData(56, 119, true)]
    [InlineData(76, 100, true)]
    [InlineData(40, 100, false)]
    [InlineData(100, 100, false)]
    [InlineData(130, 150, false)]
    public void needs_sales_on_its_days_and_before_them(int from, int to, bool can) =>
        StockReplay.CanRun(s_sales, s_first.AddDays(from), s_first.AddDays(to)).Should().Be(can);

    [Fact]
    public void serves_a_steady_demand_from_little_stock()
    {
        var report = StockReplay.Run(s_sales, [7], 28, 0.95, s_first.AddDays(56), s_first.AddDays(119));

        report.Should().Match<StockReplayReport>(it => it.Skus == 1 && it.Orders > 0);
        report.Fill.Should().BeGreaterThanOrEqualTo(0.95);
        report.StockDays.Should().BeLessThan(45);
    }
}
