using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>A person in a private chat with the bot, or with a business account.</summary>
public sealed class Customer : Person
{
    private readonly string? _connection;

    /// <summary>In a private chat with the bot.</summary>
    internal Customer(World world, Account account) : base(world, account, NewRoom(world, account))
    {
        lock (world.Gate)
        {
            world.Rooms[account.Id] = Room;
        }
    }

    /// <summary>In a private chat with a business account.</summary>
    internal Customer(World world, Account account, string connection) : base(world, account, NewRoom(world, account))
    {
        _connection = connection;
        lock (world.Gate)
        {
            world.BusinessRooms[(connection, account.Id)] = Room;
        }
    }

    protected override string NewMessageKind => _connection is null ? "message" : "business_message";

    /// <param name="replyTo">One of the bot's messages.</param>
    public ChatMessage SendText(string text, ChatMessage? replyTo = null) =>
        Send(m => m with { Text = text, Entities = CommandIn(text), ReplyTo = replyTo?.Id });

    /// <summary>Opens the chat as the Start button does.</summary>
    /// <param name="payload">What the link carried: 1 to 64 characters, or empty.</param>
    public ChatMessage Start(string payload = "") => SendText($"/start {payload}".Trim());

    public ChatMessage SendPhoto(string? caption = null, byte[]? content = null) =>
        Send(m => m with { Caption = caption, Attachment = ("photo", World.PhotoOf(content ?? [1, 2, 3])) });

    public ChatMessage SendVoice(int seconds = 3) => Send(m => m with { Attachment = ("voice", FileOf("audio/ogg", seconds)) });

    public ChatMessage SendVideo(string? caption = null) => Send(m => m with { Caption = caption, Attachment = ("video", FileOf("video/mp4", 10)) });

    public ChatMessage SendDocument(string fileName, string? caption = null) =>
        Send(m => m with { Caption = caption, Attachment = ("document", FileOf("application/pdf", null).With("file_name", fileName)) });

    public ChatMessage SendSticker(string emoji = "👍") => Send(m => m with { Attachment = ("sticker", FileOf(null, null).With("emoji", emoji)) });

    public ChatMessage SendLocation(double latitude, double longitude) =>
        Send(m => m with { Attachment = ("location", new JsonObject { ["latitude"] = latitude, ["longitude"] = longitude }) });

    public ChatMessage SendContact(string phone) =>
        Send(m =>
            m with
            {
                Attachment = (
                    "contact",
                    new JsonObject
                    {
                        ["phone_number"] = phone,
                        ["first_name"] = Account.FirstName,
                        ["user_id"] = Id,
                    }
                ),
            }
        );

    /// <summary>Reactions reach the bot only when it asked for them.</summary>
    public void React(ChatMessage message, string emoji)
    {
        lock (World.Gate)
        {
            World.Updates.Add("message_reaction", new JsonObject
            {
                ["chat"] = Room.ToJson(),
                ["message_id"] = message.Id,
                ["user"] = Account.ToJson(),
                ["date"] = World.Now.ToUnixTimeSeconds(),
                ["old_reaction"] = new JsonArray(),
                ["new_reaction"] = new JsonArray(new JsonObject { ["type"] = "emoji", ["emoji"] = emoji }),
            });
        }
    }

    /// <summary>Takes messages back. The bot hears of it only in a business account's chats.</summary>
    public void Delete(params ChatMessage[] messages)
    {
        lock (World.Gate)
        {
            foreach (var message in messages)
            {
                Room.Remove(message.Id);
            }

            if (_connection is not null)
            {
                World.Updates.Add("deleted_business_messages", new JsonObject
                {
                    ["business_connection_id"] = _connection,
                    ["chat"] = Room.ToJson(),
                    ["message_ids"] = messages.Select(m => (JsonNode)m.Id).ToJson(),
                });
            }
        }
    }

    public void Block() => SetBlocked(true);

    public void Unblock() => SetBlocked(false);

    private ChatMessage Send(Func<ChatMessage, ChatMessage> fill) => Say(m => fill(m) with { BusinessConnectionId = _connection });

    private void SetBlocked(bool isBlocked)
    {
        lock (World.Gate)
        {
            Room.IsBlocked = isBlocked;
            var (was, now) = isBlocked ? ("member", "kicked") : ("kicked", "member");
            World.Updates.Add("my_chat_member", new JsonObject
            {
                ["chat"] = Room.ToJson(),
                ["from"] = Account.ToJson(),
                ["date"] = World.Now.ToUnixTimeSeconds(),
                ["old_chat_member"] = new Member(World.Bot, was).ToJson(),
                ["new_chat_member"] = new Member(World.Bot, now).ToJson(),
            });
        }
    }

    private JsonObject FileOf(string? mimeType, int? seconds)
    {
        lock (World.Gate)
        {
            return new JsonObject { ["file_id"] = World.Keep([1, 2, 3]), ["file_unique_id"] = World.NewId("unique") }
                .With("mime_type", mimeType)
                .With("duration", seconds);
        }
    }

    private static ChatRoom NewRoom(World world, Account account) => new(world, account.Id, "private", account.FirstName);
}
