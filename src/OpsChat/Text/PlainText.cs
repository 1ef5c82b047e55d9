using System.Buffers;
using System.Globalization;
using System.Text;

namespace OpsChat.Text;

/// <summary>
/// Undoes the ways in which the same words are written differently: case, accents, full-width and styled letters, look-alikes
/// of other alphabets, invisible characters, Thai vowels typed in two strokes, traditional Chinese. The tables are our own because
/// <see cref="string.Normalize()"/> does nothing when globalization is invariant.
/// </summary>
public static class PlainText
{
    /// <summary>The text in its plainest form: lower case, unaccented Latin letters, ASCII digits. At most three times as long as the
    /// input.</summary>
    public static string Fold(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Append(plain, rune);
        return plain.ToString();
    }

    /// <summary>
    /// The text in one notation with its case, accents and scripts kept, for comparing what is said word by word: full-width forms and the digits
    /// of every script (Thai, Arabic, mathematical, circled) become ASCII; zero-width and control characters, with which a claim could be hidden,
    /// disappear; typographic quotes, dashes and spaces become plain ones.
    /// </summary>
    public static string Normalise(string text)
    {
        if (text.All(c => c is (>= ' ' and <= '~') or '\n'))
            return text;
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            AppendNormalised(plain, rune);
        return plain.ToString();
    }

    /// <summary>
    /// <see cref="NormaliseLower"/>, and letters of other alphabets and styles that look like Latin ones are those: the Cyrillic М of "RМ".
    /// Accents stay, since đ and d, năm and nam are not the same.
    /// </summary>
    public static string Undisguise(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsAscii && StyledAscii(rune.Value) is { } ascii)
                plain.Append(char.ToLowerInvariant(ascii));
            else if (IsOfAnotherAlphabet(rune) && LookAlikes.TryGetValue((char)Rune.ToLowerInvariant(rune).Value, out var letter))
                plain.Append(letter);
            else if (rune.IsAscii || !IsInvisible(rune.Value))
                AppendNormalised(plain, Rune.ToLowerInvariant(rune));
        }
        return plain.ToString();
    }

    /// <summary>Neither Latin with or without accents, nor a sign.</summary>
    private static bool IsOfAnotherAlphabet(Rune rune) =>
        rune.IsBmp && rune.Value is >= 0x0250 and not (>= 0x1E00 and <= 0x1EFF) && Rune.IsLetter(rune);

    /// <summary><see cref="Normalise"/> in lower case.</summary>
    public static string NormaliseLower(string text) => Normalise(text).ToLowerInvariant();

    private static void AppendNormalised(StringBuilder plain, Rune rune)
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
        ('\'', "’‘ʼ`´ʹ′"), ('"', "“”„«»「」『』"), ('-', "‐‑‒–—―−﹣"), (',', "、،"), ('!', "¡"), ('?', "¿؟"), ('*', "•·●∗"));

    /// <summary>Traditional characters of the lexicons' words, each followed by the simplified one.</summary>
    private const string Simplified =
        "錢钱 貨货 單单 換换 帳账 賬账 費费 還还 賠赔 償偿 優优 補补 買买 價价 訂订 轉转 發发 額额 給给 們们 會会 為为 爲为 這这 個个 經经 "
        + "請请 訴诉 騙骗 師师 員员 體体 爛烂 氣气 趕赶 殺杀 開开 髮发 話话 說说 壞坏 錯错 東东 產产 餘余 匯汇 減减 該该 來来 過过 沒没 嗎吗 "
        + "麼么 麽么 時时 間间 後后 對对 號号 碼码 實实 運运 郵邮 規规 條条 處处 點点 權权 護护 當当 聽听 領领 導导 試试 讓让 幫帮 關关 閉闭 "
        + "購购 類类 樣样 兌兑 現现 須须 續续 務务 憤愤 傷伤 記记 報报 聞闻 熱热 無无 應应 將将 禮礼 貼贴 內内 認认 設设 議议 誤误 燈灯 電电 樂乐 訊讯 動动 約约 "
        + "鬧闹 鐘钟 幾几 積积 雙双 證证 據据 損损 戶户 聯联 賣卖 貴贵 預预 銀银 爭争 ";

    private static Dictionary<char, char> Table(params (char Plain, string Written)[] rows)
    {
        var table = Simplified.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(pair => pair[0], pair => pair[1]);
        foreach (var (plain, written) in rows)
            foreach (var c in written)
                table[c] = plain;
        return table;
    }

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
