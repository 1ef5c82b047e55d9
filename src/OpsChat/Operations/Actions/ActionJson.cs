using System.Text.Json.Nodes;

namespace OpsChat.Operations.Actions;

/// <summary>An action as JSON: the shape of an approval, so that one list holds both.</summary>
public static class ActionJson
{
    public static JsonObject Of(ShopAction action) =>
        new()
        {
            ["id"] = action.Id,
            ["revision"] = action.Revision,
            ["hash"] = action.Hash,
            ["state"] = action.State.ToString().ToLowerInvariant(),
            ["kind"] = action.Kind.Word(),
            ["subject"] = action.Subject,
            ["parameters"] = new JsonObject(action.Parameters.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Value))),
            ["conversation"] = null,
            ["customer"] = null,
            ["customerWords"] = "",
            ["text"] = action.Text,
            ["playbook"] = "",
            ["order"] = null,
            ["alert"] = action.Alert,
            ["lane"] = action.Lane,
            ["reasons"] = new JsonArray(action.Kind.CommitsMoney() ? "It commits money." : "It changes something outside the chat."),
            ["amount"] = action.Amount is { } amount ? new JsonObject { ["minor"] = amount.Minor, ["currency"] = amount.Currency } : null,
            ["unusual"] = new JsonArray(),
            ["facts"] = new JsonArray([
                .. action.Evidence.Select(e =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["name"] = "evidence",
                            ["value"] = e.Text,
                            ["source"] = e.Source,
                            ["line"] = e.Line,
                            ["at"] = e.At.ToString("O"),
                        }
                ),
            ]),
            ["recipients"] = new JsonArray([
                .. action.Recipients.Select(r =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["conversation"] = r.Conversation.ToString(),
                            ["order"] = r.Order,
                            ["text"] = r.Text,
                        }
                ),
            ]),
            ["createdAt"] = action.CreatedAt.ToString("O"),
            ["expiresAt"] = action.ExpiresAt.ToString("O"),
            ["decidedBy"] = action.DecidedBy,
            ["decidedAt"] = action.DecidedAt?.ToString("O"),
            ["reason"] = action.Reason,
            ["result"] = action.Result,
        };
}
