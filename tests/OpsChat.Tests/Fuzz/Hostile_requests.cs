using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpsChat.Tests.Support;
using OpsChat.Tests.Web;
using static OpsChat.Tests.Support.Fuzzing;

namespace OpsChat.Tests.Fuzz;

/// <summary>Every route that the host has, sent whatever: answered or refused with a sentence, never a crash. Afterwards it still works.</summary>
public sealed class Hostile_requests(HostForFuzzing one) : IClassFixture<HostForFuzzing>
{
    private static readonly string[] s_fields =
    [
        "Id",
        "Hash",
        "Verb",
        "Text",
        "Kind",
        "Reason",
        "Return",
        "Case",
        "Answer",
        "Found",
        "Playbook",
        "Percentage",
        "Why",
        "code",
        "token",
    ];
    private static readonly string[] s_values =
    [
        "approve",
        "edit",
        "reject",
        "takeover",
        "right",
        "incorrect",
        "set",
        "promote",
        "rollback",
        "pause",
        "resume",
        "/owner",
        "//evil.example.com",
        "api:fuzz",
        "-1",
        "1e999",
        "where-is-my-order",
    ];

    private readonly RunningHost _host = one.Host;

    [Fact]
    public async Task with_any_body_are_answered_or_refused()
    {
        var bodies = Gen.OneOf(Json(["id", "text", "verb", "hash", "reason", "approve", "edit", "reject"]).Select(Encoding.UTF8.GetBytes), Bytes);
        await SendAsync(
            from body in bodies
            from type in Gen.Elements("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain")
            select (body, type),
            (path, sent) =>
                new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
                {
                    Content = new ByteArrayContent(sent.body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(sent.type) } },
                },
            Routes("POST")
        );
    }

    [Fact]
    public async Task with_any_fields_in_a_form_of_the_console_are_answered_or_refused()
    {
        using var owner = await SignedInBrowser.OpenAsync(_host);
        var forms = Gen.ListOf(
            from name in Gen.Elements(s_fields)
            from value in Gen.OneOf(Gen.Elements(s_values), Texts("<>\"'&\r\n:{}%"))
            select new KeyValuePair<string, string>(name, value),
            5
        );
        var routes = Routes("POST")
            .Where(r => r.StartsWith("/owner", StringComparison.Ordinal) && !r.Contains("sign-", StringComparison.Ordinal))
            .ToList();
        routes.Should().HaveCountGreaterThan(8);
        await DrawnAsync(forms, async form =>
        {
            foreach (var route in routes)
            {
                using var answer = await owner.PostAsync(route, form);
                Expect(answer, $"{route} was posted {string.Join('&', form.Select(f => $"{f.Key}={f.Value}"))}");
                if (answer.StatusCode == HttpStatusCode.Redirect)
                {
                    answer.Headers.Location!.ToString().Should().StartWith("/owner", "a form is no door to somewhere else");
                }
            }
        });
    }

    [Fact]
    public async Task with_any_query_are_answered_or_refused()
    {
        var queries = Gen.ListOf(
                from name in Gen.Elements("after", "state", "since", "playbook", "show", "q", "code", "failed", "page")
                from value in Gen.OneOf(
                    Gen.Elements("0", "-1", "99999999999999999999", "NaN", "1e300", "pending", "all", "30d", "answered"),
                    Texts("%<>'\"\0\r\n;")
                )
                select $"{name}={Uri.EscapeDataString(value)}",
                3
            )
            .Select(parts => "?" + string.Join('&', parts));
        await SendAsync(
            queries,
            (path, query) => new HttpRequestMessage(HttpMethod.Get, new Uri(path + query, UriKind.Relative)),
            Routes("GET")
        );
    }

    [Fact]
    public async Task with_any_name_in_the_path_are_answered_or_refused()
    {
        await DrawnAsync(Texts("/\\.:%?#<>\0 \n").Select(Uri.EscapeDataString), async name =>
        {
            foreach (
                var (method, path) in HostRoutes
                    .Of(_host, _ => name)
                    .Where(r => r.Path.Contains(name, StringComparison.Ordinal) && name.Length is > 0 and < 500)
            )
            {
                using var request = new HttpRequestMessage(new(method), new Uri(path, UriKind.Relative))
                {
                    Content = method == "POST" ? new StringContent("{\"text\":\"hi\"}", Encoding.UTF8, "application/json") : null,
                };
                using var answer = await _host.Owner.SendAsync(request);
                Expect(answer, $"{method} {path}");
            }
        });
    }

    /// <summary>Without the stream of events, whose answer has no end.</summary>
    private IReadOnlyList<string> Routes(string method) =>
        [
            .. HostRoutes
                .Of(_host, _ => "api:fuzz")
                .Where(r => r.Method == method && !r.Path.EndsWith("/events", StringComparison.Ordinal))
                .Select(r => r.Path)
                .Distinct(),
        ];

    /// <summary>Each input to each route: as the owner's software, as a customer's, and as nobody.</summary>
    private async Task SendAsync<T>(Gen<T> inputs, Func<string, T, HttpRequestMessage> request, IReadOnlyList<string> routes)
    {
        using var nobody = OneHost.Browser(_host);
        await DrawnAsync(inputs, async input =>
        {
            foreach (var route in routes)
            {
                foreach (var client in new[] { _host.Owner, _host.Customer, nobody })
                {
                    using var sent = request(route, input);
                    using var answer = await client.SendAsync(sent);
                    Expect(answer, $"{sent.Method} {sent.RequestUri}");
                }
            }
        });
    }

    /// <summary>Stops early in CI: some of the inputs are better than a slow run.</summary>
    private async Task DrawnAsync<T>(Gen<T> inputs, Func<T, Task> send)
    {
        var watch = Stopwatch.StartNew();
        foreach (var input in inputs.Draw(Math.Min(Count, 20_000) / 5).TakeWhile(_ => Count > 300 || watch.Elapsed < TimeSpan.FromSeconds(6)))
        {
            await send(input);
        }

        (await _host.Customer.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static void Expect(HttpResponseMessage answer, string what) => ((int)answer.StatusCode).Should().BeLessThan(500, what);
}

/// <summary>A host whose limits do not end the fuzzing before it begins.</summary>
public sealed class HostForFuzzing : IAsyncLifetime
{
    private RunningHost? _host;

    public RunningHost Host => _host!;

    public async Task InitializeAsync() => _host = await RunningHost.StartAsync(settings: new Dictionary<string, string?>
    {
        ["OpsChat:Messages:MostSignInsPerMinute"] = "100000",
        ["OpsChat:Messages:MostPerMinute"] = "100000",
        ["OpsChat:Messages:MostNewPerMinute"] = "100000",
    });

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
