using System.Text.Json;
using System.Text.Json.Nodes;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

/// <summary>Finds and replaces a conversation's name inside stored JSON: the whole name only, so that <c>tg:12</c> is not <c>tg:123</c>.</summary>
static class JsonNames
{
    /// <summary>As it may stand in a column: plain, or with the escapes of JSON.</summary>
    public static object Searched(ConversationId id) => new { raw = id.ToString(), escaped = JsonSerializer.Serialize(id.ToString())[1..^1] };

    /// <summary>The same JSON with the name replaced, in members' names as in values; null when it is not in there.</summary>
    public static string? Renamed(string json, string name, string by)
    {
        var root = JsonNode.Parse(json);
        var renamed = Renamed(root, name, by);
        return JsonNode.DeepEquals(root, renamed) ? null : renamed?.ToJsonString();
    }

    /// <summary>A text with the whole name replaced, wherever it stands.</summary>
    public static string RenamedIn(string text, string name, string by)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at, StringComparison.Ordinal))
        {
            var isWhole =
                (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
                && (at + name.Length == text.Length || !char.IsLetterOrDigit(text[at + name.Length]));
            (text, at) = isWhole ? (text[..at] + by + text[(at + name.Length)..], at + by.Length) : (text, at + name.Length);
        }

        return text;
    }

    private static JsonNode? Renamed(JsonNode? node, string name, string by) =>
        node switch
        {
            JsonObject known => new JsonObject(
                known.Select(member => KeyValuePair.Create(RenamedIn(member.Key, name, by), Renamed(member.Value, name, by)))
            ),
            JsonArray list => new JsonArray([.. list.Select(item => Renamed(item, name, by))]),
            JsonValue value when value.TryGetValue(out string? text) => JsonValue.Create(RenamedIn(text, name, by)),
            _ => node?.DeepClone(),
        };
}
