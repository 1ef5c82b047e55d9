using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>Topics: only in forums, and only with the right to manage them.</summary>
internal static class TopicMethods
{
    private const int LongestName = 128;

    private static readonly int[] Colors = [0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F];

    public static IEnumerable<BotMethod> All { get; } =
    [
        new("createForumTopic", ["chat_id", "name", "icon_color"], Create),
        new("editForumTopic", ["chat_id", "message_thread_id", "name"], Rename),
        new("closeForumTopic", ["chat_id", "message_thread_id"], call => SetClosed(call, true)),
        new("reopenForumTopic", ["chat_id", "message_thread_id"], call => SetClosed(call, false)),
        new("deleteForumTopic", ["chat_id", "message_thread_id"], Delete),
    ];

    private static JsonObject Create(Call call)
    {
        var room = Forum(call, isNewMessage: true);
        var name = NameIn(call) ?? throw BotApiException.BadRequest("TOPIC_NAME_INVALID");
        var color = call.Parameters.SmallNumber("icon_color") ?? Colors[0];
        if (!Colors.Contains(color))
        {
            throw BotApiException.BadRequest("invalid forum topic icon color specified");
        }

        // The topic's number is that of the service message which opens it.
        var opening = new ChatMessage(room.NextMessageId(), call.World.Bot, call.World.Now)
        {
            Attachment = ("forum_topic_created", new JsonObject { ["name"] = name, ["icon_color"] = color }),
        };
        room.Topics[opening.Id] = new Topic(opening.Id, name);
        room.Put(opening with { ThreadId = opening.Id });
        return new JsonObject { ["message_thread_id"] = opening.Id, ["name"] = name, ["icon_color"] = color };
    }

    private static JsonValue Rename(Call call)
    {
        var room = Forum(call, isNewMessage: false);
        var topic = TopicIn(call, room);
        if (NameIn(call) is not { } name || name == topic.Name)
        {
            throw BotApiException.BadRequest("TOPIC_NOT_MODIFIED");
        }

        room.Topics[topic.ThreadId] = topic with { Name = name };
        return JsonValue.Create(true);
    }

    private static JsonValue SetClosed(Call call, bool isClosed)
    {
        var room = Forum(call, isNewMessage: false);
        var topic = TopicIn(call, room);
        if (topic.IsClosed == isClosed)
        {
            throw BotApiException.BadRequest("TOPIC_NOT_MODIFIED");
        }

        room.Topics[topic.ThreadId] = topic with { IsClosed = isClosed };
        return JsonValue.Create(true);
    }

    private static JsonValue Delete(Call call)
    {
        var room = Forum(call, isNewMessage: false);
        room.Topics.Remove(TopicIn(call, room).ThreadId);
        return JsonValue.Create(true);
    }

    private static ChatRoom Forum(Call call, bool isNewMessage)
    {
        var room = call.RoomToWriteIn(isNewMessage);
        return !room.IsForum ? throw BotApiException.BadRequest("the chat is not a forum")
            : !room.Members[call.World.Bot.Id].MayManageTopics ? throw BotApiException.BadRequest("not enough rights to manage a topic")
            : room;
    }

    private static Topic TopicIn(Call call, ChatRoom room) =>
        room.Topics.GetValueOrDefault(call.Parameters.SmallNumber("message_thread_id") ?? 0)
        ?? throw BotApiException.BadRequest("message thread not found");

    private static string? NameIn(Call call) => call.Parameters.Text("name") switch
    {
        null or "" => null,
        { Length: > LongestName } => throw BotApiException.BadRequest("TOPIC_NAME_INVALID"),
        var name => name,
    };
}
