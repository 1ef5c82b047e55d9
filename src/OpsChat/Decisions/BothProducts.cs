using System.Text.RegularExpressions;
using OpsChat.Messages;

namespace OpsChat.Decisions;

/// <summary>Reads a question about two products at once, "price of both", "are both candles in stock", as one matter for each. Pure.</summary>
static partial class BothProducts
{
    private const int MostWords = 12, Two = 2;

    public static bool MayBeIn(string text) => ContextReading.WordsIn(text) <= MostWords && Both().IsMatch(text);

    /// <summary>The two matters; empty when it is not clear which two products are meant, or when the whole is one matter all the same.</summary>
    public static IReadOnlyList<Matter> Matters(Turn turn, ReadClause whole)
    {
        if (MatterSplit.IsAboutTheWhole(whole.Reading, [], turn))
        {
            return [];
        }

        var mention = whole.Told.Product;
        IReadOnlyList<string> before = turn.Cases is [{ Slots.Candidates: { Count: Two } open }, ..]
            ? open
            : [.. turn.Cases.SelectMany(matter => matter.Slots.Earlier.Prepend(matter.Slots.Product?.Value ?? "")).Where(title => title.Length > 0)
                .Distinct().Take(Two)];
        var titles = mention is { IsNamed: true, Titles: { Count: Two } named } ? named : mention.IsNamed && mention.Titles.Count > 1 ? [] : before;
        return titles.Count == Two ? [.. titles.Select((title, at) => new Matter(Both().Replace(turn.Text, _ => title, 1), at))] : [];
    }

    [GeneratedRegex(@"\b(?:the )?both(?: of (?:them|those|these))?\b|\bkedua[ -]dua(?:nya)?\b|\bdua[ -]dua(?:nya)?\b|\bkeduanya\b|\bpareho\b"
        + "|两个都|两款都|ทั้งสอง(?:อัน|แบบ)?|cả hai", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Both();
}
