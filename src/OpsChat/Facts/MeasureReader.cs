using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Facts;

/// <summary>Reads option values that are a number with a unit, "20000mAh", "3-pack" or "1 kg", in the ways in which customers write them: "20k mah",
/// "3 packs", "10000". Pure, linear in the text.</summary>
internal static partial class MeasureReader
{
    /// <summary>A number without a unit names a value from here on: smaller ones count pieces.</summary>
    private const int LeastAlone = 100;

    private static readonly FrozenDictionary<string, (string Unit, decimal Factor)> s_units = new Dictionary<string, (string, decimal)>
    {
        ["ml"] = ("ml", 1), ["l"] = ("ml", 1000), ["litre"] = ("ml", 1000), ["liter"] = ("ml", 1000),
        ["g"] = ("g", 1), ["gm"] = ("g", 1), ["gram"] = ("g", 1), ["kg"] = ("g", 1000), ["kilo"] = ("g", 1000),
        ["mm"] = ("mm", 1), ["cm"] = ("mm", 10), ["m"] = ("mm", 1000), ["meter"] = ("mm", 1000), ["metre"] = ("mm", 1000),
        ["pc"] = ("piece", 1), ["pcs"] = ("piece", 1), ["piece"] = ("piece", 1), ["biji"] = ("piece", 1),
        ["keping"] = ("piece", 1), ["pack"] = ("pack", 1), ["pek"] = ("pack", 1), ["pk"] = ("pack", 1),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The value of the option that a folded phrase means; null when it means none, or more than one.</summary>
    public static string? In(ProductOption option, string phrase)
    {
        if (Of(phrase) is not var (number, unit) || (unit.Length == 0 && number < LeastAlone))
        {
            return null;
        }

        var meant = option
            .Values.Where(value =>
                Of(PlainText.Fold(value)) is var (n, u)
                && u.Length > 0
                && (unit.Length == 0 ? Plain(value) == number : n == number && u == unit)
            )
            .Take(2)
            .ToList();
        return meant is [var one] ? one : null;
    }

    /// <summary>The values from the least to the most; null when they are not all measures of one unit, or fewer than two.</summary>
    public static IReadOnlyList<string>? Ordered(IReadOnlyList<string> values)
    {
        var read = values.Select(value => (Value: value, Read: Of(PlainText.Fold(value)))).ToList();
        return read.Count > 1 && read.TrueForAll(one => one.Read is { Unit.Length: > 0 }) && read.DistinctBy(one => one.Read!.Value.Unit).Count() == 1
            ? [.. read.OrderBy(one => one.Read!.Value.Number).Select(one => one.Value)]
            : null;
    }

    /// <summary>The digits of a value that is a measure, as customers write them alone; null else.</summary>
    public static string? DigitsOf(string value) =>
        Of(PlainText.Fold(value)) is { Unit.Length: > 0 } && Plain(value) is >= LeastAlone and var number
            ? number.ToString("0", CultureInfo.InvariantCulture) : null;

    /// <summary>The number as it stands, whatever its unit.</summary>
    private static decimal? Plain(string value) =>
        Parts().Match(PlainText.Fold(value)) is { Success: true } match ? decimal.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture) : null;

    private static (decimal Number, string Unit)? Of(string phrase)
    {
        var words = phrase.Split(' ', 2);
        var plain = words.Length == 2 && NumberWords.Values.TryGetValue(words[0], out var spelled) ? $"{spelled:0} {words[1]}" : phrase;
        if (
            Parts().Match(plain) is not { Success: true } match
            || !decimal.TryParse(match.Groups["n"].Value, CultureInfo.InvariantCulture, out var number)
        )
        {
            return null;
        }

        var unit = match.Groups["unit"].Value is var written && s_units.ContainsKey(written) ? written : Words.Stem(written);
        var (known, factor) = s_units.GetValueOrDefault(unit, (unit, 1));
        return (number * factor * (match.Groups["k"].Success ? 1000 : 1), known);
    }

    [GeneratedRegex(@"^(?<n>\d{1,7}(?:\.\d{1,3})?)(?<k>k(?= ?-?[a-z]{2,}$|$))?[ -]?(?<unit>[a-z]{0,12})$", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();
}
