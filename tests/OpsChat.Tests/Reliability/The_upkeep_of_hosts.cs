using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Agent;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Postgres;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Reliability;

public sealed class The_upkeep_of_hosts
{
    private static readonly ConversationId s_aina = new("api", "aina");

    [PostgresFact]
    public async Task takes_a_host_away_only_when_it_may_say_that_one_is_gone_whatever_another_one_left()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var shop = await ShopUnderTest.OpenAsync();
        // It may be coming back: the database was away, and its clock stands still.
        await using var late = await JoinedAsync(server, "late", shop.Clock);
        await late.WriteAsync(session => session.Hosts.Claim(s_aina), CancellationToken.None);
        await server.AskAsync("update opschat_hosts set renewed = renewed - interval '1 minute'");
        await using (var stopped = await JoinedAsync(server, "stopped"))
        {
            await stopped.WriteAsync(
                session => session.Outbox.Leave(session.Outbox.Add(Greeting()), OutboxState.Sending, ShopUnderTest.Morning),
                CancellationToken.None
            );
        }

        await using var joined = await JoinedAsync(server, "one");
        var store = new StoreThatSees(joined);
        using var upkeep = new HostUpkeep(store, shop.Clock, NullLogger<HostUpkeep>.Instance);

        await upkeep.LookAsync(CancellationToken.None);

        (await joined.ReadAsync(session => session.Outbox.Find("o1"), CancellationToken.None))!.State.Should().Be(OutboxState.Uncertain);
        (await server.AskAsync("select count(*) from opschat_hosts where name = 'late'")).Should().Be(1L);
        (await server.AskAsync("select count(*) from opschat_claims")).Should().Be(1L);

        store.SeesOne = true;
        await upkeep.LookAsync(CancellationToken.None);

        (await server.AskAsync("select count(*) from opschat_hosts where name = 'late'")).Should().Be(0L);
        (await server.AskAsync("select count(*) from opschat_claims")).Should().Be(0L);
    }

    private static async Task<PostgresStore> JoinedAsync(PostgresServer server, string name, TimeProvider? time = null)
    {
        var store = await PostgresStore.OpenAsync(server.Connection, time ?? TimeProvider.System, CancellationToken.None);
        await store.JoinAsync(name, null, _ => { }, CancellationToken.None);
        return store;
    }

    private static OutboxMessage Greeting() => new()
    {
        Id = "o1",
        Conversation = s_aina,
        From = Sender.Agent,
        Kind = OutboxKind.Answer,
        Text = "Hello!",
        CreatedAt = ShopUnderTest.Morning,
        NextTryAt = ShopUnderTest.Morning,
    };

    private sealed class StoreThatSees(IStore store) : StoreInFront(store)
    {
        public bool SeesOne { get; set; }

        public override bool SeesGoneHost => SeesOne;
    }
}
