using System.Text.RegularExpressions;
using OpsChat.Facts;
using OpsChat.Text;

namespace OpsChat.Decisions;

/// <summary>Reads "how much are 2 mugs and 1 kettle": a part that only names further goods asks what the part before it asks, or the one behind:
/// "are the mug in white and the kettle in stock". Pure.</summary>
static partial class GoodsInAList
{
    /// <summary>The question that the part puts, in words of its own; null when it has its own or names nothing new.</summary>
    public static string? Question(ReadClause? before, ReadClause part)
    {
        if (
            before is not { Told.Product: { IsNamed: true, Titles: [var first], Request: { } asked } named }
            || part.Told.Product is not { IsNamed: true, Titles: [var second], Request: { } rest } listed
            || first == second
            || !(
                listed.IsAllThatIsSaid
                || OnlyHowMany().IsMatch(WithoutOptions(rest, listed))
                || IsPricedTogether(asked, WithoutOptions(rest, listed))
            )
        )
        {
            return null;
        }

        return Asked(WithoutOptions(asked, named), Together().Replace(part.Text, ""));
    }

    /// <summary>The question of the part that names goods and stands before the one that asks; null when it has its own or names nothing
    /// else.</summary>
    public static string? QuestionBehind(ReadClause part, ReadClause asking) =>
        part.Told.Product is { IsNamed: true, Titles: [var first], Request: { } rest } listed
        && asking is { Told.Product: { IsNamed: true, Titles: [var second], Request: { } asked } named }
        && first != second
        && OnlyBegins().IsMatch(WithoutOptions(rest, listed))
            ? Asked(WithoutOptions(asked, named), part.Text)
            : null;

    /// <summary>The question with other goods in it. The size of the first is not that of the second.</summary>
    private static string? Asked(string question, string goods) =>
        Goods().Count(question) == 1 && !Compares().IsMatch(Together().Replace(question, "")) && !OnlyHowMany().IsMatch(question)
            ? Goods().Replace(question, _ => goods.Trim().TrimEnd('?', '!', '.', '？'))
            : null;

    /// <summary>"How much for the mug and the kettle together": each has its price.</summary>
    private static bool IsPricedTogether(string asked, string rest) =>
        Price().IsMatch(asked) && Together().IsMatch(rest) && OnlyHowMany().IsMatch(Together().Replace(rest, ""));

    [GeneratedRegex(@"\b(?:how much|price|prices|cost|costs|total|berapa|harga)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Price();

    [GeneratedRegex(@"\s*\b(?:(?:all|both)\s+)?(?:together|altogether|in total|semua sekali|sekali)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Together();

    private static string WithoutOptions(string text, ProductMention mention) => mention.Options.Values.Aggregate(text, Without);

    /// <summary>Without a size or colour, as whole words, and what leads to it: "in size S".</summary>
    private static string Without(string text, string value) => value.Any(Scripts.IsUnspaced)
        ? text.Replace(value, "", StringComparison.OrdinalIgnoreCase)
        : Regex.Replace(text, $@"(?:\b(?:in|size|colou?r|saiz|warna|dalam)\s+){{0,2}}(?<![\w'’]){Regex.Escape(value)}(?!\w)", "",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>What stands for the goods, with how many of them are asked for.</summary>
    private const string SomeGoods =
        @"(?:\b(?:\d{1,3}|an?|the|one|two|three|four|five|satu|dua|tiga|empat|lima)\s*(?:x|pcs?|pieces?|units?|of)?\s+)?\bit\b";

    /// <summary>What is asked of two goods together.</summary>
    [GeneratedRegex(@"\b(?:between|difference|differ|compare|compared|versus|vs|beza|perbezaan|bandingkan|antara|match|together)\b|区别|比较",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Compares();

    [GeneratedRegex(SomeGoods, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Goods();

    /// <summary>"Is the mug in": how a question begins, and no question yet.</summary>
    [GeneratedRegex(@"^\W*(?:(?:hi|hello|hey|hai|ok|so|and|are|is|can i know|nak tanya)\W+)*" + SomeGoods
        + @"(?:\W+(?:in|size|saiz|warna))*\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OnlyBegins();

    [GeneratedRegex(@"^\W*" + SomeGoods + @"\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OnlyHowMany();
}
