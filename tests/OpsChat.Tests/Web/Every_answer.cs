using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

/// <summary>What holds for every page and every answer, found by following links and by walking the routes.</summary>
public sealed partial class Every_answer(OneHost one) : IClassFixture<OneHost>
{
    private readonly RunningHost _host = one.Host;

    [Fact]
    public async Task that_is_a_page_runs_no_script_of_its_own_and_posts_no_form_without_its_token()
    {
        await _host.WriteAsync("crawled", "I want my money back for the <b>broken</b> mug, call me a person");
        await _host.AnswersAsync("crawled");
        using var owner = await SignedInBrowser.OpenAsync(_host);
        var (seen, toSee) = (
            new HashSet<string>(),
            new Queue<string>(["/", "/owner", "/owner/conversations", "/owner/report", "/owner/sign-in?code=1"])
        );
        while (toSee.TryDequeue(out var path) && seen.Count < 60)
        {
            if (!seen.Add(path))
            {
                continue;
            }

            using var answer = await owner.Http.GetAsync(new Uri(path, UriKind.Relative));
            if (answer.StatusCode == HttpStatusCode.Redirect)
            {
                toSee.Enqueue(answer.Headers.Location!.ToString());
                continue;
            }

            answer.StatusCode.Should().Be(HttpStatusCode.OK, path);
            CheckHeaders(answer, path);
            if (answer.Content.Headers.ContentType?.MediaType == "text/html")
            {
                var html = await answer.Content.ReadAsStringAsync();
                CheckPage(html, path);
                foreach (
                    var link in Link()
                        .Matches(html)
                        .Select(m => WebUtility.HtmlDecode(m.Groups[1].Value).Split('#')[0])
                        .Where(l => l.StartsWith('/') && !l.StartsWith("//", StringComparison.Ordinal))
                )
                {
                    toSee.Enqueue(link);
                }
            }
        }

        seen.Should()
            .HaveCountGreaterThan(8, "the test must find the pages")
            .And.Contain(p => p.StartsWith("/owner/conversations/", StringComparison.Ordinal))
            .And.Contain("/chat.js");
    }

    [Fact]
    public async Task of_every_route_has_the_headers_that_protect_a_browser()
    {
        using var nobody = OneHost.Browser(_host);
        foreach (var (method, path) in HostRoutes.Of(_host, _ => "x").Append(("GET", "/no-such-page")).Append(("GET", "/app.css")))
        {
            using var request = new HttpRequestMessage(new(method), new Uri(path, UriKind.Relative))
            {
                Content = method == "POST" ? JsonContent.Create(new { }) : null,
            };
            using var answer = await nobody.SendAsync(request);
            CheckHeaders(answer, $"{method} {path}");
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
            {
                cookie.Should().ContainEquivalentOf("httponly").And.ContainEquivalentOf("samesite=strict", $"{method} {path}");
            }
        }
    }

    [Fact]
    public async Task to_a_form_of_the_console_without_its_token_is_a_refusal()
    {
        using var owner = await SignedInBrowser.OpenAsync(_host);
        var forms = HostRoutes
            .Of(_host, _ => "x")
            .Where(r => r.Method == "POST" && r.Path.StartsWith("/owner", StringComparison.Ordinal)
                && !r.Path.StartsWith("/owner/sign-in/", StringComparison.Ordinal))
            .ToList();
        forms.Should().HaveCountGreaterThan(8);
        foreach (var (_, path) in forms)
        {
            // As a form with files: every form can be posted so, and one that takes files only so.
            using var form = new MultipartFormDataContent { { new StringContent("approve"), "Verb" }, { new StringContent("x"), "Id" } };
            using var answer = await owner.Http.PostAsync(new Uri(path, UriKind.Relative), form);
            answer.StatusCode.Should().BeOneOf([HttpStatusCode.BadRequest, HttpStatusCode.Forbidden], path);
        }
    }

    [Fact]
    public async Task to_a_form_with_another_visitors_token_is_a_refusal()
    {
        using var owner = await SignedInBrowser.OpenAsync(_host);
        using var another = await SignedInBrowser.OpenAsync(_host);
        var foreign = Token().Match(await another.Http.GetStringAsync(new Uri("/owner", UriKind.Relative))).Groups[1].Value;

        using var answer = await owner.PostAsync(
            "/owner/rollout",
            [new("Verb", "pause"), new("__RequestVerificationToken", WebUtility.HtmlDecode(foreign))],
            withToken: false
        );

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    private static void CheckHeaders(HttpResponseMessage answer, string what)
    {
        answer.Headers.TryGetValues("Content-Security-Policy", out var policies).Should().BeTrue(what);
        policies!
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain("script-src 'self'")
            .And.Contain("object-src 'none'")
            .And.Contain(what.EndsWith("/widget", StringComparison.Ordinal) ? "frame-ancestors 'self'" : "frame-ancestors 'none'")
            .And.Contain("form-action 'self'")
            .And.NotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        answer.Headers.Contains("Server").Should().BeFalse(what);
    }

    private static void CheckPage(string html, string path)
    {
        InlineScript().IsMatch(html).Should().BeFalse($"{path} has a script of its own");
        Handler().IsMatch(html).Should().BeFalse($"{path} has a handler in an attribute");
        InlineStyle().IsMatch(html).Should().BeFalse($"{path} has a style that its policy forbids");
        foreach (
            var form in Form()
                .Matches(html)
                .Select(m => m.Value)
                .Where(f =>
                    !f.Contains("/owner/sign-in/", StringComparison.Ordinal) && f.Contains("method=\"post\"", StringComparison.Ordinal)
                )
        )
        {
            form.Should().Contain("__RequestVerificationToken", path);
        }
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Link();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex(@"<script(?![^>]*\ssrc=)[^>]*>\s*[^<\s]", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();

    [GeneratedRegex(@"<[^>]+\son[a-z]+\s*=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex(@"<style|<[^>]+\sstyle\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex InlineStyle();
}
