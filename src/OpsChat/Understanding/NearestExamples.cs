namespace OpsChat.Understanding;

/// <summary>A short list of the most similar examples, best first.</summary>
internal static class NearestExamples
{
    /// <summary>Puts an example into its place when it is better than the last, which falls out.</summary>
    public static void Insert(Span<(int Example, float Similarity)> nearest, (int Example, float Similarity) found)
    {
        var at = nearest.Length - 1;
        if (found.Similarity <= nearest[at].Similarity)
        {
            return;
        }

        for (; at > 0 && nearest[at - 1].Similarity < found.Similarity; at--)
        {
            nearest[at] = nearest[at - 1];
        }

        nearest[at] = found;
    }
}
