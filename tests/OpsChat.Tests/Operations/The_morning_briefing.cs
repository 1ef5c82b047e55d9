using OpsChat.Facts;
using OpsChat.Operations.Briefings;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Playbooks;

namespace OpsChat.Tests.Operations;

public class The_morning_briefing
{
    private static readonly ShopCalendar s_calendar = new(OpeningHours.Always(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur")));
    private static readonly DateTimeOffset s_now = new(2026, 11, 28, 7, 30, 0, TimeSpan.FromHours(8));

    [Fact]
    public void is_at_most_three_lines_after_a_quiet_night()
    {
        var lines = Write([]);

        lines.Should().HaveCountLessThanOrEqualTo(3);
        lines[0].Should().Be("Saturday 28 November, 07:30. Nothing needs you. All feeds fresh.");
    }

    [Fact]
    public void puts_what_is_worth_most_first_and_keeps_to_twenty_five_lines()
    {
        var lines = Write(
            Enumerable.Range(1, 300).Select(i => Alert($"SKU-{i:000}", i * 100)),
            new MonitorGap(FeedKind.Inventory, "No file says what is in stock.")
        );

        lines.Should().HaveCountLessThanOrEqualTo(MorningBriefing.MostLines);
        lines[1].Should().Be("1 SKU-300 runs out. MYR 300.00. Today.");
        lines[^1].Should().Be("Not checked: No file says what is in stock.");
    }

    [Fact]
    public void leaves_out_what_the_newest_look_did_not_find_again() =>
        Write([Alert("SKU-1", 100), Alert("SKU-2", 200) with { ClearLooks = 1 }])
            .Should()
            .Contain(line => line.Contains("SKU-1"))
            .And.NotContain(line => line.Contains("SKU-2"));

    [Fact]
    public void says_the_same_for_the_same_facts() =>
        Write(Enumerable.Range(1, 40).Select(i => Alert($"SKU-{i}", 7)))
            .Should()
            .Equal(Write(Enumerable.Range(1, 40).Reverse().Select(i => Alert($"SKU-{i}", 7))));

    [Fact]
    public void tells_on_Mondays_what_was_decided_and_whose_alerts_were_no_problem()
    {
        var monday = s_now.AddDays(2);
        var ended = Enumerable.Range(1, 6).Select(i => Alert($"SKU-{i}", 7) with
        {
            State = AlertState.Closed, ClosedAs = i <= 4 ? AlertEnd.NoProblem : AlertEnd.Fixed, ClosedAt = s_now.AddDays(-1),
        }).ToList();

        var lines = WeeklyReview.Lines(ended, [], "opschat", s_calendar, monday);

        lines[0].Should().Contain("6 alerts, 4 as no problem");
        lines[1].Should().StartWith("stock-runout: you called 4 of 6 no problem.");
        WeeklyReview.Lines(ended, [], "opschat", s_calendar, monday.AddDays(1)).Should().BeEmpty("it is Tuesday");
        WeeklyReview.Lines(ended, [], "opschat", s_calendar, monday.AddDays(14)).Should().BeEmpty("nothing was decided in that week");
    }

    private static IReadOnlyList<string> Write(IEnumerable<Alert> alerts, params MonitorGap[] gaps) => MorningBriefing.Write(
        new(AlertQueue.Empty.Alerts.AddRange(alerts.Select(a => KeyValuePair.Create(a.Key, a)))), gaps, s_calendar, "MYR", s_now.AddDays(-1), s_now);

    private static Alert Alert(string sku, long atRisk) =>
        new()
        {
            Key = $"stock-runout|sku={sku}",
            Monitor = "stock-runout",
            Subject = SubjectKey.Of(("sku", sku)),
            Owner = "purchasing",
            Headline = $"{sku} runs out.",
            AtRisk = new Money(atRisk, "MYR"),
            DecideBy = s_now,
            Confidence = 1,
            OpenedAt = s_now,
            CheckedAt = s_now,
            Score = new(atRisk, 1, 1),
        };
}
