namespace OpsChat.Tests.Channels.Telegram;

/// <summary>All customers' messages come in one line from Telegram: whoever writes fastest must not hold up who stands behind.</summary>
public class A_flood_in_Telegram
{
    [Fact]
    public async Task of_one_customer_holds_up_neither_the_others_nor_the_owner_and_is_kept_whole()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Aisha.SendText(TelegramShop.AskNonsense);
        var card = await shop.CardAsync(TelegramShop.AskNonsense);
        await shop.UntilQuietAsync();
        await shop.CloseAsync();
        var (flooder, ben) = (shop.Server.Customer(1666, "Mallory"), shop.Server.Customer(1002, "Ben"));
        for (var i = 0; i < 300; i++)
        {
            flooder.SendText(TelegramShop.AskHours);
        }

        ben.SendText(TelegramShop.AskHours);
        var tap = shop.Siti.Tap(card, "🚫 Not a case for us");
        await shop.OpenAsync();

        // At a message a second, as its sender could be told to write, the flood would take four minutes: longer than a test waits.
        (await tap.Answer.WaitAsync(TelegramShop.Patience)).Text.Should().Be("Closed without an answer.");
        await TelegramShop.GetsAsync(ben, TelegramShop.OpeningHours);
        await shop.UntilQuietAsync();
        var lines = await shop.ReadAsync(s => s.Conversations.Transcript(TelegramShop.ConversationOf(flooder), 0, 1000));
        lines.Count(l => l.Text == TelegramShop.AskHours).Should().Be(300);
        (await shop.ReadAsync(s => s.HandOffs.OpenOf(TelegramShop.ConversationOf(flooder))))
            .Should()
            .ContainSingle("so much is one matter, and a person's");
    }

    [Fact]
    public async Task above_what_is_kept_is_told_to_the_owner_once()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Configure = options => options.Messages.MostKeptPerMinute = 20 });
        var (flooder, ben) = (shop.Server.Customer(1666, "Mallory"), shop.Server.Customer(1002, "Ben"));
        for (var i = 0; i < 120; i++)
        {
            flooder.SendText(TelegramShop.AskHours);
        }

        ben.SendText(TelegramShop.AskHours);

        await TelegramShop.GetsAsync(ben, TelegramShop.OpeningHours);
        await shop.CardAsync("Mallory (Telegram) writes more than 20 messages a minute.");
        await shop.UntilQuietAsync();
        shop.Group.Messages.Count(m => m.Text!.Contains("is not kept", StringComparison.Ordinal)).Should().Be(1);
        (await shop.ReadAsync(s => s.Conversations.Transcript(TelegramShop.ConversationOf(flooder), 0, 1000)))
            .Count(l => l.Text == TelegramShop.AskHours)
            .Should()
            .BeInRange(20, 60);
    }
}
