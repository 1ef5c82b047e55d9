using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;
using OpsChat.Channels.Webhook;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

public class A_signed_webhook
{
    private const int Guesses = 5;

    [Fact]
    public async Task brings_a_customers_message_in_and_takes_the_answer_out()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var host = await StartAsync(server);

        using var answer = await PostAsync(host, Body("when are you open?"));

        answer.StatusCode.Should().Be(HttpStatusCode.Accepted);
        var told = await server.NextAsync();
        told.Json.GetProperty("customer").GetString().Should().Be("42");
        told.Json.GetProperty("text").GetString().Should().Contain("open");
        var conversation = await host
            .Services.GetRequiredService<IStore>()
            .ReadAsync(session => session.Conversations.Find(new(WebhookChannel.Name, "42")), CancellationToken.None);
        conversation!.Name.Should().Be("Aina");
    }

    [Fact]
    public async Task that_comes_again_is_the_same_message()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var host = await StartAsync(server);
        var (body, at) = (Body("when are you open?"), TimeProvider.System.GetUtcNow());

        var ids = new List<string>();
        foreach (var when in new[] { at, at, at.AddSeconds(1) })
        {
            using var answer = await PostAsync(host, body, when);
            ids.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messageId").GetString()!);
        }

        ids.Distinct().Should().ContainSingle();
        var lines = await host
            .Services.GetRequiredService<IStore>()
            .ReadAsync(session => session.Conversations.Transcript(new(WebhookChannel.Name, "42"), 0, 100), CancellationToken.None);
        lines.Should().ContainSingle(line => line.From == Sender.Customer);
    }

    [Fact]
    public async Task is_refused_with_a_sentence_when_it_is_not_signed_signed_otherwise_or_signed_long_ago()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var host = await StartAsync(server);
        var (body, now) = (Body("refund me"), TimeProvider.System.GetUtcNow());

        await RefusedAsync(Request(body, now, signature: ""), "not signed");
        await RefusedAsync(Request(body, now, secret: new string('x', 40)), "not that of these bytes");
        await RefusedAsync(Request(body, now, sent: Body("refund me twice")), "not that of these bytes");
        await RefusedAsync(Request(body, now.AddMinutes(-6)), "more than 5 minutes ago");
        await RefusedAsync(Request(body, now.AddMinutes(6)), "in the future");

        async Task RefusedAsync(HttpRequestMessage request, string sentence)
        {
            using var http = new HttpClient { BaseAddress = host.Url };
            using var answer = await http.SendAsync(request);
            answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            (await answer.Content.ReadAsStringAsync()).Should().Contain(sentence);
        }
    }

    [Fact]
    public async Task of_our_own_that_is_sent_back_is_no_customers_message()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var host = await StartAsync(server);
        using var answer = await PostAsync(host, Body("when are you open?"));
        var ours = await server.NextAsync();

        using var http = new HttpClient { BaseAddress = host.Url };
        using var back = await http.SendAsync(
            Request(ours.Body, DateTimeOffset.FromUnixTimeSeconds(long.Parse(ours.Timestamp)), signature: ours.Signature)
        );

        back.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("""{"type":"customer.message","customer":"42","text":"hi"}""", "has no id")]
    [InlineData("""{"type":"customer.message","id":" ","customer":"42","text":"hi"}""", "has no id")]
    [InlineData("""{"type":"customer.message","id":"1","text":"hi"}""", "customer's id")]
    [InlineData("""{"type":"customer.message","id":"1","customer":"42"}""", "no text")]
    [InlineData("""{"type":"customer.message","id":1,"customer":"42","text":"hi"}""", "no customer's message")]
    [InlineData("""{"type":"customer.message","id":"1","customer":"42","text":"hi","name":"12345678901234567890123456789012345678901234567890123456789012345"}""", "name")]
    [InlineData("[]", "no customer's message")]
    [InlineData("", "no customer's message")]
    public async Task without_what_a_message_needs_is_refused_with_a_sentence(string body, string sentence)
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var host = await StartAsync(server);

        using var answer = await PostAsync(host, Encoding.UTF8.GetBytes(body));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(sentence);
    }

    [Fact]
    public async Task that_is_wrong_many_times_shuts_nobody_out()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var host = await StartAsync(server);
        using var http = new HttpClient { BaseAddress = host.Url };
        for (var i = 0; i < Guesses * 3; i++)
        {
            using var guess = await http.SendAsync(Request(Body("hi"), TimeProvider.System.GetUtcNow(), signature: $"v1={i:x64}"));
            guess.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }

        using var right = await PostAsync(host, Body("hi"));
        right.StatusCode.Should().Be(HttpStatusCode.Accepted, "behind a proxy a stranger has the system's address");
        (await host.Owner.GetAsync(new Uri("/api/approvals", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task is_closed_until_it_is_set_up()
    {
        await using var host = await RunningHost.StartAsync();
        using var answer = await PostAsync(host, Body("hi"));

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("OpsChat__Webhook__Secret");
    }

    [Theory]
    [InlineData(null, ShopSystemServer.Secret, "without OpsChat__Webhook__Url")]
    [InlineData("https://shop.example/opschat", "short", "at least 32 characters")]
    [InlineData("https://shop.example/opschat", "", "at least 32 characters")]
    [InlineData("http://shop.example/opschat", ShopSystemServer.Secret, "must begin with https")]
    [InlineData("https://me:pw@shop.example/", ShopSystemServer.Secret, "no web address")]
    [InlineData("shop/opschat", ShopSystemServer.Secret, "no web address")]
    [InlineData("ftp://shop.example/", ShopSystemServer.Secret, "no web address")]
    public void is_not_set_up_by_half(string? url, string secret, string sentence) =>
        new WebhookOptions { Url = url is null ? null : new(url, UriKind.RelativeOrAbsolute), Secret = secret }
            .Problems()
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain(sentence);

    [Fact]
    public async Task takes_back_the_rows_that_it_posted_and_no_others()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await using var host = await StartAsync(server);
        var feeds = Path.Combine(host.Folder, "data", "feeds");

        (await CallAsync(HttpMethod.Post, "k1")).Should().Be(HttpStatusCode.Accepted);
        (await CallAsync(HttpMethod.Post, "k2")).Should().Be(HttpStatusCode.Accepted);
        (await CallAsync(HttpMethod.Delete, "k3")).Should().Be(HttpStatusCode.NotFound);
        (await CallAsync(HttpMethod.Delete, "")).Should().Be(HttpStatusCode.BadRequest);
        (await CallAsync(HttpMethod.Delete, "k1", secret: new string('x', 40))).Should().Be(HttpStatusCode.Unauthorized);
        Directory.EnumerateFiles(feeds).Should().HaveCount(2);

        (await CallAsync(HttpMethod.Delete, "k1")).Should().Be(HttpStatusCode.NoContent);
        (await CallAsync(HttpMethod.Post, "k1")).Should().Be(HttpStatusCode.Accepted, "the same post is not made anew");
        Directory.EnumerateFiles(feeds).Should().ContainSingle();

        async Task<HttpStatusCode> CallAsync(HttpMethod method, string key, string? secret = null)
        {
            using var request = Request("sku,name\nA1,Mug\n"u8.ToArray(), TimeProvider.System.GetUtcNow(), secret ?? ShopSystemServer.Secret);
            (request.Method, request.RequestUri) = (method, new("/api/feeds/products", UriKind.Relative));
            request.Headers.TryAddWithoutValidation(WebhookSignature.KeyHeader, key);
            using var http = new HttpClient { BaseAddress = host.Url };
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task keeps_the_rows_of_a_season_and_the_newest_of_each_kind()
    {
        using var folder = new TemporaryFolder();
        await using var store = await SqliteStore.OpenAsync(folder.File("opschat.db"), default);
        var feeds = new PostedFeeds(folder.File("feeds"), store, TimeProvider.System);
        await feeds.AcceptAsync("products", "old", "a,b\n1,2\n"u8.ToArray(), default);
        await feeds.AcceptAsync("suppliers", "old", "a,b\n1,2\n"u8.ToArray(), default);
        var old = Directory.EnumerateFiles(folder.File("feeds")).ToList();
        old.ForEach(file => File.SetLastWriteTimeUtc(file, (TimeProvider.System.GetUtcNow() - PostedFeeds.Lives).UtcDateTime.AddDays(-1)));

        await feeds.AcceptAsync("products", "new", "a,b\n1,2\n"u8.ToArray(), default);

        old.Count(File.Exists).Should().Be(1, "nothing newer tells of suppliers");
        Directory.EnumerateFiles(folder.File("feeds")).Should().HaveCount(2);
    }

    private static Task<RunningHost> StartAsync(ShopSystemServer server) => RunningHost.StartAsync(settings: new Dictionary<string, string?>
    {
        ["OpsChat:Webhook:Url"] = server.Url.ToString(),
        ["OpsChat:Webhook:Secret"] = ShopSystemServer.Secret,
        ["OpsChat:Messages:MostSignInsPerMinute"] = $"{Guesses}",
    });

    private static byte[] Body(string text) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type = "customer.message",
                id = "m-1",
                customer = "42",
                text,
                name = "Aina",
            }
        );

    private static async Task<HttpResponseMessage> PostAsync(RunningHost host, byte[] body, DateTimeOffset? at = null)
    {
        using var http = new HttpClient { BaseAddress = host.Url };
        return await http.SendAsync(Request(body, at ?? TimeProvider.System.GetUtcNow()));
    }

    /// <param name="sent">Other bytes than were signed.</param>
    private static HttpRequestMessage Request(
        byte[] body,
        DateTimeOffset at,
        string secret = ShopSystemServer.Secret,
        string? signature = null,
        byte[]? sent = null
    )
    {
        var seconds = at.ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/webhook", UriKind.Relative))
        {
            Content = new ByteArrayContent(sent ?? body),
        };
        request.Headers.Add(WebhookSignature.TimestampHeader, $"{seconds}");
        request.Headers.Add(WebhookSignature.SignatureHeader, signature ?? WebhookSignature.Of(secret, seconds, body));
        return request;
    }
}
