using OpsChat.Agent;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Host;
using OpsChat.Testing.Telegram;

namespace OpsChat.Tests.Channels.Telegram;

public class The_doctor_on_Telegram
{
    [Fact]
    public async Task finds_nothing_wrong_where_all_is_well()
    {
        await using var server = await TelegramServer.StartAsync(new());

        var all = await LookAsync(server, server.OwnerGroup().Id);

        all.Should().OnlyContain(d => d.Works);
        all.Select(d => d.Sentence).Should().Contain("“Shop desk”, with a topic for each customer.");
    }

    [Fact]
    public async Task says_what_to_switch_on_when_topics_are_not_allowed()
    {
        await using var server = await TelegramServer.StartAsync(new());
        var group = server.OwnerGroup();
        group.LetBotManageTopics(false);

        (await LookAsync(server, group.Id))
            .Should()
            .Contain(d => !d.Works && d.Sentence.Contains("switch on “Manage topics”", StringComparison.Ordinal));
    }

    [Fact]
    public async Task takes_a_group_without_topics_as_it_is()
    {
        await using var server = await TelegramServer.StartAsync(new());

        (await LookAsync(server, server.OwnerGroup(forum: false).Id)).Should().OnlyContain(d => d.Works);
    }

    [Fact]
    public async Task says_that_the_bot_is_not_in_the_group()
    {
        await using var server = await TelegramServer.StartAsync(new());

        (await LookAsync(server, -12345))
            .Should()
            .Contain(d => !d.Works && d.Sentence.Contains("Add the bot to the group", StringComparison.Ordinal));
    }

    [Fact]
    public async Task says_that_the_token_is_wrong_and_where_the_right_one_is()
    {
        await using var server = await TelegramServer.StartAsync(new());

        var all = await TelegramCheck.LookAsync(
            new() { Token = "123456:another-token", ApiBase = server.BaseAddress },
            1,
            TimeProvider.System,
            default
        );

        all.Should().ContainSingle().Which.Sentence.Should().Contain("@BotFather");
    }

    [Fact]
    public async Task says_that_nobody_may_decide()
    {
        await using var server = await TelegramServer.StartAsync(new());

        (await LookAsync(server, server.OwnerGroup().Id, owners: 0)).Should().Contain(d => !d.Works && d.Part == "Approvers");
    }

    [Fact]
    public async Task shows_a_groups_title_without_what_a_terminal_obeys()
    {
        await using var server = await TelegramServer.StartAsync(new());
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(shop, new Dictionary<string, string>
        {
            ["OpsChat__Telegram__Token"] = server.Token,
            ["OpsChat__Telegram__ApiBase"] = server.BaseAddress.ToString(),
            ["OpsChat__Telegram__OwnerChat"] = $"{server.OwnerGroup(title: "Desk \u001b[2J\u202E\nok   Forged").Id}",
        });

        var (_, said) = await host.CommandAsync("doctor");

        string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Should()
            .Contain("“Desk \uFFFD[2J\uFFFD ok Forged”")
            .And.NotContain("\u001b")
            .And.NotContain("\u202E");
    }

    [Fact]
    public async Task treats_no_bot_as_no_failure()
    {
        var all = await TelegramCheck.LookAsync(new(), 0, TimeProvider.System, default);

        all.Should().ContainSingle().Which.IsFailure.Should().BeFalse();
    }

    [Theory]
    [InlineData("http://shop.example/telegram", "https://api.telegram.org", "must begin with https://")]
    [InlineData("https://shop.example:9000/telegram", "https://api.telegram.org", "port 443, 80, 88 or 8443")]
    [InlineData("https://shop.example:8443/telegram", "https://api.telegram.org", null)]
    [InlineData("https://localhost/telegram", "https://api.telegram.org", "open to the internet")]
    [InlineData(null, "http://api.telegram.org", "without encryption")]
    [InlineData("http://127.0.0.1:5080/telegram", "http://127.0.0.1:8081", null)]
    [InlineData(null, "http://127.0.0.1:8081/bot", "Write scheme, host and port alone")]
    public void says_which_address_cannot_be_used(string? webhook, string apiBase, string? says)
    {
        var problems = new TelegramOptions { WebhookUrl = webhook is null ? null : new(webhook), ApiBase = new(apiBase) }.Problems();

        string.Concat(problems).Contains(says ?? "", StringComparison.Ordinal).Should().BeTrue(string.Concat(problems));
        problems.Should().HaveCount(says is null ? 0 : 1);
    }

    [Fact]
    public async Task finds_an_address_that_Telegram_does_not_deliver_to_before_Telegram_is_asked() =>
        (
            await TelegramCheck.LookAsync(
                new() { Token = "123456:another-token", WebhookUrl = new("http://shop.example/telegram") },
                1,
                TimeProvider.System,
                default
            )
        )
            .Should()
            .ContainSingle()
            .Which.Works.Should()
            .BeFalse();

    private static Task<IReadOnlyList<Diagnosis>> LookAsync(TelegramServer server, long ownerChat, int owners = 1) =>
        TelegramCheck.LookAsync(
            new()
            {
                Token = server.Token,
                ApiBase = server.BaseAddress,
                OwnerChat = ownerChat,
            },
            owners,
            TimeProvider.System,
            default
        );
}
