namespace OpsChat.Understanding;

/// <summary>Tells a clause that may want something from one that only tells. In doubt it may: a person then reads one clause more.</summary>
internal static class RequestDetector
{
    /// <summary>Sections of the word lists that make a clause more than a remark: pleading, asking, refusing, and naming goods or orders.</summary>
    private static readonly HashSet<string> s_signs = ["plead", "know", "product", "goods", "how-many-days"];

    public static bool MayAsk(string clause) =>
        clause.Contains('?', StringComparison.Ordinal) || clause.Contains('？', StringComparison.Ordinal)
        || MoneyDetector.Messages.Find(clause).All.Any(finding => s_signs.Contains(finding.Section) || finding.Section.StartsWith("asks-", StringComparison.Ordinal));
}
