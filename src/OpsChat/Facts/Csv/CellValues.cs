using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsChat.Facts.Csv;

/// <summary>Values as spreadsheets and shop systems write them.</summary>
internal static partial class CellValues
{
    private static readonly string[] s_withOffset =
    [
        "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd HH:mm zzz",
        "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mmzzz",
    ];

    private static readonly string[] s_local =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy/MM/dd", "yyyy/MM/dd HH:mm", "yyyy/MM/dd HH:mm:ss",
    ];

    /// <summary>
    /// Year first, with or without time and offset; without an offset it is local time in <paramref name="zone"/>. Day-first and
    /// month-first dates are not read: nothing tells 3/4 from 4/3.
    /// </summary>
    public static DateTimeOffset? Moment(string text, TimeZoneInfo zone)
    {
        var iso = text.Replace(" UTC", " +00:00", StringComparison.Ordinal).Replace("Z", "+00:00", StringComparison.Ordinal);
        if (DateTimeOffset.TryParseExact(WithColon(iso), s_withOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            return moment;
        }

        return DateTime.TryParseExact(text, s_local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, zone.GetUtcOffset(local))
            : null;
    }

    /// <summary>
    /// Either decimal separator, currency signs and grouping allowed: <c>1,299.00</c>, <c>1.299,00</c>, <c>RM 12,5</c>. A single separator
    /// before exactly three digits groups thousands, unless the currency has three decimals or the number begins with 0.
    /// </summary>
    public static Money? Amount(string text, string currency)
    {
        var number = NotOfTheNumber().Replace(text, "");
        var point = number.LastIndexOfAny(['.', ',']);
        var isDecimal = point >= 0 && (HasBothSeparators(number) || IsDecimalPoint(number, point, currency));
        var whole = (isDecimal ? number[..point] : number).Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        var digits = isDecimal ? $"{whole}.{number[(point + 1)..]}" : whole;
        var isNumber = decimal.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        return isNumber && Math.Abs(value) < 1_000_000_000_000m ? Money.FromMajor(value, currency) : null;
    }

    public static int? Count(string text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) && value == decimal.Truncate(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : null;

    private static bool HasBothSeparators(string number) =>
        number.Contains('.', StringComparison.Ordinal) && number.Contains(',', StringComparison.Ordinal);

    private static bool IsDecimalPoint(string number, int point, string currency) =>
        number.IndexOfAny(['.', ',']) == point
        && (number.Length - point - 1 != 3 || Money.Decimals(currency) == 3 || number.TrimStart('-')[0] == '0');

    // Shopify writes +0800; the format specifier zzz reads +08:00 only.
    private static string WithColon(string text) =>
        text.Length > 5 && text[^5] is '+' or '-' && text.Length > 15 ? $"{text[..^2]}:{text[^2..]}" : text;

    // Currency words with their dot ("Rs."), signs and spaces. The dot of ".50" belongs to the number.
    [GeneratedRegex(@"\p{L}+\.?|[\p{Sc}\s]")]
    private static partial Regex NotOfTheNumber();
}
