using System.Net.Sockets;
using System.Net;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

public class An_address_to_listen_on
{
    [Theory]
    [InlineData("http://127.0.0.1:5080/shop")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:0;ftp://127.0.0.1")]
    public async Task that_is_none_is_refused_in_a_sentence(string address)
    {
        var (exitCode, said) = await StartOnAsync(address);

        exitCode.Should().Be(1, said);
        said.Should().StartWith("OpsChat__Urls has an address that OpsChat cannot listen on.").And.NotMatchRegex(StackFrame.Pattern);
    }

    [Fact]
    public async Task that_another_program_has_taken_is_refused_in_a_sentence_and_nothing_else()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var (exitCode, said) = await StartOnAsync($"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");

        exitCode.Should().Be(1, said);
        said.Trim().Split('\n').Should().ContainSingle().Which.Should().Contain("Another program listens there");
    }

    private static async Task<(int ExitCode, string Said)> StartOnAsync(string address)
    {
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop, new Dictionary<string, string> { ["OpsChat__Urls"] = address });
        return await host.CommandAsync();
    }
}
