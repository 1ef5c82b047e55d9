using System.Text.RegularExpressions;
using OpsChat.Operations.History;

namespace OpsChat.Operations.Questions;

/// <summary>
/// Everyday Malay of a shop's owner in the words of the English grammar. Word by word: the grammar looks for words and days, not for sentences.
/// A question without a word that is Malay alone stays as it is, and so does a word that belongs to one of the shop's own names.
/// </summary>
internal static partial class MalayQuestion
{
    /// <summary>What each is in English, a line each; words apart by a bar mean the same.</summary>
    private const string Glossary =
        """
        paling laris | paling laku | terlaris | terlaku = best seller
        tak laku | tidak laku | tak berapa laku = not sell
        paling untung | paling menguntungkan | paling banyak untung = most profit
        paling banyak | terbanyak | paling ramai = most
        paling kerap | paling selalu = most often
        paling sikit | paling sedikit | paling kurang = least
        paling teruk | terburuk | teruk = worst
        paling bagus | paling baik = best
        paling lambat | paling lewat = slowest
        paling cepat | paling laju | terpantas = fastest
        paling boleh dipercayai | paling boleh diharap | paling boleh harap = most reliable
        paling tinggi | tertinggi = highest
        paling rendah | terendah = lowest
        paling besar | terbesar = biggest
        perlu saya buat | perlu kami buat | perlu buat | patut saya buat | patut buat | kena buat | nak buat apa = should i do
        berbaloi = worth it
        membazir | pembaziran = wasting money
        berkesan = working
        tak untung | tidak untung = not profitable
        suku tahun lepas | suku tahun lalu | suku lepas | suku lalu = last quarter
        suku tahun ini | suku tahun ni | suku ini | suku ni = this quarter
        suku tahun pertama | suku pertama = first quarter
        suku tahun kedua | suku kedua = second quarter
        suku tahun ketiga | suku ketiga = third quarter
        suku tahun keempat | suku keempat = fourth quarter
        lebih daripada | lebih dari | melebihi = more than
        kurang daripada | kurang dari = less than
        kurang = less
        lebih = more
        tugas | tugasan | kerja = to-do
        antara = between
        di bawah = under
        di atas | atas = over
        turun | menurun | jatuh | merosot | berkurang = down
        naik | meningkat | bertambah = up
        hampir habis | nak habis | akan habis | mahu habis = running out
        kehabisan = out of stock
        dah habis | sudah habis = out of stock
        habis = runs out
        bayaran balik | bayar balik | pulangan wang | pulang duit = refund
        dalam perjalanan = on the way
        belum dihantar | belum hantar | tak hantar lagi | belum keluar = not shipped
        belum dibayar | belum bayar | tak bayar lagi = not paid
        perlu dibeli | perlu beli | perlu saya beli | perlu kami beli | perlu ditempah | kena beli | patut beli | patut order = should we order
        kena order | nak order | kena tambah stok = should we order
        nilai stok = stock value
        stok berlebihan = too much stock
        terlalu banyak = too much
        hari ini | hari ni = today
        semalam | kelmarin = yesterday
        minggu ini | minggu ni = this week
        minggu lepas | minggu lalu = last week
        minggu depan = next week
        bulan ini | bulan ni = this month
        bulan lepas | bulan lalu = last month
        tahun ini | tahun ni = this year
        tahun lepas | tahun lalu = last year
        setiap bulan | sebulan = per month
        setiap minggu | seminggu = per week
        setiap hari | sehari = per day
        isnin = monday
        selasa = tuesday
        rabu = wednesday
        khamis = thursday
        jumaat = friday
        sabtu = saturday
        ahad = sunday
        sejak = since
        hari apa = which day
        macam mana | macamana | bagaimana = how
        kenapa | mengapa = why
        di mana = where
        sebab = reason
        apa = what
        siapa = who
        berapa orang = how many customers
        bila = when
        mana = which
        berapa = how many
        mengikut | ikut = by
        ringkasan | rumusan = summary
        perniagaan | bisnes | niaga = business
        selalu | kerap | sering = always
        tunggu jawapan | menunggu jawapan = waiting for an answer
        tunggu | menunggu = waiting
        jualan = sales revenue
        dijual | terjual = sold
        jual | menjual = sell
        laku | laris = sold
        hasil = revenue
        keuntungan | untung = profit
        rugi | kerugian = losing money
        jual berapa ringgit | jual berapa duit | dapat berapa duit | berapa duit saya dapat | berapa duit kita dapat = how much did we sell
        berapa duit | berapa ringgit | berapa rm = how much ringgit
        duit | wang = money
        pesanan | tempahan = orders
        dibatalkan | batal = cancelled
        stok = stock
        baki | tinggal = left
        pelanggan | pembeli = customer
        terbaik = best
        baru = new
        produk | barangan | barang = product
        bungkusan = parcel
        kurier = courier
        lewat | lambat = late
        pemulangan | pulangan = returns
        dipulangkan | dipulang = returned
        pembekal = supplier
        penghantaran = delivery
        dihantar = shipped
        iklan = ads
        aduan = complain
        ulasan = review
        bandingkan | banding = compare
        harga = price
        kos = cost
        belanja | perbelanjaan = spend
        dibeli | membeli = bought
        beli = buy
        masalah = problems
        cukup = enough
        hari = days
        """;

