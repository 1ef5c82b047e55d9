using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsChat.Text;

/// <summary>
/// Reads the day for which a customer wants something: "by friday", "before 3 dec", "esok". The next day of that name counts, today included. A day
/// more than a season ahead is more likely one of the past, and is none. Pure, linear in the text.
/// </summary>
public static partial class DayReader
{
    private const int DaysAhead = 120;

    /// <summary>The last day that the text names, or null.</summary>
    /// <param name="today">In the shop's time zone.</param>
    public static DateOnly? Read(string text, DateOnly today)
    {
        var plain = PlainText.NormaliseLower(text);
        var found = s_weekdays.Matches(plain).Select(match => (match.Index, Day: (DateOnly?)Next(today, CalendarWords.Weekdays[match.Value])))
            .Concat(s_dates.Matches(plain).Select(match => (match.Index, Day: Dated(match, today))))
            .Concat(
                Soon()
                    .Matches(plain)
                    .Select(match => (match.Index, Day: (DateOnly?)(match.Groups["next"].Success ? today.AddDays(1) : today)))
            );
        return found
            .Where(one => one.Day is { } day && day >= today && day <= today.AddDays(DaysAhead))
            .OrderBy(one => one.Index)
            .Select(one => one.Day)
            .LastOrDefault();
    }

    private static DateOnly Next(DateOnly today, int weekday) => today.AddDays((weekday - 1 - (int)today.DayOfWeek + 7) % 7);

    private static DateOnly? Dated(Match match, DateOnly today)
    {
        var day = int.Parse(match.Groups["d"].Value, CultureInfo.InvariantCulture);
        var month = match.Groups["mon"].Success
            ? CalendarWords.Months.GetValueOrDefault(match.Groups["mon"].Value)
            : int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture);
        return new[] { today.Year, today.Year + 1 }
            .Where(year => month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month))
            .Select(year => (DateOnly?)new DateOnly(year, month, day)).FirstOrDefault(named => named >= today);
    }

    private static readonly Regex s_weekdays = new(
        string.Join(
            '|',
            CalendarWords
                .Weekdays.Keys.OrderByDescending(name => name.Length)
                .Select(name => Scripts.IsUnspaced(name[0]) ? Regex.Escape(name) : $@"(?<!\p{{L}}){Regex.Escape(name)}(?!\p{{L}})")
        ),
        RegexOptions.CultureInvariant | RegexOptions.Compiled
    );

    private static readonly string s_months = string.Join('|', CalendarWords.Months.Keys.OrderByDescending(name => name.Length).Select(Regex.Escape));

    private static readonly Regex s_dates = new(
        $@"(?<![\d/.-])(?<d>\d{{1,2}})(?:st|nd|rd|th|hb)? ?(?:of )?(?<mon>{s_months})(?!\p{{L}})|(?<!\p{{L}})(?<mon>{s_months}) (?<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d/:.-])"
        + @"|(?<![\d/.-])(?<d>\d{1,2})/(?<m>\d{1,2})(?![\d/])|(?<m>\d{1,2})月(?<d>\d{1,2})[日号]",
        RegexOptions.CultureInvariant | RegexOptions.Compiled);

    [GeneratedRegex(
        @"(?<!\p{L})(?:(?<next>tomorrow|tmr|tmrw|tmw|esok|besok|bukas)|today|tonight|hari ini|ngayon)(?!\p{L})|(?<next>明天|พรุ่งนี้)|今天|วันนี้",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Soon();
}
