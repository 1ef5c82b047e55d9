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
    public void names_the_feeds_that_are_not_fresh_with_the_day_since_when_and_what_waits_for_them()
    {
        var stale = Alert("SKU-1", 0) with
        {
            Key = "data-quality|feed=inventory",
            Monitor = "data-quality",
            Subject = SubjectKey.Of(("feed", "inventory")),
            Evidence = [new("Newest row", "stock.csv", null, s_now.AddDays(-3))],
        };
        var why = "stock.csv has had no new rows since 25 Nov.";

        var lines = Write([stale], [.. "stock-runout stock-low reorder oversold".Split(' ')
            .Select(monitor => new MonitorGap(FeedKind.Inventory, why) { Monitor = monitor })]);

        lines[0].Should().EndWith("Not fresh: inventory since 25 Nov.");
        lines[^1].Should().Be($"Not checked: Low stock, Runs out before more can arrive, Sold more than is there and 1 more: {why}");
    }

    [Fact]
    public void calls_feeds_fresh_that_are_and_says_that_something_is_missing() =>
        Write([], new MonitorGap(FeedKind.Returns, "No file tells of returns."))[0].Should().EndWith("Not everything could be checked.");

    [Fact]
    public void calls_a_first_look_a_first_look_and_counts_only_what_came_after_it_as_new()
    {
        var first = s_now.AddHours(-12);
        var alerts = Enumerable.Range(1, 32).Select(i => Alert($"SKU-{i}", i) with { OpenedAt = first }).ToList();

        Overnight(new(s_now.AddDays(-1), first), alerts).Should().Be(
            "First look, Friday 19:30: 32 found, old and new together; from now on only what is new is counted.");
        Overnight(new(s_now.AddDays(-1), first), [.. alerts, Alert("SKU-33", 1)]).Should().EndWith("Since then 1 opened, 0 closed by data.");
        Overnight(new(s_now.AddDays(-1)), [.. alerts.Take(2)]).Should().Be("Overnight: 2 opened, 0 closed by data.");
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
        lines[1].Should().StartWith("Runs out before more can arrive (stock-runout): you called 4 of 6 no problem.");
        WeeklyReview.Lines(ended, [], "opschat", s_calendar, monday.AddDays(1)).Should().BeEmpty("it is Tuesday");
        WeeklyReview.Lines(ended, [], "opschat", s_calendar, monday.AddDays(14)).Should().BeEmpty("nothing was decided in that week");
    }

    private static string Overnight(BriefingSince since, IReadOnlyList<Alert> alerts) =>
        MorningBriefing
            .Write(new(AlertQueue.Empty.Alerts.AddRange(alerts.Select(a => KeyValuePair.Create(a.Key, a)))), [], s_calendar, "MYR", since, s_now)
            .Single(line => line.StartsWith("First look", StringComparison.Ordinal) || line.StartsWith("Overnight", StringComparison.Ordinal));

    private static IReadOnlyList<string> Write(IEnumerable<Alert> alerts, params MonitorGap[] gaps) => MorningBriefing.Write(
        new(AlertQueue.Empty.Alerts.AddRange(alerts.Select(a => KeyValuePair.Create(a.Key, a)))),
        gaps,
        s_calendar,
        "MYR",
        new(s_now.AddDays(-1)),
        s_now
    );

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
