using System.Text.RegularExpressions;

namespace OpsChat.Operations.Questions;

/// <summary>The words of a question that name its days: written one way, listed, or taken out.</summary>
internal static partial class PeriodText
{
    internal static IReadOnlyList<string> Months { get; } =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

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
            PartOfMonth.Name(), QuestionPeriod.Edge(), NamedPeriods.Since(), NamedPeriods.Between(), .. PassedDays.Names, NamedPeriods.Count(),
            NamedPeriods.TwoWeekdays(), NamedPeriods.Quarter(), ComparedPeriods.TheOneBefore(), NamedDays(), NamedPeriods.Any(),
            NamedPeriods.Weekday(), NamedPeriods.MonthName(), NamedPeriods.YearAlone(),
        ];
        return all.Aggregate(Plain(question), (text, days) => days.Replace(text, match =>
        {
            if (match.Value == "may" && !NamedPeriods.MayIsMonth().IsMatch(text))
            {
                return match.Value;
            }

            named.Add(match.Value);
            return " | ";
        }));
    }

    /// <summary>In lower case; "the past week" are seven days, "the previous week" is the last one, "the year to date" is this year, and a month
    /// that two days share stands with each.</summary>
    internal static string Plain(string question)
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

    /// <summary>Words that name days.</summary>
    internal static IEnumerable<string> DayWords =>
        [.. Months, .. Weekdays, "yesterday", "today", "tomorrow", "week", "month", "year", "quarter", "weekend", "days", "weeks", "months"];

    /// <summary>In the order of <see cref="DateOnly.DayNumber"/>, whose first day was a Monday.</summary>
    internal static List<string> Weekdays { get; } = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    internal const string DayPattern =
        @"\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:\s+\d{4})?"
            + @"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+\d{1,2}(?:st|nd|rd|th)?\b(?:,?\s+\d{4})?";

    internal const string MonthPattern = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
        + "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

    internal const string WeekdayPattern = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)";

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

    [GeneratedRegex(@"\b(?:since|from)\s+(?:the\s+)?(?:start|beginning)\s+of\s+(?:the|this)\s+(week|month|quarter|year)\b")]
    private static partial Regex SinceStart();

    /// <summary>"The 7th of October".</summary>
    [GeneratedRegex(@"\b(?:the\s+)?(\d{1,2}(?:st|nd|rd|th)?)\s+of\s+(" + MonthPattern + @")\b")]
    private static partial Regex OfMonth();

    [GeneratedRegex(@"\byesterday\b|\btoday\b|\btomorrow\b|\b(?:this|next|last)\s+(?:week|month|year)\b")]
    private static partial Regex NamedDays();

    [GeneratedRegex(@"\b(?:previous|prior|past(?=\s+quarter))\s+(week|month|year|quarter)\b")]
    private static partial Regex PreviousSpan();

    [GeneratedRegex(@"\b(past|coming)\s+(week|month|year)\b")]
    private static partial Regex OneSpan();
}
