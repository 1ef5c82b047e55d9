namespace OpsChat.Operations.Statistics;

/// <summary>How alike two titles are: Dice's coefficient of their letter trigrams, lower case, a blank at each edge (OPERATIONS F12).</summary>
public static class LookAlikes
{
    /// <summary>0 to 1.</summary>
    public static double Dice(string one, string other)
    {
        var (a, b) = (Trigrams(one), Trigrams(other));
        return a.Count + b.Count == 0 ? 0 : 2.0 * a.Intersect(b, StringComparer.Ordinal).Count() / (a.Count + b.Count);
    }

    private static HashSet<string> Trigrams(string title)
    {
        var padded = $" {title.Trim().ToLowerInvariant()} ";
        return Enumerable.Range(0, Math.Max(0, padded.Length - 2)).Select(i => padded.Substring(i, 3)).ToHashSet(StringComparer.Ordinal);
    }
}
