using System.Text.Json;
using System.Text.Json.Nodes;
using OpsChat.Channels.Telegram;
using OpsChat.Messages;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Channels.Telegram;

public class An_update_that_cannot_be_read
{
    [Theory]
    [InlineData("""{"voice":{"file_id":"f","file_unique_id":"u","duration":7.5},"caption":"listen"}""", "message.voice.duration")]
    [InlineData("""{"photo":[{"file_id":"f","file_unique_id":"u","width":"wide","height":1}],"caption":"listen"}""", "message.photo.0.width")]
    [InlineData("""{"entities":7,"text":"listen"}""", "message.entities")]
    public void is_read_without_what_is_odd_in_it(string odd, string where)
    {
        var read = UpdateDecoder.Read(Update(odd))!;

        read.Unreadable[0].Should().Be(where);
        var message = UpdateReader.Read(read.Update!, -100, ShopUnderTest.Morning).Should().BeOfType<TelegramNews.FromCustomer>().Which.Message;
        (message.Conversation, message.Text.Value).Should().Be((new ConversationId("tg", "7"), "listen"));
    }

    [Fact]
    public void is_known_by_its_number_when_nothing_of_it_can_be_read() =>
        UpdateDecoder.Read(JsonElement.Parse("""{"update_id":9,"message":[{"text":"?"}]}"""))!.Unreadable.Should().NotBeEmpty();

    [Theory]
    [InlineData("""{"message":{}}""")]
    [InlineData("""{"update_id":"x"}""")]
    [InlineData("[]")]
    public void and_has_no_number_is_none(string json) => UpdateDecoder.Read(JsonElement.Parse(json)).Should().BeNull();

    [Fact]
    public async Task is_kept_told_confirmed_and_stepped_over()
    {
        await using var shop = await TelegramShop.StartAsync();
        shop.Server.Updates.Add("message", Message("""{"voice":{"file_id":"f","file_unique_id":"u","duration":7.5}}""", shop.Aisha.Id));
        shop.Server.Updates.Add("callback_query", JsonNode.Parse("""{"id":{}}""")!.AsObject());
        var bilal = shop.Server.Customer(1002, "Bilal");

        bilal.SendText(TelegramShop.AskHours);

        await TelegramShop.GetsAsync(bilal, TelegramShop.OpeningHours);
        await shop.CardAsync("(message.voice.duration");
        await shop.UntilAsync(session => session.HandOffs.OpenOf(TelegramShop.ConversationOf(shop.Aisha)).Count == 1);
        (await shop.ReadAsync(session => session.UnreadUpdates.Find(700_000_001))).Should().Contain("7.5");
        (await shop.ReadAsync(session => session.UnreadUpdates.Find(700_000_002))).Should().Contain("callback_query");
        shop.Server.Updates.PendingCount.Should().BeLessThan(3, "what cannot be read is confirmed with the rest");
        await shop.Store.WriteAsync(
            session => session.Privacy.Erase(TelegramShop.ConversationOf(shop.Aisha), new("forgotten", "1"), shop.Clock.GetUtcNow()),
            default
        );
        (await shop.ReadAsync(session => session.UnreadUpdates.Find(700_000_001))).Should().BeNull("it names a customer who is forgotten");
    }

    private static JsonElement Update(string content) =>
        JsonSerializer.SerializeToElement(new JsonObject { ["update_id"] = 1, ["message"] = Message(content, 7) });

    private static JsonObject Message(string content, long chat)
    {
        var message = JsonNode.Parse(content)!.AsObject();
        message["message_id"] = 5;
        message["date"] = 1;
        message["chat"] = new JsonObject { ["id"] = chat, ["type"] = "private" };
        message["from"] = new JsonObject { ["id"] = chat, ["is_bot"] = false, ["first_name"] = "Aina" };
        return message;
    }
}
