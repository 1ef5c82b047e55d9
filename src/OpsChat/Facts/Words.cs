using System.Globalization;

namespace OpsChat.Facts;

/// <summary>Words of a text as product search compares them.</summary>
internal static class Words
{
    /// <summary>Runs of letters, marks and digits in lower case, at most <paramref name="most"/>; <c>T-shirt</c> and <c>BTK-M</c> are one word each.</summary>
    public static IReadOnlyList<string> Of(string text, int most)
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
                words.Add(text[start..i].ToLowerInvariant());
                start = -1;
            }
        }

        return words;
    }

    /// <summary>Without the English plural s: "shirts" is "shirt". Irregular plurals are left to the search's tolerance of typing errors.</summary>
    public static string Stem(string word) =>
        word.Length > 3 && word[^1] == 's' && word[^2] != 's' ? word[..^1] : word;

    /// <summary>How many letters are wrong, missing, too many or swapped (optimal string alignment); 3 when it is more than 2.</summary>
    public static int Errors(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2)
        {
            return 3;
        }

        var twoBack = new int[b.Length + 1];
        int[] back = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(back[j] + 1, row[j - 1] + 1), back[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], twoBack[j - 2] + 1);
                }
            }

            (twoBack, back) = (back, row);
        }

        return Math.Min(back[^1], 3);
    }

    private static bool IsPartOfWord(string text, int i) =>
        char.IsLetterOrDigit(text[i])
        || char.GetUnicodeCategory(text[i]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || (text[i] is '-' or '/' && i > 0 && i + 1 < text.Length && char.IsLetterOrDigit(text[i - 1]) && char.IsLetterOrDigit(text[i + 1]));
}
