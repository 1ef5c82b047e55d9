using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>A person's or a bot's account.</summary>
public sealed record Account(long Id, string FirstName, bool IsBot = false, string? Username = null)
{
    public JsonObject ToJson() =>
        new JsonObject { ["id"] = Id, ["is_bot"] = IsBot, ["first_name"] = FirstName }
            .With("username", Username)
            .With("language_code", IsBot ? null : "en");
}
