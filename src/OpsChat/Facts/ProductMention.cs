using System.Collections.Frozen;
using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Facts;

/// <summary>What a matter was about before a message: the products, the options of the one that was meant, and how many.</summary>
/// <param name="Titles">One when it is known which; several while the customer has not said which of them.</param>
public sealed record ProductFocus(IReadOnlyList<string> Titles, IReadOnlyDictionary<string, string> Options, int? Quantity)
{
    public static ProductFocus None { get; } = new([], new Dictionary<string, string>(), null);
}

/// <summary>
/// What a message, read after what was said before, is about among the shop's products. Stored with the turn: titles, values and the customer's
/// words for what does not exist, nothing of the catalogue beside.
/// </summary>
public sealed record ProductMention
{
    public static ProductMention Nothing { get; } = new();

    /// <summary>One when it is clear which product is meant, several when the words fit them equally; empty when none is known.</summary>
    public IReadOnlyList<string> Titles { get; init; } = [];

    /// <summary>Values by the option's name, those of before included where they still fit.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
    public int? Quantity { get; init; }

    /// <summary>What was asked for and is not made, in the customer's words.</summary>
    public IReadOnlyList<string> NotMade { get; init; } = [];

    /// <summary>What was asked for now and what was chosen before, where each is made and the two are not made together: "41 / White";
    /// null else.</summary>
    public string? NotTogether { get; init; }

    /// <summary>This message names the product; else it is the one of before.</summary>
    public bool IsNamed { get; init; }

    /// <summary>This message names an option, made or not, or how many.</summary>
    public bool NamesOption { get; init; }

    /// <summary>The message with "it" for the product's name, so that what is asked is understood whatever the product is called; null when it
    /// names none.</summary>
    public string? Request { get; init; }

    /// <summary>This message says how many.</summary>
    public bool NamesQuantity { get; init; }

    /// <summary>The message names goods, perhaps with their options, and says nothing else.</summary>
    public bool IsAllThatIsSaid { get; init; }

    /// <summary>The message with the noun that two names of it share at each of them: "pandan candle and lemongrass candle"; null when none is
    /// shared.</summary>
    public string? WrittenOut { get; init; }

    /// <summary>The words fit this product, and no other, but for one of them: the customer is asked whether it is meant.</summary>
    public bool IsDoubtful { get; init; }

    public bool NamesAnything => IsNamed || NamesOption;
}

/// <summary>Reads <see cref="ProductMention"/>s. Pure.</summary>
internal static partial class ProductMentionReader
{
    private const int MostWords = 80;

    private static readonly FrozenSet<string> s_fillers = FrozenSet.Create(
        StringComparer.Ordinal,
        "it",
        "the",
        "a",
        "an",
        "and",
        "or",
        "in",
        "for",
        "of",
        "please",
        "pls",
        "plz",
        "hi",
        "hello",
        "hey",
        "hai",
        "ya",
        "ah",
        "eh",
        "leh",
        "lah",
        "la",
        "kak",
        "sis",
        "bos",
        "boss",
        "bro",
        "min",
        "one",
        "ones",
        "yang",
        "dan",
        "po",
        "oh",
        "ok",
        "okay",
        "ugh",
        "hm",
        "hmm",
        "aw",
        "aww",
        "aiyo",
        "aiya",
        "alamak",
        "adoi",
        "aduh",
        "then",
        "的",
        "呢"
    );

    /// <summary>After the "Pro" ones, "the normal ones" are another product.</summary>
    private static readonly FrozenSet<string> s_plain = FrozenSet.Create(StringComparer.Ordinal,
        "normal", "regular", "standard", "ordinary", "basic", "plain", "usual", "biasa", "普通", "普通的", "ธรรมดา", "thường", "ordinaryo");

    /// <summary>What a sentence says something of, where no noun follows: "this" may belong to a product's name.</summary>
    private static readonly FrozenSet<string> s_pronouns = FrozenSet.Create(StringComparer.Ordinal, "it", "they", "ia", "dia");

