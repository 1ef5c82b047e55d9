using System.Text.RegularExpressions;

namespace OpsChat.Text;

/// <summary>Regular expressions of word lists.</summary>
public static class WordPattern
{
    /// <summary>An alternation of the words, longest first, that does not cut letters out of a longer word of a spaced script.</summary>
    public static string Of(IEnumerable<string> words) =>
        $"(?:{string.Join('|', words.OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal).Select(Bounded))})";

    private static string Bounded(string word) =>
        $"{(IsSpaced(word[0]) ? @"(?<!\p{L})" : "")}{Regex.Escape(word)}{(IsSpaced(word[0]) && char.IsLetter(word[^1]) ? @"(?!\p{L})" : "")}";

    private static bool IsSpaced(char c) => char.IsLetter(c) && !Scripts.IsUnspaced(c);
}
