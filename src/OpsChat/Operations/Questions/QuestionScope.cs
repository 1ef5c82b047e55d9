using OpsChat.Operations.History;

namespace OpsChat.Operations.Questions;

/// <summary>What the words of a question limit its answer to, beside codes and whole titles, and which of them nobody understood.</summary>
/// <param name="Articles">Articles that have a word of the question in their title, type or code; empty when none is named so.</param>
/// <param name="Label">The limits as they are said before the answer, such as "Mugs (3 articles)"; empty when there are none.</param>
/// <param name="Region">A place that orders go to, as the rows call it.</param>
/// <param name="Source">What brought the customer, as the rows call it.</param>
/// <param name="AdGroup">An ad group or a campaign of advertisements.</param>
/// <param name="Station">A packing station.</param>
/// <param name="NotUnderstood">Words that mean nothing to the grammar and name nothing of the shop's, as they were written.</param>
public sealed record QuestionScope(
    IReadOnlyList<string> Articles, string Label, string? Supplier, string? Carrier, string? Region, string? Source, string? AdGroup, string? Station,
    IReadOnlyList<string> NotUnderstood)
{
    public static QuestionScope None { get; } = new([], "", null, null, null, null, null, null, []);

    /// <summary>A country that orders go to, by its English name; null when none is named.</summary>
    public string? Country { get; init; }

    /// <summary>A customer by name; null when none is named.</summary>
    public NamedBuyer? Customer { get; init; }

    /// <summary>The customers who all have the name that was written; empty unless there are several.</summary>
    public IReadOnlyList<string> Namesakes { get; init; } = [];
}

/// <summary>Reads a <see cref="QuestionScope"/> from the words that neither the grammar nor a whole name has used.</summary>
internal sealed class QuestionScopeReader
{
    private const string Break = "|";

    /// <summary>Stands where an article's code or title stood.</summary>
    private const string Article = "§";

    private static readonly HashSet<string> s_joins = new(StringComparer.Ordinal) { "and", "or", "&" };
    private static readonly HashSet<string> s_beforeGroup = new(StringComparer.Ordinal) { "by", "per", "which" };
    private static readonly HashSet<string> s_beforeDegree = new(StringComparer.Ordinal) { "too", "so", "very" };
    private static readonly HashSet<string> s_beforeSize = new(StringComparer.Ordinal) { "size", "sizes" };

    private static readonly HashSet<string> s_beforePlace = new(StringComparer.Ordinal) { "in", "from", "to", "di", "ke", "dari" };
    private static readonly HashSet<string> s_beforeCount = new(StringComparer.Ordinal)
    {
        "top", "first", "best", "worst", "biggest", "largest", "newest", "latest", "last", "next", "least", "most", "bottom", "smallest",
    };

    private readonly ShopMoment _shop;
    private readonly QuestionTopic? _topic;
    private readonly QuestionNames _names;
    private readonly List<string> _unknown = [];

    /// <summary>Words for a kind of goods that the shop has under no such name: beside others that name articles they say nothing more.</summary>
    private readonly List<string> _kinds = [];
    private readonly List<string> _labels = [];
    private string _text;
    private string? _supplier, _carrier, _region, _source, _adGroup, _station, _country;

    /// <param name="text">Plain words with a space before and after, without days, order numbers and what the grammar has used as a whole.</param>
    public QuestionScopeReader(string text, QuestionTopic? topic, QuestionNames names, ShopMoment shop) =>
        (_text, _topic, _names, _shop) = (text, topic, names, shop);

    /// <summary>Orders of some state are asked about: a word for one is understood.</summary>
    public bool IsOfState { get; init; }

