using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>Methods that send.</summary>
internal static class MessageMethods
{
    private const int LongestText = 4096;
    private const int LongestCaption = 1024;

    private static readonly string[] Common =
    [
        "chat_id", "business_connection_id", "message_thread_id", "parse_mode", "reply_parameters", "reply_markup",
        "disable_notification", "protect_content",
    ];

    private static readonly string[] Actions =
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
    ];

    public static IEnumerable<BotMethod> All { get; } =
    [
        new("sendMessage", [.. Common, "text", "link_preview_options"], SendMessage),
        new("sendPhoto", [.. Common, "photo", "caption"], SendPhoto),
        new("sendChatAction", ["chat_id", "business_connection_id", "message_thread_id", "action"], SendChatAction),
    ];

    private static JsonObject SendMessage(Call call)
    {
        var room = call.RoomToWriteIn(isNewMessage: true);
        var (text, entities) = call.Formatted("text", LongestText, "message is too long");
        return string.IsNullOrWhiteSpace(text)
            ? throw BotApiException.BadRequest("message text is empty")
            : Post(call, room, m => m with { Text = text, Entities = entities });
    }

    private static JsonObject SendPhoto(Call call)
    {
        var room = call.RoomToWriteIn(isNewMessage: true);
        var (caption, entities) = call.Formatted("caption", LongestCaption, "message caption is too long");
        var content = call.Parameters.Upload("photo") ?? call.World.Files.GetValueOrDefault(call.Parameters.Text("photo") ?? "")
            ?? throw BotApiException.BadRequest(call.Parameters.Text("photo") is null
                ? "there is no photo in the request"
                : "wrong file identifier/HTTP URL specified");
        return Post(call, room, m => m with
        {
            Caption = caption.Length > 0 ? caption : null,
            Entities = entities,
            Attachment = ("photo", call.World.PhotoOf(content)),
        });
    }

    private static JsonValue SendChatAction(Call call)
    {
        var room = call.Room();
        if (!Actions.Contains(call.Parameters.Required("action")))
        {
            throw BotApiException.BadRequest("wrong parameter action in request");
        }

        call.Thread(room);
        room.LastTyping = call.World.Now;
        return JsonValue.Create(true);
    }

    private static JsonObject Post(Call call, ChatRoom room, Func<ChatMessage, ChatMessage> fill)
    {
        var (thread, replyTo, buttons, business) = (call.Thread(room), call.ReplyTo(room), call.Keyboard(), call.Business());
        var message = fill(new ChatMessage(room.NextMessageId(), business?.Owner ?? call.World.Bot, call.World.Now)
        {
            ThreadId = thread,
            ReplyTo = replyTo,
            Buttons = buttons,
            IsSilent = call.Parameters.Flag("disable_notification"),
            OpensAnswerOfMentioned = call.ForceReply(),
            BusinessConnectionId = business?.Id,
            SenderBusinessBot = business is null ? null : call.World.Bot,
        });
        room.Put(message);
        return message.ToJson(room);
    }
}
