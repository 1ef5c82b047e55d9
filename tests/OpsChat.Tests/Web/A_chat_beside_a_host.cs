using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpsChat.Agent;
using OpsChat.Host.Commands;
using OpsChat.Host.Web;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

/// <summary>The command <c>chat</c> while a host runs on the same data.</summary>
public sealed class A_chat_beside_a_host : IAsyncLifetime
{
    private RunningHost _host = null!;

    public async Task InitializeAsync() => _host = await RunningHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task says_what_the_customer_types_and_prints_what_the_shop_answers_once()
    {
        (await ChatAsync("what are your opening hours\n")).Should().StartWith("shop: ");

        var second = await ChatAsync("let me talk to a person please\n");
        second.Should().StartWith("shop: ").And.NotContain("09:00-18:00", "what was said in the first talk is not said again");
    }

    [Fact]
    public async Task tells_why_a_message_is_not_taken() =>
        (await ChatAsync(new string('x', 9000) + "\n")).Should().StartWith("(The message has 9,000 characters");

    [Fact]
    public async Task needs_a_pass_that_only_who_reads_the_data_folder_can_make()
    {
        var elsewhere = await TerminalPass.BesideAsync(new() { Data = Path.Combine(_host.Folder, "elsewhere") }, CancellationToken.None);
        foreach (var pass in new[] { "", "forged", elsewhere.For("you") })
        {
            using var client = RemoteChat.Client(_host.Url.ToString(), pass);
            using var answer = await client.GetAsync(new Uri(TerminalPass.Path, UriKind.Relative));
            answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }
    }

    private async Task<string> ChatAsync(string typed)
    {
        var options = _host.Services.GetRequiredService<OpsChatOptions>();
        using var client = RemoteChat.Client(_host.Url.ToString(), (await TerminalPass.BesideAsync(options, CancellationToken.None)).For("you"));
        await using var output = new StringWriter();
        await new RemoteChat(client, new StringReader(typed), output, TimeProvider.System).RunAsync(CancellationToken.None);
        return output.ToString();
    }
}
