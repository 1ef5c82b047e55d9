using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Host.Web;
using OpsChat.Operations.Monitors;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

/// <summary>Who was added in the console: signs in by a link of their own, may what their role allows, and is remembered by name.</summary>
public sealed partial class A_person_of_the_shop : IAsyncLifetime
{
    private RunningHost _host = null!;
    private SignedInBrowser _owner = null!;

    public async Task InitializeAsync()
    {
        _host = await RunningHost.StartAsync();
        _owner = await SignedInBrowser.OpenAsync(_host);
    }

    public async Task DisposeAsync()
    {
        _owner.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task signs_in_once_by_a_link_and_does_what_their_role_allows_until_they_are_removed()
    {
        await SaveAsync("Mei", "Staff");
        var link = await LinkAsync("Mei");
        using var mei = await SignedInBrowser.OpenByLinkAsync(_host, link);
        using var again = OneHost.Browser(_host);
        using var used = await again.PostAsync(new Uri("/owner/sign-in/go", UriKind.Relative), new FormUrlEncodedContent([new("code", link)]));
        used.Headers.Location!.ToString().Should().Contain("failed", "the link works once");

        (await StatusAsync(mei, "/owner/people/save", [new("Name", "Eve"), new("Role", "Owner")])).Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(mei, "/owner/rollout", [new("Verb", "rollback")])).Should().Be(HttpStatusCode.Redirect);
        (await mei.Http.GetStringAsync(new Uri("/owner/tasks", UriKind.Relative)))
            .Should()
            .Contain("an owner or an approver changes the rollout");
        (await StatusAsync(mei, "/owner/rollout", [new("Verb", "pause"), new("Reason", "I want to look first")]))
            .Should()
            .Be(HttpStatusCode.Redirect);

        (await ReadAsync(session => session.Settings.Get(SettingNames.Paused))).Should().StartWith("Mei: I want to look first");
        (await ReadAsync(session => session.Audit.Of("Mei", 10))).Should().Contain(row => row.Kind == "canary");
        var people = WebUtility.HtmlDecode(await _owner.Http.GetStringAsync(new Uri("/owner/people", UriKind.Relative)));
        people.Should().Contain("Mei paused the agent.").And.Contain("made a sign-in link for Mei.");
        people.Should().NotContain("\"verb\"").And.NotMatchRegex("[0-9a-f]{64}");
        (await ReadAsync(session => session.People.All())).Should().ContainSingle(person => person.Name == "Mei", "nobody else was added");

        (await StatusAsync(_owner, "/owner/people/remove", [new("Name", "Mei")])).Should().Be(HttpStatusCode.Redirect);
        using var after = await mei.Http.GetAsync(new Uri("/owner", UriKind.Relative));
        after.Headers.Location!.ToString().Should().Contain("/owner/sign-in");
    }

    /// <summary>Every route of the owner's side that changes something, and the role from which on it may be used. A new one has to be named
    /// here.</summary>
    private static readonly Dictionary<PersonRole, string[]> s_from = new()
    {
        [PersonRole.ReadOnly] = ["POST /owner/sign-out", "POST /owner/presence", "POST /owner/passkeys/ask", "POST /owner/passkeys/add",
            "POST /owner/passkeys/remove"],
        [PersonRole.Staff] =
        [
            "POST /owner/approvals/decide", "POST /owner/approvals/arrival", "POST /owner/undo", "POST /owner/conversations/translate",
            "POST /owner/edits/look",
            "POST /owner/handoffs/answer", "POST /owner/handoffs/dismiss", "POST /owner/conversations/reply",
            "POST /owner/conversations/give-back", "POST /owner/conversations/note", "POST /owner/conversations/take-over",
            "POST /owner/notices/seen",
            "POST /owner/todos/done", "POST /owner/spot-checks/judge", "POST /owner/rollout", "POST /owner/inbox/handle", "POST /owner/inbox/views",
            "POST /owner/playbooks/new", "POST /owner/playbooks/pin", "POST /owner/playbooks/check", "POST /owner/playbooks/test",
            "POST /owner/playbooks/effect", "POST /owner/playbooks/try", "POST /owner/playbooks/fields/look",
            "POST /owner/learn/look", "POST /owner/alerts/move", "POST /owner/alerts/act",
            "POST /owner/actions/decide", "POST /owner/purchase-list/propose", "POST /api/approvals/{id}/decision",
            "POST /api/conversations/{id}/reply",
            "POST /api/try", "POST /api/learn/look", "POST /api/alerts/{id}/state", "POST /api/alerts/{id}/notes",
            "POST /api/alerts/{id}/actions/{kind}", "POST /api/actions/{id}/undo",
        ],
        [PersonRole.Approver] =
        [
            "POST /owner/lanes/set", "POST /owner/lanes/stop", "PUT /api/lanes/{monitor}/{kind}", "PUT /api/lanes/{lane}", "POST /api/errors/rebuild",
        ],
        [PersonRole.Owner] =
        [
            "POST /owner/translations/decide", "POST /owner/playbooks/save", "POST /owner/playbooks/restore", "POST /owner/playbooks/fields",
            "POST /owner/setup/files",
            "POST /owner/learn/decide", "POST /owner/people/save", "POST /owner/people/remove", "POST /owner/people/link",
            "POST /api/translations/{id}",
            "POST /api/learn/{id}",
        ],
    };

