using System.Collections.Frozen;
using OpsChat.Text;

namespace OpsChat.Facts;

/// <summary>Two products that a message names with one noun for both: "the pandan and lemongrass candle", "lilin pandan dan serai".</summary>
/// <param name="Text">The message with the noun at both.</param>
internal sealed record CoordinatedNames(Product First, Product Second, string Text)
{
    private const int MostTerms = 3;

    private static readonly FrozenSet<string> s_joining =
        "and or & + / vs versus n dan atau dengan sama ke 和 与 跟 还是 或 或者 及 同 と y o và hoặc at".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Null where no two products are named so: each name must be whole with the noun, and one of them is not without it.</summary>
    public static CoordinatedNames? In(string message, ProductSearch search)
    {
        var terms = search.Terms(message);
        for (var at = 1; at < terms.Count; at++)
        {
            if (
                s_joining.Contains(GoodsWords.Folded(message[terms[at - 1].End..terms[at].Start].Trim()))
                && (Behind(message, terms, at, search) ?? Before(message, terms, at, search)) is { } shared
            )
            {
                return shared;
            }
        }

        return null;
    }

    /// <summary>The noun stands with the second name, at its end.</summary>
    private static CoordinatedNames? Behind(string message, IReadOnlyList<Term> terms, int at, ProductSearch search)
    {
        for (var last = at + 1; last < Math.Min(terms.Count, at + MostTerms) && IsOneName(message, terms, at, last); last++)
        {
            var head = message[terms[last].Start..terms[last].End];
            for (var first = at - 1; first >= Math.Max(0, at - MostTerms) && IsOneName(message, terms, first, at - 1); first--)
            {
                var modifier = message[terms[first].Start..terms[at - 1].End];
                if (Named(search, Joined(modifier, head), message[terms[at].Start..terms[last].End], modifier) is var (own, other))
                {
                    return new(own, other, message.Insert(terms[at - 1].End, Joined("", head)));
                }
            }
        }

        return null;
    }

    /// <summary>The noun stands with the first name, at its beginning.</summary>
    private static CoordinatedNames? Before(string message, IReadOnlyList<Term> terms, int at, ProductSearch search)
    {
        for (var first = at - 2; first >= Math.Max(0, at - MostTerms) && IsOneName(message, terms, first, at - 1); first--)
        {
            var head = message[terms[first].Start..terms[first].End];
            for (var last = at; last < Math.Min(terms.Count, at + MostTerms) && IsOneName(message, terms, at, last); last++)
            {
                var modifier = message[terms[at].Start..terms[last].End];
                if (Named(search, Joined(head, modifier), message[terms[first].Start..terms[at - 1].End], modifier) is var (own, other))
                {
                    return new(other, own, message.Insert(terms[at].Start, Joined(head, "")));
                }
            }
        }

        return null;
    }

    /// <summary>The product of the name that borrows the noun, and the one that has it.</summary>
    private static (Product Own, Product Other)? Named(ProductSearch search, string borrowing, string having, string alone) =>
        search.WhollyNamed(borrowing) is { } own
        && search.WhollyNamed(having) is { } other
        && own != other
        && search.WhollyNamed(alone) is null
            ? (own, other)
            : null;

    private static bool IsOneName(string message, IReadOnlyList<Term> terms, int first, int last) =>
        Enumerable.Range(first, last - first).All(at => string.IsNullOrWhiteSpace(message[terms[at].End..terms[at + 1].Start]));

    private static string Joined(string first, string second) =>
        (first + second).Any(sign => !Scripts.IsUnspaced(sign)) ? $"{first} {second}" : first + second;
}
