using System.Text.Json.Nodes;
using OpsChat.Operations.Measures;

namespace OpsChat.Host;

/// <summary>Measures as JSON: <c>value</c> is null where there is no data.</summary>
static class MeasureJson
{
    public static JsonObject Of(IEnumerable<(int Days, IReadOnlyList<Measure> Measures)> tables) => new()
    {
        ["periods"] = new JsonArray([.. tables.Select(t => (JsonNode)new JsonObject
        {
            ["days"] = t.Days,
            ["measures"] = new JsonArray([.. t.Measures.Select(m => (JsonNode)new JsonObject
            {
                ["name"] = m.Name, ["value"] = m.Value is { } value ? Math.Round(value, 6) : null, ["shown"] = m.Shown, ["formula"] = m.Formula,
                    ["needs"] = m.Needs,
            })]),
        })]),
    };
}
