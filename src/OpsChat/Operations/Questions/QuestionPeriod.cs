using System.Globalization;
using System.Text.RegularExpressions;
using OpsChat.Operations.History;

namespace OpsChat.Operations.Questions;

/// <summary>Days that a question names, both inclusive.</summary>
/// <param name="Words">As it is said back.</param>
/// <param name="IsAhead">It looks forward from today.</param>
public sealed partial record QuestionPeriod(DateOnly From, DateOnly To, string Words, bool IsAhead = false)
{
    private static readonly string[] s_months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <summary>Null when the question names none.</summary>
    /// <param name="looksAhead">"This week" then means the rest of it.</param>
    public static QuestionPeriod? Of(string question, DateOnly today, bool looksAhead)
    {
        var text = Plain(question);
        // "Better than last month?" is about this one.
        if (!looksAhead && ThanLast().Match(text) is { Success: true } than && Of(text.Remove(than.Index, than.Length), today, false) is null)
        {
            text = $"this {than.Groups[1].Value}";
        }

        var named = (looksAhead ? null : PassedDays.Of(text, today)) ?? Named(text, today, looksAhead);
        // "From 1 May until 20 May" has both of its bounds.
        return named is { IsAhead: false } && !Between().IsMatch(text) ? Bounded(named, text, today) : named;
    }

    /// <summary>"Since last week", "after 5 May", "before March" are other days than those that are named.</summary>
    private static QuestionPeriod Bounded(QuestionPeriod named, string text, DateOnly today) => BoundOf(text) switch
    {
        "since" => new(named.From, today, $"since {named.From:d MMM yyyy}"),
        "after" => new(named.To.AddDays(1), today, $"after {named.To:d MMM yyyy}"),
        "before" => new(s_earliest, named.From.AddDays(-1), $"before {named.From:d MMM yyyy}"),
        "until" or "till" or "up to" => new(s_earliest, named.To, $"until {named.To:d MMM yyyy}"),
        _ => named,
    };

    /// <summary>"More than three weeks ago" is before that week, "less than three weeks ago" since then.</summary>
    private static string BoundOf(string text) =>
        LongAgo().Match(text) is not { Success: true } ago ? Bound().Match(text).Groups[1].Value
        : ago.Groups[1].Value is "less" or "fewer" ? "since"
        : "before";

    // Before any shop's files begin.
    private static readonly DateOnly s_earliest = new(2000, 1, 1);

    /// <summary>The days that are set beside each other, the later ones first: "October against August", "compare Q2 and Q3". Null when two are not
    /// named, and for this and the last of one span, a week, month or year, of which the same days are compared.</summary>
    public static (QuestionPeriod Now, QuestionPeriod Before)? Pair(string question, DateOnly today)
    {
        var text = Plain(question);
        var joiners = text.Contains("compar", StringComparison.Ordinal) ? new[] { Beside(), Towards(), And() } : [Beside(), Towards()];
        foreach (var joiner in joiners.SelectMany(j => j.Matches(text)))
        {
            if (Beside().IsMatch(joiner.Value) && BesideNow(text, joiner, today) is { } alone)
            {
                return alone;
            }

            var (left, right) = (text[..joiner.Index], $"in {text[(joiner.Index + joiner.Length)..].TrimStart()}");
            if (Of(left, today, false) is { } one && Of(right, today, false) is { } other && one.From != other.From)
            {
                return ThisOrLast().Matches(left) is [.., var a] && ThisOrLast().Match(right) is { Success: true } b
                    && a.Groups["span"].Value == b.Groups["span"].Value ? null
                    : one.From > other.From ? (one, other) : (other, one);
            }
        }

        return null;
    }

