using System.Globalization;
using OpsChat.Text;

namespace OpsChat.Facts;

/// <summary>Words of a text as product search compares them.</summary>
internal static class Words
{
    /// <summary>Runs of letters, marks and digits in lower case, at most <paramref name="most"/>; <c>T-shirt</c> and <c>BTK-M</c> are one word
    /// each.</summary>
    public static IReadOnlyList<string> Of(string text, int most) => [.. Written(text, most).Select(word => word.ToLowerInvariant())];

    /// <summary>The same words with the capitals that they have.</summary>
    public static IReadOnlyList<string> Written(string text, int most)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length && words.Count < most; i++)
        {
            if (i < text.Length && IsPartOfWord(text, i))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                words.Add(text[start..i]);
                start = -1;
            }
        }

        return words;
    }

    /// <summary>The same words in lower case with where each begins, parted also where a script with spaces meets one without: "买mug吗" is
    /// three.</summary>
    public static IReadOnlyList<(int Start, string Text)> Placed(string text, int most)
    {
        var placed = new List<(int Start, string Text)>();
        var at = 0;
        foreach (var word in Written(text, most))
        {
            at = text.IndexOf(word, at, StringComparison.Ordinal);
            for (var from = 0; from < word.Length;)
            {
                var isUnspaced = Scripts.IsUnspaced(word[from]);
                var end = from + 1;
                while (end < word.Length && Scripts.IsUnspaced(word[end]) == isUnspaced)
                {
                    end++;
                }

                placed.Add((at + from, word[from..end].ToLowerInvariant()));
                from = end;
            }

            at += word.Length;
        }

        return placed;
    }

    /// <summary>Without the English plural s: "shirts" is "shirt". Irregular plurals are left to the search's tolerance of typing errors.</summary>
    public static string Stem(string word) =>
        word.Length > 3 && word[^1] == 's' && word[^2] != 's' ? word[..^1] : word;

    private static bool IsPartOfWord(string text, int i) =>
        char.IsLetterOrDigit(text[i])
        || char.GetUnicodeCategory(text[i]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || (text[i] is '-' or '/' && i > 0 && i + 1 < text.Length && char.IsLetterOrDigit(text[i - 1]) && char.IsLetterOrDigit(text[i + 1]));
}
