using System.Text;

namespace OpsChat.Understanding;

/// <summary>Makes the many ways of writing the same letters one: case, full width, fancy mathematical letters, accents, invisible marks.</summary>
/// <remarks>
/// Takes the place of Unicode's NFKC, which .NET leaves undone under invariant globalization, for the letters that customers use:
/// Latin with accents (Vietnamese included), full-width forms, the styled alphabets at U+1D400 and the enclosed ones at U+24B6 and U+1F130.
/// Other scripts stay as they are, in lower case.
/// </remarks>
public static class TextFolding
{
    private const int MathematicalLetters = 0x1D400, MathematicalGreek = 0x1D6A4, MathematicalDigits = 0x1D7CE, AfterMathematical = 0x1D800;

    // One string for each plain letter: the accented forms that customers type for it.
    private static readonly Dictionary<int, string> Plain = Accents(
        "a:àáâãäåāăąǎạảấầẩẫậắằẳẵặ", "ae:æ", "c:çćĉċč", "d:ďđð", "e:èéêëēĕėęěẹẻẽếềểễệ", "g:ĝğġģ", "h:ĥħ", "i:ìíîïĩīĭįıỉị",
        "j:ĵ", "k:ķ", "l:ĺļľŀł", "n:ñńņňŉ", "o:òóôõöøōŏőơọỏốồổỗộớờởỡợ", "oe:œ", "r:ŕŗř", "s:śŝşšș", "ss:ß", "t:ţťŧț",
        "u:ùúûüũūŭůűųưụủứừửữự", "w:ŵ", "y:ýÿŷỳỵỷỹ", "z:źżž", "fi:ﬁ", "fl:ﬂ", "ff:ﬀ", "th:þ", "':’‘ʼ`´");

    /// <summary>The text in lower case with every letter in its plain form. Bounded by three times the length of <paramref name="text"/>.</summary>
    public static string Fold(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(folded, rune);
        }

        return folded.ToString();
    }

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (c > '\x7e' || char.IsAsciiLetterUpper(c))
            {
                return false;
            }
        }

        return true;
    }

    private static void Append(StringBuilder folded, Rune rune)
    {
        var value = Rune.ToLowerInvariant(new Rune(Unstyled(rune.Value))).Value;
        if (value < 0x80)
        {
            folded.Append((char)value);
        }
        else if (Plain.TryGetValue(value, out var plain))
        {
            folded.Append(plain);
        }
        else if (!IsInvisible(value))
        {
            folded.Append(new Rune(value).ToString());
        }
    }

    /// <summary>The plain code point behind a full-width, enclosed or mathematical letter or digit; others as they are.</summary>
    private static int Unstyled(int value) => value switch
    {
        >= 0xFF01 and <= 0xFF5E => value - 0xFF01 + '!',
        >= 0x2460 and <= 0x2468 => value - 0x2460 + '1',
        >= 0x24B6 and <= 0x24CF => value - 0x24B6 + 'a',
        >= 0x24D0 and <= 0x24E9 => value - 0x24D0 + 'a',
        >= 0x1F130 and <= 0x1F149 => value - 0x1F130 + 'a',
        >= 0x1F150 and <= 0x1F169 => value - 0x1F150 + 'a',
        >= 0x1F170 and <= 0x1F189 => value - 0x1F170 + 'a',
        >= MathematicalLetters and < MathematicalGreek => 'a' + ((value - MathematicalLetters) % 26),
        >= MathematicalDigits and < AfterMathematical => '0' + ((value - MathematicalDigits) % 10),
        0x3000 or 0xA0 or 0x202F or (>= 0x2000 and <= 0x200A) => ' ',
        _ => value,
    };

    /// <summary>Joiners, direction marks, variation selectors, soft hyphens and combining accents carry no letter of their own.</summary>
    private static bool IsInvisible(int value) =>
        value is 0xAD or 0xFEFF or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x2064)
            or (>= 0xFE00 and <= 0xFE0F) or (>= 0x300 and <= 0x36F);

    private static Dictionary<int, string> Accents(params string[] lines)
    {
        var plain = new Dictionary<int, string>();
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            foreach (var rune in line[(colon + 1)..].EnumerateRunes())
            {
                plain[rune.Value] = line[..colon];
            }
        }

        return plain;
    }
}
