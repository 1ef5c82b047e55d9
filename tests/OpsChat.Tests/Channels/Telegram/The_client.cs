using OpsChat.Channels.Telegram;
using OpsChat.Channels.Telegram.Api;
using OpsChat.Testing.Telegram;

namespace OpsChat.Tests.Channels.Telegram;

public class The_client
{
    [Fact]
    public async Task takes_an_edit_that_changes_nothing_for_done()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        await telegram.Bot.SendMessage(new(customer.Id, "card"), default);
        var id = customer.Messages.Single().Id;

        await telegram.Bot.EditMessageText(new(customer.Id, id, "card, decided"), default);
        await telegram.Bot.EditMessageText(new(customer.Id, id, "card, decided"), default);
        await telegram.Bot.EditMessageReplyMarkup(new(customer.Id, id), default);

        customer.Messages.Single().Text.Should().Be("card, decided");
        telegram.CallsOf("editMessageText").Should().Be(2);
    }

    [Fact]
    public async Task names_what_is_wrong_with_an_edit()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();

        var edit = () => telegram.Bot.EditMessageText(new(customer.Id, 4711, "?"), default);

        (await edit.Should().ThrowAsync<ApiRequestException>()).Which.Error.Kind.Should().Be(RefusalKind.MessageNotFound);
    }

    [Fact]
    public async Task does_not_know_what_became_of_a_message_that_was_on_its_way_when_the_host_ended()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        telegram.Server.Faults.Next("sendMessage", Fault.HangAfterWork);

        var sending = telegram.Bot.SendMessage(new(customer.Id, "Hello"), default);
        await customer.WaitForMessageAsync(m => m.Text == "Hello", BotAndServer.Patience);
        telegram.Bot.Dispose();

        (await sending).Should().BeOfType<ApiOutcome<Message>.Unknown>("sent again, the customer would have it twice");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task takes_nothing_for_unwritten_unless_no_connection_came_about(bool connecting)
    {
        // What the runtime throws when connecting takes too long, and when the client is disposed under a request.
        var thrown = connecting ? new TaskCanceledException("", new TimeoutException()) : new TaskCanceledException();
        using var transport = new BotApiTransport(new() { Token = BotToken.TryParse("123456:local-test-token")! }, TimeProvider.System, new FailingHandler(thrown));

        var outcome = await transport.Post("sendMessage", new StringContent("{}"), TelegramJson.Default.ApiResponseMessage, BotAndServer.Patience, default);

        (outcome is ApiOutcome<Message>.Unreached).Should().Be(connecting);
    }

    private sealed class FailingHandler(Exception thrown) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw thrown;
    }

    [Fact]
    public async Task answers_a_tap_once()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        await telegram.Bot.SendMessage(
            new(customer.Id, "Right?") { ReplyMarkup = InlineKeyboardMarkup.Rows([InlineKeyboardButton.WithCallbackData("Yes", "y")]) }, default);
        var tap = customer.Tap("Yes");

        await telegram.Bot.AnswerCallbackQuery(new(tap.Id, "Thank you."), default);
        var again = () => telegram.Bot.AnswerCallbackQuery(new(tap.Id, "Thank you."), default);

        (await tap.Answer.WaitAsync(BotAndServer.Patience)).Text.Should().Be("Thank you.");
        (await again.Should().ThrowAsync<ApiRequestException>()).Which.Error.Kind.Should().Be(RefusalKind.QueryTooOld);
    }

    [Fact]
    public async Task opens_renames_closes_and_reopens_topics()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var group = telegram.Server.OwnerGroup();

        var topic = await telegram.Bot.CreateForumTopic(new(group.Id, "Aisha"), default);
        await telegram.Bot.SendMessage(new(group.Id, "card") { MessageThreadId = topic.MessageThreadId }, default);
        await telegram.Bot.EditForumTopic(new(group.Id, topic.MessageThreadId, "Aisha · #1001"), default);
        await telegram.Bot.CloseForumTopic(group.Id, topic.MessageThreadId, default);

        group.Topics.Single().Should().Be(new Topic(topic.MessageThreadId, "Aisha · #1001", IsClosed: true));
        group.Messages[^1].ThreadId.Should().Be(topic.MessageThreadId);
        await telegram.Bot.ReopenForumTopic(group.Id, topic.MessageThreadId, default);
        group.Topics.Single().IsClosed.Should().BeFalse();
    }

    [Fact]
    public async Task finds_out_what_it_may_do_in_the_owners_group()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var group = telegram.Server.OwnerGroup();
        group.Owner(9001, "Siti");
        var me = await telegram.Bot.GetMe(default);

        (await telegram.Bot.GetChat(group.Id, default)).IsForum.Should().BeTrue();
        (await telegram.Bot.GetChatMember(group.Id, me.Id, default)).CanManageTopics.Should().BeTrue();
        (await telegram.Bot.GetChatAdministrators(group.Id, default)).Select(m => m.User.Id).Should().BeEquivalentTo([me.Id, 9001L]);

        group.LetBotManageTopics(false);
        var open = () => telegram.Bot.CreateForumTopic(new(group.Id, "Aisha"), default);
        (await open.Should().ThrowAsync<ApiRequestException>()).Which.Error.Kind.Should().Be(RefusalKind.NotEnoughRights);
    }

    [Fact]
    public async Task sets_its_commands_shows_typing_and_takes_messages_back()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        await telegram.Bot.SetMyCommands(new([new("report", "Error rates")]) { Scope = BotCommandScope.In(-5) }, default);
        await telegram.Bot.SendChatAction(new(customer.Id, "typing"), default);
        await telegram.Bot.SendMessage(new(customer.Id, "oops"), default);
        await telegram.Bot.DeleteMessage(customer.Id, customer.Messages.Single().Id, default);

        telegram.Server.World.CommandLists.Single().Commands.Should().Equal("report");
        customer.Room.LastTyping.Should().NotBeNull();
        customer.Messages.Should().BeEmpty();
    }
}
