using Microsoft.Data.Sqlite;
using OpsChat.Agent;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Canary;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Reliability;

/// <summary>The kill test is worth what its checks can see: each kind of damage, done by hand, is found and named.</summary>
public sealed class A_store_checked_from_outside(OneGoodStore good) : IClassFixture<OneGoodStore>
{
    [Fact]
    public async Task that_is_as_the_host_left_it_breaks_no_promise()
    {
        var check = await CheckAsync("select 1");

        check.Violations.Should().BeEmpty();
        check
            .Figures.Should()
            .Match<StoredFigures>(
                f => f.Messages > 3 && f.ApprovedAndSent == 1 && f.HandOffs > 0 && f.AuditRows > 4,
                "the test must look at a store with all of it"
            );
    }

    [Theory]
    [InlineData("delete from inbox", "an acknowledged message is admitted once and decided")]
    [InlineData("update inbox set turn = null", "an acknowledged message is admitted once and decided")]
    [InlineData("update inbox set channel_id = 'another'  where seq = 1", "an acknowledged message is admitted once and decided")]
    [InlineData("update audit set kind = 'config' where kind = 'decision'", "a decision is recorded exactly once")]
    [InlineData(
        "insert into audit select seq + 1000, at, kind, who, subject, data, words_digest, previous, hash from audit where kind = 'decision'",
        "a decision is recorded exactly once"
    )]
    [InlineData("delete from outbox where kind = 'Answer'", "a decided message is answered, waits for a person or for approval")]
    [InlineData("update outbox set state = 'Queued' where kind = 'Answer'", "a decided message is answered, waits for a person or for approval")]
    [InlineData("delete from handoffs", "a decided message is answered, waits for a person or for approval")]
    [InlineData("delete from approvals", "a decided message is answered, waits for a person or for approval")]
    [InlineData("$copy Answer", "a decision gives one reply")]
    [InlineData("$copy Holding", "a holding text leaves once for a turn")]
    [InlineData("update outbox set state = 'Uncertain' where kind = 'Answer'", "the owner hears of every uncertain message")]
    [InlineData("update outbox set text = 'We refund RM 50 to your card today.' where kind = 'Answer'", "money waits for a person")]
    [InlineData(
        "update handoffs set suggestion = 'We refund RM 50 today.'; update outbox set kind = 'Person', text = 'We refund RM 50 today.' "
            + "where conversation in (select conversation from handoffs)",
        "money waits for a person"
    )]
    [InlineData(
        "insert into audit select seq + 1000, at, kind, who, subject, data, words_digest, previous, hash from audit where kind = 'approval'",
        "an approval is decided once"
    )]
    [InlineData("update approvals set state = 'Pending'", "an approval is decided once")]
    [InlineData(
        "update outbox set text = text || ' And RM 5 on top.' where kind = 'Approved'",
        "an approved text leaves once, as it was approved"
    )]
    [InlineData(
        "update outbox set text = replace(text, '.', '!') where kind = 'Approved'; update approvals set text = replace(text, '.', '!')",
        "an approved text leaves once, as it was approved"
    )]
    [InlineData("update approvals set decided_by = null", "an approved text leaves once, as it was approved")]
    [InlineData("$copy Approved", "an approved text leaves once, as it was approved")]
    [InlineData("delete from outcome_events where id = (select max(id) from outcome_events)", "an outcome is what its events make")]
    [InlineData("update outcomes set wrong = 1 - wrong where sent = 1", "evidence is what the events make")]
    [InlineData("update day_counts set sum = 99 where name = 'Cases'", "counters are what the events make")]
    [InlineData("update month_counts set sum = 99 where name = 'Cases'", "counters are what the events make")]
    [InlineData("delete from error_feed where seq = 1", "counters are what the events make")]
    [InlineData("delete from day_counts", "counters are what the events make")]
    [InlineData("update audit set who = 'nobody' where seq = 2", "the audit log is whole and the tables say what it recorded")]
    [InlineData("delete from audit where seq = 2", "the audit log is whole and the tables say what it recorded")]
    public async Task that_was_doctored_says_which_promise_is_broken(string damage, string promise) =>
        (await CheckAsync(damage)).Violations.Should().Contain(v => v.StartsWith($"Broken: {promise}. ", StringComparison.Ordinal));

