using System.Text.Json;
using OpsChat.Channels.Telegram;
using OpsChat.Storage.Tables;
using OpsChat.Testing.Telegram;
using OpsChat.Tests.Support;
using Telegram.Bot.Types;

namespace OpsChat.Tests.Channels.Telegram;

public class A_customers_words
{
    private const string Words = "my card is 4111", Name = "Aisha";

    [Fact]
    public void are_not_printed_by_anything_that_carries_them()
    {
        var update = UpdateDecoder.Read(
            JsonElement.Parse(
                """{"update_id":1,"message":{"message_id":5,"date":1,"chat":{"id":7,"type":"private"},"from":{"id":7,"is_bot":false,"first_name":"Aisha"},"text":"my card is 4111"}}"""
            )
        )!;
        object[] carriers =
        [
            update,
            UpdateReader.Read(update.Update!, -100, ShopUnderTest.Morning),
            new TelegramNews.OwnerWrote(1, 2, null, null, Words, AnswersBot: false),
            new TelegramNews.Tap("q", 1, 1, null, null, Words),
            new TelegramNews.WroteByHand(new("tg", "7"), "7/1", Words),
            new TelegramNews.BusinessChanged(new BusinessConnection { Id = "b", User = new User { Id = 7, FirstName = Name } }),
            new ApiOutcome<Message>.Done(update.Update!.Message!),
        ];

        carriers.Should().AllSatisfy(c => c.ToString().Should().NotContainAny("4111", Name));
    }

    [Fact]
    public async Task and_the_token_are_in_no_line_of_the_log_whatever_goes_wrong()
    {
        using var log = new CapturedLog();
        await using var shop = await TelegramShop.StartAsync(new() { Log = log });
        shop.Server.Faults.Next("getUpdates", new Fault.ServerError(502));
        shop.Server.Faults.Next("getUpdates", Fault.DropAfterWork);
        shop.Server.Faults.Next("sendMessage", new Fault.Refuse(400, "Bad Request: nothing in particular"));
        shop.Server.Faults.Next("sendMessage", new Fault.ServerError(500, AfterWork: true));
        shop.Server.Faults.Next("sendMessage", Fault.DropAfterWork);
        shop.Server.Faults.Next("sendMessage", new Fault.TooManyRequests(1));
        shop.Server.Updates.Add("message", OddVoice(shop));

        shop.Aisha.SendText($"{TelegramShop.AskNonsense} 4111222233334444");
        shop.Aisha.SendText(TelegramShop.AskHours);

        await shop.CardAsync("purple elephants");
        await shop.UntilAsync(session => session.Seen.Has(new(SeenKind.TelegramUpdate, "700000001")) && session.Outbox.Abandoned().Count == 0);
        log.Lines.Should().NotBeEmpty();
        log.Lines.Should()
            .AllSatisfy(line =>
                line.Should().NotContainAny("purple", "4111", "opening hours", shop.Server.Token, shop.Server.Token.Split(':')[1])
            );
    }

    private static System.Text.Json.Nodes.JsonObject OddVoice(TelegramShop shop) =>
        System
            .Text.Json.Nodes.JsonNode.Parse(
                $$$"""{"message_id":900,"date":1,"chat":{"id":{{{shop.Aisha.Id}}},"type":"private"},"from":{"id":{{{shop.Aisha.Id}}},"is_bot":false,"first_name":"Aisha"},"caption":"purple","voice":{"file_id":"f","file_unique_id":"u","duration":7.5}}"""
            )!
            .AsObject();
}
