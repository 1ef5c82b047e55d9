using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>Methods that look at chats and their members.</summary>
internal static class ChatMethods
{
    public static IEnumerable<BotMethod> All { get; } =
    [
        new("getChat", ["chat_id"], call => call.Room().ToJson()),
        new("getChatMember", ["chat_id", "user_id"], GetChatMember),
        new("getChatAdministrators", ["chat_id"], GetChatAdministrators),
        new("getBusinessConnection", ["business_connection_id"], GetBusinessConnection),
        new("getFile", ["file_id"], GetFile),
    ];

    private static JsonObject GetChatMember(Call call)
    {
        var room = call.Room();
        var id = call.Parameters.Number("user_id") ?? throw BotApiException.BadRequest("invalid user_id specified");
        return room.Members.TryGetValue(id, out var member) ? member.ToJson() : throw BotApiException.BadRequest("user not found");
    }

    private static JsonArray GetChatAdministrators(Call call)
    {
        var room = call.Room();
        return room.Type == "private"
            ? throw BotApiException.BadRequest("there are no administrators in the private chat")
            : room.Members.Values.Where(m => m.Status is "creator" or "administrator").Select(m => (JsonNode)m.ToJson()).ToJson();
    }

    private static JsonObject GetBusinessConnection(Call call) =>
        call.World.BusinessLinks.GetValueOrDefault(call.Parameters.Required("business_connection_id"))?.ToJson()
        ?? throw BotApiException.BadRequest("business connection not found");

    private static JsonObject GetFile(Call call)
    {
        var id = call.Parameters.Required("file_id");
        return call.World.Files.TryGetValue(id, out var content)
            ? new JsonObject { ["file_id"] = id, ["file_unique_id"] = $"unique-{id}", ["file_size"] = content.Length, ["file_path"] = $"files/{id}" }
            : throw BotApiException.BadRequest("wrong file_id or the file is temporarily unavailable");
    }
}
