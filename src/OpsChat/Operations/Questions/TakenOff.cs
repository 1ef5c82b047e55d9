using System.Text.RegularExpressions;

namespace OpsChat.Operations.Questions;

/// <summary>What a question wants taken off a sum before it is told: "profit after refunds", "net sales", "what is left after ads".</summary>
internal readonly partial record struct TakenOff(bool IsOfRefunds, bool IsOfAds)
{
    /// <param name="question">As it was written.</param>
    /// <param name="english">The same in the words of the grammar.</param>
    public static TakenOff From(string question, string english)
    {
        var all = Words().Matches(english) is { Count: > 0 } found ? found : Words().Matches(question);
        if (all.Count == 0 || !Sum().IsMatch(english))
        {
            return default;
        }

        // "Net profit" is after refunds.
        return new(all.Any(words => !Ads().IsMatch(words.Value) || Refunds().IsMatch(words.Value)), all.Any(words => Ads().IsMatch(words.Value)));
    }

    /// <summary>The question without these words; as it is where nothing is taken off.</summary>
    public string Without(string question) => IsOfRefunds || IsOfAds ? Words().Replace(question, " ") : question;

    private const string One = @"(?:(?:the|all|my|our|its|their)\s+)*(?:refunds?|(?:ads?|adverts?|advertis(?:ing|ements?)|marketing)"
        + @"(?:\s+(?:costs?|spend|spending|budget|money|expenses?))?)";

    /// <summary>"Had less refunds than last month" takes nothing off.</summary>
    [GeneratedRegex(
        @"\b(?:after|minus|net\s+of|excluding|deducting|(?<!\b(?:had|has|have|having|are|were|is|was|be|been|get|gets|got|with|there|why|any|much"
            + @"|and|or|not|no)\s+)less)\s+(?:(?:paying(?:\s+for)?|deducting|subtracting)\s+)?" + One + @"\b(?:\s*(?:,|and|&)\s*" + One
            + @"\b)*(?!\s+than\b)"
            + @"|\bnet\s+(?=(?:profit|revenue|sales|income|turnover|takings)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"\brefunds?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Refunds();

    [GeneratedRegex(@"\b(?:ads?|advert\w*|marketing)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ads();

    /// <summary>Money from which something can be taken off.</summary>
    [GeneratedRegex(
        @"\b(?:profits?|profitable|revenue|sales|income|turnover|takings|margins?|contributions?|money|earn\w*|left"
            + @"|how\s+much\s+(?:did|do|have)\s+(?:i|we)\s+(?:sell|sold|make|made))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sum();
}
