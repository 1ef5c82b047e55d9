using System.Collections.Frozen;
using System.Text;

namespace OpsChat.Text;

/// <summary>
/// What the order numbers of a shop look like, learned from its data: <c>INV/2026/0012</c>, <c>#1001-MY</c>, <c>261120PP3QRS44</c>. A customer's word of such a
/// shape is taken for an order number whether or not that order exists, so that nobody learns from it which ones do.
/// </summary>
public sealed class OrderNumberShapes
{
    /// <summary>Shorter numbers, and those of digits alone, are recognised by the words around them: they could be anything.</summary>
    private const int FewestDigitsAlone = 15, MostWords = 400;

    private readonly FrozenSet<string> _shapes;
    private readonly FrozenSet<string> _known;

    public OrderNumberShapes(IEnumerable<string> numbers)
    {
        var keys = numbers.Select(OrderNumber.Key).Where(key => key.Length > 0).ToList();
        _shapes = keys.Where(IsTelling).Select(Shape).ToFrozenSet(StringComparer.Ordinal);
        _known = keys.Where(key => !IsTelling(key) && key.Any(char.IsAsciiLetter)).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Knows no number.</summary>
    public static OrderNumberShapes None { get; } = new([]);

    /// <summary>Keys of the order numbers in a text, in reading order.</summary>
    public IReadOnlyList<string> In(string text)
    {
        if (_shapes.Count == 0 && _known.Count == 0)
        {
            return [];
        }

        return [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords)
            .Where(word => !word.Contains('@', StringComparison.Ordinal))
            .Select(OrderNumber.Key)
            .Where(key => key.Length > 0 && ((IsTelling(key) && _shapes.Contains(Shape(key))) || _known.Contains(key)))
            .Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A number that no ordinary word or count looks like: letters or marks with at least three digits, or very many digits.</summary>
    private static bool IsTelling(string key)
    {
        var digits = key.Count(char.IsAsciiDigit);
        return digits == key.Length ? digits >= FewestDigitsAlone : digits >= 3 && key.Length >= 4;
    }

    /// <summary>
    /// Runs of digits become 9, whatever their length, and marks stay. Letters in front (a prefix) and letters of a word of their own stay as they are; letters
    /// mixed into digits, as in Shopee's numbers, become A.
    /// </summary>
    private static string Shape(string key)
    {
        var isMixed = key.All(char.IsAsciiLetterOrDigit) && key.Length >= 10 && char.IsAsciiDigit(key[0]);
        if (isMixed)
        {
            return $"mixed {key.Length}";
        }

        var shape = new StringBuilder();
        foreach (var c in key)
        {
            var part = char.IsAsciiDigit(c) ? '9' : c;
            if (part != '9' || shape.Length == 0 || shape[^1] != '9')
            {
                shape.Append(part);
            }
        }

        return shape.ToString();
    }
}
