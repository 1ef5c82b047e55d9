using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

/// <summary>A browser that signed in, before and after the settings change and the host starts again on the same data.</summary>
public class A_console_session
{
    private const string MeisToken = "meis-token-of-the-tests";

    [Fact]
    public async Task goes_on_after_a_restart_that_changes_nothing()
    {
        await using var before = await RunningHost.StartAsync(settings: Mei());
        using var mei = await SignedInBrowser.OpenAsync(before, MeisToken);

        await using var after = await before.RestartAsync(Mei());

        (await OpensAsync(mei)).Should().BeTrue();
    }

    [Fact]
    public async Task of_an_approver_who_was_removed_is_over()
    {
        await using var before = await RunningHost.StartAsync(settings: Mei(limit: "50"));
        using var mei = await SignedInBrowser.OpenAsync(before, MeisToken);
        var approval = await AskForMoneyAsync(before);

        await using var after = await before.RestartAsync(new Dictionary<string, string?>());

        (await OpensAsync(mei)).Should().BeFalse();
        using var posted = await DecideAsync(mei, approval);
        posted.Headers.Location!.ToString().Should().Contain("/owner/sign-in");
        (await PendingAsync(after)).Should().ContainSingle("nobody without a limit took her place");
    }

    [Theory]
    [InlineData("Mei Ling", MeisToken)]
    [InlineData("Mei", "another-token-of-the-tests")]
    public async Task of_an_approver_with_another_name_or_token_is_over(string name, string token)
    {
        await using var before = await RunningHost.StartAsync(settings: Mei());
        using var mei = await SignedInBrowser.OpenAsync(before, MeisToken);

        await using var after = await before.RestartAsync(Mei(name: name, token: token));

        (await OpensAsync(mei)).Should().BeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task of_the_owner_is_over_when_the_owners_token_is_another(bool byLink)
    {
        await using var before = await RunningHost.StartAsync();
        using var owner = OneHost.Browser(before);
        KeyValuePair<string, string> shown = byLink
            ? new("code", (await before.SignInLinkAsync()).Split("code=")[1])
            : new("token", RunningHost.OwnerToken);
        using var signedIn = await owner.PostAsync(new Uri("/owner/sign-in/go", UriKind.Relative), new FormUrlEncodedContent([shown]));
        (await owner.GetAsync(new Uri("/owner", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.OK);

        await using var after = await before.RestartAsync(
            new Dictionary<string, string?> { ["OpsChat:OwnerToken"] = "another-owner-token-of-the-tests" }
        );

        (await owner.GetAsync(new Uri("/owner", UriKind.Relative))).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task has_the_limit_that_the_settings_give_now()
    {
        await using var before = await RunningHost.StartAsync(settings: Mei());
        using var mei = await SignedInBrowser.OpenAsync(before, MeisToken);
        var approval = await AskForMoneyAsync(before);

        await using var after = await before.RestartAsync(Mei(limit: "0.01"));

        using var posted = await DecideAsync(mei, approval);
        posted.Headers.Location!.ToString().Should().Be("/owner", "she is still signed in");
        (await PendingAsync(after)).Should().ContainSingle("it is above her limit");
    }

    [Fact]
    public async Task or_a_token_has_its_own_limit_beside_somebody_of_the_same_name()
    {
        var settings = Mei();
        settings["OpsChat:Approvals:Approvers:1:Name"] = "Mei";
        settings["OpsChat:Approvals:Approvers:1:Token"] = "the-other-meis-token";
        settings["OpsChat:Approvals:Approvers:1:Limit"] = "0.01";
        await using var host = await RunningHost.StartAsync(settings: settings);
        var approval = await AskForMoneyAsync(host);
        using var other = new HttpClient
        {
            BaseAddress = host.Url,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "the-other-meis-token") },
        };

        using var answer = await other.PostAsJsonAsync($"/api/approvals/{approval.Id}/decision", new { verb = "approve", hash = approval.Hash });

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private static Dictionary<string, string?> Mei(string name = "Mei", string token = MeisToken, string? limit = null) => new()
    {
        ["OpsChat:Approvals:Approvers:0:Name"] = name,
        ["OpsChat:Approvals:Approvers:0:Token"] = token,
        ["OpsChat:Approvals:Approvers:0:Limit"] = limit,
    };

    private static async Task<bool> OpensAsync(SignedInBrowser browser) =>
        (await browser.Http.GetAsync(new Uri("/owner", UriKind.Relative))).StatusCode == HttpStatusCode.OK;

    private static async Task<(string Id, string Hash)> AskForMoneyAsync(RunningHost host)
    {
        await host.WriteAsync("priya", "i want a refund for order #1293, my email is priya.nair@example.com");
        await host.AnswersAsync("priya");
        var pending = (await PendingAsync(host)).Should().ContainSingle().Subject;
        return (pending.GetProperty("id").GetString()!, pending.GetProperty("hash").GetString()!);
    }

    private static async Task<IReadOnlyList<JsonElement>> PendingAsync(RunningHost host) =>
        [.. (await host.Owner.GetFromJsonAsync<JsonElement>("/api/approvals?state=pending")).GetProperty("approvals").EnumerateArray()];

    private static Task<HttpResponseMessage> DecideAsync(SignedInBrowser browser, (string Id, string Hash) approval) =>
        browser.PostAsync("/owner/approvals/decide", [new("Verb", "approve"), new("Id", approval.Id), new("Hash", approval.Hash)]);
}
