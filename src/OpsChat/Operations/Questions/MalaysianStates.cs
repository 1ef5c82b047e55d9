namespace OpsChat.Operations.Questions;

/// <summary>The states of Malaysia with the codes by which shop systems write them: orders say SBH, people say Sabah.</summary>
internal static class MalaysianStates
{
    private static readonly Dictionary<string, string[]> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["JHR"] = ["Johor", "Johore"], ["KDH"] = ["Kedah"], ["KTN"] = ["Kelantan"], ["KUL"] = ["Kuala Lumpur", "KL"], ["LBN"] = ["Labuan"],
        ["MLK"] = ["Melaka", "Malacca"], ["NSN"] = ["Negeri Sembilan"], ["PHG"] = ["Pahang"], ["PJY"] = ["Putrajaya"], ["PLS"] = ["Perlis"],
        ["PNG"] = ["Penang", "Pulau Pinang"], ["PRK"] = ["Perak"], ["SBH"] = ["Sabah"], ["SGR"] = ["Selangor"], ["SWK"] = ["Sarawak"],
        ["TRG"] = ["Terengganu"],
    };

    /// <summary>Every name of the regions that rows have, beside the region as the rows write it: its own, and those of the same state.</summary>
    public static IEnumerable<(string Name, string Region)> NamesOf(IEnumerable<string> regions) =>
        regions.Distinct(StringComparer.Ordinal).SelectMany(region => Same(region).Prepend(region).Select(name => (name, region)));

    /// <summary><c>Sabah (SBH)</c>; what is no code of a state stays as it is.</summary>
    public static string Shown(string region) => s_names.TryGetValue(region, out var names) ? $"{names[0]} ({region})" : region;

    private static IEnumerable<string> Same(string region) => s_names.TryGetValue(region, out var names) ? names
        : s_names.Where(s => s.Value.Contains(region, StringComparer.OrdinalIgnoreCase)).SelectMany(s => s.Value.Append(s.Key));
}
