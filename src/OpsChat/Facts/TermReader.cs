using System.Collections.Frozen;
using OpsChat.Text;

namespace OpsChat.Facts;

/// <summary>
/// Reads which words and phrases of a text speak for which products of a catalogue: words of their titles, other names that their owner gave, the
/// same in another language, or a general word for them ("bag" for a tote). A word counts log(1 + products / products that it speaks for). Immutable.
/// </summary>
internal sealed class TermReader
{
    private const int MostWords = 80, ShortestHalf = 3, ShortestWithEnding = 6;

    // A word of the title itself counts whole. What follows is less sure, so that it never outweighs it.
    private const double OtherLanguage = 0.9, GeneralWord = 0.7, Modifier = 0.6, KindOfMaterial = 0.4, Typo = 0.8;

    /// <summary>Of an English word for a thing that the title names beside the thing itself: the glass of a "Glass Bead Bracelet".</summary>
    private const double NotTheThing = 0.5;

    private static readonly IReadOnlyDictionary<Product, TermFit> s_none = FrozenDictionary<Product, TermFit>.Empty;

    private readonly int _count;
    private readonly FrozenDictionary<string, Product[]> _byWord;
    private readonly FrozenDictionary<char, string[]> _wordsByFirstLetter;
    private readonly FrozenDictionary<string, string[]> _titleWords;
    private readonly FrozenDictionary<string, Product[]> _byOtherName;
    private readonly int _longestUnspaced;

