using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OpsChat.Testing.Telegram;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Channels.Telegram;

/// <summary>The server is what the other tests trust, so its own strictness is tested, with requests that the client would never make.</summary>
public class The_local_Bot_API_server
{
    private static readonly string LongText = new('a', 4097);

    public static TheoryData<string, string, int, string> Refusals =>
        new()
        {
            { "sendMesage", """{"chat_id":1001,"text":"hi"}""", 404, "Not Found" },
            { "sendMessage", """{"chat_id":1001,"text":"hi","reply_to":5}""", 400, "unknown parameter \"reply_to\"" },
            { "sendMessage", """{"text":"hi"}""", 400, "chat_id is empty" },
            { "sendMessage", """{"chat_id":5555,"text":"hi"}""", 400, "chat not found" },
            { "sendMessage", """{"chat_id":1002,"text":"hi"}""", 403, "bot can't initiate conversation with a user" },
            { "sendMessage", """{"chat_id":1003,"text":"hi"}""", 403, "bot was blocked by the user" },
            { "sendMessage", """{"chat_id":1001,"text":" "}""", 400, "message text is empty" },
            { "sendMessage", $$"""{"chat_id":1001,"text":"{{LongText}}"}""", 400, "message is too long" },
            { "sendMessage", """{"chat_id":1001,"text":"<b>hi","parse_mode":"HTML"}""", 400, "can't parse entities: Can't find end tag" },
            { "sendMessage", """{"chat_id":1001,"text":"hi</b>","parse_mode":"HTML"}""", 400, "can't parse entities: Unexpected end tag" },
            {
                "sendMessage",
                """{"chat_id":1001,"text":"<b><i>hi</b></i>","parse_mode":"HTML"}""",
                400,
                "can't parse entities: Unmatched end tag"
            },
            {
                "sendMessage",
                """{"chat_id":1001,"text":"1 <2> 3","parse_mode":"HTML"}""",
                400,
                "can't parse entities: Unsupported start tag"
            },
            {
                "sendMessage",
                """{"chat_id":1001,"text":"I <3 you","parse_mode":"HTML"}""",
                400,
                "can't parse entities: Unclosed start tag"
            },
            { "sendMessage", """{"chat_id":1001,"text":"hi","parse_mode":"Markdown5"}""", 400, "unsupported parse_mode" },
            {
                "sendMessage",
                """{"chat_id":1001,"text":"hi","reply_parameters":{"message_id":99}}""",
                400,
                "message to be replied not found"
            },
            { "sendMessage", """{"chat_id":1001,"text":"hi","message_thread_id":1}""", 400, "message thread not found" },
            { "sendMessage", """{"chat_id":1001,"text":"hi","business_connection_id":"nope"}""", 400, "business connection not found" },
            {
                "sendMessage",
                Keyboard("""{"text":"A","callback_data":"12345678901234567890123456789012345678901234567890123456789012345"}"""),
                400,
                "BUTTON_DATA_INVALID"
            },
            { "sendMessage", Keyboard("""{"text":"A","callback_data":"ééééééééééééééééééééééééééééééééé"}"""), 400, "BUTTON_DATA_INVALID" },
            { "sendMessage", Keyboard("""{"text":"A"}"""), 400, "Text buttons are unallowed" },
            { "sendMessage", Keyboard("""{"callback_data":"a"}"""), 400, "can't parse inline keyboard button" },
            { "sendPhoto", $$"""{"chat_id":1001,"photo":"file0001","caption":"{{LongText}}"}""", 400, "caption is too long" },
            { "sendPhoto", """{"chat_id":1001,"photo":"nope"}""", 400, "wrong file identifier" },
            { "sendChatAction", """{"chat_id":1001,"action":"thinking"}""", 400, "wrong parameter action" },
            { "editMessageText", """{"chat_id":1001,"message_id":1,"text":"x"}""", 400, "message can't be edited" },
            { "editMessageText", """{"chat_id":1001,"message_id":77,"text":"x"}""", 400, "message to edit not found" },
            { "deleteMessage", """{"chat_id":1001,"message_id":77}""", 400, "message to delete not found" },
            { "answerCallbackQuery", """{"callback_query_id":"nope"}""", 400, "query is too old" },
            { "answerCallbackQuery", $$"""{"callback_query_id":"x","text":"{{LongText}}"}""", 400, "MESSAGE_TOO_LONG" },
            { "createForumTopic", """{"chat_id":1001,"name":"x"}""", 400, "the chat is not a forum" },
            { "getChatMember", """{"chat_id":1001,"user_id":3}""", 400, "user not found" },
            { "getChatAdministrators", """{"chat_id":1001}""", 400, "no administrators in the private chat" },
            { "setMyCommands", """{"commands":[{"command":"Report","description":"x"}]}""", 400, "BOT_COMMAND_INVALID" },
            { "getUpdates", """{"offsett":1}""", 400, "unknown parameter" },
            { "setWebhook", """{"url":"https://shop.example/hook","secret_token":"white space"}""", 400, "secret token" },
            { "setWebhook", """{"url":"ftp://shop.example/hook"}""", 400, "bad webhook" },
            { "getFile", """{"file_id":"nope"}""", 400, "wrong file_id" },
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task refuses_what_Telegram_refuses(string method, string body, int code, string description)
    {
        await using var server = await StartAsync();
        server.Customer(1001, "Aisha").Start();
        server.Customer(1001, "Aisha").SendPhoto();
        server.Customer(1002, "Never wrote");
        server.Customer(1003, "Gone").Start();
        server.Customer(1003, "Gone").Block();

        var (status, answer) = await Post(server, method, JsonNode.Parse(body)!);

        answer["ok"]!.GetValue<bool>().Should().BeFalse();
        ((int)status).Should().Be(code);
        answer["error_code"]!.GetValue<int>().Should().Be(code);
        answer["description"]!.GetValue<string>().Should().Contain(description);
    }

    [Fact]
    public async Task counts_the_length_after_the_markup_is_taken_out()
    {
        await using var server = await StartAsync();
        server.Customer(1001, "Aisha").Start();

        var (status, _) = await Post(server, "sendMessage", new JsonObject
        {
            ["chat_id"] = 1001,
            ["parse_mode"] = "HTML",
            ["text"] = $"<b>{new string('a', 4095)}</b>&amp;",
        });

        status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task answers_a_flood_with_429_and_the_time_to_wait()
    {
        var clock = new TestClock();
        await using var server = await StartAsync(clock, Rates.Documented);
        var group = server.OwnerGroup();
        var card = new JsonObject { ["chat_id"] = group.Id, ["text"] = "card" };
        for (var i = 0; i < 20; i++)
        {
            (await Post(server, "sendMessage", card.DeepClone())).Status.Should().Be(HttpStatusCode.OK);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var (status, answer) = await Post(server, "sendMessage", card.DeepClone());
        clock.Advance(TimeSpan.FromSeconds(answer["parameters"]!["retry_after"]!.GetValue<int>()));

        status.Should().Be(HttpStatusCode.TooManyRequests);
        answer["parameters"]!["retry_after"]!.GetValue<int>().Should().Be(40);
        (await Post(server, "sendMessage", card.DeepClone())).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task takes_an_answer_to_a_tap_only_while_it_is_fresh()
    {
        var clock = new TestClock();
        await using var server = await StartAsync(clock);
        var customer = server.Customer(1001, "Aisha");
        customer.Start();
        await Post(server, "sendMessage", JsonNode.Parse(Keyboard("""{"text":"A","callback_data":"a"}"""))!);
        var tap = customer.Tap("A");
        clock.Advance(TimeSpan.FromMinutes(2));

        var (_, answer) = await Post(server, "answerCallbackQuery", new JsonObject { ["callback_query_id"] = tap.Id });

        answer["description"]!.GetValue<string>().Should().Contain("query is too old");
    }

    [Fact]
    public async Task knows_only_its_own_token()
    {
        await using var server = await StartAsync();
        using var http = new HttpClient();

        (await http.GetAsync(new Uri(server.BaseAddress, "/bot1:other/getMe"))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task tells_who_waits_in_vain_what_there_was_instead()
    {
        await using var server = await StartAsync();
        var customer = server.Customer(1001, "Aisha");
        customer.SendText("hello?");

        var wait = () => customer.WaitForMessageAsync(m => m.Text == "hi", TimeSpan.FromMilliseconds(1));

        (await wait.Should().ThrowAsync<TimeoutException>()).WithMessage("*Aisha: hello?*");
    }

    private static Task<TelegramServer> StartAsync(TestClock? clock = null, Rates? rates = null) =>
        TelegramServer.StartAsync(new() { Time = clock ?? new TestClock(), Rates = rates ?? Rates.Off });

    private static string Keyboard(string button) =>
        $$$"""{"chat_id":1001,"text":"hi","reply_markup":{"inline_keyboard":[[{{{button}}}]]}}""";

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> Post(TelegramServer server, string method, JsonNode body)
    {
        using var http = new HttpClient();
        using var response = await http.PostAsJsonAsync(new Uri(server.BaseAddress, $"/bot{server.Token}/{method}"), body);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonNode>())!);
    }
}
