using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Approvals;

public class Approvals_of_one_order
{
    private const string Cancels = "please cancel my order #1300, joanne.pereira@example.com";
    private static readonly OrderMoney s_paid = new(new Money(23800, "MYR"), new Money(0, "MYR"));

    [Fact]
    public async Task that_wait_in_two_chats_name_each_other_and_the_second_needs_a_second_step()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("joanne", Cancels);
        await shop.SayAsync("joannes-phone", Cancels);
        var (first, second) = await BothAsync(shop);
        (await RemarksAsync(shop, first))
            .Should()
            .ContainSingle()
            .Which.Should()
            .Match("*waits too: MYR 238.00 for *, in the chat of a customer (Other software).");
        (await RemarksAsync(shop, second)).Should().ContainSingle().Which.Should().NotContain("joanne");

        (await shop.DecideAsync(first, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Done>();
        var asked = (await shop.DecideAsync(second, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Confirm>().Subject;

        asked.Step.Sentences.Should().ContainSingle().Which.Should().Contain("#1300").And.Contain("MYR 238.00 approved here");
        (await RemarksAsync(shop, second)).Should().ContainSingle().Which.Should().Contain("and sent");
        (await shop.ReceivedAsync("joannes-phone")).Should().NotContain(second.Text);
    }

    [Fact]
    public async Task remark_that_the_return_window_is_over_only_where_there_was_one()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("joanne", Cancels);
        await shop.SayAsync("priya", "i want my money back for order #1061, priya.nair@example.com");

        var cards = await shop.PendingAsync();

        cards.Single(card => card.OrderNumber == "#1300").Unusual.Should().NotContain(remark => remark.Contains("window"), "it has not arrived");
        cards.Single(card => card.OrderNumber == "#1061").Unusual.Should().Contain("The return window is over.");
    }

    [Fact]
    public async Task that_go_over_what_is_left_are_sent_when_that_is_confirmed_and_the_row_says_so()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("joanne", Cancels);
        await shop.SayAsync("joannes-phone", Cancels);
        var (first, second) = await BothAsync(shop);
        await shop.DecideAsync(first, new ApprovalVerb.Approve());

        var blindly = new ApprovalVerb.Approve(Confirmation.OfWhatWasShown);
        (await shop.DecideAsync(second, blindly)).Should().BeOfType<DeskAnswer.Confirm>("nothing was shown before");
        (await shop.DecideAsync(second, blindly, new Approver("Mei", null, 0)))
            .Should()
            .BeOfType<DeskAnswer.Confirm>("it was shown to somebody else");
        (await shop.DecideAsync(second, blindly)).Should().BeOfType<DeskAnswer.Done>();

        var now = (await FindAsync(shop, second))!;
        (now.State, now.GoesOver).Should().Be((ApprovalState.Sent, true));
        now.Confirmed.Should().ContainSingle();
        (await shop.ReceivedAsync("joannes-phone")).Should().Contain(second.Text);
    }

    [Fact]
    public async Task that_are_approved_at_once_by_several_people_never_add_up_to_more_than_was_paid()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var customers = Enumerable.Range(0, 6).Select(i => $"joanne-{i}").ToList();
        foreach (var customer in customers)
        {
            await shop.SayAsync(customer, Cancels);
        }

        var cards = await shop.PendingAsync();
        await Task.WhenAll(cards.Select(card => Task.Run(() =>
            shop.Get<ApprovalDesk>().DecideAsync(shop.Owner, card.Id, card.Hash, new ApprovalVerb.Approve(), CancellationToken.None))));
        await shop.SendAsync();

        cards.Should().HaveCount(6);
        (await ApprovedAsync(shop)).Should().Be(23800);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task never_add_up_to_more_than_was_paid_whoever_approves_them_and_whenever_the_host_ends(int seed)
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("ledger.db");
        var random = new Random(seed);
        for (var round = 0; round < 4; round++)
        {
            // Each round is a life of the host: cards are added, some approved at once from several faces, some of what is approved is sent; then
            // it ends.
            await using var shop = await ShopUnderTest.OpenAsync(database: database);
            await AddAsync(shop, random, round);
            var taps = (await shop.PendingAsync()).OrderBy(_ => random.Next()).Take(random.Next(1, 8)).ToList();
            await Task.WhenAll(taps.Concat(taps).Select(card => Task.Run(() =>
                shop.Get<ApprovalDesk>().DecideAsync(shop.Owner, card.Id, card.Hash, new ApprovalVerb.Approve(), CancellationToken.None))));
            if (random.Next(2) == 0)
            {
                await shop.SendAsync();
            }

            (await ApprovedAsync(shop)).Should().BeLessThanOrEqualTo(23800, "seed {0}, round {1}", seed, round);
        }
    }

