using System.Text.RegularExpressions;

namespace OpsChat.Operations.Questions;

/// <summary>
/// Everyday Malay of a shop's owner in the words of the English grammar. Word by word: the grammar looks for words and days, not for sentences.
/// A question without a word that is Malay alone stays as it is, so that English and the shop's names are left alone.
/// </summary>
internal static partial class MalayQuestion
{
    /// <summary>Longer ones first where one holds another.</summary>
    private static readonly (string Malay, string English)[] s_words =
    [
        ("paling laris", "best seller"), ("terlaris", "best seller"), ("tak laku", "not sell"), ("tidak laku", "not sell"),
        ("paling banyak", "most"), ("hampir habis", "running out"), ("akan habis", "running out"), ("kehabisan", "out of stock"),
        ("habis", "runs out"), ("bayaran balik", "refund"), ("bayar balik", "refund"), ("dalam perjalanan", "on the way"),
        ("belum dihantar", "not shipped"), ("belum hantar", "not shipped"), ("belum dibayar", "not paid"), ("belum bayar", "not paid"),
        ("perlu dibeli", "should we order"), ("perlu beli", "should we order"), ("perlu saya beli", "should we order"),
        ("perlu kami beli", "should we order"), ("perlu ditempah", "should we order"), ("nilai stok", "stock value"),
        ("stok berlebihan", "too much stock"), ("terlalu banyak", "too much"), ("hari ini", "today"), ("semalam", "yesterday"),
        ("kelmarin", "yesterday"), ("minggu ini", "this week"), ("minggu lepas", "last week"), ("minggu lalu", "last week"),
        ("minggu depan", "next week"), ("bulan ini", "this month"), ("bulan lepas", "last month"), ("bulan lalu", "last month"),
        ("tahun ini", "this year"), ("tahun lepas", "last year"), ("januari", "January"), ("februari", "February"), ("mac", "March"),
        ("mei", "May"), ("julai", "July"), ("ogos", "August"), ("oktober", "October"), ("disember", "December"), ("sejak", "since"),
        ("sebab", "reason"), ("kenapa", "why"), ("mengapa", "why"), ("siapa", "who"), ("berapa", "how many"), ("jualan", "sales revenue"),
        ("dijual", "sold"), ("terjual", "sold"), ("hasil", "revenue"), ("keuntungan", "profit"), ("untung", "profit"), ("rugi", "losing money"),
        ("pesanan", "orders"), ("tempahan", "orders"), ("dibatalkan", "cancelled"), ("batal", "cancelled"), ("stok", "stock"), ("baki", "left"),
        ("pelanggan", "customer"), ("terbaik", "best"), ("baru", "new"), ("produk", "product"), ("barangan", "product"), ("barang", "product"),
        ("bungkusan", "parcel"), ("kurier", "courier"), ("lewat", "late"), ("lambat", "late"), ("pemulangan", "returns"), ("pulangan", "returns"),
        ("dipulangkan", "returned"), ("pembekal", "supplier"), ("penghantaran", "delivery"), ("iklan", "ads"), ("aduan", "complain"),
        ("ulasan", "review"), ("bandingkan", "compare"), ("banding", "compare"), ("harga", "price"), ("beli", "buy"), ("masalah", "problems"),
        ("cukup", "enough"), ("hari", "days"),
    ];

    private static readonly Dictionary<string, string> s_english = s_words
        .ToDictionary(w => w.Malay, w => w.English, StringComparer.OrdinalIgnoreCase);

    public static string InEnglish(string question) =>
        Marks().IsMatch(question) ? s_pattern.Replace(question, match => s_english[Spaces().Replace(match.Value, " ")]) : question;

    /// <summary>Words that no English question has.</summary>
    [GeneratedRegex(
        @"\b(apa|apakah|berapa|berapakah|siapa|siapakah|mana|kenapa|mengapa|yang|jualan|pesanan|pelanggan|untung|bungkusan|pulangan|stok|minggu|bulan"
            + @"|semalam|banding|bandingkan|pembekal|iklan)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Marks();

    private static readonly Regex s_pattern = new(
        $@"\b({string.Join('|', s_words.Select(w => w.Malay.Replace(" ", @"\s+", StringComparison.Ordinal)))})\b", RegexOptions.IgnoreCase);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
