using OpsChat.Text;
using System.Text.RegularExpressions;

namespace OpsChat.Drafting;

/// <summary>Finds names of people, products and carriers: words with a capital in the middle of a sentence.</summary>
internal static partial class NameReader
{
    // Written with a capital in one of the shop's languages without naming anything that could be wrong.
    private static readonly HashSet<string> Everyday = new(StringComparer.Ordinal)
    {
        "i",
        "i'm",
        "i'll",
        "i've",
        "i'd",
        "ok",
        "okay",
        "hi",
        "hello",
        "hey",
        "dear",
        "sorry",
        "thanks",
        "thank",
        "please",
        "yes",
        "no",
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "madam",
        "regards",
        "best",
        "kind",
        "team",
        "customer",
        "support",
        "faq",
        "sms",
        "pm",
        "am",
        "id",
        "url",
        "pdf",
        "english",
        "malay",
        "bahasa",
        "anda",
        "encik",
        "puan",
        "cik",
        "tuan",
        "kak",
        "kakak",
        "bapak",
        "ibu",
        "bang",
        "mas",
        "mbak",
        "hai",
        "terima",
        "maaf",
        "anh",
        "chị",
        "quý",
        "bạn",
        "em",
        "dạ",
        "chào",
        "cảm",
        "xin",
        "po",
        "opo",
        "salamat",
        "kayo",
        "ikaw",
    };

    // A translation names the country in the other language.
    private static readonly Dictionary<string, string> Countries = new(StringComparer.Ordinal)
    {
        ["singapura"] = "singapore",
        ["malaysian"] = "malaysia",
        ["filipina"] = "philippines",
        ["pilipinas"] = "philippines",
        ["vietnamese"] = "vietnam",
        ["indonesian"] = "indonesia",
        ["thai"] = "thailand",
        ["siam"] = "thailand",
        ["cina"] = "china",
        ["tiongkok"] = "china",
        ["jepun"] = "japan",
        ["jepang"] = "japan",
    };

    public static IEnumerable<Claim> Read(string text)
    {
        var shown = PlainText.Normalise(text);
        return CapitalInside()
            .Matches(shown)
            .Where(m =>
                !InLinkOrAddress(shown, m.Index)
                && !FollowsLink(shown, m.Index)
                && !Everyday.Contains(Key(m.Value))
                && !CalendarWords.Months.ContainsKey(Key(m.Value))
                && !CalendarWords.Weekdays.ContainsKey(Key(m.Value))
                && Currencies.CodesOf(Key(m.Value)).Count == 0
            )
            .Select(m => new Claim(ClaimKind.Name, m.Value, [ClaimKeys.Name(Key(m.Value))]));
    }

    /// <summary>Every word of a source: a name is grounded by the word in any case, because shops write names as they like.</summary>
    public static IEnumerable<string> WordsOf(string text) =>
        Words().Matches(PlainText.NormaliseLower(text)).Select(m => ClaimKeys.Name(Key(m.Value)));

    private static string Key(string word)
    {
        var key = word.ToLowerInvariant();
        var bare = key.EndsWith("'s", StringComparison.Ordinal) ? key[..^2] : key.Trim('\'', '-');
        return Countries.GetValueOrDefault(bare, bare);
    }

    // A sentence may end with a bare link; the next word then begins one.
    private static bool FollowsLink(string text, int at) => at > 1 && InLinkOrAddress(text, at - 2);

    private static bool InLinkOrAddress(string text, int at)
    {
        var start = text.LastIndexOfAny([' ', '\n'], at) + 1;
        var end = text.IndexOfAny([' ', '\n'], at) is var e and >= 0 ? e : text.Length;
        var word = text.AsSpan(start, end - start);
        return word.Contains('/') || word.Contains('@') || word.IndexOfAnyInRange('0', '9') >= 0;
    }

    // The character before tells the middle of a sentence from its start.
    [GeneratedRegex(@"(?<=[\p{L}\p{N},&(]['""]?[ ])\p{Lu}[\p{L}\p{M}'-]+", RegexOptions.CultureInvariant)]
    private static partial Regex CapitalInside();

    [GeneratedRegex(@"[\p{L}\p{M}][\p{L}\p{M}'-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
