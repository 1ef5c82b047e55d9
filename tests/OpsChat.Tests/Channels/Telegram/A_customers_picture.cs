using System.Text;
using System.Text.Json.Nodes;
using OpsChat.Messages;
using OpsChat.Testing.Telegram;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Channels.Telegram;

public class A_customers_picture
{
    [Fact]
    public async Task in_Telegram_is_fetched_cleaned_and_put_beside_the_card()
    {
        await using var shop = await TelegramShop.StartAsync();

        shop.Aisha.SendPhoto("it is broken", PictureFiles.Photo("jpeg"));

        var card = await shop.CardAsync("it is broken");
        var shown = await shop.Group.WaitForMessageAsync(message => message.Attachment is { Kind: "photo" }, TelegramShop.Patience);
        shown.ReplyTo.Should().Be(card.Id);
        var kept = await shop.ReadAsync(session => session.Pictures.Shown(TelegramShop.ConversationOf(shop.Aisha), 0));
        kept.Should().ContainSingle().Which.Should().Match<Picture>(picture => picture.Kind == PictureKind.Jpeg && picture.Bytes > 0);
        Encoding.Latin1.GetString(ContentOf(shop, shown)).Should().NotContain(PictureFiles.Secret);
        await shop.UntilAsync(session => session.Pictures.Unshown(10).Count == 0);
    }

    [Fact]
    public async Task that_is_none_stays_a_word_in_the_transcript()
    {
        await using var shop = await TelegramShop.StartAsync();

        shop.Aisha.SendPhoto("look", Encoding.ASCII.GetBytes("<html>"));

        await shop.CardAsync("look");
        await shop.UntilAsync(session => session.Pictures.NextDue() is null);
        (await shop.ReadAsync(session => session.Pictures.Shown(TelegramShop.ConversationOf(shop.Aisha), 0))).Should().BeEmpty();
    }

    [Fact]
    public async Task that_Telegram_does_not_give_at_once_is_fetched_later()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Server.Faults.Next("getFile", new Fault.ServerError(502));

        shop.Aisha.SendPhoto("look", PictureFiles.Png);

        await shop.UntilAsync(session => session.Pictures.NextDue() > shop.Clock.GetUtcNow());
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        shop.Aisha.SendText("are you there");
        await shop.UntilAsync(session => session.Pictures.Shown(TelegramShop.ConversationOf(shop.Aisha), 0).Count == 1);
        (await shop.ReadAsync(session => session.Pictures.NextDue())).Should().BeNull("it was fetched, and no other is awaited");
    }

    private static byte[] ContentOf(TelegramShop shop, ChatMessage message)
    {
        lock (shop.Server.World.Gate)
        {
            return shop.Server.World.Files[((JsonArray)message.Attachment!.Value.Value)[^1]!["file_id"]!.ToString()];
        }
    }
}
