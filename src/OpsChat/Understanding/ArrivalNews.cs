using System.Text.RegularExpressions;

namespace OpsChat.Understanding;

/// <summary>
/// Recognises messages that tell, with thanks, that something has come, and say nothing else: "refund received, thanks", "barang dah sampai, terima
/// kasih". They name money or a parcel and want neither. The phrases are in <c>Words/arrivals.txt</c>. Pure, thread-safe.
/// </summary>
public static partial class ArrivalNews
{
    /// <summary>Longer messages tell more.</summary>
    private const int MostWords = 24;

    private static readonly Lexicon s_words = Lexicon.Load("arrivals.txt");

    private static readonly string[] s_heartySigns = ["👍", "🙏", "❤", "🥰", "😍"];

    /// <summary>Whether the message is nothing but such news. One word that belongs to none of it, or a question mark, and it is not. What is named
    /// without having come is no news: "got it, refund my money now, thanks".</summary>
    public static bool IsIn(string text)
    {
        if (text.AsSpan().IndexOfAny('?', '？') >= 0)
        {
            return false;
        }

        // A comma parts what has come from what is wanted.
        var findings = s_words.Find(Comma().Replace(text, "; "));
        if (findings.Words.Count > MostWords || findings.All.Any(found => found.Section == "asked"))
        {
            return false;
        }

        var light = findings.PositionsOf(found => found.Section is "light" or "thanks");
        var arrived = Arrived(findings, light);
        return arrived.Count > 0
            && (
                findings.All.Any(found => found.Section == "thanks")
                || Array.Exists(s_heartySigns, sign => text.Contains(sign, StringComparison.Ordinal))
            )
            && Enumerable.Range(0, findings.Words.Count).All(position => light.Contains(position) || arrived.Contains(position));
    }

    /// <summary>The words of what has come, the nearest first: "has come" tells of one thing, and nothing else stands between the two.</summary>
    private static HashSet<int> Arrived(PhraseMatches findings, HashSet<int> light)
    {
        HashSet<int> arrived = [], told = [];
        var things = findings.All.Where(found => found.Section == "thing").ToList();
        foreach (var news in findings.All.Where(found => found.Section == "arrived").OrderBy(found => found.End - found.Positions[0]))
        {
            // "Order 1293" is one thing, though "order" alone is one too.
            var named = PhraseMatches.PositionsOf(things, thing => Array.Exists(thing.Positions, news.Positions.Contains));
            var words = news.Positions.Where(position => !named.Contains(position)).ToList();
            var between = Enumerable.Range(news.Positions[0], news.End - news.Positions[0]).Except(news.Positions);
            if (between.All(position => light.Contains(position) || named.Contains(position)) && !words.Exists(told.Contains))
            {
                told.UnionWith(words);
                arrived.UnionWith(news.Positions);
                arrived.UnionWith(named);
            }
        }

        return arrived;
    }

    [GeneratedRegex(@",(?!\d)|[，、]")]
    private static partial Regex Comma();
}
