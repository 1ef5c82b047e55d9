using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsChat.Operations.Questions;

/// <summary>Days as a question names them: single ones, weeks, months, quarters, years, and stretches of them.</summary>
internal static partial class NamedPeriods
{
    private const int FewDaysLeft = 2;

    /// <summary>Null when it names none.</summary>
    /// <param name="text">As <see cref="PeriodText.Plain"/> writes it.</param>
    /// <param name="looksAhead">"This week" then means the rest of it.</param>
    public static QuestionPeriod? Named(string text, DateOnly today, bool looksAhead)
    {
        var monday = QuestionPeriod.MondayOf(today);
        QuestionPeriod Span(DateOnly from, DateOnly to, string words) => new(from, to, words);
        if (Since().Match(text) is { Success: true } since && Day(since.Groups[1].Value, today) is { } first)
        {
            return Span(first, today, $"since {first:d MMM yyyy}");
        }

        if (!looksAhead && PartOfMonth.Name().IsMatch(text))
        {
            // A part that no month has is not the whole month.
            return PartOfMonth.Of(text, today);
        }

        if (Between().Match(text) is { Success: true } between && Day(between.Groups["from"].Value, today) is { } start
            && Day(between.Groups["to"].Value, today) is { } end && start <= end)
        {
            return Span(start, end, $"{start:d MMM} to {end:d MMM yyyy}");
        }

        if (Count().Match(text) is { Success: true } count && PassedDays.CountOf(count.Groups[2].Value) is { } number)
        {
            // What waits "for more than two days" does not wait for the next two.
            if (OfSpan().IsMatch(text[(count.Index + count.Length)..]) || (looksAhead && count.Groups["than"].Success))
            {
                // They are not counted from today, and which they are nobody knows.
                return null;
            }

            var days = number * (count.Groups[3].Value[0] switch { 'w' => 7, 'm' => 30, 'y' => 365, _ => 1 });
            return count.Groups[1].Value is "next" or "coming" || (looksAhead && count.Groups[1].Value is ("for" or "in"))
                ? new(today, today.AddDays(days), $"the next {days} days", true)
                    : Span(today.AddDays(-days), today.AddDays(-1), $"the last {days} days");
        }

        if (Word("today").IsMatch(text))
        {
            return Span(today, today, $"today, {today:d MMM}");
        }

        if (Word("yesterday").IsMatch(text))
        {
            return Span(today.AddDays(-1), today.AddDays(-1), $"yesterday, {today.AddDays(-1):d MMM}");
        }

        if (Word("tomorrow").IsMatch(text))
        {
            return new(today, today.AddDays(1), "until tomorrow", true);
        }

        if (Word("(this|next) week").Match(text) is { Success: true } week)
        {
            var isNext = week.Value.StartsWith("next", StringComparison.Ordinal);
            if (looksAhead && !isNext && monday.AddDays(6).DayNumber - today.DayNumber < FewDaysLeft)
            {
                // On a weekend nobody asks for the day or two that are left of it.
                return new(today, today.AddDays(7), "the next 7 days", true);
            }

            return isNext || looksAhead ? new(today, monday.AddDays(isNext ? 13 : 6), $"until {monday.AddDays(isNext ? 13 : 6):d MMM}", true)
                : Span(monday, today, $"this week, since {monday:d MMM}") with { IsThisWeek = true };
        }

        if (Word("last week").IsMatch(text))
        {
            return Span(monday.AddDays(-7), monday.AddDays(-1), $"last week, {monday.AddDays(-7):d MMM} to {monday.AddDays(-1):d MMM}");
        }

        var month = new DateOnly(today.Year, today.Month, 1);
        if (Word("this month").IsMatch(text))
        {
            return looksAhead ? new(today, month.AddMonths(1).AddDays(-1), $"until {month.AddMonths(1).AddDays(-1):d MMM}", true)
                : Span(month, today, $"{month:MMMM yyyy}");
        }

        if (Word("last month").IsMatch(text))
        {
            return Span(month.AddMonths(-1), month.AddDays(-1), $"{month.AddMonths(-1):MMMM yyyy}");
        }

        if (QuarterOf(text, today) is { } quarter)
        {
            return quarter;
        }

        if (Word("this year").IsMatch(text))
        {
            return Span(new(today.Year, 1, 1), today, $"{today.Year}");
        }

        if (Word("last year").IsMatch(text))
        {
            return Span(new(today.Year - 1, 1, 1), new(today.Year - 1, 12, 31), $"{today.Year - 1}");
        }

        if (Any().Match(text) is { Success: true } day && Day(day.Value, today, looksAhead) is { } one)
        {
            return looksAhead && one >= today ? new(today, one, $"until {one:d MMM yyyy}", true) : Span(one, one, $"{one:d MMM yyyy}");
        }

        if (!looksAhead && TwoWeekdays().Match(text) is { Success: true } two)
        {
            DateOnly Newest(string weekday, DateOnly until) =>
                until.AddDays(-((until.DayNumber - PeriodText.Weekdays.IndexOf(weekday) + 7) % 7));

            var to = Newest(two.Groups["to"].Value, today);
            var from = Newest(two.Groups["from"].Value, to);
            return Span(from, to, $"{from:dddd d MMM} to {to:dddd d MMM}");
        }

        if (Weekday().Match(text) is { Success: true } name)
        {
            var back = (today.DayNumber - PeriodText.Weekdays.IndexOf(name.Groups[2].Value) + 6) % 7 + 1;
            var on = looksAhead ? today.AddDays(7 - back == 0 ? 7 : 7 - back) : today.AddDays(-back);
            return looksAhead ? new(today, on, $"until {on:dddd d MMM}", true)
                : Span(on, name.Groups[1].Value == "since" ? today : on, $"{(name.Groups[1].Value == "since" ? "since " : "")}{on:dddd d MMM}");
        }

        return Month(text, today, looksAhead) ?? (looksAhead ? null : Year(text, today));
    }

