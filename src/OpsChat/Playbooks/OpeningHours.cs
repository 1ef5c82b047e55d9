using System.Globalization;
namespace OpsChat.Playbooks;

/// <summary>A stretch of one day in which the shop is open, in local wall-clock time.</summary>
/// <param name="From">Minutes after midnight, 0 to 1439.</param>
/// <param name="To">Minutes after midnight, above <paramref name="From"/>, at most 1440 (the day's end).</param>
public sealed record OpenStretch(int From, int To)
{
    public override string ToString() => $"{Clock(From)}-{Clock(To)}";

    private static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";
}

/// <summary>
/// When people are there to answer: stretches for each weekday in the shop's time zone, and days off. Pure; instants in, instants
/// out. On the night the clocks change, a time in the skipped hour is read with the offset from before the jump (02:30 is then 03:30), and
/// in the repeated hour a stretch begins the first time and ends the second.
/// </summary>
public sealed class OpeningHours
{
    /// <summary>How far ahead an opening is looked for; beyond it the hours count as never open again.</summary>
    private const int HorizonInDays = 3660;

    private const int MinutesOfADay = 24 * 60;

    private readonly ILookup<DayOfWeek, OpenStretch> _week;
    private readonly HashSet<DateOnly> _daysOff;

    /// <param name="zone">The shop's time zone.</param>
    /// <param name="week">At least one stretch; those that touch or overlap are joined.</param>
    /// <param name="daysOff">Local days on which the shop is closed whatever the weekday says.</param>
    public OpeningHours(TimeZoneInfo zone, IEnumerable<(DayOfWeek Day, OpenStretch Stretch)> week, IEnumerable<DateOnly> daysOff)
    {
        Zone = zone;
        _week = week.GroupBy(entry => entry.Day, entry => entry.Stretch)
            .SelectMany(day => Joined(day).Select(stretch => (Day: day.Key, Stretch: stretch)))
            .ToLookup(entry => entry.Day, entry => entry.Stretch);
        _daysOff = [.. daysOff];
        if (_week.Count == 0)
        {
            throw new ArgumentException("A shop that never opens cannot say when it answers; give at least one stretch.", nameof(week));
        }
    }

    public TimeZoneInfo Zone { get; }

    /// <summary>Open around the clock.</summary>
    public static OpeningHours Always(TimeZoneInfo zone) =>
        new(zone, Enum.GetValues<DayOfWeek>().Select(day => (day, new OpenStretch(0, MinutesOfADay))), []);

    /// <summary>The stretches of a weekday, in order.</summary>
    public IEnumerable<OpenStretch> On(DayOfWeek day) => _week[day];

