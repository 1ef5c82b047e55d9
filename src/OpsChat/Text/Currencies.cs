using System.Collections.Frozen;

namespace OpsChat.Text;

/// <summary>The currencies that a shop or its customers name, by ISO 4217 code, sign and word. Signs and words are lower case and written as
/// <see cref="PlainText.Normalise"/> leaves them.</summary>
public static class Currencies
{
    // An underscore stands for a space within a word. What several currencies share stands in each of their rows.
    private static readonly (string Code, string Marks)[] s_rows =
    [
        ("MYR", "rm myr ringgit 令吉 马币 馬幣 ริงกิต"),
        ("SGD", "sgd s$ sg$"),
        ("IDR", "idr rp rp. rupiah"),
        ("THB", "thb ฿ baht บาท 泰铢"),
        ("VND", "vnd vnđ ₫ đ đồng dong"),
        ("PHP", "php ₱ peso pesos piso"),
        ("USD", "usd us$ u.s.$ 美元 美金"),
        ("EUR", "eur € euro euros 欧元"),
        ("GBP", "gbp £ pound pounds quid 英镑"),
        ("AUD", "aud a$ au$"),
        ("CAD", "cad c$ ca$"),
        ("NZD", "nzd nz$"),
        ("HKD", "hkd hk$ 港币 港幣"),
        ("TWD", "twd ntd nt$ 新台币 新臺幣"),
        ("BND", "bnd b$"),
        ("CNY", "cny rmb yuan 人民币 人民幣"),
        ("JPY", "jpy yen 日元"),
        ("KRW", "krw ₩ won"),
        ("INR", "inr ₹"),
        ("CHF", "chf"),
        ("AED", "aed"),
        ("SAR", "sar"),
        ("BRL", "brl r$ reais real"),
        ("MXN", "mxn mx$"),
        ("SEK", "sek"),
        ("NOK", "nok"),
        ("DKK", "dkk"),
        ("PLN", "pln zł"),
        ("TRY", "₺"),
        ("RUB", "rub ₽"),
        ("BDT", "bdt ৳ taka"),
        ("PKR", "pkr"),
        ("LKR", "lkr"),
        ("KHR", "khr ៛"),
        ("MMK", "mmk"),
        ("LAK", "lak ₭"),
        ("ZAR", "zar"),
        ("NGN", "ngn ₦"),
        ("KES", "kes"),
        ("ILS", "ils ₪"),
        ("UAH", "uah ₴"),
        ("KWD", "kwd"),
        ("BHD", "bhd"),
        ("OMR", "omr"),
        ("JOD", "jod"),
        ("TND", "tnd"),
        ("CLP", "clp"),
        ("ISK", "isk"),
    ];

    private static readonly string[] s_dollars = ["USD", "SGD", "AUD", "CAD", "NZD", "HKD", "TWD", "BND", "MXN", "CLP"];

    private static readonly (string[] Codes, string Marks)[] s_shared =
    [
        (s_dollars, "$ dollar dollars buck bucks ดอลลาร์"), (["CNY", "JPY", "TWD", "HKD", "MYR", "SGD"], "元 块 塊 块钱 塊錢"), (["CNY", "JPY"], "¥"),
        (["INR", "PKR", "LKR"], "rs rs. rupee rupees rupaye rupay rupiya"), (["SEK", "NOK", "DKK"], "kr kr."),
    ];

    /// <summary>Parts of an amount, a hundredth of it.</summary>
    private static readonly FrozenSet<string> s_hundredths = FrozenSet.Create(
        "sen",
        "cent",
        "cents",
        "centavo",
        "centavos",
        "sentimo",
        "paise",
        "satang",
        "สตางค์"
    );

    private static readonly FrozenDictionary<string, string[]> s_byMark = s_rows
        .SelectMany(row => Words(row.Marks).Select(mark => (mark, Codes: new[] { row.Code })))
        .Concat(s_shared.SelectMany(row => Words(row.Marks).Select(mark => (mark, row.Codes))))
        .Concat(s_hundredths.Select(mark => (mark, Codes: Array.Empty<string>())))
        .ToFrozenDictionary(pair => pair.mark, pair => pair.Codes, StringComparer.Ordinal);

    /// <summary>Every sign, code and word, hundredths among them.</summary>
    public static IEnumerable<string> Marks => s_byMark.Keys;

    /// <summary>The codes that a mark may stand for: one for <c>rm</c>, many for <c>$</c>, none for an unknown mark or a hundredth.</summary>
    public static IReadOnlyList<string> CodesOf(string mark) => s_byMark.GetValueOrDefault(mark, []);

    /// <summary>Whether the word names hundredths: sen, cents.</summary>
    public static bool IsHundredth(string mark) => s_hundredths.Contains(mark);

    /// <summary>The currency that a mark means in a shop of the currency <paramref name="own"/>: a shared sign is the shop's when it can be; null
    /// when it is not certain.</summary>
    public static string? Meant(string mark, string own) => CodesOf(mark) switch
    {
        [var only] => only,
        var several => several.Contains(own) ? own : null,
    };

    /// <summary>The currency of a mark, or for a shared one the mark's first word: <c>$</c> for all dollars. What two amounts are compared
    /// by.</summary>
    public static string Family(string mark) =>
        CodesOf(mark) is [var only] ? only
        : s_hundredths.Contains(mark) ? "sen"
        : s_shared.FirstOrDefault(row => Words(row.Marks).Contains(mark)).Marks?.Split(' ')[0] ?? mark;

    private static IEnumerable<string> Words(string marks) => marks.Split(' ').Select(mark => mark.Replace('_', ' '));
}
