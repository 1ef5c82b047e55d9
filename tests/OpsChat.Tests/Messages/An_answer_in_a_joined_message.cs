using OpsChat.Decisions;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public class An_answer_in_a_joined_message
{
    [Fact]
    public async Task is_not_given_again_at_once_to_the_same_question()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("aina", "what are your opening hours? do you ship to singapore?");
        (await shop.ReceivedAsync("aina")).Should().ContainSingle().Which.Should().Contain("\n\n", "two answers leave as one message");

        var again = await shop.SayAsync("aina", "what are your opening hours?");

        again.Reasons.Should().Contain(nameof(GateReason.SaidAlready));
    }
}