    public QuestionScope Read()
    {
        // 1. Whole names first: what they are made of is nothing by itself.
        var articles = _names.OfArticles.ToHashSet(StringComparer.Ordinal);
        foreach (var name in _names.Whole)
        {
            Take(name, articles.Contains(name) ? Article : Break);
        }

        _adGroup = Named(IsOfAds ? AdGroups : []);
        _region = Region();
        _country = Country();
        _source = Place(Sources);

        // 2. Each word that is left: of the grammar, a name, or not understood. Words that are joined by "and" name apart.
        var words = _text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var titles = TitleWords(words);
        List<Phrase> phrases = [new([], false)];
        for (var i = 0; i < words.Length; i++)
        {
            if (s_joins.Contains(words[i]))
            {
                phrases.Add(new([], false));
            }
            else if (words[i] == Article)
            {
                phrases[^1] = phrases[^1] with { IsBesideName = true };
            }
            else if (words[i] != Break && !IsUsed(words, i, titles))
            {
                NameOrUnknown(words, i, titles, phrases[^1].Words);
            }
        }

        // 3. The articles that they name together, and how that is said.
        _unknown.AddRange(_names.Skus.Count > 0 || phrases.Exists(p => p.Words.Count > 0) ? [] : _kinds);
        var limited = Articles([.. phrases.Where(p => p.Words.Count > 0)], titles);
        _labels.AddRange(new[] { _region is { } region ? MalaysianStates.Shown(region) : null, _country, _source, _adGroup, _station }
            .OfType<string>());
        return new(limited, string.Join(", ", _labels), _supplier, _carrier, _region, _source, _adGroup, _station, _unknown) { Country = _country };
    }

    private bool IsOfAds => _topic is QuestionTopic.AdSpend or QuestionTopic.AdWaste;

    private bool IsOfCarriers => _topic is QuestionTopic.StillParcels or QuestionTopic.LateParcels or QuestionTopic.OpenParcels
        or QuestionTopic.Deliveries;

    private bool IsOfSuppliers => _topic is QuestionTopic.LeadTime or QuestionTopic.Incoming or QuestionTopic.ToOrder
        or QuestionTopic.SupplierDelays;

    /// <summary>How much a word says for the topic; 0 when nothing.</summary>
    private int Weight(string word) => _topic is { } topic ? QuestionStems.Weight(topic, word) : 0;

    private bool IsUsed(string[] words, int at, Dictionary<string, HashSet<string>> titles)
    {
        var word = words[at];
        var isTitle = titles.ContainsKey(QuestionVocabulary.Base(word));
        // "With a discount" limits to some; a word that the topic does not tell by must not be passed over.
        if (_topic is not null && IsBehindWith(words, at) && QuestionVocabulary.IsTalk(word) && !isTitle && Weight(word) == 0)
        {
            return false;
        }

        // A size is too small for somebody, and no article is small because of it.
        if (at > 0 && s_beforeDegree.Contains(words[at - 1]) && !QuestionVocabulary.IsFunction(word) && Weight(word) == 0)
        {
            return false;
        }

        if (QuestionVocabulary.IsFunction(word))
        {
            return !(isTitle && IsSize(words, at, titles));
        }

        if (_topic == QuestionTopic.Contacts && !isTitle && IssueWords.Contains(word))
        {
            return true;
        }

        if (_topic == QuestionTopic.Alerts && !isTitle && AlertSubjects.Tells(word))
        {
            return true;
        }

        if (QuestionVocabulary.IsState(word) && _topic is not null && (!IsOfState || word == "why") && Weight(word) == 0)
        {
            return false;
        }

        if (at > 0 && s_beforeGroup.Contains(words[at - 1]) && !QuestionVocabulary.IsGroupOf(_topic, word)
            && (words[at - 1] != "which" || !CustomerWords.IsCustomer(word)))
        {
            return false;
        }

        if (QuestionVocabulary.IsTalk(word))
        {
            return !(isTitle && (IsBesideTitle(words, at, titles) || IsOptionOfNamed(word, titles)));
        }

        if (word.All(char.IsAsciiDigit))
        {
            // A number counts something, or names an article together with a word beside it; by itself it is in the name of many.
            return (at > 0 && s_beforeCount.Contains(words[at - 1])) || (at + 1 < words.Length && s_beforeCount.Contains(words[at + 1]));
        }

        return Weight(word) >= QuestionStems.Telling || (Weight(word) > 0 && !isTitle) || (!isTitle && QuestionStems.Tells(word));
    }

