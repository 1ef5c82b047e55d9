using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpsChat.Host.Web;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

public sealed class Addresses_and_bodies : IAsyncLifetime
{
    private const int MostCharacters = 60_000;

    private RunningHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await RunningHost.StartAsync(
            settings: new Dictionary<string, string?> { ["OpsChat:Messages:MostCharacters"] = $"{MostCharacters}" }
        );

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task of_customers_whose_ids_differ_in_a_slash_and_its_code_are_of_two_customers()
    {
        foreach (var (sent, text) in new[] { ("a%2Fb", "i am a slash b"), ("a%252Fb", "i am a percent two f b") })
        {
            using var posted = await _host.Customer.PostAsJsonAsync($"api/chat/{sent}/messages", new { id = "1", text });
            posted.StatusCode.Should().Be(HttpStatusCode.Accepted);
            (await _host.Customer.GetStringAsync(new Uri($"api/chat/{sent}/messages", UriKind.Relative))).Should().Contain(text);
        }

        var shown = await _host.Owner.GetFromJsonAsync<JsonElement>(new Uri("api/conversations", UriKind.Relative));
        shown
            .GetProperty("conversations")
            .EnumerateArray()
            .Select(row => row.GetProperty("id").GetString())
            .Should()
            .BeEquivalentTo("api:a/b", "api:a%2Fb");

        using var reply = await _host.Owner.PostAsJsonAsync("api/conversations/api%3Aa%2Fb/reply", new { text = "hello slash" });
        reply.StatusCode.Should().Be(HttpStatusCode.Accepted);
        using var console = await SignedInBrowser.OpenAsync(_host);
        using var page = await console.Http.GetAsync(new Uri(ConsoleWords.PathOf(new("api", "a%2Fb")), UriKind.Relative));
        // The list beside it shows both.
        var talk = (await page.Content.ReadAsStringAsync()).Split("class=\"talk\"")[1];
        talk.Should().Contain("i am a percent two f b").And.NotContain("i am a slash b");
    }

    [Theory]
    [InlineData("{ torn", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"text\": 7}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("hello", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    public async Task that_cannot_be_read_are_answered_to_programs_as_json(string body, string type, HttpStatusCode status)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        foreach (
            var (client, path) in new[]
            {
                (_host.Customer, "api/chat/aina/messages"),
                (_host.Owner, "api/approvals/a1/decision"),
                (_host.Customer, "chat/messages"),
            }
        )
        {
            using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);

            answer.StatusCode.Should().Be(status);
            answer.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString().Should().Contain("JSON").And.NotContain("page");
        }
    }

    [Fact]
    public async Task that_are_too_large_are_told_the_limit()
    {
        using var answer = await _host.Customer.PostAsJsonAsync("api/chat/aina/messages", new { id = "1", text = new string('x', 3_000_000) });

        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString().Should().MatchRegex(@"at most [\d,]+ bytes");
    }

    [Fact]
    public async Task of_as_many_characters_as_are_read_fit_however_they_are_written()
    {
        // Six bytes a character, the most that JSON can make of one.
        var escaped = string.Concat(Enumerable.Repeat("\\u4f60", MostCharacters));
        using var content = new StringContent($"{{\"id\":\"long\",\"text\":\"{escaped}\"}}", Encoding.UTF8, "application/json");
        using var answer = await _host.Customer.PostAsync(new Uri("api/chat/aina/messages", UriKind.Relative), content);

        answer.StatusCode.Should().Be(HttpStatusCode.Accepted);
        using var longer = await _host.Customer.PostAsJsonAsync(
            "api/chat/aina/messages",
            new { id = "2", text = new string('x', MostCharacters + 1) }
        );
        longer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await longer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString().Should().Contain($"{MostCharacters:N0}");
    }
}
