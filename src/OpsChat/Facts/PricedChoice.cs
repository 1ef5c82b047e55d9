using System.Text.RegularExpressions;

namespace OpsChat.Facts;

/// <summary>Tells which of several goods is meant by what it costs: "the cheaper one", "yang murah tu". Pure.</summary>
internal static partial class PricedChoice
{
    /// <summary>The message with the title of the product that is meant. As it was where the price of one is not known, or where two cost the
    /// same.</summary>
    /// <param name="open">Those of which the customer has not said which.</param>
    public static string AsName(string message, IReadOnlyList<Product> open)
    {
        return open.Count < 2 ? message
            : Cheapest().Match(message) is { Success: true } cheap && FirstBy(open, price => price) is { } cheapest ? Named(cheap, cheapest)
            : Dearest().Match(message) is { Success: true } dear && FirstBy(open, price => -price) is { } dearest ? Named(dear, dearest)
            : message;

        string Named(Match words, Product product) => message[..words.Index] + product.Title + message[(words.Index + words.Length)..];
    }

    /// <summary>"A cheaper grinder": the one of a kind that costs least; null where that is not asked for.</summary>
    public static Product? Among(IReadOnlyList<Product> found, string message) =>
        found.Count > 1 && OfAKind().IsMatch(message) ? FirstBy(found, price => price) : null;

    /// <summary>Null where the price of one is not known, or where two are equal.</summary>
    private static Product? FirstBy(IReadOnlyList<Product> open, Func<long, long> order)
    {
        var priced = open.Select(product => (Product: product, Price: LowestOf(product))).ToList();
        return priced.TrueForAll(each => each.Price is not null)
            && priced.GroupBy(each => order(each.Price!.Value)).MinBy(group => group.Key)!.ToList() is [var (one, _)]
                ? one
                : null;
    }

    /// <summary>Null where an article has no price, or where they are in several currencies.</summary>
    private static long? LowestOf(Product product) =>
        product.Variants.All(variant => variant.Price is not null)
        && product.Variants.Select(variant => variant.Price!.Value.Currency).Distinct().Count() == 1
            ? product.Variants.Min(variant => variant.Price!.Value.Minor)
            : null;

    [GeneratedRegex(@"\b(?:a|any|another|your)\s+(?:\p{L}+\s+)?cheap(?:er|est)\s+(?!price|rate|deal|if|to|for|than|or|anot)\p{L}{3,}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfAKind();

    [GeneratedRegex(
        @"\b(?:the|that)\s+(?:cheap(?:er|est)?|less\s+expensive|least\s+expensive|lower[- ]priced)\b"
            + @"(?:\s+(?:one|1|version|model|option)\b|(?!\s+\p{L}{3,}))"
            + @"|\b(?:the\s+)?cheap(?:er|est)?\s+one\b"
            + @"|\b(?:yang|yg)\s+(?:(?:lebih|paling|lg|lagi)\s+)?(?:ter)?murah\b(?!\s+(?:sikit|dikit))"
            + @"|\b(?:yung|ang)\s+(?:mas|pinaka)\s*-?\s*mura\b|\bcái rẻ (?:hơn|nhất)"
            + @"|\b(?:das|die|der|den)\s+(?:billigere|günstigere|billigste|günstigste)n?\b|\b(?:el|la)\s+más\s+barat[oa]\b"
            + "|便宜的?那个|便宜点的|比较便宜的|最便宜的|อันที่ถูก(?:กว่า|ที่สุด|สุด)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cheapest();

    [GeneratedRegex(
        @"\b(?:the|that)\s+(?:more\s+expensive|most\s+expensive|dear(?:er|est)|pricier|expensive)\b"
            + @"(?:\s+(?:one|1|version|model|option)\b|(?!\s+\p{L}{3,}))"
            + @"|\b(?:yang|yg)\s+(?:(?:lebih|paling|lg|lagi)\s+)?(?:ter)?mahal\b"
            + @"|\b(?:yung|ang)\s+(?:mas|pinaka)\s*-?\s*mahal\b|\bcái đắt (?:hơn|nhất)"
            + @"|\b(?:das|die|der|den)\s+(?:teurere|teuerste)n?\b|\b(?:el|la)\s+más\s+car[oa]\b"
            + "|贵的?那个|贵点的|最贵的|อันที่แพง(?:กว่า|ที่สุด|สุด)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Dearest();
}
