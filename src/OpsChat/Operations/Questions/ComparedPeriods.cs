using System.Text.RegularExpressions;

namespace OpsChat.Operations.Questions;

/// <summary>Several stretches of days in one question: set beside each other, or one after the other.</summary>
internal static partial class ComparedPeriods
{
    /// <summary>The days that are set beside each other, the later ones first: "October against August", "compare Q2 and Q3". Null when two are not
    /// named, and for this and the last of one span, a week, month or year, of which the same days are compared.</summary>
    public static (QuestionPeriod Now, QuestionPeriod Before)? Pair(string question, DateOnly today)
    {
        var text = PeriodText.Plain(question);
        var joiners = text.Contains("compar", StringComparison.Ordinal) ? new[] { Beside(), Towards(), And() } : [Beside(), Towards()];
        foreach (var joiner in joiners.SelectMany(j => j.Matches(text)))
        {
            if (Beside().IsMatch(joiner.Value) && BesideNow(text, joiner, today) is { } alone)
            {
                return alone;
            }

            var (left, right) = (text[..joiner.Index], $"in {text[(joiner.Index + joiner.Length)..].TrimStart()}");
            if (QuestionPeriod.Of(left, today, false) is { } one && QuestionPeriod.Of(right, today, false) is { } other && one.From != other.From)
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
        if (ThisOrLast().IsMatch(right) || !DaysFirst().IsMatch(PeriodText.WithoutDays(right))
            || QuestionPeriod.Of(text[..joiner.Index], today, false) is not null
            || QuestionPeriod.Of($"in {right}", today, false) is not { } other)
        {
            return null;
        }

        var days = other.To.DayNumber - other.From.DayNumber + 1;
        var span = days == 1 ? "today"
            : days == 7 ? "this week"
            : other.From.Day == 1 && days is >= 28 and <= 31 ? "this month"
            : other.From.Day == 1 && days is >= 90 and <= 92 ? "this quarter"
            : null;
        return span is not null && QuestionPeriod.Of(span, today, false) is { } now && now.From > other.To ? (now, other) : null;
    }

    /// <summary>Whether it names days beside its own: "this month with last month", "than the week before". Else articles stand beside each
    /// other.</summary>
    public static bool NamesOther(string question) =>
        PeriodText.Plain(question) is var text && (ThisOrLast().Count(text) > 1 || OtherDays().IsMatch(text) || TheOneBefore().IsMatch(text));

    /// <summary>Three or more months that are named, and none between them; null when there are fewer.</summary>
    public static QuestionPeriod? SeveralMonths(string question, DateOnly today)
    {
        var text = PeriodText.Plain(question);
        var months = NamedPeriods.MonthName().Matches(text)
            .Where(m => m.Groups[1].Value != "may" || NamedPeriods.MayIsMonth().IsMatch(text) || MayInList().IsMatch(text))
            .Select(m => NamedPeriods.Month($"in {m.Value}", today, looksAhead: false)).OfType<QuestionPeriod>().DistinctBy(m => m.From)
            .OrderBy(m => m.From).ToList();
        var isRow = months.Count > 0 && months[0].From.AddMonths(months.Count - 1) == months[^1].From;
        return months.Count < 3 ? null
            : isRow ? new(months[0].From, months[^1].To, $"{months[0].From:MMMM} to {months[^1].From:MMMM yyyy}")
            : new(months[0].From, months[^1].To, AnswerTable.And(months.Select(m => $"{m.From:MMMM yyyy}")))
            {
                Months = [.. months.Select(m => m.From)],
            };
    }

    [GeneratedRegex(@"^\s*(?:(?:in|the|of)\s+)*\|")]
    private static partial Regex DaysFirst();

    /// <summary>What days are compared with when nothing else is said; the answer says it.</summary>
    [GeneratedRegex(@"\b(?:to|with|than|vs|versus|against|beside)\s+the\s+(?:day|week|month|year)\s+before\b")]
    internal static partial Regex TheOneBefore();

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

    /// <summary>One of several names, and no verb: "March and May", "May, June".</summary>
    [GeneratedRegex(@"(?:,|\b(?:and|or))\s*may\b(?!\s+(?:i|we|be|have)\b)|\bmay\s*(?:,|and\b)")]
    private static partial Regex MayInList();
}
