namespace OpsChat.Understanding;

/// <summary>
/// Tells the language of a short text: by its script where the script says it, else by common words of each language
/// (<c>Words/languages.txt</c>), and for words that are in no list by the letter triples of the lists. Pure, thread-safe, linear
/// in the text.
/// </summary>
public static class LanguageDetector
{
    /// <summary>The tag for a text that is too short or too strange to tell (BCP 47).</summary>
    public const string Undetermined = "und";

    /// <summary>More words than this do not change the answer.</summary>
    private const int WordsRead = 100;

    /// <summary>An unlisted text below this length ("ok", "sof") could be any language's.</summary>
    private const int FewestLetters = 4;

    /// <summary>Below this, brand names and typing errors would be taken for a language.</summary>
    private const double LeastSure = 0.3;

    private static readonly LanguageProfile[] Profiles = LanguageProfile.Load("languages.txt");

    /// <summary>The primary language subtag, <c>hi-Latn</c> for Hindi in Latin letters, and how sure it is, 0 to 1.</summary>
    public static (string Tag, double Score) Detect(string text)
    {
        var (tag, score, _) = DetectWithSibling(text);
        return (tag, score);
    }

    /// <summary>From here on the text alone tells its language.</summary>
    public const double SureScore = 0.8;

    /// <summary>The language; null where the text alone does not tell it.</summary>
    public static string? Sure(string text) => Detect(text) is { Score: >= SureScore } sure ? sure.Tag : null;

    /// <summary>The same, and how sure it is that the language is this one or the one that it is easily taken for (<see cref="Sibling"/>).</summary>
    public static (string Tag, double Score, double WithSibling) DetectWithSibling(string text)
    {
        var words = WordCutter
            .Cut(Addresses.Without(text).ToLowerInvariant())
            .Take(WordsRead)
            .Select(w => w.Text)
            .Where(w => !w.Any(char.IsDigit) && w.Any(char.IsLetter))
            .SelectMany(Shorthand.Of)
            .ToList();
        if (ByScript(words) is { } script)
            return (script, 0.99, 0.99);
        if (words.Sum(w => w.Length) < FewestLetters && !words.Exists(w => Array.Exists(Profiles, p => p.Lists(w))))
            return (Undetermined, 0, 0);
        var scores = Array.ConvertAll(Profiles, profile => words.Sum(profile.Evidence));
        var best = Array.IndexOf(scores, scores.Max());
        var sure = 1 / scores.Sum(score => Math.Exp(score - scores[best]));
        return sure < LeastSure ? (Undetermined, sure, sure) : (Profiles[best].Tag, sure, sure + OfSibling());

        double OfSibling() =>
            Array.FindIndex(Profiles, profile => AreSiblings(profile.Tag, Profiles[best].Tag)) is >= 0 and var other
                ? sure * Math.Exp(scores[other] - scores[best])
                : 0;
    }

    /// <summary>Whether a short text of one of the two could be the other.</summary>
    public static bool AreSiblings(string tag, string? other) => (tag, other) is ("ms", "id") or ("id", "ms");

    /// <summary>
    /// The language itself, or the one that it is easily taken for, when the shop writes that one and not this: a short Malay text could be
    /// Indonesian, and the shop knows where its customers are.
    /// </summary>
    public static string Sibling(string tag, IReadOnlyList<string> shopLanguages) => tag switch
    {
        "id" when shopLanguages.Contains("ms") && !shopLanguages.Contains("id") => "ms",
        "ms" when shopLanguages.Contains("id") && !shopLanguages.Contains("ms") => "id",
        _ => tag,
    };

    /// <summary>
    /// The language of the script that at least a quarter of the letters are of, or null when that is the Latin one, which many
    /// languages share. A quarter is enough because product and brand names are in Latin letters everywhere.
    /// </summary>
    private static string? ByScript(List<string> words)
    {
        var letters = words.SelectMany(w => w).Select(ScriptOf).OfType<string>().CountBy(tag => tag).ToList();
        return letters.Where(l => l.Key != Latin && l.Value * 4 >= letters.Sum(all => all.Value))
            .OrderByDescending(l => l.Value).Select(l => l.Key).FirstOrDefault();
    }

    private const string Latin = "Latn";

    private static string? ScriptOf(char c) => c switch
    {
        >= 'a' and <= 'z' => Latin,
        >= '\u0E00' and <= '\u0E7F' => "th",
        >= '\u3040' and <= '\u30FF' => "ja",
        >= '\u4E00' and <= '\u9FFF' => "zh",
        >= '\u0B80' and <= '\u0BFF' => "ta",
        >= '\u0900' and <= '\u097F' => "hi",
        >= '\u0600' and <= '\u06FF' => "ar",
        >= '\u0400' and <= '\u04FF' => "ru",
        >= '\uAC00' and <= '\uD7AF' => "ko",
        _ => null,
    };
}
