namespace OpsChat.Understanding;

/// <summary>
/// Tells the language of a short text: by its script where the script says it, else by common words and endings of each language
/// (<c>Words/languages.txt</c>). Pure, thread-safe, linear in the text.
/// </summary>
public static class LanguageDetector
{
    /// <summary>The tag for a text that is too short or too strange to tell (BCP 47).</summary>
    public const string Undetermined = "und";

    /// <summary>More words than this do not change the answer.</summary>
    private const int WordsRead = 200;

    private static readonly Dictionary<string, List<(string Tag, double Weight)>> Common = LanguageWords.Load("languages.txt");

    /// <summary>The primary language subtag (<c>hi-Latn</c> for Hindi in Latin letters) and how sure it is, 0 to 1.</summary>
    public static (string Tag, double Score) Detect(string text)
    {
        var words = WordCutter.Cut(text.ToLowerInvariant());
        if (ByScript(words) is { } script)
            return (script, 0.99);
        var scores = new Dictionary<string, double>();
        foreach (var word in words.Take(WordsRead))
            if (Common.TryGetValue(word.Text, out var known))
                foreach (var (tag, weight) in known)
                    scores[tag] = scores.GetValueOrDefault(tag) + weight;
        if (scores.Count == 0)
            return (Undetermined, 0);
        var best = scores.MaxBy(s => s.Value);
        return (best.Key, best.Value / scores.Values.Sum());
    }

    private static string? ByScript(List<Word> words)
    {
        var counts = words.Take(WordsRead).SelectMany(w => w.Text).GroupBy(ScriptOf).Where(g => g.Key is not null)
            .Select(g => (Tag: g.Key!, Count: g.Count())).OrderByDescending(g => g.Count).ToList();
        return counts.Count > 0 && counts[0].Tag != "Latn" ? counts[0].Tag : null;
    }

    private static string? ScriptOf(char c) => c switch
    {
        >= 'a' and <= 'z' => "Latn",
        >= '\u0E00' and <= '\u0E7F' => "th",
        >= '\u4E00' and <= '\u9FFF' => "zh",
        >= '\u0B80' and <= '\u0BFF' => "ta",
        _ => null,
    };
}
