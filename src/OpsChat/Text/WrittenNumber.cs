using System.Globalization;

namespace OpsChat.Text;

/// <summary>Which sign a file writes before its decimals.</summary>
public enum DecimalMark
{
    /// <summary>Not known: a figure is read only as far as it tells by itself.</summary>
    Unknown,

    /// <summary><c>1,299.00</c></summary>
    Point,

    /// <summary><c>1.299,00</c></summary>
    Comma,
}

/// <summary>
/// The one reader of figures. For a cell of a file: <see cref="Whole"/> for counts, <see cref="WrittenAmount.Cell"/> for money, <see cref="Values"/> for
/// anything else; find the file's <see cref="DecimalMark"/> first by folding <see cref="MarkShownBy"/> over its cells. What cannot be read is never zero.
/// </summary>
public static class WrittenNumber
{
    // 28 digits fit a decimal; far fewer are ever written.
    private const int MostCharacters = 40;

    /// <summary>
    /// The values that a figure can have, likeliest first: one when it is certain, two for <c>1.299</c> (1299 or 1.299) while the mark is unknown, none when it
    /// is no figure. Digits of every script count; a minus stands before, behind (<c>50.00-</c>) or as brackets; groups are parted by a separator, a space or an
    /// apostrophe and have three digits, or two as in India. Scientific notation is none: it has lost digits.
    /// </summary>
    public static IReadOnlyList<decimal> Values(string written, DecimalMark mark = DecimalMark.Unknown)
    {
        var (figure, isNegative) = Unsigned(PlainText.Normalise(written).Trim());
        var values = figure.Length is 0 or > MostCharacters || !figure.All(IsPart) || !figure.Any(char.IsAsciiDigit) ? [] : Unsigned(figure, mark);
        return isNegative ? [.. values.Select(value => -value)] : values;
    }

    /// <summary>
    /// The count that a cell says; null when it says none: no figure, a fraction (<c>12,5</c>), or one of several (<c>3.000</c> while the mark is unknown).
    /// <c>3,0</c> is 3. A single comma before three digits groups, unless the mark says otherwise.
    /// </summary>
    public static long? Whole(string written, DecimalMark mark = DecimalMark.Unknown)
    {
        var values = Values(written, mark);
        var whole = values.Where(value => value == decimal.Truncate(value) && Math.Abs(value) <= long.MaxValue).ToList();
        return whole.Count == 1 || (whole.Count == 2 && written.Contains(',', StringComparison.Ordinal)) ? (long)whole[0] : null;
    }

    /// <summary>The mark that a figure shows beyond doubt: <c>1,299.00</c> and <c>12.5</c> show the point, <c>1.299</c> nothing.</summary>
    public static DecimalMark MarkShownBy(string written)
    {
        var figure = Unsigned(PlainText.Normalise(written).Trim()).Figure;
        var point = Values(figure, DecimalMark.Point);
        var comma = Values(figure, DecimalMark.Comma);
        return (point.Count, comma.Count) switch
        {
            (1, 0) => DecimalMark.Point,
            (0, 1) => DecimalMark.Comma,
            _ => DecimalMark.Unknown,
        };
    }

    /// <summary>The figure without its minus. Brackets mean a minus in bookkeeping.</summary>
    private static (string Figure, bool IsNegative) Unsigned(string text) => text switch
    {
        ['(', .. var inner, ')'] => (inner.Trim(), true),
        ['-', .. var rest] => (rest.Trim(), true),
        ['+', .. var rest] => (rest.Trim(), false),
        [.. var rest, '-'] => (rest.Trim(), true),
        _ => (text, false),
    };

    private static bool IsPart(char c) => char.IsAsciiDigit(c) || c is '.' or ',' or '\'' or ' ';

    private static IReadOnlyList<decimal> Unsigned(string figure, DecimalMark mark)
    {
        // A full stop that ends the sentence is no part of the figure.
        var bare = figure.TrimEnd('.', ',', ' ');
        var last = bare.LastIndexOfAny(['.', ',']);
        if (last < 0)
        {
            return Grouped(bare);
        }

        var separator = bare[last];
        var decimals = bare[(last + 1)..];
        IReadOnlyList<decimal> asGroups = separator == MarkSign(mark) ? [] : Grouped(bare);
        var isOtherMark = mark != DecimalMark.Unknown && separator != MarkSign(mark);
        IReadOnlyList<decimal> asDecimals = isOtherMark || !decimals.All(char.IsAsciiDigit) ? [] : Broken(bare[..last], decimals, separator);
        return IsPlainlyBroken(bare, last) && asDecimals.Count > 0 ? asDecimals : [.. asGroups, .. asDecimals];
    }

    /// <summary>Nobody groups after a zero; and four digits are no group.</summary>
    private static bool IsPlainlyBroken(string figure, int last) => figure.Length - last - 1 != 3 || figure[0] is '0' or '.' or ',' || last > 3 && figure.Count(c => c == figure[last]) == 1 && !figure[..last].Any(c => c is '.' or ',' or ' ' or '\'');

    private static char MarkSign(DecimalMark mark) => mark switch { DecimalMark.Point => '.', DecimalMark.Comma => ',', _ => '\0' };

    private static IReadOnlyList<decimal> Broken(string whole, string decimals, char separator)
    {
        // "1.299.00": the same sign for groups and decimals, where the digits leave no doubt.
        var canRepeat = !whole.Contains(separator) || decimals.Length is 1 or 2;
        return whole.Length == 0 ? Parsed($"0.{decimals}")
            : canRepeat && Grouped(whole).Count == 1 ? Parsed($"{Digits(whole)}.{decimals}")
            : [];
    }

    /// <summary>A whole number, in groups or not.</summary>
    private static IReadOnlyList<decimal> Grouped(string figure)
    {
        var signs = figure.Where(c => !char.IsAsciiDigit(c)).Distinct().ToList();
        var groups = figure.Split('.', ',', '\'', ' ');
        var areGroups = groups.Length == 1
            || (signs.Count == 1 && groups[0].Length is > 0 and <= 3 && groups[0] != "0" && groups[^1].Length == 3
                && (groups[1..].All(group => group.Length == 3) || groups[1..^1].All(group => group.Length == 2)));
        return areGroups ? Parsed(Digits(figure)) : [];
    }

    private static string Digits(string figure) => string.Concat(figure.Where(char.IsAsciiDigit));

    private static IReadOnlyList<decimal> Parsed(string digits) =>
        decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? [value] : [];
}
