using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>A button: it calls back with data, or opens a link.</summary>
public sealed record Button(string Text, string? Data, string? Url);

/// <summary>A message as it stands now in one chat. An edit replaces it.</summary>
public sealed record ChatMessage(int Id, Account From, DateTimeOffset Date)
{
    public string? Text { get; init; }
    public string? Caption { get; init; }
    public IReadOnlyList<Entity> Entities { get; init; } = [];
    /// <summary>Row by row.</summary>
    public IReadOnlyList<IReadOnlyList<Button>> Buttons { get; init; } = [];
    public int? ThreadId { get; init; }
    public int? ReplyTo { get; init; }
    public DateTimeOffset? EditedAt { get; init; }
    /// <summary>No phone rings for it.</summary>
    public bool IsSilent { get; init; }
    /// <summary>Whose apps open the answer to it: of those whom it mentions or answers when true, of all when false, of nobody when null.</summary>
    public bool? OpensAnswerOfMentioned { get; init; }
    /// <summary>The bot that wrote it in a business account's name.</summary>
    public Account? SenderBusinessBot { get; init; }
    public string? BusinessConnectionId { get; init; }
    /// <summary>What is not text, under the Bot API's name: <c>("photo", [...])</c>.</summary>
    public (string Kind, JsonNode Value)? Attachment { get; init; }

    public IEnumerable<Button> AllButtons => Buttons.SelectMany(row => row);

    public bool IsFromBot => From.IsBot || SenderBusinessBot is not null;

    /// <summary>What an edit compares: text, markup and buttons.</summary>
    public bool LooksLike(ChatMessage other) =>
        Text == other.Text && Caption == other.Caption && Entities.SequenceEqual(other.Entities)
        && Buttons.Count == other.Buttons.Count && Buttons.Zip(other.Buttons).All(rows => rows.First.SequenceEqual(rows.Second));

    public JsonObject ToJson(ChatRoom room, bool withReply = true)
    {
        var json = new JsonObject { ["message_id"] = Id, ["from"] = From.ToJson(), ["chat"] = room.ToJson(), ["date"] = Date.ToUnixTimeSeconds() }
            .With("edit_date", EditedAt?.ToUnixTimeSeconds())
            .With("message_thread_id", ThreadId)
            .With("is_topic_message", ThreadId is null ? null : true)
            .With("business_connection_id", BusinessConnectionId)
            .With("sender_business_bot", SenderBusinessBot?.ToJson())
            .With("text", Text)
            .With("caption", Caption)
            .With("reply_to_message", withReply && ReplyTo is { } id ? room.Find(id)?.ToJson(room, withReply: false) : null)
            .With("reply_markup", Buttons.Count == 0 ? null : new JsonObject { ["inline_keyboard"] = ButtonsToJson() })
            .With(Text is null ? "caption_entities" : "entities", Entities.Count == 0 ? null : EntitiesToJson());
        return Attachment is { } attachment ? json.With(attachment.Kind, attachment.Value.DeepClone()) : json;
    }

    private JsonArray ButtonsToJson() =>
        Buttons
            .Select(row =>
                (JsonNode)
                    row.Select(b =>
                            (JsonNode)
                                new JsonObject { ["text"] = b.Text }
                                    .With("callback_data", b.Data)
                                    .With("url", b.Url)
                        )
                        .ToJson()
            )
            .ToJson();

    private JsonArray EntitiesToJson() =>
        Entities
            .Select(e =>
                (JsonNode)
                    new JsonObject
                    {
                        ["type"] = e.Type,
                        ["offset"] = e.Offset,
                        ["length"] = e.Length,
                    }.With("url", e.Url)
            )
            .ToJson();
}
