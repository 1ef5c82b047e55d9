using System.Net;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

public class A_cookie
{
    [Theory]
    [InlineData("OpsChat:Hosts", "shop.example")]
    [InlineData("OpsChat:Telegram:WebhookUrl", "https://shop.example/telegram")]
    public async Task of_a_shop_with_a_public_name_is_for_https_alone_whatever_a_proxy_tells(string setting, string value)
    {
        await using var host = await RunningHost.StartAsync(settings: new Dictionary<string, string?> { [setting] = value });
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Url };
        // Some proxies pass the public name on, some ask for this machine's.
        foreach (var name in new[] { "shop.example", "127.0.0.1" })
        {
            var cookies = await CookiesAsync(browser, name);

            cookies
                .Select(c => c.Split('=')[0])
                .Distinct()
                .Should()
                .HaveCountGreaterThanOrEqualTo(4, "the customer's, the owner's, the note's and the one against forgery are meant");
            cookies
                .Should()
                .OnlyContain(c =>
                    c.Contains("; secure", StringComparison.OrdinalIgnoreCase)
                    && c.Contains("; httponly", StringComparison.OrdinalIgnoreCase)
                    && c.Contains("samesite=strict", StringComparison.OrdinalIgnoreCase)
                );
        }
    }

    [Fact]
    public async Task of_a_shop_on_this_computer_works_over_http_and_no_browser_is_told_to_insist_on_https()
    {
        await using var host = await RunningHost.StartAsync();
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Url };

        (await CookiesAsync(browser, "127.0.0.1")).Should().NotContain(c => c.Contains("; secure", StringComparison.OrdinalIgnoreCase));
        (await browser.GetAsync(new Uri("/", UriKind.Relative))).Headers.Contains("Strict-Transport-Security").Should().BeFalse();
    }

    [Fact]
    public async Task is_not_all_that_a_public_name_keeps_to_https()
    {
        await using var host = await RunningHost.StartAsync(settings: new Dictionary<string, string?> { ["OpsChat:Hosts"] = "shop.example" });
        using var browser = OneHost.Browser(host);

        foreach (var path in new[] { "/", "/owner", "/no-such-page", "/api/approvals" })
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));
            answer.Headers.GetValues("Strict-Transport-Security").Should().Equal("max-age=31536000");
        }
    }

    /// <summary>All that the host sets for a visitor of the chat and an owner who posts a form of the console.</summary>
    private static async Task<IReadOnlyList<string>> CookiesAsync(HttpClient browser, string host)
    {
        var (all, jar) = (new List<string>(), new Dictionary<string, string>());
        await AskAsync(HttpMethod.Get, "/chat/messages?after=0", null);
        await AskAsync(HttpMethod.Post, "/owner/sign-in/go", new() { ["token"] = RunningHost.OwnerToken });
        var page = await AskAsync(HttpMethod.Get, "/owner", null);
        var token = page.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
        await AskAsync(HttpMethod.Post, "/owner/rollout", new() { ["Verb"] = "set", ["__RequestVerificationToken"] = WebUtility.HtmlDecode(token) });
        return all;

        async Task<string> AskAsync(HttpMethod method, string path, Dictionary<string, string>? form)
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative))
            {
                Content = form is null ? null : new FormUrlEncodedContent(form),
                Headers = { Host = host },
            };
            if (jar.Count > 0)
            {
                request.Headers.Add("Cookie", string.Join("; ", jar.Select(c => $"{c.Key}={c.Value}")));
            }

            using var answer = await browser.SendAsync(request);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                all.Add(cookie);
                jar[cookie.Split('=')[0]] = cookie.Split(';')[0].Split('=', 2)[1];
            }

            return await answer.Content.ReadAsStringAsync();
        }
    }
}
