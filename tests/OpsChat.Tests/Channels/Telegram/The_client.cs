using OpsChat.Channels.Telegram;
using OpsChat.Testing.Telegram;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace OpsChat.Tests.Channels.Telegram;

public class The_client
{
    [Fact]
    public async Task takes_an_edit_that_changes_nothing_for_done()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        await telegram.SendAsync(customer.Id, "card");
        var id = customer.Messages.Single().Id;

        await telegram.Bot.EditAsync(new EditMessageTextRequest { ChatId = customer.Id, MessageId = id, Text = "card, decided" }, default);
        await telegram.Bot.EditAsync(new EditMessageTextRequest { ChatId = customer.Id, MessageId = id, Text = "card, decided" }, default);
        await telegram.Bot.EditAsync(new EditMessageReplyMarkupRequest { ChatId = customer.Id, MessageId = id }, default);

        customer.Messages.Single().Text.Should().Be("card, decided");
        telegram.CallsOf("editMessageText").Should().Be(2);
    }

    [Fact]
    public async Task names_what_is_wrong_with_an_edit()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();

        var edit = () => telegram.Bot.EditAsync(new EditMessageTextRequest { ChatId = customer.Id, MessageId = 4711, Text = "?" }, default);

        (await edit.Should().ThrowAsync<TelegramRefusedException>()).Which.Refusal.Kind.Should().Be(RefusalKind.MessageNotFound);
    }

    [Fact]
    public async Task does_not_know_what_became_of_a_message_that_was_on_its_way_when_the_host_ended()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        telegram.Server.Faults.Next("sendMessage", Fault.HangAfterWork);

        var sending = telegram.SendAsync(customer.Id, "Hello");
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
        using var pace = new TelegramRateLimiter(BotAndServer.NoLimits, TimeProvider.System);
        using var bot = new TelegramGateway(
            new() { Token = BotToken.TryParse("123456:local-test-token")! },
            pace,
            TimeProvider.System,
            new FailingHandler(thrown)
        );

        var outcome = await bot.TryAsync(new SendMessageRequest { ChatId = 1001, Text = "hello" }, default);

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
        await telegram.AskAsync(customer.Id, "Right?", "Yes", "y");
        var tap = customer.Tap("Yes");

        await telegram.Bot.CallAsync(new AnswerCallbackQueryRequest { CallbackQueryId = tap.Id, Text = "Thank you." }, default);
        var again = () => telegram.Bot.CallAsync(new AnswerCallbackQueryRequest { CallbackQueryId = tap.Id, Text = "Thank you." }, default);

        (await tap.Answer.WaitAsync(BotAndServer.Patience)).Text.Should().Be("Thank you.");
        (await again.Should().ThrowAsync<TelegramRefusedException>()).Which.Refusal.Kind.Should().Be(RefusalKind.QueryTooOld);
    }

    [Fact]
    public async Task opens_renames_closes_and_reopens_topics()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var group = telegram.Server.OwnerGroup();

        var topic = await telegram.Bot.CallAsync(new CreateForumTopicRequest { ChatId = group.Id, Name = "Aisha" }, default);
        await telegram.Bot.CallAsync(
            new SendMessageRequest
            {
                ChatId = group.Id,
                Text = "card",
                MessageThreadId = topic.MessageThreadId,
            },
            default
        );
        await telegram.Bot.CallAsync(
            new EditForumTopicRequest
            {
                ChatId = group.Id,
                MessageThreadId = topic.MessageThreadId,
                Name = "Aisha · #1001",
            },
            default
        );
        await telegram.Bot.CallAsync(new CloseForumTopicRequest { ChatId = group.Id, MessageThreadId = topic.MessageThreadId }, default);

        group.Topics.Single().Should().Be(new Topic(topic.MessageThreadId, "Aisha · #1001", IsClosed: true));
        group.Messages[^1].ThreadId.Should().Be(topic.MessageThreadId);
        await telegram.Bot.CallAsync(new ReopenForumTopicRequest { ChatId = group.Id, MessageThreadId = topic.MessageThreadId }, default);
        group.Topics.Single().IsClosed.Should().BeFalse();
    }

    [Fact]
    public async Task finds_out_what_it_may_do_in_the_owners_group()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var group = telegram.Server.OwnerGroup();
        group.Owner(9001, "Siti");
        var me = await telegram.Bot.CallAsync(new GetMeRequest(), default);

        (await telegram.Bot.CallAsync(new GetChatRequest { ChatId = group.Id }, default)).IsForum.Should().BeTrue();
        (await telegram.Bot.CallAsync(new GetChatMemberRequest { ChatId = group.Id, UserId = me.Id }, default))
            .Should()
            .BeOfType<ChatMemberAdministrator>()
            .Which.CanManageTopics.Should()
            .BeTrue();
        (await telegram.Bot.CallAsync(new GetChatAdministratorsRequest { ChatId = group.Id }, default))
            .Select(m => m.User.Id)
            .Should()
            .BeEquivalentTo([me.Id, 9001L]);

        group.LetBotManageTopics(false);
        var open = () => telegram.Bot.CallAsync(new CreateForumTopicRequest { ChatId = group.Id, Name = "Aisha" }, default);
        (await open.Should().ThrowAsync<TelegramRefusedException>()).Which.Refusal.Kind.Should().Be(RefusalKind.NotEnoughRights);
    }

    [Fact]
    public async Task sets_its_commands_shows_typing_and_takes_messages_back()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        await telegram.Bot.CallAsync(
            new SetMyCommandsRequest
            {
                Commands = [new BotCommand { Command = "report", Description = "Error rates" }],
                Scope = new BotCommandScopeChat { ChatId = -5 },
            },
            default
        );
        await telegram.Bot.CallAsync(new SendChatActionRequest { ChatId = customer.Id, Action = ChatAction.Typing }, default);
        await telegram.SendAsync(customer.Id, "oops");
        await telegram.Bot.CallAsync(new DeleteMessageRequest { ChatId = customer.Id, MessageId = customer.Messages.Single().Id }, default);

        telegram.Server.World.CommandLists.Single().Commands.Should().Equal("report");
        customer.Room.LastTyping.Should().NotBeNull();
        customer.Messages.Should().BeEmpty();
    }
}
