using OpsChat.Text;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsChat.ShopData.Values;

/// <summary>Which of the first two numbers of <c>03/04/2026</c> is the day.</summary>
internal enum DateOrder { Unknown, DayFirst, MonthFirst }

/// <summary>How the dates of one file are to be read.</summary>
/// <param name="Zone">Of dates without an offset.</param>
/// <param name="Order">Of dates in numbers that do not begin with the year.</param>
internal sealed record DateReading(TimeZoneInfo Zone, DateOrder Order);

/// <summary>A date as exports write it. What is not certainly a date is null.</summary>
internal static partial class CellDate
{
    private static readonly FrozenDictionary<string, int> s_months = Months();

    private static readonly FrozenDictionary<string, double> s_zones = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase)
    {
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["Z"] = 0,
        ["PST"] = -8,
        ["PDT"] = -7,
        ["MST"] = -7,
        ["MDT"] = -6,
        ["CST"] = -6,
        ["CDT"] = -5,
        ["EST"] = -5,
        ["EDT"] = -4,
        ["BST"] = 1,
        ["CET"] = 1,
        ["CEST"] = 2,
        ["WIB"] = 7,
        ["WITA"] = 8,
        ["WIT"] = 9,
        ["SGT"] = 8,
        ["MYT"] = 8,
        ["PHT"] = 8,
        ["ICT"] = 7,
        ["JST"] = 9,
        ["HKT"] = 8,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The day a spreadsheet counts from: serial 1 is 1 January 1900, with the 29 February that it wrongly has.</summary>
    private static readonly DateTime s_serialStart = new(1899, 12, 30);

    /// <summary>What such a date proves about its file: a number above twelve can only be a day.</summary>
    public static DateOrder OrderShownBy(string text) =>
        Numeric().Match(text) is not { Success: true } match || match.Groups["sep"].Value == "." ? DateOrder.Unknown
        : Int(match, "a") > 12 && Int(match, "b") <= 12 ? DateOrder.DayFirst
        : Int(match, "b") > 12 && Int(match, "a") <= 12 ? DateOrder.MonthFirst
        : DateOrder.Unknown;

    /// <summary>Whether only <see cref="DateReading.Order"/> tells what the date means.</summary>
    public static bool IsAmbiguous(string text) =>
        Numeric().Match(text) is { Success: true } match
        && match.Groups["sep"].Value != "."
        && Int(match, "a") <= 12
        && Int(match, "b") <= 12
        && Int(match, "a") != Int(match, "b");

    /// <summary>A day count of a spreadsheet (1955 to 2119), or seconds or milliseconds since 1970. Only where a whole column is of that
    /// kind.</summary>
    public static bool IsBareNumber(string text) => Serial().IsMatch(text) || Epoch().IsMatch(text);

    /// <param name="bareNumbers">The column holds nothing but bare numbers, so one is a moment.</param>
    public static DateTimeOffset? Read(string text, DateReading reading, bool bareNumbers = false)
    {
        text = text.Trim();
        if (bareNumbers && IsBareNumber(text))
        {
            return OfNumber(text, reading.Zone);
        }

        if (DayOf(text, reading.Order) is not var (day, rest))
        {
            return null;
        }

        return TimeOf(rest) is var (time, offset) ? At(day.ToDateTime(TimeOnly.MinValue) + time, offset, reading.Zone) : null;
    }

    private static DateTimeOffset? OfNumber(string text, TimeZoneInfo zone)
    {
        var value = decimal.Parse(text, CultureInfo.InvariantCulture);
        return Epoch().IsMatch(text)
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(text.Split('.')[0].Length >= 13 ? value : value * 1000))
            : At(s_serialStart.AddSeconds((double)decimal.Round(value * 86_400m)), null, zone);
    }

    /// <summary>An hour that the clocks skip in spring is the one after it.</summary>
    private static DateTimeOffset At(DateTime local, TimeSpan? offset, TimeZoneInfo zone) => new(local, offset ?? zone.GetUtcOffset(local));

    private static (DateOnly Day, string After)? DayOf(string text, DateOrder order)
    {
        if (YearFirst().Match(text) is { Success: true } year)
        {
            return Day(Int(year, "y"), Int(year, "m"), Int(year, "d"), text[year.Length..]);
        }

        if (Worded().Match(text) is { Success: true } worded && s_months.TryGetValue(worded.Groups["mon"].Value.TrimEnd('.'), out var month))
        {
            return Day(CalendarWords.Year(worded.Groups["y"].Value), month, Int(worded, "d"), text[worded.Length..]);
        }

        if (Numeric().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var (a, b) = (Int(match, "a"), Int(match, "b"));
        // Points stand between day, month and year only where the day comes first.
        var isDayFirst = match.Groups["sep"].Value == "." || a > 12 || a == b || (b <= 12 && order == DateOrder.DayFirst);
        var isMonthFirst = !isDayFirst && (b > 12 || order == DateOrder.MonthFirst);
        return isDayFirst ? Day(CalendarWords.Year(match.Groups["y"].Value), b, a, text[match.Length..])
            : isMonthFirst ? Day(CalendarWords.Year(match.Groups["y"].Value), a, b, text[match.Length..])
            : null;
    }

    private static (DateOnly, string)? Day(int year, int month, int day, string rest) =>
        year is >= 1970 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? (new DateOnly(year, month, day), rest)
            : null;

    private static (TimeSpan Time, TimeSpan? Offset)? TimeOf(string rest)
    {
        rest = rest.Trim().TrimStart(',').Trim();
        if (rest.Length == 0)
        {
            return (TimeSpan.Zero, null);
        }

        if (Clock().Match(rest) is not { Success: true } match)
        {
            return null;
        }

        var (hour, half) = (Int(match, "h"), match.Groups["half"].Value.Replace(".", "", StringComparison.Ordinal).ToLowerInvariant());
        if (hour > 23 || Int(match, "min") > 59 || (half.Length > 0 && hour is 0 or > 12))
        {
            return null;
        }

        hour = half switch { "am" => hour % 12, "pm" => (hour % 12) + 12, _ => hour };
        var seconds = match.Groups["s"].Success ? Int(match, "s") : 0;
        return Offset(match.Groups["zone"].Value) is var (isKnown, offset) && isKnown
            ? (new TimeSpan(hour, Int(match, "min"), Math.Min(seconds, 59)) + Fraction(match.Groups["f"].Value), offset)
            : null;
    }

    private static TimeSpan Fraction(string digits) =>
        digits.Length == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(long.Parse(digits.PadRight(7, '0')[..7], CultureInfo.InvariantCulture));

    private static (bool IsKnown, TimeSpan? Offset) Offset(string zone)
    {
        if (zone.Length == 0)
        {
            return (true, null);
        }

        if (s_zones.TryGetValue(zone, out var hours))
        {
            return (true, TimeSpan.FromHours(hours));
        }

        var digits = zone.Replace("GMT", "", StringComparison.OrdinalIgnoreCase)
            .Replace("UTC", "", StringComparison.OrdinalIgnoreCase)
            .Replace(":", "", StringComparison.Ordinal);
        if (digits.Length is not (3 or 5) || !int.TryParse(digits[1..], CultureInfo.InvariantCulture, out var value))
        {
            return (false, null);
        }

        var size = digits.Length == 3 ? TimeSpan.FromHours(value) : new TimeSpan(value / 100, value % 100, 0);
        return size <= TimeSpan.FromHours(14) ? (true, digits[0] == '-' ? -size : size) : (false, null);
    }

    private static int Int(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static FrozenDictionary<string, int> Months()
    {
        // The shop's languages, and those of Europe that marketplaces export in; month by month.
        string[] names =
        [
            "janvier januar gennaio janv ene",
            "fevrier février februar fév",
            "mars märz mrz maerz",
            "avril avr abr",
            "mai maggio",
            "juin giugno",
            "juillet luglio juil",
            "août aout ago agt",
            "septembre settembre",
            "octobre ottobre",
            "novembre nov nop nopember",
            "dez dezember décembre decembre dic dicembre",
        ];
        return CalendarWords.Months.Select(month => (Name: month.Key, Month: month.Value))
            .Concat(names.SelectMany((list, index) => list.Split(' ').Select(name => (Name: name, Month: index + 1))))
            .DistinctBy(pair => pair.Name).ToFrozenDictionary(pair => pair.Name, pair => pair.Month, StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"^(?<y>[0-9]{4})(?<sep>[-/.])(?<m>[0-9]{1,2})\k<sep>(?<d>[0-9]{1,2})(?![0-9])[T ]?")]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<a>[0-9]{1,2})(?<sep>[-/.])(?<b>[0-9]{1,2})\k<sep>(?<y>[0-9]{4}|[0-9]{2})(?![0-9])")]
    private static partial Regex Numeric();

    [GeneratedRegex(
        @"^(?:\p{L}{2,9},?\s+)?(?:(?<d>[0-9]{1,2})(?:st|nd|rd|th)?[\s.-]+(?<mon>\p{L}{3,10}\.?)|(?<mon>\p{L}{3,10}\.?)[\s-]+"
            + @"(?<d>[0-9]{1,2})(?:st|nd|rd|th)?),?[\s-]+(?<y>[0-9]{4}|[0-9]{2})(?![0-9])"
    )]
    private static partial Regex Worded();

    [GeneratedRegex(
        @"^(?:at\s+)?(?<h>[0-9]{1,2})[:.](?<min>[0-9]{2})(?:[:.](?<s>[0-9]{2})(?:[.,](?<f>[0-9]{1,9}))?)?\s*(?<half>[AaPp]\.?[Mm]\.?)?\s*"
            + @"(?<zone>Z|(?:GMT|UTC)?[+-][0-9]{2}:?(?:[0-9]{2})?|[A-Za-z]{3,4})?$"
    )]
    private static partial Regex Clock();

    [GeneratedRegex(@"^[2-7][0-9]{4}(?:\.[0-9]+)?$")]
    private static partial Regex Serial();

    [GeneratedRegex(@"^1[0-9]{9}(?:[0-9]{3})?(?:\.[0-9]+)?$")]
    private static partial Regex Epoch();
}
