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

    /// <summary><c>Sabah (SBH)</c>, whichever of its names is given; what is no state stays as it is.</summary>
    public static string Shown(string region) => CodeOf(region) is { } code ? $"{s_names[code][0]} ({code})" : region;

    /// <summary>Whether both are names of one place: orders of one channel say SBH, of another Sabah.</summary>
    public static bool AreSame(string? one, string? other) =>
        one is not null && other is not null && string.Equals(CodeOf(one) ?? one, CodeOf(other) ?? other, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Same(string region) => CodeOf(region) is { } code ? s_names[code].Append(code) : [];

    public static bool IsState(string region) => CodeOf(region) is not null;

    private static string? CodeOf(string region)
    {
        var name = region.Trim();
        return s_names.ContainsKey(name) ? name.ToUpperInvariant()
            : s_names.FirstOrDefault(s => s.Value.Contains(name, StringComparer.OrdinalIgnoreCase)).Key;
    }
}
