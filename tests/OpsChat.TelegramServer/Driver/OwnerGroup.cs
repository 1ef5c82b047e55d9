using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>The group in which the shop's people work, with the bot among them.</summary>
public sealed class OwnerGroup
{
    private const long FirstGroupId = -1_000;
    private const long FirstSupergroupId = -1_002_000_000_000;

    private readonly World _world;
    private readonly string _title;

    internal OwnerGroup(World world, bool forum, string title)
    {
        (_world, _title) = (world, title);
        lock (world.Gate)
        {
            var id = (forum ? FirstSupergroupId : FirstGroupId) - world.Rooms.Count;
            Room = new ChatRoom(world, id, forum ? "supergroup" : "group", title) { IsForum = forum };
            Room.Members[world.Bot.Id] = new Member(world.Bot, "administrator", CanManageTopics: forum);
            world.Rooms[id] = Room;
        }
    }

    public ChatRoom Room { get; private set; }

    public long Id => Room.Id;

    /// <summary>What the bot wrote here, as it stands now, oldest first.</summary>
    public IReadOnlyList<ChatMessage> Messages => [.. Room.Messages.Where(m => m.IsFromBot)];

    public IReadOnlyList<Topic> Topics
    {
        get
        {
            lock (_world.Gate)
            {
                return [.. Room.Topics.Values];
            }
        }
    }

    /// <summary>The latest message of the bot that is wanted, now or as soon as there is one.</summary>
    public Task<ChatMessage> WaitForMessageAsync(Func<ChatMessage, bool> wanted, TimeSpan timeout) =>
        Room.WaitForMessageAsync(m => m.IsFromBot && wanted(m), timeout);

    /// <summary>A member of the group.</summary>
    /// <param name="status"><c>creator</c>, <c>administrator</c> or <c>member</c>.</param>
    public Owner Owner(long id, string name, string status = "creator")
    {
        var account = new Account(id, name);
        lock (_world.Gate)
        {
            Room.Members[id] = new Member(account, status, CanManageTopics: status == "administrator");
        }

        return new Owner(_world, account, Room);
    }

    /// <summary>Takes or gives the bot the right to manage topics.</summary>
    public void LetBotManageTopics(bool may)
    {
        lock (_world.Gate)
        {
            Room.Members[_world.Bot.Id] = Room.Members[_world.Bot.Id] with { CanManageTopics = may };
        }
    }

    /// <summary>Somebody deletes a topic with all that stands in it.</summary>
    public void DeleteTopic(Topic topic)
    {
        lock (_world.Gate)
        {
            Room.Topics.Remove(topic.ThreadId);
        }
    }

    /// <summary>A member puts the bot into the group, from outside: the bot hears of it.</summary>
    public void AddBot(Owner by)
    {
        lock (_world.Gate)
        {
            var member = Room.Members[_world.Bot.Id];
            member = Room.Members[_world.Bot.Id] = member.IsThere ? member : member with { Status = "member", CanManageTopics = false };
            _world.Updates.Add("my_chat_member", new JsonObject
            {
                ["chat"] = Room.ToJson(),
                ["from"] = by.Account.ToJson(),
                ["date"] = _world.Now.ToUnixTimeSeconds(),
                ["old_chat_member"] = new Member(_world.Bot, "left").ToJson(),
                ["new_chat_member"] = member.ToJson(),
            });
        }
    }

    /// <summary>Throws the bot out.</summary>
    public void RemoveBot()
    {
        lock (_world.Gate)
        {
            Room.Members[_world.Bot.Id] = Room.Members[_world.Bot.Id] with { Status = "kicked" };
        }
    }

    /// <summary>The group becomes a supergroup with a new id; its members go along, the old id answers with the new one.
    /// Owners taken from here before still act in the old one.</summary>
    public long Upgrade()
    {
        lock (_world.Gate)
        {
            var old = Room;
            Room = new ChatRoom(_world, FirstSupergroupId - _world.Rooms.Count, "supergroup", _title);
            foreach (var (id, member) in old.Members)
            {
                Room.Members[id] = member;
            }

            _world.Rooms[Room.Id] = Room;
            old.MigratedTo = Room.Id;
            _world.Receive(old, Service(old, "migrate_to_chat_id", Room.Id), "message");
            _world.Receive(Room, Service(Room, "migrate_from_chat_id", old.Id), "message");
            return Room.Id;
        }
    }

    private ChatMessage Service(ChatRoom room, string kind, long value) =>
        new(room.NextMessageId(), room.Members.Values.First(m => m.Status == "creator").Account, _world.Now)
        {
            Attachment = (kind, JsonValue.Create(value)),
        };
}

/// <summary>Someone who works in the owners' group.</summary>
public sealed class Owner : Person
{
    internal Owner(World world, Account account, ChatRoom room) : base(world, account, room)
    {
    }

    /// <param name="topic">The topic to write in; null for the group's general part. Telegram takes words in a topic for an answer to what opened
    /// it.</param>
    public ChatMessage Write(string text, Topic? topic = null) =>
        Say(m => m with { Text = text, Entities = CommandIn(text), ThreadId = topic?.ThreadId, ReplyTo = topic?.ThreadId });

    /// <summary>Words of which some only look like the address behind them.</summary>
    public ChatMessage WriteLink(string text, string linked, string url, Topic? topic = null) =>
        Say(m =>
            m with
            {
                Text = text,
                Entities = [new Entity("text_link", text.IndexOf(linked, StringComparison.Ordinal), linked.Length, url)],
                ThreadId = topic?.ThreadId,
                ReplyTo = topic?.ThreadId,
            }
        );

    public ChatMessage ReplyTo(ChatMessage message, string text) =>
        Say(m => m with { Text = text, Entities = CommandIn(text), ReplyTo = message.Id, ThreadId = message.ThreadId });
}
