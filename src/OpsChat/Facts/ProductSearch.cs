using OpsChat.Text;
using System.Collections.Frozen;

namespace OpsChat.Facts;

/// <summary>
/// Finds the product that a message names: by SKU, else by the rare words of its title, forgiving a typing error. A word counts
/// log(1 + products / products that have it), its inverse document frequency: "shirt" says little in a shop of shirts. A colour
/// or material that a product comes in speaks for it half as much, and only beside a word of its title.
/// Immutable; built once for each catalogue.
/// </summary>
public sealed class ProductSearch
{
    private const int MostWords = 80;
    private const double TypoWeight = 0.8;
    private const double OptionWeight = 0.5;
    private const double NamedShare = 0.45;
    private const int ShortestHalf = 3;

    private static readonly FrozenSet<string> s_common = new[]
    {
        "a", "an", "and", "any", "are", "can", "colour", "color", "come", "do", "does", "for", "from", "have", "how", "in", "is", "it",
        "many", "more", "much", "my", "new", "of", "on", "order", "pack", "piece", "please", "set", "size", "sizes", "still", "stock", "the",
        "there", "these", "this", "to", "what", "when", "where", "which", "will", "with", "you", "your",
        "ada", "apa", "barang", "berapa", "boleh", "dan", "dengan", "harga", "ini", "itu", "lagi", "masih", "nak", "saiz", "saya", "stok",
        "ukuran", "untuk", "warna", "yang",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, (Product Product, ProductVariant Variant)> _bySku;
    private readonly FrozenDictionary<string, Product[]> _byWord;
    private readonly FrozenDictionary<char, string[]> _wordsByFirstLetter;
    private readonly FrozenDictionary<string, double> _titleWeight;
    private readonly FrozenDictionary<string, string[]> _optionWords;
    private readonly FrozenDictionary<string, Product> _byTitle;
    private readonly int _count;

    public ProductSearch(IReadOnlyList<Product> products)
    {
        Products = products;
        _count = products.Count;
        _bySku = products
            .SelectMany(p => p.Variants.Select(v => (p, v)))
            .DistinctBy(pv => pv.v.Sku, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(pv => pv.v.Sku, pv => (pv.p, pv.v), StringComparer.OrdinalIgnoreCase);
        _byTitle = products.DistinctBy(p => p.Title, StringComparer.Ordinal).ToFrozenDictionary(p => p.Title, StringComparer.Ordinal);
        _byWord = products
            .SelectMany(p => TitleWords(p).Select(w => (Word: w, Product: p)))
            .GroupBy(x => x.Word, x => x.Product, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        _wordsByFirstLetter = _byWord.Keys.GroupBy(w => w[0]).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        _titleWeight = products
            .DistinctBy(p => p.Handle, StringComparer.Ordinal)
            .ToFrozenDictionary(p => p.Handle, p => TitleWords(p).Sum(Weight), StringComparer.Ordinal);
        _optionWords = products
            .DistinctBy(p => p.Handle, StringComparer.Ordinal)
            .ToFrozenDictionary(p => p.Handle, OptionWords, StringComparer.Ordinal);
    }

    /// <summary>Those that are searched, in the order of the catalogue.</summary>
    public IReadOnlyList<Product> Products { get; }

    /// <summary>Whether any question about goods may have this word.</summary>
    internal static bool IsCommon(string word) => s_common.Contains(word);

    /// <summary>The article with this SKU, or null.</summary>
    public (Product Product, ProductVariant Variant)? BySku(string sku) => _bySku.TryGetValue(sku, out var found) ? found : null;

    /// <summary>The product with exactly this title, or null.</summary>
    public Product? ByTitle(string title) => _byTitle.GetValueOrDefault(title);

    /// <summary>Whether the words say at least half of what the product's title says; a single common word of it names nothing.</summary>
    /// <param name="before">The product that was talked about. What a title has in common with its title need not be said again: "the
    /// electric one" after
    /// a kettle names the electric kettle.</param>
    public bool IsNamedBy(Product product, string words, Product? before = null) => IsNamedBy(product, words, before, NamedShare);

    /// <summary>Whether the words say all of the product's title that the one of before does not have as well, and of that at least a word.</summary>
    public bool IsWhollyNamedBy(Product product, string words, Product before) =>
        TitleWords(before).Intersect(TitleWords(product)).Any() && IsNamedBy(product, words, before, share: 0.99);

    private bool IsNamedBy(Product product, string words, Product? before, double share)
    {
        var common = before is null ? [] : TitleWords(before).Intersect(TitleWords(product)).ToHashSet(StringComparer.Ordinal);
        var whole = _titleWeight[product.Handle] - common.Sum(Weight);
        return whole > 0
            && Known(Words.Of(words, MostWords)).Where(known => !common.Contains(known) && _byWord[known].Contains(product)).Sum(Weight)
                >= share * whole;
    }

    /// <summary>Whether the words say what the product is, with no "it" beside: the "pepper" of a "Sarawak Black Pepper 150g".</summary>
    public bool IsNamedByHead(Product product, string words)
    {
        var said = Words.Of(words, MostWords).ToList();
        return Words.Of(product.Title, MostWords).LastOrDefault(word => word.All(char.IsLetter)) is { Length: > 2 } head
            && !said.Contains("it")
            && Known(said).Contains(Words.Stem(head));
    }

    /// <summary>How many different words of its title the words say.</summary>
    public int WordsNaming(Product product, string words) => Known(Words.Of(words, MostWords)).Count(known => _byWord[known].Contains(product));

    public bool AreNamedBy(IReadOnlyList<Product> products, string words) => products.Any(product => IsNamedBy(product, words));

    /// <summary>The products in whose titles none of the refused words stands; all of them when each has one.</summary>
    public static IReadOnlyList<Product> Without(IReadOnlyList<Product> products, IReadOnlyList<string> refused)
    {
        Product[] left = [.. products.Where(product => !TitleWords(product).Intersect(refused.Select(Words.Stem)).Any())];
        return left.Length > 0 ? left : products;
    }

    /// <summary>The message with "it" where words of these products' titles stand.</summary>
    public string WithoutNames(string message, IReadOnlyList<Product> products)
    {
        var title = products.SelectMany(product => Words.Of(product.Title, MostWords).Select(Words.Stem)).ToHashSet(StringComparer.Ordinal);
        var text = new System.Text.StringBuilder(message);
        var at = message.Length;
        var isAfterName = false;
        foreach (var word in Words.Written(message, int.MaxValue).Reverse())
        {
            at = message.LastIndexOf(word, at - 1, StringComparison.Ordinal);
            var stem = Words.Stem(word.ToLowerInvariant());
            var isName = title.Contains(stem) || (Known([stem]).FirstOrDefault() is { } known && title.Contains(known));
            if (isName)
            {
                text.Remove(at, word.Length).Insert(at, isAfterName ? "" : "it");
            }

            isAfterName = isName;
        }

        return text.ToString();
    }

    /// <summary>The product whose whole title stands in this one's, beside words that only this one has: the plain earbuds of the "Pro"
    /// ones.</summary>
    public Product? PlainOneOf(Product product)
    {
        var own = TitleWords(product).ToHashSet(StringComparer.Ordinal);
        return own.SelectMany(word => _byWord.GetValueOrDefault(word, []))
            .Distinct()
            .Where(other => TitleWords(other).ToHashSet(StringComparer.Ordinal).IsProperSubsetOf(own))
            .OrderByDescending(other => TitleWords(other).Count())
            .ThenBy(other => other.Title, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private IEnumerable<string> Known(IReadOnlyList<string> words) =>
        AsTitled(words)
            .Where(word => !s_common.Contains(word))
            .Select(word => _byWord.ContainsKey(word) ? word : Misspelt(word))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);

    /// <summary>The words' stems, cut and joined as titles have them: "powerbank" is "power bank", "key chain" is "keychain".</summary>
    private IEnumerable<string> AsTitled(IReadOnlyList<string> words)
    {
        for (var at = 0; at < words.Count; at++)
        {
            var word = Words.Stem(words[at]);
            if (_byWord.ContainsKey(word))
            {
                yield return word;
            }
            else if (at + 1 < words.Count && Words.Stem(words[at] + words[at + 1]) is var joined && _byWord.ContainsKey(joined))
            {
                yield return joined;
                at++;
            }
            else if (Halves(word) is var (first, second))
            {
                yield return first;
                yield return second;
            }
            else
            {
                yield return word;
            }
        }
    }

    /// <summary>Two words of one title that make up this one; null when there are none.</summary>
    private (string First, string Second)? Halves(string word)
    {
        for (var cut = ShortestHalf; cut <= word.Length - ShortestHalf; cut++)
        {
            var (first, second) = (word[..cut], Words.Stem(word[cut..]));
            if (_byWord.TryGetValue(first, out var having) && _byWord.TryGetValue(second, out var havingToo) && having.Intersect(havingToo).Any())
            {
                return (first, second);
            }
        }

        return null;
    }

    public ProductMatch Find(string message)
    {
        var words = Words.Of(message, MostWords);
        if (words.Select(w => BySku(w)).FirstOrDefault(f => f is not null) is { } bySku)
        {
            return new ProductMatch.Found(bySku.Product, [bySku.Variant], bySku.Variant.Size);
        }

        var scores = Scores(words);
        if (scores.Count == 0)
        {
            return new ProductMatch.None();
        }

        var best = scores.Values.Max();
        Product[] equals = [.. scores.Where(s => s.Value >= best - 1e-9).Select(s => s.Key)];
        Product[] whole = [.. equals.Where(p => _titleWeight[p.Handle] <= best + 1e-9)];
        return (whole.Length == 1 ? whole : equals) is [var one]
            ? VariantChoice.Of(one, message)
            : new ProductMatch.Ambiguous([.. equals.OrderBy(p => p.Title, StringComparer.Ordinal).Take(5)]);
    }

    private Dictionary<Product, double> Scores(IReadOnlyList<string> words)
    {
        var scores = new Dictionary<Product, double>(ReferenceEqualityComparer.Instance);
        var counted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in AsTitled(words).Where(w => !s_common.Contains(w)))
        {
            var (known, share) = _byWord.ContainsKey(word) ? (word, 1.0) : (Misspelt(word), TypoWeight);
            if (known is null || !counted.Add(known))
            {
                continue;
            }

            foreach (var product in _byWord[known])
            {
                scores[product] = scores.GetValueOrDefault(product) + (share * Weight(known));
            }
        }

        foreach (var product in scores.Keys.ToArray())
        {
            scores[product] += OptionWeight * _optionWords[product.Handle].Count(words.Contains);
        }

        return scores;
    }

    /// <summary>The title word that <paramref name="word"/> misspells: same first letter, one error from five letters on, two from eight. Shorter
    /// words are too near to each other: swap and soap.</summary>
    private string? Misspelt(string word) =>
        word.Length < 5 || !_wordsByFirstLetter.TryGetValue(word[0], out var near) ? null
        : near
            .Select(known => (known, Errors: EditDistance.Between(word, known, most: 2)))
            .Where(x => x.Errors <= (Math.Min(word.Length, x.known.Length) >= 8 ? 2 : 1) && x.known.Length >= 5)
            .OrderBy(x => x.Errors)
            .Select(x => x.known)
            .FirstOrDefault();

    private double Weight(string word) => Math.Log(1 + ((double)_count / _byWord[word].Length));

    private static string[] OptionWords(Product product) =>
        [
            .. product
                .Variants.SelectMany(v => v.Options)
                .SelectMany(o => Words.Of(o, MostWords))
                .Where(w => w.Length > 2)
                .Distinct(StringComparer.Ordinal),
        ];

    private static IEnumerable<string> TitleWords(Product product) =>
        Words
            .Of(product.Title, MostWords)
            .Select(Words.Stem)
            .Where(w => w.Length > 1 && !w.All(char.IsAsciiDigit) && !s_common.Contains(w))
            .Distinct(StringComparer.Ordinal);
}
