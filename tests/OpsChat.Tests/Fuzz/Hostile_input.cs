using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OpsChat.Canary;
using OpsChat.Channels.Telegram;
using OpsChat.Channels.Telegram.Api;
using OpsChat.Facts.Csv;
using OpsChat.Host.Commands;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Fuzz;

/// <summary>
/// Whatever comes in is answered or refused, and never breaks anything. Seeds are fixed; the environment variable OPSCHAT_FUZZ sets how many
/// inputs each test tries.
/// </summary>
public class Hostile_input
{
    private static readonly int s_count = int.TryParse(Environment.GetEnvironmentVariable("OPSCHAT_FUZZ"), out var count) ? count : 300;

    [Fact]
    public void in_a_csv_file_gives_rows_or_findings() => Try(Texts(",\"\n\r;\t#0123aName Email"), text =>
    {
        var reading = new CsvReading(TimeZoneInfo.Utc, "MYR", 1, ShopUnderTest.Morning);
        CsvTable.Read("orders.csv", text, reading);
    });

    [Fact]
    public void in_the_canary_configuration_gives_a_configuration_or_findings() => Try(Mutations(CanaryConfigText.Write(new CanaryConfig { Percentage = 25 })), bytes =>
    {
        var read = CanaryConfigText.Read("canary.config.json", bytes);
        (read.Config is not null || read.Findings.Count > 0).Should().BeTrue();
    });

    [Fact]
    public void from_telegram_is_news_or_unreadable_json() => Try(Json(
        ["update_id", "message", "edited_message", "chat", "id", "from", "text", "date", "message_id", "type", "private", "callback_query", "data", "my_chat_member", "photo", "business_message"]),
        text =>
        {
            if (Parsed(text) is { } update)
            {
                UpdateReader.Read(update, -100, ShopUnderTest.Morning).Should().NotBeNull();
            }
        });

    [Fact]
    public void on_a_terminal_moves_no_cursor() => Try(Texts("\u001b[2J\u0007\u009b\n\tabc"), text =>
        TerminalText.Plain(text).Where(c => c is not '\n' and not '\t').Should().NotContain(c => char.IsControl(c)));

    [Fact]
    public async Task over_http_is_refused_with_a_sentence_and_never_a_crash()
    {
        await using var host = await RunningHost.StartAsync();
        var routes = new (string Path, HttpClient Client)[]
        {
            ("/api/chat/fuzz/messages", host.Customer), ("/chat/messages", host.Customer), ("/api/approvals/x/decision", host.Owner),
            ("/api/conversations/api:fuzz/reply", host.Owner), ("/owner/sign-in/go", host.Customer), ("/owner/rollout", host.Owner),
        };
        var bodies = Gen.OneOf(Json(["id", "text", "verb", "hash", "reason", "approve", "edit"]).Select(Encoding.UTF8.GetBytes), Gen.ArrayOf(Gen.Choose(0, 255).Select(b => (byte)b)))
            .Sample(Math.Min(s_count, 20_000) / 5);
        var watch = Stopwatch.StartNew();
        foreach (var body in bodies.TakeWhile(_ => s_count > 300 || watch.Elapsed < TimeSpan.FromSeconds(10)))
        {
            foreach (var (path, client) in routes)
            {
                using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
                ((int)answer.StatusCode).Should().BeLessThan(500, $"{path} was sent {Convert.ToHexString(body)}");
            }
        }

        (await host.Customer.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("?after=-1")]
    [InlineData("?after=99999999999999999999")]
    [InlineData("?after=x")]
    [InlineData("?after=0&wait=NaN")]
    [InlineData("?after=0&wait=-1e300")]
    [InlineData("?wait=%00")]
    public async Task in_a_query_is_no_crash(string query)
    {
        await using var host = await RunningHost.StartAsync();

        using var answer = await host.Customer.GetAsync(new Uri("/api/chat/fuzz/messages" + query, UriKind.Relative));

        ((int)answer.StatusCode).Should().BeLessThan(500);
    }

    private static void Try<T>(Gen<T> inputs, Action<T> read) => Prop.ForAll(inputs.ToArbitrary(), input =>
    {
        read(input);
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(s_count).WithReplay(20261121, 7));

    /// <summary>Any characters, mostly those that mean something to the reader.</summary>
    private static Gen<string> Texts(string telling) =>
        Gen.ArrayOf(Gen.Frequency((4, Gen.Elements(telling.ToCharArray())), (1, Gen.Choose(0, char.MaxValue).Select(c => (char)c)))).Select(c => new string(c));

    /// <summary>A valid file with a few of its bytes changed, or cut.</summary>
    private static Gen<byte[]> Mutations(byte[] valid) =>
        from places in Gen.ListOf(Gen.Choose(0, valid.Length - 1), 3)
        from values in Gen.ListOf(Gen.Choose(0, 255), 3)
        from length in Gen.Frequency((2, Gen.Constant(valid.Length)), (1, Gen.Choose(0, valid.Length)))
        select valid.Select((b, i) => places.ToList().IndexOf(i) is >= 0 and var at ? (byte)values[at] : b).Take(length).ToArray();

    /// <summary>JSON of any shape whose names and texts are often the expected ones.</summary>
    private static Gen<string> Json(string[] words) => Gen.Sized(size => Value(words, Math.Min(size, 4)));

    private static Gen<string> Value(string[] words, int depth)
    {
        var text = Gen.OneOf(Gen.Elements(words), Texts("\\\"{}[]<\u0000abc")).Select(t => JsonSerializer.Serialize(t));
        var leaf = Gen.OneOf(text, Gen.Elements("null", "true", "false", "-1", "0", "1e400", "9223372036854775807", "0.5", "[]", "{}"));
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Value(words, depth - 1);
        var member = from name in Gen.Elements(words) from value in inner select $"{JsonSerializer.Serialize(name)}:{value}";
        return Gen.Frequency(
            (1, leaf),
            (4, Gen.ListOf(member, 4).Select(m => $"{{{string.Join(',', m)}}}")),
            (1, Gen.ListOf(inner, 2).Select(v => $"[{string.Join(',', v)}]")));
    }

    private static Update? Parsed(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, TelegramJson.Default.Update);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
