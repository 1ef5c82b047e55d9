namespace OpsChat.Understanding;

/// <summary>A short list of the most similar things, best first.</summary>
internal static class Nearest
{
    /// <summary>Puts one that is better than the last into its place; the last falls out.</summary>
    public static void Insert(Span<(int Example, float Similarity)> nearest, (int Example, float Similarity) found)
    {
        var at = nearest.Length - 1;
        for (; at > 0 && nearest[at - 1].Similarity < found.Similarity; at--)
        {
            nearest[at] = nearest[at - 1];
        }

        nearest[at] = found;
    }
}
