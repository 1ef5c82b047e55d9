using System.Net;
using System.Net.Sockets;
using OpsChat.Channels.Telegram;
using OpsChat.Testing.Telegram;
using OpsChat.Tests.Support;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace OpsChat.Tests.Channels.Telegram;

public class A_send
{
    [Fact]
    public async Task that_Telegram_accepts_is_sent()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();

        var outcome = await telegram.SendAsync(customer.Id, "Your parcel is on its way. 📦");

        outcome.Should().BeOfType<ApiOutcome<Message>.Done>().Which.Result.Text.Should().Be("Your parcel is on its way. 📦");
        customer.Messages.Single().Text.Should().Be("Your parcel is on its way. 📦");
    }

    [Fact]
    public async Task to_a_customer_who_blocked_the_bot_is_refused()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        customer.Block();

        var outcome = await telegram.SendAsync(customer.Id, "hello");

        outcome.Should().BeOfType<ApiOutcome<Message>.Refused>().Which.Refusal.Kind.Should().Be(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task to_a_group_that_became_a_supergroup_is_refused_with_the_new_id()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var group = telegram.Server.OwnerGroup(forum: false);
        group.Owner(9001, "Siti");
        var oldId = group.Id;
        var newId = group.Upgrade();

        var outcome = await telegram.SendAsync(oldId, "card");

        var error = outcome.Should().BeOfType<ApiOutcome<Message>.Refused>().Which.Refusal;
        error.Kind.Should().Be(RefusalKind.GroupMigrated);
        error.MigrateToChatId.Should().Be(newId);
        (await telegram.SendAsync(newId, "card")).Should().BeOfType<ApiOutcome<Message>.Done>();
    }

    [Fact]
    public async Task whose_connection_breaks_after_the_work_is_unknown_and_is_not_repeated()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        telegram.Server.Faults.Next("sendMessage", Fault.DropAfterWork);

        var outcome = await telegram.SendAsync(customer.Id, "once");

        outcome.Should().BeOfType<ApiOutcome<Message>.Unknown>();
        telegram.CallsOf("sendMessage").Should().Be(1, "a second request could reach the customer twice");
        customer.Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task whose_connection_breaks_before_the_work_is_unknown_just_the_same()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        telegram.Server.Faults.Next("sendMessage", Fault.DropBeforeWork);

        var outcome = await telegram.SendAsync(customer.Id, "once");

        outcome.Should().BeOfType<ApiOutcome<Message>.Unknown>();
        telegram.CallsOf("sendMessage").Should().Be(1);
        customer.Messages.Should().BeEmpty();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task answered_with_a_server_error_is_unknown(int status)
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        telegram.Server.Faults.Next("sendMessage", new Fault.ServerError(status, AfterWork: true));

        var outcome = await telegram.SendAsync(customer.Id, "once");

        outcome.Should().BeOfType<ApiOutcome<Message>.Unknown>();
        customer.Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task that_waits_for_its_turn_until_another_host_may_have_taken_over_is_not_made()
    {
        await using var telegram = await BotAndServer.StartAsync(limits: new());
        var customer = await telegram.CustomerAsync();
        await telegram.SendAsync(customer.Id, "first");

        var waiting = telegram.SendAsync(customer.Id, "second");
        await telegram.Clock.WaitForTimer(TimeSpan.FromMilliseconds(1050)).WaitAsync(BotAndServer.Patience);
        telegram.MayAct = false;
        telegram.Clock.Advance(TimeSpan.FromSeconds(2));

        (await waiting).Should().BeOfType<ApiOutcome<Message>.Unreached>("it is due again, and certainly was not sent");
        customer.Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task that_Telegram_put_off_until_another_host_may_have_taken_over_is_not_made_again()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        telegram.Server.Faults.Next("sendMessage", new Fault.TooManyRequests(7));

        var waiting = telegram.SendAsync(customer.Id, "later");
        await telegram.Clock.WaitForTimer(TimeSpan.FromSeconds(7)).WaitAsync(BotAndServer.Patience);
        telegram.MayAct = false;
        telegram.Clock.Advance(TimeSpan.FromSeconds(8));

        (await waiting).Should().BeOfType<ApiOutcome<Message>.Unreached>();
        telegram.CallsOf("sendMessage").Should().Be(1);
    }

    [Fact]
    public async Task that_hangs_is_unknown_when_its_time_is_up()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        telegram.Server.Faults.Next("sendMessage", Fault.HangAfterWork);

        var sending = telegram.SendAsync(customer.Id, "once");
        await customer.WaitForMessageAsync(m => m.Text == "once", BotAndServer.Patience);
        telegram.Clock.Advance(TimeSpan.FromSeconds(19));
        sending.IsCompleted.Should().BeFalse();
        telegram.Clock.Advance(TimeSpan.FromSeconds(1));

        (await sending).Should().BeOfType<ApiOutcome<Message>.Unknown>();
    }

    [Fact]
    public async Task to_a_server_that_is_not_there_is_unreached()
    {
        var clock = new TestClock();
        using var pace = new TelegramRateLimiter(BotAndServer.NoLimits, clock);
        using var bot = new TelegramGateway(
            new TelegramBotOptions { Token = BotToken.TryParse(BotAndServer.Token)!, ApiBase = new Uri($"http://127.0.0.1:{FreePort()}") },
            pace,
            clock
        );

        var outcome = await bot.TryAsync(new SendMessageRequest { ChatId = 1001, Text = "hello" }, default);

        outcome.Should().BeOfType<ApiOutcome<Message>.Unreached>();
    }

    [Fact]
    public async Task waits_as_long_as_Telegram_says_each_time()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        telegram.Server.Faults.Next("sendMessage", new Fault.TooManyRequests(7));
        telegram.Server.Faults.Next("sendMessage", new Fault.TooManyRequests(3));

        var sending = telegram.SendAsync(customer.Id, "patience");
        await telegram.Clock.WaitForTimer(TimeSpan.FromSeconds(7));
        telegram.Clock.Advance(TimeSpan.FromSeconds(6.9));
        telegram.CallsOf("sendMessage").Should().Be(1);
        telegram.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await telegram.Clock.WaitForTimer(TimeSpan.FromSeconds(3));
        telegram.CallsOf("sendMessage").Should().Be(2);
        telegram.Clock.Advance(TimeSpan.FromSeconds(3));

        (await sending).Should().BeOfType<ApiOutcome<Message>.Done>();
        customer.Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task gives_a_long_wait_back_instead_of_sitting_it_out()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        telegram.Server.Faults.Next("sendMessage", new Fault.TooManyRequests(3600));

        var outcome = await telegram.SendAsync(customer.Id, "later");

        outcome.Should().BeOfType<ApiOutcome<Message>.Refused>().Which.Refusal.RetryAfter.Should().Be(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task is_tried_three_times_and_not_for_ever()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        telegram.Server.Faults.Next("sendMessage", new Fault.TooManyRequests(5), times: 10);

        var sending = telegram.SendAsync(customer.Id, "storm");
        for (var wait = 0; wait < 2; wait++)
        {
            await telegram.Clock.WaitForTimer(TimeSpan.FromSeconds(5));
            telegram.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        (await sending).Should().BeOfType<ApiOutcome<Message>.Refused>().Which.Refusal.Kind.Should().Be(RefusalKind.TooManyRequests);
        telegram.CallsOf("sendMessage").Should().Be(3);
    }

    [Fact]
    public async Task of_a_photo_uploads_it_with_its_caption_and_buttons()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        byte[] pixels = [9, 8, 7, 6];

        var outcome = await telegram.Bot.TryAsync(
            new SendPhotoRequest
            {
                ChatId = customer.Id,
                Photo = InputFile.FromStream(new MemoryStream(pixels), "chart.png"),
                Caption = "<b>Size chart</b>",
                ParseMode = ParseMode.Html,
                ReplyMarkup = new InlineKeyboardMarkup(InlineKeyboardButton.WithCallbackData("👍", "up")),
            },
            default);

        var photo = outcome.Should().BeOfType<ApiOutcome<Message>.Done>().Which.Result.Photo!.Single();
        (await telegram.Bot.FetchFileAsync(photo.FileId, default)).Should().Equal(pixels);
        (await telegram.Bot.FetchFileAsync("nope", default)).Should().BeNull();
        customer.Messages.Single().Should().Match<ChatMessage>(m => m.Caption == "Size chart" && m.AllButtons.Single().Text == "👍");
    }

    [Fact]
    public async Task in_a_business_account_needs_its_connection_and_a_customer_who_wrote_within_a_day()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var shop = telegram.Server.BusinessAccount(7001, "Kedai");
        var connection = shop.Connect();
        var customer = shop.Customer(1001, "Aisha");
        customer.SendText("hi");
        var answer = new SendMessageRequest { ChatId = customer.Id, Text = "hello from the shop", BusinessConnectionId = connection };

        (await telegram.Bot.TryAsync(answer, default)).Should().BeOfType<ApiOutcome<Message>.Done>()
            .Which.Result.SenderBusinessBot.Should().NotBeNull();
        telegram.Clock.Advance(TimeSpan.FromHours(24));
        (await telegram.Bot.TryAsync(answer, default)).Should().BeOfType<ApiOutcome<Message>.Refused>()
            .Which.Refusal.Kind.Should().Be(RefusalKind.BusinessNotAllowed);
        customer.SendText("still there?");
        shop.Disconnect();
        (await telegram.Bot.TryAsync(answer, default)).Should().BeOfType<ApiOutcome<Message>.Refused>();
        (await telegram.SendAsync(customer.Id, "hello from the shop")).Should().BeOfType<ApiOutcome<Message>.Refused>()
            .Which.Refusal.Kind.Should().Be(RefusalKind.ChatNotFound);
    }

    [Fact]
    public async Task that_was_written_is_waited_for_even_when_the_host_stops()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        telegram.Server.Faults.Next("sendMessage", Fault.HangAfterWork);
        using var stop = new CancellationTokenSource();

        var sending = telegram.Bot.TryAsync(new SendMessageRequest { ChatId = customer.Id, Text = "last words" }, stop.Token);
        await customer.WaitForMessageAsync(m => m.Text == "last words", BotAndServer.Patience);
        await stop.CancelAsync();
        sending.IsCompleted.Should().BeFalse("giving up here would leave unknown what a moment later is known");
        telegram.Clock.Advance(TimeSpan.FromSeconds(20));

        (await sending).Should().BeOfType<ApiOutcome<Message>.Unknown>();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
