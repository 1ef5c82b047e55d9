using OpsChat.Agent;
using OpsChat.Channels.Telegram.Desk;
using OpsChat.Operations.Actions;

namespace OpsChat.Tests.Channels.Telegram;

public class The_topic_of_the_watch
{
    private const string NobodyKnows = "No file says where parcels are.";

    [Fact]
    public async Task is_where_the_watch_speaks_and_a_plain_question_is_answered()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Aisha.SendText(TelegramShop.AskNonsense);
        await shop.UntilAsync(s => s.Desk.Open(shop.Group.Id).Count == 1);
        var hers = shop.Group.Topics.Single();

        await TellAsync(shop, "SUP1 is late.");
        var told = await shop.CardAsync("SUP1 is late.");
        var watch = shop.Group.Topics.Single(t => t.Name == DeskTopics.OperationsName);
        told.ThreadId.Should().Be(watch.ThreadId);
        var action = ShopAction.Of(
            "held", "", "order-check",
            new(ActionKind.HoldOrder, "#1292", new Dictionary<string, string>(), null, "Hold #1292", shop.Clock.GetUtcNow().AddDays(1)), [],
            shop.Clock.GetUtcNow());
        await shop.Store.WriteAsync(session =>
        {
            session.ShopActions.Add(action);
            return true;
        }, default);
        (await shop.CardAsync("Hold #1292")).ThreadId.Should().Be(watch.ThreadId, "what is decided of the shop stands there too");

        shop.Siti.Write("How many parcels are on the way?", watch);
        (await shop.CardAsync(NobodyKnows)).ThreadId.Should().Be(watch.ThreadId);
        shop.Siti.Write("what is the meaning of life?", watch);
        await shop.CardAsync("I did not understand “meaning”, “life”");

        // None of these asks the watch anything; the one that is answered last shows that they were heard before.
        var said = shop.Group.Messages.Count;
        shop.Stranger.Write("Which orders are stuck?", watch);
        shop.Siti.Write("thanks, Ahmad, see you later", watch);
        shop.Siti.Write("How many returns came in May?");
        shop.Siti.Write("How many returns came in May?", hers);
        shop.Siti.Write("/ask which subscriptions failed", watch);
        await shop.CardAsync("No file says how subscriptions were charged.");
        await TelegramShop.GetsAsync(shop.Aisha, "How many returns came in May?");
        shop.Group.Messages.Skip(said).Should()
            .NotContain(m => m.Text!.Contains("No file tells of returns") || m.Text.Contains("orders should have left"));
    }

    [Fact]
    public async Task is_opened_anew_when_somebody_deleted_it()
    {
        await using var shop = await TelegramShop.StartAsync();
        await TellAsync(shop, "SUP1 is late.");
        var first = (await shop.CardAsync("SUP1 is late.")).ThreadId;
        shop.Group.DeleteTopic(shop.Group.Topics.Single());

        await TellAsync(shop, "SUP2 is late.");

        (await shop.CardAsync("SUP2 is late.")).ThreadId.Should().NotBe(first).And.NotBeNull();
    }

    private static Task<bool> TellAsync(TelegramShop shop, string text) =>
        shop.Store.WriteAsync(session =>
        {
            session.Notices.Add(OperationsDesk.NoticeKind, text, shop.Clock.GetUtcNow());
            return true;
        }, default);
}