    /// <summary>What asks for a measure of them: "how many cups is it", "what size are they".</summary>
    private static readonly FrozenSet<string> s_measures = FrozenSet.Create(StringComparer.Ordinal, "many", "much", "what", "which");

    /// <summary>A question's verb before them.</summary>
    private static readonly FrozenSet<string> s_verbs = FrozenSet.Create(StringComparer.Ordinal,
        "is", "are", "does", "do", "has", "have", "can", "will");

    /// <summary>What may stand between those and what is said of them.</summary>
    private static readonly FrozenSet<string> s_betweenThem = FrozenSet.Create(StringComparer.Ordinal,
        "s", "re", "is", "are", "made", "of", "from", "in", "with", "all", "also", "real", "really", "genuine", "pure", "100");

    /// <param name="search">Over the products that the shop sells, or those of them that may be meant.</param>
    public static ProductMention Read(ProductSearch search, string message, ProductFocus focus)
    {
        message = ProductLinks.AsNames(message, search);
        Product[] before = [.. focus.Titles.Select(search.ByTitle).OfType<Product>()];
        message = PricedChoice.AsName(message, before);
        if (CoordinatedNames.In(message, search) is { } shared)
        {
            var both = search.WithoutNames(message, [shared.First, shared.Second]);
            return OfSeveral(message, [shared.First, shared.Second], isNamed: true, both, ProductFocus.None) with { WrittenOut = shared.Text };
        }

        var (meant, isNamed) = Meant(search, message, before);
        var isDoubtful = isNamed && meant is [var doubted] && !before.Contains(doubted)
            && search.Find(Negation.Split(Places.WithoutDestinations(message)).Wanted) is ProductMatch.Ambiguous { Candidates: [var only] }
            && only == doubted;
        // One word of a title that nobody talked about ("gift wrap" beside a Gift Box) may stand for itself in what is asked.
        var isSure =
            meant.Any(before.Contains)
            || meant.Any(product =>
                search.WordsNaming(product, message) > 1
                || search.IsNamedBy(product, message, before.Length == 1 ? before[0] : null)
                || (isNamed && meant.Count == 1 && (IsAllThatIsSaid(search, message, product) || LoneName.Names(search, message, product)))
            );
        var request = isNamed && isSure ? search.WithoutNames(message, meant) : null;
        return meant switch
        {
            [] => ProductMention.Nothing,
            [var one] => OfOne(message, one, isNamed, request, before.Contains(one) ? focus : ProductFocus.None) with { IsDoubtful = isDoubtful },
            _ => OfSeveral(message, meant, isNamed, request, meant.Intersect(before).Any() ? focus : ProductFocus.None),
        };
    }

    /// <summary>"The pepper?": one word of a long title, where nothing else is said, names the only product that has it.</summary>
    private static bool IsAllThatIsSaid(ProductSearch search, string words, Product product) =>
        SaysNothingElse(Words.Of(search.WithoutNames(words, [product]), MostWords));

    private static bool SaysNothingElse(IReadOnlyList<string> words) =>
        words.All(word => s_fillers.Contains(word.ToLowerInvariant()) || (Scripts.IsUnspaced(word[0]) && NamesOnlyOptions(word)));

    /// <summary>"黑色的呢": an option and nothing else, in one run of signs.</summary>
    private static bool NamesOnlyOptions(string run)
    {
        var folded = GoodsWords.Folded(run);
        return OptionWords.Within(folded).Aggregate(folded, (left, option) => left.Replace(option, "", StringComparison.Ordinal))
            .All(s_unspacedFillers.Contains);
    }

    private static readonly FrozenSet<char> s_unspacedFillers = "的呢那这款个嘛呀啊吧".ToFrozenSet();

