using System.Globalization;
using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>Days told by how long ago they are: the day before yesterday, three weeks ago, the weekend.</summary>
internal static partial class PassedDays
{
    private const int Saturday = 5;

    /// <summary>Null when the text names none.</summary>
    /// <param name="text">In lower case.</param>
    public static QuestionPeriod? Of(string text, DateOnly today)
    {
        if (BeforeYesterday().IsMatch(text))
        {
            return On(today.AddDays(-2));
        }

        var monday = QuestionPeriod.MondayOf(today);
        if (BeforeLast().Match(text) is { Success: true } last)
        {
            return Back(2, last.Groups[1].Value, today, monday);
        }

        if (Weekend().Match(text) is { Success: true } weekend)
        {
            // On a weekend "the weekend" is this one, and "last weekend" the one before.
            var isOn = today >= monday.AddDays(Saturday) && weekend.Groups[1].Value != "last";
            var from = monday.AddDays(isOn ? Saturday : Saturday - 7);
            return new(from, isOn ? today : from.AddDays(1), $"the weekend, {from:d MMM} to {from.AddDays(1):d MMM yyyy}");
        }

        return Ago().Match(text) is { Success: true } ago && CountOf(ago.Groups[1].Value) is { } number
            ? Back(number, ago.Groups[2].Value, today, monday)
            : null;
    }

    /// <summary>"More than three weeks ago", "less than a month ago": the day so long before today, and on which side of it is meant. Null when
    /// none is.</summary>
    public static (DateOnly Day, bool IsBefore)? Side(string text, DateOnly today) =>
        Than().Match(text) is { Success: true } than && CountOf(than.Groups[2].Value) is { } number
            ? (than.Groups[3].Value switch
            {
                "day" => today.AddDays(-number),
                "week" => today.AddDays(-7 * number),
                "month" => today.AddMonths(-number),
                _ => today.AddYears(-number),
            }, than.Groups[1].Value is not ("less" or "fewer"))
            : null;

    [GeneratedRegex(@"\b(more|longer|less|fewer|over)\s+(?:than\s+)?(\d{1,4}|[a-z]+)\s+(day|week|month|year)s?\s+ago\b")]
    private static partial Regex Than();

    private static QuestionPeriod Back(int number, string span, DateOnly today, DateOnly monday)
    {
        var (week, month) = (monday.AddDays(-7 * number), new DateOnly(today.Year, today.Month, 1).AddMonths(-number));
        return span switch
        {
            "day" => On(today.AddDays(-number)),
            "week" => new(week, week.AddDays(6), $"the week of {week:d MMM} to {week.AddDays(6):d MMM yyyy}"),
            "month" => new(month, month.AddMonths(1).AddDays(-1), $"{month:MMMM yyyy}"),
            _ => new(new(today.Year - number, 1, 1), new(today.Year - number, 12, 31), $"{today.Year - number}"),
        };
    }

    /// <summary>What names such days.</summary>
    public static IEnumerable<Regex> Names => [BeforeYesterday(), BeforeLast(), Weekend(), Ago()];

    /// <summary>A number in figures or words; null when it is none, or more than a question is about.</summary>
    public static int? CountOf(string word) =>
        (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || (NumberWords.Values.TryGetValue(word, out var told) && (number = (int)told) == told))
        && number is > 0 and <= 1000
            ? number
            : null;

    private static QuestionPeriod On(DateOnly day) => new(day, day, $"{day:dddd d MMM yyyy}");

    [GeneratedRegex(@"\b(?:the\s+)?day\s+before\s+yesterday\b")]
    private static partial Regex BeforeYesterday();

    [GeneratedRegex(@"\b(?:the\s+)?(week|month|year)\s+before\s+last\b")]
    private static partial Regex BeforeLast();

    [GeneratedRegex(@"\b(?:(last|this|past)\s+)?weekend\b")]
    private static partial Regex Weekend();

    [GeneratedRegex(@"\b(\d{1,4}|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(day|week|month|year)s?\s+ago\b")]
    private static partial Regex Ago();
}
