using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using OpsChat.Agent;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Host;
using OpsChat.Host.Web;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

public sealed partial class A_sign_in_link
{
    [Fact]
    public async Task is_printed_at_the_start_for_a_short_while_where_the_output_is_kept_and_a_command_beside_the_host_makes_another()
    {
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        host.Start();
        await host.UntilHealthyAsync(patience.Token);

        var (exitCode, said) = await host.CommandAsync("sign-in");

        exitCode.Should().Be(0, said);
        var link = Link().Match(said);
        link.Success.Should().BeTrue(said);
        new Uri(link.Value).Port.Should().Be(host.Url.Port);
        (await SignsInAsync(host.Url, link.Groups[1].Value)).Should().BeTrue();
        (await SignsInAsync(host.Url, link.Groups[1].Value)).Should().BeFalse("it works once");
        string.Join(' ', (await host.CommandAsync("doctor")).Said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Should()
            .Contain("with the settings of its own start").And.Contain("only the running host knows whether it has a channel key for other software");
        (await host.CommandAsync("report")).Should().Match<(int ExitCode, string Said)>(it => it.ExitCode == 0 && it.Said.Contains("Answered by"));
        (await host.CommandAsync("try", "hi", "--custmer", "x")).Said.Should().Contain("There is no option '--custmer'");
        await host.StopAsync(patience.Token);
        var printed = string.Join('\n', host.Output);
        Link().IsMatch(printed).Should().BeTrue(printed);
        printed.Should().Contain("within 10 minutes; the command sign-in makes another").And.NotContain("\u001b", "a log shows escapes as they are");
    }

    [Fact]
    public async Task is_worth_nothing_after_its_hour_and_the_store_does_not_tell_it()
    {
        var folder = Directory.CreateTempSubdirectory("opschat-sign-in-");
        await using (var store = await SqliteStore.OpenAsync(Path.Combine(folder.FullName, "opschat.db"), default))
        {
            var clock = new TestClock();
            var codes = new SignInCodes(store, clock);
            var people = new Approvers(Options.Create(new OpsChatOptions()), new("the owner's token"));
            var (early, late) = (await codes.NewAsync(SignInCodes.ValidFor, default), await codes.NewAsync(SignInCodes.ValidFor, default));
            (await store.ReadAsync(session => session.Settings.Get("sign-in-codes"), default)).Should().NotContain(early).And.NotContain(late);

            clock.Advance(SignInCodes.ValidFor - TimeSpan.FromSeconds(2));
            (await codes.UseAsync(early, people, default))!.Approver.Name.Should().Be("owner");
            clock.Advance(TimeSpan.FromSeconds(3));
            (await codes.UseAsync(late, people, default)).Should().BeNull();
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task is_made_by_a_command_that_waits_for_a_busy_host()
    {
        using var shop = new ShopOnDisk();
        await (await SqliteStore.OpenAsync(shop.Database, default)).DisposeAsync();
        var options = new OpsChatOptions { Data = Path.GetDirectoryName(shop.Database)! };

        await using var store = (SqliteStore)await Opening.StoreForCommandAsync(options, default);

        TimeSpan.FromMilliseconds(store.Writer.Ask<long>("pragma busy_timeout"))
            .Should()
            .Be(Opening.CommandsWait)
            .And.BeGreaterThan(SqliteStore.Patience);
    }

    [Theory]
    [InlineData("", "http://127.0.0.1:5080", "http://127.0.0.1:5080")]
    [InlineData("", "http://0.0.0.0:8080", "http://localhost:8080")]
    [InlineData("", "http://[::]:8080/", "http://localhost:8080")]
    [InlineData("shop.example;www.shop.example", "http://127.0.0.1:5080", "https://shop.example")]
    [InlineData("*.shop.example", "http://127.0.0.1:5080", "http://127.0.0.1:5080")]
    public void leads_to_where_a_browser_finds_the_host(string hosts, string listening, string expected) =>
        HostNames.AddressFor(new OpsChatOptions { Hosts = hosts }, listening).Should().Be(expected);

    private static async Task<bool> SignsInAsync(Uri host, string code)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = host };
        using var answer = await browser.PostAsync(new Uri("/owner/sign-in/go", UriKind.Relative), new FormUrlEncodedContent([new("code", code)]));
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return answer.Headers.Location!.ToString() == "/owner";
    }

    [GeneratedRegex("http://[^ ]+/owner/sign-in\\?code=([0-9a-f]{32})")]
    private static partial Regex Link();
}