    [Fact]
    public async Task may_use_exactly_the_routes_that_are_stated_for_their_role()
    {
        var routes = ChangingRoutes().ToList();
        routes.Select(route => route.Name).Should().BeEquivalentTo(s_from.Values.SelectMany(of => of), "each states who may use it");
        foreach (var (lowest, name) in s_from.SelectMany(of => of.Value, (of, name) => (of.Key, name)))
        {
            var right = routes.Single(route => route.Name == name).Right;
            foreach (var role in Enum.GetValues<PersonRole>())
            {
                var person = new Person("x", role, null, "key", DateTimeOffset.UnixEpoch, "owner").AsApprover();
                (right is { } needed && person.May(needed)).Should().Be(role <= lowest, $"{role} at {name}");
            }
        }

        foreach (var role in Enum.GetValues<PersonRole>())
        {
            await SaveAsync($"One of {role}", $"{role}");
            using var browser = await SignedInBrowser.OpenByLinkAsync(_host, await LinkAsync($"One of {role}"));
            foreach (var (lowest, name) in s_from.SelectMany(of => of.Value, (of, name) => (of.Key, name)))
            {
                if (name.Split(' ') is ["POST", var path] && path.StartsWith("/owner", StringComparison.Ordinal))
                {
                    // Every form can be posted with files, and one that takes files only so. Without its token nothing is done.
                    using var form = new MultipartFormDataContent { { new StringContent("take"), "Verb" }, { new StringContent("x"), "Id" } };
                    using var answer = await browser.Http.PostAsync(new Uri(path, UriKind.Relative), form);
                    (answer.StatusCode == HttpStatusCode.Forbidden).Should().Be(role > lowest, $"{role} at {name} gets {answer.StatusCode}");
                }
            }

            (await browser.Http.GetAsync(new Uri("/owner", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
        }

        (await ReadAsync(session => session.Settings.Get(SettingNames.Paused))).Should().BeNull();
    }

    [Fact]
    public async Task is_offered_no_form_that_their_role_refuses_and_sees_what_it_says()
    {
        await _host.WriteAsync("priya", "i want a refund for order #1293, my email is priya.nair@example.com");
        await _host.AnswersAsync("priya");
        await _host.WriteAsync("ben", "can you gift wrap it and put a birthday card in");
        await _host.AnswersAsync("ben");
        await _host.Services.GetRequiredService<OperationsDesk>().LookAsync(MonitorSet.All, TimeProvider.System.GetUtcNow(), default);
        var rights = ChangingRoutes().ToDictionary(route => route.Name, route => route.Right);
        foreach (var role in Enum.GetValues<PersonRole>())
        {
            await SaveAsync($"One of {role}", $"{role}");
            var person = new Person("x", role, null, "key", DateTimeOffset.UnixEpoch, "owner").AsApprover();
            using var browser = await SignedInBrowser.OpenByLinkAsync(_host, await LinkAsync($"One of {role}"));
            foreach (var path in ConsolePages.All.Concat(["/owner/conversations/api%3Apriya", "/owner/conversations/api%3Aben"]))
            {
                var page = await browser.Http.GetStringAsync(new Uri(path, UriKind.Relative));
                foreach (var form in PostedForm().Matches(page).Select(match => match.Groups[1].Value))
                {
                    (rights.TryGetValue($"POST {form}", out var right) && right is { } needed && person.May(needed)).Should()
                        .BeTrue($"{role} sees a form for {form} on {path}");
                }

                (page.Contains("value=\"rollback\"") || page.Contains("value=\"promote\"")).Should()
                    .Be(person.May(Right.Steer) && path == "/owner/tasks", $"{role} on {path}");
            }

            var lanes = await browser.Http.GetStringAsync(new Uri("/owner/lanes", UriKind.Relative));
            lanes.Should().Contain("Goes as far as", "everybody sees how far a lane goes");
        }
    }

    /// <summary>Those under the owner's policy that are no page; a page takes nothing but requests for it.</summary>
    private IEnumerable<(string Name, Right? Right)> ChangingRoutes() =>
        from endpoint in _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy == OwnerAccess.Policy)
        where endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["POST"]
        where method is not ("GET" or "HEAD")
        select ($"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}", OwnerAccess.NeededBy(endpoint, method));

    [Fact]
    public async Task gives_nobody_more_than_they_may_do_themselves_and_becomes_nobody_else()
    {
        await using var host = await RunningHost.StartAsync(
            settings: new Dictionary<string, string?>
            {
                ["OpsChat:Approvals:Approvers:0:Name"] = "Siti",
                ["OpsChat:Approvals:Approvers:0:Token"] = "token-of-siti",
                ["OpsChat:Approvals:Approvers:1:Name"] = "Ahmad",
                ["OpsChat:Approvals:Approvers:1:Limit"] = "10",
            }
        );
        using var siti = await SignedInBrowser.OpenAsync(host, "token-of-siti");
        using var owner = await SignedInBrowser.OpenAsync(host);
        (await StatusAsync(owner, "/owner/people/save", [new("Name", "Mei"), new("Role", "Owner")])).Should().Be(HttpStatusCode.Redirect);

        foreach (var name in new[] { "owner", "Ahmad", "Siti", "Mei" })
        {
            (await LinkedAsync(siti, name)).Should().BeNull($"Siti is no {name}");
        }

        await StatusAsync(siti, "/owner/people/save", [new("Name", "Eve"), new("Role", "Owner")]);
        await StatusAsync(siti, "/owner/people/remove", [new("Name", "Mei")]);
        await StatusAsync(siti, "/owner/people/save", [new("Name", "Mei"), new("Role", "Staff")]);
        await StatusAsync(siti, "/owner/people/save", [new("Name", "Tan"), new("Role", "Staff")]);
        var store = host.Services.GetRequiredService<IStore>();
        (await store.ReadAsync(session => session.People.All(), default))
            .Select(person => (person.Name, person.Role))
            .Should()
            .BeEquivalentTo([("Mei", PersonRole.Owner), ("Tan", PersonRole.Staff)]);

        (await LinkedAsync(siti, "Tan")).Should().NotBeNull();
        (await LinkedAsync(owner, "Mei")).Should().NotBeNull();
        (await LinkedAsync(owner, "Ahmad")).Should().NotBeNull("the owner's token vouches for those of the settings");
        (await store.ReadAsync(session => session.Audit.Of("Siti", 20), default))
            .Should()
            .Contain(row => row.Kind == "people" && row.Subject == "Tan" && row.Data.Contains("link"));

        async Task<string?> LinkedAsync(SignedInBrowser who, string name)
        {
            await StatusAsync(who, "/owner/people/link", [new("Name", name)]);
            var match = Code().Match(await who.Http.GetStringAsync(new Uri("/owner/people", UriKind.Relative)));
            return match.Success ? match.Groups[1].Value : null;
        }
    }

    [Theory]
    [InlineData(PersonRole.Owner, null, 100_000, true)]
    [InlineData(PersonRole.Approver, 50.0, 4_900, true)]
    [InlineData(PersonRole.Approver, 50.0, 5_100, false)]
    [InlineData(PersonRole.Staff, null, 100, false)]
    [InlineData(PersonRole.ReadOnly, null, 100, false)]
    public void decides_up_to_what_their_role_allows(PersonRole role, double? limit, long minor, bool expected)
    {
        var person = new Person("Mei", role, (decimal?)limit, "key", DateTimeOffset.UnixEpoch, "owner");

        (person.AsApprover().WhyNot($"We will refund MYR {minor / 100m:0.00}.", "MYR") is null).Should().Be(expected);
    }

    private async Task SaveAsync(string name, string role) =>
        (await StatusAsync(_owner, "/owner/people/save", [new("Name", name), new("Role", role)])).Should().Be(HttpStatusCode.Redirect);

    private async Task<string> LinkAsync(string name)
    {
        (await StatusAsync(_owner, "/owner/people/link", [new("Name", name)])).Should().Be(HttpStatusCode.Redirect);
        return Code().Match(await _owner.Http.GetStringAsync(new Uri("/owner/people", UriKind.Relative))).Groups[1].Value;
    }

    private static async Task<HttpStatusCode> StatusAsync(SignedInBrowser browser, string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var answer = await browser.PostAsync(path, fields);
        return answer.StatusCode;
    }

    private Task<T> ReadAsync<T>(Func<UnitOfWork, T> read) => _host.Services.GetRequiredService<IStore>().ReadAsync(read, default);

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]+)\"")]
    private static partial Regex PostedForm();

    [GeneratedRegex(@"/owner/sign-in\?code=([0-9a-f]{32})")]
    private static partial Regex Code();
}
