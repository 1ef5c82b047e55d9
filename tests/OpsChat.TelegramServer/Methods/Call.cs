using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>One call of a method: its parameters, read with the checks that several methods share.</summary>
public sealed class Call(World world, FloodControl flood, Parameters parameters)
{
    private const int LongestCallbackData = 64;

    private static readonly TimeSpan BusinessWindow = TimeSpan.FromHours(24);

    public World World => world;
    public Parameters Parameters => parameters;

    /// <summary>The chat of chat_id, in which the bot still is.</summary>
    public ChatRoom Room()
    {
        var id = parameters.Text("chat_id") is { Length: > 0 }
            ? parameters.Number("chat_id")!.Value
            : throw BotApiException.BadRequest("chat_id is empty");
        if (parameters.Text("business_connection_id") is { Length: > 0 } connection)
        {
            return BusinessRoom(connection, id);
        }

        var room = world.Rooms.GetValueOrDefault(id) ?? throw BotApiException.BadRequest("chat not found");
        if (room.MigratedTo is { } supergroup)
        {
            throw new BotApiException(400, "Bad Request: group chat was upgraded to a supergroup chat") { MigrateToChatId = supergroup };
        }

        RefuseWhereTheBotIsGone(room);
        return room;
    }

    /// <summary>The chat of chat_id, for one more message or edit, within the rates.</summary>
    public ChatRoom RoomToWriteIn(bool isNewMessage)
    {
        var room = Room();
        flood.Admit(room.Id, isNewMessage, world.Now);
        return room;
    }

    public BusinessLink? Business() =>
        parameters.Text("business_connection_id") is { Length: > 0 } id ? world.BusinessLinks.GetValueOrDefault(id) : null;

    /// <summary>A text as people will read it, within its limit after the markup is taken out.</summary>
    public (string Text, IReadOnlyList<Entity> Entities) Formatted(string name, int longest, string tooLong)
    {
        var written = parameters.Text(name) ?? "";
        var (text, entities) = parameters.Text("parse_mode") switch
        {
            null or "" => (written, []),
            { } mode when mode.Equals("HTML", StringComparison.OrdinalIgnoreCase) => HtmlMarkup.Parse(written),
            _ => throw BotApiException.BadRequest("unsupported parse_mode"),
        };
        return text.Length > longest ? throw BotApiException.BadRequest(tooLong) : (text.TrimEnd(), entities);
    }

    public IReadOnlyList<IReadOnlyList<Button>> Keyboard()
    {
        if (parameters.Json("reply_markup") is not { } markup)
        {
            return [];
        }

        if (markup["force_reply"]?.GetValue<bool>() == true)
        {
            return [];
        }

        if (markup["inline_keyboard"] is not JsonArray rows || rows.Any(r => r is not JsonArray))
        {
            throw BotApiException.BadRequest("object expected as reply markup");
        }

        return [.. rows.Select(row => (IReadOnlyList<Button>)[.. row!.AsArray().Select(ReadButton)])];
    }

    /// <summary>Whether the answer is opened for the mentioned alone; null when it is opened for nobody.</summary>
    public bool? ForceReply() =>
        parameters.Json("reply_markup") is { } markup && markup["force_reply"]?.GetValue<bool>() == true
            ? markup["selective"]?.GetValue<bool>() == true
            : null;

    /// <summary>The topic of message_thread_id, open to the bot; null when the parameter is absent.</summary>
    public int? Thread(ChatRoom room)
    {
        if (parameters.SmallNumber("message_thread_id") is not { } id)
        {
            return null;
        }

        if (!room.IsForum || !room.Topics.TryGetValue(id, out var topic))
        {
            throw BotApiException.BadRequest("message thread not found");
        }

        return topic.IsClosed && !room.Members[world.Bot.Id].MayManageTopics ? throw BotApiException.BadRequest("TOPIC_CLOSED") : id;
    }

    /// <summary>The message of reply_parameters; null when there is none to reply to.</summary>
    public int? ReplyTo(ChatRoom room)
    {
        if (parameters.Json("reply_parameters") is not { } reply)
        {
            return null;
        }

        if (reply["message_id"] is not JsonValue value || value.GetValueKind() != JsonValueKind.Number)
        {
            throw BotApiException.BadRequest("can't parse reply parameters: Field \"message_id\" must be of type Number");
        }

        var id = value.GetValue<int>();
        return room.Find(id) is not null ? id
            : reply["allow_sending_without_reply"]?.GetValue<bool>() == true ? null
            : throw BotApiException.BadRequest("message to be replied not found");
    }

    /// <summary>The bot's own message of message_id.</summary>
    public ChatMessage OwnMessage(ChatRoom room, string verb)
    {
        var message = room.Find(parameters.SmallNumber("message_id") ?? 0) ?? throw BotApiException.BadRequest($"message to {verb} not found");
        return message.IsFromBot ? message : throw BotApiException.BadRequest($"message can't be {(verb == "edit" ? "edited" : "deleted")}");
    }

    private ChatRoom BusinessRoom(string connection, long customer)
    {
        var link = world.BusinessLinks.GetValueOrDefault(connection) ?? throw BotApiException.BadRequest("business connection not found");
        if (!link.IsEnabled || !link.CanReply)
        {
            throw BotApiException.Forbidden("BUSINESS_CONNECTION_NOT_ALLOWED");
        }

        var room = world.BusinessRooms.GetValueOrDefault((connection, customer));
        return room?.LastIncoming + BusinessWindow > world.Now ? room! : throw BotApiException.BadRequest("BUSINESS_PEER_INVALID");
    }

    private void RefuseWhereTheBotIsGone(ChatRoom room)
    {
        if (room.Type == "private")
        {
            if (room.IsBlocked)
            {
                throw BotApiException.Forbidden("bot was blocked by the user");
            }

            if (!room.IsStarted)
            {
                throw BotApiException.Forbidden("bot can't initiate conversation with a user");
            }
        }
        else if (!room.Members[world.Bot.Id].IsThere)
        {
            throw BotApiException.Forbidden($"bot was kicked from the {room.Type} chat");
        }
    }

    private static Button ReadButton(JsonNode? node)
    {
        var text = node?["text"]?.GetValue<string>();
        if (string.IsNullOrWhiteSpace(text))
        {
            throw BotApiException.BadRequest("can't parse inline keyboard button: Text buttons must be non-empty");
        }

        var (data, url) = (node!["callback_data"]?.GetValue<string>(), node["url"]?.GetValue<string>());
        return (data, url) switch
        {
            (null, null) => throw BotApiException.BadRequest(
                "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
            ),
            ({ } bytes, null) when Encoding.UTF8.GetByteCount(bytes) is < 1 or > LongestCallbackData => throw BotApiException.BadRequest(
                "BUTTON_DATA_INVALID"
            ),
            (null, { } link) when !Uri.TryCreate(link, UriKind.Absolute, out _) => throw BotApiException.BadRequest(
                $"inline keyboard button URL '{link}' is invalid"
            ),
            (not null, not null) => throw BotApiException.BadRequest("BUTTON_TYPE_INVALID"),
            _ => new Button(text, data, url),
        };
    }
}
