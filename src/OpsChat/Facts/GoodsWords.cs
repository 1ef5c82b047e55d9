using System.Collections.Frozen;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Facts;

/// <summary>A word or phrase for goods.</summary>
/// <param name="Stems">Its words' stems, folded, as titles are compared; one where it is of a script without spaces.</param>
internal sealed record GoodsPhrase(string[] Stems, bool IsEnglish);

/// <summary>Words of one meaning in several languages.</summary>
/// <param name="IsThing">They say what a thing is; else what tells it from others of its kind.</param>
internal sealed record GoodsMeaning(string Name, bool IsThing, IReadOnlyList<GoodsPhrase> Phrases)
{
    /// <summary>The meanings that this one is the general word of: totes and backpacks of "bag".</summary>
    public IReadOnlyList<GoodsMeaning> Kinds { get; set; } = [];
}

/// <summary>
/// Words for what shops sell, in English, Malay or Indonesian and Chinese, by their meaning: <c>Understanding/Words/goods.txt</c>. Immutable.
/// </summary>
internal static class GoodsWords
{
    /// <summary>The longest phrase, in words.</summary>
    public const int LongestPhrase = 4;

    private const int MostWords = 80;

    private static readonly Dictionary<char, char> s_simplified = [];
    private static readonly FrozenSet<string> s_others;
    private static readonly FrozenDictionary<string, GoodsMeaning[]> s_meanings;

    static GoodsWords()
    {
        var sections = Sections();
        foreach (var pair in sections["signs"].SelectMany(line => line.Split(' ')))
        {
            s_simplified[pair[0]] = pair[1];
        }

        s_others = sections["others"].SelectMany(Listed).Select(Folded).ToFrozenSet(StringComparer.Ordinal);
        var read = new List<(string Written, GoodsMeaning Meaning)>();
        read.AddRange(sections["things"].SelectMany(line => Read(line, isThing: true)));
        read.AddRange(sections["modifiers"].SelectMany(line => Read(line, isThing: false)));
        foreach (var line in sections["kinds"])
        {
            if (line.Split('>') is not [var general, var kinds])
            {
                throw new InvalidOperationException($"goods.txt: a kind is written \"general > kind, kind\", not \"{line}\".");
            }

            var names = Listed(general.Split(';')[0]).ToList();
            var known = read.Select(word => word.Meaning).Distinct().Where(meaning => meaning.IsThing && names.Contains(meaning.Name)).ToList();
            if (known.Count == 0)
            {
                var added = Read(general, isThing: true).ToList();
                read.AddRange(added);
                known = [added[0].Meaning];
            }

            var of = Listed(kinds).SelectMany(name => read.Where(word => word.Written == name && word.Meaning.IsThing)).Select(word => word.Meaning);
            known[0].Kinds = [.. of.Distinct()];
        }

        s_meanings = read.GroupBy(word => word.Written, word => word.Meaning)
            .ToFrozenDictionary(group => group.Key, group => group.Distinct().ToArray(), StringComparer.Ordinal);
        LongestUnspaced = s_meanings.Keys.Concat(s_others).Where(word => Scripts.IsUnspaced(word[0])).Max(word => word.Length);
    }

    /// <summary>The longest word of a script without spaces, in signs.</summary>
    public static int LongestUnspaced { get; }

    /// <summary>What a folded word or phrase means; empty when it is not known.</summary>
    public static IReadOnlyList<GoodsMeaning> Of(string phrase) =>
        s_meanings.TryGetValue(phrase, out var known) ? known
        : !Scripts.IsUnspaced(phrase[0]) && s_meanings.TryGetValue(Stemmed(phrase), out known) ? known
        : [];

    /// <summary>A Chinese word of which a word for goods is only a part: 包裹 is no bag.</summary>
    public static bool IsOther(string word) => s_others.Contains(word);

    /// <summary>Whether two titles or names may mean one thing: they share a word that says what it is, or words of one meaning ("scarf", "shawl"),
    /// or one of them has no such word. What a thing is made of, its colour and its size say nothing: linen is a tote and a scarf.</summary>
    public static bool MayBeOneThing(string one, string other)
    {
        var (first, second) = (ThingsIn(one), ThingsIn(other));
        return first.Count == 0 || second.Count == 0 || first.Exists(word => second.Exists(with => AreAlike(word, with)));
    }

    private static bool AreAlike(string word, string other)
    {
        if (word == other)
        {
            return true;
        }

        var (meanings, others) = (Of(word), Of(other));
        return meanings.Any(meaning => others.Contains(meaning) || meaning.Kinds.Any(others.Contains))
            || others.Any(meaning => meaning.Kinds.Any(meanings.Contains));
    }

    private static List<string> ThingsIn(string title) =>
    [
        .. Words.Placed(title, MostWords)
            .SelectMany(piece => Scripts.IsUnspaced(piece.Text[0])
                ? UnspacedWords.Cut(piece.Text, _ => false, longest: 0).Where(cut => cut.IsKnown).Select(cut => cut.Word)
                : [Words.Stem(Folded(piece.Text))])
            .Where(word => (word.Length > 1 || Scripts.IsUnspaced(word[0])) && !word.Any(char.IsDigit))
            .Where(word => !ProductSearch.IsCommon(word) && OptionWords.Of(word) is null && !TermReader.IsModifier(word)),
    ];

    /// <summary>In the plainest form, with traditional signs made simple.</summary>
    public static string Folded(string word)
    {
        var plain = PlainText.Fold(word);
        return plain.Any(s_simplified.ContainsKey) ? string.Concat(plain.Select(sign => s_simplified.GetValueOrDefault(sign, sign))) : plain;
    }

    /// <summary>The phrase with each word's stem.</summary>
    public static string Stemmed(string phrase) => string.Join(' ', phrase.Split(' ').Select(Words.Stem));

    private static Dictionary<string, List<string>> Sections()
    {
        var sections = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var current = new List<string>();
        foreach (var line in WordList.Lines("goods.txt"))
        {
            if (line.StartsWith('['))
            {
                sections[line.Trim('[', ']')] = current = [];
            }
            else
            {
                current.Add(line);
            }
        }

        return sections;
    }

    private static IEnumerable<string> Listed(string words) =>
        words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Each word of the line as customers may write it, with the meaning that all of them share.</summary>
    private static IEnumerable<(string Written, GoodsMeaning Meaning)> Read(string line, bool isThing)
    {
        var languages = line.Split(';').Select(words => Listed(words).Select(Folded).ToList()).ToList();
        var phrases = languages.SelectMany((words, at) => words.Select(word => new GoodsPhrase(
            Scripts.IsUnspaced(word[0]) ? [word] : [.. word.Split(' ').Select(Words.Stem)], IsEnglish: at == 0)));
        var meaning = new GoodsMeaning(languages[0][0], isThing, [.. phrases]);
        return languages.SelectMany((words, at) => words.Concat(at == 0 ? words.Select(Stemmed) : [])).Distinct().Select(word => (word, meaning));
    }
}
