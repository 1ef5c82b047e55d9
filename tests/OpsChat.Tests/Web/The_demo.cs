using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

/// <summary>The link that the demo prints.</summary>
public sealed class The_demo : IAsyncLifetime
{
    private RunningHost _host = null!;

    public async Task InitializeAsync() => _host = await RunningHost.StartAsync(percentage: 10);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("where is my order #1293? my e-mail is priya.nair@example.com", "#1293")]
    [InlineData("is the linen tote in stock", "Linen Tote")]
    public async Task opens_a_customer_who_is_answered_while_the_canary_stays_small(string words, string expected)
    {
        using var visitor = new HttpClient(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = _host.Url };
        (await visitor.GetAsync(new Uri("/demo", UriKind.Relative))).EnsureSuccessStatusCode();

        (await visitor.PostAsJsonAsync("/chat/messages", new { text = words })).EnsureSuccessStatusCode();

        (await AnswerAsync(visitor)).Should().Contain(expected);
    }

    [Fact]
    public async Task says_how_to_start_on_files_of_the_owners_own_once_they_are_there()
    {
        var folder = Path.Combine(Path.GetFullPath(_host.Services.GetRequiredService<OpsChatOptions>().Data), "shop");
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(Repository.DemoShop, "returns.csv"), Path.Combine(folder, "returns.csv"));
        using var owner = await SignedInBrowser.OpenAsync(_host);

        var page = WebUtility.HtmlDecode(await owner.Http.GetStringAsync(new Uri("/owner/setup", UriKind.Relative)));

        page.Should().Contain($"export OpsChat__Shop='{folder}'\ndotnet run --project src/OpsChat.Host -- --data my-shop")
            .And.Contain($"$env:OpsChat__Shop = '{folder}'");
    }

    private static async Task<string> AnswerAsync(HttpClient visitor)
    {
        var vain = 0;
        for (long after = 0; ; )
        {
            var lines = await visitor.GetFromJsonAsync<ChatLines>(new Uri($"/chat/messages?after={after}&wait=30", UriKind.Relative));
            if (lines!.Messages.FirstOrDefault(line => line.From == "agent") is { } answer)
            {
                return answer.Text;
            }

            after = lines.Messages.Count > 0 ? lines.Messages[^1].Seq
                : ++vain < 3 ? after
                : throw new TimeoutException("Nobody answered.");
        }
    }
}