    /// <summary>"Is revenue up compared to October": the days that run, beside those that alone are named. Null for others.</summary>
    private static (QuestionPeriod Now, QuestionPeriod Before)? BesideNow(string text, Match joiner, DateOnly today)
    {
        var right = text[(joiner.Index + joiner.Length)..];
        if (ThisOrLast().IsMatch(right) || !DaysFirst().IsMatch(WithoutDays(right)) || Of(text[..joiner.Index], today, false) is not null
            || Of($"in {right}", today, false) is not { } other)
        {
            return null;
        }

        var days = other.To.DayNumber - other.From.DayNumber + 1;
        var span = days == 1 ? "today"
            : days == 7 ? "this week"
            : other.From.Day == 1 && days is >= 28 and <= 31 ? "this month"
            : other.From.Day == 1 && days is >= 90 and <= 92 ? "this quarter"
            : null;
        return span is not null && Of(span, today, false) is { } now && now.From > other.To ? (now, other) : null;
    }

    /// <summary>Whether it names days beside its own: "this month with last month", "than the week before". Else articles stand beside each
    /// other.</summary>
    public static bool NamesOther(string question) =>
        Plain(question) is var text && (ThisOrLast().Count(text) > 1 || OtherDays().IsMatch(text) || TheOneBefore().IsMatch(text));

    /// <summary>Three or more months that are named, and none between them; null when there are fewer.</summary>
    public static QuestionPeriod? SeveralMonths(string question, DateOnly today)
    {
        var text = Plain(question);
        var months = MonthName().Matches(text).Where(m => m.Groups[1].Value != "may" || MayIsMonth().IsMatch(text) || MayInList().IsMatch(text))
            .Select(m => Month($"in {m.Value}", today, looksAhead: false)).OfType<QuestionPeriod>().DistinctBy(m => m.From)
            .OrderBy(m => m.From).ToList();
        var isRow = months.Count > 0 && months[0].From.AddMonths(months.Count - 1) == months[^1].From;
        return months.Count < 3 ? null
            : isRow ? new(months[0].From, months[^1].To, $"{months[0].From:MMMM} to {months[^1].From:MMMM yyyy}")
            : new(months[0].From, months[^1].To, AnswerTable.And(months.Select(m => $"{m.From:MMMM yyyy}")))
            {
                Months = [.. months.Select(m => m.From)],
            };
    }

    /// <summary>The first days of the months that alone are meant of it; empty for all of its days.</summary>
    public IReadOnlyList<DateOnly> Months { get; init; } = [];

    /// <summary>A day between the months that are meant.</summary>
    public bool Skips(DateOnly day) => Months.Count > 0 && day >= From && day <= To && !Months.Contains(new(day.Year, day.Month, 1));

    /// <summary>All days of which orders are known.</summary>
    internal static QuestionPeriod All(ShopMoment shop)
    {
        var first = FirstOrder(shop);
        return new(first, shop.Today, $"since {first:d MMM yyyy}");
    }

    /// <summary>The day from which on the files tell of orders; without one the first day of which they tell anything.</summary>
    internal static DateOnly FirstOrder(ShopMoment shop) =>
        shop.OrdersSince(DateTimeOffset.MinValue).Select(o => (DateOnly?)shop.Calendar.Day(o.PlacedAt)).Min() ?? shop.History.FirstDay;

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>It is the week so far: it is compared with the same days of the week before.</summary>
    public bool IsThisWeek { get; init; }

    /// <summary>The days before them that they are compared with: the same days of the month or week before, or as many days before.</summary>
    public (DateOnly From, DateOnly To) Before()
    {
        if (IsThisWeek)
        {
            return (From.AddDays(-7), To.AddDays(-7));
        }

        if (From.Day == 1 && From.AddMonths(3).AddDays(-1) == To)
        {
            return (From.AddMonths(-3), From.AddDays(-1));
        }

        var isMonth = From.Day == 1 && From.AddMonths(1) > To;
        var days = To.DayNumber - From.DayNumber;
        var from = isMonth ? From.AddMonths(-1) : From.AddDays(-days - 1);
        return (from, isMonth && To.AddDays(1).Day == 1 ? From.AddDays(-1) : from.AddDays(days));
    }

    /// <summary>Days as they are said back, with the year where it is another one than today's.</summary>
    public static string Days(DateOnly from, DateOnly to, DateOnly today) =>
        (from == to ? $"{from:d MMM}" : $"{from:d MMM} to {to:d MMM}") + (to.Year == today.Year ? "" : $" {to.Year}");

