using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpsChat.Agent;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Postgres;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public sealed class A_conversation_queue_of_several_hosts : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static readonly ConversationId s_aina = new("api", "aina"), s_bo = new("api", "bo");

    private PostgresServer? _server;
    private ShopUnderTest _shop = null!;

    public async Task InitializeAsync()
    {
        _server = PostgresServer.Address is null ? null : await PostgresServer.StartAsync();
        _shop = await ShopUnderTest.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await _shop.DisposeAsync();
        await (_server?.DisposeAsync() ?? default);
    }

    [PostgresFact]
    public async Task decides_what_a_host_that_is_gone_left_although_it_could_not_be_read_after_it_was_claimed()
    {
        await using (var gone = await JoinedAsync("gone"))
        {
            await ClaimAsync(gone, s_aina, "m1");
        }

        await using var joined = await JoinedAsync("one");
        var store = new UnreadableAfterAWrite(joined);
        using var feed = new ChangeFeed(store);
        using var queue = Queue(store, feed);
        await queue.StartAsync(CancellationToken.None);

        await UntilDecidedAsync(joined, "m1");

        store.HasFailed.Should().BeTrue();
        await queue.StopAsync(CancellationToken.None);
    }

    [PostgresFact]
    public async Task claims_nothing_for_a_message_that_comes_again()
    {
        await using var store = await JoinedAsync("one");
        using var feed = new ChangeFeed(store);
        using var queue = Queue(store, feed);
        await queue.StartAsync(CancellationToken.None);

        var admitted = await queue.AdmitAsync(Message(s_aina, "m1"), CancellationToken.None);
        await UntilDecidedAsync(store, ((Admission.Admitted)admitted).MessageId);

        (await queue.AdmitAsync(Message(s_aina, "m1"), CancellationToken.None)).Should().BeOfType<Admission.Repeated>();
        (await _server!.AskAsync("select count(*) from opschat_claims")).Should().Be(0L);
        await queue.StopAsync(CancellationToken.None);
    }

    [PostgresFact]
    public async Task keeps_no_claim_of_a_customer_who_is_forgotten()
    {
        await using var store = await JoinedAsync("one");
        await ClaimAsync(store, s_aina, "m1");
        await using var command = await PostgresStore.OpenAsync(_server!.Connection, CancellationToken.None);

        await new Forgetting(command, _shop.Clock).ForgetAsync($"{s_aina}", "owner", CancellationToken.None);

        (await _server.AskAsync("select count(*) from opschat_claims")).Should().Be(0L);
    }

    [PostgresFact]
    public async Task writes_nothing_more_for_a_message_of_a_conversation_that_another_host_decides()
    {
        await using var other = await JoinedAsync("other");
        await ClaimAsync(other, s_aina, "m1");
        await using var joined = await JoinedAsync("one");
        var store = new CountedWrites(joined);
        using var feed = new ChangeFeed(store);
        using var queue = Queue(store, feed);
        await queue.StartAsync(CancellationToken.None);

        await queue.AdmitAsync(Message(s_aina, "m2"), CancellationToken.None);
        var decided = await queue.AdmitAsync(Message(s_bo, "m3"), CancellationToken.None);
        await UntilDecidedAsync(joined, ((Admission.Admitted)decided).MessageId);

        await queue.StopAsync(CancellationToken.None);
        store.Writes.Should().Be(3, "two messages were stored, and one decided");
    }

    private async Task<PostgresStore> JoinedAsync(string name)
    {
        var store = await PostgresStore.OpenAsync(_server!.Connection, CancellationToken.None);
        await store.JoinAsync(name, null, _ => { }, CancellationToken.None);
        return store;
    }

    /// <summary>The customer writes to this host, which has not decided it yet.</summary>
    private Task ClaimAsync(PostgresStore store, ConversationId customer, string id) =>
        store.WriteAsync(
            session =>
            {
                session.Inbox.Admit(Message(customer, id), id);
                session.Hosts.Claim(customer);
            },
            CancellationToken.None
        );

    private InboundMessage Message(ConversationId customer, string id) =>
        new(customer, id, new("when are you open?"), [], _shop.Clock.GetUtcNow());

    private async Task UntilDecidedAsync(PostgresStore store, string message)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (await store.ReadAsync(session => session.Inbox.TurnOf(message), CancellationToken.None) is null)
        {
            _shop.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }

    private ConversationQueue Queue(IStore store, ChangeFeed feed) =>
        new(
            store,
            new(
                new TurnStore(store, [], _shop.Clock),
                _shop.Get<CurrentPlaybooks>(),
                new LiveLookups(_shop.Get<FactGatherer>(), store, _shop.Clock),
                _shop.Get<OpsChat.Canary.CurrentCanary>(),
                _shop.Get<OpsChatOptions>(),
                _shop.Clock
            ),
            [],
            _shop.Get<IOptions<OpsChatOptions>>(),
            feed,
            _shop.Clock,
            NullLogger<ConversationQueue>.Instance
        );

    private sealed class CountedWrites(IStore store) : StoreInFront(store)
    {
        private int _writes;

        public int Writes => _writes;

        public override Task<T> WriteAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _writes);
            return base.WriteAsync(work, cancellationToken);
        }
    }

    /// <summary>The first read after the first write fails, as when the database takes no more connections.</summary>
    private sealed class UnreadableAfterAWrite(IStore store) : StoreInFront(store)
    {
        private int _writes, _failures;

        public bool HasFailed => Volatile.Read(ref _failures) > 0;

        public override async Task<T> WriteAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken)
        {
            var result = await base.WriteAsync(work, cancellationToken);
            Interlocked.Increment(ref _writes);
            return result;
        }

        public override Task<T> ReadAsync<T>(Func<UnitOfWork, T> work, CancellationToken cancellationToken) =>
            Volatile.Read(ref _writes) == 1 && Interlocked.Exchange(ref _failures, 1) == 0
                ? throw new StoreException("The database takes no more connections.")
                : base.ReadAsync(work, cancellationToken);
    }
}
