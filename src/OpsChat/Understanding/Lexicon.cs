using System.Runtime.InteropServices;

namespace OpsChat.Understanding;

/// <summary>A phrase of the lexicon that was found in a text.</summary>
/// <param name="Section">The section of the lexicon file that lists the phrase.</param>
/// <param name="Positions">Places of the matched words in the text, ascending; words in a gap are not among them.</param>
internal sealed record Finding(string Section, int[] Positions)
{
    public int Start => Positions[0];
    public int End => Positions[^1] + 1;
}

/// <summary>All findings in one text, in the order of the words.</summary>
internal sealed record Findings(IReadOnlyList<Word> Words, IReadOnlyList<Finding> All)
{
    public IEnumerable<Finding> In(string section) => All.Where(f => f.Section == section);
    public bool Any(string section) => All.Any(f => f.Section == section);
    public string Written(Finding finding) => string.Join(' ', finding.Positions.Select(p => Words[p].Text));
}

/// <summary>
/// Phrases read from a text file of <c>[section]</c>s, searched together. In a phrase, <c>cancel*</c> is any word that begins so,
/// <c>..</c> a gap of up to five words within the sentence, <c>(a|b|)</c> a choice, <c>{section}</c> any finding of that section.
/// <c>~refund*</c> is also found with one typing error or run together with the word before it, unless the text's word is itself listed.
/// Time is linear in the text.
/// </summary>
internal sealed class Lexicon
{
    private readonly Vocabulary vocabulary = new();
    private readonly List<string> sections = [];
    private readonly List<int> levels = [];
    private readonly Dictionary<int, List<Phrase>> byFirstWord = [];
    private readonly Dictionary<int, List<Phrase>> byFirstSection = [];

    private sealed record Phrase(int Section, Element[] Elements);
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Element(ElementKind Kind, int Id);
    private enum ElementKind { Word, Section, Gap }

    private const int LongestGap = 5;

    public static Lexicon Load(params string[] files)
    {
        var lexicon = new Lexicon();
        foreach (var file in files)
            lexicon.Read(file);
        return lexicon;
    }

    private void Read(string file)
    {
        var section = -1;
        foreach (var line in WordList.Lines(file))
        {
            if (line.StartsWith('['))
                section = SectionNamed(line.Trim('[', ']'));
            else
                foreach (var phrase in line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                    foreach (var choice in Choices(phrase))
                        Add(section, choice);
        }
    }

    private int SectionNamed(string name)
    {
        if (sections.IndexOf(name) is >= 0 and var known)
            return known;
        sections.Add(name);
        levels.Add(0);
        return sections.Count - 1;
    }

    private static IEnumerable<string> Choices(string phrase)
    {
        var open = phrase.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
            return [phrase];
        var close = phrase.IndexOf(')', open);
        return phrase[(open + 1)..close].Split('|').SelectMany(choice => Choices(phrase[..open] + choice + phrase[(close + 1)..]));
    }

    private void Add(int section, string phrase)
    {
        var elements = phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(ElementsOf).ToArray();
        foreach (var element in elements.Where(e => e.Kind == ElementKind.Section))
            levels[section] = Math.Max(levels[section], levels[element.Id] + 1);
        var index = elements[0].Kind == ElementKind.Word ? byFirstWord : byFirstSection;
        if (!index.TryGetValue(elements[0].Id, out var list))
            index[elements[0].Id] = list = [];
        list.Add(new(section, elements));
    }

    private IEnumerable<Element> ElementsOf(string written)
    {
        if (written == "..")
            return [new(ElementKind.Gap, 0)];
        if (written.StartsWith('{'))
            return [new(ElementKind.Section, SectionNamed(written.Trim('{', '}')))];
        var isStem = written.EndsWith('*');
        var forgiving = written.StartsWith('~');
        return WordCutter.Cut(PlainText.Fold(written.Trim('~', '*')))
            .Select(word => new Element(ElementKind.Word, vocabulary.Add(word.Text, isStem, forgiving)));
    }

    public Findings Find(string text)
    {
        var words = new List<Word>();
        var meanings = new List<int[]>();
        foreach (var word in WordCutter.Cut(PlainText.Fold(text)))
            foreach (var (piece, ids) in vocabulary.Pieces(word.Text))
            {
                words.Add(word with { Text = piece });
                meanings.Add(ids);
            }
        return new Search(this, words, meanings).Run();
    }

    /// <summary>One search: level by level, so that sections named in a phrase are complete before the phrase is tried.</summary>
    private sealed class Search(Lexicon lexicon, List<Word> words, List<int[]> meanings)
    {
        private readonly List<Finding>?[] startingAt = new List<Finding>?[words.Count];
        private readonly List<int> positions = [];

        public Findings Run()
        {
            var highest = lexicon.levels.Count == 0 ? 0 : lexicon.levels.Max();
            for (var level = 0; level <= highest; level++)
                for (var at = 0; at < words.Count; at++)
                    TryAt(at, level);
            return new(words, [.. startingAt.Where(f => f is not null).SelectMany(f => f!)]);
        }

        private void TryAt(int at, int level)
        {
            foreach (var id in meanings[at])
                if (lexicon.byFirstWord.TryGetValue(id, out var phrases))
                    TryAll(phrases, at, level);
            if (startingAt[at] is not { } found)
                return;
            foreach (var section in found.Select(f => f.Section).Distinct().ToArray())
                if (lexicon.byFirstSection.TryGetValue(lexicon.sections.IndexOf(section), out var phrases))
                    TryAll(phrases, at, level);
        }

        private void TryAll(List<Phrase> phrases, int at, int level)
        {
            foreach (var phrase in phrases)
            {
                if (lexicon.levels[phrase.Section] != level)
                    continue;
                positions.Clear();
                if (Matches(phrase, 0, at))
                    (startingAt[at] ??= []).Add(new(lexicon.sections[phrase.Section], [.. positions]));
            }
        }

        private bool Matches(Phrase phrase, int element, int at)
        {
            if (element == phrase.Elements.Length)
                return true;
            if (phrase.Elements[element].Kind == ElementKind.Gap)
            {
                for (var skip = 0; skip <= LongestGap; skip++)
                    if (Matches(phrase, element + 1, at + skip))
                        return true;
                return false;
            }
            if (at >= words.Count || (positions.Count > 0 && words[at].Sentence != words[positions[0]].Sentence))
                return false;
            return phrase.Elements[element].Kind == ElementKind.Word ? MatchesWord(phrase, element, at) : MatchesSection(phrase, element, at);
        }

        private bool MatchesWord(Phrase phrase, int element, int at)
        {
            if (!meanings[at].AsSpan().Contains(phrase.Elements[element].Id))
                return false;
            positions.Add(at);
            if (Matches(phrase, element + 1, at + 1))
                return true;
            positions.RemoveAt(positions.Count - 1);
            return false;
        }

        private bool MatchesSection(Phrase phrase, int element, int at)
        {
            var section = lexicon.sections[phrase.Elements[element].Id];
            foreach (var inner in (startingAt[at] ?? []).Where(f => f.Section == section))
            {
                var before = positions.Count;
                positions.AddRange(inner.Positions);
                if (Matches(phrase, element + 1, inner.End))
                    return true;
                positions.RemoveRange(before, positions.Count - before);
            }
            return false;
        }
    }
}
