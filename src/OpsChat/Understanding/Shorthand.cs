namespace OpsChat.Understanding;

/// <summary>Writes out what people shorten in chats: "whats" is "what is", "isnt" is "is not", "u" is "you", Malay "brp" is "berapa".</summary>
internal static class Shorthand
{
    private static readonly Dictionary<string, string[]> WrittenOut = Table(
        "is+not isnt", "are+not arent", "was+not wasnt", "do+not dont", "does+not doesnt doesn", "did+not didnt didn", "have hv", "have+not havent", "has+not hasnt",
        "had+not hadnt", "can+not cant cannot", "could+not couldnt", "will+not wont", "would+not wouldnt", "should+not shouldnt",
        "i+am im", "i+have ive", "you+are youre", "they+are theyre", "that+is thats", "what+is whats wats", "where+is wheres", "when+is whens", "who+is whos", "how+is hows", "there+is theres",
        "it+is its", "want+to wanna", "going+to gonna", "got+to gotta", "let+me lemme", "give+me gimme",
        "you u", "your ur", "are r", "please pls plz plss pleas plse", "what wat wht", "when wen", "how hw", "and n", "because cuz bcoz coz cos bcz", "before b4", "thanks thx tq tnx",
        "do+not+know dunno", "tomorrow tmr tmrw tmw", "already ady alr alrdy", "order odr ordr oder", "where wer whr wher", "email emial", "number num", "delivery dlvry", "available avail avlbl", "quantity qty", "message msg", "address addr", "account acc acct",
        "tak x tk", "takde xde xda takda", "berapa brp brape brapa", "harga hrg", "barang brg brng", "saya sy", "yang yg", "dengan dgn dg", "untuk utk", "belum blm", "sudah sdh udah udh dah dh",
        "bila bl", "kat kt", "tidak tdk gak ga nggak ngga enggak", "bagaimana gmn gimana mcm+mana camne", "sampai smpai smpe nyampe nyampai", "boleh blh", "nak nk", "orang org", "sekarang skrg", "kalau klo kalo", "juga jg jgk",
        "pesanan psnn", "terima+kasih tqvm");

    /// <summary>The words for a word; itself when it is no shorthand.</summary>
    public static IEnumerable<string> Of(string word) => WrittenOut.TryGetValue(word, out var words) ? words : [word];

    private static Dictionary<string, string[]> Table(params string[] rows) =>
        rows.Select(row => row.Split(' ')).SelectMany(row => row.Skip(1).Select(shortened => (shortened, Words: row[0].Split('+')))).ToDictionary(pair => pair.shortened, pair => pair.Words);
}
