using System.Text.RegularExpressions;
using OpsChat.Operations.History;

namespace OpsChat.Operations.Questions;

/// <summary>Short forms that were written without their apostrophe, "havent" and "whos": whole words that nothing else is.</summary>
internal static partial class ShortForms
{
    /// <summary>The question with its apostrophes. A word that an article has in its name stays as it is.</summary>
    public static string Written(string question, ShopMoment shop) => Bare().Replace(question, match =>
        shop.Skus.Any(sku => QuestionScopeReader.WordsOf(shop, sku).Contains(match.Value, StringComparer.OrdinalIgnoreCase)) ? match.Value
        : match.Groups["not"].Success ? $"{match.Groups["not"].Value}n't"
        : $"{match.Groups["is"].Value}'s");

    [GeneratedRegex(@"\b(?:(?<not>have|has|had|do|does|did|is|are|was|were|would|could|should|ca|wo)nt|(?<is>who|what|where|when|how|that|there)s)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bare();
}
