using System.Collections.Frozen;
using OpsChat.Text;

namespace OpsChat.Facts;

/// <summary>How many pieces of a product a message is about: "I need 10", "two sets", "nak 3 helai". Pure, linear in the text.</summary>
internal static class QuantityReader
{
    private const int MostWords = 80, MostDigits = 4;

    private static readonly FrozenSet<string> s_before = Words(
        "need want buy get take order have nak mau mahu beli ambil pesan x another got for butuh perlu gusto bibili mua"
    );

    private static readonly FrozenSet<string> s_counted = Words(
        "pc pcs piece pieces unit units set sets pair pairs pack packs box boxes bottle bottles x of biji helai pasang buah keping batang "
            + "kotak botol ketul naskhah unit buah lembar piraso cái chiếc ones"
    );

    private static readonly FrozenSet<string> s_notPieces = Words(
        "rm ringgit myr sgd usd rp percent hari day days working years year yrs tahun months month bulan week weeks minggu jam hour hours "
            + "am pm pagi petang kg g ml l cm mm inch m"
    );

    /// <summary>The pieces; null when the message names no number of them.</summary>
    /// <param name="product">A number before words of its title counts pieces, and its sizes are no numbers of pieces; null when it is not
    /// known.</param>
    public static int? Read(string message, Product? product)
    {
        var words = Facts.Words.Of(message, MostWords).SelectMany(Apart).ToList();
        var title = product is null
            ? []
            : Facts.Words.Of(product.Title, MostWords).Select(Facts.Words.Stem).ToHashSet(StringComparer.Ordinal);
        var values = product is null ? [] : SizesOf(product);
        for (var at = 0; at < words.Count; at++)
        {
            if (
                NumberAt(words, at) is { } number
                && !values.Contains(words[at])
                && !(product is not null && NumericSizes.IsLikeOneOf(product, words, at))
                && CountsPieces(words, at, title)
            )
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>The only number of a short message, where pieces were talked about before: "ok 2 then, can?"</summary>
    public static int? Instead(string message, Product product)
    {
        var words = Facts.Words.Of(message, MostWords).ToList();
        return words.Count <= MostWordsInstead
            && Enumerable.Range(0, words.Count).Where(at => NumberAt(words, at) is not null).ToList() is [var only]
            && !SizesOf(product).Contains(words[only])
            && (only + 1 == words.Count || !s_notPieces.Contains(words[only + 1]))
            && (only == 0 || !s_notPieces.Contains(words[only - 1]))
            ? NumberAt(words, only)
            : null;
    }

    private const int MostWordsInstead = 5;

    /// <summary>Words and numbers of the options: a number among them counts no pieces.</summary>
    private static HashSet<string> SizesOf(Product product) =>
        product
            .Options.SelectMany(option => option.Values)
            .SelectMany(value => Facts.Words.Of(value, MostWords).Append(MeasureReader.DigitsOf(value) ?? ""))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a word counts what stands before it: "2 pairs".</summary>
    internal static bool IsUnitOfPieces(string word) => s_counted.Contains(word);

    /// <summary>Whether a number before the word counts something else: "30 days".</summary>
    internal static bool IsNoPiece(string word) => s_notPieces.Contains(word);

    /// <summary>"30pcs" is "30 pcs"; other units stay with their number.</summary>
    private static IEnumerable<string> Apart(string word)
    {
        var digits = word.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && digits < word.Length && word.Length - digits > 1 && s_counted.Contains(word[digits..])
            ? [word[..digits], word[digits..]]
            : [word];
    }

    private static int? NumberAt(List<string> words, int at)
    {
        var word = words[at].EndsWith('x') && words[at].Length > 1 ? words[at][..^1] : words[at];
        return word.Length <= MostDigits && word.All(char.IsAsciiDigit)
            ? int.Parse(word, System.Globalization.CultureInfo.InvariantCulture) is > 0 and var n
                ? n
                : null
            : word.Length > 2 && NumberWords.Values.TryGetValue(word, out var value) && value is >= 1 and <= 100
                ? (int)value
                : null;
    }

    private const int LongestOfOrder = 3;

    private static readonly FrozenSet<string> s_ofOneOrder = Words("my the our your this that for about of");

    private static readonly FrozenSet<string> s_ordering = Words("i we to nak mau mahu want wanna");

    /// <summary>"My order 1292" names an order, and "I order 12" counts pieces.</summary>
    private static bool IsOrderNumber(List<string> words, int at) =>
        at > 0
        && words[at - 1] == "order"
        && !(at > 1 && s_ordering.Contains(words[at - 2]))
        && (words[at].Length > LongestOfOrder || (at > 1 && s_ofOneOrder.Contains(words[at - 2])));

    private static bool CountsPieces(List<string> words, int at, HashSet<string> title)
    {
        var next = at + 1 < words.Count ? words[at + 1] : "";
        var isWord = !char.IsAsciiDigit(words[at][0]);
        return !s_notPieces.Contains(next)
            && (
                s_counted.Contains(next)
                || title.Contains(Facts.Words.Stem(next))
                || words[at].EndsWith('x')
                || (at > 0 && s_before.Contains(words[at - 1]) && !IsOrderNumber(words, at) && !(isWord && next.Length == 0 && words.Count == 1))
            );
    }

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