    /// <summary>Which product is open; which size and how many may be told already.</summary>
    private static ProductMention OfSeveral(string message, IReadOnlyList<Product> meant, bool isNamed, string? request, ProductFocus before)
    {
        var options = new Dictionary<string, string>(before.Options, StringComparer.Ordinal);
        var said = meant.SelectMany(product => OptionReader.Read(product, message).Values).DistinctBy(value => value.Key).ToList();
        foreach (var (name, value) in said)
        {
            options[name] = value;
        }

        var quantity = QuantityReader.Read(message, null);
        return new()
        {
            Titles = [.. meant.Select(product => product.Title)],
            Options = options,
            Quantity = quantity ?? before.Quantity,
            IsNamed = isNamed,
            NamesOption = said.Count > 0 || quantity is not null,
            NamesQuantity = quantity is not null,
            IsAllThatIsSaid = request is not null && SaysNothingElse(Words.Of(request, MostWords)),
            Request = request,
        };
    }

    private static ProductMention OfOne(string message, Product product, bool isNamed, string? request, ProductFocus before)
    {
        var read = OptionReader.Read(product, message);
        before = before with { Options = before.Options.Where(option => !OptionWords.AsksWhich(message, option.Key)).ToDictionary() };
        var quantity = QuantityReader.Read(message, product) ?? (before.Quantity is null ? null : QuantityReader.Instead(message, product));
        var options = Merged(product, before.Options, read.Values);
        var isMade = product.VariantsWith(options).Count > 0;
        string[] givenUp =
        [
            .. before
                .Options.Where(value =>
                    !options.ContainsKey(value.Key)
                    && product.VariantsWith(new Dictionary<string, string> { [value.Key] = value.Value }).Count > 0
                )
                .Select(value => value.Value),
        ];
        return new()
        {
            Titles = [product.Title],
            Options = isMade ? options : new Dictionary<string, string>(),
            Quantity = quantity ?? (isNamed ? null : before.Quantity),
            NotMade = isMade ? read.NotMade : [.. read.NotMade, string.Join(" / ", read.Values.Values)],
            NotTogether = isMade && givenUp.Length > 0 && read.Values.Count > 0 ? string.Join(" / ", givenUp.Concat(read.Values.Values)) : null,
            IsNamed = isNamed,
            NamesOption = read.Values.Count > 0 || read.NotMade.Count > 0 || quantity is not null,
            NamesQuantity = quantity is not null,
            IsAllThatIsSaid =
                (request is not null || (!isNamed && read.Values.Count > 0))
                && SaysNothingElse(OptionReader.Read(product, request ?? message).Rest),
            Request = request,
        };
    }

    /// <summary>A value that is said now takes the place of the one before; one of before that does not go with it is given up.</summary>
    private static Dictionary<string, string> Merged(
        Product product,
        IReadOnlyDictionary<string, string> before,
        IReadOnlyDictionary<string, string> said
    )
    {
        var merged = new Dictionary<string, string>(said, StringComparer.Ordinal);
        foreach (var (name, value) in before.Where(pair => !said.ContainsKey(pair.Key)))
        {
            merged[name] = value;
            if (product.VariantsWith(merged).Count == 0)
            {
                merged.Remove(name);
            }
        }

        return merged;
    }

