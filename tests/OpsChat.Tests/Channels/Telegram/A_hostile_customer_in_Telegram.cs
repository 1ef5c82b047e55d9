using OpsChat.Canary;
using OpsChat.Storage;

namespace OpsChat.Tests.Channels.Telegram;

/// <summary>A name and words full of markup, through every message that the owner chat shows: they stay words, and no message is refused for
/// them.</summary>
public class A_hostile_customer_in_Telegram
{
    private const string Name = "<b>Eve</b> & <a href=\"http://evil.example\">co</a>";
    private const string Markup = " <i>now</i> </b> &";

    [Fact]
    public async Task marks_up_no_card_no_list_and_no_answer_of_the_owner_chat()
    {
        await using var shop = await TelegramShop.StartAsync(new() { SpotCheck = 1 });
        var eve = shop.Server.Customer(1003, Name);

        // An approval, its explanation, its rejection, and the hand-off that it becomes.
        eve.SendText(TelegramShop.AskRefund + Markup);
        var approval = await shop.CardAsync("Approve?");
        shop.Siti.ReplyTo(approval, "/why");
        await shop.CardAsync("The customer wants money or goods to move");
        shop.Siti.Tap(approval, "❌ Reject");
        shop.Siti.Tap(
            await shop.Group.WaitForMessageAsync(
                m => m.Id == approval.Id && m.AllButtons.Any(b => b.Text == ErrorKindText.Sentence(ErrorKind.Outdated)),
                TelegramShop.Patience
            ),
            ErrorKindText.Sentence(ErrorKind.Outdated)
        );
        await shop.CardAsync("Siti rejected the draft");

        // A hand-off, a search, a spot-check, a notice, an edit that quotes the draft.
        shop.Server.Customer(1004, Name).SendText(TelegramShop.AskNonsense + Markup);
        await shop.CardAsync(TelegramShop.AskNonsense);
        shop.Siti.Write("/find Eve");
        await shop.CardAsync(" (Telegram), last message ");
        shop.Server.Customer(1005, Name).SendText(TelegramShop.AskHours);
        await shop.CardAsync("Was this answer right?");
        await shop.Store.WriteAsync(
            session =>
            {
                session.Notices.Add("test", $"A notice about {Name}{Markup}", shop.Clock.GetUtcNow());
            },
            CancellationToken.None
        );
        await shop.CardAsync("A notice about");
        await shop.UntilQuietAsync();

        var messages = shop.Group.Messages.Where(m => m.Text is not null).ToList();
        messages
            .Where(m => m.Text!.Contains("<i>now</i>", StringComparison.Ordinal))
            .Should()
            .HaveCountGreaterThan(2, "the words are shown as they are");
        messages
            .Where(m => m.Text!.Contains("<b>Eve</b>", StringComparison.Ordinal))
            .Should()
            .HaveCountGreaterThan(2, "and so is the name");
        messages.SelectMany(m => m.Entities).Should().NotContain(e => e.Url != null && e.Url.Contains("evil", StringComparison.Ordinal));
        messages
            .Where(m => m.Entities.Any(e => m.Text!.Substring(e.Offset, e.Length) is "now" or "Eve" or "here" or "co"))
            .Should()
            .BeEmpty("no markup of the customer's came into force");
        shop.Group.Topics.Should()
            .Contain(t => t.Name.StartsWith("<b>Eve</b>", StringComparison.Ordinal), "a topic's name knows no markup");
    }
}
