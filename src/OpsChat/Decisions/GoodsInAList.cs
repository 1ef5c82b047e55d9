using System.Text.RegularExpressions;

namespace OpsChat.Decisions;

/// <summary>Reads "how much are 2 mugs and 1 kettle": a part that only names further goods asks what the part before it asks. Pure.</summary>
static partial class GoodsInAList
{
    /// <summary>The question that the part puts, in words of its own; null when it has its own or names nothing new.</summary>
    public static string? Question(ReadClause? before, ReadClause part) =>
        before is { Told.Product: { IsNamed: true, Titles: [var first], Request: { } asked } }
        && part.Told.Product is { IsNamed: true, Titles: [var second], Request: { } rest }
        && first != second
        && OnlyHowMany().IsMatch(rest)
        && Goods().Count(asked) == 1
        && !Compares().IsMatch(asked)
        && !OnlyHowMany().IsMatch(asked)
            ? Goods().Replace(asked, _ => part.Text.Trim().TrimEnd('?', '!', '.', '？'))
            : null;

    /// <summary>What stands for the goods, with how many of them are asked for.</summary>
    private const string SomeGoods =
        @"(?:\b(?:\d{1,3}|an?|the|one|two|three|four|five|satu|dua|tiga|empat|lima)\s*(?:x|pcs?|pieces?|units?|of)?\s+)?\bit\b";

    /// <summary>What is asked of two goods together.</summary>
    [GeneratedRegex(@"\b(?:between|difference|differ|compare|compared|versus|vs|beza|perbezaan|bandingkan|antara|match|together)\b|区别|比较",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Compares();

    [GeneratedRegex(SomeGoods, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Goods();

    [GeneratedRegex(@"^\W*" + SomeGoods + @"\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OnlyHowMany();
}
