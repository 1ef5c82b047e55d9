using OpsChat.Agent;
using OpsChat.Playbooks;
using OpsChat.Testing.Telegram;

namespace OpsChat.Tests.Channels.Telegram;

public class A_translation_in_Telegram
{
    private const string Malay = "Kami buka setiap hari dari 9 pagi hingga 6 petang.";

    [Fact]
    public async Task is_used_after_one_tap_of_an_owner_and_its_card_says_whose()
    {
        await using var shop = await TelegramShop.StartAsync();
        var version = shop.Get<CurrentPlaybooks>()().Playbooks.Find("opening-hours")!.Version;
        await ProposeAsync(shop, "l1", version, "ms", Malay);
        var card = await shop.CardAsync("May this text be used? opening-hours, in ms");
        card.Text.Should().Contain(Malay).And.Contain(TelegramShop.OpeningHours);
        card.AllButtons.Select(b => b.Text).Should().Equal("✅ Use it", "❌ Not this one");

        (await AnswerAsync(shop.Stranger.Tap(card, "✅ Use it"))).Should().BeEmpty();
        (await AnswerAsync(shop.Ahmad.Tap(card, "✅ Use it"))).Should().Be("Only an owner puts a text before customers.");
        (await AnswerAsync(shop.Siti.Tap(card, "✅ Use it"))).Should().StartWith("The text stands in opening-hours.md below ### ms");
        (await AnswerAsync(shop.Siti.Tap(card, "❌ Not this one"))).Should().Be("Somebody decided about it before.");

        var done = await shop.CardAsync("☑ Used, Siti");
        done.Buttons.Should().BeEmpty();
        File.ReadAllText(Path.Combine(shop.Get<PlaybookCatalog<PlaybookSnapshot>>().Folder, "opening-hours.md")).Should().Contain($"### ms\n{Malay}");
    }

    [Fact]
    public async Task that_cannot_be_read_whole_cannot_be_taken_from_the_chat()
    {
        await using var shop = await TelegramShop.StartAsync();
        await ProposeAsync(shop, "l1", "1", "ms", string.Concat(Enumerable.Repeat("Kami buka. ", 200)));

        var card = await shop.CardAsync("Look at it in the web console.");

        card.AllButtons.Select(b => b.Text).Should().Equal("❌ Not this one");
    }

    private static Task<bool> ProposeAsync(TelegramShop shop, string id, string version, string language, string text) =>
        shop.Store.WriteAsync(
            session =>
                session.Translations.Propose(
                    id,
                    new("opening-hours", version, language, TelegramShop.OpeningHours, text),
                    shop.Clock.GetUtcNow()
                ),
            CancellationToken.None
        );

    private static async Task<string> AnswerAsync(Tap tap) => (await tap.Answer.WaitAsync(TelegramShop.Patience)).Text;
}
