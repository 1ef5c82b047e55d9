namespace OpsChat.Understanding;

/// <summary>The common words of one language and, from them, how common its letter triples are.</summary>
internal sealed class LanguageProfile
{
    /// <summary>A listed word weighs as much as this factor of likelihood, in natural logarithms; one unlisted word weighs less.</summary>
    private const double ListedWord = 3;

    /// <summary>A word of several languages speaks a little for the one where it is commoner.</summary>
    private const double LeaningWord = 1;

    /// <summary>The accents that only Vietnamese stacks on Latin letters, and its own letters.</summary>
    private const string VietnameseLetters = "ăđơư";

    private readonly HashSet<string> words;
    private readonly HashSet<string> leaning;
    private readonly Dictionary<string, double> likelihoods = [];
    private readonly double likelihoodOfOthers;

    private LanguageProfile(string tag, HashSet<string> words, HashSet<string> leaning)
    {
        (Tag, this.words, this.leaning) = (tag, words, leaning);
        var triples = words.SelectMany(Triples).CountBy(triple => triple).ToList();
        var total = triples.Sum(triple => triple.Value);
        foreach (var (triple, count) in triples)
            likelihoods[triple] = Math.Log((count + 0.3) / (total + 1000));
        likelihoodOfOthers = Math.Log(0.3 / (total + 1000));
    }

    private const string LeanMark = " lean]";

    public string Tag { get; }

    public static LanguageProfile[] Load(string file)
    {
        var lists = new Dictionary<string, HashSet<string>>();
        string[] tags = [];
        foreach (var line in WordList.Lines(file))
            if (line.StartsWith('['))
                tags = line.EndsWith(LeanMark, StringComparison.Ordinal) ? [line.Trim('[', ']')] : line.Trim('[', ']').Split(' ');
            else
                foreach (var tag in tags)
                    (lists.TryGetValue(tag, out var list) ? list : lists[tag] = [])
                        .UnionWith(line.Replace("'", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return [.. lists.Where(l => !l.Key.Contains(' ', StringComparison.Ordinal))
            .Select(l => new LanguageProfile(l.Key, l.Value, lists.GetValueOrDefault($"{l.Key} lean", [])))];
    }

    public bool Lists(string word) => words.Contains(word);

    /// <summary>How much a word speaks for this language: a logarithm of likelihood, comparable between profiles.</summary>
    public double Evidence(string word)
    {
        var listed = (words.Contains(word) ? ListedWord : 0) + (leaning.Contains(word) ? LeaningWord : 0);
        var own = Tag == "vi" && word.Any(IsVietnamese) ? ListedWord : 0;
        return listed + own + AverageLikelihood(word);
    }

    /// <summary>Of the word's letter triples, with a space before and after it.</summary>
    private double AverageLikelihood(string word)
    {
        var known = likelihoods.GetAlternateLookup<ReadOnlySpan<char>>();
        var sum = 0.0;
        Span<char> triple = [' ', ' ', ' '];
        for (var i = 0; i < word.Length; i++)
        {
            for (var j = 0; j < triple.Length; j++)
                triple[j] = i + j - 1 is >= 0 and var at && at < word.Length ? word[at] : ' ';
            sum += known.TryGetValue(triple, out var likelihood) ? likelihood : likelihoodOfOthers;
        }

        return sum / word.Length;
    }

    private static bool IsVietnamese(char c) => c is >= '\u1EA0' and <= '\u1EF9' || VietnameseLetters.Contains(c, StringComparison.Ordinal);

    private static IEnumerable<string> Triples(string word)
    {
        var padded = $" {word} ";
        return Enumerable.Range(0, padded.Length - 2).Select(i => padded.Substring(i, 3));
    }
}
