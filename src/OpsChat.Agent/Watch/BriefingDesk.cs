using OpsChat.Operations.Briefings;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Settings;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>Writes the briefing out of what the store knows; it looks at nothing itself, so it is quick.</summary>
public sealed class BriefingDesk(IStore store, Func<ShopCalendar> calendar, CurrentOperations settings)
{
    public const string NoticeKind = "briefing";

    private const int MostActions = 5000;

    private static readonly TimeSpan s_latest = TimeSpan.FromHours(5);

    /// <summary>The briefing as it would be now.</summary>
    public Task<IReadOnlyList<string>> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        store.ReadAsync(session => Write(session, session.Alerts.Queue(), [], now), cancellationToken);

    /// <summary>The same for a look that is not stored.</summary>
    public Task<IReadOnlyList<string>> ReadAsync(LookReport look, CancellationToken cancellationToken) =>
        store.ReadAsync(session => Write(session, look.Queue, look.Gaps, look.At), cancellationToken);

    /// <summary>The briefing that went out on a day; null when none did.</summary>
    public Task<string?> OfDayAsync(DateOnly day, CancellationToken cancellationToken) =>
        store.ReadAsync(session => session.Alerts.BriefingOf(day), cancellationToken);

    /// <summary>Sends today's briefing to the owner when it is due and has not gone out. A host that was down at its time sends it when it is up
    /// again, up to five hours late.</summary>
    public async Task SendWhenDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var local = TimeZoneInfo.ConvertTime(now, calendar().Zone).DateTime;
        var (day, due) = (DateOnly.FromDateTime(local), settings().Time);
        var late = local.TimeOfDay - due.ToTimeSpan();
        if (late < TimeSpan.Zero || late >= s_latest || await OfDayAsync(day, cancellationToken) is not null)
        {
            return;
        }

        await store.WriteAsync(session =>
        {
            var text = string.Join('\n', Write(session, session.Alerts.Queue(), [], now));
            // On the first day nothing was watched overnight.
            if (session.Alerts.HasLooked(before: calendar().Start(day)) && session.Alerts.Briefed(day, text, now))
            {
                session.Notices.Add(NoticeKind, text, now);
                session.Audit.Append(NoticeKind, OperationsDesk.Who, day.ToString("yyyy-MM-dd"), new { Lines = text.Split('\n').Length }, now);
            }
        }, cancellationToken);
    }

    private IReadOnlyList<string> Write(UnitOfWork session, AlertQueue queue, IReadOnlyList<MonitorGap> gaps, DateTimeOffset now)
    {
        var briefed = session.Alerts.BriefedBefore(calendar().Day(now));
        IReadOnlyList<MonitorGap> open = gaps.Count > 0 ? gaps
            : [.. session.Alerts.Looks().SelectMany(l => l.Gaps.Select(g => new MonitorGap(FeedKind.Orders, g) { Monitor = l.Monitor }))];
        // Events are kept in whole milliseconds, alerts with the parts of one: what the first look found opened within that millisecond.
        var first = briefed is null ? session.Alerts.FirstOpened() + TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond - 1) : null;
        var since = new BriefingSince(briefed ?? now.AddDays(-1), first);
        var week = WeeklyReview.Lines(queue.Alerts.Values, session.ShopActions.List(null, MostActions), OperationsDesk.Who, calendar(), now);
        var rolledBack = RolloutRecord.RolledBack(session).Select(rollback => rollback.InWords(calendar().Zone));
        return MorningBriefing.Write(queue, open, calendar(), settings().Currency, since, now, [.. rolledBack, .. week]);
    }
}
