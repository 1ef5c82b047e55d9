using OpsChat.Text;
using System.Text.RegularExpressions;

namespace OpsChat.Drafting;

/// <summary>Turns what a notation matched into normal forms, so that 1,299.00 is 1299 and 3 Dec 2026 is 2026-12-03.</summary>
internal static class ClaimForms
{
    /// <summary>Host and path without scheme, <c>www.</c> and the punctuation of the sentence around it.</summary>
    public static string Link(string link)
    {
        var scheme = link.IndexOf("://", StringComparison.Ordinal);
        var bare = (scheme < 0 ? link : link[(scheme + 3)..]).TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '/', '*', '_', '>');
        return bare.StartsWith("www.", StringComparison.Ordinal) ? bare[4..] : bare;
    }

    /// <summary>The digits without the zero that a national number begins with.</summary>
    public static string Phone(string phone) => $"p:{string.Concat(phone.Where(char.IsAsciiDigit)).TrimStart('0')}";

    public static IReadOnlyList<string> Amount(Match m)
    {
        var currency = Currencies.Family(m.Groups["cur"].Value);
        var scale = m.Groups["scale"] is { Success: true } s ? NumberWords.Scales[s.Value] : 1;
        return Values(m).Select(v => ClaimKeys.Amount(currency, v * scale)).ToList();
    }

    public static IReadOnlyList<string> Measure(Match m)
    {
        var unit = m.Groups["unit"] is { Length: > 0 } u ? UnitWords.Units[u.Value] : "percent";
        return Values(m).Select(v => ClaimKeys.Measure(unit, v)).ToList();
    }

    /// <summary>Digits too many for a quantity are compared as they are written.</summary>
    public static IReadOnlyList<string> Numbers(string digits) =>
        WrittenNumber.Values(digits) is { Count: > 0 } values ? values.Select(ClaimKeys.Number).ToList() : [ClaimKeys.Number(digits)];

    public static IReadOnlyList<string> Code(Match m)
    {
        var code = string.Concat(m.Value.Where(char.IsLetterOrDigit));
        var isOrdinal = code.Length <= 4 && code[^2..] is "st" or "nd" or "rd" or "th" && code[..^2].All(char.IsAsciiDigit);
        return isOrdinal ? [ClaimKeys.Number(code[..^2])] : [ClaimKeys.Code(code)];
    }

    /// <summary>A month's name alone. May and march are verbs first, and three letters are too often something else.</summary>
    public static IReadOnlyList<string> Month(Match m) =>
        m.Length < 4 || m.Value is "march" or "mayo" ? [] : [ClaimKeys.Month(CalendarWords.Months[m.Value])];

    public static IReadOnlyList<string> Date(Match m)
    {
        var year = Year(m.Groups["y"]);
        string?[] days = m.Groups["a"].Success
            ? [ClaimKeys.Date(year, Int(m, "b"), Int(m, "a")), ClaimKeys.Date(year, Int(m, "a"), Int(m, "b"))]
            : [ClaimKeys.Date(year, m.Groups["mon"] is { Success: true } name ? CalendarWords.Months[name.Value] : Int(m, "m"), Int(m, "d"))];
        return days.OfType<string>().Distinct().ToList();
    }

    /// <summary>On the clock of 24 hours; without am or pm, an hour up to twelve may be either.</summary>
    public static IReadOnlyList<string> Time(Match m)
    {
        int hour = Int(m, "h"), minute = m.Groups["min"].Success ? Int(m, "min") : 0;
        if (hour > 24 || minute > 59)
        {
            return [];
        }
        var half = m.Groups["half"].Value;
        return half switch
        {
            "" when m.Groups["min"].Success => [ClaimKeys.Time((hour * 60) + minute)],
            "" => [ClaimKeys.Time((hour * 60) + minute), ClaimKeys.Time(((hour + 12) * 60) + minute), ClaimKeys.Measure("hour", hour)],
            "am" or "a.m." or "pagi" => [ClaimKeys.Time((hour % 12 * 60) + minute)],
            "siang" => [ClaimKeys.Time((hour * 60) + minute), ClaimKeys.Time(((hour + 12) * 60) + minute)],
            _ => [ClaimKeys.Time((((hour % 12) + 12) * 60) + minute)],
        };
    }

    private static IReadOnlyList<decimal> Values(Match m) =>
        m.Groups["n"].Success ? WrittenNumber.Values(m.Groups["n"].Value) : [NumberWords.Value(m.Groups["said"].Value)];

    private static int Int(Match m, string group) => int.Parse(m.Groups[group].Value);

    private static int? Year(Group group) => group.Success ? CalendarWords.Year(group.Value) : null;
}
