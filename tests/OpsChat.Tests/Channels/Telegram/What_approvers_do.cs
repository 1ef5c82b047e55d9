using OpsChat.Channels.Telegram;

namespace OpsChat.Tests.Channels.Telegram;

public class What_approvers_do
{
    [Fact]
    public async Task holds_up_no_customer_and_is_kept_until_it_is_carried_out()
    {
        await using var shop = await TelegramShop.StartAsync();
        var runner = shop.Get<OwnerUpdatesRunner>();
        await runner.StopAsync(default);

        using (shop.Server.Updates.Together())
        {
            shop.Siti.Write("/pause");
            shop.Siti.Write("/resume");
            shop.Siti.Write("/canary 25");
            shop.Aisha.SendText(TelegramShop.AskHours);
        }

        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.OpeningHours);
        (await shop.ReadAsync(session => session.OwnerUpdates.Count())).Should().Be(3, "Telegram need not keep them any more");
        await shop.CrashAsync();
        await shop.OpenAsync();
        await shop.CardAsync("25 %");
        await shop.UntilQuietAsync();
        var answers = shop.Group.Messages.Select(m => m.Text ?? "").ToList();
        int At(string words) => answers.FindIndex(text => text.Contains(words, StringComparison.Ordinal));
        At("Paused.").Should().BeGreaterThanOrEqualTo(0).And.BeLessThan(At("Resumed"));
        At("Resumed").Should().BeLessThan(At("playbooks to 25 %"));
    }

    [Fact]
    public async Task is_carried_out_once_when_the_store_was_in_trouble_after_it()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Aisha.SendText(TelegramShop.AskRefund);
        var card = await shop.CardAsync("Approve?");
        await shop.UntilQuietAsync();

        shop.Siti.Tap(card, "✅ Approve");
        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.Refund);
        shop.Store.IsInTrouble = true;
        shop.Siti.Tap(card, "✅ Approve");
        var refused = shop.Store.Refused;
        await TelegramShop.UntilAsync(() => shop.Store.Refused > refused);
        shop.Store.IsInTrouble = false;

        await shop.UntilQuietAsync();
        TelegramShop.Texts(shop.Aisha).Count(text => text == TelegramShop.Refund).Should().Be(1);
    }

    [Fact]
    public async Task in_the_group_that_just_became_a_supergroup_is_carried_out()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Forum = false });
        shop.Aisha.SendText(TelegramShop.AskRefund);
        var card = await shop.CardAsync("Approve?");
        await shop.UntilQuietAsync();

        using (shop.Server.Updates.Together())
        {
            shop.Siti.Tap(card, "✅ Approve");
            shop.Group.Upgrade();
        }

        await TelegramShop.GetsAsync(shop.Aisha, TelegramShop.Refund);
    }

    [Fact]
    public async Task in_words_of_a_newer_version_is_told_and_holds_up_nothing()
    {
        await using var shop = await TelegramShop.StartAsync();
        await shop.Store.WriteAsync(
            session =>
            {
                session.OwnerUpdates.Add("""{"$type":"waved","From":9001}""");
                session.OwnerUpdates.Add("no JSON");
                return 2;
            },
            default
        );

        await shop.UntilAsync(session => session.OwnerUpdates.Count() == 0);
        await shop.CardAsync("stored by a newer version");
        shop.Siti.Write("/canary 25");
        await shop.CardAsync("25 %");
    }
}
