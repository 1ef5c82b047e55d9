using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OpsChat.Canary;
using OpsChat.Facts;

namespace OpsChat.Tests.Canary;

public class A_report
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public void that_was_rolled_up_event_by_event_equals_one_counted_from_the_cases_as_they_are() =>
        Prop.ForAll(Arb.From(Gen.ListOf(Gen.Choose(0, 9))), steps =>
        {
            var begun = new CaseOutcome("c1", "sizes", "v1", "tg", "k", Arm.Canary, 0.1, true, Start);
            var rolledUp = DayCounters.Change(null, begun);
            var now = begun;
            foreach (var step in steps)
            {
                var next = Scoring.After(now, Event(step));
                rolledUp += DayCounters.Change(now, next);
                now = next;
            }
            return rolledUp == DayCounters.Of(now);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));

    [Fact]
    public void can_be_stored_in_its_rows_and_cases_and_read_back()
    {
        var @case = Enumerable
            .Range(0, 10)
            .Aggregate(new CaseOutcome("c1", "sizes", "v1", "tg", "k", Arm.Canary, 0.1, true, Start), (c, i) => Scoring.After(c, Event(i)));
        var counters =
            DayCounters.Of(@case)
            + DayCounters.OfDecision(true, TimeSpan.FromMinutes(5), new Money(1250, "MYR"))
            + DayCounters.OfAnswer(true, TimeSpan.FromSeconds(2));

        Again(counters).Should().Be(counters);
        JsonSerializer.Serialize(Again(@case), ReportJson.Options).Should().Be(JsonSerializer.Serialize(@case, ReportJson.Options));
        Again(@case).SentErrors.Should().Equal(@case.SentErrors);
    }

    [Fact]
    public void says_of_how_many_answers_the_spot_checks_were_drawn_and_why_they_are_more_than_the_share()
    {
        var report = ReportBuilding.Build(
            Source(Row(Day, "sizes", "v1", Arm.Canary, new() { Cases = 140, Sent = 140, Drawn = 131, Unjudged = 131 }))
        );

        ReportText.Lines(report).Should().ContainInOrder(
            "Spot-checks             131 of 140 answered cases drawn, 131 to judge",
            "How they are drawn      the first 30 of each version, then 10 %"
        );
    }

    [Fact]
    public void adds_up_days_versions_and_arms()
    {
        var report = ReportBuilding.Build(Source(
            Row(Day, "sizes", "v1", Arm.Canary, new() { Cases = 20, Sent = 18, Wrong = 2, Right = 4, Quiet = 10, Answers = 20 }),
            Row(Day, "sizes", "v1", Arm.Control, new() { Cases = 60, DraftsJudged = 10, DraftsWrong = 1 }),
            Row(Day.AddDays(1), "sizes", "v2", Arm.Canary, new() { Cases = 10, Sent = 10, Answers = 10 }),
            Row(Day, "returns", "v1", Arm.Canary, new() { Cases = 5 })));

        report.Whole.Cases.Should().Be(95);
        report.Whole.AutomatedShare.Should().BeApproximately(28 / 95.0, 1e-9);
        report.Whole.Pending.Should().Be(12);
        report.Whole.HoursSaved.Should().Be(1.5, "30 answers at 3 minutes");
        report.Playbooks.Select(p => p.Playbook).Should().Equal("sizes", "returns");
        report.Playbooks[0].Versions.Select(v => v.Version).Should().Equal("v2", "v1");
        report.Playbooks[0].Versions[1].Control!.Drafts.Should().Be(RateFigures.Of(new(10, 1)));
        report.Days.Should().HaveCount(3);
        report.Days[^1].SoFar.Cases.Should().Be(28);
    }

    [Fact]
    public void shows_money_by_currency_and_how_long_decisions_took()
    {
        var report = ReportBuilding.Build(Source(Row(Day, "refund", "v1", Arm.Control,
            DayCounters.OfApprovalAsked() + DayCounters.OfDecision(true, TimeSpan.FromMinutes(10), new Money(1250, "MYR"))
            + DayCounters.OfApprovalAsked() + DayCounters.OfDecision(false, TimeSpan.FromHours(2), new Money(500, "SGD")) + DayCounters.OfExpiry())));

        var approvals = report.Whole.Approvals;
        approvals.Money.Should().Equal(new MoneyFigures("MYR", 1250, 0), new MoneyFigures("SGD", 0, 500));
        approvals.DecisionTime.MedianSeconds.Should().BeInRange(600, 780);
        (approvals.Asked, approvals.Approved, approvals.Rejected, approvals.Expired).Should().Be((2, 1, 1, 1));
    }

    [Fact]
    public void says_of_wrong_answers_what_showed_them()
    {
        var counted = Counts.Of("incomplete", 5) + Counts.Of("unwanted", 2) + Counts.Of("incorrect", 1);
        var report = ReportBuilding.Build(Source(Row(Day, "sizes", "v1", Arm.Canary, new() { Cases = 9, Sent = 9, Wrong = 8, Kinds = counted })));

        ReportText.Lines(report).SkipWhile(line => !line.StartsWith("wrong answers by what showed it", StringComparison.Ordinal)).Skip(1).Take(3)
            .Select(line => line.TrimEnd('█', ' ').Trim()).Should().SatisfyRespectively(
                line => line.Should().MatchRegex("^asked again, or judged incomplete +5$"),
                line => line.Should().MatchRegex("^wanted a person, or judged unwanted +2$"),
                line => line.Should().MatchRegex("^complained, thumb down, or judged untrue +1$"));
        report.Whole.WrongByKind[0].Name.Should().Be("incomplete", "the code stays what programs read");
    }

    [Fact]
    public void says_after_a_rollback_that_the_wrong_answers_are_from_before_it_where_no_file_changed_and_no_model_read()
    {
        var taken = new ReportSubject(
            null, Evidence.None(new(0.05, DateTimeOffset.UnixEpoch)), new RolloutDecision.Hold("Rolled back; `canary reset` begins anew as it is."));
        var source = Source(Row(Day, "sizes", "v1", Arm.Canary, new() { Cases = 4, Sent = 4, Wrong = 4 })) with
        {
            Subjects = [taken],
            Marks = [new(Start, null, RolloutStep.RolledBack, "to 0 %")],
        };

        ReportBuilding.Build(source).Advice.Should()
            .EndWith(" The wrong answers in these figures are from before it was taken back; what is in force now has answered nobody yet.");
    }

    [Fact]
    public void says_of_wrong_answers_that_the_advice_is_not_about_whose_they_are()
    {
        var kept = new ReportSubject(
            "sizes",
            Evidence.None(new(0.05, DateTimeOffset.UnixEpoch)) with { Sent = new(2, 0) },
            new RolloutDecision.Hold("Keep at 100 %: nothing judged yet.")
        );
        var source = Source(
            Row(Day, "sizes", "v1", Arm.Canary, new() { Cases = 4, Sent = 4, Wrong = 4, DraftsJudged = 3, DraftsWrong = 3 }),
            Row(Day.AddDays(1), "sizes", "v2", Arm.Canary, new() { Cases = 2, Sent = 2 }));

        var advice = ReportBuilding.Build(source with { Subjects = [kept] }).Playbooks[0].Advice;

        advice.Should().Contain("figures are of earlier versions; of").And.Contain("0 of 2 answered cases are wrong")
            .And.Contain("reached no customer");
    }

    [Fact]
    public void is_json_with_camel_case_names_and_words()
    {
        using var json = JsonDocument.Parse(ReportJson.Write(ReportBuilding.Build(Large(days: 2, playbooks: 2))));

        json.RootElement.GetProperty("whole").GetProperty("answered").GetProperty("rate").GetDouble().Should().BeInRange(0, 1);
        json.RootElement.GetProperty("days")[0].GetProperty("arm").GetString().Should().Be("control");
        json.RootElement.GetProperty("playbooks")[0].GetProperty("versions")[0].GetProperty("version").GetString().Should().NotBeNull();
    }

    [Fact]
    public void fits_80_columns_in_a_terminal_and_one_message_in_a_chat()
    {
        var report = ReportBuilding.Build(Large(days: 30, playbooks: 120));

        ReportText.Lines(report).Should().OnlyContain(line => line.Length <= 80);
        ReportText.Chat(report).Length.Should().BeLessOrEqualTo(4096);
        ReportText.Chat(report).Should().Contain(report.Advice).And.Contain("more playbooks");
    }

    [Fact]
    public void is_fine_without_anything_to_report()
    {
        var report = ReportBuilding.Build(Source());

        report.Whole.Answered.Rate.Should().BeNull();
        ReportText.Lines(report).Should().Contain(line => line.StartsWith("Hours saved"));
        ReportJson.Write(report).Should().Contain("\"playbooks\":[]");
    }

    [Fact]
    public void over_a_million_outcomes_needs_little_memory()
    {
        // 90 days of 25 playbooks in both arms: 4,500 rows that stand for 1,125,000 cases.
        var source = Large(days: 90, playbooks: 25);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var report = ReportBuilding.Build(source);

        report.Whole.Cases.Should().BeGreaterThan(1_000_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(50_000_000);
    }

    [Theory]
    [InlineData(null, "–")]
    [InlineData(4.2, "4.2 s")]
    [InlineData(45.0, "45 s")]
    [InlineData(720.0, "12 min")]
    [InlineData(12_600.0, "3.5 h")]
    [InlineData(181_440.0, "2.1 d")]
    public void says_durations_as_people_do(double? seconds, string words) => ReportText.Time(seconds).Should().Be(words);

    private static OutcomeEvent Event(int step) => step switch
    {
        0 => new OutcomeEvent.AnswerSent(Start, "a", Drawn: true),
        1 => new OutcomeEvent.DraftOffered(Start, "d", WouldSend: true),
        2 => new OutcomeEvent.PersonReplied(Start.AddMinutes(5), "mei", "d", EditJudge.Compare("5", "6")),
        3 => new OutcomeEvent.DraftRejected(Start.AddMinutes(6), "mei", "d", ErrorKind.Unwanted),
        4 => new OutcomeEvent.SpotChecked(Start.AddMinutes(7), "mei", "a", null),
        5 => new OutcomeEvent.SpotChecked(Start.AddMinutes(8), "mei", "a", ErrorKind.Outdated),
        6 => new OutcomeEvent.CustomerWrote(Start.AddHours(1), CustomerSignal.CameBack),
        7 => new OutcomeEvent.DraftBlocked(Start),
        8 => new OutcomeEvent.DeliveryFailed(Start),
        _ => new OutcomeEvent.WentQuiet(Start.AddDays(1)),
    };

    private static T Again<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, ReportJson.Options), ReportJson.Options)!;

    private static CounterRow Row(DateOnly day, string playbook, string version, Arm arm, DayCounters counters) =>
        new(new(day, playbook, version, arm), counters);

    private static ReportSource Source(params CounterRow[] rows) =>
        new(Day, Day.AddDays(30), Start.AddDays(30), new CanaryConfig(), PeriodCounters.Of(rows), [], []);

    private static ReportSource Large(int days, int playbooks) =>
        Source([
            .. from day in Enumerable.Range(0, days)
            from playbook in Enumerable.Range(0, playbooks)
            from arm in new[] { Arm.Control, Arm.Canary }
            select Row(
                Day.AddDays(day),
                $"a-playbook-with-a-rather-long-name-{playbook}",
                $"v{day / 30}",
                arm,
                new DayCounters
                {
                    Cases = 250,
                    Sent = arm == Arm.Canary ? 200 : 0,
                    Wrong = arm == Arm.Canary ? playbook % 5 : 0,
                    Replied = 240,
                    Answers = 220,
                    Kinds = Counts.Of("incorrect", 3),
                    HandOffs = Counts.Of("wants a person", 4) + Counts.Of($"no playbook {playbook % 3}", 2),
                }
                    + DayCounters.OfAnswer(arm == Arm.Canary, TimeSpan.FromSeconds(1 + playbook))
                    + DayCounters.OfDecision(true, TimeSpan.FromMinutes(9), new Money(129_900, "MYR"))
            ),
        ]);
}
