using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsChat.Playbooks.Parsing;

/// <summary>
/// Lines of <c>_shop.md</c> that say the same in another language: <c>shipping_fees_ms</c> beside <c>shipping_fees</c>. One that tells other figures
/// was forgotten when the other line was changed, and would promise what does not hold: customers get the line it translates instead, and the owner
/// is told.
/// </summary>
internal static partial class FactVariants
{
    private const string Prefix = "store.", Hours = "store.opening_hours";

    /// <summary>Longer endings are words of a key: <c>size_guide_url</c>.</summary>
    private const int LongestTag = 3;

    /// <summary>The profile without what its languages contradict each other in.</summary>
    public static ShopProfile Agreeing(ShopProfile profile, IReadOnlyList<FrontMatterEntry> entries, FindingList findings)
    {
        var shown = profile
            .Facts(DateTimeOffset.UnixEpoch)
            .DistinctBy(fact => fact.Name)
            .ToDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal);
        var extra = profile.Extra.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, variant) in profile.Extra)
        {
            if (TranslatedBy(name) is not { } whole || !shown.TryGetValue(whole, out var line)
                || Figures(whole, line.Shown).SetEquals(Figures(whole, variant.Shown)))
            {
                continue;
            }

            extra[name] = line;
            var (key, own) = (name[Prefix.Length..], whole[Prefix.Length..]);
            findings.Warn(
                entries.FirstOrDefault(entry => entry.Key.Text == key)?.Key.At ?? 0,
                $"`{key}` tells other figures than `{own}`, so customers get the words of `{own}` in its place.",
                $"Change both together, with figures in both: `{own}` says “{line.Shown}”."
            );
        }

        return profile with { Extra = extra };
    }

    /// <summary>The fact that this one says in another language; null when its name does not end like that.</summary>
    private static string? TranslatedBy(string name) =>
        name.LastIndexOf('_') is > 0 and var at
        && name.Length - at - 1 is > 1 and <= LongestTag
        && name.AsSpan(at + 1).IndexOfAnyExceptInRange('a', 'z') < 0
            ? name[..at]
            : null;

    /// <summary>A clock is read by its hands, since 18:00 is 6 in the evening.</summary>
    private static HashSet<decimal> Figures(string fact, string words) =>
        [
            .. Figure()
                .Matches(words)
                .Select(found => decimal.Parse(found.Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture))
                .Select(figure => fact == Hours ? figure % 12 : figure)
                .Where(figure => fact != Hours || figure != 0),
        ];

    [GeneratedRegex(@"[0-9]{1,9}(?:,[0-9]{3})*(?:\.[0-9]{1,4})?", RegexOptions.CultureInvariant)]
    private static partial Regex Figure();
}