    [Fact]
    public async Task whose_end_of_the_audit_log_was_cut_off_misses_the_decisions_of_it() =>
        (await CheckAsync("delete from audit where seq > 2"))
            .Violations.Should()
            .Contain(v => v.StartsWith("Broken: a decision is recorded exactly once.", StringComparison.Ordinal));

    [Fact]
    public async Task whose_checkpoint_counts_a_case_too_many_says_so()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("opschat.db");
        File.Copy(good.Database, file);
        await using (var store = await SqliteStore.OpenAsync(file, CancellationToken.None))
        {
            await store.WriteAsync(
                session =>
                    session.Evidence.Keep(
                        new("opening-hours", "v", []),
                        new(
                            ShopUnderTest.Morning,
                            Evidence.None(new(0.05, DateTimeOffset.UnixEpoch)) with
                            {
                                Sent = Tally.None.Add(wrong: true),
                            }
                        ),
                        asOf: long.MaxValue
                    ),
                CancellationToken.None
            );
        }

        (await StoreCheck.RunAsync(file, good.Seen, CancellationToken.None))
            .Violations.Should()
            .ContainSingle()
            .Which.Should()
            .Contain("a checkpoint of evidence is what the events make");
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public async Task that_disagrees_with_what_was_seen_outside_says_so(int written, int received, int lost)
    {
        var seen = good.Seen with
        {
            Chats = [new(1, written, received)],
            Acknowledged = lost == 0 ? good.Seen.Acknowledged : [.. good.Seen.Acknowledged, new("aina", "99", "m-never-stored")],
        };

        (await StoreCheck.RunAsync(good.Database, seen, CancellationToken.None)).Violations.Should().ContainSingle();
    }

    private async Task<CheckResult> CheckAsync(string damage)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("opschat.db");
        File.Copy(good.Database, file);
        await using (var db = new SqliteConnection($"Data Source={file};Pooling=false"))
        {
            db.Open();
            db.Run(damage.StartsWith("$copy ", StringComparison.Ordinal) ? Copying(db, damage["$copy ".Length..]) : damage);
        }

        return await StoreCheck.RunAsync(file, good.Seen, CancellationToken.None);
    }

    private static string Copying(SqliteConnection db, string kind)
    {
        var columns = db.Ask<string>("select group_concat(name, ', ') from pragma_table_info('outbox') where name <> 'id'");
        return $"insert into outbox (id, {columns}) select id || '-again', {columns} from outbox where kind = '{kind}'";
    }
}

/// <summary>The store of a shop in which an answer, a hand-off and an approved refund left.</summary>
public sealed class OneGoodStore : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Database => _folder.File("opschat.db");

    /// <summary>What its customers and its owner noted.</summary>
    public SeenOutside Seen { get; private set; } = SeenOutside.Nothing;

    public async Task InitializeAsync()
    {
        await using var shop = await ShopUnderTest.OpenAsync(database: Database);
        string[] texts =
        [
            "when are you open?",
            "I want a refund for order #1292, amirul.hakim@example.com",
            "this is the worst shop ever, I will call my lawyer",
            "asdf qwer zxcv",
        ];
        var noted = new List<Acknowledged>();
        foreach (var (text, number) in texts.Select((t, i) => (t, i)))
        {
            noted.Add(new($"customer-{number}", $"{number}", await shop.WriteAsync($"customer-{number}", text)));
            await shop.DecideAsync($"customer-{number}");
        }

        var refund = (await shop.PendingAsync()).Single();
        await shop.DecideAsync(refund, new ApprovalVerb.Approve());
        Seen = new(noted, [new(refund.Id, "approve", refund.Hash)], [], null);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
