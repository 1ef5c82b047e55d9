using OpsChat.Channels.Telegram.Api;

namespace OpsChat.Tests.Channels.Telegram;

public class A_customers_words
{
    private static readonly Chat Chat = new(5, "private") { FirstName = "Aisha" };

    [Fact]
    public void are_not_printed_by_anything_that_carries_them()
    {
        var message = new Message(1, 0, Chat) { Text = "my card is 4111", From = new User(5, false, "Aisha") };
        object[] carriers =
        [
            message,
            new Update(7) { Message = message },
            new CallbackQuery("q", message.From) { Data = "4111", Message = message },
            new SendMessageRequest(5, "my card is 4111"),
            new Contact("+60 4111", "Aisha"),
            Chat,
        ];

        carriers.Should().AllSatisfy(c => c.ToString().Should().NotContainAny("4111", "Aisha"));
    }
}
