using System.Net;
using System.Net.Http.Headers;
using OpsChat.Host.Web;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

public class A_guessed_secret
{
    private const int Tries = 4;

    [Fact]
    public async Task of_the_owner_is_not_listened_to_any_more_after_many_wrong_ones_from_the_same_address()
    {
        await using var host = await StartAsync();
        for (var i = 0; i < Tries; i++)
        {
            (await AskAsync(host, $"guess {i}")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }

        using var limited = await AskAsync(host, RunningHost.OwnerToken);
        limited.StatusCode.Should().Be(HttpStatusCode.TooManyRequests, "an address that guesses must not learn that it guessed right");
        limited.Headers.RetryAfter!.Delta.Should().BePositive();
        limited.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
    }

    [Fact]
    public async Task of_a_channel_is_not_listened_to_any_more_either()
    {
        await using var host = await StartAsync();
        using var thief = new HttpClient { BaseAddress = host.Url, DefaultRequestHeaders = { { "X-OpsChat-Key", "guess" } } };
        for (var i = 0; i < Tries; i++)
        {
            (await thief.GetAsync(new Uri("/api/chat/a/messages", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }

        (await host.Customer.GetAsync(new Uri("/api/chat/a/messages", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task is_never_counted_when_it_is_right()
    {
        await using var host = await StartAsync();

        for (var i = 0; i < Tries * 3; i++)
        {
            (await AskAsync(host, RunningHost.OwnerToken)).StatusCode.Should().Be(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void counts_against_everyone_in_one_ipv6_network(string one, string other, bool same) =>
        AddressLimits.AddressOf(IPAddress.Parse(one)).Equals(AddressLimits.AddressOf(IPAddress.Parse(other))).Should().Be(same);

    private static Task<RunningHost> StartAsync() =>
        RunningHost.StartAsync(settings: new Dictionary<string, string?> { ["OpsChat:Messages:MostSignInsPerMinute"] = $"{Tries}" });

    private static async Task<HttpResponseMessage> AskAsync(RunningHost host, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/approvals", UriKind.Relative))
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        return await host.Customer.SendAsync(request);
    }
}
