using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>A method of the Bot API and the parameters that it takes. Anything else is refused, for a misspelt parameter is a silent bug.</summary>
public sealed record BotMethod(string Name, string[] Parameters, Func<Call, JsonNode> Run)
{
    public static IReadOnlyDictionary<string, BotMethod> All { get; } =
        MessageMethods.All.Concat(EditMethods.All).Concat(ChatMethods.All).Concat(TopicMethods.All).Concat(AccountMethods.All)
            .ToDictionary(m => m.Name, StringComparer.OrdinalIgnoreCase);

    public void RefuseUnknown(IEnumerable<string> names)
    {
        if (names.FirstOrDefault(n => !Parameters.Contains(n)) is { } unknown)
        {
            throw BotApiException.BadRequest($"unknown parameter \"{unknown}\" of {Name}");
        }
    }
}
