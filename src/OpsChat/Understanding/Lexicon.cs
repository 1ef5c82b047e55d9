using System.Runtime.InteropServices;

namespace OpsChat.Understanding;

/// <summary>
/// Phrases read from a text file of <c>[section]</c>s, searched together. In a phrase, <c>cancel*</c> is any word that begins so,
/// <c>..</c> a gap of up to six words within the sentence, <c>(a|b|)</c> a choice, <c>{section}</c> any finding of that section,
/// <c>^</c> the text's beginning or end.
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

    private const int LongestGap = 6;

    private sealed record Phrase(int Section, Element[] Elements);

    /// <param name="Id">Of the word in the vocabulary, or of the section; of no meaning for gaps and edges.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Element(ElementKind Kind, int Id);

    private enum ElementKind { Word, Section, Gap, Edge }

    /// <summary>Reads word lists together; a section must stand above the phrases that name it.</summary>
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

    /// <summary>The phrase once for each way of its choices.</summary>
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
        var first = elements.First(e => e.Kind is ElementKind.Word or ElementKind.Section);
        var index = first.Kind == ElementKind.Word ? byFirstWord : byFirstSection;
        if (!index.TryGetValue(first.Id, out var list))
            index[first.Id] = list = [];
        list.Add(new(section, elements));
    }

    private IEnumerable<Element> ElementsOf(string written)
    {
        if (written is ".." or "^")
            return [new(written == "^" ? ElementKind.Edge : ElementKind.Gap, 0)];
        if (written.StartsWith('{'))
            return [new(ElementKind.Section, SectionNamed(written.Trim('{', '}')))];
        var isStem = written.EndsWith('*');
        var forgiving = written.StartsWith('~');
        return WordCutter.Cut(PlainText.Fold(written.Trim('~', '*')))
            .Select(word => new Element(ElementKind.Word, vocabulary.Add(word.Text, isStem, forgiving)));
    }

    /// <summary>All phrases in the text, each at most once for each place where it begins.</summary>
    public Findings Find(string text)
    {
        var words = new List<Word>();
        var meanings = new List<int[]>();
        foreach (var word in Rejoined(WordCutter.Cut(PlainText.Fold(text))))
            foreach (var (piece, ids) in vocabulary.Pieces(word.Text))
            {
                words.Add(word with { Text = piece });
                meanings.Add(ids);
            }
        return new Search(this, words, meanings).Run();
    }

    /// <summary>Words that one sign cut in two ("re-fund", "can.cel") are whole again when the lexicon knows the whole.</summary>
    private IEnumerable<Word> Rejoined(List<Word> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (i + 1 < words.Count && words[i + 1].IsCut && vocabulary.Knows(words[i].Text + words[i + 1].Text))
                yield return words[i] with { Text = words[i].Text + words[++i].Text };
            else
                yield return words[i];
        }
    }

    /// <summary>One search: level by level, so that sections named in a phrase are complete before the phrase is tried.</summary>
    private sealed class Search(Lexicon lexicon, List<Word> words, List<int[]> meanings)
    {
        private readonly List<Finding>?[] startingAt = new List<Finding>?[words.Count];
        private readonly List<int> positions = [];

        public Findings Run()
        {
            for (var level = 0; level <= lexicon.levels.Max(); level++)
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
            var kind = phrase.Elements[element].Kind;
            if (kind == ElementKind.Gap)
                return Enumerable.Range(at, LongestGap + 1).Any(next => Matches(phrase, element + 1, next));
            if (kind == ElementKind.Edge)
                return (positions.Count == 0 ? at == 0 : at == words.Count) && Matches(phrase, element + 1, at);
            if (at >= words.Count || (positions.Count > 0 && words[at].Sentence != words[positions[0]].Sentence))
                return false;
            return kind == ElementKind.Word ? MatchesWord(phrase, element, at) : MatchesSection(phrase, element, at);
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
