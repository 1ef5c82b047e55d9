using System.Text.RegularExpressions;
using OpsChat.Operations.History;

namespace OpsChat.Operations.Questions;

/// <summary>Days that a question names, both inclusive.</summary>
/// <param name="Words">As it is said back.</param>
/// <param name="IsAhead">It looks forward from today.</param>
public sealed partial record QuestionPeriod(DateOnly From, DateOnly To, string Words, bool IsAhead = false)
{
    /// <summary>Null when the question names none.</summary>
    /// <param name="looksAhead">"This week" then means the rest of it.</param>
    public static QuestionPeriod? Of(string question, DateOnly today, bool looksAhead)
    {
        var text = PeriodText.Plain(question);
        // "Better than last month?" is about this one.
        if (!looksAhead && ThanLast().Match(text) is { Success: true } than && Of(text.Remove(than.Index, than.Length), today, false) is null)
        {
            text = $"this {than.Groups[1].Value}";
        }

        if (!looksAhead && PassedDays.Side(text, today) is { } side)
        {
            return side.IsBefore ? new(s_earliest, side.Day.AddDays(-1), $"before {side.Day:d MMM yyyy}")
                : new(side.Day.AddDays(1), today, $"after {side.Day:d MMM yyyy}");
        }

        var named = (looksAhead ? null : PassedDays.Of(text, today)) ?? NamedPeriods.Named(text, today, looksAhead);
        // "From 1 May until 20 May" has both of its bounds.
        return named is { IsAhead: false } && !NamedPeriods.HasBothEnds(text) ? Bounded(named, text, today) : named;
    }

    /// <summary>"Since last week", "after 5 May", "before March" are other days than those that are named. Null for days of which nobody knows
    /// where they begin, "since late October".</summary>
    private static QuestionPeriod? Bounded(QuestionPeriod named, string text, DateOnly today)
    {
        if (Edge().Match(text) is not { Success: true } edge)
        {
            return Bounded(Bound().Match(text).Groups[1].Value, named, today);
        }

        var end = named.From.AddMonths(1).AddDays(-1);
        var isMonth = named.From.Day == 1 && named.To <= end && !edge.Value.EndsWith("week", StringComparison.Ordinal);
        var day = edge.Groups["edge"].Value.Split(' ')[0] switch
        {
            "start" or "beginning" or "first" => named.From,
            // The month that is not over is named up to today.
            "end" or "last" => isMonth && named.To == today ? end : named.To,
            "middle" or "mid" when isMonth => named.From.AddDays(MiddleOfMonth - 1),
            _ => (DateOnly?)null,
        };
        return day is { } one ? Bounded(edge.Groups["bound"].Value, new(one, one, ""), today) : null;
    }

    private const int MiddleOfMonth = 15;

    private static QuestionPeriod Bounded(string bound, QuestionPeriod named, DateOnly today) => bound switch
    {
        "since" => new(named.From, today, $"since {named.From:d MMM yyyy}"),
        "after" => new(named.To.AddDays(1), today, $"after {named.To:d MMM yyyy}"),
        "before" => new(s_earliest, named.From.AddDays(-1), $"before {named.From:d MMM yyyy}"),
        "until" or "till" or "up to" => new(s_earliest, named.To, $"until {named.To:d MMM yyyy}"),
        _ => named,
    };

    // Before any shop's files begin.
    private static readonly DateOnly s_earliest = new(2000, 1, 1);

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

    [GeneratedRegex(
        @"(?<!\b(?:day|week|month|year)\s)\b(since|after|before|until|till|up\s+to)\s+(?:the\s+)?"
            + @"(?:last|first|second|third|fourth|final|end|beginning|start|middle|mid|early|late|this"
            + @"|yesterday|today|day|weekend|\d+(?:st|nd|rd|th)?|a|one|two|three|four|five|six|seven|eight|nine|ten"
            + "|(?:mon|tues|wednes|thurs|fri|satur|sun)day|" + PeriodText.MonthPattern + @")\b"
    )]
    private static partial Regex Bound();

    /// <summary>"After the start of October", "since mid-October": a day at the edge or in the middle of the days that are named.</summary>
    [GeneratedRegex(@"\b(?<bound>since|after|before|until|till|up\s+to)\s+(?:the\s+)?"
        + @"(?:(?<edge>start|beginning|first(?:\s+day)?|end|last\s+day|middle)\s+(?:of|in)|(?<edge>mid|middle|early|late)(?:\s+in)?)"
        + @"[\s-]+(?:the\s+)?(?:"
        + PeriodText.MonthPattern + @"(?:\s+20\d{2})?|(?:(?:this|last)\s+)?(?:week|month|quarter|year))\b")]
    internal static partial Regex Edge();

    [GeneratedRegex(@"\b(?:than|to|with|vs\.?|versus|against)\s+last\s+(week|month|year)\b")]
    private static partial Regex ThanLast();
}