    /// <summary>"With" stands before the word, perhaps with an article of the language or a quantity between them.</summary>
    private static bool IsBehindWith(string[] words, int at)
    {
        var before = at - 1;
        while (before >= 0 && words[before] is "a" or "an" or "the" or "any" or "some" or "no")
        {
            before--;
        }

        return before >= 0 && words[before] is "with" or "via" or "through"
            && !words.Take(before).Any(w => w.StartsWith("compar", StringComparison.Ordinal));
    }

    /// <summary>A letter by itself is a size only of the article that is named, beside a word of a title, or after "size".</summary>
    private bool IsSize(string[] words, int at, Dictionary<string, HashSet<string>> titles) => IsOptionOfNamed(words[at], titles)
        || IsBesideTitle(words, at, titles) || (at > 0 && s_beforeSize.Contains(words[at - 1]));

    private bool IsOptionOfNamed(string word, Dictionary<string, HashSet<string>> titles) =>
        _names.Skus.Count > 1 && titles[QuestionVocabulary.Base(word)].Overlaps(_names.Skus)
        && !_names.OfArticles.Any(name => QuestionNames.Plain(name).Split(' ').Contains(word));

    /// <summary>Whether a word beside it names articles together with it, and is no talk itself.</summary>
    private static bool IsBesideTitle(string[] words, int at, Dictionary<string, HashSet<string>> titles) =>
        new[] { at - 1, at + 1 }.Where(i => i >= 0 && i < words.Length).Select(i => words[i]).Any(beside =>
            !QuestionVocabulary.IsFunction(beside) && !QuestionVocabulary.IsTalk(beside)
            && titles.TryGetValue(QuestionVocabulary.Base(beside), out var named)
            && named.Overlaps(titles[QuestionVocabulary.Base(words[at])]));

    /// <summary>A number, and what is too much of something, names an article only together with another word of its title.</summary>
    private bool IsNaming(string[] words, int at, Dictionary<string, HashSet<string>> titles) =>
        (at == 0 || !s_beforeDegree.Contains(words[at - 1]))
        && (!words[at].All(char.IsAsciiDigit) || IsBesideTitle(words, at, titles) || IsOptionOfNamed(words[at], titles) || IsSize(words, at, titles));

    private void NameOrUnknown(string[] words, int at, Dictionary<string, HashSet<string>> titles, List<string> phrase)
    {
        var word = words[at];

        bool Is(ref string? field, bool isMeant, IEnumerable<string> names)
        {
            if (!isMeant || Only(names, word) is not { } name || (field is not null && field != name))
            {
                return false;
            }

            field = name;
            return true;
        }

        if (Is(ref _carrier, IsOfCarriers, QuestionNames.Carriers(_shop)) || Is(ref _supplier, IsOfSuppliers, QuestionNames.Suppliers(_shop))
            || Is(ref _adGroup, IsOfAds, AdGroups) || Is(ref _station, _topic == QuestionTopic.Packing, Stations))
        {
            return;
        }

        if (titles.ContainsKey(QuestionVocabulary.Base(word)) && IsNaming(words, at, titles))
        {
            phrase.Add(word);
        }
        else if (!Is(ref _supplier, true, QuestionNames.Suppliers(_shop)) && !Is(ref _carrier, true, QuestionNames.Carriers(_shop))
            && !Is(ref _region, true, Regions) && !Is(ref _source, true, Sources) && !IsOrdered(word))
        {
            (GoodsWords.Has(word) ? _kinds : _unknown).Add(word);
        }
    }

    /// <summary>An order to a supplier is found by its number where deliveries are asked about.</summary>
    private bool IsOrdered(string word) =>
        _topic == QuestionTopic.Incoming && _shop.SupplyOrders.Any(s => QuestionNames.Plain(s.Number) == word);

    /// <summary>Words that name articles together; "and" parts them.</summary>
    /// <param name="IsBesideName">A code or a whole title stands among them: they tell which of its articles, or nothing.</param>
    private sealed record Phrase(List<string> Words, bool IsBesideName);

