using OpsChat.Channels.Telegram;
using OpsChat.Testing.Telegram;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace OpsChat.Tests.Channels.Telegram;

public class Polling
{
    [Fact]
    public async Task brings_updates_again_until_an_offset_confirms_them()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = telegram.Server.Customer(1001, "Aisha");
        customer.SendText("one");
        customer.SendText("two");

        var first = await telegram.NewsAsync();
        var again = await telegram.NewsAsync();
        var rest = await telegram.NewsAsync(first[0].Id + 1);

        Texts(first).Should().Equal("one", "two");
        Texts(again).Should().Equal("one", "two");
        Texts(rest).Should().Equal("two");
    }

    [Fact]
    public async Task loses_nothing_when_the_answer_gets_lost()
    {
        await using var telegram = await BotAndServer.StartAsync();
        telegram.Server.Customer(1001, "Aisha").SendText("hi");
        telegram.Server.Faults.Next("getUpdates", Fault.DropAfterWork);

        var poll = () => telegram.NewsAsync();

        await poll.Should().ThrowAsync<TelegramUnreachableException>();
        Texts(await poll()).Should().Equal("hi");
    }

    [Fact]
    public async Task wakes_up_when_someone_writes()
    {
        await using var telegram = await BotAndServer.StartAsync();

        var poll = telegram.NewsAsync();
        await telegram.Clock.WaitForTimer(TimeSpan.FromSeconds(30));
        telegram.Server.Customer(1001, "Aisha").SendText("anyone?");

        Texts(await poll).Should().Equal("anyone?");
    }

    [Fact]
    public async Task ends_empty_when_nobody_writes()
    {
        await using var telegram = await BotAndServer.StartAsync();

        var poll = telegram.NewsAsync();
        await telegram.Clock.WaitForTimer(TimeSpan.FromSeconds(30));
        telegram.Clock.Advance(TimeSpan.FromSeconds(30));

        (await poll).Should().BeEmpty();
    }

    [Fact]
    public async Task by_a_second_host_ends_the_first_ones_poll_with_a_conflict()
    {
        await using var telegram = await BotAndServer.StartAsync();
        using var second = telegram.NewBot();

        var first = telegram.NewsAsync();
        await telegram.Clock.WaitForTimer(TimeSpan.FromSeconds(30));
        var takeOver = second.UpdatesAsync(null, 100, default);

        var poll = () => first;
        (await poll.Should().ThrowAsync<TelegramRefusedException>()).Which.Refusal.Kind.Should().Be(RefusalKind.AnotherPoller);
        telegram.Server.Customer(1001, "Aisha").SendText("hi");
        (await takeOver).Select(u => UpdateDecoder.Read(u)!.Update!.Message!.Text).Should().Equal("hi");
    }

    [Fact]
    public async Task may_bring_an_update_twice_or_late_or_under_a_lower_number()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = telegram.Server.Customer(1001, "Aisha");
        telegram.Server.Updates.RepeatNext();
        customer.SendText("twice");
        telegram.Server.Updates.ReorderNext();
        customer.SendText("late");
        customer.SendText("early");
        var first = await telegram.NewsAsync();
        telegram.Server.Updates.JumpTo(17);
        customer.SendText("after a quiet week");
        telegram.Server.Updates.RedeliverLast();

        var next = await telegram.NewsAsync(first.Max(u => u.Id) + 1);

        Texts(first).Should().Equal("twice", "twice", "early", "late");
        first.Select(u => u.Id).Distinct().Should().HaveCount(3);
        Texts(next).Should().Equal("after a quiet week", "after a quiet week");
        next.Should().OnlyContain(u => u.Id == 17);
    }

    [Fact]
    public async Task hears_of_edits_taps_and_blocks_but_not_of_reactions()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = await telegram.CustomerAsync();
        await telegram.AskAsync(customer.Id, "Right?", "Yes", "y1");
        customer.EditText(customer.SendText("helo"), "hello");
        customer.React(customer.Messages[^1], "👍");
        customer.Tap("Yes");
        customer.Block();

        var updates = await telegram.NewsAsync();

        updates.Should().HaveCount(4);
        updates[0].Message!.Text.Should().Be("helo");
        updates[1].EditedMessage!.Text.Should().Be("hello");
        updates[2].CallbackQuery!.Data.Should().Be("y1");
        updates[2].CallbackQuery!.Message!.Text.Should().Be("Right?");
        updates[3].MyChatMember!.NewChatMember.Status.Should().Be(ChatMemberStatus.Kicked);
    }

    [Fact]
    public async Task understands_what_is_not_text()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var customer = telegram.Server.Customer(1001, "Aisha");
        customer.SendPhoto("broken zip");
        customer.SendVoice();
        customer.SendVideo();
        customer.SendDocument("receipt.pdf", "my receipt");
        customer.SendSticker();
        customer.SendLocation(3.14, 101.69);
        customer.SendContact("+60123456789");

        var messages = (await telegram.NewsAsync()).Select(u => u.Message!).ToList();

        messages.Select(m => m.Text ?? m.Caption).Should().Equal("broken zip", null, null, "my receipt", null, null, null);
        messages[0].Photo.Should().ContainSingle();
        messages[1].Voice!.Duration.Should().Be(3);
        messages[2].Video!.MimeType.Should().Be("video/mp4");
        messages[3].Document!.FileName.Should().Be("receipt.pdf");
        messages[4].Sticker!.Emoji.Should().Be("👍");
        messages[5].Location.Should().BeEquivalentTo(new { Latitude = 3.14, Longitude = 101.69 });
        messages[6].Contact!.UserId.Should().Be(customer.Id);
    }

    [Fact]
    public async Task hears_of_everything_in_a_business_account()
    {
        await using var telegram = await BotAndServer.StartAsync();
        var shop = telegram.Server.BusinessAccount(7001, "Kedai");
        var connection = shop.Connect();
        var customer = shop.Customer(1001, "Aisha");
        var asked = customer.SendText("is it in stock?");
        customer.EditText(asked, "is the red one in stock?");
        shop.WriteByHand(customer, "Let me look.");
        customer.Delete(asked);

        var updates = await telegram.NewsAsync();

        updates[0].BusinessConnection!.Should().Match<BusinessConnection>(c => c.Id == connection && c.Rights!.CanReply && c.IsEnabled);
        updates[1].BusinessMessage!.BusinessConnectionId.Should().Be(connection);
        updates[2].EditedBusinessMessage!.Text.Should().Be("is the red one in stock?");
        updates[3].BusinessMessage!.From!.Id.Should().Be(7001, "the owner's own hand wrote it");
        updates[3].BusinessMessage!.SenderBusinessBot.Should().BeNull();
        updates[4].DeletedBusinessMessages!.MessageIds.Should().Equal(asked.Id);
    }

    private static IEnumerable<string?> Texts(IReadOnlyList<Update> updates) => updates.Select(u => u.Message!.Text);
}
