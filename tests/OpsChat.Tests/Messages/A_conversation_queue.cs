using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpsChat.Canary;
using OpsChat.Channels;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public class A_conversation_queue
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

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

        var turns = await shop.Store.ReadAsync(session => (session.Inbox.TurnOf(first.MessageId), session.Inbox.TurnOf("m-second")), CancellationToken.None);
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

    private static InboundMessage Message(ShopUnderTest shop, string id, string text, string customer = "aina") => new(ShopUnderTest.Of(customer), id, new(text), [], shop.Clock.GetUtcNow());

    private static ConversationQueue Queue(ShopUnderTest shop, IStore decisions) => new(
        shop.Store,
        new(decisions, shop.Get<Func<Knowledge>>(), shop.Get<FactGatherer>(), shop.Get<Func<CanaryConfig>>(), shop.Get<OpsChatOptions>(), shop.Clock),
        shop.Get<Func<Knowledge>>(), shop.Get<OutboxSender>(), shop.Get<IEnumerable<IChannel>>(), shop.Get<IOptions<OpsChatOptions>>(), shop.Clock,
        NullLogger<ConversationQueue>.Instance);

    /// <summary>Something else happens just before the first write, as if it had won the race.</summary>
    private sealed class InterruptedStore(IStore store, Action<StoreSession> interruption) : IStore
    {
        private readonly TaskCompletionSource _writtenAgain = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _writes;

        public string Location => store.Location;

        /// <summary>Completes with the second write.</summary>
        public Task WrittenAgain => _writtenAgain.Task;

        public async Task<T> WriteAsync<T>(Func<StoreSession, T> work, CancellationToken cancel)
        {
            if (++_writes == 1)
            {
                await store.WriteAsync(interruption, cancel);
                return await store.WriteAsync(work, cancel);
            }

            var result = await store.WriteAsync(work, cancel);
            _writtenAgain.TrySetResult();
            return result;
        }

        public Task<T> ReadAsync<T>(Func<StoreSession, T> work, CancellationToken cancel) => store.ReadAsync(work, cancel);

        public Task BackupAsync(string file, CancellationToken cancel) => store.BackupAsync(file, cancel);

        public Task CompactAsync(CancellationToken cancel) => store.CompactAsync(cancel);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
