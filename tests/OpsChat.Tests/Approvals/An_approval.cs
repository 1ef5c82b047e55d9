using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Approvals;

public class An_approval
{
    private const string WantsMoneyBack = "I want my money back for order #1292, amirul.hakim@example.com";

    [Fact]
    public async Task is_all_that_a_customer_who_wants_money_back_causes_beside_the_holding_text()
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        await shop.SayAsync("amirul", WantsMoneyBack);

        (await shop.ReceivedAsync("amirul")).Should().ContainSingle().Which.Should().Contain("colleague").And.NotContain("refund");
        var card = (await shop.PendingAsync()).Should().ContainSingle().Subject;
        card.OrderNumber.Should().Be("#1292");
        card.Amount.Should().NotBeNull();
        card.Text.Should().Contain(card.Amount!.Value.ToString());
        card.Facts.Should().Contain(f => f.Name == "order.total" && f.Source.StartsWith("orders_export_1.csv"));
    }

    [Fact]
    public async Task sends_exactly_its_text_and_becomes_a_to_do()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();

        (await shop.DecideAsync(card, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Done>();

        (await shop.ReceivedAsync("amirul")).Should().HaveCount(2).And.EndWith(card.Text);
        var toDo = (await shop.Store.ReadAsync(s => s.ToDos.Open(), CancellationToken.None)).Should().ContainSingle().Subject;
        toDo.Action.Should().Be("refund-request");
    }

    [Fact]
    public async Task is_decided_once_and_a_second_tap_hears_who_decided()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();

        var taps = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    shop.Get<ApprovalDesk>()
                        .DecideAsync(new($"approver {i}", null, 0), card.Id, card.Hash, new ApprovalVerb.Approve(), CancellationToken.None)
                )
        );
        await shop.SendAsync();

        taps.OfType<DeskAnswer.Done>().Should().ContainSingle();
        taps.OfType<DeskAnswer.Late>().Should().HaveCount(7).And.OnlyContain(l => l.Why.Contains("approver"));
        (await shop.ReceivedAsync("amirul")).Count(t => t == card.Text).Should().Be(1);
    }

    [Fact]
    public async Task whose_text_changed_after_it_was_shown_is_not_sent_by_the_old_button()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var shown = (await shop.PendingAsync()).Single();
        await shop.DecideAsync(shown, new ApprovalVerb.Edit("We can refund MYR 20.00 as a gesture."));

        (await shop.DecideAsync(shown, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Late>();

        (await shop.ReceivedAsync("amirul")).Should().ContainSingle();
        var edited = (await shop.PendingAsync()).Single();
        edited.Revision.Should().Be(shown.Revision + 1);
        edited.Amount!.Value.Minor.Should().Be(2000);
        await shop.ApproveAsync(edited);
        (await shop.ReceivedAsync("amirul")).Should().EndWith("We can refund MYR 20.00 as a gesture.");
    }

    [Fact]
    public async Task comes_back_refreshed_when_the_customer_adds_something()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var shown = (await shop.PendingAsync()).Single();

        await shop.SayAsync("amirul", "sorry, I mean I want a refund only for the mug");

        var refreshed = (await shop.PendingAsync()).Should().ContainSingle().Subject;
        refreshed.Id.Should().Be(shown.Id);
        refreshed.CustomerWords.Should().Contain("only for the mug");
        (await shop.DecideAsync(shown, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Late>();
    }

    [Fact]
    public async Task keeps_the_text_that_a_person_gave_it_when_the_customer_adds_something()
    {
        const string Edit = "We can refund MYR 20.00 as a gesture.";
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var shown = (await shop.PendingAsync()).Single();
        await shop.DecideAsync(shown, new ApprovalVerb.Edit(Edit));

        await shop.SayAsync("amirul", "sorry, I mean I want a refund only for the mug of #1292");

        var refreshed = (await shop.PendingAsync()).Should().ContainSingle().Subject;
        (refreshed.Id, refreshed.Text, refreshed.Amount).Should().Be((shown.Id, Edit, (Money?)new Money(2000, "MYR")));
        refreshed.Revision.Should().Be(3);
        refreshed.CustomerWords.Should().Contain("only for the mug");
        refreshed.Unconfirmed.Should().Contain(doubt => doubt.Sentence.Contains("MYR 20.00 is new"), "nobody has confirmed the edit yet");
        await shop.ApproveAsync(refreshed);
        (await shop.ReceivedAsync("amirul")).Should().EndWith(Edit);
    }

    [Fact]
    public async Task says_that_a_person_has_answered_since_asks_once_and_leaves_then()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        await An_approval_on_the_spot.ReplyAsync(shop, new Approver("Mei", 0, 0), "one moment, I check");
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        await shop.SayAsync("amirul", "it is the blue mug by the way");
        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        var card = (await shop.PendingAsync()).Single();

        var asked = (await shop.DecideAsync(card, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Confirm>().Subject;
        asked.Step.Sentences.Should().ContainSingle().Which.Should().Contain("one moment, I check");
        (await shop.ReceivedAsync("amirul")).Should().NotContain(card.Text);

        (await shop.DecideAsync(card, new ApprovalVerb.Approve(new(asked.Step.Digest)))).Should().BeOfType<DeskAnswer.Done>();
        (await shop.ReceivedAsync("amirul")).Should().EndWith(card.Text);
    }

    [Fact]
    public async Task is_stopped_when_a_person_writes_between_the_tap_and_the_sending()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();
        await shop.Get<ApprovalDesk>().DecideAsync(shop.Owner, card.Id, card.Hash, new ApprovalVerb.Approve(), CancellationToken.None);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));

        await An_approval_on_the_spot.ReplyAsync(shop, shop.Owner, "one moment, I check");
        await shop.SendAsync();

        (await shop.ReceivedAsync("amirul")).Should().Contain("one moment, I check").And.NotContain(card.Text);
        (await shop.Store.ReadAsync(s => s.Approvals.Find(card.Id), default))!.State.Should().Be(ApprovalState.Stopped);
    }

    [Fact]
    public async Task is_stored_as_it_was_sealed_also_when_its_next_revision_is_another_matter()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();
        var next = (
            card with
            {
                Revision = card.Revision + 1,
                Playbook = "exchange",
                Version = "9",
                Action = "exchange",
                Stake = MoneyStake.Action,
            }
        ).Sealed();

        (await shop.Store.WriteAsync(session => session.Approvals.Revise(next), default)).Should().BeTrue();

        var stored = (await shop.PendingAsync()).Single();
        (stored.Playbook, stored.Action, stored.Stake).Should().Be(("exchange", "exchange", MoneyStake.Action));
        stored.Sealed().Hash.Should().Be(next.Hash);
    }

    [Fact]
    public async Task of_a_draft_that_lies_with_a_person_takes_a_second_step_once_the_customer_took_the_wish_back()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (draft, _) = await An_approval_on_the_spot.ExpiredAsync(shop);
        await shop.SayAsync("amirul", "forget it, thanks");

        var asked = (await An_approval_on_the_spot.ReplyAsync(shop, shop.Owner, draft)).Should().BeOfType<PersonAnswer.Confirm>().Subject;

        asked.Step.Sentences.Should().Contain(sentence => sentence.Contains("forget it, thanks"));
        (await shop.ReceivedAsync("amirul")).Should().NotContain(draft);
    }

    [Fact]
    public async Task that_expires_after_the_wish_was_taken_back_asks_about_that_where_it_lies_with_a_person()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        await shop.SayAsync("amirul", "forget it, thanks");
        var card = (await shop.PendingAsync()).Single();
        shop.Clock.Advance(card.ExpiresAt - shop.Clock.GetUtcNow());
        await shop.Get<ApprovalClock>().LookAsync(CancellationToken.None);

        (await An_approval_on_the_spot.ReplyAsync(shop, shop.Owner, card.Text))
            .Should()
            .BeOfType<PersonAnswer.Confirm>()
            .Which.Step.Sentences.Should()
            .Contain(sentence => sentence.Contains("forget it, thanks"));
    }

    [Fact]
    public async Task takes_a_second_step_once_the_customer_took_the_wish_back()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var shown = (await shop.PendingAsync()).Single();

        await shop.SayAsync("amirul", "forget it, thanks");

        var card = (await shop.PendingAsync()).Single();
        card.Revision.Should().BeGreaterThan(shown.Revision);
        card.Unconfirmed.Should()
            .ContainSingle()
            .Which.Should()
            .Match<Doubt>(doubt => doubt.Kind == DoubtKind.Withdrawal && doubt.Sentence.Contains("forget it, thanks"));
        (await shop.DecideAsync(shown, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Late>();
        (await shop.DecideAsync(card, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Confirm>();
        (await shop.ReceivedAsync("amirul")).Should().HaveCount(2).And.NotContain(card.Text).And.ContainMatch("*changed your mind*");
        (await shop.DecideAsync(card, new ApprovalVerb.Approve(Confirmation.OfWhatWasShown))).Should().BeOfType<DeskAnswer.Done>();
    }

    [Theory]
    [InlineData("""[{"kind":"Edit","sentence":"The amount is new."}]""", DoubtKind.Edit)]
    [InlineData("""["The amount is new."]""", DoubtKind.Withdrawal)]
    public void keeps_the_kind_of_a_doubt_and_the_careful_one_for_those_that_were_stored_without(string stored, DoubtKind kind)
    {
        var doubts = System.Text.Json.JsonSerializer.Deserialize<List<Doubt>>(stored)!;

        doubts.Should().Equal(new Doubt(kind, "The amount is new."));
        System.Text.Json.JsonSerializer.Deserialize<List<Doubt>>(System.Text.Json.JsonSerializer.Serialize(doubts)).Should().Equal(doubts);
    }

    [Fact]
    public async Task is_only_marked_by_thanks()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var shown = (await shop.PendingAsync()).Single();

        await shop.SayAsync("amirul", "ok thank you");

        var now = (await shop.PendingAsync()).Should().ContainSingle().Subject;
        now.Hash.Should().Be(shown.Hash);
        now.Marks.Should().ContainSingle().Which.Should().StartWith("the customer said thanks at ");
    }

    [Fact]
    public async Task is_stopped_at_dispatch_when_the_customer_wrote_after_the_tap()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();
        await shop.Get<ApprovalDesk>().DecideAsync(shop.Owner, card.Id, card.Hash, new ApprovalVerb.Approve(), CancellationToken.None);

        await shop.WriteAsync("amirul", "wait, I changed my mind");
        await shop.SendAsync();

        (await shop.ReceivedAsync("amirul")).Should().NotContain(card.Text);
        var stopped = await shop.Store.ReadAsync(s => s.Approvals.Find(card.Id), CancellationToken.None);
        stopped!.State.Should().Be(ApprovalState.Stopped);
        (await shop.HandOffsAsync())
            .Should()
            .Contain(h => h.Reasons.Contains(new CardReason.NotSent("The customer wrote again meanwhile.", false)));
    }

    [Fact]
    public async Task is_stopped_at_dispatch_also_when_what_the_customer_wrote_after_the_tap_is_decided_already()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();
        await shop.Get<ApprovalDesk>().DecideAsync(shop.Owner, card.Id, card.Hash, new ApprovalVerb.Approve(), CancellationToken.None);

        await shop.WriteAsync("amirul", "i want a refund to another card, not this one");
        await shop.Get<MessagePipeline>().RunAsync(ShopUnderTest.Of("amirul"), CancellationToken.None);
        await shop.SendAsync();

        (await shop.ReceivedAsync("amirul")).Should().NotContain(card.Text);
        (await shop.Store.ReadAsync(s => s.Approvals.Find(card.Id), CancellationToken.None))!.State.Should().Be(ApprovalState.Stopped);
    }

    [Fact]
    public async Task is_sent_although_the_customer_said_thanks_after_the_tap()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();
        await shop.Get<ApprovalDesk>().DecideAsync(shop.Owner, card.Id, card.Hash, new ApprovalVerb.Approve(), CancellationToken.None);

        await shop.WriteAsync("amirul", "ok thank you");
        await shop.Get<MessagePipeline>().RunAsync(ShopUnderTest.Of("amirul"), CancellationToken.None);
        await shop.SendAsync();

        (await shop.ReceivedAsync("amirul")).Should().Contain(card.Text);
    }

    [Theory]
    [InlineData("i want to exchange it instead")]
    [InlineData("what time do you open tomorrow?")]
    public async Task is_looked_at_again_after_words_under_another_playbook(string words)
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var shown = (await shop.PendingAsync()).Single();

        await shop.SayAsync("amirul", words);

        (await shop.DecideAsync(shown, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Late>();
        var now = (await shop.PendingAsync()).Single(a => a.Id == shown.Id);
        now.CustomerWords.Should().Contain(words);
        (await shop.DecideAsync(now, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Done>();
        (await shop.ReceivedAsync("amirul")).Should().Contain(now.Text);
    }

    [Fact]
    public async Task that_nobody_decides_expires_into_a_hand_off_and_one_update()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();

        shop.Clock.Advance(card.ExpiresAt - shop.Clock.GetUtcNow());
        await shop.Get<ApprovalClock>().LookAsync(CancellationToken.None);
        await shop.Get<ApprovalClock>().LookAsync(CancellationToken.None);
        await shop.SendAsync();

        (await shop.DecideAsync(card, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Late>();
        (await shop.ReceivedAsync("amirul")).Should().HaveCount(2).And.NotContain(card.Text);
        (await shop.HandOffsAsync()).Should().ContainSingle().Which.Suggestion.Should().Be(card.Text);
    }

    [Fact]
    public async Task is_reminded_of_once_at_half_time_however_many_newer_ones_wait()
    {
        const int Newer = 250;
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var oldest = (await shop.PendingAsync()).Single();
        shop.Clock.Advance((oldest.ExpiresAt - oldest.CreatedAt) / 2);
        var newer = shop.Clock.GetUtcNow();
        await shop.Store.WriteAsync(
            session =>
            {
                foreach (var i in Enumerable.Range(0, Newer))
                {
                    session.Approvals.Add(
                        oldest with
                        {
                            Id = $"a{i}",
                            CaseId = $"c{i}",
                            CreatedAt = newer,
                            ExpiresAt = newer + (oldest.ExpiresAt - oldest.CreatedAt),
                        }
                    );
                }
            },
            CancellationToken.None
        );

        await shop.Get<ApprovalClock>().LookAsync(CancellationToken.None);
        await shop.Get<ApprovalClock>().LookAsync(CancellationToken.None);

        (await shop.Store.ReadAsync(session => session.Notices.Unseen(), CancellationToken.None))
            .Should()
            .ContainSingle(n => n.Text.Contains("has waited since"));
        (await shop.Store.ReadAsync(session => session.Approvals.Find(oldest.Id), CancellationToken.None))!.RemindedAt.Should().NotBeNull();
    }

    [Fact]
    public async Task above_an_approvers_limit_needs_somebody_else()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();

        var answer = await shop.DecideAsync(card, new ApprovalVerb.Approve(), new Approver("junior", 10, 0));

        answer.Should().BeOfType<DeskAnswer.NotAllowed>();
        (await shop.PendingAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task that_is_rejected_tells_the_customer_once_that_it_takes_longer()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();

        await shop.DecideAsync(card, new ApprovalVerb.Reject(ErrorKind.Incorrect, "we agreed on an exchange"));

        (await shop.ReceivedAsync("amirul")).Should().HaveCount(2).And.NotContain(card.Text);
        (await shop.HandOffsAsync())
            .Should()
            .ContainSingle()
            .Which.Reasons.Should()
            .Contain(new CardReason.Rejected(shop.Owner.Name, ErrorKind.Incorrect, "we agreed on an exchange"));
    }

    [Fact]
    public async Task that_the_customer_no_longer_wants_is_closed_without_being_called_wrong()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();
        var heard = (await shop.ReceivedAsync("amirul")).Count;

        (await shop.DecideAsync(card, new ApprovalVerb.NotNeeded())).Should().BeOfType<DeskAnswer.Done>();

        (await shop.ReceivedAsync("amirul")).Should().HaveCount(heard, "nobody waits for an update of what they took back");
        (await shop.PendingAsync()).Should().BeEmpty();
        var left = (await shop.HandOffsAsync()).Should().ContainSingle().Subject;
        left.Reasons.Should().Contain(new CardReason.NotNeeded(shop.Owner.Name));
        left.Suggestion.Should().BeNull();
        await shop.Store.ReadAsync(session =>
        {
            session.Outcomes.EventsOf(card.CaseId).Should().NotContain(it => it is OutcomeEvent.DraftRejected);
            session.Approvals.RejectedTexts(card.Conversation).Should().BeEmpty("the same text may be right when they want it again");
            return 0;
        }, default);
    }

    [Fact]
    public async Task whose_stored_text_was_tampered_with_is_not_sent()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();
        var forged = card with { Text = "We refund MYR 9,999.00 today." };

        await shop.Store.WriteAsync(
            session =>
            {
                session.Approvals.Add(forged with { Id = "a-forged" });
            },
            CancellationToken.None
        );
        await shop.DecideAsync(forged with { Id = "a-forged" }, new ApprovalVerb.Approve());

        (await shop.ReceivedAsync("amirul")).Should().NotContain(t => t.Contains("9,999"));
    }

    [Fact]
    public async Task more_than_may_be_pending_of_one_customer_becomes_a_hand_off()
    {
        await using var shop = await ShopUnderTest.OpenAsync(configure: options => options.Approvals.MostPendingOfCustomer = 1);
        await shop.SayAsync("farah", WantsMoneyBack);
        var other = (await shop.PendingAsync()).Single();
        await shop.Store.WriteAsync(
            session =>
            {
                session.Approvals.Add(
                    (other with { Id = "a-earlier", CaseId = "c-earlier", Conversation = ShopUnderTest.Of("amirul") }).Sealed()
                );
            },
            CancellationToken.None
        );

        var trace = await shop.SayAsync("amirul", WantsMoneyBack);

        trace.Verdict.Should().Be("HandOff");
        trace.Reasons.Should().Contain("TooManyApprovals");
        (await shop.PendingAsync()).Should().HaveCount(2, "farah's and the earlier one");
    }

    [Fact]
    public async Task that_may_not_have_arrived_leaves_a_to_do_that_says_so()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var card = (await shop.PendingAsync()).Single();
        await shop.Get<ApprovalDesk>().DecideAsync(shop.Owner, card.Id, card.Hash, new ApprovalVerb.Approve(), CancellationToken.None);

        // The host ends while the text is with its channel.
        await shop.Store.WriteAsync(
            session =>
            {
                var message = session
                    .Outbox.Due(shop.Clock.GetUtcNow(), 10, [], withChecked: true)
                    .Single(m => m.Kind == OutboxKind.Approved);
                var leaving = session.Outbox.Leave(message, OutboxState.Sending, shop.Clock.GetUtcNow())!;
                DeliveryRecorder.Settle(session, leaving, new Delivery.Unknown("It was stopped."), shop.Clock.GetUtcNow());
            },
            CancellationToken.None
        );

        (await shop.Store.ReadAsync(s => s.Approvals.Find(card.Id), CancellationToken.None))!.State.Should().Be(ApprovalState.Uncertain);
        var todo = (await shop.Store.ReadAsync(s => s.ToDos.Open(), CancellationToken.None)).Should().ContainSingle().Subject;
        ToDoText.Of(todo.Text, todo.OrderNumber, todo.Amount, "MYR", arrived: false).Should().EndWith("ask the customer first.");
    }

    [Fact]
    public async Task has_the_orders_money_at_stake_after_any_number_of_edits_that_name_none()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("amirul", WantsMoneyBack);
        var whole = (await shop.PendingAsync()).Single();

        await shop.DecideAsync(whole, new ApprovalVerb.Edit("We will refund RM 1 today."));
        var small = (await shop.PendingAsync()).Single();
        await shop.DecideAsync(small, new ApprovalVerb.Edit("We will refund your whole order today."));

        small.Amount!.Value.Minor.Should().Be(100);
        (await shop.PendingAsync()).Single().Amount.Should().Be(whole.Amount);
    }
}
