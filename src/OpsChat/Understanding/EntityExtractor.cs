using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Understanding;

/// <summary>
/// Finds what identifies an order, a customer or a product. Each kind claims its part of the text before the next one looks, from
/// the surest to the least sure: e-mail addresses, phone endings offered as such, order numbers with a word or a <c>#</c> before them,
/// phone numbers, and last a message that is nothing but a number. Pure, thread-safe, linear in the text.
/// </summary>
public static partial class EntityExtractor
{
    /// <summary>A customer names a handful of these; a longer list is a paste or an attack.</summary>
    private const int MostOfAKind = 10;

    /// <summary>Shorter numbers are counts, sizes and "your #1 fan".</summary>
    private const int FewestDigits = 3;

    /// <summary>Stands where a claimed part was: no kind matches it.</summary>
    private const char Claimed = '\u0001';

    /// <summary>Reads the details in a customer's message.</summary>
    public static EntityReading Read(string text)
    {
        var rest = PlainText.Fold(text).ToCharArray();
        var emails = EmailsIn(text);
        Claim(rest, Email(), m => [m.Value]);
        var skus = Sku().Matches(text).Select(m => m.Value.ToUpperInvariant()).Where(IsSku).Distinct().Take(MostOfAKind).ToList();
        var endings = Claim(rest, OfferedEnding(), m => [m.Groups["ending"].Value]);
        var orders = Claim(rest, OrderNumber(), OrdersOf);
        endings = [.. endings.Concat(Claim(rest, Phone(), EndingOf)).Distinct()];
        ReadBareNumbers(rest, orders, endings);
        if (emails.Count > 0)
            ReadDetailsInARow(rest, orders, endings);
        if (orders.Count == 0 && emails.Count + endings.Count > 0)
            ReadNumberBesideDetail(rest, orders);
        if (orders.Count == 1 && endings.Count + emails.Count == 0)
            ReadEndingByItself(rest, orders, endings);
        return new(orders, emails, endings, skus);
    }

    /// <summary>
    /// Addresses with their accents and apostrophes (<c>jörg@</c>, <c>o'brien@</c>): a second detail is compared letter by letter. Typographic
    /// apostrophes are plain ones, and invisible characters are none.
    /// </summary>
    private static List<string> EmailsIn(string text) => [.. AllEmailsIn(text).Take(MostOfAKind)];

    /// <summary>Whether this address stands among the words, however many others do; the same letters however they are written.</summary>
    internal static bool NamesEmail(string text, string email) =>
        AllEmailsIn(email).Take(1).ToList() is [var wanted] && AllEmailsIn(text).Contains(wanted, StringComparer.Ordinal);

