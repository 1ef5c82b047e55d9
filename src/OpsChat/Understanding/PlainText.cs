using System.Buffers;
using System.Globalization;
using System.Text;

namespace OpsChat.Understanding;

/// <summary>
/// Undoes the ways in which the same words are written differently: case, accents, full-width and styled letters, look-alikes
/// of other alphabets, invisible characters, Thai vowels typed in two strokes, traditional Chinese. The tables are our own because
/// <see cref="string.Normalize()"/> does nothing when globalization is invariant.
/// </summary>
public static class PlainText
{
    /// <summary>The text in its plainest form: lower case, unaccented Latin letters, ASCII digits. Never longer than twice the input.</summary>
    public static string Fold(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Append(plain, rune);
        return plain.ToString();
    }

    private static void Append(StringBuilder plain, Rune rune)
    {
        if (rune.IsAscii)
            plain.Append(char.ToLowerInvariant((char)rune.Value));
        else if (IsInvisible(rune.Value))
            return;
        else if (StyledAscii(rune.Value) is { } ascii)
            plain.Append(char.ToLowerInvariant(ascii));
        else if (rune.IsBmp && Ligatures.TryGetValue((char)rune.Value, out var letters))
            plain.Append(letters);
        else
            AppendLetter(plain, Rune.ToLowerInvariant(rune));
    }

    private static void AppendLetter(StringBuilder plain, Rune rune)
    {
        if (rune.IsBmp && LookAlikes.TryGetValue((char)rune.Value, out var letter))
            plain.Append(letter);
        else if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
            plain.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
        else if (rune.Value == ThaiSaraAa && plain.Length > 0 && plain[^1] == ThaiNikhahit)
            plain[^1] = ThaiSaraAm;
        else if (rune.Value == ThaiSaraE && plain.Length > 0 && plain[^1] == ThaiSaraE)
            plain[^1] = ThaiSaraAe;
        else
            plain.Append(rune.ToString());
    }

