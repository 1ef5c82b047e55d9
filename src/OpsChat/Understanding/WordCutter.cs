using OpsChat.Text;
using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OpsChat.Understanding;

/// <summary>A word of a folded text.</summary>
/// <param name="Sentence">Counts up at each full stop, question mark, exclamation mark, semicolon or line break.</param>
/// <param name="IsCut">Only a sign other than a space stands between the word before and this one: the "fund" of "re-fund".</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Word(string Text, int Sentence, bool IsCut);

/// <summary>
/// Cuts a folded text into words. Digits keep their inner separators (<c>1,299.00</c>), signs of money stand alone (<c>$ 500</c>),
/// letters that were spaced or dotted apart come together again (<c>r e f u n d</c>). Runs of unspaced script stay whole.
/// </summary>
internal static class WordCutter
{
    private const string MoneySigns = "$€£¥฿₫₱₹%";

    /// <summary>Money as people write it against a number: <c>RM20</c>, <c>50rb</c>. Cut off, so that the number is seen.</summary>
    private static readonly FrozenSet<string> MoneyLetters = FrozenSet.Create(
        "rm", "rp", "rs", "us", "usd", "myr", "sgd", "idr", "php", "thb", "vnd", "inr", "eur", "gbp", "twd", "hkd", "aud",
        "rb", "ribu", "jt", "juta", "ringgit", "baht", "dong", "peso", "pesos", "dollars", "bucks", "d", "k");

    /// <summary>Fewer single letters in a row than this are initials or a list, not a word pulled apart.</summary>
    private const int LettersPulledApart = 4;

    public static List<Word> Cut(string folded)
    {
        var words = new List<Word>();
        var sentence = 0;
        for (var i = 0; i < folded.Length;)
        {
            var end = EndOfPiece(folded, i);
            if (end > i)
                words.Add(new(folded[i..end].Replace("'", "", StringComparison.Ordinal), sentence, IsCutBefore(folded, i)));
            else if (EndsSentence(folded, i))
                sentence++;
            i = Math.Max(end, i + 1);
        }
        return JoinPulledApart(words);
    }

    private static bool IsCutBefore(string text, int start) => start >= 2 && !char.IsWhiteSpace(text[start - 1]) && IsWordCharacter(text[start - 2]);

    /// <summary>Where the word that begins here ends; here itself when none begins. Money and the number it is written against are two
    /// words.</summary>
    private static int EndOfPiece(string text, int start)
    {
        var c = text[start];
        if (Scripts.IsUnspaced(c))
            return EndOf(text, start, Scripts.IsUnspaced);
        if (MoneySigns.Contains(c, StringComparison.Ordinal))
            return start + 1;
        if (!IsWordCharacter(c))
            return start;
        if (char.IsAsciiDigit(c))
        {
            var number = EndOfNumber(text, start);
            var isWhole = number == text.Length || !IsWordCharacter(text[number]);
            return isWhole || MoneyLetters.Contains(text[number..EndOf(text, number, char.IsAsciiLetter)]) ? number : EndOfWord(text, start);
        }
        var letters = EndOf(text, start, char.IsAsciiLetter);
        var isMoney = letters < text.Length && char.IsAsciiDigit(text[letters]) && MoneyLetters.Contains(text[start..letters]);
        return isMoney ? letters : EndOfWord(text, start);
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
        text[i] is '@' or '$' or '\'' or '*' or '!' or '|' or '€'
        && i + 1 < text.Length && char.IsAsciiLetter(text[i + 1]) && char.IsAsciiLetterOrDigit(text[i - 1]);

    private static bool IsWordCharacter(char c) =>
        !Scripts.IsUnspaced(c) && (char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark);

    private static int EndOfNumber(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end])
            || (text[end] is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
            end++;
        return end;
    }

    private static bool EndsSentence(string text, int i) => text[i] switch
    {
        '?' or '!' or ';' or '\n' or '？' or '！' or '；' => true,
        '.' => i + 1 >= text.Length || char.IsWhiteSpace(text[i + 1]),
        _ => false,
    };

    /// <summary>Single letters in a row, joined to the word that they spell.</summary>
    private static List<Word> JoinPulledApart(List<Word> words)
    {
        var joined = new List<Word>(words.Count);
        for (var i = 0; i < words.Count;)
        {
            var end = i;
            while (end < words.Count && words[end].Text is [var only] && char.IsAsciiLetterOrDigit(only))
                end++;
            if (end - i >= LettersPulledApart)
                joined.Add(words[i] with { Text = string.Concat(words[i..end].Select(w => w.Text)) });
            else
                joined.AddRange(words[i..(end = Math.Max(end, i + 1))]);
            i = end;
        }
        return joined;
    }
}
