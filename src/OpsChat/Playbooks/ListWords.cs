namespace OpsChat.Playbooks;

/// <summary>A few things in a row as people write them: <c>S, M and L</c>. In en, ms, id, th, vi, tl (and fil) and zh; others get English.</summary>
public static class ListWords
{
    private static readonly Dictionary<string, (string Between, string Last)> ByLanguage = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = (", ", " and "),
        ["ms"] = (", ", " dan "),
        ["id"] = (", ", " dan "),
        ["th"] = (", ", " และ "),
        ["vi"] = (", ", " và "),
        ["tl"] = (", ", " at "),
        ["fil"] = (", ", " at "),
        ["zh"] = ("、", "和"),
    };

    /// <param name="language">A tag whose primary subtag counts.</param>
    public static string Joined(IReadOnlyList<string> items, string language)
    {
        var (between, last) = ByLanguage.TryGetValue(language.Split('-')[0], out var own) ? own : ByLanguage["en"];
        return items.Count < 2 ? string.Concat(items) : string.Join(between, items.SkipLast(1)) + last + items[^1];
    }
}
