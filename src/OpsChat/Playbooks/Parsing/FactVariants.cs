using System.Globalization;
using System.Text.RegularExpressions;
using OpsChat.Facts;
using OpsChat.Understanding;

namespace OpsChat.Playbooks.Parsing;

/// <summary>
/// Lines of <c>_shop.md</c> that say the same in another language: <c>shipping_fees_ms</c> beside <c>shipping_fees</c>. One that tells other figures
/// was forgotten when the other line was changed, and would promise what does not hold: customers get the line it translates instead, and the owner
/// is told. A line is a translation when it is words, and words of the language that its name ends in; <c>shipping_fees_sg: MYR 35</c> is a line of
/// its own.
/// </summary>
internal static partial class FactVariants
{
    private const string Prefix = "store.", Hours = "store.opening_hours";

    private const double SureLanguage = 0.6;

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
            if (TranslatedBy(name, variant) is not { } whole || !shown.TryGetValue(whole, out var line)
                || Figures(whole, line.Shown).SequenceEqual(Figures(whole, variant.Shown)))
            {
                continue;
            }

            extra[name] = line;
            var (key, own) = (name[Prefix.Length..], whole[Prefix.Length..]);
            findings.Warn(
                entries.FirstOrDefault(entry => entry.Key.Text == key)?.Key.At ?? 0,
                $"`{key}` does not tell the figures of `{own}` in their order, so customers get the words of `{own}` in its place.",
                $"Change both together, with figures in both: `{own}` says “{line.Shown}”."
            );
        }

        return profile with { Extra = extra };
    }

    /// <summary>The fact that this one says in another language; null when it is no translation.</summary>
    private static string? TranslatedBy(string name, FactValue value)
    {
        var at = name.LastIndexOf('_');
        if (at < 0 || value is not FactValue.Text)
        {
            return null;
        }

        var (language, score, withSibling) = LanguageDetector.DetectWithSibling(value.Shown);
        var tag = name[(at + 1)..];
        return (tag == language || LanguageDetector.AreSiblings(tag, language)) && Math.Max(score, withSibling) >= SureLanguage ? name[..at] : null;
    }

    /// <summary>In the order in which they stand. A clock is read by its hands, in minutes, since 18:00 is 6 in the evening.</summary>
    private static IEnumerable<decimal> Figures(string fact, string words) =>
        fact == Hours
            ? Clock()
                .Matches(words)
                .Select(time => (decimal)((Number(time.Groups[1]) % 12 * 60) + (time.Groups[2].Success ? Number(time.Groups[2]) : 0)))
                // "Around the clock" and "24 hours" say the same.
                .Where(minutes => minutes != 0)
            : Figure()
                .Matches(words)
                .Select(found => decimal.Parse(found.Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[0-9]{1,9}(?:,[0-9]{3})*(?:\.[0-9]{1,4})?", RegexOptions.CultureInvariant)]
    private static partial Regex Figure();

    [GeneratedRegex(@"([0-9]{1,2})(?:[:.：]([0-9]{2}))?", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();
}
