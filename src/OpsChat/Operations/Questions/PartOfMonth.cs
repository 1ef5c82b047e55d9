using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsChat.Operations.Questions;

/// <summary>Days told by where they stand in a month: its first week, its second half, its last three days or two weeks, its last Friday.</summary>
internal static partial class PartOfMonth
{
    private const int HalfMonth = 15;

    /// <summary>Null when the text names none.</summary>
    /// <param name="text">In lower case.</param>
    public static QuestionPeriod? Of(string text, DateOnly today)
    {
        if (Name().Match(text) is not { Success: true } match || FirstOf(match.Groups["month"].Value, today) is not { } first)
        {
            return null;
        }

        var (part, last) = (match.Groups["part"].Value, first.AddMonths(1).AddDays(-1));
        // 0 for the last one.
        var which = match.Groups["which"].Value is "last" or "final" ? 0 : Place(match.Groups["which"].Value);
        var days = part switch
        {
            "half" => which switch { 1 => (first, first.AddDays(HalfMonth - 1)), 0 or 2 => (first.AddDays(HalfMonth), last), _ => null },
            "week" => which == 0 ? (last.AddDays(-6), last) : (first.AddDays(7 * (which - 1)), first.AddDays(7 * which - 1)),
            _ when PeriodText.Weekdays.IndexOf(part) is >= 0 and var weekday => Weekday(weekday, which, first, last),
            _ when DaysOf(part) is { } count && count <= last.Day && which <= 1 =>
                which == 0 ? (last.AddDays(1 - count), last) : (first, first.AddDays(count - 1)),
            _ => ((DateOnly From, DateOnly To)?)null,
        };
        return days is not { } named ? null : new(named.From, named.To, named.From == named.To ? $"{named.From:dddd d MMM yyyy}"
            : $"{named.From:d MMM} to {named.To:d MMM yyyy}");
    }

    private static int? DaysOf(string part) => PassedDays.CountOf(part.Split(' ')[0]) * (part.EndsWith("weeks", StringComparison.Ordinal) ? 7 : 1);

    private static (DateOnly From, DateOnly To)? Weekday(int weekday, int which, DateOnly first, DateOnly last)
    {
        var day = which == 0 ? last.AddDays(-((last.DayNumber - weekday + 7) % 7))
            : first.AddDays((weekday - first.DayNumber % 7 + 7) % 7 + 7 * (which - 1));
        return day > last ? null : (day, day);
    }

    private static DateOnly? FirstOf(string month, DateOnly today) =>
        month.StartsWith("last", StringComparison.Ordinal) ? new DateOnly(today.Year, today.Month, 1).AddMonths(-1)
        : month is "the month" || month.StartsWith("this", StringComparison.Ordinal) ? new DateOnly(today.Year, today.Month, 1)
        : NamedPeriods.Month($"in {month}", today, looksAhead: false)?.From;

    private static int Place(string word) => word switch
    {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        _ => int.Parse(word[..1], CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"\b(?:the\s+)?(?<which>first|1st|second|2nd|third|3rd|fourth|4th|last|final)\s+"
        + "(?<part>week|half|" + PeriodText.WeekdayPattern
        + @"|(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s+(?:days|weeks))\s+(?:of|in)\s+(?<month>" + PeriodText.MonthPattern
        + @"(?:\s+\d{4})?|the\s+month|(?:this|last)\s+month)\b")]
    public static partial Regex Name();
}
