using OpsChat.Approvals;
using OpsChat.Channels.Telegram;
using OpsChat.Channels.Telegram.Desk;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Operations.Actions;
using OpsChat.Testing.Telegram;

namespace OpsChat.Tests.Channels.Telegram;

public class A_card
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);
    private static readonly CardSetting Setting = new(
        new ButtonSeal([1, 2, 3]),
        TimeZoneInfo.CreateCustomTimeZone("shop", TimeSpan.FromHours(8), "shop", "shop")
    );
    private static readonly string Nasty = string.Concat(
        Enumerable.Repeat("<b>&amp;</i> \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 \"x\" ", 400)
    );

    [Fact]
    public void of_an_approval_is_good_HTML_and_fits_whatever_people_wrote()
    {
        var card = ApprovalCardText.Of(
            Approval() with
            {
                CustomerWords = Nasty,
                Text = Nasty,
                Reasons = [new CardReason.Said(Nasty)],
                Unusual = [Nasty],
                Marks = [Nasty],
                RemindedAt = Now,
                OrderNumber = Nasty,
                Playbook = Nasty,
                Facts = [.. Enumerable.Range(0, 40).Select(n => new ShownFact($"f{n}", Nasty, $"{n} {Nasty}", Now))],
            },
            new(Nasty)
            {
                Rule = Nasty,
                FactsUsed = [.. Enumerable.Range(0, 40).Select(n => $"f{n}")],
                Next = new(Nasty, null, 5),
                Remarks = [Nasty],
            },
            Setting
        );

        LengthOf(card).Should().BeLessThanOrEqualTo(MessageText.Longest);
    }

    [Fact]
    public void of_a_hand_off_or_a_check_is_good_HTML_and_fits_whatever_people_wrote()
    {
        LengthOf(
                HandOffCardText.Of(
                    HandOff() with
                    {
                        CustomerWords = Nasty,
                        Suggestion = Nasty,
                        Reasons = [new CardReason.RuleNote(Nasty)],
                        Marks = [Nasty],
                        To = Nasty,
                        Summary = Nasty,
                        Confidence = 0.4,
                        Order = new(
                            Nasty,
                            false,
                            [new("order.status", Nasty, "orders.csv line 12", Now), new("order.items", Nasty, "orders.csv line 12", Now)]
                        ),
                        Alternatives = [new(Nasty, 0.3, Nasty[..300]), new(Nasty, 0.2, Nasty[..300])],
                    },
                    Nasty,
                    Setting
                )
            )
            .Should()
            .BeLessThanOrEqualTo(MessageText.Longest);
        var check = new AnswerToCheck(Answer(Nasty), Nasty, Nasty, null);
        LengthOf(SpotCheckCardText.Of(check, Setting)).Should().BeLessThanOrEqualTo(MessageText.Longest);
        LengthOf(SpotCheckCardText.List([.. Enumerable.Repeat(check, 30)], Setting)).Should().BeLessThanOrEqualTo(MessageText.Longest);
    }

    [Fact]
    public void of_an_approval_folds_the_facts_that_text_and_rule_used_with_each_source_once_and_time_in_the_shops_zone()
    {
        var card = ApprovalCardText.Of(
            Approval() with
            {
                Text = "We can refund MYR 12.50 for it.",
                Facts =
                [
                    new("order.status", "shipped", "orders.csv line 12", Now),
                    new("order.total", "MYR 12.50", "orders.csv line 12", Now),
                    new("order.promised_by", "2026-03-04", "orders.csv line 12", Now),
                    new("order.missing", "no", "orders.csv line 12", Now),
                    new("told.order", "MYR 12.50", "the message", Now),
                ],
            },
            new("Aisha") { Rule = "line 31: When `order.status = shipped`", FactsUsed = ["order.promised_by"] },
            Setting
        );

        card.Html.Split("<blockquote expandable>")[1]
            .Should()
            .StartWith(
                "order status: shipped\norder total: MYR 12.50\norder promised by: 2026-03-04\n<i>From orders.csv line 12, 2 Mar 12:00</i>\n"
            )
            .And.Contain("line 31: When order.status = shipped")
            .And.NotContainAny("`", "missing", "told");
        HtmlMarkup.Parse(card.Html).Entities.Should().Contain(e => e.Type == "expandable_blockquote");
        card.Html.Split('\n').Should().HaveCountLessThanOrEqualTo(13, "a phone shows it at once");
    }

    [Fact]
    public void of_an_approval_first_shows_words_text_amount_and_what_is_unusual()
    {
        var card = ApprovalCardText.Of(Approval() with { Unusual = ["The return window is over."] }, new("Aisha"), Setting);

        HtmlMarkup.Parse(card.Html).Text.Split('\n').Take(6).Should().Equal(
            "💰 Approve? MYR 12.50", "Aisha (Telegram)", "refund", "The answer, word for word:", "We can refund it.", "⚠ The return window is over.");
    }

    [Fact]
    public void speaks_of_people_and_the_shops_time_and_says_nothing_twice()
    {
        var (here, other) = (
            Approval() with
            {
                OrderNumber = "#7",
            },
            Approval() with
            {
                Id = "a2",
                OrderNumber = "#7",
                Conversation = new("web", "9f86d081884c7d65"),
                State = ApprovalState.Sent,
                DecidedBy = "Siti",
                DecidedAt = Now,
            }
        );
        var remarks = OrderCards.Remarks(here, [other], id => CustomerName.Of(null, id), at => CardText.Time(at, Setting.Zone));
        DeskCard[] cards =
        [
            ApprovalCardText.Of(
                here with
                {
                    Reasons = [new CardReason.OfGate(GateReason.PlaybookIsFinancial), new CardReason.OfGate(GateReason.PlaybookIsFinancial)],
                    Unusual = [remarks[0]],
                    Marks = ["Thanks at 2 Mar 12:00", "Thanks at 2 Mar 12:00"],
                },
                new("Aisha") { Remarks = remarks },
                Setting
            ),
            HandOffCardText.Of(
                HandOff() with
                {
                    Reasons = [new CardReason.OfGate(GateReason.AsksAboutMoney), new CardReason.OfGate(GateReason.AsksAboutMoney)],
                    Marks = ["Asked again at 2 Mar 12:00", "Asked again at 2 Mar 12:00"],
                },
                null,
                Setting
            ),
        ];

        remarks
            .Should()
            .Equal("MYR 12.50 of order #7 was approved by Siti at 2 Mar 12:00, in the chat of a customer (Web chat), and sent.");
        cards
            .Select(card => HtmlMarkup.Parse(card.Html).Text)
            .Should()
            .OnlyContain(text => !text.Contains("tg:") && !text.Contains("web:") && !text.Contains('`') && !text.Contains("UTC"));
        foreach (
            var lines in cards.Select(card =>
                HtmlMarkup
                    .Parse(card.Html)
                    .Text.Split(['\n', ';', '.'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            )
        )
        {
            lines.Should().OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public void of_an_action_gives_each_source_once_and_folds_what_it_rests_on()
    {
        var proposed = new ProposedAction(
            ActionKind.PurchaseOrder,
            "Kedai Kain",
            new Dictionary<string, string>(),
            new Money(5000, "MYR"),
            "Order 20 totes",
            Now.AddDays(1)
        );
        var action = ShopAction.Of(
            "x1",
            "",
            "reorder",
            proposed,
            [new("Canvas Tote: 3 left, 2 a day", "stock.csv", 4, Now), new("Linen Tote: 1 left, 1 a day", "stock.csv", 9, Now)],
            Now
        );

        var html = ActionCardText.Of(action, Setting).Html;

        html.Split("<blockquote expandable>")[1]
            .Should()
            .StartWith("• Canvas Tote: 3 left, 2 a day\n• Linen Tote: 1 left, 1 a day\n<i>From stock.csv line 4, 9, 2 Mar 12:00</i>");
    }

    [Fact]
    public void of_a_hand_off_offers_what_else_could_be_meant_in_one_tap()
    {
        var handOff = HandOff() with
        {
            Suggestion = "Yes.",
            Confidence = 0.41,
            Alternatives = [new("returns-policy", 0.3, "Within 30 days."), new("long-one", 0.2, new string('x', 2000))],
        };

        var card = HandOffCardText.Of(handOff, "Aisha", Setting);

        card.Html.Should()
            .Contain("Suggested reply (a guess)")
            .And.Contain("1. returns-policy (a guess)")
            .And.Contain("Within 30 days.")
            .And.NotContain("long-one");
        Labels(card)
            .Should()
            .Contain("✅ Send 1. returns-policy")
            .And.NotContain(
                label => label.Contains("long-one", StringComparison.Ordinal),
                "what cannot be read whole cannot be sent from here"
            );
        HandOffCardText.HashOf(handOff with { Alternatives = [] }).Should().NotBe(HandOffCardText.HashOf(handOff));
    }

    [Fact]
    public void of_a_hand_off_without_a_suggestion_speaks_of_none() =>
        HandOffCardText.Of(HandOff(), "Aisha", Setting).Html.Should().NotContain("uggest");

    [Fact]
    public void of_an_approval_that_cannot_be_read_whole_cannot_be_approved()
    {
        var card = ApprovalCardText.Of(Approval() with { Text = new string('x', CardText.LongestDraft + 1) }, new("Aisha"), Setting);

        card.Buttons!.InlineKeyboard.SelectMany(row => row).Select(b => b.Text).Should().NotContain("✅ Approve").And.Contain("❌ Reject");
        card.Html.Should().Contain("Approve it in the web console");
    }

    [Fact]
    public void looks_the_same_at_any_hour()
    {
        var approval = Approval();
        ApprovalCardText.Of(approval, new("Aisha"), Setting).Digest.Should().Be(ApprovalCardText.Of(approval, new("Aisha"), Setting).Digest);
    }

    private static IEnumerable<string> Labels(DeskCard card) => card.Buttons!.InlineKeyboard.SelectMany(row => row).Select(b => b.Text);

    // The strict server's own reading of HTML: it throws where Telegram would refuse.
    private static int LengthOf(DeskCard card) => HtmlMarkup.Parse(card.Html).Text.Length;

    private static Approval Approval() =>
        new Approval
        {
            Id = Ids.New('a', Now),
            Revision = 1,
            Conversation = new("tg", "1001"),
            CaseId = "c",
            Turn = "t",
            CustomerWords = "refund",
            Text = "We can refund it.",
            Suggested = "We can refund it.",
            Playbook = "refund-request",
            Version = "1",
            Action = "refund-request",
            Amount = new Money(1250, "MYR"),
            CreatedAt = Now,
            ExpiresAt = Now.AddHours(12),
        }.Sealed();

    private static HandOff HandOff() =>
        new()
        {
            Id = Ids.New('h', Now),
            Conversation = new("tg", "1001"),
            CaseId = "c",
            Turn = "t",
            CustomerWords = "hi",
            To = "support",
            CreatedAt = Now,
            At = Now,
        };

    private static OutboxMessage Answer(string text) =>
        new()
        {
            Id = Ids.New('o', Now),
            Conversation = new("tg", "1001"),
            From = Sender.Agent,
            Kind = OutboxKind.Answer,
            Text = text,
            NextTryAt = Now,
            CreatedAt = Now,
        };
}
