using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Understanding;

/// <summary>
/// Reads which facts a text asks for: <c>when</c>, <c>carrier</c>, <c>how-much</c>. The words are in <c>Words/questions.txt</c>. Pure, thread-safe,
/// linear in the text.
/// </summary>
public static partial class QuestionDetector
{
    private static readonly Lexicon s_words = Lexicon.Load("questions.txt");

    /// <summary>Names of the facts asked for, each once, in reading order; empty when no question word is known.</summary>
    public static IReadOnlyList<string> AskedFor(string text) => [.. In(text).Concat(In(WrittenOut(text))).Distinct()];

    private static IEnumerable<string> In(string text) => s_words.Find(text).All.Select(found => found.Section);

    /// <summary>"Brp hari lg" with its shorthand as words.</summary>
    private static string WrittenOut(string text) =>
        Word().Replace(PlainText.Fold(text), word => string.Join(' ', Shorthand.Of(word.Value)));

    [GeneratedRegex(@"\b[a-z]{2,8}\b")]
    private static partial Regex Word();
}