    /// <summary>"Red and blue mugs" are red mugs and blue mugs; "cups and blue plates" are all cups, since no cup is a plate; and of "Batik Scarf
    /// indigo" only that scarf, where the title alone has several.</summary>
    private List<string> Articles(List<Phrase> phrases, Dictionary<string, HashSet<string>> titles)
    {
        HashSet<string> Having(IEnumerable<string> words) =>
            words.Select(w => titles[QuestionVocabulary.Base(w)]).Aggregate((a, b) => [.. a.Intersect(b, StringComparer.Ordinal)]);

        // A word for a kind of goods says nothing that the other words do not, where no article has all of them.
        List<string> Naming(List<string> words) =>
            Having(words).Count == 0 && words.FindAll(w => !GoodsWords.Has(w)) is { Count: > 0 } rest ? rest : words;

        var (ofNamed, others) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var phrase in phrases)
        {
            var named = Naming(phrase.Words);
            var alone = Having(named);
            var shared = Having([.. named, phrases[^1].Words[^1]]);
            if (alone.Overlaps(_names.Skus))
            {
                ofNamed.UnionWith(alone.Intersect(_names.Skus, StringComparer.Ordinal));
            }
            else if (alone.Count == 0 || (phrase.IsBesideName && _names.Skus.Count > 0))
            {
                _unknown.Add(string.Join(' ', [.. phrase.IsBesideName ? [NameOfNamed] : Array.Empty<string>(), .. phrase.Words]));
            }
            else
            {
                others.UnionWith(shared.Count > 0 ? shared : alone);
            }
        }

        // The code or title says more than a word that all of its articles have.
        if (others.Count == 0 && (ofNamed.Count == 0 || ofNamed.IsSupersetOf(_names.Skus)))
        {
            return [];
        }

