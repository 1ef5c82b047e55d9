namespace OpsChat.Text;

/// <summary>What somebody probably meant when they misspelt a name.</summary>
public static class NearNames
{
    /// <summary>At most three of <paramref name="known"/>, nearest first: those a few slips away, or that <paramref name="written"/> is a part
    /// of.</summary>
    public static IReadOnlyList<string> Of(string written, IEnumerable<string> known)
    {
        var word = written.ToLowerInvariant();
        var reach = Math.Max(2, word.Length / 3);
        return [.. known
            .Select(name => (Name: name, Slips: EditDistance.Between(word, name.ToLowerInvariant())))
            .Where(near => near.Slips <= reach || IsPartOf(word, near.Name))
            .OrderBy(near => near.Slips).ThenBy(near => near.Name, StringComparer.Ordinal)
            .Take(3)
            .Select(near => near.Name)];
    }

    /// <summary>A remedy: <c>Did you mean `a` or `b`?</c>, else <paramref name="otherwise"/>.</summary>
    public static string Remedy(string written, IEnumerable<string> known, string otherwise)
    {
        var near = Of(written, known);
        return near.Count == 0 ? otherwise : $"Did you mean {string.Join(" or ", near.Select(name => $"`{name}`"))}?";
    }

    private static bool IsPartOf(string word, string name) =>
        word.Length >= 4 && name.Contains(word, StringComparison.OrdinalIgnoreCase);
}
