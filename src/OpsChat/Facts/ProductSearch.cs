using OpsChat.Text;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace OpsChat.Facts;

/// <summary>
/// Finds the product that a message names: by SKU, else by the rare words of its title, forgiving a typing error, or by the same words in
/// another language (<see cref="TermReader"/>). A word counts log(1 + products / products that have it), its inverse document frequency: "shirt"
/// says little in a shop of shirts. A colour or material that a product comes in speaks for it half as much, and only beside a word of its title.
/// Immutable; built once for each catalogue.
/// </summary>
public sealed partial class ProductSearch
{
    private const int MostWords = 80;
    private const double OptionWeight = 0.5;
    private const double NamedShare = 0.45;

    private static readonly FrozenSet<string> s_common = new[]
    {
        "a", "an", "and", "any", "are", "can", "colour", "color", "come", "do", "does", "for", "from", "have", "how", "in", "is", "it",
        "many", "more", "much", "my", "new", "of", "on", "order", "pack", "piece", "please", "set", "size", "sizes", "still", "stock", "the",
        "there", "these", "this", "to", "what", "when", "where", "which", "will", "with", "you", "your",
        "ada", "apa", "barang", "berapa", "boleh", "dan", "dengan", "harga", "ini", "itu", "lagi", "masih", "nak", "saiz", "saya", "stok",
        "ukuran", "untuk", "warna", "yang",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, (Product Product, ProductVariant Variant)> _bySku;
    private readonly TermReader _terms;
    private readonly FrozenDictionary<string, double> _titleWeight;
    private readonly FrozenDictionary<string, string[]> _optionWords;
    private readonly FrozenDictionary<string, HashSet<string>> _colours;
    private readonly FrozenDictionary<string, Product> _byTitle;

    public ProductSearch(IReadOnlyList<Product> products)
    {
        Products = products;
        _terms = new(products);
        _bySku = products
            .SelectMany(p => p.Variants.Select(v => (p, v)))
            .DistinctBy(pv => pv.v.Sku, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(pv => pv.v.Sku, pv => (pv.p, pv.v), StringComparer.OrdinalIgnoreCase);
        _byTitle = products.DistinctBy(p => p.Title, StringComparer.Ordinal).ToFrozenDictionary(p => p.Title, StringComparer.Ordinal);
        _titleWeight = products
            .DistinctBy(p => p.Handle, StringComparer.Ordinal)
            .ToFrozenDictionary(p => p.Handle, p => _terms.TitleWords(p).Sum(_terms.Weight), StringComparer.Ordinal);
        _optionWords = products
            .DistinctBy(p => p.Handle, StringComparer.Ordinal)
            .ToFrozenDictionary(p => p.Handle, WordsOfOptions, StringComparer.Ordinal);
        _colours = products
            .DistinctBy(p => p.Handle, StringComparer.Ordinal)
            .ToFrozenDictionary(p => p.Handle, p => ColoursIn(p.Variants.SelectMany(v => v.Options)), StringComparer.Ordinal);
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
        _terms.TitleWords(before).Intersect(_terms.TitleWords(product)).Any() && IsNamedBy(product, words, before, share: 0.99);

    private bool IsNamedBy(Product product, string words, Product? before, double share)
    {
        var common = before is null ? [] : _terms.TitleWords(before).Intersect(_terms.TitleWords(product)).ToHashSet(StringComparer.Ordinal);
        var whole = _titleWeight[product.Handle] - common.Sum(_terms.Weight);
        return whole > 0 && Said(product, _terms.Read(words)).Where(word => !common.Contains(word)).Sum(_terms.Weight) >= share * whole;
    }

    /// <summary>The words of the product's title that the terms say.</summary>
    private static List<string> Said(Product product, IReadOnlyList<Term> terms)
    {
        var fitting = terms.Where(term => term.Fits.ContainsKey(product)).ToList();
        return fitting.TrueForAll(term => term.IsOnlyBeside) ? []
            : [.. fitting.SelectMany(term => term.Fits[product].TitleWords).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether the words say all of the product's title.</summary>
    private bool IsWhole(Product product, IReadOnlyList<Term> terms) =>
        Said(product, terms).Sum(_terms.Weight) >= _titleWeight[product.Handle] - 1e-9;

    /// <summary>Whether the words say what the product is, with no "it" beside: the "pepper" of a "Sarawak Black Pepper 150g".</summary>
    public bool IsNamedByHead(Product product, string words) =>
        Words.Of(product.Title, MostWords).LastOrDefault(word => word.All(char.IsLetter)) is { Length: > 2 } head
        && !Words.Of(words, MostWords).Contains("it")
        && Said(product, _terms.Read(words)).Contains(Words.Stem(head));

    /// <summary>The words and phrases of a text that may name goods.</summary>
    internal IReadOnlyList<Term> Terms(string text) => _terms.Read(text);

    /// <summary>The one product whose whole title the words say, and nothing of any other besides; null when there is none.</summary>
    internal Product? WhollyNamed(string words) =>
        Find(words) is ProductMatch.Found found
        && _terms.Read(words) is { Count: > 0 } terms
        && terms.All(term => term.Fits.ContainsKey(found.Product))
        && IsWhole(found.Product, terms)
            ? found.Product
            : null;

    /// <summary>How many different words of its title the words say.</summary>
    public int WordsNaming(Product product, string words) => Said(product, _terms.Read(words)).Count;

    /// <summary>Whether the word stands in the title of one product alone, and is no word for a kind of goods or for what they are made of.</summary>
    internal bool IsRare(string word) =>
        GoodsWords.Of(GoodsWords.Folded(word)).Count == 0 && _terms.Read(word) is [{ Fits.Count: 1 }];

    public bool AreNamedBy(IReadOnlyList<Product> products, string words) => products.Any(product => IsNamedBy(product, words));

    /// <summary>The products in whose titles none of the refused words stands; all of them when each has one.</summary>
    public IReadOnlyList<Product> Without(IReadOnlyList<Product> products, IReadOnlyList<string> refused)
    {
        Product[] left = [.. products.Where(product => refused.All(word => Said(product, _terms.Read(word)).Count == 0))];
        return left.Length > 0 ? left : products;
    }

    /// <summary>The message with "it" where words for these products stand.</summary>
    public string WithoutNames(string message, IReadOnlyList<Product> products)
    {
        var title = products.SelectMany(product => Words.Of(product.Title, MostWords).Select(Words.Stem)).ToHashSet(StringComparer.Ordinal);
        var ofTitle = Words.Placed(message, int.MaxValue)
            .Where(word => title.Contains(Words.Stem(word.Text)))
            .Select(word => (word.Start, End: word.Start + word.Text.Length));
        var terms = _terms.Read(message);
        var named = products.Where(product => Said(product, terms).Count > 0).ToList();
        var ofTerms = terms
            .Where(term => named.Exists(term.Fits.ContainsKey))
            .Select(term => (term.Start, term.End));
        var text = new System.Text.StringBuilder(message);
        var last = (Start: int.MaxValue, End: int.MaxValue);
        foreach (var name in ofTitle.Concat(ofTerms).OrderByDescending(name => name.Start).ThenByDescending(name => name.End))
        {
            if (name.End > last.Start)
            {
                continue;
            }

            // "Batik shirt" is one name.
            var isOneName = last.Start < message.Length && !message[name.End..last.Start].Any(char.IsLetterOrDigit);
            text.Remove(name.Start, name.End - name.Start).Insert(name.Start, isOneName ? "" : StandIn(message, name.Start, name.End));
            last = name;
        }

        return text.ToString();
    }

    /// <summary>A word of its own also between letters of a script without spaces.</summary>
    private static string StandIn(string message, int start, int end) =>
        (start > 0 && char.IsLetterOrDigit(message[start - 1]) ? " it" : "it")
        + (end < message.Length && char.IsLetterOrDigit(message[end]) ? " " : "");

    /// <summary>The product whose whole title stands in this one's, beside words that only this one has: the plain earbuds of the "Pro"
    /// ones.</summary>
    public Product? PlainOneOf(Product product)
    {
        var own = _terms.TitleWords(product).ToHashSet(StringComparer.Ordinal);
        return own.SelectMany(_terms.Having)
            .Distinct()
            .Where(other => _terms.TitleWords(other).ToHashSet(StringComparer.Ordinal).IsProperSubsetOf(own))
            .OrderByDescending(other => _terms.TitleWords(other).Count)
            .ThenBy(other => other.Title, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    public ProductMatch Find(string message)
    {
        var words = Words.Of(message, MostWords);
        if (words.Select(w => BySku(w)).FirstOrDefault(f => f is not null) is { } bySku)
        {
            return new ProductMatch.Found(bySku.Product, [bySku.Variant], bySku.Variant.Size);
        }

        var terms = _terms.Read(message);
        var scores = Scores(terms, words, message);
        if (scores.Count == 0)
        {
            return new ProductMatch.None();
        }

        var best = scores.Values.Max();
        Product[] equals = [.. scores.Where(s => s.Value >= best - 1e-9).Select(s => s.Key)];
        Product[] whole = [.. equals.Where(p => _titleWeight[p.Handle] <= best + 1e-9)];
        Product[] meant = whole.Length == 1 ? whole : equals;
        return meant.All(product => IsSomethingElse(product, terms)) ? new ProductMatch.None()
            : meant is [var one]
                ? (ProductMatch?)(OfAnotherThing(one, terms, message) ?? OfAnotherKind(one, terms, message)) ?? VariantChoice.Of(one, message)
            : new ProductMatch.Ambiguous([.. meant.OrderBy(p => p.Title, StringComparer.Ordinal).Take(5)]);
    }

    /// <summary>"A leather chair" in a shop of leather sandals, "a container for clothes" in one of shirts: what is asked for is a thing that
    /// the shop does not have, and only what it is made of or is meant for fits.</summary>
    private bool IsSomethingElse(Product product, IReadOnlyList<Term> terms)
    {
        var fitting = terms.Where(term => term.Fits.ContainsKey(product)).ToList();
        var missing = terms.Where(term => term is { IsThing: true, Fits.Count: 0 }).ToList();
        return !IsWhole(product, terms)
            && ((missing.Count > 0 && fitting.TrueForAll(term => term.IsModifier))
                || (missing.Exists(term => term.Start < fitting[0].Start) && fitting.TrueForAll(term => term.Fits[product].IsGeneral)));
    }

    /// <summary>"A shirt in coklat" beside a bar of chocolate, "a mug for kids" beside a kids' shirt: a thing was named that other products are, so
    /// the customer is asked. Null where all that was named is the product, or the whole of its title was said.</summary>
    private ProductMatch.Ambiguous? OfAnotherThing(Product product, IReadOnlyList<Term> terms, string message)
    {
        // "A basket for clothes" is a basket, and a canister that there is in glass is no other glass.
        var purpose = Purpose().Match(message) is { Success: true } match ? match.Index : message.Length;
        Product[] others =
        [
            .. terms.Where(term => term.IsThing && term.Start < purpose && term.Fits.Count > 0 && !term.Fits.ContainsKey(product)
                    && !IsOptionOf(product, term, message))
                .SelectMany(term => term.Fits.Keys),
        ];
        return others.Length == 0 || IsWhole(product, terms) ? null
            : new([product, .. others.Distinct().OrderBy(each => each.Title, StringComparer.Ordinal).Take(4)]);
    }

    /// <summary>Whether the product is sold in what the words say: "glass" of a canister in glass or in steel.</summary>
    private bool IsOptionOf(Product product, Term term, string message) =>
        Words.Of(message[term.Start..term.End], MostWords).Any(_optionWords[product.Handle].Contains);

    [GeneratedRegex(@"\b(?:for|untuk|utk|buat|bagi)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Purpose();

    /// <summary>"A linen scarf" where scarves are of batik: the customer is asked whether that one or what is of linen is meant. Null where
    /// nothing is in doubt.</summary>
    private ProductMatch.Ambiguous? OfAnotherKind(Product product, IReadOnlyList<Term> terms, string message)
    {
        var said = Said(product, terms);
        var isToldApart = _terms.TitleWords(product).Except(said).Any(TermReader.IsModifier);
        if (!isToldApart || said.All(TermReader.IsModifier))
        {
            return null;
        }

        var other = terms.Where((term, at) => term.IsModifier && !term.IsColour && !term.Fits.ContainsKey(product)
            && !IsOptionOf(product, term, message)
            && (StandsBeside(at, at - 1) || StandsBeside(at, at + 1))).FirstOrDefault();
        return other is null ? null
            : new([product, .. other.Fits.Keys.OrderBy(each => each.Title, StringComparer.Ordinal).Take(4)]);

        bool StandsBeside(int at, int neighbour) =>
            neighbour >= 0 && neighbour < terms.Count && terms[neighbour].Fits.ContainsKey(product) && !terms[neighbour].IsModifier
            && string.IsNullOrWhiteSpace(message[Math.Min(terms[at].End, terms[neighbour].End)..Math.Max(terms[at].Start, terms[neighbour].Start)]
                .Trim('的'));
    }

    private Dictionary<Product, double> Scores(IReadOnlyList<Term> terms, IReadOnlyList<string> words, string message)
    {
        var scores = new Dictionary<Product, double>(ReferenceEqualityComparer.Instance);
        var counted = new Dictionary<Product, HashSet<string>>(ReferenceEqualityComparer.Instance);
        foreach (var term in terms.OrderBy(term => term.IsOnlyBeside))
        {
            foreach (var (product, fit) in term.Fits.Where(fit => !term.IsOnlyBeside || scores.ContainsKey(fit.Key)))
            {
                if (!counted.TryGetValue(product, out var said))
                {
                    counted[product] = said = new(StringComparer.Ordinal);
                }

                // A word that is said twice counts once.
                if (!said.IsSupersetOf(fit.TitleWords))
                {
                    said.UnionWith(fit.TitleWords);
                    scores[product] = scores.GetValueOrDefault(product) + fit.Score;
                }
            }
        }

        var colours = ColoursIn([message]);
        foreach (var product in scores.Keys.ToArray())
        {
            var named = _optionWords[product.Handle].Count(words.Contains);
            scores[product] += OptionWeight * (named > 0 ? named : _colours[product.Handle].Count(colours.Contains));
        }

        return scores;
    }

    private static string[] WordsOfOptions(Product product) =>
        [
            .. product
                .Variants.SelectMany(v => v.Options)
                .SelectMany(o => Words.Of(o, MostWords))
                .Where(w => w.Length > 2)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>The colours that texts name, in any language, by what they mean.</summary>
    private static HashSet<string> ColoursIn(IEnumerable<string> texts) =>
    [
        .. texts
            .SelectMany(text => Words.Placed(text, MostWords))
            .SelectMany(word => Scripts.IsUnspaced(word.Text[0])
                ? OptionWords.Within(GoodsWords.Folded(word.Text)).Where(colour => colour.Length > 1)
                : [PlainText.Fold(word.Text)])
            .Select(OptionWords.Of)
            .Where(option => option is { Kind: OptionKind.Colour })
            .Select(option => option!.Value.Meaning),
    ];
}
