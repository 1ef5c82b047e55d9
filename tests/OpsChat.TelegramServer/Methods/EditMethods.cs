using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>Methods that change or take back what was sent, and that answer taps.</summary>
internal static class EditMethods
{
    private const int LongestText = 4096;
    private const int LongestAnswer = 200;

    private static readonly TimeSpan DeletableFor = TimeSpan.FromHours(48);
    private static readonly TimeSpan TapAnswerableFor = TimeSpan.FromMinutes(1);

    public static IEnumerable<BotMethod> All { get; } =
    [
        new("editMessageText",
            ["chat_id", "business_connection_id", "message_id", "text", "parse_mode", "link_preview_options", "reply_markup"], EditMessageText),
        new("editMessageReplyMarkup", ["chat_id", "business_connection_id", "message_id", "reply_markup"], EditMessageReplyMarkup),
        new("deleteMessage", ["chat_id", "message_id"], DeleteMessage),
        new("answerCallbackQuery", ["callback_query_id", "text", "show_alert"], AnswerCallbackQuery),
    ];

    private static JsonObject EditMessageText(Call call)
    {
        var room = call.RoomToWriteIn(isNewMessage: false);
        var message = call.OwnMessage(room, "edit");
        var (text, entities) = call.Formatted("text", LongestText, "MESSAGE_TOO_LONG");
        return message.Text is null ? throw BotApiException.BadRequest("there is no text in the message to edit")
            : string.IsNullOrWhiteSpace(text) ? throw BotApiException.BadRequest("message text is empty")
            : Replace(call, room, message, message with { Text = text, Entities = entities, Buttons = call.Keyboard() });
    }

    private static JsonObject EditMessageReplyMarkup(Call call)
    {
        var room = call.RoomToWriteIn(isNewMessage: false);
        var message = call.OwnMessage(room, "edit");
        return Replace(call, room, message, message with { Buttons = call.Keyboard() });
    }

    private static JsonObject Replace(Call call, ChatRoom room, ChatMessage before, ChatMessage after)
    {
        if (after.LooksLike(before))
        {
            throw BotApiException.BadRequest("message is not modified: specified new message content and reply markup "
                + "are exactly the same as a current content and reply markup of the message");
        }

        var edited = after with { EditedAt = call.World.Now };
        room.Put(edited);
        return edited.ToJson(room);
    }

    private static JsonValue DeleteMessage(Call call)
    {
        var room = call.Room();
        var message = call.OwnMessage(room, "delete");
        if (message.Date + DeletableFor < call.World.Now)
        {
            throw BotApiException.BadRequest("message can't be deleted");
        }

        return JsonValue.Create(room.Remove(message.Id));
    }

    private static JsonValue AnswerCallbackQuery(Call call)
    {
        var id = call.Parameters.Required("callback_query_id");
        var text = call.Parameters.Text("text") ?? "";
        if (text.Length > LongestAnswer)
        {
            throw BotApiException.BadRequest("MESSAGE_TOO_LONG");
        }

        if (!call.World.Taps.Remove(id, out var tap) || tap.At + TapAnswerableFor < call.World.Now)
        {
            throw BotApiException.BadRequest("query is too old and response timeout expired or query ID is invalid");
        }

        tap.Answered.TrySetResult(new TapAnswer(text, call.Parameters.Flag("show_alert")));
        return JsonValue.Create(true);
    }
}
