using OpsChat.Host.Commands;
using OpsChat.Operations.Briefings;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Playbooks;

namespace OpsChat.Tests.Operations;

/// <summary>A shop that is open from Monday to Friday, nine to six.</summary>
public class A_decisions_due_time
{
    private static readonly OpeningHours s_hours = new(
        TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur"),
        Enumerable.Range(1, 5).Select(day => ((DayOfWeek)day, new OpenStretch(9 * 60, 18 * 60))),
        []
    );

    [Fact]
    public void of_what_needs_a_decision_now_is_a_working_day_after_it_was_seen() =>
        AlertDue.Of(Alert(opened: Friday(16), decideBy: Friday(16), isChecked: Friday(17)), s_hours).Should().Be(Monday(15));

    [Fact]
    public void of_what_was_too_late_already_when_it_was_seen_is_the_same() =>
        AlertDue.Of(Alert(opened: Friday(16), decideBy: Friday(16).AddDays(-30), isChecked: Friday(16)), s_hours).Should().Be(Monday(15));

    [Fact]
    public void that_lies_ahead_stands_as_it_is_however_near() =>
        AlertDue.Of(Alert(opened: Friday(10), decideBy: Friday(12), isChecked: Friday(11)), s_hours).Should().Be(Friday(12));

    [Fact]
    public void that_has_passed_since_it_was_seen_is_overdue() =>
        AlertDue.Of(Alert(opened: Friday(10).AddDays(-4), decideBy: Friday(9), isChecked: Friday(12)), s_hours).Should().Be(Friday(9));

    [Fact]
    public void is_none_where_the_alert_has_none() =>
        AlertDue.Of(Alert(Friday(10), null, Friday(10)), s_hours).Should().BeNull();

    [Fact]
    public void is_the_same_in_the_briefing_and_at_the_command_as_in_the_queue()
    {
        var alert = Alert(opened: Friday(16), decideBy: Friday(16), isChecked: Friday(17));
        var queue = new AlertQueue(AlertQueue.Empty.Alerts.Add(alert.Key, alert));

        MorningBriefing.Write(queue, [], new(s_hours), "MYR", new(Friday(7)), Friday(17))[1].Should().EndWith(" By 30 Nov.");
        AlertJson.Of(alert, s_hours)["due"]!.GetValue<string>().Should().Be("2026-11-30T15:00:00+08:00");
        AlertJson.Of(alert, s_hours)["decideBy"]!.GetValue<string>().Should().Be("2026-11-27T16:00:00+08:00", "what the monitor worked out is kept");
        AlertsCommand.Text(alert, [], s_hours).ReplaceLineEndings(" ").Should()
            .Contain(", decide by 2026-11-30 15:00").And.Contain("since 2026-11-27 16:00");
    }

    private static DateTimeOffset Friday(int hour) => new(2026, 11, 27, hour, 0, 0, TimeSpan.FromHours(8));

    private static DateTimeOffset Monday(int hour) => Friday(hour).AddDays(3);

    private static Alert Alert(DateTimeOffset opened, DateTimeOffset? decideBy, DateTimeOffset isChecked) =>
        new()
        {
            Key = "order-stuck|order=#1",
            Monitor = "order-stuck",
            Subject = SubjectKey.Of(("order", "#1")),
            Owner = "warehouse",
            Headline = "#1 is paid and not shipped.",
            DecideBy = decideBy,
            OpenedAt = opened,
            CheckedAt = isChecked,
        };
}
