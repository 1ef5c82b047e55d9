using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpsChat.Testing.Telegram;

/// <summary>The bot's own account and its commands.</summary>
internal static partial class AccountMethods
{
    private const int MostCommands = 100;
    private const int LongestDescription = 256;

    public static IEnumerable<BotMethod> All { get; } =
    [
        new("getMe", [], GetMe),
        new("setMyCommands", ["commands", "scope", "language_code"], SetMyCommands),
    ];

    private static JsonObject GetMe(Call call)
    {
        var me = call.World.Bot.ToJson();
        me["can_join_groups"] = true;
        me["can_read_all_group_messages"] = true;
        me["can_connect_to_business"] = true;
        return me;
    }

    private static JsonValue SetMyCommands(Call call)
    {
        var commands = call.Parameters.Json("commands") as JsonArray ?? throw BotApiException.BadRequest("can't parse commands");
        if (commands.Count > MostCommands)
        {
            throw BotApiException.BadRequest("BOT_COMMANDS_TOO_MUCH");
        }

        foreach (var command in commands)
        {
            if (!CommandName().IsMatch(command?["command"]?.GetValue<string>() ?? ""))
            {
                throw BotApiException.BadRequest("BOT_COMMAND_INVALID");
            }

            if (command!["description"]?.GetValue<string>() is not { Length: > 0 and <= LongestDescription })
            {
                throw BotApiException.BadRequest("BOT_COMMAND_DESCRIPTION_INVALID");
            }
        }

        var names = commands.Select(c => c!["command"]!.GetValue<string>()).ToList();
        call.World.CommandLists.Add((call.Parameters.Json("scope")?.ToJsonString() ?? "default", names));
        return JsonValue.Create(true);
    }

    [GeneratedRegex("^[a-z0-9_]{1,32}$")]
    private static partial Regex CommandName();
}
