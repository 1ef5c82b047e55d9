using System.Text.RegularExpressions;

namespace OpsChat.Facts;

/// <summary>Which articles of a product a message means: the size and colour it names.</summary>
internal static partial class VariantChoice
{
    private static readonly (string Word, string Size)[] s_sizeWords =
    [
        ("extra small", "XS"), ("extra large", "XL"), ("small", "S"), ("medium", "M"), ("large", "L"),
        ("kecil", "S"), ("sederhana", "M"), ("sedang", "M"), ("besar", "L"),
    ];

    public static ProductMatch.Found Of(Product product, string message)
    {
        var options = product.Variants.Where(v => IsNamed(v, message)).ToArray();
        IReadOnlyList<ProductVariant> variants = options.Length > 0 ? options : product.Variants;
        var size = SizeIn(product, message);
        return size is null
            ? new(product, variants, null)
            : new(product, [.. variants.Where(v => string.Equals(v.Size, size, StringComparison.OrdinalIgnoreCase))], size);
    }

    /// <summary>The option values that tell variants apart, such as a colour, stand in the message as whole words.</summary>
    private static bool IsNamed(ProductVariant variant, string message) =>
        variant.Options.Any(o => o.Length > 2 && HasWords(message, o));

    private static string? SizeIn(Product product, string message)
    {
        string[] sizes = [.. product.Sizes];
        if (sizes.Length == 0)
        {
            return null;
        }

        var introduced = SizeAfterItsWord().Match(message) is { Success: true } m ? m.Groups["size"].Value : null;
        if (introduced is not null)
        {
            return Array.Find(sizes, s => s.Equals(introduced, StringComparison.OrdinalIgnoreCase))
                ?? (LooksLikeSize().IsMatch(introduced) ? introduced.ToUpperInvariant() : SizeByWord(sizes, message));
        }

        // A lone "s" or "m" is more often half of a word ("it's", "I'm") than a size, unless written as a capital.
        return Array.Find([.. sizes.OrderByDescending(s => s.Length)], s => s.Length > 1 ? HasWords(message, s) : HasCapital(message, s))
            ?? SizeByWord(sizes, message);
    }

    private static string? SizeByWord(string[] sizes, string message) =>
        s_sizeWords
            .Where(w => HasWords(message, w.Word))
            .Select(w => Array.Find(sizes, s => s.Equals(w.Size, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(s => s is not null);

    private static bool HasWords(string message, string words)
    {
        for (var at = message.IndexOf(words, StringComparison.OrdinalIgnoreCase); at >= 0;
             at = message.IndexOf(words, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (IsEdge(message, at - 1) && IsEdge(message, at + words.Length))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasCapital(string message, string size)
    {
        for (var at = message.IndexOf(size, StringComparison.Ordinal); at >= 0; at = message.IndexOf(size, at + 1, StringComparison.Ordinal))
        {
            if (IsEdge(message, at - 1) && IsEdge(message, at + size.Length))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEdge(string text, int at) =>
        at < 0 || at >= text.Length || !(char.IsLetterOrDigit(text[at]) || text[at] is '\'' or '’' or '-' or '#');

    [GeneratedRegex(
        @"(?:\b(?:size|saiz|ukuran|sz|cỡ)|尺码|ไซส์|ไซซ์)\s{0,5}[:=]?\s{0,5}(?<size>[\p{L}\d]{1,9})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex SizeAfterItsWord();

    [GeneratedRegex(@"^(?:\d{0,2}x{0,3}[sl]|m|\d{1,2})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeSize();
}