        List<string> all = [.. others.Union(ofNamed.Count > 0 ? ofNamed : _names.Skus).Order(StringComparer.Ordinal)];
        var words = string.Join(", ", phrases.Select(p => string.Join(' ', p.Words)));
        words = _names.Skus.Count == 0 ? words : $"{NameOfNamed}{(ofNamed.Count > 0 ? " " : ", ")}{words}";
        _labels.Add(all.Count == 1 ? _shop.NameOf(all[0]) : $"{char.ToUpperInvariant(words[0])}{words[1..]} ({all.Count} articles)");
        return all;
    }

    /// <summary>What the question calls the articles that it names: their title where they share it, else their codes.</summary>
    private string NameOfNamed => _names.Skus.Select(sku => _shop.Product(sku)?.Title ?? sku).Distinct(StringComparer.Ordinal).ToList() is [var title]
        && !_names.Skus.Any(sku => _names.Written.Contains(sku, StringComparison.OrdinalIgnoreCase)) ? title : string.Join(", ", _names.Skus);

    /// <summary>The words of the question that stand in titles, types and codes, each with the articles.</summary>
    private Dictionary<string, HashSet<string>> TitleWords(string[] words)
    {
        var asked = words.Where(w => w is not (Break or Article) && (!QuestionVocabulary.IsFunction(w) || QuestionVocabulary.IsLetter(w)))
            .Select(QuestionVocabulary.Base).ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var sku in _shop.Skus)
        {
            foreach (var word in WordsOf(sku).Where(asked.Contains))
            {
                (found.TryGetValue(word, out var named) ? named : found[word] = new(StringComparer.Ordinal)).Add(sku);
            }
        }

        return found;
    }

    private IEnumerable<string> WordsOf(string sku) => WordsOf(_shop, sku);

    /// <summary>The words by which an article is found, each as it is written for one.</summary>
    internal static IEnumerable<string> WordsOf(ShopMoment shop, string sku)
    {
        var product = shop.Product(sku);
        return Parts($"{product?.FullName} {product?.Type}").Concat(Parts(sku).Where(p => p.Length > 2)).Select(QuestionVocabulary.Base);
    }

    private static IEnumerable<string> Parts(string name) => QuestionNames.Plain(name).Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(w => w.Contains('-', StringComparison.Ordinal) ? [w, .. w.Split('-', StringSplitOptions.RemoveEmptyEntries)] : new[] { w });

    /// <summary>The one name that has the word; null when none or several have.</summary>
    private static string? Only(IEnumerable<string> names, string word) =>
        names.Where(n => Parts(n).Contains(word, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal).Take(2).ToList() is [var one] ? one : null;

    private string? Named(IEnumerable<string> names) => names.Distinct(StringComparer.Ordinal).Where(n => n.Length > 2
        && _text.Contains($" {QuestionNames.Plain(n)} ", StringComparison.Ordinal)).MaxBy(n => n.Length) is { } name && Take(name) ? name : null;

    /// <summary>A place or source that is named as a whole; one that is also a word of the language only after "in", "from" or "to".</summary>
    private string? Place(IEnumerable<string> names)
    {
        foreach (var name in names.Distinct(StringComparer.Ordinal).OrderByDescending(n => n.Length))
        {
            var plain = QuestionNames.Plain(name);
            if (plain.Length > 0 && s_beforePlace.Any(before => _text.Contains($" {before} {plain} ", StringComparison.Ordinal))
                && (!QuestionVocabulary.IsFunction(plain)
                    || s_beforePlace.Any(b => _names.Written.Contains($"{b} {name}", StringComparison.Ordinal))))
            {
                Take(name);
                return name;
            }
        }

        return null;
    }

    /// <summary>A region as the rows call it or as people do: a state that no article has in its name is one wherever it stands.</summary>
    private string? Region()
    {
        var regions = Regions.Distinct(StringComparer.Ordinal).ToList();
        if (Place(regions) is { } whole)
        {
            return whole;
        }

        foreach (var (name, region) in MalaysianStates.NamesOf(regions).Where(n => n.Name != n.Region).OrderByDescending(n => n.Name.Length))
        {
            var plain = QuestionNames.Plain(name);
            if (_text.Contains($" {plain} ", StringComparison.Ordinal)
                && (s_beforePlace.Any(before => _text.Contains($" {before} {plain} ", StringComparison.Ordinal)) || !IsOfTitle(plain)))
            {
                Take(name);
                return region;
            }
        }

        return null;
    }

    /// <summary>A country that people name, unless rows have a region of that name or an article has it in its title.</summary>
    private string? Country()
    {
        foreach (var (name, country) in Countries.Names.OrderByDescending(n => n.Name.Length))
        {
            var plain = QuestionNames.Plain(name);
            if (_text.Contains($" {plain} ", StringComparison.Ordinal)
                && (s_beforePlace.Any(before => _text.Contains($" {before} {plain} ", StringComparison.Ordinal)) || !IsOfTitle(plain)))
            {
                Take(name);
                return country;
            }
        }

        return null;
    }

    private bool IsOfTitle(string plain) =>
        _shop.Skus.Any(sku => $" {QuestionNames.Plain(_shop.Product(sku)?.FullName ?? "")} ".Contains($" {plain} ", StringComparison.Ordinal));

    private bool Take(string name, string mark = Break)
    {
        var plain = QuestionNames.Plain(name);
        _text = _text.Replace($" {plain} ", $" {mark} ", StringComparison.Ordinal).Replace($" {plain}s ", $" {mark} ", StringComparison.Ordinal);
        return true;
    }

    private HashSet<string>? _issues;

    /// <summary>What conversations are about: <c>damaged-item</c> is two words.</summary>
    private HashSet<string> IssueWords => _issues ??= _shop.ContactsSince(DateTimeOffset.MinValue).Select(c => c.Issue)
        .Distinct(StringComparer.Ordinal).SelectMany(issue => issue.Split('-')).SelectMany(word => new[] { word, $"{word}s" })
        .ToHashSet(StringComparer.Ordinal);

    private IEnumerable<string> AdGroups => _shop.AdsSince(DateOnly.MinValue).SelectMany(ad => new[] { ad.AdGroup, ad.Campaign }).OfType<string>();

    private IEnumerable<string> Regions => _shop.OrdersSince(DateTimeOffset.MinValue).Select(o => o.Region).OfType<string>();

    private IEnumerable<string> Sources => _shop.OrdersSince(DateTimeOffset.MinValue).Select(o => o.Source).OfType<string>();

    private IEnumerable<string> Stations => _shop.PicksSince(DateTimeOffset.MinValue).SelectMany(p => new[] { p.Station, p.Shift }).OfType<string>();
}
