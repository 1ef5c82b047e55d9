using System.Text.RegularExpressions;
using OpsChat.Messages;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Reads a question about two products at once, "price of both", "what is the difference between A and B", as one matter for each.
/// Pure.</summary>
static partial class BothProducts
{
    private const int MostWords = 12, Two = 2;

    public static bool MayBeIn(string text) =>
        ContextReading.WordsIn(text) <= MostWords && (Both().IsMatch(text) || Compares().IsMatch(text));

    /// <summary>The two matters; empty when it is not clear which two products are meant, or when the whole is one matter all the same.</summary>
    public static IReadOnlyList<Matter> Matters(Turn turn, ReadClause whole)
    {
        if (!Both().IsMatch(turn.Text) || MatterSplit.IsAboutTheWhole(whole.Reading, [], turn))
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

    /// <summary>The matters of "what is the difference between A and B": what each of them is stands on its page. Empty where no two are named, or
    /// where anything else is asked or wanted.</summary>
    public static IReadOnlyList<Matter> Compared(ReadClause whole, IReadOnlyList<ReadClause> parts, Turn turn)
    {
        if (
            !Compares().IsMatch(turn.Text)
            || MatterSplit.IsAboutTheWhole(whole.Reading, parts, turn)
            || parts.Append(whole).Any(part => part.Reading.Money.Sense == MoneySense.Moves || part.Told.HasOrderDetail)
        )
        {
            return [];
        }

        // "The two grinders" are both that there are.
        if (whole.Told.Product is { IsNamed: true, Titles: { Count: Two } alike, Request: { } of } && AllOfThem().IsMatch(of)
            && Goods().Count(of) == 1)
        {
            return [.. alike.Select((title, at) => new Matter(AllOfThem().Replace(of, _ => title), at))];
        }

        // One name for both of them, "the tote", tells no two apart.
        if (whole.Told.Product is { IsNamed: true, Titles: { Count: Two } named, Request: { } asked } && Pair().Count(asked) == 1
            && Goods().Count(Pair().Replace(asked, "")) == 0)
        {
            return [.. named.Select((title, at) => new Matter(Pair().Replace(asked, _ => title), at))];
        }

        return
            parts.Where(part => part.Told.Product.IsNamed).ToList() is [{ Told.Product: { Titles: [var one], Request: { } first } }, var behind]
            && behind.Told.Product is { Titles: [var other], Request: { } second }
            && one != other
            && Goods().Count(first) == 1
            && IsOnlyName(second)
            && (Compares().IsMatch(first) || IsOnlyName(first))
            && parts.All(part => part.Told.Product.IsNamed || Compares().IsMatch(part.Text))
                ? [
                    .. new[] { one, other }.Select((title, at) =>
                        new Matter(Question(first, parts).Replace(Place, title, StringComparison.Ordinal), at)),
                ]
                : [];
    }

    /// <summary>The comparing question with a place for the one that it is asked of.</summary>
    private static string Question(string first, IReadOnlyList<ReadClause> parts) =>
        Goods().Replace(first, Place) is var asked && Compares().IsMatch(asked)
            ? asked
            : $"{asked}. {parts.First(part => Compares().IsMatch(part.Text)).Text}";

    private const string Place = "{it}";

    private static bool IsOnlyName(string request) =>
        ContextReading.WordsIn(Goods().Replace(request, "").Trim('?', '.', '!', ' ', ',')) <= MostBesideAName;

    /// <summary>"The", "your", and a size.</summary>
    private const int MostBesideAName = 1;

    [GeneratedRegex(@"\b(?:differences?|differs?|compared?|compares|comparison|versus|vs|advantages?|pros\s+and\s+cons|beza|bezanya"
        + @"|perbezaan|bandingkan)\b"
        + @"|\b(?:which|what)\s+(?:one\s+)?is\s+better\b(?!\s+for)|区别|區別|比较|比較|哪个好|哪個好",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Compares();

    /// <summary>What stands for goods.</summary>
    [GeneratedRegex(@"\bit\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Goods();

    /// <summary>What is said of all of one name: "between the it", "compare your two it".</summary>
    [GeneratedRegex(
        @"(?:\b(?:between|of|among|compare|antara|bandingkan|beza)\s+)?(?:\b(?:the|your|these|those|all|dua)\s+)*"
            + @"\b(?:two|both|dua|kedua[- ]dua)\s+(?:the\s+|of\s+(?:the|your)\s+)?it\b"
            + @"|\b(?:between|among|antara)\s+(?:(?:the|your|all|these)\s+)*it\b(?!\W+(?:and|or|vs|versus|n|dan|dengan)\b)"
            + "|(?:两个|兩個|两款|兩款|这两个|那两个)it",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AllOfThem();

    /// <summary>What stands for two of them, "it and the it".</summary>
    [GeneratedRegex(@"\bit\b\W+(?:(?:and|or|vs|versus|n|&|dan|atau|dengan|和|跟|与|还是)\W+)?(?:the\s+)?it\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pair();

    [GeneratedRegex(@"\b(?:the )?both(?: of (?:them|those|these))?\b|\bkedua[ -]dua(?:nya)?\b|\bdua[ -]dua(?:nya)?\b|\bkeduanya\b|\bpareho\b"
        + "|两个都|两款都|ทั้งสอง(?:อัน|แบบ)?|cả hai", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Both();
}
