using System.Collections.Frozen;
using System.Globalization;
using OpsChat.Text;

namespace OpsChat.Facts;

/// <summary>Sizes that are mere numbers, such as those of shoes: a number near them that is none of them is a size that is not made, and counts no
/// pieces. Pure.</summary>
internal static class NumericSizes
{
    /// <summary>Smaller sizes could as well be a number of pieces.</summary>
    private const int Least = 20;

    /// <summary>How far a size that is asked for may lie from those that are made.</summary>
    private const int Near = 8;

    private const int MostWords = 80;

    /// <summary>"Slippers 41" and "in 35" where 36 to 40 are made. "41 slippers" and "41 pairs" count pieces.</summary>
    public static bool IsLikeOneOf(Product product, IReadOnlyList<string> words, int at)
    {
        if (NumberOf(words[at]) is not { } number || product.Options.FirstOrDefault(IsNumeric) is not { } sizes)
        {
            return false;
        }

        var made = sizes.Values.Select(value => NumberOf(value)!.Value).ToList();
        var (before, next) = (at > 0 ? words[at - 1] : "", at + 1 < words.Count ? words[at + 1] : "");
        var near = s_wants.Contains(before) ? Next : Near;
        return number >= made.Min() - near
            && number <= made.Max() + near
            && !made.Contains(number)
            && !QuantityReader.IsUnitOfPieces(next)
            && !CountsSomethingElse(before, next)
            && !TitleOf(product).Contains(Words.Stem(next))
            && NumberOf(next) is null;
    }

    /// <summary>Behind a word of wanting only a size next to those that are made is one: "I want 41", "I need 30".</summary>
    private const int Next = 2;

    private static readonly FrozenSet<string>
        s_limits = (
            "before within until till by after since under below over above least most than around about rm myr usd sgd eur ringgit sebelum selepas "
                + "bawah lebih kurang hingga"
        ).Split(' ').ToFrozenSet(StringComparer.Ordinal),
        s_wants = "need want buy order take beli ambil pesan perlu butuh".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>"Before 28 November", "within 30 days", "below RM 45".</summary>
    private static bool CountsSomethingElse(string before, string next) =>
        s_limits.Contains(before) || QuantityReader.IsNoPiece(next) || CalendarWords.Months.ContainsKey(next);

    private static bool IsNumeric(ProductOption option) =>
        option.Values.Count > 1 && option.Values.All(value => NumberOf(value) is >= Least);

    private static HashSet<string> TitleOf(Product product) =>
        Words.Of(product.Title, MostWords).Select(Words.Stem).ToHashSet(StringComparer.Ordinal);

    private static int? NumberOf(string word) =>
        word.Length == 2 && int.TryParse(PlainText.Fold(word), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
