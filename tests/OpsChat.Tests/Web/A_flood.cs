using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;
using OpsChat.Channels.Web;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

public class A_flood
{
    [Fact]
    public async Task of_one_customer_is_answered_429_with_a_time_and_slows_nobody_else()
    {
        await using var host = await RunningHost.StartAsync(
            settings: new Dictionary<string, string?> { ["OpsChat:Messages:MostPerMinute"] = "4" }
        );
        var flood = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(i =>
                    host.Customer.PostAsJsonAsync("/api/chat/flooder/messages", new { id = $"{i}", text = "refund refund refund" })
                )
        );

        var refused = flood.Where(a => a.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        refused.Should().HaveCountGreaterThanOrEqualTo(15).And.OnlyContain(a => a.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        await host.WriteAsync("quiet", "Do you ship to Penang?");
        (await host.AnswersAsync("quiet")).Should().NotBeEmpty();
    }

    [Fact]
    public async Task of_readers_who_wait_for_news_is_refused_above_a_number_and_the_others_hear_theirs()
    {
        await using var host = await RunningHost.StartAsync(
            settings: new Dictionary<string, string?> { ["OpsChat:Messages:MostListening"] = "2" }
        );
        var readers = Enumerable
            .Range(0, 3)
            .Select(i => host.Customer.GetAsync(new Uri($"/api/chat/reader-{i}/messages?after=0&wait=30", UriKind.Relative)))
            .ToList();

        var refused = await Task.WhenAny(readers);
        (await refused).StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => host.WriteAsync($"reader-{i}", "hello")));

        readers.Remove(refused);
        (await Task.WhenAll(readers)).Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.OK);
        (await host.AnswersAsync("reader-0")).Should().NotBeEmpty("a place is free again");
    }

    [Fact]
    public async Task of_new_visitors_from_one_address_is_refused_and_known_visitors_go_on()
    {
        await using var host = await RunningHost.StartAsync(
            settings: new Dictionary<string, string?> { ["OpsChat:Messages:MostNewPerMinute"] = "3" }
        );
        using var known = OneHost.Browser(host);
        await known.PostAsJsonAsync("/chat/messages", new { id = "1", text = "hello" });

        for (var i = 0; i < 3; i++)
        {
            using var visitor = OneHost.Browser(host);
            var answer = await visitor.PostAsJsonAsync("/chat/messages", new { id = "1", text = "hello" });
            answer.StatusCode.Should().Be(i < 2 ? HttpStatusCode.Accepted : HttpStatusCode.TooManyRequests);
        }

        (await known.PostAsJsonAsync("/chat/messages", new { id = "2", text = "still here" })).StatusCode.Should().Be(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task of_sign_ins_is_refused_even_with_the_right_token_at_its_end()
    {
        await using var host = await RunningHost.StartAsync();
        using var guesser = OneHost.Browser(host);
        for (var i = 0; i < new MessageOptions().MostSignInsPerMinute; i++)
        {
            (await TryAsync(guesser, $"guess {i}")).Should().Be(HttpStatusCode.Redirect);
        }

        (await TryAsync(guesser, RunningHost.OwnerToken)).Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task of_visitors_who_only_look_leaves_nothing_behind()
    {
        await using var host = await RunningHost.StartAsync();

        for (var i = 0; i < 20; i++)
        {
            await host.Customer.GetStringAsync(new Uri($"/api/chat/looker{i}/messages?after=0", UriKind.Relative));
        }

        host.Services.GetRequiredService<PulledChannel>().Awaited.Should().Be(0);
    }

    private static async Task<HttpStatusCode> TryAsync(HttpClient browser, string token)
    {
        using var answer = await browser.PostAsync(new Uri("/owner/sign-in/go", UriKind.Relative), new FormUrlEncodedContent([new("token", token)]));
        return answer.StatusCode;
    }
}
