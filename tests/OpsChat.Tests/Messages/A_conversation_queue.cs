using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public class A_conversation_queue
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task takes_a_turn_again_when_the_owner_pauses_while_it_is_decided()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var store = new InterruptedStore(shop.Store, session => session.Settings.Set(SettingNames.Paused, "the owner"));
        using var queue = Queue(shop, store);
        await queue.StartAsync(CancellationToken.None);

        var admitted = (Admission.Admitted)await queue.AdmitAsync(Message(shop, "1", "when are you open?"), CancellationToken.None);
        await store.WrittenAgain.WaitAsync(s_patience);

        var turn = await shop.Store.ReadAsync(session => session.Inbox.TurnOf(admitted.MessageId), CancellationToken.None);
        (await shop.Store.ReadAsync(session => session.Turns.Find(turn!), CancellationToken.None))!.Verdict.Should().Be("HandOff");
        await queue.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task answers_a_message_that_came_while_another_was_decided_together_with_it()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var second = Message(shop, "2", "and on sunday?");
        var store = new InterruptedStore(shop.Store, session => session.Inbox.Admit(second, "m-second"));
        using var queue = Queue(shop, store);
        await queue.StartAsync(CancellationToken.None);

        var first = (Admission.Admitted)await queue.AdmitAsync(Message(shop, "1", "when are you open?"), CancellationToken.None);
        await store.WrittenAgain.WaitAsync(s_patience);

        var turns = await shop.Store.ReadAsync(
            session => (session.Inbox.TurnOf(first.MessageId), session.Inbox.TurnOf("m-second")),
            CancellationToken.None
        );
        turns.Item1.Should().NotBeNull().And.Be(turns.Item2);
        await queue.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task asks_newcomers_to_wait_while_it_is_full_but_not_those_who_are_in_it()
    {
        await using var shop = await ShopUnderTest.OpenAsync(configure: options =>
        {
            options.Messages.WaitWhenClear = options.Messages.WaitWhenUnclear = TimeSpan.FromMinutes(1);
            options.Messages.MostConversationsWaiting = 1;
        });
        using var queue = Queue(shop, shop.Store);
        await queue.StartAsync(CancellationToken.None);

        (await queue.AdmitAsync(Message(shop, "1", "hi"), CancellationToken.None)).Should().BeOfType<Admission.Admitted>();
        (await queue.AdmitAsync(Message(shop, "1", "hi", "newcomer"), CancellationToken.None)).Should().BeOfType<Admission.TooMany>();
        (await queue.AdmitAsync(Message(shop, "2", "order saya"), CancellationToken.None)).Should().BeOfType<Admission.Admitted>();
        await queue.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task decides_others_while_a_flood_of_one_customer_is_held_up_and_answers_the_flood_once()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var store = new HeldStore(shop.Store);
        using var queue = Queue(shop, store);
        await queue.StartAsync(CancellationToken.None);

        var flood = new List<string> { (await AdmitAsync(queue, shop, "1", "flooder")).MessageId };
        await store.Held.WaitAsync(s_patience);
        for (var i = 2; i <= 40; i++)
        {
            flood.Add((await AdmitAsync(queue, shop, $"{i}", "flooder")).MessageId);
        }

        var quiet = await AdmitAsync(queue, shop, "1", "quiet");
        await UntilDecidedAsync(shop, quiet.MessageId);
        (await TurnOfAsync(shop, flood[0])).Should().BeNull("the flood still waits, and only for itself");
        store.LetGo();
        await UntilDecidedAsync(shop, flood[^1]);

        var turns = await shop.Store.ReadAsync(session => flood.Select(session.Inbox.TurnOf).Distinct().ToList(), CancellationToken.None);
        turns.Should().ContainSingle("forty messages are one decision and one answer");
        await queue.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task keeps_a_flood_that_cannot_be_told_to_wait_and_does_not_put_its_decision_off()
    {
        await using var shop = await ShopUnderTest.OpenAsync(configure: options =>
        {
            options.Messages.WaitWhenClear = options.Messages.WaitWhenUnclear = TimeSpan.FromSeconds(10);
            (options.Messages.MostWaiting, options.Messages.MostPerMinute, options.Messages.MostKeptPerMinute) = (3, 4, 30);
        });
        using var queue = Queue(shop, shop.Store);
        await queue.StartAsync(CancellationToken.None);

        var kept = new List<Admission>();
        for (var i = 0; i < 40; i++)
        {
            kept.AddRange(await queue.KeepAsync([Message(shop, $"{i}", "when are you open?", "flooder")], CancellationToken.None));
            shop.Clock.Advance(TimeSpan.FromMilliseconds(i < 3 ? 0 : 250));
        }

        kept.Take(30).Should().AllBeOfType<Admission.Admitted>("a minute's worth is kept at once");
        kept.Count(a => a is Admission.TooMany).Should().BeInRange(4, 8, "above it, what has come free since the first is kept");
        await UntilDecidedAsync(shop, kept.OfType<Admission.Admitted>().First().MessageId, () => shop.Clock.Advance(TimeSpan.FromSeconds(1)));
        await queue.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task keeps_what_a_customer_wrote_in_a_row_in_its_order_and_once()
    {
        await using var shop = await ShopUnderTest.OpenAsync(configure: options =>
            options.Messages.WaitWhenClear = options.Messages.WaitWhenUnclear = TimeSpan.FromSeconds(10)
        );
        using var queue = Queue(shop, shop.Store);
        await queue.StartAsync(CancellationToken.None);
        InboundMessage[] row = [.. Enumerable.Range(0, 5).Select(i => Message(shop, $"{i}", $"line {i}", "writer"))];

        var first = await queue.KeepAsync(row, CancellationToken.None);
        var again = await queue.KeepAsync(row, CancellationToken.None);

        first.Should().AllBeOfType<Admission.Admitted>();
        again.Should().NotContain(admission => admission is Admission.Admitted);
        (await shop.Store.ReadAsync(session => session.Inbox.Undecided(row[0].Conversation), CancellationToken.None))
            .Select(message => message.Text.Value).Should().Equal(Enumerable.Range(0, 5).Select(i => $"line {i}"));
        await queue.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(400)]
    public async Task keeps_nobody_waiting_for_a_clock_that_was_set(int days)
    {
        await using var shop = await ShopUnderTest.OpenAsync(configure: options =>
            options.Messages.WaitWhenClear = options.Messages.WaitWhenUnclear = TimeSpan.FromMilliseconds(50)
        );
        var clock = new ShiftedClock();
        clock.Advance(ShopUnderTest.Morning - clock.GetUtcNow());
        using var queue = Queue(shop, shop.Store, clock);
        await queue.StartAsync(CancellationToken.None);

        var admitted = await AdmitAsync(queue, shop, "1", "aina");
        clock.Advance(TimeSpan.FromDays(days));

        await UntilDecidedAsync(shop, admitted.MessageId);
        await queue.StopAsync(CancellationToken.None);
        (await shop.Store.ReadAsync(session => session.Inbox.Undecided(ShopUnderTest.Of("aina")), CancellationToken.None)).Should().BeEmpty();
    }

    [Fact]
    public async Task decides_a_turn_after_all_when_the_store_was_in_trouble_for_long()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var store = new StoreInTrouble(shop.Store) { IsInTrouble = true };
        using var queue = Queue(shop, store);
        await queue.StartAsync(CancellationToken.None);

        var admitted = await AdmitAsync(queue, shop, "1", "aina");
        foreach (var pause in new[] { 1, 2, 4, 8 })
        {
            await shop.Clock.WaitForTimer(TimeSpan.FromSeconds(pause)).WaitAsync(s_patience);
            store.IsInTrouble = pause < 8;
            shop.Clock.Advance(TimeSpan.FromSeconds(pause));
        }

        await UntilDecidedAsync(shop, admitted.MessageId);
        store.Refused.Should().Be(4, "four decisions, and no hand-off");
        var turn = await shop.Store.ReadAsync(session => session.Turns.Find(session.Inbox.TurnOf(admitted.MessageId)!), CancellationToken.None);
        turn!.Verdict.Should().Be("Send", "the trouble was the store's, not the message's");
        await queue.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task hands_a_turn_that_cannot_be_decided_to_a_person_tells_the_customer_and_refreshes_what_waits_for_approval()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("aina", "I want my money back for order #1292, amirul.hakim@example.com");
        var shown = (await shop.PendingAsync()).Single();
        using var queue = Queue(shop, shop.Store, canary: () => throw new InvalidOperationException("a bug"));
        await queue.StartAsync(CancellationToken.None);

        var stranger = await FailAsync("somebody");
        await FailAsync("aina");
        await shop.SendAsync();
        (await shop.HandOffsAsync()).Should().HaveCount(2).And.OnlyContain(h => h.Reasons.Contains(new CardReason.Failed()));
        (await shop.ReceivedAsync("somebody")).Should().ContainSingle("the holding text");
        (await shop.ReceivedAsync("aina")).Should().HaveCount(2, "the holding text, and later who has it");
        (await shop.PendingAsync()).Single().Revision.Should().Be(shown.Revision + 1, "nobody knows what the new words are about");
        (await shop.Store.ReadAsync(session => session.Turns.Find(session.Inbox.TurnOf(stranger)!), CancellationToken.None))!
            .Trace.Why.Should()
            .Equal(GateReasonText.Failed);
        await queue.StopAsync(CancellationToken.None);

        async Task<string> FailAsync(string customer)
        {
            var admitted = await AdmitAsync(queue, shop, "1", customer);
            foreach (var pause in new[] { 1, 2 })
            {
                await shop.Clock.WaitForTimer(TimeSpan.FromSeconds(pause)).WaitAsync(s_patience);
                shop.Clock.Advance(TimeSpan.FromSeconds(pause));
            }

            await UntilDecidedAsync(shop, admitted.MessageId);
            return admitted.MessageId;
        }
    }

    [Theory]
    [InlineData("when are you open?")]
    [InlineData("the thing with the other thing, you know")]
    public async Task decides_within_three_seconds_whether_or_not_it_is_clear_what_is_wanted(string words)
    {
        await using var shop = await ShopUnderTest.OpenAsync(configure: options => options.Messages = new());
        using var queue = Queue(shop, shop.Store);
        await queue.StartAsync(CancellationToken.None);

        var admitted = (Admission.Admitted)await queue.AdmitAsync(Message(shop, "1", words), CancellationToken.None);
        await shop.Clock.WaitForTimer(due => due > TimeSpan.FromSeconds(1) && due < TimeSpan.FromSeconds(3)).WaitAsync(s_patience);
        shop.Clock.Advance(TimeSpan.FromSeconds(3));

        await UntilDecidedAsync(shop, admitted.MessageId);
        await queue.StopAsync(CancellationToken.None);
        (await shop.Store.ReadAsync(session => session.Inbox.Undecided(ShopUnderTest.Of("aina")), CancellationToken.None)).Should().BeEmpty();
    }

    [Fact]
    public async Task waits_for_the_rest_of_a_millisecond_instead_of_asking_again_and_again()
    {
        await using var shop = await ShopUnderTest.OpenAsync(configure: options =>
            options.Messages.WaitWhenClear = options.Messages.WaitWhenUnclear = TimeSpan.FromMilliseconds(0.4)
        );
        using var queue = Queue(shop, shop.Store);
        await queue.StartAsync(CancellationToken.None);

        var admitted = await AdmitAsync(queue, shop, "1", "aina");
        await shop.Clock.WaitForTimer(TimeSpan.FromMilliseconds(1)).WaitAsync(s_patience);
        shop.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await UntilDecidedAsync(shop, admitted.MessageId);
        await queue.StopAsync(CancellationToken.None);
        (await shop.Store.ReadAsync(session => session.Inbox.Undecided(ShopUnderTest.Of("aina")), CancellationToken.None)).Should().BeEmpty();
    }

    private static async Task<Admission.Admitted> AdmitAsync(ConversationQueue queue, ShopUnderTest shop, string id, string customer) =>
        (Admission.Admitted)await queue.AdmitAsync(Message(shop, id, "when are you open?", customer), CancellationToken.None);

    private static Task<string?> TurnOfAsync(ShopUnderTest shop, string message) =>
        shop.Store.ReadAsync(session => session.Inbox.TurnOf(message), CancellationToken.None);

    /// <param name="meanwhile">Done between two looks.</param>
    private static async Task UntilDecidedAsync(ShopUnderTest shop, string message, Action? meanwhile = null)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (await TurnOfAsync(shop, message) is null)
        {
            meanwhile?.Invoke();
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }

    private static InboundMessage Message(ShopUnderTest shop, string id, string text, string customer = "aina") =>
        new(ShopUnderTest.Of(customer), id, new(text), [], shop.Clock.GetUtcNow());

    private static ConversationQueue Queue(
        ShopUnderTest shop,
        IStore decisions,
        TimeProvider? time = null,
        CurrentCanary? canary = null
    ) =>
        new(
            shop.Store,
            new(
                new TurnStore(decisions, [], shop.Clock),
                shop.Get<CurrentPlaybooks>(),
                new LiveLookups(shop.Get<FactGatherer>(), decisions, shop.Clock),
                canary ?? shop.Get<CurrentCanary>(),
                shop.Get<OpsChatOptions>(),
                shop.Clock
            ),
            shop.Get<IEnumerable<IChannel>>(),
            shop.Get<IOptions<OpsChatOptions>>(),
            shop.Get<ChangeFeed>(),
            time ?? shop.Clock,
            NullLogger<ConversationQueue>.Instance
        );

    /// <summary>Something else happens just before the first write, as if it had won the race.</summary>
    private sealed class InterruptedStore(IStore store, Action<UnitOfWork> interruption) : StoreInFront(store)
    {
        private readonly TaskCompletionSource _writtenAgain = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _writes;

        /// <summary>Completes with the second write.</summary>
        public Task WrittenAgain => _writtenAgain.Task;

        public override async Task<T> WriteAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken)
        {
            if (++_writes == 1)
            {
                await base.WriteAsync(session =>
                {
                    interruption(session);
                    return true;
                }, cancellationToken);
                return await base.WriteAsync(work, cancellationToken);
            }

            var result = await base.WriteAsync(work, cancellationToken);
            _writtenAgain.TrySetResult();
            return result;
        }
    }

    /// <summary>Its first write waits until it is let go; the others pass.</summary>
    private sealed class HeldStore(IStore store) : StoreInFront(store)
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously),
            _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _writes;

        /// <summary>Completes when the first write waits.</summary>
        public Task Held => _held.Task;

        public void LetGo() => _go.SetResult();

        public override async Task<T> WriteAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _writes) == 1)
            {
                _held.SetResult();
                await _go.Task.WaitAsync(cancellationToken);
            }

            return await base.WriteAsync(work, cancellationToken);
        }
    }
}