    private static readonly Dictionary<string, string> s_months = new(StringComparer.OrdinalIgnoreCase)
    {
        ["januari"] = "January", ["februari"] = "February", ["mac"] = "March", ["april"] = "April", ["mei"] = "May", ["jun"] = "June",
        ["julai"] = "July", ["ogos"] = "August", ["september"] = "September", ["oktober"] = "October", ["november"] = "November",
        ["disember"] = "December",
    };

    private static readonly Dictionary<string, string> s_english = QuestionGlossary.Read(Glossary)
        .Concat(s_months.SelectMany(m => new (string Word, string English)[]
        {
            (m.Key, m.Value), ($"bulan {m.Key}", $"in {m.Value}"),
            ($"sejak {m.Key}", $"since {m.Value}"), ($"sejak bulan {m.Key}", $"since {m.Value}"),
        }))
        .ToDictionary(w => w.Word, w => w.English, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<(string Word, string English)> Glossed => s_english.Select(w => (w.Key, w.Value));

    /// <summary>Malay words that other languages and many names have too: alone they do not make a question Malay.</summary>
    private static readonly HashSet<string> s_shared = new(StringComparer.OrdinalIgnoreCase)
    {
        "hari", "baru", "batal", "laku", "wang", "hasil", "baki", "naik", "turun", "jatuh", "teruk", "atas",
    };

    /// <summary>A month where one of the shop's names has the same word: "bulan mac", "5 mac", "mac 2026".</summary>
    private static readonly HashSet<string> s_beforeMonth = new(StringComparer.OrdinalIgnoreCase) { "bulan", "sejak", "pada", "hingga", "dalam" };

    public static string InEnglish(string question, ShopMoment shop)
    {
        if (!s_marks.IsMatch(question))
        {
            return question;
        }

        var names = NamesOf(shop).ToList();
        return s_pattern.Replace(question, match =>
        {
            var malay = Spaces().Replace(match.Groups[1].Value, " ");
            var (before, after) = (Before(question, match), After(question, match));
            return !s_english.TryGetValue(malay, out var english) || IsOfName(malay, before, after, names) ? match.Value
                // "May" alone is a verb to the English grammar.
                : english == "May" && !IsNumber(before) ? "in May"
                : english;
        });
    }

    /// <summary>Whether a single word is part of a name: the whole of it, or beside another word of it. A month needs something that says
    /// so.</summary>
    private static bool IsOfName(string word, string before, string after, List<HashSet<string>> names)
    {
        var (one, previous, next) = (Base(word), Base(before), Base(after));
        return names.Exists(name => name.Contains(one)
            && (name.Count == 1 || name.Contains(previous) || name.Contains(next)
                || (s_months.ContainsKey(word) && !s_beforeMonth.Contains(before) && !IsNumber(before) && !IsNumber(after))));
    }

    private static IEnumerable<HashSet<string>> NamesOf(ShopMoment shop) =>
        shop.Skus.Select(sku => shop.Product(sku)?.FullName).OfType<string>()
            .Concat(QuestionNames.Suppliers(shop)).Concat(QuestionNames.Carriers(shop))
            .Select(name => QuestionNames.Plain(name).Split(' ').Select(Base).ToHashSet(StringComparer.Ordinal));

    private static string Base(string word) => QuestionVocabulary.Base(word.ToLowerInvariant());

    private static bool IsNumber(string word) => word.Length > 0 && word.All(char.IsAsciiDigit);

    private static string Before(string question, Match match) => LastWord().Match(question[..match.Index]).Groups[1].Value;

    private static string After(string question, Match match) => FirstWord().Match(question[(match.Index + match.Length)..]).Groups[1].Value;

    private static readonly Regex s_marks = Whole([
        .. s_english.Keys.Where(malay => !s_shared.Contains(malay) && !s_months.ContainsKey(malay)), "yang",
    ]);

    private static readonly Regex s_pattern = Whole(s_english.Keys);

    /// <summary>Longer ones first where one holds another; "kah" asks and "lah" urges.</summary>
    private static Regex Whole(IEnumerable<string> words) => new(
        $@"\b({string.Join('|', words.OrderByDescending(w => w.Length).Select(w => string.Join(@"\s+", w.Split(' '))))})(?:kah|lah)?\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"([\p{L}\p{N}]+)[^\p{L}\p{N}]*$")]
    private static partial Regex LastWord();

    [GeneratedRegex(@"^[^\p{L}\p{N}]*([\p{L}\p{N}]+)")]
    private static partial Regex FirstWord();
}
