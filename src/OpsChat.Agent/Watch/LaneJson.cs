using System.Text.Json.Nodes;

namespace OpsChat.Agent;

/// <summary>A lane as JSON.</summary>
public static class LaneJson
{
    public static JsonObject Of(IEnumerable<LaneStanding> lanes, LaneStop? stop) =>
        new()
        {
            ["stopped"] = stop is null ? null : new JsonObject { ["at"] = stop.At.ToString("O"), ["by"] = stop.Who, ["why"] = stop.Why },
            ["lanes"] = new JsonArray([.. lanes.Select(l => (JsonNode)Of(l))]),
        };

    public static JsonObject Of(LaneStanding lane) =>
        new()
        {
            ["lane"] = lane.Lane,
            ["autonomy"] = lane.Autonomy.ToString().ToLowerInvariant(),
            ["from"] = lane.From,
            ["since"] = lane.Since?.ToString("O"),
            ["decided"] = lane.Decided,
            ["agreed"] = lane.Agreed,
            ["evidence"] = Math.Round(lane.Evidence, 4),
            ["mayAct"] = lane.MissingForAct is not null,
            ["missingForAct"] = new JsonArray([.. (lane.MissingForAct ?? []).Select(m => (JsonNode)m)]),
        };
}
