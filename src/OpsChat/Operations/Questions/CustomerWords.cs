using System.Text.RegularExpressions;

namespace OpsChat.Operations.Questions;

/// <summary>Whether customers are what a question asks for, or only those who did what it asks about. Reads the words of the grammar, in lower
/// case.</summary>
internal static partial class CustomerWords
{
    /// <summary>"Who returned most", "which customers", "refunds by customer"; not "refunds to customers" or "what do customers return".</summary>
    public static bool AskFor(string text) => Who().IsMatch(text) || (Asked().IsMatch(text) && !AskWhatTheyDo(text));

    /// <summary>"How many customers returned something".</summary>
    public static bool AreCounted(string text) => Counted().IsMatch(text);

    /// <summary>A word for customers.</summary>
    public static bool IsCustomer(string word) => QuestionVocabulary.Base(word) is "customer" or "client" or "buyer" or "shopper";

    /// <summary>"Which products do customers return", "how many orders did customers place".</summary>
    public static bool AskWhatTheyDo(string text) => WhatTheyDo().IsMatch(text);

    /// <summary>What customers buy is what the shop sells.</summary>
    public static string AsSold(string question) => Buying().Replace(question, "$1 we sell");

    private const string One = "(?:customer|client|buyer|shopper)";

    private const string Some = One + "s?";

    private const string Kind = @"(?:(?:of|the|all|my|our|new|old|other|regular|repeat|returning|returned|refunded|loyal|valuable|frequent|different"
        + @"|unique|distinct|active|paying|best|top|worst|biggest|\d+)\s+){0,3}";

    private const string Whose = @"(?:(?:the|my|our|all|most|some|of|a)\s+){0,2}";

    [GeneratedRegex(@"\bwho\s")]
    private static partial Regex Who();

    [GeneratedRegex(@"\b(?:which|what|how\s+many|number\s+of|share\s+of|list|name|show(?:\s+me)?|(?:give|tell)\s+me|per|each|every|top|best|worst"
        + @"|biggest|largest|most|least)\s+" + Kind + Some + @"\b"
        + @"|\b(?:by|per)\s+" + Kind + One + @"\b|\b(?:returns|refunds)\s+by\s+" + Some + @"\b"
        + @"|\b(?<!\b(?:to|from|for|of|by)\s+)" + Some + @"\s+(?:which|that|with|having|most|least)\b"
        + @"|^\s*" + Kind + Some + @"\s+(?!returns?\b|refunds?\b)")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\b(?:how\s+many|number\s+of|count\s+of)\s+" + Kind + Some + @"\b")]
    private static partial Regex Counted();

    [GeneratedRegex(@"\b(?:which|what|how\s+many|how\s+much)\s+(?:(?!(?:" + Some + @"|times?)\b)[\w-]+\s+){0,5}?(?:do|did|does|have|has)\s+" + Whose
        + Some + @"\b")]
    private static partial Regex WhatTheyDo();

    [GeneratedRegex(@"(?<=\b(?:which|what|how\s+(?:many|much))\b[^.?!]*)(?<!\btimes?\s+)\b(do|did)\s+" + Whose + One
        + @"s\s+(?:buy|order|purchase)\b(?!\s+(?:again|from)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Buying();
}
