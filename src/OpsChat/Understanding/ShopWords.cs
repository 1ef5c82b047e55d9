namespace OpsChat.Understanding;

/// <summary>Groups of words that mean about the same to a shop's customer, so that an issue is recognised in words that its examples lack.</summary>
internal static class ShopWords
{
    private static readonly Dictionary<string, string> MeaningOf = Groups(
        "price cost costs price prices pricing rate rates mrp amount harga berapa magkano presyo worth");

    /// <summary>The group's first word, or null for a word outside all groups.</summary>
    public static string? Meaning(string word) => MeaningOf.GetValueOrDefault(word);

    private static Dictionary<string, string> Groups(params string[] groups)
    {
        var meaningOf = new Dictionary<string, string>();
        foreach (var words in groups.Select(group => group.Split(' ')))
        {
            foreach (var word in words)
            {
                meaningOf[word] = words[0];
            }
        }

        return meaningOf;
    }
}
