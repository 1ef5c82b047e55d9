using OpsChat.Approvals;
using OpsChat.Channels.Telegram;
using OpsChat.Channels.Telegram.Desk;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Testing.Telegram;

namespace OpsChat.Tests.Channels.Telegram;

public class A_card
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);
    private static readonly CardSetting Setting = new(new ButtonSeal([1, 2, 3]), TimeZoneInfo.CreateCustomTimeZone("shop", TimeSpan.FromHours(8), "shop", "shop"));
    private static readonly string Nasty = string.Concat(Enumerable.Repeat("<b>&amp;</i> \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 \"x\" ", 400));

    [Fact]
    public void of_an_approval_is_good_HTML_and_fits_whatever_people_wrote()
    {
        var card = ApprovalCardText.Of(Approval() with { CustomerWords = Nasty, Text = Nasty, Reasons = [Nasty], Unusual = [Nasty], Marks = [Nasty], RemindedAt = Now, OrderNumber = Nasty,
            Playbook = Nasty, Facts = [.. Enumerable.Range(0, 40).Select(_ => new ShownFact(Nasty, Nasty, Nasty, Now))] }, Nasty, Nasty, new(Nasty, null, 5), Setting);

        LengthOf(card).Should().BeLessThanOrEqualTo(MessageText.Longest);
    }

    [Fact]
    public void of_a_hand_off_or_a_check_is_good_HTML_and_fits_whatever_people_wrote()
    {
        LengthOf(HandOffCardText.Of(HandOff() with { CustomerWords = Nasty, Suggestion = Nasty, Reasons = [Nasty], Marks = [Nasty], To = Nasty }, Nasty, Setting)).Should().BeLessThanOrEqualTo(MessageText.Longest);
        var check = new AnswerToCheck(Answer(Nasty), Nasty, Nasty, null);
        LengthOf(SpotCheckCardText.Of(check, Setting)).Should().BeLessThanOrEqualTo(MessageText.Longest);
        LengthOf(SpotCheckCardText.List([.. Enumerable.Repeat(check, 30)], Setting)).Should().BeLessThanOrEqualTo(MessageText.Longest);
    }

    [Fact]
    public void of_an_approval_shows_facts_with_source_and_time_in_the_shops_zone()
    {
        var card = ApprovalCardText.Of(Approval() with { Facts = [new("order.status", "shipped", "orders.csv line 12", Now)] }, "Aisha", "line 31: When `order.late`", null, Setting);

        card.Html.Should().Contain("order.status = shipped <i>orders.csv line 12, 2 Mar 12:00</i>").And.Contain("line 31: When `order.late`");
    }

    [Fact]
    public void of_an_approval_that_cannot_be_read_whole_cannot_be_approved()
    {
        var card = ApprovalCardText.Of(Approval() with { Text = new string('x', CardText.LongestDraft + 1) }, "Aisha", null, null, Setting);

        card.Buttons!.InlineKeyboard.SelectMany(row => row).Select(b => b.Text).Should().NotContain("✅ Approve").And.Contain("❌ Reject");
        card.Html.Should().Contain("Approve it in the web console");
    }

    [Fact]
    public void looks_the_same_at_any_hour()
    {
        var approval = Approval();
        ApprovalCardText.Of(approval, "Aisha", null, null, Setting).Digest.Should().Be(ApprovalCardText.Of(approval, "Aisha", null, null, Setting).Digest);
    }

    // The strict server's own reading of HTML: it throws where Telegram would refuse.
    private static int LengthOf(DeskCard card) => HtmlMarkup.Parse(card.Html).Text.Length;

    private static Approval Approval() => new Approval
    {
        Id = Ids.New('a', Now), Revision = 1, Conversation = new("tg", "1001"), CaseId = "c", Turn = "t", CustomerWords = "refund", Text = "We can refund it.", Suggested = "We can refund it.",
        Playbook = "refund-request", Version = "1", Action = "refund-request", Amount = new Money(1250, "MYR"), CreatedAt = Now, ExpiresAt = Now.AddHours(12),
    }.Sealed();

    private static HandOff HandOff() => new() { Id = Ids.New('h', Now), Conversation = new("tg", "1001"), CaseId = "c", Turn = "t", CustomerWords = "hi", To = "support", CreatedAt = Now, At = Now };

    private static OutboxMessage Answer(string text) =>
        new() { Id = Ids.New('o', Now), Conversation = new("tg", "1001"), From = Sender.Agent, Kind = OutboxKind.Answer, Text = text, NextTryAt = Now, CreatedAt = Now };
}
