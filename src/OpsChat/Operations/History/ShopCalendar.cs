using OpsChat.Playbooks;

namespace OpsChat.Operations.History;

/// <summary>The shop's days: its time zone and its opening hours. All days of operations are days of this zone.</summary>
public sealed class ShopCalendar(OpeningHours hours)
{
    // Most moments lie in the same few days; the zone's rules are asked once a day of the year.
    private readonly TimeSpan? _fixedOffset = hours.Zone.SupportsDaylightSavingTime ? null : hours.Zone.BaseUtcOffset;

    public OpeningHours Hours { get; } = hours;

    public TimeZoneInfo Zone => Hours.Zone;

    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Local(at));

    /// <summary>Midnight at which the day begins.</summary>
    public DateTimeOffset Start(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>The last second of the day: when a row that names only a day is sure to be known.</summary>
    public DateTimeOffset End(DateOnly day) => Start(day.AddDays(1)).AddSeconds(-1);

    /// <summary>A time of the day; one that the clocks skip is read with the offset from before the jump.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        var offset = _fixedOffset ?? (Zone.IsInvalidTime(local) ? Zone.GetUtcOffset(local.AddHours(-2)) : Zone.GetUtcOffset(local));
        return new(local, offset);
    }

    /// <summary>
    /// The end of the <paramref name="days"/>th open day after the day of <paramref name="start"/>: what a shop means by "within two days".
    /// </summary>
    public DateTimeOffset AfterOpenDays(DateTimeOffset start, int days)
    {
        var day = Day(start);
        while (days > 0)
        {
            day = day.AddDays(1);
            days -= IsOpenDay(day) ? 1 : 0;
        }

        return End(day);
    }

    /// <summary>Time between two moments, without the days on which the shop is closed: a carrier does not call on them either.</summary>
    public TimeSpan OnOpenDays(DateTimeOffset start, DateTimeOffset end)
    {
        var total = end - start;
        for (var day = Day(start); day <= Day(end) && total > TimeSpan.Zero; day = day.AddDays(1))
        {
            if (!IsOpenDay(day))
            {
                var (from, to) = (Start(day), Start(day.AddDays(1)));
                total -= (to < end ? to : end) - (from > start ? from : start);
            }
        }

        return total;
    }

    public bool IsOpenDay(DateOnly day) => Hours.IsOpenDay(day);

    private DateTime Local(DateTimeOffset at) =>
        _fixedOffset is { } offset ? at.UtcDateTime + offset : TimeZoneInfo.ConvertTime(at, Zone).DateTime;
}
