using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

public class A_thumb_in_the_web_chat
{
    private const string Question = "where is my order #1293? my email is priya.nair@example.com";

    [Fact]
    public async Task is_the_customers_own_once_and_only_on_an_automatic_answer()
    {
        await using var host = await RunningHost.StartAsync();
        using var customer = Visitor(host);
        var answer = await AnsweredAsync(customer);

        (await ThumbAsync(customer, answer, "down")).StatusCode.Should().Be(HttpStatusCode.OK);
        var second = await ThumbAsync(customer, answer, "up");
        second.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await second.Content.ReadAsStringAsync()).Should().Contain("down", "the first word stands");

        (await ThumbAsync(customer, 1, "down")).StatusCode.Should().Be(HttpStatusCode.NotFound, "the first line is the customer's own");
        (await ThumbAsync(customer, answer, "sideways")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        using var stranger = Visitor(host);
        (await ThumbAsync(stranger, answer, "down")).StatusCode.Should().Be(HttpStatusCode.NotFound);

        using var report = JsonDocument.Parse(await host.Owner.GetStringAsync("/api/report"));
        report.RootElement.GetProperty("whole").GetProperty("answered").GetProperty("wrong").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task cannot_be_given_from_another_sites_page()
    {
        await using var host = await RunningHost.StartAsync();
        using var customer = Visitor(host);
        customer.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        (await ThumbAsync(customer, 2, "down")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    /// <summary>A browser with its own cookies.</summary>
    private static HttpClient Visitor(RunningHost host) => new(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = host.Url };

    /// <summary>Asks, and gives the place of the automatic answer.</summary>
    private static async Task<long> AnsweredAsync(HttpClient customer)
    {
        (await customer.PostAsJsonAsync("/chat/messages", new { text = Question })).EnsureSuccessStatusCode();
        var lines = await customer.GetFromJsonAsync<JsonElement>("/chat/messages?after=1&wait=20");
        var answer = lines.GetProperty("messages")[0];
        answer.GetProperty("thumb").GetString().Should().Be("none");
        return answer.GetProperty("seq").GetInt64();
    }

    private static Task<HttpResponseMessage> ThumbAsync(HttpClient customer, long seq, string word) =>
        customer.PostAsJsonAsync($"/chat/messages/{seq}/thumb", new { word });
}
