using Dapper;
using Microsoft.Data.Sqlite;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Benchmarks.Load;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Storage;

/// <summary>Counts SQLite's own steps, not time: a sentence that has to go through a whole table shows, however fast the machine is.</summary>
public class The_work_of_the_store
{
    private const int Others = 500;

    [Fact]
    public async Task does_not_grow_with_what_the_shop_has_been_through()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await DayOfACustomerAsync(shop, "first");
        var young = await StepsAsync(shop, () => DayOfACustomerAsync(shop, "aina"));

        AddOthers(shop);
        await DayOfACustomerAsync(shop, "second");
        var old = await StepsAsync(shop, () => DayOfACustomerAsync(shop, "badrul"));

        old.Should()
            .BeLessThan(
                young * 6 / 5,
                $"{Others} others, who have all asked, are still owed an answer and wait for approvals, are none of this customer's business"
            );
    }

    /// <summary>One message for each way that it can go, and what the console and the owner chat ask for meanwhile.</summary>
    private static async Task DayOfACustomerAsync(ShopUnderTest shop, string customer)
    {
        await shop.SayAsync(customer, "when are you open?");
        await shop.SayAsync(customer, "I want my money back for order #1292, amirul.hakim@example.com");
        var approval = (
            await shop.Store.ReadAsync(session => session.Approvals.PendingIn(ShopUnderTest.Of(customer)), CancellationToken.None)
        )
            .Should()
            .ContainSingle()
            .Subject;
        await shop.DecideAsync(approval, new ApprovalVerb.Approve());
        await shop.SayAsync(customer, "my uncle's tractor sings at night");
        await shop.Get<PersonDesk>().ReplyAsync(shop.Owner, ShopUnderTest.Of(customer), "I will look into it.", CancellationToken.None);
        await shop.SendAsync();

        await shop.Store.ReadAsync(
            session =>
                (
                    session.Approvals.List(ApprovalState.Pending, 5),
                    session.Approvals.List(null, 5),
                    session.HandOffs.List(HandOffState.Open, 5),
                    session.HandOffs.List(null, 5),
                    session.Desk.SpotChecksToShow(1, shop.Clock.GetUtcNow().AddDays(-7), 5),
                    session.Notices.Unseen(),
                    session.Outbox.NextDue([])
                ),
            CancellationToken.None
        );
    }

    /// <summary>As if everybody's day so far had been lived by many others too.</summary>
    private static void AddOthers(ShopUnderTest shop)
    {
        var writer = ((SqliteStore)shop.Store).Writer;
        writer.Run("begin");
        writer.Execute("update handoffs set state = 'Open'; update approvals set state = 'Pending' where conversation = 'api:first'");
        LargeStore.CopyEverybody(writer, Others, TimeSpan.Zero);
        // Each of them asked for an order of their own; what was approved for one order is read together, however often that was.
        writer.Execute("update approvals set order_key = id");
        writer.Run("commit");
        // The index of words merges what was added, bit by bit, with each later line. So many lines at once are no day's work.
        writer.Execute("insert into search (search) values ('optimize')");
    }

    private static async Task<long> StepsAsync(ShopUnderTest shop, Func<Task> work)
    {
        long steps = 0;
        var connections = new List<SqliteConnection> { ((SqliteStore)shop.Store).Writer };
        connections.AddRange(((SqliteStore)shop.Store).IdleReaders);
        connections.ForEach(c => SQLitePCL.raw.sqlite3_progress_handler(c.Handle, 1, _ => Count(), null));
        await work();
        connections.ForEach(c => SQLitePCL.raw.sqlite3_progress_handler(c.Handle, 0, null, null));
        return steps;

        int Count()
        {
            Interlocked.Increment(ref steps);
            return 0;
        }
    }
}