    /// <summary>
    /// The products that are meant, and whether the message names them. Words that are options of the product of before ("white?") name no other
    /// product, and among products that fit equally the one of before is meant.
    /// </summary>
    private static (IReadOnlyList<Product> Meant, bool IsNamed) Meant(ProductSearch search, string message, Product[] before)
    {
        var (wanted, refused) = Negation.Split(Places.WithoutDestinations(WithoutUse(message, search)));
        var options = before is [var known] ? OptionReader.Read(known, wanted) : null;
        var words = options is null ? wanted : string.Join(' ', options.Rest);
        // A colour that the one of before does not come in may be the name of another one: the mint candle after the rose candle.
        if (
            options is { NotMade.Count: > 0 }
            && search.Find(string.Join(' ', options.Rest.Concat(options.NotMade))) is ProductMatch.Found other
            && other.Product != before[0]
            && search.IsWhollyNamedBy(other.Product, string.Join(' ', options.Rest.Concat(options.NotMade)), before[0])
        )
        {
            return ([other.Product], true);
        }

        var found = search.Find(words) switch
        {
            ProductMatch.Found one => search.IsNamedBy(one.Product, words, before is [var single] ? single : null)
            // Where it is open which of several is meant, what fits none of them is another.
            || before.Length != 1
            || before.Contains(one.Product)
            || search.IsNamedByHead(one.Product, words)
            || IsAllThatIsSaid(search, words, one.Product)
                ? [one.Product]
                : [],
            ProductMatch.Ambiguous several => several.Candidates,
            _ => (IReadOnlyList<Product>)[],
        };
        if (
            before is [var special]
            && found.All(before.Contains)
            && Words.Of(words, MostWords).Any(s_plain.Contains)
            && search.PlainOneOf(special) is { } plain
        )
        {
            return ([plain], true);
        }

        if (PricedChoice.Among(found, message) is { } priced)
        {
            return ([priced], true);
        }

        if (
            found.Count == 0
            || (!found.Intersect(before).Any() && (IsSaidOfIt(search, wanted, found) || IsOnlyAColour(search, words, found, before)))
        )
        {
            return (search.Without(before, refused), false);
        }

        Product[] again = [.. found.Intersect(before)];
        return again.Length == 1 ? (again, true)
            : found.Count > 1 && before.Length == 1 && !search.AreNamedBy(found, words) ? (before, false)
            : (search.Without([.. found], refused), true);
    }

    /// <summary>"Which one is better for espresso" names what it is good for, and no espresso cups; a whole title is a name all the same.</summary>
    private static string WithoutUse(string message, ProductSearch search) =>
        GoodFor().Replace(message, use => search.WhollyNamed(use.Value) is null ? "" : use.Value);

    [GeneratedRegex(
        @"(?<=\b(?:better|best|good|suitable|perfect|ideal|recommended|sesuai|bagus|cocok|elok))[ \t]+(?:for|untuk|utk|buat)"
            + @"(?:[ \t]+(?!(?:the|a|an|my|or|and|to|ke|atau|dan|can|how|is|are|do|what|berapa|yang)\b)\w+){1,3}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GoodFor();

    /// <summary>"And in black?" after a shirt asks for no black pepper; the mint one after a rose candle may be a mint candle.</summary>
    private static bool IsOnlyAColour(ProductSearch search, string words, IReadOnlyList<Product> found, Product[] before) =>
        before.Length > 0
        && Words.Of(words, MostWords)
            .Where(word => found.Any(product => search.WordsNaming(product, word) > 0))
            .All(word => OptionWords.Of(PlainText.Fold(word)) is { Kind: OptionKind.Colour })
        && !found.Any(product => before.Any(known => Words.Of(product.Title, MostWords).Intersect(Words.Of(known.Title, MostWords)).Any()));

    /// <summary>"Is it cotton?" and "how many cups is it?" ask what the product of before is like, also in a shop that has a
    /// Cotton Sarong and cups.</summary>
    private static bool IsSaidOfIt(ProductSearch search, string message, IReadOnlyList<Product> found)
    {
        var words = Words.Of(message, MostWords);
        var naming = Enumerable.Range(0, words.Count).Where(at => found.Any(product => search.WordsNaming(product, words[at]) > 0)).ToList();
        return naming.Count > 0
            && naming.TrueForAll(at =>
                (words.Take(at).Reverse().SkipWhile(s_betweenThem.Contains).FirstOrDefault() is { } subject && s_pronouns.Contains(subject))
                || (
                    at > 0
                    && s_measures.Contains(words[at - 1])
                    && words.Skip(at + 1).ToList() is [var verb, var said, ..]
                    && s_verbs.Contains(verb)
                    && s_pronouns.Contains(said)
                )
            );
    }
}
