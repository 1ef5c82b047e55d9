using System.Globalization;

namespace OpsChat.Text;

/// <summary>The one reader of figures, in cells and in sentences. What cannot be read has no value; it is never zero.</summary>
public static class WrittenNumber
{
    // 28 digits fit a decimal; far fewer are ever written.
    private const int MostCharacters = 40;

    /// <summary>
    /// The values that a figure can have, likeliest first: one when it is certain, two for <c>1.299</c> (1299, or 1.299 where three decimals are
    /// usual), none when it is no figure. Digits of every script count; a minus stands before, behind (<c>50.00-</c>) or as brackets; groups are
    /// parted by a separator, a space or an apostrophe and have three digits, or two as in India. Scientific notation is none: it has lost
    /// digits.
    /// </summary>
    public static IReadOnlyList<decimal> Values(string written)
    {
        var (figure, isNegative) = Unsigned(PlainText.Normalise(written).Trim());
        var values = figure.Length is 0 or > MostCharacters || !figure.All(IsPart) || !figure.Any(char.IsAsciiDigit) ? [] : WithoutSign(figure);
        return isNegative ? [.. values.Select(value => -value)] : values;
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

    private static IReadOnlyList<decimal> WithoutSign(string figure)
    {
        // A full stop that ends the sentence is no part of the figure.
        var bare = figure.TrimEnd('.', ',', ' ');
        var last = bare.LastIndexOfAny(['.', ',']);
        if (last < 0)
        {
            return Grouped(bare);
        }

        var decimals = bare[(last + 1)..];
        var broken = decimals.All(char.IsAsciiDigit) ? Broken(bare[..last], decimals, bare[last]) : [];
        return broken.Count > 0 && IsPlainlyBroken(bare, last) ? broken : [.. Grouped(bare), .. broken];
    }

    /// <summary>Only three digits are a group, nobody groups after a zero, and before a group stand at most three digits.</summary>
    private static bool IsPlainlyBroken(string figure, int last) =>
        figure.Length - last - 1 != 3 || figure[0] is '0' or '.' or ',' || (last > 3 && figure[..last].All(char.IsAsciiDigit));

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
