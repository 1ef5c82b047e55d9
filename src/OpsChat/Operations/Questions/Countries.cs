using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>Countries with the codes by which shop systems write them: orders say SG, people say Singapore. An order to a state of Malaysia goes to
/// Malaysia, whether or not its file names the country.</summary>
internal static class Countries
{
    private static readonly Dictionary<string, string[]> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MY"] = ["Malaysia"], ["SG"] = ["Singapore", "Singapura", "sg"], ["BN"] = ["Brunei"], ["ID"] = ["Indonesia"], ["TH"] = ["Thailand"],
        ["VN"] = ["Vietnam"], ["PH"] = ["Philippines"], ["CN"] = ["China"], ["HK"] = ["Hong Kong", "hk"], ["TW"] = ["Taiwan"], ["JP"] = ["Japan"],
        ["KR"] = ["Korea", "South Korea"], ["AU"] = ["Australia"], ["NZ"] = ["New Zealand"], ["IN"] = ["India"], ["LK"] = ["Sri Lanka"],
        ["GB"] = ["United Kingdom", "uk"], ["IE"] = ["Ireland"], ["US"] = ["United States", "usa"], ["CA"] = ["Canada"], ["DE"] = ["Germany"],
        ["FR"] = ["France"], ["NL"] = ["Netherlands"], ["IT"] = ["Italy"], ["ES"] = ["Spain"], ["CH"] = ["Switzerland"], ["AT"] = ["Austria"],
    };

    /// <summary>What people call countries, each with the name that is shown.</summary>
    public static IEnumerable<(string Name, string Country)> Names => s_names.Values.SelectMany(names => names.Select(name => (name, names[0])));

    /// <summary>Where an order goes; null when its file tells neither a country nor a state of one.</summary>
    public static string? Of(OrderRow order) =>
        order.Country is { } told ? Shown(told)
        : order.Region is not { } region ? null
        : MalaysianStates.IsState(region) ? s_names["MY"][0]
        : NameOf(region);

    private static string Shown(string country) => NameOf(country) ?? country;

    private static string? NameOf(string country) => s_names.TryGetValue(country.Trim(), out var names) ? names[0]
        : s_names.Values.FirstOrDefault(n => n.Contains(country.Trim(), StringComparer.OrdinalIgnoreCase))?[0]
            ?? (Places.In(country) is [var place] && Names.Any(n => n.Country == place) ? place : null);
}