    private static QuestionPeriod? Named(string text, DateOnly today, bool looksAhead)
    {
        var monday = MondayOf(today);
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
            if (OfSpan().IsMatch(text[(count.Index + count.Length)..]))
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
                until.AddDays(-((until.DayNumber - Weekdays.IndexOf(weekday) + 7) % 7));

            var to = Newest(two.Groups["to"].Value, today);
            var from = Newest(two.Groups["from"].Value, to);
            return Span(from, to, $"{from:dddd d MMM} to {to:dddd d MMM}");
        }

        if (Weekday().Match(text) is { Success: true } name)
        {
            var back = (today.DayNumber - Weekdays.IndexOf(name.Groups[2].Value) + 6) % 7 + 1;
            var on = looksAhead ? today.AddDays(7 - back == 0 ? 7 : 7 - back) : today.AddDays(-back);
            return looksAhead ? new(today, on, $"until {on:dddd d MMM}", true)
                : Span(on, name.Groups[1].Value == "since" ? today : on, $"{(name.Groups[1].Value == "since" ? "since " : "")}{on:dddd d MMM}");
        }

        return Month(text, today, looksAhead) ?? (looksAhead ? null : Year(text, today));
    }

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

    /// <summary>The words that name days, as they stand in the question.</summary>
    public static IReadOnlyList<string> DaysIn(string question)
    {
        List<string> named = [];
        WithoutDays(question, named);
        return named;
    }

    /// <summary>The question without the words that name its days, each replaced by a bar.</summary>
    public static string WithoutDays(string question) => WithoutDays(question, []);

    private static string WithoutDays(string question, List<string> named)
    {
        Regex[] all =
        [
            PartOfMonth.Name(), Since(), Between(), .. PassedDays.Names, Count(), TwoWeekdays(), Quarter(), TheOneBefore(), NamedDays(), Any(),
            Weekday(), MonthName(), YearAlone(),
        ];
        return all.Aggregate(Plain(question), (text, days) => days.Replace(text, match =>
        {
            if (match.Value == "may" && !MayIsMonth().IsMatch(text))
            {
                return match.Value;
            }

            named.Add(match.Value);
            return " | ";
        }));
    }

    /// <summary>In lower case; "the past week" are seven days, "the previous week" is the last one, "the year to date" is this year, and a month
    /// that two days share stands with each.</summary>
    private static string Plain(string question)
    {
        var text = ToDate().Replace(question.ToLowerInvariant(), match => $"this {SpanOf(match.Value)}");
        text = OfMonth().Replace(SinceStart().Replace(text, "this $1"), "$1 $2");
        text = MonthBehindTwo().Replace(MonthBeforeTwo().Replace(text, "$1 $2 $3 $1 $4"), "$1 $4 $2 $3 $4");
        return OneSpan().Replace(PreviousSpan().Replace(text, "last $1"), "$1 1 $2");
    }

    private static string SpanOf(string toDate) => toDate switch
    {
        "wtd" => "week",
        "mtd" => "month",
        "qtd" => "quarter",
        "ytd" => "year",
        _ => Parts(toDate.Replace('-', ' ')) is ["this" or "the", var span, ..] ? span : Parts(toDate.Replace('-', ' '))[0],
    };

    private static string[] Parts(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // In the order of DateOnly.DayNumber, whose first day was a Monday.
    /// <summary>Words that name days.</summary>
    internal static IEnumerable<string> DayWords =>
        [.. s_months, .. Weekdays, "yesterday", "today", "tomorrow", "week", "month", "year", "quarter", "weekend", "days", "weeks", "months"];

    internal static List<string> Weekdays { get; } = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    private const int FewDaysLeft = 2;

    internal static QuestionPeriod? Month(string text, DateOnly today, bool looksAhead)
    {
        if (!looksAhead && SpanOfMonths(text, today) is { } several)
        {
            return several;
        }

        foreach (Match name in MonthName().Matches(text))
        {
            var at = Array.FindIndex(s_months, m => m.StartsWith(name.Groups[1].Value[..3], StringComparison.Ordinal)) + 1;
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
        var month = Array.FindIndex(s_months, m => parts.Any(p => p.Length >= 3 && m.StartsWith(p, StringComparison.Ordinal))) + 1;
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

    private const string DayPattern =
        @"\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:\s+\d{4})?"
            + @"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+\d{1,2}(?:st|nd|rd|th)?\b(?:,?\s+\d{4})?";

    [GeneratedRegex(@"\bsince\s+(" + DayPattern + ")")]
    private static partial Regex Since();

    [GeneratedRegex(@"\b(?:(?:between|from)\s+(?<from>" + DayPattern + @")\s*(?:and|to|until|till|[-–])|(?<from>" + DayPattern
        + @")\s*(?:to|until|till|[-–]))\s*(?<to>" + DayPattern + ")")]
    private static partial Regex Between();

    /// <summary>"1 to 10 November".</summary>
    [GeneratedRegex(@"(?<![\w.,#-])(\d{1,2}(?:st|nd|rd|th)?)\s*(and|to|until|till|[-–])\s*(\d{1,2}(?:st|nd|rd|th)?)\s+(" + MonthPattern
        + @"(?:\s+\d{4})?)\b")]
    private static partial Regex MonthBehindTwo();

    /// <summary>"November 1 to 10".</summary>
    [GeneratedRegex(@"\b(" + MonthPattern + @")\s+(\d{1,2}(?:st|nd|rd|th)?)\s*(and|to|until|till|[-–])\s*(\d{1,2}(?:st|nd|rd|th)?)\b(?!\s*"
        + MonthPattern + @"\b|:)")]
    private static partial Regex MonthBeforeTwo();

    [GeneratedRegex(@"\b(?:(?:(?:this|the)\s+)?(?:week|month|quarter|year)[\s-]+to[\s-]+date|[wmqy]td)\b")]
    private static partial Regex ToDate();

    [GeneratedRegex(@"\b(more|longer|less|fewer|over)\s+(?:than\s+)?(?:\d{1,4}|[a-z]+)\s+(?:day|week|month|year)s?\s+ago\b")]
    private static partial Regex LongAgo();

    [GeneratedRegex(@"\b(?:since|from)\s+(?:the\s+)?(?:start|beginning)\s+of\s+(?:the|this)\s+(week|month|quarter|year)\b")]
    private static partial Regex SinceStart();

    /// <summary>"The 7th of October".</summary>
    [GeneratedRegex(@"\b(?:the\s+)?(\d{1,2}(?:st|nd|rd|th)?)\s+of\s+(" + MonthPattern + @")\b")]
    private static partial Regex OfMonth();

    [GeneratedRegex(@"^\s*(?:(?:in|the|of)\s+)*\|")]
    private static partial Regex DaysFirst();

    [GeneratedRegex(@"\b(?:(?:between|from)\s+)?(?<from>" + WeekdayPattern
        + @")\s*(?:to|until|till|through|(?<=\bbetween\s+\w+\s+)and|[-–])\s*(?<to>"
        + WeekdayPattern + @")\b")]
    private static partial Regex TwoWeekdays();

    internal const string WeekdayPattern = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)";

    [GeneratedRegex(
        @"\b(last|past|next|coming|for|in)\s+(?:more\s+than\s+|over\s+|at\s+least\s+)?"
            + @"(\d{1,4}|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(day|week|month|year)s?\b"
    )]
    private static partial Regex Count();

    /// <summary>"The past two weeks | of October".</summary>
    [GeneratedRegex(@"^\s+(?:of|in)\s+(?:" + MonthPattern + @"|(?:the|this|last|next)\s+(?:month|quarter|year)|q[1-4]|20\d{2})\b")]
    private static partial Regex OfSpan();

    [GeneratedRegex(@"\byesterday\b|\btoday\b|\btomorrow\b|\b(?:this|next|last)\s+(?:week|month|year)\b")]
    private static partial Regex NamedDays();

    internal const string MonthPattern = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
        + "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

    [GeneratedRegex(
        @"(?<!\b(?:day|week|month|year)\s)\b(since|after|before|until|till|up\s+to)\s+(?:the\s+)?"
            + @"(?:last|first|this|yesterday|today|day|weekend|\d+(?:st|nd|rd|th)?|a|one|two|three|four|five|six|seven|eight|nine|ten"
            + "|(?:mon|tues|wednes|thurs|fri|satur|sun)day|" + MonthPattern + @")\b"
    )]
    private static partial Regex Bound();

    [GeneratedRegex(
        @"\b(?:(?<which>this|last)\s+quarter|q(?<number>[1-4])\b|(?:the\s+)?(?<number>first|second|third|fourth|1st|2nd|3rd|4th)\s+quarter)"
            + @"(?:\s+(?:of\s+)?(?<year>20\d{2}))?"
    )]
    private static partial Regex Quarter();

    /// <summary>What days are compared with when nothing else is said; the answer says it.</summary>
    [GeneratedRegex(@"\b(?:to|with|than|vs|versus|against|beside)\s+the\s+(?:day|week|month|year)\s+before\b")]
    private static partial Regex TheOneBefore();

    [GeneratedRegex(@"\b(?:than|to|with|vs\.?|versus|against)\s+last\s+(week|month|year)\b")]
    private static partial Regex ThanLast();

    [GeneratedRegex(@"\b(?:previous|prior|past(?=\s+quarter))\s+(week|month|year|quarter)\b")]
    private static partial Regex PreviousSpan();

    [GeneratedRegex(@"\b(past|coming)\s+(week|month|year)\b")]
    private static partial Regex OneSpan();

    [GeneratedRegex(@"\b(?:(on|last|since|until|till|by|for|next|this|from)\s+)?(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b")]
    private static partial Regex Weekday();

    [GeneratedRegex(DayPattern)]
    private static partial Regex Any();

    [GeneratedRegex(
        @"\b(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
            + @"(?:\s+(\d{4}))?"
    )]
    private static partial Regex MonthName();

    [GeneratedRegex(@"\b(" + MonthPattern + @")\s+(?:and|to|until|till|-)\s+(" + MonthPattern + @")\b(?<!\b(?:compare|than)\b.*)")]
    private static partial Regex TwoMonths();

    [GeneratedRegex(@"\b(?:with|than|vs\.?|versus|against|beside|compared\s+to)\s")]
    private static partial Regex Beside();

    [GeneratedRegex(@"\bto\s")]
    private static partial Regex Towards();

    [GeneratedRegex(@"\b(?:and|or)\s")]
    private static partial Regex And();

    [GeneratedRegex(@"\b(?:before|than|previous|yesterday|earlier)\b|\b(?:with|to|vs|against)\s+last\b")]
    private static partial Regex OtherDays();

    [GeneratedRegex(@"\b(?:this|last)\s+(?<span>week|month|year)\b")]
    private static partial Regex ThisOrLast();

    /// <summary>A year that is no part of a date, a code, an order's number or an amount.</summary>
    [GeneratedRegex(@"(?<![\w#.,-])(?<!\b(?:orders?|no\.?|number|rm|myr|over|above|under|below|than|least|most|between)\s+)20\d{2}(?![\w-]|[.,]\d)"
        + @"(?!\s+(?:pieces|units|items)\b)")]
    private static partial Regex YearAlone();

    [GeneratedRegex(@"\b(in|of|during|for|from|since|before|after|until|till)\s+may\b|\bmay\s+\d{4}\b")]
    private static partial Regex MayIsMonth();

    /// <summary>One of several names, and no verb: "March and May", "May, June".</summary>
    [GeneratedRegex(@"(?:,|\b(?:and|or))\s*may\b(?!\s+(?:i|we|be|have)\b)|\bmay\s*(?:,|and\b)")]
    private static partial Regex MayInList();
}
