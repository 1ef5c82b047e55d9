using System.Globalization;
using System.Text;

namespace OpsChat.Drafting;

/// <summary>One notation for comparing texts: lower case, ASCII digits and punctuation, no invisible characters.</summary>
public static class ComparableText
{
    /// <summary>
    /// Full-width forms and the digits of every script (Thai, Arabic, mathematical, circled) become ASCII; zero-width and control
    /// characters, with which a claim could be hidden, disappear; typographic quotes, dashes and spaces become plain ones.
    /// </summary>
    public static string Fold(string text) => Normalise(text).ToLowerInvariant();

    /// <summary><see cref="Fold"/> with the case kept.</summary>
    internal static string Normalise(string text)
    {
        if (text.All(c => c is (>= ' ' and <= '~') or '\n'))
        {
            return text;
        }
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(plain, rune);
        }
        return plain.ToString();
    }

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

    internal static bool IsHan(char c) => c is >= '\u3400' and <= '\u9FFF';

    internal static bool IsThai(char c) => c is >= '\u0E00' and <= '\u0E7F';

    private static void Append(StringBuilder plain, Rune rune)
    {
        if (rune.IsAscii && rune.Value >= ' ')
        {
            plain.Append((char)rune.Value);
            return;
        }
        var digit = Rune.GetNumericValue(rune);
        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber && digit is >= 0 and <= 20 && digit == Math.Floor(digit))
        {
            plain.Append((int)digit);
            return;
        }
        plain.Append(rune.Value switch
        {
            '\n' or '\r' => "\n",
            '\t' or 0x3000 or 0x00A0 or 0x202F or (>= 0x2000 and <= 0x200A) => " ",
            >= 0xFF01 and <= 0xFF5E => ((char)(rune.Value - 0xFEE0)).ToString(),
            0x2018 or 0x2019 or 0x02BC => "'",
            0x201C or 0x201D => "\"",
            (>= 0x2010 and <= 0x2015) or 0x2212 => "-",
            0x3002 => ".",
            0x3001 => ",",
            _ when category is UnicodeCategory.Format or UnicodeCategory.Control => "",
            _ => rune.ToString(),
        });
    }
}