    /// <summary>A time as people in the shop read it: <c>2 Mar 12:00</c>.</summary>
    public string Shown(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("d MMM HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The calendar day in the shop at an instant.</summary>

    public DateOnly LocalDay(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    public bool IsOpenDay(DateOnly day) => On(day.DayOfWeek).Any() && !_daysOff.Contains(day);

    /// <summary>The hours of a day, in words of no language: <c>09:00-12:00, 14:00-18:00</c>; null on a day off, or on one that is open around the
    /// clock.</summary>
    public string? ShownOn(DateOnly day) =>
        IsOpenDay(day) && !On(day.DayOfWeek).SequenceEqual([new OpenStretch(0, MinutesOfADay)]) ? string.Join(", ", On(day.DayOfWeek)) : null;

    public bool IsOpen(DateTimeOffset at) => From(at).First() is var stretch && stretch.Start <= at && at < stretch.End;

    /// <summary>The end of the open stretch that <paramref name="at"/> is in, or of the next one.</summary>
    public DateTimeOffset NextClosing(DateTimeOffset at) => Local(From(at).First().End);

    /// <summary>
    /// The instant at which <paramref name="open"/> of opening time has passed since <paramref name="start"/>: 2 h from Friday 17:00
    /// with hours to 18:00 is Monday 10:00. Zero or less gives the next opening.
    /// </summary>
    public DateTimeOffset AddOpenTime(DateTimeOffset start, TimeSpan open)
    {
        var left = open > TimeSpan.Zero ? open : TimeSpan.Zero;
        foreach (var stretch in From(start))
        {
            var from = Later(start, stretch.Start);
            if (stretch.End - from >= left)
            {
                return Local(from + left);
            }

            left -= stretch.End - from;
        }

        throw new InvalidOperationException("Open stretches do not end.");
    }

    /// <summary>
    /// When a person will have answered, in words: <c>18:00 today</c>, <c>10:00 on Monday</c>. It is <paramref name="within"/> of opening
    /// time from now, rounded up to the half hour so that nobody is promised 14:07, but never past closing time.
    /// </summary>
    public string AnswerBy(DateTimeOffset now, TimeSpan within, string language = "en")
    {
        var shown = AnswerTime(now, within);
        return DayFormat.In(language).NearAt(TimeZoneInfo.ConvertTime(shown, Zone).DateTime, LocalDay(now));
    }

    /// <summary>The instant that <see cref="AnswerBy"/> names.</summary>
    public DateTimeOffset AnswerTime(DateTimeOffset now, TimeSpan within)
    {
        var due = AddOpenTime(now, within);
        var half = TimeSpan.FromMinutes(30).Ticks;
        var rounded = new DateTimeOffset((due.DateTime.Ticks + half - 1) / half * half, due.Offset);
        var closing = NextClosing(due.AddTicks(-1));
        return rounded > closing ? closing : rounded;
    }

    /// <summary>The week in words: <c>Mon-Fri 09:00-18:00, Sat 10:00-14:00</c>; days without hours are left out.</summary>
    public string InWords()
    {
        if (Enum.GetValues<DayOfWeek>().All(day => _week[day].SequenceEqual([new OpenStretch(0, MinutesOfADay)])))
        {
            return "every day, around the clock";
        }

        DayOfWeek[] days =
        [
            DayOfWeek.Monday,
            DayOfWeek.Tuesday,
            DayOfWeek.Wednesday,
            DayOfWeek.Thursday,
            DayOfWeek.Friday,
            DayOfWeek.Saturday,
            DayOfWeek.Sunday,
        ];
        List<(DayOfWeek First, DayOfWeek Last, string Hours)> runs = [];
        foreach (var day in days)
        {
            var hours = string.Join(" and ", _week[day]);
            if (runs.Count > 0 && runs[^1].Hours == hours)
            {
                runs[^1] = runs[^1] with { Last = day };
            }
            else
            {
                runs.Add((day, day, hours));
            }
        }

        return string.Join(", ", runs.Where(run => run.Hours.Length > 0).Select(run => run.First == run.Last
            ? $"{DayFormat.Abbreviated(run.First)} {run.Hours}"
            : $"{DayFormat.Abbreviated(run.First)}-{DayFormat.Abbreviated(run.Last)} {run.Hours}"));
    }

    /// <summary>Open stretches as instants, in order, beginning with the first that ends after <paramref name="at"/>. Never empty, never
    /// ends.</summary>
    private IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> From(DateTimeOffset at)
    {
        var day = LocalDay(at).AddDays(-1);
        for (var closed = 0; closed < HorizonInDays; day = day.AddDays(1), closed++)
        {
            foreach (var stretch in _daysOff.Contains(day) ? [] : _week[day.DayOfWeek])
            {
                var (start, end) = (Instant(day, stretch.From, atEnd: false), Instant(day, stretch.To, atEnd: true));
                if (end > at && end > start)
                {
                    closed = 0;
                    yield return (start, end);
                }
            }
        }

        throw new InvalidOperationException("The shop has ten years of days off in a row.");
    }

    private DateTimeOffset Instant(DateOnly day, int minutes, bool atEnd)
    {
        var local = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minutes);
        if (Zone.IsInvalidTime(local))
        {
            return new DateTimeOffset(local, Zone.GetUtcOffset(local.AddHours(-2)));
        }

        var offset = Zone.IsAmbiguousTime(local)
            ? atEnd ? Zone.GetAmbiguousTimeOffsets(local).Min() : Zone.GetAmbiguousTimeOffsets(local).Max()
            : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static List<OpenStretch> Joined(IEnumerable<OpenStretch> stretches)
    {
        List<OpenStretch> joined = [];
        foreach (var next in stretches.OrderBy(stretch => stretch.From))
        {
            if (joined.Count > 0 && next.From <= joined[^1].To)
            {
                joined[^1] = new(joined[^1].From, Math.Max(joined[^1].To, next.To));
            }
            else
            {
                joined.Add(next);
            }
        }

        return joined;
    }
}
