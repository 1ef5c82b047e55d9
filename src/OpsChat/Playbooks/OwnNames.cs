using System.Text.RegularExpressions;
using OpsChat.Facts;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Playbooks;

/// <summary>Names in the shop's own words, ways to pay and carriers, by which customers ask for what a playbook answers. Pure.</summary>
internal static partial class OwnNames
{
    private const int FewestLetters = 3;

    /// <summary>The names in the <c>store.* </c> words that a playbook's texts insert, in lower case. Places and currencies are told by
    /// others.</summary>
    public static HashSet<string> Of(Playbook playbook, ShopProfile shop)
    {
        var used = playbook.FactNames();
        IEnumerable<FactValue> words =
        [
            .. shop.Extra.Where(extra => used.Contains(extra.Key)).Select(extra => extra.Value),
            .. used.Contains("store.carriers") ? [FactValue.Of(shop.Carriers)] : Array.Empty<FactValue>(),
        ];
        return words.SelectMany(value => Name().Matches(value.Shown).Select(match => match.Value))
            .Where(name => name.Length >= FewestLetters && name != shop.Currency && Places.In(name).Count == 0)
            .Select(name => name.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>As one word of the text, or as two: "shopee pay".</summary>
    public static bool AreIn(string text, HashSet<string> names)
    {
        var words = Tokens.Of(text);
        return names.Count > 0 && (words.Exists(names.Contains) || words.Zip(words.Skip(1), (first, second) => first + second).Any(names.Contains));
    }

    [GeneratedRegex(@"(?<![\p{L}\d./:])\p{Lu}[\p{L}\d]+", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
