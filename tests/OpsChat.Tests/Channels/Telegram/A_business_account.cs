using OpsChat.Messages;
using OpsChat.Testing.Telegram;

namespace OpsChat.Tests.Channels.Telegram;

/// <summary>Anybody in Telegram can connect the bot to an account of their own.</summary>
public class A_business_account
{
    [Fact]
    public async Task of_a_stranger_is_neither_read_nor_answered_and_the_owner_is_told_once()
    {
        await using var shop = await TelegramShop.StartAsync();
        var account = shop.Server.BusinessAccount(shop.Stranger.Id, "Mallory");
        account.Connect();
        var customer = account.Customer(1005, "Chong");

        customer.SendText(TelegramShop.AskRefund);
        account.WriteByHand(customer, "I am the shop. It is refunded.");
        account.Disconnect();
        account.Connect();
        customer.SendText(TelegramShop.AskHours);
        await shop.CardAsync($"Mallory (Telegram id {shop.Stranger.Id}) connected the bot");
        await shop.UntilQuietAsync();

        customer.Messages.Should().BeEmpty();
        shop.Group.Messages.Should().ContainSingle();
        (await shop.ReadAsync(s => s.Conversations.Count())).Should().Be(0);
    }

    [Fact]
    public async Task of_a_stranger_cannot_take_messages_back_in_the_shops_name()
    {
        await using var shop = await TelegramShop.StartAsync();
        var account = shop.Server.BusinessAccount(shop.Stranger.Id, "Mallory");
        account.Connect();
        var customer = account.Customer(1005, "Chong");
        var said = customer.SendText(TelegramShop.AskNonsense);
        customer.EditText(said, TelegramShop.AskRefund);
        customer.Delete(said);

        shop.Aisha.SendText(TelegramShop.AskHours);
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
        await shop.UntilQuietAsync();

        (await shop.ReadAsync(s => s.Conversations.Count())).Should().Be(1, "only Aisha's");
    }

    [Fact]
    public async Task of_an_approver_is_known_again_after_a_restart()
    {
        await using var shop = await TelegramShop.StartAsync();
        var account = shop.Server.BusinessAccount(shop.Siti.Id, "Kedai");
        account.Connect();
        await shop.CardAsync("Its customers are answered from that account.");
        await shop.CloseAsync();
        await shop.OpenAsync();
        var customer = account.Customer(1005, "Chong");

        customer.SendText(TelegramShop.AskHours);

        await TelegramShop.GetsAsync(customer, TelegramShop.OpeningHours);
        shop.Server.Calls.Should().ContainSingle(c => c.Method == "getBusinessConnection");
    }

    [Fact]
    public async Task is_heard_where_no_approver_has_a_Telegram_id_to_compare_it_with_and_the_owner_is_told()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Configure = options => options.Approvals.Approvers.Clear() });
        var account = shop.Server.BusinessAccount(shop.Stranger.Id, "Kedai");
        account.Connect();
        var customer = account.Customer(1005, "Chong");

        customer.SendText(TelegramShop.AskHours);

        await TelegramShop.GetsAsync(customer, TelegramShop.OpeningHours);
        await shop.CardAsync("Kedai's Telegram Business account connected the bot.");
        TelegramShop.Texts(customer).Should().ContainSingle(text => text == TelegramShop.OpeningHours);
    }

    [Fact]
    public async Task is_heard_from_a_server_that_does_not_know_the_question_whose_it_is()
    {
        await using var shop = await TelegramShop.StartAsync();
        var account = shop.Server.BusinessAccount(shop.Siti.Id, "Kedai");
        account.Connect();
        await shop.CardAsync("Its customers are answered from that account.");
        await shop.CloseAsync();
        shop.Server.Faults.Next("getBusinessConnection", new Fault.Refuse(404, "Not Found: method not found"));
        await shop.OpenAsync();
        var customer = account.Customer(1005, "Chong");

        customer.SendText(TelegramShop.AskHours);

        await TelegramShop.GetsAsync(customer, TelegramShop.OpeningHours);
        TelegramShop.Texts(customer).Should().ContainSingle(text => text == TelegramShop.OpeningHours);
    }

    [Fact]
    public async Task that_Telegram_cannot_be_asked_about_is_heard_when_it_can()
    {
        await using var shop = await TelegramShop.StartAsync();
        var account = shop.Server.BusinessAccount(shop.Siti.Id, "Kedai");
        account.Connect();
        await shop.CardAsync("Its customers are answered from that account.");
        await shop.CloseAsync();
        shop.Server.Faults.Next("getBusinessConnection", new Fault.ServerError(502));
        await shop.OpenAsync();
        var customer = account.Customer(1005, "Chong");

        customer.SendText(TelegramShop.AskHours);

        await TelegramShop.GetsAsync(customer, TelegramShop.OpeningHours);
        (await shop.ReadAsync(s => s.Conversations.Transcript(new ConversationId("tgb", $"{account.ConnectionId}/1005"), 0, 10)))
            .Count(l => l.From == Sender.Customer)
            .Should()
            .Be(1);
    }
}