    public TermReader(IReadOnlyList<Product> products)
    {
        _count = products.Count;
        _titleWords = products
            .DistinctBy(product => product.Handle, StringComparer.Ordinal)
            .ToFrozenDictionary(product => product.Handle, product => WordsOf(product.Title), StringComparer.Ordinal);
        _byWord = products
            .SelectMany(product => TitleWords(product).Select(word => (Word: word, Product: product)))
            .GroupBy(pair => pair.Word, pair => pair.Product, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _wordsByFirstLetter = _byWord.Keys.GroupBy(word => word[0]).ToFrozenDictionary(group => group.Key, group => group.ToArray());
        _byOtherName = products
            .SelectMany(product => product.OtherNames.Select(name => (Name: Plain(name), Product: product)))
            .Where(pair => pair.Name.Length > 0)
            .GroupBy(pair => pair.Name, pair => pair.Product, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Distinct().ToArray(), StringComparer.Ordinal);
        _longestUnspaced = _byWord.Keys.Concat(_byOtherName.Keys).Where(word => Scripts.IsUnspaced(word[0]))
            .Select(word => word.Length).DefaultIfEmpty(0).Max();
    }

    /// <summary>The words by which the product is found, without those that any question about goods may have.</summary>
    public IReadOnlyList<string> TitleWords(Product product) =>
        _titleWords.TryGetValue(product.Handle, out var words) ? words : WordsOf(product.Title);

    public IReadOnlyList<Product> Having(string titleWord) => _byWord.GetValueOrDefault(titleWord, []);

    public double Weight(string titleWord) => Weight(_byWord[titleWord].Length);

    private double Weight(int products) => Math.Log(1 + ((double)_count / products));

    /// <summary>The terms of a text, in order, each word in one of them; also those that are known for goods and speak for no product.</summary>
    public IReadOnlyList<Term> Read(string text)
    {
        var (terms, pieces) = (new List<Term>(), Words.Placed(text, MostWords));
        for (var at = 0; at < pieces.Count;)
        {
            if (Scripts.IsUnspaced(pieces[at].Text[0]))
            {
                terms.AddRange(ReadRun(pieces[at].Start, pieces[at].Text));
                at++;
                continue;
            }

            var (term, taken) = Phrase(pieces, at) ?? Word(pieces, at);
            if (term is not null)
            {
                terms.Add(term);
            }

            at += taken;
        }

        return terms;
    }

    private IEnumerable<Term> ReadRun(int start, string run) => UnspacedWords
        .Cut(run, word => _byWord.ContainsKey(word) || _byOtherName.ContainsKey(word), _longestUnspaced)
        .Where(piece => piece.IsKnown)
        .Select(piece => Of(start + piece.Start, piece.Word.Length, piece.Word));

    /// <summary>The longest phrase of several words that begins here, and how many it takes; null when there is none.</summary>
    private (Term? Term, int Taken)? Phrase(IReadOnlyList<(int Start, string Text)> pieces, int at)
    {
        var most = 1;
        while (most < GoodsWords.LongestPhrase && at + most < pieces.Count && !Scripts.IsUnspaced(pieces[at + most].Text[0]))
        {
            most++;
        }

        for (var length = most; length > 1; length--)
        {
            string[] words = [.. pieces.Skip(at).Take(length).Select(piece => GoodsWords.Folded(piece.Text))];
            var (start, end) = (pieces[at].Start, pieces[at + length - 1].Start + pieces[at + length - 1].Text.Length);
            var term = Of(start, end - start, string.Join(' ', words));
            // The words of a title speak for themselves; but an espresso machine is none of the espresso cups.
            if (term.Fits.Count > 0 ? !words.All(word => _byWord.ContainsKey(Words.Stem(word))) : term.IsThing && !IsOfTitles(words))
            {
                return (term, length);
            }
        }

        return null;
    }

    /// <summary>Whether the word of a phrase that says what the thing is stands in a title: the last one in English, the first one in
    /// Malay.</summary>
    private bool IsOfTitles(string[] words) => GoodsWords.Of(string.Join(' ', words))
        .SelectMany(meaning => meaning.Phrases)
        .Where(phrase => phrase.Stems.SequenceEqual(words.Select(Words.Stem)))
        .All(phrase => _byWord.ContainsKey(phrase.IsEnglish ? phrase.Stems[^1] : phrase.Stems[0]));

    /// <summary>One word, cut and joined as titles have it: "powerbank" is "power bank", "key chain" is "keychain".</summary>
    private (Term? Term, int Taken) Word(IReadOnlyList<(int Start, string Text)> pieces, int at)
    {
        var (start, text) = pieces[at];
        var stem = Words.Stem(text);
        if (ProductSearch.IsCommon(stem))
        {
            return (null, 1);
        }

        if (!_byWord.ContainsKey(stem) && at + 1 < pieces.Count)
        {
            var (next, second) = pieces[at + 1];
            var joined = Words.Stem(text + second);
            if (_byWord.ContainsKey(joined))
            {
                return (Of(start, next + second.Length - start, joined), 2);
            }
        }

        return (OneWord(start, text, stem), 1);
    }

    private Term? OneWord(int start, string text, string stem)
    {
        if (_byWord.ContainsKey(stem))
        {
            return Of(start, text.Length, stem);
        }

        if (Halves(stem) is var (first, second))
        {
            var having = _byWord[first].Intersect(_byWord[second])
                .ToDictionary(product => product, _ => new TermFit(Weight(first) + Weight(second), [first, second]));
            foreach (var half in new[] { first, second })
            {
                foreach (var product in _byWord[half])
                {
                    having.TryAdd(product, new(Weight(half), [half]));
                }
            }

            return new(start, text.Length, having);
        }

        Term? modifier = null;
        foreach (var term in Spellings(GoodsWords.Folded(text)).Select(written => Of(start, text.Length, written)))
        {
            if (term.Fits.Count > 0 || term.IsThing)
            {
                return term;
            }

            modifier ??= term.IsModifier ? term : null;
        }

        return Misspelt(stem) is { } known
            ? new(start, text.Length, _byWord[known].ToDictionary(product => product, _ => new TermFit(Typo * Weight(known), [known])))
            : modifier;
    }

    /// <summary>"Layang-layang" and "tea-pot" as one word or two, "lampunya" without its ending.</summary>
    private static IEnumerable<string> Spellings(string word)
    {
        yield return word;
        if (word.Contains('-', StringComparison.Ordinal))
        {
            yield return word.Replace('-', ' ');
            yield return word.Replace("-", "", StringComparison.Ordinal);
            if (word.Split('-') is [var once, var again] && once == again)
            {
                yield return once;
            }
        }

        if (word.Length > ShortestWithEnding && word.EndsWith("nya", StringComparison.Ordinal))
        {
            yield return word[..^3];
        }
    }

    /// <summary>What one word or phrase, folded, speaks for.</summary>
    private Term Of(int start, int length, string phrase)
    {
        var fits = new Dictionary<Product, TermFit>(ReferenceEqualityComparer.Instance);
        var stem = Scripts.IsUnspaced(phrase[0]) ? phrase : Words.Stem(phrase);
        if (_byOtherName.TryGetValue(Scripts.IsUnspaced(phrase[0]) ? phrase : GoodsWords.Stemmed(phrase), out var named))
        {
            foreach (var product in named)
            {
                fits[product] = new(TitleWords(product).Sum(Weight), TitleWords(product));
            }
        }

        var isOfTitle = _byWord.TryGetValue(stem, out var having);
        foreach (var product in having ?? [])
        {
            fits.TryAdd(product, new(Weight(stem), [stem]));
        }

        var meanings = GoodsWords.Of(phrase);
        AddAll(fits, meanings.Where(meaning => meaning.IsThing), OtherLanguage);
        AddAll(fits, meanings.Where(meaning => meaning.IsThing).SelectMany(meaning => meaning.Kinds), GeneralWord);
        AddAll(fits, meanings.Where(meaning => !meaning.IsThing), Modifier);
        var option = meanings.Count == 0 || meanings.All(meaning => !meaning.IsThing) ? OptionWords.Of(phrase) : null;
        if (option is { Kind: OptionKind.Material or OptionKind.Colour } meant)
        {
            AddAll(fits, [OptionWords.SameAs(meant.Meaning).Select(PhraseOf)], Modifier);
            AddAll(fits, [OptionWords.KindsOf(meant.Meaning).SelectMany(OptionWords.SameAs).Select(PhraseOf)], KindOfMaterial);
        }

        return new(start, length, fits.Count > 0 ? fits : s_none)
        {
            IsThing = meanings.Any(meaning => meaning.IsThing) || named is not null,
            IsModifier = (meanings.Count > 0 && meanings.All(meaning => !meaning.IsThing)) || option is not null,
            IsColour = option is { Kind: OptionKind.Colour },
            IsOnlyBeside = !isOfTitle && option is not null && meanings.Count == 0,
        };
    }

    private static GoodsPhrase PhraseOf(string word) =>
        new(Scripts.IsUnspaced(word[0]) ? [word] : [.. word.Split(' ').Select(Words.Stem)], IsEnglish: false);

    private void AddAll(Dictionary<Product, TermFit> fits, IEnumerable<GoodsMeaning> meanings, double share) =>
        AddAll(fits, meanings.Select(meaning => meaning.IsThing
            ? meaning.Phrases
            : meaning.Phrases.Select(phrase => phrase with { IsEnglish = false })), share);

    /// <summary>Adds the products in whose titles all words of one of the phrases stand, where nothing better speaks for them.</summary>
    private void AddAll(Dictionary<Product, TermFit> fits, IEnumerable<IEnumerable<GoodsPhrase>> phrases, double share)
    {
        var found = phrases
            .SelectMany(each => each)
            .Where(phrase => phrase.Stems.All(_byWord.ContainsKey))
            .SelectMany(phrase => phrase.Stems.Select(stem => _byWord[stem].AsEnumerable()).Aggregate((all, next) => all.Intersect(next))
                .Select(product => (Product: product, phrase.Stems, Share: share * PartOfTitle(product, phrase))))
            .ToList();
        var weight = found.Count == 0 ? 0 : Weight(found.Select(each => each.Product).Distinct().Count());
        foreach (var (product, stems, part) in found.OrderByDescending(each => each.Share).ThenByDescending(each => each.Stems.Length))
        {
            fits.TryAdd(product, new(part * weight, stems) { IsGeneral = share == GeneralWord });
        }
    }

    private static double PartOfTitle(Product product, GoodsPhrase phrase) =>
        phrase.IsEnglish && HeadOf(product) is { } head && Words.Stem(head.ToLowerInvariant()) != phrase.Stems[^1] ? NotTheThing : 1;

    /// <summary>Whether a title's word only tells the product from others of its kind: what it is made of, its flavour or pattern.</summary>
    public static bool IsModifier(string titleWord) =>
        GoodsWords.Of(titleWord) is var meanings
        && (meanings.Count > 0 ? meanings.All(meaning => !meaning.IsThing) : OptionWords.Of(titleWord) is { Kind: OptionKind.Material });

    /// <summary>What an English title says that the product is, as it is written there: the last word before a comma or a number.</summary>
    public static string? HeadOf(Product product) => Words
        .Written(product.Title.Split(',', '(', '|')[0], MostWords)
        .LastOrDefault(word => word.Length > 2 && word.All(char.IsLetter));

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

    private static string[] WordsOf(string title) =>
    [
        .. Words
            .Placed(title, MostWords)
            .SelectMany(piece => Scripts.IsUnspaced(piece.Text[0])
                ? UnspacedWords.Cut(piece.Text, _ => false, longest: 0).Where(word => word.IsKnown || word.Word.Length > 1).Select(word => word.Word)
                : [Words.Stem(piece.Text)])
            .Where(word => (word.Length > 1 || Scripts.IsUnspaced(word[0])) && !word.All(char.IsAsciiDigit) && !ProductSearch.IsCommon(word))
            .Distinct(StringComparer.Ordinal),
    ];

    private static string Plain(string name)
    {
        var plain = GoodsWords.Folded(name.Trim());
        return plain.Length > 0 && !Scripts.IsUnspaced(plain[0]) ? string.Join(' ', Words.Of(plain, MostWords).Select(Words.Stem)) : plain;
    }
}
