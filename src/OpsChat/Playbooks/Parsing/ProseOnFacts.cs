using System.Text.RegularExpressions;

namespace OpsChat.Playbooks.Parsing;

/// <summary>Notices a condition in prose that is about facts: it would be matched against the customer's words, which is not what its owner
/// means. Pure.</summary>
internal static partial class ProseOnFacts
{
    private static readonly Dictionary<string, string> s_states = new(StringComparer.OrdinalIgnoreCase)
    {
        ["shipped"] = "order.is_shipped",
        ["sent"] = "order.is_shipped",
        ["delivered"] = "order.is_delivered",
        ["paid"] = "order.is_paid",
        ["unpaid"] = "order.status = unpaid",
        ["late"] = "order.late",
        ["cancelled"] = "order.is_cancelled",
        ["canceled"] = "order.is_cancelled",
        ["packed"] = "order.status = packed",
        ["refunded"] = "order.is_refunded",
        ["in stock"] = "product.in_stock",
        ["out of stock"] = "not product.in_stock",
        ["sold out"] = "not product.in_stock",
    };

    /// <summary>The condition as a code span; null when the prose is about the customer's words.</summary>
    public static string? FormOf(string prose, FactVocabulary vocabulary)
    {
        var bare = prose.Trim(' ', '\'', '"', '‘', '’', '“', '”', '´');
        if (FactName().Matches(bare).Any(name => vocabulary.Knows(name.Value)))
        {
            return $"`{bare.Replace('‘', '"').Replace('’', '"').Replace('“', '"').Replace('”', '"')}`";
        }

        return OfState().Match(bare) is { Success: true } said && s_states.TryGetValue(said.Groups["state"].Value, out var fact)
            ? $"`{(said.Groups["not"].Success ? $"not {fact}" : fact)}`"
            : null;
    }

    [GeneratedRegex(@"\b[a-z]+\.[a-z_]+\b")]
    private static partial Regex FactName();

    [GeneratedRegex(
        @"^(?:the|an|a|this) (?:order|parcel|package|payment|product|item) (?:is|was|has been|has) (?<not>not (?:yet )?(?:been "
            + @")?)?(?:already )?(?<state>shipped|sent|delivered|paid|unpaid|late|cancell?ed|packed|refunded|in stock|out of stock|sold out)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex OfState();
}
