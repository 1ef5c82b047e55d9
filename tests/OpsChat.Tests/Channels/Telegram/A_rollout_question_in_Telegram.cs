using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Testing.Telegram;

namespace OpsChat.Tests.Channels.Telegram;

public class A_rollout_question_in_Telegram
{
    [Fact]
    public async Task is_said_yes_to_with_one_tap_and_the_card_says_who()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop, from: 100, to: 0);
        card.Text.Should().Contain("Roll all playbooks back from 100 % to 0 %?");

        (await AnswerAsync(shop.Siti.Tap(card, "Roll back"))).Should().Be("Siti rolled all playbooks back to 0 %.");

        shop.Get<CanaryConfigFile>().Current.Config.Percentage.Should().Be(0);
        (await shop.CardAsync("Siti rolled all playbooks back")).Buttons.Should().BeEmpty();
        (await AnswerAsync(shop.Ahmad.Tap(card, "Roll back")))
            .Should()
            .Be("Siti rolled all playbooks back to 0 %.", "a second tap is told who was first");
    }

    [Fact]
    public async Task is_refused_clearly_when_its_time_has_passed()
    {
        await using var shop = await TelegramShop.StartAsync();
        var card = await AskAsync(shop, from: 100, to: 0);
        var canary = shop.Get<CanaryConfigFile>();
        canary.Change(canary.Current.Fingerprint, canary.Current.Config with { Percentage = 50 }).Should().BeOfType<CanaryChange.Written>();

        (await AnswerAsync(shop.Siti.Tap(card, "Roll back"))).Should().Contain("the percentage was 100 % when this was asked, and is 50 % now.");

        canary.Current.Config.Percentage.Should().Be(50);
        (await shop.CardAsync("☑")).Buttons.Should().BeEmpty();
    }

    private static async Task<ChatMessage> AskAsync(TelegramShop shop, decimal from, decimal to)
    {
        var why = $"Roll all playbooks back from {from} % to {to} %? 9 of 50 answered cases were wrong.";
        await shop.Store.WriteAsync(session =>
        {
            session.RolloutQuestions.Ask(new("q1", null, "", RolloutAsk.RollBack, from, to, DateTimeOffset.UnixEpoch, why, shop.Clock.GetUtcNow()));
            return true;
        }, CancellationToken.None);
        return await shop.CardAsync(why);
    }

    private static async Task<string> AnswerAsync(Tap tap) => (await tap.Answer.WaitAsync(TelegramShop.Patience)).Text;
}