    [Fact]
    public async Task leave_nothing_of_the_order_for_the_facts_either()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("joanne", Cancels);
        await shop.DecideAsync((await shop.PendingAsync()).Single(), new ApprovalVerb.Approve());

        await shop.SayAsync("joanne", "i want a refund for order #1300");

        (await shop.PendingAsync()).Should().ContainSingle().Which.Facts.Should().Contain(f => f.Name == "order.refundable" && f.Value == "MYR 0.00");
    }

    [Fact]
    public void that_no_longer_fit_are_stopped_at_dispatch_even_when_they_fitted_at_the_tap()
    {
        var approval = Card("a1") with { State = ApprovalState.Approved };

        OrderCards.WhyNot(approval, s_paid, []).Should().BeNull();
        OrderCards.WhyNot(approval, s_paid with { Refunded = new Money(100, "MYR") }, []).Should().Contain("more than is left");
    }

    [Fact]
    public async Task that_were_confirmed_are_asked_about_again_when_another_doubt_arose_meanwhile()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("joanne", Cancels);
        await shop.SayAsync("joannes-phone", Cancels);
        var (first, second) = await BothAsync(shop);
        await shop.DecideAsync(first, new ApprovalVerb.Edit("We will refund MYR 20.00 of order #1300 today."));
        var edited = (await BothAsync(shop)).First;
        var asked = (await shop.DecideAsync(edited, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Confirm>().Subject.Step;
        await shop.DecideAsync(second, new ApprovalVerb.Approve());

        var again = (await shop.DecideAsync(edited, new ApprovalVerb.Approve(new(asked.Digest))))
            .Should()
            .BeOfType<DeskAnswer.Confirm>()
            .Subject.Step;

        again.Sentences.Should().HaveCount(asked.Sentences.Count + 1);
        (await shop.DecideAsync(edited, new ApprovalVerb.Approve(new(again.Digest)))).Should().BeOfType<DeskAnswer.Done>();
    }

    [Fact]
    public async Task are_looked_at_again_when_another_chat_asks_of_the_order_beside_something_else()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("joanne", Cancels);
        var card = (await shop.PendingAsync()).Single();

        await shop.SayAsync("joannes-phone", "what are your opening hours? and where is my order #1300, joanne.pereira@example.com");

        var now = (await FindAsync(shop, card))!;
        now.Marks.Should().ContainSingle().Which.Should().StartWith("another conversation wrote about the same order");
        now.Revision.Should().Be(card.Revision + 1);
    }

    [Fact]
    public void have_a_hash_over_their_evidence()
    {
        var card = Card("a1") with { Facts = [new("order.number", "#1300", "orders.csv", ShopUnderTest.Morning)] };

        card.Sealed()
            .Hash.Should()
            .NotBe((card with { Facts = [] }).Sealed().Hash)
            .And.NotBe((card with { Facts = [card.Facts[0] with { Source = "notes.csv" }] }).Sealed().Hash);
        card.Sealed().Hash.Should().Be((card with { Facts = [card.Facts[0] with { }] }).Sealed().Hash);
    }

    [Fact]
    public async Task are_above_a_limit_in_another_currency()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var card = (Card("a1") with { Amount = new Money(500, "EUR") }).Sealed();
        await shop.Store.WriteAsync(session => session.Approvals.Add(card), CancellationToken.None);

        (await shop.DecideAsync(card, new ApprovalVerb.Approve(), new Approver("junior", 100, 0)))
            .Should()
            .BeOfType<DeskAnswer.NotAllowed>()
            .Which.Why.Should()
            .Contain("another currency");
    }

    [Fact]
    public void of_which_the_data_no_longer_say_what_went_back_are_stopped_at_dispatch()
    {
        var (sure, confirmed) = (
            Card("a1") with
            {
                State = ApprovalState.Approved,
            },
            Card("a1") with
            {
                State = ApprovalState.Approved,
                GoesOver = true,
            }
        );
        var unknown = s_paid with { Refunded = null };

        DispatchCheck.WhyNoMoney(sure, unknown, []).Should().Contain("not known");
        DispatchCheck.WhyNoMoney(confirmed with { RefundedThen = new Money(0, "MYR") }, unknown, []).Should().Contain("not known now");
        DispatchCheck.WhyNoMoney(confirmed, unknown, []).Should().BeNull("that was confirmed as not known");
        DispatchCheck
            .WhyNoMoney(confirmed, s_paid with { Refunded = new Money(100, "MYR") }, [])
            .Should()
            .Contain("more than is left", "it is known by now");
    }

    [Fact]
    public async Task of_an_order_that_is_not_in_the_data_any_more_are_stopped_at_dispatch()
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        (await shop.Get<DispatchCheck>().AskShopAsync("#999999", CancellationToken.None)).Trouble.Should().Contain("not in the shop's data");
        (await shop.Get<DispatchCheck>().AskShopAsync("#1300", CancellationToken.None)).Trouble.Should().BeNull();
    }

    [Fact]
    public async Task are_not_stopped_by_a_host_that_looked_before_another_one_began_to_send()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("joanne", Cancels);
        var approval = (await shop.PendingAsync()).Single();

        await shop.Store.WriteAsync(session =>
        {
            var now = shop.Clock.GetUtcNow();
            var seen = ApprovalDesk.Approve(session, shop.Owner, approval, now)!;
            session.Outbox.Leave(seen, OutboxState.Sending, now);
            DispatchCheck.Stop(session, seen, "The customer wrote again meanwhile.", now);
            DeliveryRecorder.Settle(session, seen, new Delivery.Sent("1"), now);
        }, CancellationToken.None);

        (await shop.Store.ReadAsync(session => session.Approvals.Find(approval.Id), CancellationToken.None))!.State.Should().Be(ApprovalState.Sent);
        (await shop.HandOffsAsync()).Should().BeEmpty();
    }

    [Fact]
    public void that_were_rejected_expired_or_stopped_count_for_nothing() =>
        OrderCards
            .Approved([
                .. new[]
                {
                    ApprovalState.Rejected,
                    ApprovalState.Expired,
                    ApprovalState.Stopped,
                    ApprovalState.Pending,
                    ApprovalState.TakenOver,
                }.Select(state => Card("a1") with { State = state }),
            ])
            .Should()
            .BeEmpty();

    [Fact]
    public void that_may_have_been_sent_count_as_sent() =>
        OrderCards.Approved([Card("a1") with { State = ApprovalState.Uncertain }]).Should().ContainSingle();

    private static Task AddAsync(ShopUnderTest shop, Random random, int round) => shop.Store.WriteAsync(session =>
    {
        for (var i = 0; i < 6; i++)
        {
            session.Approvals.Add((Card($"a{round}-{i}") with
            {
                Conversation = ShopUnderTest.Of($"joanne-{round}-{i}"),
                Amount = new Money(random.Next(1, 120) * 100, "MYR"),
                // The same order, as people and exports write it.
                OrderNumber = random.Next(2) == 0 ? "#1300" : "1300",
            }).Sealed());
        }
    }, CancellationToken.None);

    private static Approval Card(string id) => new Approval
    {
        Id = id,
        Revision = 1,
        Conversation = ShopUnderTest.Of("joanne"),
        CaseId = id,
        Turn = "t1",
        CustomerWords = "",
        Text = "We will refund you.",
        Suggested = "We will refund you.",
        Playbook = "cancel-order",
        Version = "1",
        Action = "cancel-order",
        OrderNumber = "#1300",
        Amount = new Money(23800, "MYR"),
        CreatedAt = ShopUnderTest.Morning,
        ExpiresAt = ShopUnderTest.Morning.AddDays(1),
    }.Sealed();

    private static async Task<(Approval First, Approval Second)> BothAsync(ShopUnderTest shop)
    {
        var pending = await shop.PendingAsync();
        return (
            pending.Single(a => a.Conversation == ShopUnderTest.Of("joanne")),
            pending.Single(a => a.Conversation == ShopUnderTest.Of("joannes-phone"))
        );
    }

    private static Task<IReadOnlyList<string>> RemarksAsync(ShopUnderTest shop, Approval approval) =>
        shop.Store.ReadAsync(session => CardRemarks.Of(session, approval, shop.Get<CurrentPlaybooks>()().Shop.Hours), CancellationToken.None);

    private static Task<Approval?> FindAsync(ShopUnderTest shop, Approval approval) =>
        shop.Store.ReadAsync(session => session.Approvals.Find(approval.Id), CancellationToken.None);

    private static Task<long> ApprovedAsync(ShopUnderTest shop) => shop.Store.ReadAsync(
        session => OrderCards.Approved(session.Approvals.OfOrder("#1300")).Sum(a => a.Amount!.Value.Minor), CancellationToken.None);
}