    /// <summary>Zero-width and direction characters, and combining accents.</summary>
    private static bool IsInvisible(int code) => code is
        0x00AD or 0x034F or 0x061C or 0x180E or 0xFEFF
        or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F)
        or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF)
        or (>= 0x0300 and <= 0x036F) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF);

    /// <summary>The ASCII character that a full-width, mathematical, circled, squared, flag or tag character stands for.</summary>
    private static char? StyledAscii(int code) => code switch
    {
        0x3000 or (>= 0x2000 and <= 0x200A) or 0x00A0 or 0x202F or 0x205F => ' ',
        >= 0xFF01 and <= 0xFF5E => (char)(code - 0xFF01 + '!'),
        >= 0xE0020 and <= 0xE007E => (char)(code - 0xE0000),
        >= 0x1D400 and <= 0x1D6A3 => Letter((code - 0x1D400) % 52),
        >= 0x1D7CE and <= 0x1D7FF => (char)('0' + (code - 0x1D7CE) % 10),
        >= 0x24B6 and <= 0x24E9 => Letter(code - 0x24B6),
        >= 0x249C and <= 0x24B5 => Letter(code - 0x249C),
        >= 0x2460 and <= 0x2468 => (char)('1' + code - 0x2460),
        >= 0x1F110 and <= 0x1F129 => Letter(code - 0x1F110),
        >= 0x1F130 and <= 0x1F149 => Letter(code - 0x1F130),
        >= 0x1F150 and <= 0x1F169 => Letter(code - 0x1F150),
        >= 0x1F170 and <= 0x1F189 => Letter(code - 0x1F170),
        >= 0x1F1E6 and <= 0x1F1FF => Letter(code - 0x1F1E6),
        _ => null,
    };

    private static char Letter(int place) => (char)(place < 26 ? 'A' + place : 'a' + place - 26);

    private const char ThaiNikhahit = '\u0E4D', ThaiSaraAa = '\u0E32', ThaiSaraAm = '\u0E33', ThaiSaraE = '\u0E40', ThaiSaraAe = '\u0E41';

    private static readonly Dictionary<char, string> Ligatures = new()
    {
        ['ﬀ'] = "ff", ['ﬁ'] = "fi", ['ﬂ'] = "fl", ['ﬃ'] = "ffi", ['ﬄ'] = "ffl", ['ﬅ'] = "st", ['ﬆ'] = "st",
        ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['№'] = "no", ['™'] = "tm", ['…'] = "...", ['。'] = ". ", ['．'] = ".",
    };

    /// <summary>What each plain character replaces: accented letters, then small capitals, then Greek, Cyrillic and letter-like shapes.</summary>
    private static readonly Dictionary<char, char> LookAlikes = Table(
        ('a', "àáâãäåāăąǎạảấầẩẫậắằẳẵặªᴀɑαаӓ"), ('b', "ʙƀβвьᵇ"), ('c', "çćĉċčᴄсϲℂⅽ"), ('d', "ďđðᴅɗԁⅾ"),
        ('e', "èéêëēĕėęěẹẻẽếềểễệᴇεеёєℯ"), ('f', "ꜰƒℱ"), ('g', "ĝğġģɢǵℊ"), ('h', "ĥħʜнһℋℍℎ"),
        ('i', "ìíîïĩīĭįıǐịỉɪιіїⅰℐℑ"), ('j', "ĵᴊјϳ"), ('k', "ķᴋκкǩℵ"), ('l', "ĺļľŀłʟℒℓⅼ"), ('m', "ᴍмℳⅿ"),
        ('n', "ñńņňŉŋɴηпℕ"), ('o', "òóôõöøōŏőơǒọỏốồổỗộớờởỡợºᴏοоөσℴ"), ('p', "ᴘρрℙ"), ('q', "ǫԛℚ"),
        ('r', "ŕŗřʀгℛℜℝ"), ('s', "śŝşšșꜱѕ"), ('t', "ţťŧțᴛτт"), ('u', "ùúûüũūŭůűųưǔụủứừửữựᴜυцџ"), ('v', "ᴠνѵⅴ"),
        ('w', "ŵᴡωшԝ"), ('x', "χхⅹ"), ('y', "ýÿŷỳỵỷỹʏγуү"), ('z', "źżžᴢζℤ"),
        ('0', "⁰₀"), ('1', "¹₁"), ('2', "²₂"), ('3', "³₃"), ('4', "⁴₄"), ('5', "⁵₅"), ('6', "⁶₆"), ('7', "⁷₇"), ('8', "⁸₈"), ('9', "⁹₉"),
        ('\'', "’‘ʼ`´ʹ′"), ('"', "“”„«»「」『』"), ('-', "‐‑‒–—―−﹣"), (',', "、،"), ('!', "¡"), ('?', "¿؟"), ('*', "•·●∗"),
        ('钱', "錢"), ('货', "貨"), ('单', "單"), ('换', "換"), ('账', "帳賬"), ('费', "費"), ('还', "還"), ('赔', "賠"), ('偿', "償"),
        ('优', "優"), ('补', "補"), ('买', "買"), ('价', "價"), ('订', "訂"), ('转', "轉"), ('发', "發"), ('额', "額"), ('给', "給"),
        ('们', "們"), ('会', "會"), ('为', "為爲"), ('这', "這"), ('个', "個"), ('经', "經"), ('请', "請"), ('诉', "訴"),
        ('骗', "騙"), ('师', "師"), ('员', "員"), ('经', "經"), ('体', "體"), ('烂', "爛"), ('气', "氣"), ('赶', "趕"),
        ('杀', "殺"), ('开', "開"), ('发', "髮"), ('话', "話"), ('说', "說"), ('坏', "壞"), ('错', "錯"), ('东', "東"), ('产', "產"),
        ('余', "餘"), ('汇', "匯"), ('减', "減"), ('该', "該"),
        ('来', "來"), ('过', "過"), ('没', "沒"), ('吗', "嗎"), ('么', "麼"), ('么', "麽"), ('时', "時"), ('间', "間"), ('后', "後"),
        ('对', "對"), ('号', "號"), ('码', "碼"), ('实', "實"), ('运', "運"), ('邮', "郵"), ('规', "規"), ('条', "條"),
        ('处', "處"), ('点', "點"), ('权', "權"), ('护', "護"), ('当', "當"), ('听', "聽"), ('领', "領"), ('导', "導"), ('试', "試"),
        ('让', "讓"), ('帮', "幫"), ('关', "關"), ('闭', "閉"), ('购', "購"), ('类', "類"), ('样', "樣"), ('兑', "兌"), ('现', "現"),
        ('须', "須"), ('续', "續"), ('务', "務"), ('愤', "憤"), ('伤', "傷"), ('记', "記"), ('报', "報"), ('闻', "聞"), ('热', "熱"),
        ('无', "無"), ('应', "應"), ('将', "將"), ('礼', "禮"), ('贴', "貼"), ('内', "內"), ('认', "認"), ('设', "設"));

    private static Dictionary<char, char> Table(params (char Plain, string Written)[] rows)
    {
        var table = new Dictionary<char, char>();
        foreach (var (plain, written) in rows)
            foreach (var c in written)
                if (c != plain)
                    table[c] = plain;
        return table;
    }

    /// <summary>Scripts that put no spaces between words: Thai, Lao, Khmer, Burmese, Chinese, Japanese.</summary>
    public static bool IsUnspaced(char c) => c is
        (>= '\u0E00' and <= '\u0EFF') or (>= '\u1780' and <= '\u17FF') or (>= '\u1000' and <= '\u109F')
        or (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');

    /// <summary>The letters that digits and signs are written for: <c>r3fund</c>, <c>c@ncel</c>.</summary>
    public static string UndoLeet(string word) => word.AsSpan().ContainsAny(LeetSigns)
        ? string.Create(word.Length, word, (span, from) =>
        {
            for (var i = 0; i < from.Length; i++)
                span[i] = from[i] switch
                {
                    '0' => 'o', '1' or '!' or '|' => 'i', '3' or '€' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' or '+' => 't',
                    '8' => 'b', '9' => 'g', var c => c,
                };
        })
        : word;

    private static readonly SearchValues<char> LeetSigns = SearchValues.Create("0134578939@$!|+€");
}
