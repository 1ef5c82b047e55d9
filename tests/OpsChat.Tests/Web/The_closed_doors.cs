using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

/// <summary>What nobody gets without the right to it, asked of the running host over HTTP.</summary>
public sealed partial class The_closed_doors : IClassFixture<OneHost>
{
    private readonly RunningHost _host;

    public The_closed_doors(OneHost one) => _host = one.Host;

    [Fact]
    public async Task of_the_owners_side_open_to_nobody_without_signing_in()
    {
        using var stranger = Browser();
        var open = new List<string>();
        foreach (var (method, path) in OwnerRoutes())
        {
            // Every form can be posted with files, and one that takes files only so.
            using var request = new HttpRequestMessage(new(method), new Uri(_host.Url, path))
            {
                Content = method == "GET" ? null
                    : path.StartsWith("/api", StringComparison.Ordinal) ? JsonContent.Create(new { })
                    : new MultipartFormDataContent { { new StringContent("x"), "Id" } },
            };
            using var answer = await stranger.SendAsync(request);
            var refused = answer.StatusCode == HttpStatusCode.Unauthorized
                || (answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("/owner/sign-in"));
            if (!refused)
            {
                open.Add($"{method} {path}: {(int)answer.StatusCode}");
            }
        }

        open.Should().BeEmpty();
        OwnerRoutes().Should().HaveCountGreaterThan(15, "the test must see the routes");
    }

