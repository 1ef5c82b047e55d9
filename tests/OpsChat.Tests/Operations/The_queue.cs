using OpsChat.Facts;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;

namespace OpsChat.Tests.Operations;

public class The_queue
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 6, 0, 0, TimeSpan.FromHours(8));
    private static readonly OperationsSettings s_settings = OperationsSettings.Default("MYR");

    private AlertQueue _queue = AlertQueue.Empty;
    private readonly List<AlertNews> _news = [];

    [Fact]
    public void opens_an_alert_once_and_then_keeps_it_up_to_date()
    {
        Look(0, Found("A", 1.2, 100));
        Look(1, Found("A", 1.3, 120));

        Only().Strength.Should().Be(1.3);
        _news.Should().ContainSingle().Which.Kind.Should().Be(AlertNewsKind.Opened);
    }

    [Fact]
    public void does_not_open_between_the_lines()
    {
        Look(0, Found("A", 0.7, 100));

        _queue.Alerts.Should().BeEmpty();
    }

    [Fact]
    public void is_the_same_after_ten_equal_looks_in_one_hour()
    {
        Look(0, Found("A", 1.2, 100));
        for (var i = 0; i < 10; i++)
        {
            Step(s_start.AddDays(1).AddMinutes(i), [], ["A"]);
        }

        Only().State.Should().Be(AlertState.Open, "ten looks at the same facts are one look");
        _news.Should().HaveCount(1);
    }

    [Fact]
    public void closes_after_three_clear_looks_at_the_subject()
    {
        Look(0, Found("A", 1.2, 100));
        Clear(1, "A");
        Clear(2, "A");
        Only().IsOpen.Should().BeTrue();

        Clear(3, "A");

        Only().ClosedAs.Should().Be(AlertEnd.ByData);
    }

    [Fact]
    public void closes_nothing_that_was_not_looked_at()
    {
        Look(0, Found("A", 1.2, 100));
        for (var day = 1; day < 30; day++)
        {
            Step(s_start.AddDays(day), [], []);
        }

        Only().IsOpen.Should().BeTrue("missing data is not good news");
    }

    [Fact]
    public void rings_at_most_twice_for_what_comes_and_goes_for_sixty_days()
    {
        for (var day = 0; day < 60; day++)
        {
            if (day / 4 % 2 == 0)
            {
                Look(day, Found("A", 1.2, 100));
            }
            else
            {
                Clear(day, "A");
            }
        }

        _news.Should().HaveCountLessThanOrEqualTo(4);
        Only().Episode.Should().Be(1);
        Only().Flaps.Should().NotBeEmpty();
    }

    [Fact]
    public void stays_quiet_for_thirty_days_after_no_problem_unless_it_is_twice_as_bad()
    {
        Look(0, Found("A", 1.2, 100));
        Move(new AlertMove.End(AlertEnd.NoProblem), 0);
        Look(9, Found("A", 1.3, 100));
        Only().IsOpen.Should().BeFalse();

        Look(10, Found("A", 2.5, 100));

        Only().IsOpen.Should().BeTrue();
    }

    [Fact]
    public void wakes_a_snoozed_alert_that_is_half_worse()
    {
        Look(0, Found("A", 1.2, 100));
        Move(new AlertMove.Snooze(s_start.AddDays(20)), 0);
        Look(1, Found("A", 1.2, 149));
        Only().State.Should().Be(AlertState.Snoozed);

        Look(2, Found("A", 1.2, 151));

        Only().State.Should().Be(AlertState.Open);
        _news[^1].Kind.Should().Be(AlertNewsKind.Worse);
    }

    [Fact]
    public void takes_back_that_an_alert_was_put_off()
    {
        Look(0, Found("A", 1.2, 100));
        Move(new AlertMove.Snooze(s_start.AddDays(20)), 0);
        Move(new AlertMove.Wake(), 0);

        Only().Should().Match<Alert>(a => a.State == AlertState.Seen && a.SnoozedUntil == null);
        AlertMoves.Apply(Only(), new AlertMove.Wake(), null, s_start).Should().BeOfType<AlertMoveResult.Refused>("it is not put off");
    }

    [Fact]
    public void makes_one_alert_of_five_with_one_cause()
    {
        var carrier = SubjectKey.Of(("carrier", "Selat"));

        Look(0, [.. Enumerable.Range(1, 5).Select(i => Found($"#{i}", 1, 100) with { Group = carrier })]);
        Look(1, [.. Enumerable.Range(1, 7).Select(i => Found($"#{i}", 1, 100) with { Group = carrier })]);

        var group = _queue.Ranked.Should().ContainSingle().Subject;
        group.Subject.Should().Be(carrier);
        group.Children.Should().HaveCount(7);
        group.AtRisk.Minor.Should().Be(700);
        _news.Should().ContainSingle(n => n.Kind == AlertNewsKind.Opened);
    }

    [Fact]
    public void shows_five_thousand_findings_of_a_breakdown_as_at_most_forty_alerts_with_the_money_on_top()
    {
        var (random, carriers) = (new Random(4), new[] { "Selat", "Laju", "Pos" }.Select(c => SubjectKey.Of(("carrier", c))).ToArray());
        var parcels = Enumerable.Range(1, 4_970).Select(i => Found($"#{i}", 1, random.Next(500, 9_000)) with { Group = carriers[i % 3] });
        var others = Enumerable.Range(1, 30)
            .Select(i => Found($"SKU-{i}", 1, (long)Math.Exp(8 + 4 * random.NextDouble())) with { Confidence = 0.7 + 0.3 * random.NextDouble() });

        Look(0, [.. parcels, .. others]);

        _queue.Ranked.Count.Should().BeLessThanOrEqualTo(40);
        _queue.Ranked.Where(a => a.IsGroup).Sum(a => a.Children.Length).Should().Be(4_970, "none is left out");
        _queue.Ranked.Take(10).Sum(a => a.AtRisk.Minor).Should()
            .BeGreaterThanOrEqualTo((long)(0.9 * _queue.Ranked.OrderByDescending(a => a.AtRisk.Minor).Take(10).Sum(a => a.AtRisk.Minor)));
        _news.Count(n => n.Kind == AlertNewsKind.Opened).Should().BeLessThanOrEqualTo(40);
    }

    [Fact]
    public void tells_parcels_of_one_carrier_that_are_late_and_those_that_will_be_as_one_case()
    {
        var selat = Found("A", 1, 100) with { Subject = SubjectKey.Of(("carrier", "Selat")) };
        MonitorResult By(string monitor) => new(new Watching(monitor), new MonitorLook([selat], new HashSet<SubjectKey> { selat.Subject }, []));

        var queue = QueueStep.Apply(AlertQueue.Empty, [By("parcel-late-risk"), By("parcel-late")], s_settings, s_start).Queue;

        queue.Ranked.Should().ContainSingle().Which.Monitor.Should().Be("parcel-late");
    }

    [Fact]
    public void tells_a_person_who_was_too_slow_that_the_alert_has_changed()
    {
        Look(0, Found("A", 1.2, 100));

        AlertMoves.Apply(Only(), new AlertMove.MarkSeen(), revision: 77, s_start).Should().BeOfType<AlertMoveResult.Changed>();
    }

    [Fact]
    public void shows_what_is_worth_most_first()
    {
        Look(0, Found("A", 1.2, 100), Found("B", 1.2, 900), Found("C", 1.2, 500));

        _queue.Ranked.Select(a => a.Subject["sku"]).Should().Equal("B", "C", "A");
    }

    private Alert Only() => _queue.Alerts.Values.Should().ContainSingle().Subject;

    private void Look(int day, params MonitorFinding[] findings) =>
        Step(s_start.AddDays(day), findings, [.. findings.Select(f => f.Subject["sku"]!)]);

    private void Clear(int day, string sku) => Step(s_start.AddDays(day), [], [sku]);

    private void Step(DateTimeOffset now, MonitorFinding[] findings, string[] looked)
    {
        var look = new MonitorLook(findings, looked.Select(s => SubjectKey.Of(("sku", s))).ToHashSet(), []);
        var change = QueueStep.Apply(_queue, [new(new Watching(), look)], s_settings, now);
        _queue = change.Queue;
        _news.AddRange(change.News);
    }

    private void Move(AlertMove move, int day)
    {
        var done = AlertMoves.Apply(Only(), move, null, s_start.AddDays(day)).Should().BeOfType<AlertMoveResult.Done>().Subject;
        _queue = new(_queue.Alerts.SetItem(done.Alert.Key, done.Alert));
    }

    private static MonitorFinding Found(string sku, double strength, long atRisk) =>
        new(
            SubjectKey.Of(("sku", sku)),
            strength,
            1,
            new Money(atRisk, "MYR"),
            null,
            "purchasing",
            $"{sku} needs you.",
            [],
            [],
            CalculationTrace.Of("none", "watching 1")
        );

    private sealed class Watching(string name = "watching") : IMonitor
    {
        public string Name => name;
        public TimeSpan Every => TimeSpan.FromHours(1);
        public IReadOnlyList<FeedNeed> Needs => [];
        public AlertLines Lines => AlertLines.Half(1);
        public MonitorLook Look(ShopMoment shop, OperationsSettings settings) => throw new NotSupportedException("The looks are given.");
    }
}
