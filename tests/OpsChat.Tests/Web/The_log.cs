using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

public class The_log
{
    [Fact]
    public async Task has_no_customers_words_no_addresses_and_no_secrets_even_at_its_most_talkative()
    {
        using var log = new CapturedLog();
        await using (var host = await RunningHost.StartAsync(
            settings: new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Trace" }, more: services => services.AddSingleton<ILoggerProvider>(log)))
        {
            await host.WriteAsync("amirul", "I want a refund for order #1292, amirul.hakim@example.com. My zanzibarmug is cracked");
            await host.AnswersAsync("amirul");
            using var browser = OneHost.Browser(host);
            await browser.PostAsync(new Uri("/owner/sign-in/go", UriKind.Relative), new FormUrlEncodedContent([new("token", RunningHost.OwnerToken)]));
            (await browser.GetAsync(new Uri("/owner", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
            await host.Customer.PostAsJsonAsync("/api/chat/amirul/messages", new[] { "zanzibarmug" });
        }

        log.Lines.Should().HaveCountGreaterThan(50, "the test must see the log");
        string.Join('\n', log.Lines).Should().NotContain("zanzibarmug").And.NotContain("amirul.hakim@example.com")
            .And.NotContain(RunningHost.OwnerToken).And.NotContain(RunningHost.ChannelKey);
    }
}
