namespace OpsChat.Understanding;

/// <summary>
/// Recognises messages that tell, with thanks, that something has come, and say nothing else: "refund received, thanks", "barang dah sampai, terima
/// kasih". They name money or a parcel and want neither. The phrases are in <c>Words/arrivals.txt</c>. Pure, thread-safe, linear in the text.
/// </summary>
public static class ArrivalNews
{
    /// <summary>Longer messages tell more.</summary>
    private const int MostWords = 24;

    private static readonly Lexicon s_words = Lexicon.Load("arrivals.txt");

    private static readonly string[] s_heartySigns = ["👍", "🙏", "❤", "🥰", "😍"];

    /// <summary>Whether the message is nothing but such news. One word that belongs to none of it, or a question mark, and it is not.</summary>
    public static bool IsIn(string text)
    {
        if (text.AsSpan().IndexOfAny('?', '？') >= 0)
        {
            return false;
        }

        var findings = s_words.Find(text);
        return findings.Words.Count <= MostWords
            && Has(findings, "arrived")
            && !Has(findings, "asked")
            && (Has(findings, "thanks") || Array.Exists(s_heartySigns, sign => text.Contains(sign, StringComparison.Ordinal)))
            && findings.PositionsOf(_ => true).Count == findings.Words.Count;
    }

    private static bool Has(PhraseMatches findings, string section) => findings.All.Any(found => found.Section == section);
}
