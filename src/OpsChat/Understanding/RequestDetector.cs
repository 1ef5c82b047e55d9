using System.Collections.Frozen;

namespace OpsChat.Understanding;

/// <summary>Tells a clause that may want something from one that only tells. In doubt it may: a person then reads one clause more.</summary>
internal static class RequestDetector
{
    /// <summary>Sections of the word lists that make a clause more than a remark: pleading, asking, refusing, and naming goods or orders.</summary>
    private static readonly HashSet<string> s_signs = ["plead", "know", "product", "goods", "how-many-days"];

    /// <summary>Words with which questions begin, whether or not a question mark ends them.</summary>
    private static readonly FrozenSet<string> s_openers =
        (
            "is are am do does did can could will would when what where how who why which any has have may shall apa bila mana kenapa mengapa "
            + "macam bagaimana boleh ada adakah siapa berapa kapan bisa apakah"
        )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Begins with a word of its language that questions begin with.</summary>
    public static bool BeginsLikeAQuestion(string clause) =>
        Tokens.Of(clause).SkipWhile(s_before.Contains).Take(2).ToList() is [var first, _] && s_openers.Contains(first);

    /// <summary>What stands before a question and is none of it.</summary>
    private static readonly FrozenSet<string> s_before =
        "ok okay so and but then hi hey hello oh well also eh hmm erm la lah kak bang sis boss bro".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool MayAsk(string clause) =>
        BeginsLikeAQuestion(clause)
        || clause.Contains('?', StringComparison.Ordinal)
        || clause.Contains('？', StringComparison.Ordinal)
        || MoneyDetector
            .Messages.Find(clause)
            .All.Any(finding => s_signs.Contains(finding.Section) || finding.Section.StartsWith("asks-", StringComparison.Ordinal));
}
