using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

internal static class JsonMembers
{
    /// <summary>The Bot API leaves out what there is not.</summary>
    public static JsonObject With(this JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }

        return json;
    }

    public static JsonArray ToJson(this IEnumerable<JsonNode?> nodes) => new([.. nodes]);
}
