using OpsChat.Benchmarks.Chaos;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Web;

/// <summary>Every setting that is a secret has a value that stands nowhere else; whatever a person can read is then searched for it.</summary>
public class Planted_secrets
{
    private const string BotToken = "123456:PLANTED-bot-token-quagga",
        ModelKey = "sk-PLANTED-model-key-quagga",
        ApproverToken = "PLANTED-approver-token-quagga",
        WebhookSecret = "PLANTED-webhook-secret-quagga-of-32-characters";

    private static readonly string[] s_secrets =
    [
        BotToken,
        "PLANTED-bot-token-quagga",
        ModelKey,
        ApproverToken,
        WebhookSecret,
        HostProcess.OwnerToken,
        HostProcess.ChannelKey,
        "PLANTED-password-quagga",
        "PLANTED-code-quagga",
    ];

    private static Dictionary<string, string> Settings => new()
    {
        ["OpsChat__Telegram__Token"] = BotToken,
        // Nothing listens there: every error of the line is met on the way.
        ["OpsChat__Telegram__ApiBase"] = "http://127.0.0.1:9",
        ["OpsChat__Telegram__OwnerChat"] = "-100",
        ["OpsChat__Model__Provider"] = "OpenAi",
        ["OpsChat__Model__Name"] = "some-model",
        ["OpsChat__Model__Endpoint"] = "http://127.0.0.1:9/v1",
        ["OpsChat__Model__Key"] = ModelKey,
        ["OpsChat__Webhook__Url"] = "http://127.0.0.1:9/events",
        ["OpsChat__Webhook__Secret"] = WebhookSecret,
        ["OpsChat__Approvals__Approvers__0__Name"] = "Mei",
        ["OpsChat__Approvals__Approvers__0__Token"] = ApproverToken,
        ["Logging__LogLevel__Default"] = "Trace",
    };

    [Theory]
    [InlineData("doctor")]
    [InlineData("check")]
    [InlineData("report --json")]
    [InlineData("canary status")]
    [InlineData("audit verify")]
    [InlineData("audit export")]
    public async Task are_shown_by_no_command(string command)
    {
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop, Settings);

        var (_, said) = await host.CommandAsync(command.Split(' '));

        said.Should().NotContainAny(s_secrets);
    }

    [Theory]
    [InlineData("doctor", "https://me:PLANTED-password-quagga@shop.example/", 0)]
    [InlineData("doctor", "https://shop.example/PLANTED-password-quagga?key=PLANTED-password-quagga", 0)]
    [InlineData("doctor", "ftp://me:PLANTED-password-quagga@shop.example/", 1)]
    [InlineData("check", "ftp://me:PLANTED-password-quagga@shop.example/", 1)]
    [InlineData("check", "http://me:PLANTED-password-quagga@127.0.0.1:9/PLANTED-password-quagga", 0)]
    public async Task are_not_quoted_when_the_shops_address_holds_one(string command, string address, int expected)
    {
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop, new Dictionary<string, string> { ["OpsChat__Shop"] = address });

        var (exitCode, said) = await host.CommandAsync(command);

        exitCode.Should().Be(expected, said);
        said.Should().NotContain("PLANTED").And.NotMatchRegex(StackFrame.Pattern);
    }

    [Theory]
    [InlineData("OpsChat__Store", "Host=db;Password=PLANTED-password-quagga")]
    [InlineData("OpsChat__Telegram__Token", "PLANTED-password-quagga")]
    [InlineData("OpsChat__Telegram__OwnerChat", "PLANTED-password-quagga")]
    [InlineData("OpsChat__Messages__MostPerMinute", "-1")]
    [InlineData("OpsChat__Webhook__Url", "https://me:PLANTED-password-quagga@shop.example/")]
    [InlineData("OpsChat__Webhook__Url", "PLANTED-password-quagga")]
    [InlineData("OpsChat__Webhook__Secret", "PLANTED-password-quagga")]
    public async Task are_not_quoted_by_the_refusal_of_a_setting(string setting, string value)
    {
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop, new Dictionary<string, string>(Settings) { [setting] = value });

        var (exitCode, said) = await host.CommandAsync();

        exitCode.Should().Be(1, said);
        said.Should().NotContainAny(s_secrets).And.NotMatchRegex(StackFrame.Pattern, "a refusal is a sentence");
    }

    [Fact]
    public async Task stand_in_no_line_of_the_log_when_model_and_Telegram_cannot_be_reached_and_no_line_is_forged()
    {
        using var shop = new ShopOnDisk();
        shop.SetPercentage(100);
        using var host = new HostProcess(shop, Settings);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        host.Start();
        await host.UntilHealthyAsync(patience.Token);
        using var customer = new HttpClient
        {
            BaseAddress = host.Url,
            DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } },
        };
        using var owner = new HttpClient
        {
            BaseAddress = host.Url,
            DefaultRequestHeaders = { Authorization = new("Bearer", HostProcess.OwnerToken) },
        };

        foreach (var name in new[] { "quietcustomer", "eve%0D%0Afail%3A%20forged%5B0%5D%20line", "eve%1B%5B2J" })
        {
            using var _ = await customer.PostAsync(
                new Uri($"/api/chat/{name}/messages", UriKind.Relative),
                new StringContent("{\"id\":\"1\",\"text\":\"when are you open?\"}", null, "application/json"),
                patience.Token
            );
            using var __ = await owner.GetAsync(new Uri($"/api/traces/{name}", UriKind.Relative), patience.Token);
            using var ____ = await owner.GetAsync(new Uri("/owner/sign-in?code=PLANTED-code-quagga", UriKind.Relative), patience.Token);
            using var ___ = await customer.GetAsync(new Uri($"/api/chat/{name}/messages?after=1&wait=5", UriKind.Relative), patience.Token);
        }

        await host.StopAsync(patience.Token);

        host.Output.Should()
            .Contain(
                line => line.StartsWith("trce: ", StringComparison.Ordinal) || line.StartsWith("dbug: ", StringComparison.Ordinal),
                "the test must see the log"
            );
        string.Join('\n', host.Output)
            .Should()
            .NotContainAny(s_secrets)
            .And.NotContain("quietcustomer", "who wrote is nobody's who reads a log");
        host.Output.Should().NotContain(line => line.StartsWith("fail: forged", StringComparison.Ordinal));
    }
}
