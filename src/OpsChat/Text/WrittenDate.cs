using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsChat.Text;

/// <summary>In which order a file writes day and month where both are figures.</summary>
public enum DayOrder { Unknown, DayFirst, MonthFirst }

/// <summary>A day, with a time of day when one was written.</summary>
/// <param name="Local">As written; midnight when no time was.</param>
/// <param name="Offset">From UTC; null when none was written: the time is the shop's or the file's.</param>
public readonly record struct WrittenMoment(DateTime Local, TimeSpan? Offset, bool HasTime)
{
    /// <summary>The instant; without an offset the time is read on the clocks of <paramref name="zone"/>.</summary>
    public DateTimeOffset In(TimeZoneInfo zone) => new(Local, Offset ?? zone.GetUtcOffset(Local));
}

/// <summary>
/// The one reader of dates in cells. Find the file's order first: fold <see cref="OrderShownBy"/> over its date columns (the first that is not Unknown; two that
/// contradict each other are a finding), ask a setting when no row shows it, then <see cref="Read"/> each cell. What cannot be read is unknown, never empty.
/// </summary>
public static partial class WrittenDate
{
    private const int EarliestYear = 1990, LatestYear = 2199;

    /// <summary>
    /// The moment that a cell says: year first with <c>-</c>, <c>/</c>, <c>.</c> or nothing between, figures in the order given, or a month's name (<c>Nov 21,
    /// 2026</c>, <c>Nov-20-26</c>, <c>21 Mac 2026</c>); with or without a time (24 hours, AM/PM), fractions and an offset (<c>+0800</c>, <c>Z</c>, <c>UTC</c>,
    /// <c>PST</c>). Null when it is no date, no day of the calendar, or the order is needed and not known.
    /// </summary>
    public static WrittenMoment? Read(string cell, DayOrder order)
    {
        var plain = PlainText.Normalise(cell).Trim().ToLowerInvariant();
        if (Shape().Match(plain) is not { Success: true } m || DayOf(m, order) is not { } day)
        {
            return null;
        }

        var time = m.Groups["hour"].Success ? TimeOf(m) : TimeSpan.Zero;
        var isOffsetRead = TryOffset(m.Groups["zone"].Value, out var offset);
        return time is { } sinceMidnight && isOffsetRead ? new(day.ToDateTime(TimeOnly.MinValue) + sinceMidnight, offset, m.Groups["hour"].Success) : null;
    }

    /// <summary>The order that a cell shows: <c>21/11/2026</c> can only be day first. Unknown when either order or none reads it, or it needs none.</summary>
    public static DayOrder OrderShownBy(string cell) => (Read(cell, DayOrder.Unknown), Read(cell, DayOrder.DayFirst), Read(cell, DayOrder.MonthFirst)) switch
    {
        (null, not null, null) => DayOrder.DayFirst,
        (null, null, not null) => DayOrder.MonthFirst,
        _ => DayOrder.Unknown,
    };

    /// <summary>
    /// Days since 1899-12-30, as spreadsheets count them, with the time of day as a fraction; of the years 1990 to 2199. Only for a column of nothing else: 45,000
    /// may be an amount too. Null when the cell is no such number.
    /// </summary>
    public static WrittenMoment? Serial(string cell) =>
        WrittenNumber.Values(cell, DecimalMark.Point) is [>= 32874m and <= 109_573m and var days]
            ? new(new DateTime(1899, 12, 30).AddSeconds((double)decimal.Round(days * 86_400)), null, days != decimal.Truncate(days)) : null;

    /// <summary>Seconds or milliseconds since 1970 (UTC), of the years 2001 to 2199; only for a column of nothing else. Null when the cell is no such number.</summary>
    public static WrittenMoment? Epoch(string cell) => WrittenNumber.Values(cell, DecimalMark.Point) switch
    {
        [>= 1_000_000_000m and <= 7_258_000_000m and var seconds] => new(DateTime.UnixEpoch.AddSeconds((double)seconds), TimeSpan.Zero, true),
        [>= 1_000_000_000_000m and <= 7_258_000_000_000m and var milliseconds] => new(DateTime.UnixEpoch.AddMilliseconds((double)milliseconds), TimeSpan.Zero, true),
        _ => null,
    };

