using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>An error answer of the Bot API, in Telegram's words.</summary>
public sealed class BotApiException(int code, string description) : Exception(description)
{
    public int Code { get; } = code;
    public int? RetryAfter { get; init; }
    public long? MigrateToChatId { get; init; }

    public static BotApiException BadRequest(string why) => new(400, $"Bad Request: {why}");
    public static BotApiException Forbidden(string why) => new(403, $"Forbidden: {why}");
    public static BotApiException Conflict(string why) => new(409, $"Conflict: {why}");

    public static BotApiException TooManyRequests(int retryAfter) =>
        new(429, $"Too Many Requests: retry after {retryAfter}") { RetryAfter = retryAfter };

    public JsonObject ToJson()
    {
        var answer = new JsonObject { ["ok"] = false, ["error_code"] = Code, ["description"] = Message };
        if (RetryAfter is not null || MigrateToChatId is not null)
        {
            answer["parameters"] = new JsonObject().With("retry_after", RetryAfter).With("migrate_to_chat_id", MigrateToChatId);
        }

        return answer;
    }
}
