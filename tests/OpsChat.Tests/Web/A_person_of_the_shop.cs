using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Approvals;
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
        (await ReadAsync(session => session.People.All())).Should().ContainSingle(person => person.Name == "Mei", "nobody else was added");

        (await StatusAsync(_owner, "/owner/people/remove", [new("Name", "Mei")])).Should().Be(HttpStatusCode.Redirect);
        using var after = await mei.Http.GetAsync(new Uri("/owner", UriKind.Relative));
        after.Headers.Location!.ToString().Should().Contain("/owner/sign-in");
    }

    [Fact]
    public async Task who_may_only_look_changes_nothing()
    {
        await SaveAsync("Auditor", "ReadOnly");
        using var auditor = await SignedInBrowser.OpenByLinkAsync(_host, await LinkAsync("Auditor"));

        foreach (
            var (method, path) in HostRoutes
                .Of(_host, _ => "x")
                .Where(route => route.Method == "POST" && route.Path.StartsWith("/owner", StringComparison.Ordinal))
        )
        {
            if (
                path is not ("/owner/sign-in" or "/owner/sign-out" or "/owner/presence")
                && !path.StartsWith("/owner/sign-in/", StringComparison.Ordinal)
                && !path.StartsWith("/owner/passkeys/", StringComparison.Ordinal)
            )
            {
                // Every form can be posted with files, and one that takes files only so.
                using var form = new MultipartFormDataContent { { new StringContent("pause"), "Verb" }, { new StringContent("x"), "Id" } };
                using var answer = await auditor.Http.PostAsync(new Uri(path, UriKind.Relative), form);
                answer.StatusCode.Should().Be(HttpStatusCode.Forbidden, $"{method} {path}");
            }
        }

        (await auditor.Http.GetAsync(new Uri("/owner", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await ReadAsync(session => session.Settings.Get(SettingNames.Paused))).Should().BeNull();
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

    [GeneratedRegex(@"/owner/sign-in\?code=([0-9a-f]{32})")]
    private static partial Regex Code();
}
