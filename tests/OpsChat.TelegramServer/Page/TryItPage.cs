using System.Globalization;
using System.Text.Json.Nodes;

namespace OpsChat.Testing.Telegram;

/// <summary>The page on which one person plays the customers and the owners.</summary>
public sealed class TryItPage
{
    public const long FirstOwnerId = 9001;
    public const string FirstOwnerName = "Siti";

    private static readonly TimeSpan PatienceOfATap = TimeSpan.FromSeconds(15);

    private readonly TelegramServer _server;
    private readonly OwnerGroup _group;
    private readonly Dictionary<long, Owner> _owners = [];
    private readonly Dictionary<long, Customer> _customers = [];

    public TryItPage(TelegramServer server)
    {
        _server = server;
        _group = server.OwnerGroup(forum: true);
        _owners[FirstOwnerId] = _group.Owner(FirstOwnerId, FirstOwnerName);
        _owners[FirstOwnerId + 1] = _group.Owner(FirstOwnerId + 1, "Ahmad", "member");
        AddCustomer("Aisha");
        AddCustomer("Ben");
    }

    public static long OwnerChatOf(TelegramServer server) => server.World.Rooms.Keys.Min();

    public void Map(WebApplication app)
    {
        app.MapGet("/", () => Results.Stream(typeof(TryItPage).Assembly.GetManifestResourceStream("page.html")!, "text/html; charset=utf-8"));
        app.MapGet("/driver/state", State);
        app.MapPost("/driver/customers", async (HttpRequest request) => AddCustomer(Text(await Body(request), "name")));
        app.MapPost("/driver/say", async (HttpRequest request) => Say(await Body(request)));
        app.MapPost("/driver/tap", async (HttpRequest request) => await Tap(await Body(request)));
    }

    private void AddCustomer(string name)
    {
        lock (_customers)
        {
            var id = 1001 + _customers.Count;
            _customers[id] = _server.Customer(id, name);
        }
    }

    private Person Who(JsonObject body)
    {
        var id = body["person"]!.GetValue<long>();
        lock (_customers)
        {
            return _customers.GetValueOrDefault(id) ?? (Person)_owners[id];
        }
    }

    private void Say(JsonObject body)
    {
        var (person, text) = (Who(body), Text(body, "text"));
        var replyTo = body["replyTo"] is { } id ? person.Room.Messages.FirstOrDefault(m => m.Id == id.GetValue<int>()) : null;
        switch (person)
        {
            case Customer customer when text.StartsWith("photo:", StringComparison.OrdinalIgnoreCase):
                customer.SendPhoto(text["photo:".Length..].Trim());
                break;
            case Customer customer:
                customer.SendText(text, replyTo);
                break;
            case Owner owner when replyTo is not null:
                owner.ReplyTo(replyTo, text);
                break;
            case Owner owner:
                owner.Write(text, body["topic"] is { } topic ? _group.Topics.FirstOrDefault(t => t.ThreadId == topic.GetValue<int>()) : null);
                break;
        }
    }

    private async Task<string> Tap(JsonObject body)
    {
        var person = Who(body);
        var message = person.Room.Messages.First(m => m.Id == body["message"]!.GetValue<int>());
        try
        {
            return (await person.Tap(message, Text(body, "label")).Answer.WaitAsync(PatienceOfATap, TimeProvider.System)).Text;
        }
        catch (TimeoutException)
        {
            return $"The bot did not answer this tap within {PatienceOfATap.TotalSeconds:0} s.";
        }
    }

    private string State()
    {
        lock (_customers)
        {
            var chats = _customers.Values.Select(c => ChatOf(c.Room, c.Account.FirstName, [c]))
                .Append(ChatOf(_group.Room, "Owners' group", _owners.Values));
            return chats.ToJson().ToJsonString();
        }
    }

    private JsonObject ChatOf(ChatRoom room, string title, IEnumerable<Person> people) => new()
    {
        ["id"] = room.Id,
        ["title"] = title,
        ["people"] = people.Select(p => (JsonNode)new JsonObject { ["id"] = p.Id, ["name"] = p.Account.FirstName }).ToJson(),
        ["topics"] = (room.IsForum ? _group.Topics : []).Select(t => (JsonNode)new JsonObject { ["id"] = t.ThreadId, ["name"] = t.Name }).ToJson(),
        ["messages"] = room.Messages.Select(m => (JsonNode)Shown(m)).ToJson(),
    };

    private static JsonObject Shown(ChatMessage message) =>
        new()
        {
            ["id"] = message.Id,
            ["from"] = message.From.FirstName,
            ["isBot"] = message.IsFromBot,
            ["at"] = message.Date.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            ["edited"] = message.EditedAt is not null,
            ["text"] = message.Text ?? message.Caption ?? "",
            ["attachment"] = message.Attachment?.Kind,
            ["topic"] = message.ThreadId,
            ["replyTo"] = message.ReplyTo,
            ["entities"] = message
                .Entities.Select(e =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["type"] = e.Type,
                            ["offset"] = e.Offset,
                            ["length"] = e.Length,
                        }
                )
                .ToJson(),
            ["buttons"] = message
                .Buttons.Select(row => (JsonNode)row.Select(b => (JsonNode)new JsonObject { ["text"] = b.Text, ["url"] = b.Url }).ToJson())
                .ToJson(),
        };

    private static async Task<JsonObject> Body(HttpRequest request) => (await JsonNode.ParseAsync(request.Body))!.AsObject();

    private static string Text(JsonObject body, string name) => body[name]!.GetValue<string>();
}
