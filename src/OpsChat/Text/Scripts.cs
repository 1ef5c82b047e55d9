namespace OpsChat.Text;

/// <summary>Which script a character is of, and what that means for words.</summary>
public static class Scripts
{
    public static bool IsHan(char c) => c is >= '\u3400' and <= '\u9FFF';

    public static bool IsThai(char c) => c is >= '\u0E00' and <= '\u0E7F';

    /// <summary>Scripts that put no spaces between words: Thai, Lao, Khmer, Burmese, Chinese, Japanese.</summary>
    public static bool IsUnspaced(char c) => c is
        (>= '\u0E00' and <= '\u0EFF') or (>= '\u1780' and <= '\u17FF') or (>= '\u1000' and <= '\u109F')
        or (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');

    /// <summary>Words as a reader counts them: by spaces; in Chinese two characters, in Thai four letters make a word. A link is one word.</summary>
    public static int CountWords(string text)
    {
        int words = 0, han = 0, thai = 0;
        var inWord = false;
        foreach (var c in text)
        {
            if (IsHan(c)) { han++; inWord = false; }
            else if (IsThai(c)) { thai += char.IsLetter(c) ? 1 : 0; inWord = false; }
            else if (char.IsWhiteSpace(c)) { inWord = false; }
            else if (!inWord && char.IsLetterOrDigit(c)) { words++; inWord = true; }
        }

        return words + ((han + 1) / 2) + ((thai + 3) / 4);
    }
}
