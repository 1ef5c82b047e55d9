using OpsChat.Text;
using System.Globalization;

namespace OpsChat.Understanding;

/// <summary>Cuts folded text into words.</summary>
internal static class Tokens
{
    /// <summary>Longer messages are read up to here: more text says nothing new about the issue, and time stays bounded.</summary>
    public const int MostTokens = 120;

    /// <summary>
    /// Words in order. Apostrophes join and shorthand is written out ("don't" is "do not"), a letter typed three times or more counts twice at
    /// most, a run of a script without spaces (Thai, Chinese, Japanese) becomes overlapping pairs of letters, and a size such as "75*72" stays in
    /// one piece.
    /// </summary>
    public static List<string> Of(string text)
    {
        var folded = PlainText.Fold(text);
        var tokens = new List<string>();
        for (var at = 0; at < folded.Length && tokens.Count < MostTokens;)
        {
            var c = folded[at];
            at = Scripts.IsUnspaced(c) ? AddPairs(folded, at, tokens)
                : char.IsLetter(c) ? AddWord(folded, at, tokens)
                : char.IsDigit(c) ? AddNumber(folded, at, tokens)
                : at + 1;
        }

        return tokens;
    }

    private static int AddWord(string text, int start, List<string> tokens)
    {
        Span<char> word = stackalloc char[24];
        var length = 0;
        var at = start;
        for (; at < text.Length && IsWordPart(text[at]); at++)
        {
            var repeats = length >= 2 && word[length - 1] == text[at] && word[length - 2] == text[at];
            if (text[at] != '\'' && !repeats && length < word.Length)
            {
                word[length++] = text[at];
            }
        }

        tokens.AddRange(Shorthand.Of(word[..length].ToString()));
        return at;
    }

    /// <summary>A number, with what makes it a size ("75x72", "6*6.5") or a share ("20%").</summary>
    private static int AddNumber(string text, int start, List<string> tokens)
    {
        var at = start;
        while (at < text.Length && (char.IsDigit(text[at]) || (IsNumberJoint(text[at]) && at + 1 < text.Length && char.IsDigit(text[at + 1]))))
        {
            at++;
        }

        if (at < text.Length && text[at] == '%')
        {
            at++;
        }

        tokens.Add(text[start..Math.Min(at, start + 24)]);
        return at;
    }

    private static int AddPairs(string text, int start, List<string> tokens)
    {
        var at = start;
        for (; at < text.Length && Scripts.IsUnspaced(text[at]); at++)
        {
            if (at + 1 < text.Length && Scripts.IsUnspaced(text[at + 1]) && tokens.Count < MostTokens)
            {
                tokens.Add(text.Substring(at, 2));
            }
        }

        if (at == start + 1)
        {
            tokens.Add(text[start..at]);
        }

        return at;
    }

    private static bool IsWordPart(char c) =>
        (char.IsLetter(c) && !Scripts.IsUnspaced(c)) || c == '\'' || char.GetUnicodeCategory(c) is
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsNumberJoint(char c) => c is '.' or ',' or '*' or 'x' or '×' or '/' or '-';
}
