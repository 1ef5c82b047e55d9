using System.Globalization;
using System.Text.RegularExpressions;
using OpsChat.Facts;

namespace OpsChat.ShopData.Values;

/// <summary>Numbers and amounts as spreadsheets and shop systems write them. What is not certainly a number is null, never zero.</summary>
internal static partial class CellNumber
{
    /// <summary>Beyond this a cell holds an id or a mistake, no amount of a small shop.</summary>
    private const decimal Most = 1_000_000_000_000m;

    /// <summary>What exports write where there is nothing: <c>-</c>, <c>--</c>, <c>N/A</c>.</summary>
    public static bool IsNone(string text) => text.Trim() is "" or "-" or "--" or "—" or "–" || text.Trim().ToUpperInvariant() is "N/A" or "NA" or "NULL" or "NONE" or "#N/A";

    /// <summary>An id that a spreadsheet turned into a rounded number: <c>5.769E+17</c>.</summary>
    public static bool IsDamagedId(string text) => DamagedId().IsMatch(text.Trim());

    /// <summary>
    /// Either decimal separator and any grouping: <c>1,299.00</c>, <c>1.299,00</c>, <c>1 299,5</c>, <c>1'299.00</c>, <c>(12.00)</c> and <c>12.00-</c> for
    /// minus twelve. A single separator before exactly three digits groups thousands, unless <paramref name="decimals"/> is 3 or the number begins with 0.
    /// </summary>
    /// <param name="decimals">How many decimal places the values of this column usually have.</param>
    public static decimal? Read(string text, int decimals = 2)
    {
        var body = Folded(text);
        var isNegative = body is ['(', .., ')'];
        body = isNegative ? body[1..^1] : body;
        if (body is ['-', ..] or [.., '-'])
        {
            if (isNegative)
            {
                return null;
            }

            (isNegative, body) = (true, body.Trim('-'));
        }

        body = body.TrimStart('+');
        if (!Digits().IsMatch(body) || Plain(body, decimals) is not { } plain)
        {
            return null;
        }

        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value < Most
            ? isNegative ? -value : value
            : null;
    }

    /// <summary>A whole number: <c>12</c>, <c>2.0</c>, <c>3,0</c>, <c>1,234</c>; null for <c>12,5</c>.</summary>
    public static int? Count(string text) =>
        Read(text) is { } value && value == decimal.Truncate(value) && Math.Abs(value) <= int.MaxValue ? (int)value : null;

    /// <summary>An amount with its sign; the currency that the cell itself names comes before <paramref name="currency"/>.</summary>
    public static Money? Amount(string text, string currency)
    {
        var (number, named) = Currencies.Split(text);
        var own = named ?? currency;
        return Read(number, Money.Decimals(own)) is { } value ? Money.FromMajor(value, own) : null;
    }

    /// <summary>Digits of every script, full-width forms and the typographic minus as ASCII; without spaces.</summary>
    private static string Folded(string text)
    {
        var folded = text.Normalize(System.Text.NormalizationForm.FormC).Where(c => !char.IsWhiteSpace(c) && c is not ('\u00A0' or '\u202F' or '\u200B')).Select(c => c switch
        {
            '−' or '–' or '—' or '‐' or '‑' or '﹣' or '－' => '-',
            '’' or '‘' or '＇' => '\'',
            '．' => '.',
            '，' => ',',
            '（' => '(',
            '）' => ')',
            _ when char.IsDigit(c) => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)),
            _ => c,
        });
        return string.Concat(folded);
    }

    /// <summary>The digits with a point as the decimal separator, or null when the grouping makes no sense.</summary>
    private static string? Plain(string body, int decimals)
    {
        body = body.Replace("'", "", StringComparison.Ordinal);
        var point = body.LastIndexOfAny(['.', ',']);
        if (point < 0)
        {
            return body;
        }

        var mark = body[point];
        var isRepeated = body.IndexOf(mark) != point;
        var hasBoth = body.Contains(mark == '.' ? ',' : '.', StringComparison.Ordinal);
        var isDecimal = !isRepeated && (hasBoth || body.Length - point - 1 != 3 || decimals == 3 || body[0] == '0' || point == 0);
        var (whole, fraction) = isDecimal ? (body[..point], body[(point + 1)..]) : (body, "");
        if (!IsGrouped(whole))
        {
            return null;
        }

        whole = whole.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        return fraction.Length > 0 ? $"{(whole.Length == 0 ? "0" : whole)}.{fraction}" : whole;
    }

    // Thousands, or the Indian way: groups of two before the last three.
    private static bool IsGrouped(string whole) => whole.IndexOfAny(['.', ',']) < 0 || Grouping().IsMatch(whole);

    [GeneratedRegex(@"^[0-9]{1,3}(?:(?:,[0-9]{3})+|(?:\.[0-9]{3})+)$|^[0-9]{1,3}(?:,[0-9]{2})+,[0-9]{3}$")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"^[0-9.,']*[0-9][0-9.,']*$")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}$")]
    private static partial Regex DamagedId();
}
