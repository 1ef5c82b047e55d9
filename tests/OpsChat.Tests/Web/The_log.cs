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
        var link = "";
        await using (
            var host = await RunningHost.StartAsync(
                settings: new Dictionary<string, string?>
                {
                    ["Logging:LogLevel:Default"] = "Trace",
                    ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Information",
                },
                more: services => services.AddSingleton<ILoggerProvider>(log)
            )
        )
        {
            await host.WriteAsync("amirul", "I want a refund for order #1292, amirul.hakim@example.com. My zanzibarmug is cracked");
            await host.AnswersAsync("amirul");
            using var browser = OneHost.Browser(host);
            await browser.PostAsync(
                new Uri("/owner/sign-in/go", UriKind.Relative),
                new FormUrlEncodedContent([new("token", RunningHost.OwnerToken)])
            );
            (await browser.GetAsync(new Uri("/owner", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
            (await browser.GetAsync(new Uri("/owner/conversations/api%3Aamirul", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
            link = await host.SignInLinkAsync();
            (await browser.GetAsync(new Uri(link))).StatusCode.Should().Be(HttpStatusCode.OK);
            await host.Customer.PostAsJsonAsync("/api/chat/amirul/messages", new[] { "zanzibarmug" });
        }

        log.Lines.Should()
            .Contain(
                line => line.Contains("was not authenticated", StringComparison.Ordinal),
                "the test must see what is said at the level of details"
            );
        string.Join('\n', log.Lines)
            .Should()
            .NotContain("zanzibarmug")
            .And.NotContain("amirul", "neither an address nor the id of who wrote")
            .And.NotContain(link.Split("code=")[1], "whoever reads the log must not sign in by it")
            .And.NotContain(RunningHost.OwnerToken)
            .And.NotContain(RunningHost.ChannelKey);
    }
}
