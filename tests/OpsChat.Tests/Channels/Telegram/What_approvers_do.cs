using OpsChat.Approvals;
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
    public async Task is_carried_out_once_when_the_store_cannot_note_that_it_was()
    {
        await using var shop = await TelegramShop.StartAsync();
        await shop.UntilQuietAsync();
        var isWaiting = false;
        shop.Store.Undoes = session =>
        {
            var wait = session.OwnerUpdates.Count() > 0;
            isWaiting |= wait;
            return isWaiting && !wait;
        };
        var refused = shop.Store.Refused;

        shop.Siti.Write("/canary 25");
        await TelegramShop.UntilAsync(() => shop.Store.Refused > refused + 1);
        shop.Store.Undoes = _ => false;

        await shop.UntilAsync(session => session.OwnerUpdates.Count() == 0);
        await shop.CardAsync("25 %");
        await shop.UntilQuietAsync();
        shop.Group.Messages.Count(message => (message.Text ?? "").Contains("25 %", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task is_told_and_holds_up_nothing_where_it_can_never_be_carried_out()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Aisha.SendText(TelegramShop.AskRefund);
        var card = await shop.CardAsync("Approve?");
        await shop.UntilQuietAsync();
        var id = (await shop.ReadAsync(session => session.Approvals.List(ApprovalState.Pending, 1))).Single().Id;
        shop.Store.Undoes = session => session.Approvals.Find(id) is not { State: ApprovalState.Pending };

        using (shop.Server.Updates.Together())
        {
            shop.Siti.Tap(card, "✅ Approve");
            shop.Siti.Write("/canary 25");
        }

        await shop.CardAsync("could not be carried out");
        await shop.CardAsync("playbooks to 25 %");
        (await shop.ReadAsync(session => session.Approvals.Find(id)))!.State.Should().Be(ApprovalState.Pending);
    }

    [Fact]
    public async Task in_words_before_the_group_became_a_supergroup_answers_what_stood_there()
    {
        await using var shop = await TelegramShop.StartAsync(new() { Forum = false });
        shop.Aisha.SendText(TelegramShop.AskRefund);
        var card = await shop.CardAsync("Approve?");
        shop.Siti.Tap(card, "✏️ Edit");
        var prompt = await shop.CardAsync("Reply to this message with the new answer.");
        await shop.UntilAsync(session => session.Desk.Prompt(shop.Group.Id, prompt.Id) is not null);

        using (shop.Server.Updates.Together())
        {
            shop.Siti.ReplyTo(prompt, "We refund RM 11 today.");
            shop.Group.Upgrade();
        }

        await shop.UntilAsync(session => session.Approvals.List(ApprovalState.Pending, 1) is [{ Text: "We refund RM 11 today." }]);
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
