using System.Text.Json.Nodes;
using OpsChat.Operations.Questions;

namespace OpsChat.Host;

/// <summary>An answer as JSON.</summary>
static class AnswerJson
{
    public static JsonObject Of(OwnerAnswer answer) => new()
    {
        ["understood"] = answer.IsUnderstood, ["title"] = answer.Title, ["figure"] = answer.Figure, ["columns"] = Strings(answer.Columns),
        ["rows"] = new JsonArray([.. answer.Rows.Select(row => (JsonNode)Strings(row))]), ["sources"] = Strings(answer.Sources),
            ["near"] = Strings(answer.Near),
        ["wish"] = answer.Wish is { } wish ? new JsonObject { ["alert"] = wish.Alert,
            ["kind"] = OpsChat.Operations.Actions.ActionKinds.Word(wish.Kind), ["text"] = wish.Text } : null,
    };

    private static JsonArray Strings(IEnumerable<string> strings) => new([.. strings.Select(s => (JsonNode)s)]);
}
