using System.Collections.Frozen;
using System.Text;
using OpsChat.Text;

namespace OpsChat.Understanding;

/// <summary>
/// What the order numbers of a shop look like, learned from its data: <c>INV/2026/0012</c>, <c>#1001-MY</c>, <c>261120PP3QRS44</c>. A customer's
/// word of such a shape is taken for an order number whether or not that order exists, so that nobody learns from it which ones do.
/// </summary>
public sealed class OrderNumberShapes
{
    /// <summary>Numbers of digits alone that are shorter are recognised by the words around them: they could be anything.</summary>
    private const int FewestDigitsAlone = 7;

    private const int MostWords = 400;

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

    /// <summary>
    /// What a message says, with this shop's order numbers as they are printed: what the shop-independent reading took out of the middle of one
    /// (<c>1001</c> of <c>1001-MY</c>, <c>2010</c> of <c>MY2010</c>) or for a phone number is taken back.
    /// </summary>
    public EntityReading Named(EntityReading entities, string text)
    {
        var named = In(text);
        return named.Count == 0
            ? entities
            : entities with
            {
                OrderNumbers =
                [
                    .. named.Select(key => "#" + key),
                    .. entities.OrderNumbers.Where(number =>
                        !named.Any(key => key.Contains(OrderNumber.Key(number), StringComparison.Ordinal))
                    ),
                ],
                PhoneEndings =
                [
                    .. entities.PhoneEndings.Where(ending =>
                        !named.Any(key => key.All(char.IsAsciiDigit) && key.EndsWith(ending, StringComparison.Ordinal))
                    ),
                ],
            };
    }

    /// <summary>Keys of the order numbers in a text, in reading order.</summary>
    public IReadOnlyList<string> In(string text)
    {
        if (_shapes.Count == 0 && _known.Count == 0)
        {
            return [];
        }

        return [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords)
            .Where(word => !word.Contains('@', StringComparison.Ordinal))
            .SelectMany(word => word.Split(':', ',', ';', '?'))
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
    /// Runs of digits become 9, whatever their length, and marks stay. Letters in front (a prefix) and letters of a word of their own stay as
    /// they are; letters mixed into digits, as in Shopee's numbers, become A.
    /// </summary>
    private static string Shape(string key)
    {
        if (key.All(char.IsAsciiDigit))
        {
            // A phone number begins otherwise, or is of another length.
            return $"digits {key.Length} {key[0]}";
        }

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