    /// <summary>A stretch of which both ends are named: "until" in it is no bound of something else.</summary>
    public static bool HasBothEnds(string text) => Between().IsMatch(text) || TwoWeekdays().IsMatch(text) || TwoMonths().IsMatch(text);

    /// <summary>"Revenue 2026": the year, as far as it has come. Null when none is named.</summary>
    private static QuestionPeriod? Year(string text, DateOnly today) =>
        YearAlone().Match(text) is { Success: true } match && int.Parse(match.Value, CultureInfo.InvariantCulture) is var year && year <= today.Year
            ? new(new(year, 1, 1), year == today.Year ? today : new(year, 12, 31), $"{year}")
            : null;

    /// <summary>"Last quarter", "Q3", "the third quarter of 2025": without a year the newest one that has begun. Null when none is named.</summary>
    private static QuestionPeriod? QuarterOf(string text, DateOnly today)
    {
        if (Quarter().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var thisOne = new DateOnly(today.Year, 3 * ((today.Month - 1) / 3) + 1, 1);
        // "The last quarter of 2024" is its fourth; "this quarter of 2024" is nothing.
        if (match.Groups["which"] is { Success: true, Value: "last" } && match.Groups["year"].Success)
        {
            return Three(new(int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture), 10, 1), today);
        }

        if (match.Groups["which"].Success)
        {
            return Three(match.Groups["which"].Value == "this" ? thisOne : thisOne.AddMonths(-3), today);
        }

        var month = 3 * (QuarterNumber(match.Groups["number"].Value) - 1) + 1;
        var year = match.Groups["year"].Success ? int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture)
            : month > today.Month ? today.Year - 1
            : today.Year;
        return Three(new(year, month, 1), today);
    }

    private static QuestionPeriod Three(DateOnly from, DateOnly today)
    {
        var end = from.AddMonths(3).AddDays(-1);
        return new(from, end > today && from <= today ? today : end, $"Q{(from.Month + 2) / 3} {from.Year}, {from:MMMM} to {end:MMMM}");
    }

    private static int QuarterNumber(string word) => word switch
    {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        _ => word[0] - '0',
    };

    internal static QuestionPeriod? Month(string text, DateOnly today, bool looksAhead)
    {
        if (!looksAhead && SpanOfMonths(text, today) is { } several)
        {
            return several;
        }

        foreach (Match name in MonthName().Matches(text))
        {
            var at = IndexOf(m => m.StartsWith(name.Groups[1].Value[..3], StringComparison.Ordinal)) + 1;
            // "may" is a verb more often than a month unless something says so.
            if (name.Groups[1].Value == "may" && !MayIsMonth().IsMatch(text))
            {
                continue;
            }

            var year = name.Groups[2].Success ? int.Parse(name.Groups[2].Value, CultureInfo.InvariantCulture)
                : looksAhead ? (at < today.Month ? today.Year + 1 : today.Year)
                : at > today.Month ? today.Year - 1
                : today.Year;
            var first = new DateOnly(year, at, 1);
            if (looksAhead)
            {
                return new(today, first.AddMonths(1).AddDays(-1), $"until {first.AddMonths(1).AddDays(-1):d MMM yyyy}", true);
            }

            if (Word($"since {name.Groups[1].Value}").IsMatch(text) && first <= today)
            {
                return new(first, today, $"since {first:MMMM yyyy}");
            }

            return new(first, first.AddMonths(1).AddDays(-1) < today || first > today ? first.AddMonths(1).AddDays(-1) : today, $"{first:MMMM yyyy}");
        }

        return null;
    }

    /// <summary>"October and November", "from March to May": all of these days. Null when one month is named, or one beside another.</summary>
    private static QuestionPeriod? SpanOfMonths(string text, DateOnly today) =>
        TwoMonths().Match(text) is { Success: true } two && Month($"in {two.Groups[1].Value}", today, false) is { } first
            && Month($"in {two.Groups[2].Value}", today, false) is { } last && first.From < last.From
            ? new(first.From, last.To, $"{first.From:MMMM} to {last.From:MMMM yyyy}")
            : null;

    /// <summary>2026-03-05, 5 March, March 5, 5 Mar 2026; without a year the newest such day, or the next where it looks ahead.</summary>
    private static DateOnly? Day(string text, DateOnly today, bool looksAhead = false)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso))
        {
            return iso;
        }

        var parts = text.Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries);
        var month = IndexOf(m => parts.Any(p => p.Length >= 3 && m.StartsWith(p, StringComparison.Ordinal))) + 1;
        var numbers = parts.Select(p => p.TrimEnd('s', 't', 'n', 'd', 'r', 'h')).Where(p => p.All(char.IsAsciiDigit) && p.Length > 0).Select(p =>
            int.Parse(p, CultureInfo.InvariantCulture)).ToList();
        if (month == 0 || numbers.Find(n => n is >= 1 and <= 31) is not (> 0 and var day))
        {
            return null;
        }

        var year = numbers.Find(n => n is > 1999 and < 2200) is > 0 and var named ? named : today.Year;
        if (day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        var found = new DateOnly(year, month, day);
        if (looksAhead)
        {
            return found < today && !numbers.Contains(year) ? found.AddYears(1) : found;
        }

        return found > today && !numbers.Contains(year) ? found.AddYears(-1) : found;
    }

    private static Regex Word(string words) => new($@"\b{words}\b", RegexOptions.CultureInvariant);

    private static int IndexOf(Predicate<string> isMeant) => PeriodText.Months.ToList().FindIndex(isMeant);

    [GeneratedRegex(@"\bsince\s+(" + PeriodText.DayPattern + ")")]
    internal static partial Regex Since();

    [GeneratedRegex(@"\b(?:(?:between|from)\s+(?<from>" + PeriodText.DayPattern + @")\s*(?:and|to|until|till|[-–])|(?<from>" + PeriodText.DayPattern
        + @")\s*(?:to|until|till|[-–]))\s*(?<to>" + PeriodText.DayPattern + ")")]
    internal static partial Regex Between();

    [GeneratedRegex(@"\b(?:(?:between|from)\s+)?(?<from>" + PeriodText.WeekdayPattern
        + @")\s*(?:to|until|till|through|(?<=\bbetween\s+\w+\s+)and|[-–])\s*(?<to>"
        + PeriodText.WeekdayPattern + @")\b")]
    internal static partial Regex TwoWeekdays();

    [GeneratedRegex(
        @"\b(last|past|next|coming|for|in)\s+(?<than>more\s+than\s+|over\s+|at\s+least\s+)?"
            + @"(\d{1,4}|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(day|week|month|year)s?\b"
    )]
    internal static partial Regex Count();

    /// <summary>"The past two weeks | of October".</summary>
    [GeneratedRegex(@"^\s+(?:of|in)\s+(?:" + PeriodText.MonthPattern + @"|(?:the|this|last|next)\s+(?:month|quarter|year)|q[1-4]|20\d{2})\b")]
    private static partial Regex OfSpan();

    [GeneratedRegex(
        @"\b(?:(?<which>this|last)\s+quarter|q(?<number>[1-4])\b|(?:the\s+)?(?<number>first|second|third|fourth|1st|2nd|3rd|4th)\s+quarter)"
            + @"(?:\s+(?:of\s+)?(?<year>20\d{2}))?"
    )]
    internal static partial Regex Quarter();

    [GeneratedRegex(@"\b(?:(on|last|since|until|till|by|for|next|this|from)\s+)?(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b")]
    internal static partial Regex Weekday();

    [GeneratedRegex(PeriodText.DayPattern)]
    internal static partial Regex Any();

    [GeneratedRegex(
        @"\b(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
            + @"(?:\s+(\d{4}))?"
    )]
    internal static partial Regex MonthName();

    [GeneratedRegex(@"\b(" + PeriodText.MonthPattern + @")\s+(?:and|to|until|till|-)\s+(" + PeriodText.MonthPattern
        + @")\b(?<!\b(?:compare|than)\b.*)")]
    private static partial Regex TwoMonths();

    /// <summary>A year that is no part of a date, a code, an order's number or an amount.</summary>
    [GeneratedRegex(@"(?<![\w#.,-])(?<!\b(?:orders?|no\.?|number|rm|myr|over|above|under|below|than|least|most|between)\s+)20\d{2}(?![\w-]|[.,]\d)"
        + @"(?!\s+(?:pieces|units|items)\b)")]
    internal static partial Regex YearAlone();

    [GeneratedRegex(@"\b(in|of|during|for|from|since|before|after|until|till)\s+may\b|\bmay\s+\d{4}\b")]
    internal static partial Regex MayIsMonth();
}