    private static IEnumerable<string> AllEmailsIn(string text)
    {
        var plain = PlainText.NormaliseLower(text);
        return WrittenEmail().Matches(plain).Select(m => m.Value.TrimStart('\'', '.')).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The values of all matches, whose characters are then blanked so that no other kind reads them again.</summary>
    private static List<string> Claim(char[] rest, Regex kind, Func<Match, IEnumerable<string>> valuesOf)
    {
        var values = new List<string>();
        foreach (Match match in kind.Matches(new string(rest)))
        {
            var found = valuesOf(match).Except(values).ToList();
            values.AddRange(found.Take(MostOfAKind - values.Count));
            if (found.Count > 0)
                rest.AsSpan(match.Index, match.Length).Fill(Claimed);
        }
        return values;
    }

    private static IEnumerable<string> OrdersOf(Match match) =>
        match.Groups["number"].Captures.Select(c => c.Value)
            .Where(number => number.Count(char.IsAsciiDigit) >= FewestDigits).Select(number => "#" + number.ToUpperInvariant()).Distinct();

    /// <summary>The last four digits when the digits can be a phone number: 9 to 15 of them (ITU-T E.164).</summary>
    private static IEnumerable<string> EndingOf(Match match)
    {
        var digits = string.Concat(match.Value.Where(char.IsAsciiDigit));
        return digits.Length is >= 9 and <= 15 ? [digits[^4..]] : [];
    }

    /// <summary>
    /// A message of nothing but a number answers our question for the order number; four more digits beside an order number
    /// answer the question for the phone's ending, which is asked together with it.
    /// </summary>
    private static void ReadBareNumbers(char[] rest, List<string> orders, List<string> endings)
    {
        var left = string.Concat(rest.Where(c => c != Claimed));
        if (left.Length > 80 || OnlyNumbers().Match(left) is not { Success: true } match)
            return;
        foreach (var number in match.Groups["number"].Captures.Select(c => c.Value))
        {
            if (orders.Count == 0)
                orders.Add("#" + number.ToUpperInvariant());
            else if (endings.Count == 0 && number.Length == 4)
                endings.Add(number);
        }
    }

    /// <summary>Whoever writes an address or a phone's ending and one number that is no amount, count or date tells which order it is: "charged twice
    /// for 1286". Of several numbers nobody knows which.</summary>
    private static void ReadNumberBesideDetail(char[] rest, List<string> orders)
    {
        if (LoneNumber().Matches(new string(rest)) is [{ Value: var number }])
            orders.Add("#" + number);
    }

    /// <summary>"1293 me@example.com 6451": an order's number, an address and four digits with nothing between them are the details that are
    /// asked for
    /// together.</summary>
    private static void ReadDetailsInARow(char[] rest, List<string> orders, List<string> endings)
    {
        if (orders.Count == 0 && InARow().Matches(new string(rest)) is [{ } match])
        {
            orders.Add("#" + match.Groups["number"].Value);
            endings.Add(match.Groups["ending"].Value);
            rest.AsSpan(match.Index, match.Length).Fill(Claimed);
        }
        else if (orders.Count == 1 && endings.Count == 0 && EndingAfterDetails().Matches(new string(rest)) is [{ } ending])
        {
            endings.Add(ending.Groups["ending"].Value);
        }
    }

    [GeneratedRegex(
        @"(?<![\p{L}0-9#$€£¥฿₫₱₹.,/:@+-])(?:(?<number>[0-9]{4,8})(?:[\s,;/|&]|and|dan){1,3}(?:\u0001+(?:[\s,;/|&]|and|dan){1,3}"
            + @"(?<ending>[0-9]{4})|(?<ending>[0-9]{4})(?:[\s,;/|&]|and|dan){1,3}\u0001+)|\u0001+(?:[\s,;/|&]|and|dan){1,3}"
            + @"(?<number>[0-9]{4,8})(?:[\s,;/|&]|and|dan){1,3}(?<ending>[0-9]{4}))(?![\p{L}0-9/@:-]|[.,][0-9])",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex InARow();

    [GeneratedRegex(
        @"\u0001(?:[\s,;/|&]|and|dan){1,3}(?<ending>[0-9]{4})(?![\p{L}0-9/@:-]|[.,][0-9]|\s?(?:rm|pcs?|units?|days?|hari)\b)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex EndingAfterDetails();

    /// <summary>"I haven't got order #71023. 6483": four digits that are a clause of their own beside an order's number.</summary>
    private static void ReadEndingByItself(char[] rest, List<string> orders, List<string> endings)
    {
        if (EndingByItself().Matches(new string(rest)) is [{ } match] && match.Groups["ending"].Value is var ending && orders[0] != "#" + ending)
            endings.Add(ending);
    }

    [GeneratedRegex(
        @"(?:\u0001\s{0,2}[/,;|&+-]\s{0,2}(?<ending>[0-9]{4})(?![0-9]|[.,/-][0-9])|(?:^|[.,;:!?/\n(\u0001]\s{0,3}|\s[-–|]\s)"
            + @"(?<ending>[0-9]{4})(?=\s*(?:[.,;)\n\u0001]\s|[.,;)]?\s*$|[-–/|])))",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex EndingByItself();

    /// <summary>Letters and digits in parts, not a date, an order number or an ordinary hyphenated word.</summary>
    private static bool IsSku(string value) =>
        value.Any(char.IsAsciiLetter) && !value.StartsWith("ORD", StringComparison.Ordinal) && value.Split('-') is var parts
        && (parts.Length > 2 || value.Any(char.IsAsciiDigit));

    [GeneratedRegex("""
        (?<![a-z0-9._%+'’‘-])
        [a-z0-9._%+'’‘-]{1,64} @ (?:[a-z0-9-]{1,63}\.){1,5} [a-z]{2,24}
        (?![a-z0-9])
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Email();

    /// <summary>In lower case, with the letters of Latin alphabets; other scripts are written up to an address without a space.</summary>
    [GeneratedRegex("""
        (?<![a-z0-9ß-ɏ._%+'-])
        [a-z0-9ß-ɏ._%+'-]{1,64} @ (?:[a-z0-9ß-ɏ-]{1,63}\.){1,5} [a-z]{2,24}
        (?![a-z0-9ß-ɏ])
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex WrittenEmail();

    /// <summary>Upper case in at least two parts, or lower case with a size or number at the end.</summary>
    [GeneratedRegex("""
        (?<![A-Za-z0-9-])
        (?: [A-Z]{2,8}[0-9]{0,6} (?:-[A-Z0-9]{1,8}){1,4}
          | [a-z]{2,5} (?:-[a-z0-9]{1,5}){1,3} -(?:xs|s|m|l|xl|xxl|[0-9]{1,4}) )
        (?![A-Za-z0-9-])
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Sku();

    /// <summary>"last 4 digits 4321", "ends with 4321", "phone 4321"; the 4 of "4 digits" is not the ending, "pending 1298" and "my last order 1298"
    /// offer none.</summary>
    [GeneratedRegex("""
        (?<! (?:card|kad|kartu|บัตร|tarjeta)[^0-9\n]{0,12} )
        (?: (?: \b(?:last|final|huling|hujung|ujung|terakhir|belakang|akhir(?:an)?|end(?:s|ing)?|duoi|cuoi|termina)\b
              | ลงท้าย | ท้าย | 尾号 | 后四位 | 末四位 | 尾数 )
            (?:[^0-9\n]{0,30}?\b4(?!\d))?
          | \b(?:(?:tele|hand|smart)?phone|telefon|telepon|hp|ph|mobile|tel|fon|sdt)(?:\b|(?=[0-9])|(?:no|ku|nya)\b)
          | เบอร์ | 电话 | 手机 )
        (?! [^0-9\n\u0001]{0,30} (?:order|pesanan|tempahan|pedido|purchase|คำสั่งซื้อ|ออเดอร์|订单|单号) )
        [^0-9\n\u0001]{0,30}?
        (?<![0-9\#]) (?<ending>[0-9]{4}) (?![0-9]|[.,/-][0-9])
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex OfferedEnding();

    /// <summary>
    /// A number after # or after a word for order (in Chinese also before it: 1290的订单), with words like "no." between, and after "orders" more of
    /// them, or after what asks for news of it ("any update on 4071?"); not an amount, a count or a date.
    /// </summary>
    [GeneratedRegex(
        """
            (?: \# \s? (?<number>[a-z]{0,4}-?[0-9]{3,15}(?:-[0-9]{1,4})?)
              | \borders [\s:\#]{1,3} (?<number>[0-9]{3,15}) (?: (?:,\s?|\s?&\s?|\s(?:and|dan|n)\s){1,2} \#? (?<number>[0-9]{3,15}) ){1,9}
              | (?: \b(?:orders?|ordr|oder|ord|ordernya|purchase|pesanan(?:nya)?|orderannya|tempahan|pedido|encomenda|don(?:\shang)?|booking)
                  | คำสั่งซื้อ|ออเดอร์|订单|单号)
                (?: [\s:.\#(-]{0,3}
                    (?:number|num|no|nr|nombor|nomor|numero|id|ref|code|kode|kod|saya|sy|aku|is|ialah|adalah|la|ko|my|ma|so|de
                    |เลขที่|หมายเลข|เลข|号|号码|是)\b?
                ){0,4}
                [\s:.\#(-]{0,4} (?<number>[a-z]{0,4}-?[0-9]{3,15})
              | \b(?:order|parcel|package|pesanan|bungkusan)\s?\?\s{0,2} (?<number>[0-9]{4,8}) (?=\s{0,3}(?:$|[,.;!?]|[^\s@]{1,64}@))
              | \b(?:updates?|news|status|check|cek|semak|track|where(?:\sis|'?s)) \s (?:(?:on|for|of|about|my|no)\s)? (?<number>[0-9]{4,8})
                (?=\s{0,2}(?:$|[?!.,;]|\b(?:for\sme|pls|plz|please|can|boleh|ya|la|lah|dah|now|already)\b))
              | (?<![a-z0-9\#$€£.,/-]|满|滿|超过|超過|大于|大於|高于|高於|低于|低於|少于|少於|达到|達到|不到) (?<number>[0-9]{4,8}) \s? (?:号|號|这个|這個)? 的? \s? (?:订单|訂單|单子|單子) )
            (?! [a-z0-9] | [/.,-][0-9]
              | \s?(?:rm|ringgit|myr|usd|rp|rupiah|baht|php|pesos?|dollars?|pcs?|pieces?|units?|kg|gram|g|ml|cm|%) )
            """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex OrderNumber();

    [GeneratedRegex("""
        (?<! [\p{L}0-9\#$€£¥฿₫₱₹.,/:@+-] | (?:rm|rp|myr|sgd|usd|php|thb|idr|us)\s
          | \b(?:post\s?code|postal(?:\scode)?|poskod|kode?\s?pos|zip(?:\scode)?|plz|in|since|year|tahun|jalan|jln|lorong|to|ke)\s )
        (?! 20[1-3][0-9] (?![0-9]) )
        [0-9]{4,8}
        (?! [\p{L}0-9/@:-] | [.,][0-9]
          | \s?(?:rm|ringgit|myr|usd|rp|rupiah|baht|php|pesos?|dollars?|pcs?|pieces?|units?|kg|gram|g|ml|cm|%|days?|hari) )
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex LoneNumber();

    [GeneratedRegex("""
        (?<![a-z0-9\#$€£¥฿₫₱₹.,-])
        \+?[0-9(] (?:[\s().-]{0,2}[0-9]){8,14}
        (?![0-9a-z])
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Phone();

    /// <summary>"1001", "it's 1001", "1001 phone 4321": numbers with nothing but fillers around them.</summary>
    [GeneratedRegex("""
        ^ [^\p{L}0-9]*
        (?: (?:its|it's|is|no|number|nombor|nomor|order|pesanan|and|dan|phone|hp|tel|hi|ok|yes|ya|this|ini|here|เลข|ครับ|ค่ะ|la) [^\p{L}0-9]+ )*
        (?<number>[a-z]{0,2}[0-9]{4,8})
        (?: [^\p{L}0-9]+ (?:(?:and|dan|n|phone|hp|tel)[^\p{L}0-9]+)? (?<number>[0-9]{4}) )?
        [^\p{L}0-9]* (?:ครับ|ค่ะ|ya|please|tq|thanks|thank\ you)? [^\p{L}0-9]* $
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex OnlyNumbers();
}
