using System.Collections.Frozen;
using OpsChat.Text;

namespace OpsChat.Facts;

/// <summary>
/// Tells whether one rare word of a long title is used as the product's name: "is the liberica back yet" names the Johor Liberica Beans, while the
/// gift of "gift wrap" is no Gift Box. A name stands by itself, where a noun may stand, and no other noun follows it. Pure.
/// </summary>
static class LoneName
{
    private const int MostWords = 80;

    /// <summary>Before a noun: what shows it, and what is done with goods.</summary>
    private static readonly FrozenSet<string> s_before =
        (
            "the your this that these those any some more ur ada got have has sell selling stock stok carry jual beli buy order nak want of and or "
            + "dan atau about is are restock"
        )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>After a noun: what is said or asked of it.</summary>
    private static readonly FrozenSet<string> s_behind =
        (
            "is are was in on at for from to back available avail still yet again coming come out sold and or when how cost costs price anymore "
            + "left now today please pls ada dah sudah masih lagi tak ke bila habis berapa ni tu itu ini yang untuk kat di restock restocked stock "
            + "stok ah eh lah la ya leh anot"
        )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool Names(ProductSearch search, string message, Product product)
    {
        var words = Words.Of(message, MostWords);
        int[] naming = [.. Enumerable.Range(0, words.Count).Where(at => search.WordsNaming(product, words[at]) > 0)];
        return naming is [var only]
            // Without spaces a whole sentence is one word.
            && !words[only].Any(Scripts.IsUnspaced)
            && search.IsRare(words[only])
            && OptionWords.Of(PlainText.Fold(words[only])) is null
            && (only == 0 || s_before.Contains(words[only - 1]))
            && (only == words.Count - 1 || s_behind.Contains(words[only + 1]));
    }
}
