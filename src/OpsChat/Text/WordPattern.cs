using System.Text.RegularExpressions;

namespace OpsChat.Text;

/// <summary>Regular expressions of word lists.</summary>
public static class WordPattern
{
    /// <summary>An alternation of the words, longest first, that does not cut letters out of a longer word of a spaced script.</summary>
    public static string Of(IEnumerable<string> words)
    {
        // The look behind stands once before all words that need it: before each of some hundred it would take most of the time.
        var longestFirst = words.OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal).ToLookup(word => IsSpaced(word[0]));
        string[] branches =
        [
            .. longestFirst[true].Any() ? [$"(?<!{SpacedLetter})(?:{string.Join('|', longestFirst[true].Select(Ended))})"] : Array.Empty<string>(),
            .. longestFirst[false].Select(Regex.Escape),
        ];
        return $"(?:{string.Join('|', branches)})";
    }

    /// <summary>A letter of a script with spaces between its words: 退款RM50 names ringgit, "arm50" does not.</summary>
    private const string SpacedLetter = @"[\p{L}-[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF]]";

    private static string Ended(string word) => $"{Regex.Escape(word)}{(char.IsLetter(word[^1]) ? $"(?!{SpacedLetter})" : "")}";

    private static bool IsSpaced(char c) => char.IsLetter(c) && !Scripts.IsUnspaced(c);
}
