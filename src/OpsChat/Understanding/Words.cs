namespace OpsChat.Understanding;

/// <summary>A word of a folded text.</summary>
/// <param name="Sentence">Counts up at each full stop, question mark, exclamation mark, semicolon or line break.</param>
internal readonly record struct Word(string Text, int Sentence);

/// <summary>
/// Cuts a folded text into words. Digits keep their inner separators (<c>1,299.00</c>), signs of money stand alone (<c>$ 500</c>),
/// letters that were spaced or dotted apart come together again (<c>r e f u n d</c>). Runs of unspaced script stay whole.
/// </summary>
internal static class WordCutter
{
    private const string MoneySigns = "$€£¥฿₫₱₹%";

    /// <summary>Fewer single letters in a row than this are initials or a list, not a word pulled apart.</summary>
    private const int LettersPulledApart = 4;

    public static List<Word> Cut(string folded)
    {
        var words = new List<Word>();
        var sentence = 0;
        for (var i = 0; i < folded.Length;)
        {
            var c = folded[i];
            var end = i + 1;
            if (PlainText.IsUnspaced(c))
                words.Add(new(folded[i..(end = EndOf(folded, i, PlainText.IsUnspaced))], sentence));
            else if (char.IsAsciiDigit(c) && EndOfNumber(folded, i) is var number && !ContinuesAsWord(folded, number))
                words.Add(new(folded[i..(end = number)], sentence));
            else if (IsWordCharacter(c))
                words.Add(new(folded[i..(end = EndOfWord(folded, i))].Replace("'", "", StringComparison.Ordinal), sentence));
            else if (MoneySigns.Contains(c, StringComparison.Ordinal))
                words.Add(new(c.ToString(), sentence));
            else if (EndsSentence(folded, i))
                sentence++;
            i = end;
        }
        return JoinPulledApart(words);
    }

    private static int EndOf(string text, int start, Func<char, bool> belongs)
    {
        var end = start;
        while (end < text.Length && belongs(text[end]))
            end++;
        return end;
    }

    /// <summary>Letters of any spaced script with their vowel signs, and digits and signs between letters (<c>r3fund</c>, <c>c@ncel</c>).</summary>
    private static int EndOfWord(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && (IsWordCharacter(text[end]) || IsInnerSign(text, end)))
            end++;
        return end;
    }

    private static bool IsInnerSign(string text, int i) =>
        text[i] is '@' or '$' or '\'' or '*' or '!' or '|' or '€' && i + 1 < text.Length && char.IsAsciiLetter(text[i + 1]) && char.IsAsciiLetterOrDigit(text[i - 1]);

    private static bool IsWordCharacter(char c) =>
        !PlainText.IsUnspaced(c) && (char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark);

    private static int EndOfNumber(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end])
            || (text[end] is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
            end++;
        return end;
    }

    private static bool ContinuesAsWord(string text, int end) => end < text.Length && IsWordCharacter(text[end]);

    private static bool EndsSentence(string text, int i) => text[i] switch
    {
        '?' or '!' or ';' or '\n' or '？' or '！' or '；' => true,
        '.' => i + 1 >= text.Length || char.IsWhiteSpace(text[i + 1]),
        _ => false,
    };

    private static List<Word> JoinPulledApart(List<Word> words)
    {
        var joined = new List<Word>(words.Count);
        for (var i = 0; i < words.Count;)
        {
            var end = i;
            while (end < words.Count && words[end].Text.Length == 1 && char.IsAsciiLetterOrDigit(words[end].Text[0]))
                end++;
            if (end - i >= LettersPulledApart)
                joined.Add(new(string.Concat(words.Skip(i).Take(end - i).Select(w => w.Text)), words[i].Sentence));
            else
                joined.AddRange(words.Skip(i).Take(end = Math.Max(end, i + 1)).Skip(0).Take(end - i));
            i = end;
        }
        return joined;
    }
}