    private static DateOnly? DayOf(Match m, DayOrder order)
    {
        int Part(string name) => int.Parse(m.Groups[name].Value, CultureInfo.InvariantCulture);
        if (m.Groups["month"] is { Success: true } name)
        {
            return CalendarWords.Months.TryGetValue(name.Value, out var month) ? Day(Year(m.Groups["y"].Value), month, Part("d")) : null;
        }

        if (!m.Groups["a"].Success)
        {
            return Day(Year(m.Groups["y"].Value), Part("m"), Part("d"));
        }

        // 5/5/2026 is the same day in either order; any other needs to know.
        var isSame = Part("a") == Part("b");
        return order == DayOrder.Unknown && !isSame ? null
            : order == DayOrder.MonthFirst ? Day(Year(m.Groups["y"].Value), Part("a"), Part("b")) : Day(Year(m.Groups["y"].Value), Part("b"), Part("a"));
    }

    /// <summary>Two digits are of this century; a year over 2400 is of the Buddhist calendar.</summary>
    internal static int Year(string digits) =>
        int.Parse(digits, CultureInfo.InvariantCulture) switch { < 100 and var year => 2000 + year, > 2400 and var year => year - 543, var year => year };

    private static DateOnly? Day(int year, int month, int day) =>
        year is >= EarliestYear and <= LatestYear && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static TimeSpan? TimeOf(Match m)
    {
        var hour = int.Parse(m.Groups["hour"].Value, CultureInfo.InvariantCulture);
        var minute = int.Parse(m.Groups["minute"].Value, CultureInfo.InvariantCulture);
        var second = m.Groups["second"].Success ? double.Parse(m.Groups["second"].Value, CultureInfo.InvariantCulture) : 0;
        var half = string.Concat(m.Groups["half"].Value.Where(char.IsAsciiLetter));
        var isHour = half.Length == 0 ? hour <= 23 : hour is >= 1 and <= 12;
        var onClock = half switch { "am" => hour % 12, "pm" => (hour % 12) + 12, _ => hour };
        return isHour && minute <= 59 && second < 60 ? TimeSpan.FromSeconds((onClock * 3600) + (minute * 60) + second) : null;
    }

    private static bool TryOffset(string zone, out TimeSpan? offset)
    {
        var digits = string.Concat(zone.Where(char.IsAsciiDigit));
        offset = (zone, digits.Length) switch
        {
            ("", _) => null,
            ("z" or "utc" or "gmt", _) => TimeSpan.Zero,
            ("pst", _) => TimeSpan.FromHours(-8),
            ("pdt", _) => TimeSpan.FromHours(-7),
            (_, 0) => null,
            (_, <= 2) => TimeSpan.FromHours(int.Parse(digits, CultureInfo.InvariantCulture)),
            _ => new TimeSpan(int.Parse(digits[..^2], CultureInfo.InvariantCulture), int.Parse(digits[^2..], CultureInfo.InvariantCulture), 0),
        };
        offset = zone.Contains('-', StringComparison.Ordinal) ? -offset : offset;
        return offset is null || offset.Value.Duration() <= TimeSpan.FromHours(14);
    }

    [GeneratedRegex("""
        ^ (?: \p{L}{3,9}\.?,?\s+ (?=\d|\p{L}) )?
        (?: (?<y>\d{4})(?<s>[-/.])(?<m>\d{1,2})\k<s>(?<d>\d{1,2})
          | (?<y>20\d{2})(?<m>\d{2})(?<d>\d{2})
          | (?<y>\d{4})\s?年\s?(?<m>\d{1,2})\s?月\s?(?<d>\d{1,2})\s?[日号號]
          | (?<a>\d{1,2})(?<s>[-/.])(?<b>\d{1,2})\k<s>(?<y>\d{4}|\d{2})
          | (?<d>\d{1,2})(?:st|nd|rd|th)?\.?[\s-](?<month>[\p{L}\p{M}.]+?)\.?,?[\s-](?<y>\d{4}|\d{2})
          | (?<month>[\p{L}\p{M}.]+?)\.?[\s-](?<d>\d{1,2})(?:st|nd|rd|th)?,?[\s-](?<y>\d{4}|\d{2}) )
        (?: (?:t|,?\s+(?:at\s+)?) (?<hour>\d{1,2}) [:.] (?<minute>\d{2}) (?: [:.] (?<second>\d{2}(?:\.\d{1,9})?) )? (?:\s?(?<half>[ap]\.?m\.?))? )?
        \s?(?<zone>z|utc|gmt|pst|pdt|(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?)? $
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Shape();
}
