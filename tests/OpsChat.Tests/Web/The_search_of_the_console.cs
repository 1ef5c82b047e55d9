using System.Net;
using System.Text.Json;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

public sealed class The_search_of_the_console(OneHost one) : IClassFixture<OneHost>
{
    [Fact]
    public async Task finds_a_customers_conversation_by_each_of_their_orders_and_says_what_the_shops_data_know()
    {
        var customer = $"c{Guid.NewGuid():N}"[..9];
        await one.Host.WriteAsync(customer, "where is my order #1293? priya.nair@example.com");
        await one.Host.AnswersAsync(customer);
        using var owner = await SignedInBrowser.OpenAsync(one.Host);

        var page = await PageAsync(owner, "/owner?q=%231286");

        page.Should().Contain($"data-id=\"api:{customer}\"", "#1286 is an order of the same customer");
        page.Should().MatchRegex("Order #1286 in the shop&#x27;s data: [a-z ]+, placed [^.]+MYR [0-9.]+\\.");
    }

    [Fact]
    public async Task says_what_it_looks_through_and_offers_the_assistant_where_it_finds_nothing()
    {
        using var owner = await SignedInBrowser.OpenAsync(one.Host);

        (await PageAsync(owner, "/owner?q=kebayawords")).Should()
            .Contain("looks through what customers and the shop wrote").And.Contain("href=\"/owner/kpi?q=kebayawords\"");
        (await PageAsync(owner, "/owner?q=%23999999")).Should().NotContain("in the shop&#x27;s data");
    }

    [Fact]
    public async Task stands_beside_a_number_that_can_be_asked_for_alone()
    {
        using var owner = await SignedInBrowser.OpenAsync(one.Host);

        using var json = JsonDocument.Parse(await PageAsync(owner, "/owner/inbox/count"));

        var count = json.RootElement.GetProperty("inbox").GetInt32();
        (await PageAsync(owner, "/owner/today")).Should().Contain($"data-count=\"inbox\">{count}<");
        var customer = $"c{Guid.NewGuid():N}"[..9];
        await one.Host.WriteAsync(customer, "I want my money back for order #1292, amirul.hakim@example.com");
        await one.Host.AnswersAsync(customer);
        using var later = JsonDocument.Parse(await PageAsync(owner, "/owner/inbox/count"));
        later.RootElement.GetProperty("inbox").GetInt32().Should().Be(count + 1);
        using var stranger = OneHost.Browser(one.Host);
        using var closed = await stranger.GetAsync(new Uri("/owner/inbox/count", UriKind.Relative));
        closed.StatusCode.Should().NotBe(HttpStatusCode.OK);
    }

    private static Task<string> PageAsync(SignedInBrowser owner, string path) => owner.Http.GetStringAsync(new Uri(path, UriKind.Relative));
}
