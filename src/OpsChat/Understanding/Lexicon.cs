using OpsChat.Text;
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
    private readonly List<Phrase> phrases = [];
    private Dictionary<int, Phrase[]>[] byLevelAndFirst = [];

    private const int LongestGap = 6;

    private sealed record Phrase(int Section, Element[] Elements)
    {
        /// <summary>The ids of the words and sections, all of which a text must have.</summary>
        public int[] Needed { get; } = [.. Elements.Where(e => e.Kind is ElementKind.Word or ElementKind.Section).Select(e => e.Id)];
    }

    /// <param name="Id">Of the word in the vocabulary; for a section the complement of its place, so that the two never meet; of no meaning for
    /// gaps and edges.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Element(ElementKind Kind, int Id);

    /// <summary>A phrase found, before its section is called by name.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Found(int Section, int[] Positions);

    private enum ElementKind { Word, Section, Gap, Edge }

    /// <summary>Reads word lists together; a section must stand above the phrases that name it.</summary>
    public static Lexicon Load(params string[] files)
    {
        var lexicon = new Lexicon();
        foreach (var file in files)
            lexicon.Read(file);
        lexicon.byLevelAndFirst = [.. Enumerable.Range(0, lexicon.levels.Max() + 1).Select(lexicon.ByFirst)];
        return lexicon;
    }

    private Dictionary<int, Phrase[]> ByFirst(int level) =>
        phrases.Where(p => levels[p.Section] == level).GroupBy(p => p.Needed[0]).ToDictionary(g => g.Key, g => g.ToArray());

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
            levels[section] = Math.Max(levels[section], levels[~element.Id] + 1);
        phrases.Add(new(section, elements));
    }

    private IEnumerable<Element> ElementsOf(string written)
    {
        if (written is ".." or "^")
            return [new(written == "^" ? ElementKind.Edge : ElementKind.Gap, 0)];
        if (written.StartsWith('{'))
            return [new(ElementKind.Section, ~SectionNamed(written.Trim('{', '}')))];
        var isStem = written.EndsWith('*');
        var forgiving = written.StartsWith('~');
        return WordCutter.Cut(PlainText.Fold(written.Trim('~', '*')))
            .Select(word => new Element(ElementKind.Word, vocabulary.Add(word.Text, isStem, forgiving)));
    }

    /// <summary>All phrases in the text, each at most once for each place where it begins.</summary>
    public PhraseMatches Find(string text)
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

    /// <summary>Words that one sign or a space cut in two ("re-fund", "can.cel", "refu nd") are whole again when the lexicon knows the
    /// whole.</summary>
    private IEnumerable<Word> Rejoined(List<Word> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (i + 1 < words.Count && IsOneWord(words[i], words[i + 1]))
                yield return words[i] with { Text = words[i].Text + words[++i].Text };
            else
                yield return words[i];
        }
    }

    private bool IsOneWord(Word first, Word second) =>
        second.IsCut ? vocabulary.Knows(first.Text + second.Text) : vocabulary.IsCutInTwo(first.Text, second.Text);

    /// <summary>One search: level by level, so that sections named in a phrase are complete before the phrase is tried.</summary>
    private sealed class Search(Lexicon lexicon, List<Word> words, List<int[]> meanings)
    {
        private readonly List<Found>?[] startingAt = new List<Found>?[words.Count];
        private readonly HashSet<int> present = [.. meanings.SelectMany(ids => ids)];
        private readonly Dictionary<int, Phrase[]> possible = [];
        private readonly List<int> positions = [];

        public PhraseMatches Run()
        {
            foreach (var byFirst in lexicon.byLevelAndFirst)
            {
                possible.Clear();
                for (var at = 0; at < words.Count; at++)
                    TryAt(at, byFirst);
            }
            return new(
                words,
                [
                    .. startingAt
                        .OfType<List<Found>>()
                        .SelectMany(f => f)
                        .Select(f => new PhraseMatch(lexicon.sections[f.Section], f.Positions)),
                ]
            );
        }

        private void TryAt(int at, Dictionary<int, Phrase[]> byFirst)
        {
            foreach (var id in meanings[at])
                TryAll(Possible(byFirst, id), at);
            var found = startingAt[at];
            for (int i = 0, known = found?.Count ?? 0; i < known; i++)
                if (found!.FindIndex(f => f.Section == found[i].Section) == i)
                    TryAll(Possible(byFirst, ~found[i].Section), at);
        }

        /// <summary>The level's phrases with this first word or section, less those of which the text lacks a part. Asked once for each, so that
        /// repeated words cost little.</summary>
        private Phrase[] Possible(Dictionary<int, Phrase[]> byFirst, int first)
        {
            if (!possible.TryGetValue(first, out var phrases))
                phrases = possible[first] = byFirst.TryGetValue(first, out var all) ? Array.FindAll(all, HasAllParts) : [];
            return phrases;
        }

        private bool HasAllParts(Phrase phrase)
        {
            foreach (var needed in phrase.Needed)
                if (!present.Contains(needed))
                    return false;
            return true;
        }

        private void TryAll(Phrase[] phrases, int at)
        {
            foreach (var phrase in phrases)
            {
                positions.Clear();
                if (!Matches(phrase, 0, at))
                    continue;
                (startingAt[at] ??= []).Add(new(phrase.Section, [.. positions]));
                present.Add(~phrase.Section);
            }
        }

        private bool Matches(Phrase phrase, int element, int at)
        {
            if (element == phrase.Elements.Length)
                return true;
            var kind = phrase.Elements[element].Kind;
            if (kind == ElementKind.Gap)
                return MatchesAfterGap(phrase, element, at);
            if (kind == ElementKind.Edge)
                return (positions.Count == 0 ? at == 0 : at == words.Count) && Matches(phrase, element + 1, at);
            if (at >= words.Count || (positions.Count > 0 && words[at].Sentence != words[positions[0]].Sentence))
                return false;
            return kind == ElementKind.Word ? MatchesWord(phrase, element, at) : MatchesSection(phrase, element, at);
        }

        private bool MatchesAfterGap(Phrase phrase, int element, int at)
        {
            for (var next = at; next <= at + LongestGap; next++)
                if (Matches(phrase, element + 1, next))
                    return true;
            return false;
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
            if (startingAt[at] is not { } found)
                return false;
            foreach (var inner in found)
            {
                if (inner.Section != ~phrase.Elements[element].Id)
                    continue;
                var before = positions.Count;
                positions.AddRange(inner.Positions);
                if (Matches(phrase, element + 1, inner.Positions[^1] + 1))
                    return true;
                positions.RemoveRange(before, positions.Count - before);
            }
            return false;
        }
    }
}
