using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Agent;
using OpsChat.Messages;
using OpsChat.ShopData.Http;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public class An_outbox
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1), s_pause = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task stores_what_a_channel_did_as_soon_as_the_store_can_be_written_again_and_hands_nothing_over_twice()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var store = new StoreInTrouble(shop.Store);
        var channel = new OneChannel(whenSent: () => store.IsInTrouble = true);
        using var sender = Sender(shop, store, channel);
        var message = await AddAsync(shop, OutboxState.Queued);
        await sender.StartAsync(CancellationToken.None);

        // The sender itself sleeps until the next message is due; only what became of this one is tried again after a second.
        await shop.Clock.WaitForTimer(s_pause).WaitAsync(s_patience);
        store.IsInTrouble = false;
        shop.Clock.Advance(s_pause);
        await UntilAsync(shop, message, OutboxState.Sent);

        await sender.StopAsync(CancellationToken.None);
        store.Refused.Should().Be(1);
        channel.Taken.Should().Be(1);
    }

    [Fact]
    public async Task whose_store_cannot_be_written_at_the_start_sends_later_and_first_settles_what_was_on_its_way()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var store = new StoreInTrouble(shop.Store) { IsInTrouble = true };
        var channel = new OneChannel(whenSent: () => { });
        using var sender = Sender(shop, store, channel);
        var (unknown, queued) = (await AddAsync(shop, OutboxState.Sending), await AddAsync(shop, OutboxState.Queued));
        await sender.StartAsync(CancellationToken.None);

        await shop.Clock.WaitForTimer(s_pause).WaitAsync(s_patience);
        channel.Taken.Should().Be(0);
        store.IsInTrouble = false;
        shop.Clock.Advance(s_pause);
        await UntilAsync(shop, queued, OutboxState.Sent);

        await UntilAsync(shop, unknown, OutboxState.Uncertain);
        await sender.StopAsync(CancellationToken.None);
        channel.Taken.Should().Be(1, "what may have left is not sent again");
    }

    [Fact]
    public async Task whose_channel_cannot_read_the_store_sends_later_and_a_channel_that_breaks_leaves_it_unknown()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var tries = 0;
        var channel = new OneChannel(whenSent: () =>
            throw (++tries == 1 ? new StoreException("The database is locked.") : new InvalidOperationException("a bug"))
        );
        using var sender = Sender(shop, shop.Store, channel);
        var message = await AddAsync(shop, OutboxState.Queued);
        await sender.StartAsync(CancellationToken.None);

        await shop.Clock.WaitForTimer(s_pause).WaitAsync(s_patience);
        shop.Clock.Advance(s_pause);
        await UntilAsync(shop, message, OutboxState.Uncertain);

        await sender.StopAsync(CancellationToken.None);
        channel.Taken.Should().Be(2, "what may have left is not sent again");
    }

    [Fact]
    public async Task sends_to_others_while_the_shops_system_is_asked_about_an_approved_text()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        using var silent = new SilentServer();
        using var client = new HttpClient { BaseAddress = silent.Address, Timeout = Timeout.InfiniteTimeSpan };
        var channel = new OneChannel(whenSent: () => { });
        using var sender = new OutboxSender(
            shop.Store,
            [channel],
            new DispatchCheck(new HttpShop(client, shop.Clock)),
            shop.Get<ChangeFeed>(),
            shop.Clock,
            NullLogger<OutboxSender>.Instance
        );
        var approved = await AddAsync(shop, OutboxState.Queued, order: "#1292");
        await sender.StartAsync(CancellationToken.None);
        await silent.Called.WaitAsync(s_patience);

        var other = await AddAsync(shop, OutboxState.Queued);
        await UntilAsync(shop, other, OutboxState.Sent);

        await UntilAsync(shop, approved, OutboxState.Queued);
        await sender.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task shows_a_text_whose_check_took_long_to_whoever_reads_on_from_a_later_line()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var channel = new OneChannel(whenSent: () => { });
        using var sender = Sender(shop, shop.Store, channel);
        var (conversation, now) = (new ConversationId("one", "Queued "), shop.Clock.GetUtcNow());
        var queued = await AddAsync(shop, OutboxState.Queued);
        await shop.Store.WriteAsync(session => session.Inbox.Admit(new(conversation, "c1", new("hello?"), [], now), "m1"), CancellationToken.None);
        var last = (await shop.Store.ReadAsync(session => session.Conversations.Transcript(conversation, 0, 10), CancellationToken.None))[^1];

        await sender.DrainAsync(CancellationToken.None);

        last.Id.Should().Be("m1");
        (await shop.Store.ReadAsync(session => session.Conversations.Transcript(conversation, last.Seq, 10), CancellationToken.None))
            .Should()
            .ContainSingle()
            .Which.Id.Should()
            .Be(queued);
    }

    [Fact]
    public async Task hands_nothing_over_that_it_marked_before_another_host_may_have_taken_over()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var store = new StoreInTrouble(shop.Store) { HasTurn = false };
        var channel = new OneChannel(whenSent: () => { });
        using var sender = Sender(shop, store, channel);
        var message = await AddAsync(shop, OutboxState.Queued);

        await sender.DrainAsync(CancellationToken.None);

        channel.Taken.Should().Be(0);
        store.HasTurn = true;
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await sender.DrainAsync(CancellationToken.None);
        await UntilAsync(shop, message, OutboxState.Sent);
        channel.Taken.Should().Be(1, "nobody else took over after all");
    }

    [Fact]
    public async Task sends_once_what_it_marked_in_a_commit_whose_answer_was_lost()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var store = new StoreInTrouble(shop.Store);
        var channel = new OneChannel(whenSent: () => { });
        using var sender = Sender(shop, store, channel);
        var message = await AddAsync(shop, OutboxState.Queued);
        store.LosesNextAnswer = true;

        await FluentActions.Awaiting(() => sender.DrainAsync(CancellationToken.None)).Should().ThrowAsync<StoreException>();
        await UntilAsync(shop, message, OutboxState.Sending);
        await sender.DrainAsync(CancellationToken.None);

        await UntilAsync(shop, message, OutboxState.Sent);
        channel.Taken.Should().Be(1);
    }

    private static OutboxSender Sender(ShopUnderTest shop, IStore store, IChannel channel) =>
        new(store, [channel], shop.Get<DispatchCheck>(), shop.Get<ChangeFeed>(), shop.Clock, NullLogger<OutboxSender>.Instance);

    private static async Task<string> AddAsync(ShopUnderTest shop, OutboxState state, string? order = null)
    {
        var message = new OutboxMessage
        {
            Id = Ids.New('o', shop.Clock.GetUtcNow()),
            Conversation = new("one", $"{state} {order}"),
            From = OpsChat.Messages.Sender.Person,
            Kind = order is null ? OutboxKind.Person : OutboxKind.Approved,
            OrderNumber = order,
            Text = "We look into it.",
            NextTryAt = shop.Clock.GetUtcNow(),
            CreatedAt = shop.Clock.GetUtcNow(),
        };
        await shop.Store.WriteAsync(session =>
        {
            session.Outbox.Add(message);
            session.Outbox.Move(message.Id, OutboxState.Queued, state, shop.Clock.GetUtcNow());
        }, CancellationToken.None);
        return message.Id;
    }

    private static async Task UntilAsync(ShopUnderTest shop, string message, OutboxState state)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while ((await shop.Store.ReadAsync(session => session.Outbox.Find(message), CancellationToken.None))!.State != state)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }

    private sealed class OneChannel(Action whenSent) : IChannel
    {
        private int _taken;

        public IReadOnlyCollection<string> Names { get; } = ["one"];
        public bool DeliversByStoring => false;
        public int Taken => _taken;

        public Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _taken);
            whenSent();
            return Task.FromResult<Delivery>(new Delivery.Sent(null));
        }
    }
}