    [Fact]
    public async Task of_the_owners_api_open_to_no_wrong_token()
    {
        using var thief = new HttpClient
        {
            BaseAddress = _host.Url,
            DefaultRequestHeaders = { Authorization = new("Bearer", RunningHost.OwnerToken + "x") },
        };

        (await thief.GetAsync(new Uri("/api/approvals", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await _host.Owner.GetAsync(new Uri("/api/approvals", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/api/approvals")]
    [InlineData("/API/approvals")]
    [InlineData("/Api/HandOffs")]
    public async Task of_the_owners_api_open_to_no_cookie_however_its_address_is_written(string path)
    {
        using var owner = Browser();
        (await SignInAsync(owner, RunningHost.OwnerToken)).Dispose();

        using var answer = await owner.GetAsync(new Uri(path, UriKind.Relative));

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized, "a cookie that needs no anti-forgery token here would be another site's key");
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
    }

    [Fact]
    public async Task of_a_conversation_open_to_its_own_visitor_only()
    {
        using var one = Browser();
        using var other = Browser();
        (await one.PostAsJsonAsync("/chat/messages", new { id = "1", text = "zanzibarmug" })).StatusCode.Should().Be(HttpStatusCode.Accepted);

        (await one.GetStringAsync(new Uri("/chat/messages?after=0", UriKind.Relative))).Should().Contain("zanzibarmug");
        (await other.GetStringAsync(new Uri("/chat/messages?after=0", UriKind.Relative))).Should().NotContain("zanzibarmug");
    }

    [Fact]
    public async Task of_a_conversation_open_to_no_forged_cookie()
    {
        using var forger = Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/chat/messages?after=0", UriKind.Relative));
        request.Headers.Add("Cookie", "opschat-customer=0123456789abcdef0123456789abcdef");

        using var answer = await forger.SendAsync(request);

        answer
            .Headers.GetValues("Set-Cookie")
            .Should()
            .Contain(c => c.Contains("opschat-customer="), "a cookie that is not ours makes a new visitor");
    }

    [Fact]
    public async Task give_cookies_that_no_script_reads_and_no_other_site_sends()
    {
        using var visitor = Browser();
        using var chat = await visitor.GetAsync(new Uri("/chat/messages?after=0", UriKind.Relative));
        using var signedIn = await SignInAsync(visitor, RunningHost.OwnerToken);

        foreach (
            var cookie in chat
                .Headers.GetValues("Set-Cookie")
                .Concat(signedIn.Headers.GetValues("Set-Cookie"))
                .Where(c => c.Contains("opschat-"))
        )
        {
            cookie.Should().ContainEquivalentOf("httponly").And.ContainEquivalentOf("samesite=strict");
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/owner/sign-in")]
    [InlineData("/owner")]
    [InlineData("/owner/conversations")]
    [InlineData("/owner/report")]
    public async Task show_no_page_with_a_script_of_its_own(string page)
    {
        using var owner = Browser();
        (await SignInAsync(owner, RunningHost.OwnerToken)).Dispose();

        using var answer = await owner.GetAsync(new Uri(page, UriKind.Relative));
        var html = await answer.Content.ReadAsStringAsync();

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Should().ContainSingle().Subject;
        policy.Should().Contain("script-src 'self'").And.Contain("frame-ancestors 'none'").And.NotContain("unsafe");
        InlineScript().IsMatch(html).Should().BeFalse();
        Handler().IsMatch(html).Should().BeFalse();
    }

    [Fact]
    public async Task show_a_customers_words_as_words()
    {
        const string Attack = "<script>alert('zanzibar')</script><img src=x onerror=alert(1)>";
        await _host.WriteAsync("mallory", $"{Attack} I want my money back, call me a person");
        await _host.AnswersAsync("mallory");
        using var owner = Browser();
        (await SignInAsync(owner, RunningHost.OwnerToken)).Dispose();

        foreach (var page in new[] { "/owner", "/owner/conversations", "/owner/conversations/api%3Amallory" })
        {
            var html = await owner.GetStringAsync(new Uri(page, UriKind.Relative));
            html.Should().NotContain("<script>alert").And.NotContain("<img src=x");
        }

        (await owner.GetStringAsync(new Uri("/owner/conversations/api%3Amallory", UriKind.Relative)))
            .Should()
            .Contain("zanzibar", "the words themselves are shown");
    }

    [Theory]
    [InlineData("evil.example.com", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.example.com", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    public async Task answer_on_loopback_only_to_its_own_names(string name, HttpStatusCode expected)
    {
        using var browser = Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/health", UriKind.Relative)) { Headers = { Host = name } };

        using var answer = await browser.SendAsync(request);

        answer.StatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task refuse_a_message_from_another_sites_page()
    {
        using var browser = Browser();
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        (await browser.PostAsJsonAsync("/chat/messages", new { id = "1", text = "hello" })).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task take_a_form_of_the_console_only_with_its_token()
    {
        using var owner = Browser();
        (await SignInAsync(owner, RunningHost.OwnerToken)).Dispose();

        using var answer = await owner.PostAsync(
            new Uri("/owner/rollout", UriKind.Relative),
            new FormUrlEncodedContent([new("Verb", "promote"), new("Percentage", "100")])
        );

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    private List<(string Method, string Path)> OwnerRoutes() =>
    [
        .. from endpoint in _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
           where OwnersSide().IsMatch(path)
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           where method is "GET" or "POST"
           select (method, Parameter().Replace(path, "x")),
    ];

    private HttpClient Browser() => OneHost.Browser(_host);

    private static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string token) =>
        browser.PostAsync(new Uri("/owner/sign-in/go", UriKind.Relative), new FormUrlEncodedContent([new("token", token)]));

    [GeneratedRegex("^/(owner(?!/sign-in)|api(?!/chat/))")]
    private static partial Regex OwnersSide();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"<script(?![^>]*\ssrc=)[^>]*>\s*[^<\s]", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();

    [GeneratedRegex(@"<[^>]+\son[a-z]+\s*=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();
}

/// <summary>One host for the tests of a class.</summary>
public sealed class OneHost : IAsyncLifetime
{
    private RunningHost? _host;

    public RunningHost Host => _host!;

    public async Task InitializeAsync() => _host = await RunningHost.StartAsync(settings: new Dictionary<string, string?>
    {
        // These tests sign in from one address more often than people do.
        ["OpsChat:Messages:MostSignInsPerMinute"] = "10000",
    });

    public async Task DisposeAsync() => await Host.DisposeAsync();

    /// <summary>A browser that keeps cookies and shows redirects.</summary>
    public static HttpClient Browser(RunningHost host) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = host.Url };
}
