namespace OpsChat.Playbooks;

/// <summary>What somebody probably meant when they misspelt a name.</summary>
public static class NearNames
{
    /// <summary>At most three of <paramref name="known"/>, nearest first: those a few slips away, or that <paramref name="written"/> is a part of.</summary>
    public static IReadOnlyList<string> Of(string written, IEnumerable<string> known)
    {
        var word = written.ToLowerInvariant();
        var reach = Math.Max(2, word.Length / 3);
        return [.. known
            .Select(name => (Name: name, Slips: Slips(word, name.ToLowerInvariant())))
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

    /// <summary>
    /// Damerau–Levenshtein distance with adjacent transpositions ("optimal string alignment"): how many characters have to be
    /// inserted, deleted, replaced or swapped with their neighbour. Names longer than 64 characters are as far as they are long.
    /// </summary>
    public static int Slips(string a, string b)
    {
        if (a.Length > 64 || b.Length > 64)
        {
            return Math.Max(a.Length, b.Length);
        }

        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Cheapest(i, j);
            }
        }

        return cost[a.Length, b.Length];

        int Cheapest(int i, int j)
        {
            var replaced = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            var best = Math.Min(replaced, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
            var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            return swapped ? Math.Min(best, cost[i - 2, j - 2] + 1) : best;
        }
    }

    private static bool IsPartOf(string word, string name) =>
        word.Length >= 4 && name.Contains(word, StringComparison.OrdinalIgnoreCase);
}
