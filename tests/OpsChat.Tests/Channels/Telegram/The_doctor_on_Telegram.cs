using OpsChat.Host.Commands;
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

        (await LookAsync(server, group.Id)).Should().Contain(d => !d.Works && d.Sentence.Contains("switch on “Manage topics”", StringComparison.Ordinal));
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

        (await LookAsync(server, -12345)).Should().Contain(d => !d.Works && d.Sentence.Contains("Add the bot to the group", StringComparison.Ordinal));
    }

    [Fact]
    public async Task says_that_the_token_is_wrong_and_where_the_right_one_is()
    {
        await using var server = await TelegramServer.StartAsync(new());

        var all = await TelegramCheck.LookAsync(new() { Token = "123456:another-token", ApiBase = server.BaseAddress }, 1, TimeProvider.System, default);

        all.Should().ContainSingle().Which.Sentence.Should().Contain("@BotFather");
    }

    [Fact]
    public async Task says_that_nobody_may_decide()
    {
        await using var server = await TelegramServer.StartAsync(new());

        (await LookAsync(server, server.OwnerGroup().Id, owners: 0)).Should().Contain(d => !d.Works && d.Part == "Approvers");
    }

    [Fact]
    public async Task treats_no_bot_as_no_failure()
    {
        var all = await TelegramCheck.LookAsync(new(), 0, TimeProvider.System, default);

        all.Should().ContainSingle().Which.IsFailure.Should().BeFalse();
    }

    private static Task<IReadOnlyList<Diagnosis>> LookAsync(TelegramServer server, long ownerChat, int owners = 1) =>
        TelegramCheck.LookAsync(new() { Token = server.Token, ApiBase = server.BaseAddress, OwnerChat = ownerChat }, owners, TimeProvider.System, default);
}
