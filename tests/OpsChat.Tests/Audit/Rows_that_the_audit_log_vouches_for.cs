using Microsoft.Data.Sqlite;
using OpsChat.Audit;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Tests.Reliability;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Audit;

public sealed class Rows_that_the_audit_log_vouches_for(OneGoodStore good) : IClassFixture<OneGoodStore>
{
    [Fact]
    public async Task say_what_it_recorded_when_nobody_touched_them() =>
        (await VerifyAsync(""))
            .Should()
            .BeOfType<AuditVerdict.Whole>()
            .Which.Rows.Should()
            .Match<ComparedRows>(it => it.Same >= 10 && it.Erased == 0 && it.Older == 0);

    [Theory]
    [InlineData("update approvals set text = 'We will refund 5000 to your card.'", "approval:", "does not say what was recorded")]
    [InlineData("update approvals set decided_by = 'somebody else'", "approval:", "does not say what was recorded")]
    [InlineData("update approvals set state = 'Rejected'", "approval:", "does not say what was recorded")]
    [InlineData("update approvals set amount_minor = amount_minor + 1", "approval:", "does not say what was recorded")]
    [InlineData("update approvals set customer_words = 'please send it'", "approval:", "does not say what was recorded")]
    [InlineData("update outbox set text = text || '!'", "message:", "does not say what was recorded")]
    [InlineData("update outbox set sender = 'Person'", "message:", "does not say what was recorded")]
    [InlineData("update outbox set approval = null where approval is not null", "message:", "does not say what was recorded")]
    [InlineData("update turns set trace = replace(trace, 'Send', 'HandOff')", "turn:", "does not say what was recorded")]
    [InlineData("update turns set verdict = 'Send'", "turn:", "does not say what was recorded")]
    [InlineData("update turns set input = null", "turn:", "does not say what was recorded")]
    [InlineData("update inbox set text = 'i never wrote that'", "turn:", "does not say what was recorded")]
    [InlineData("delete from inbox", "turn:", "does not say what was recorded")]
    [InlineData("update handoffs set closed_by = 'nobody'", "handoff:", "does not say what was recorded")]
    [InlineData("update handoffs set customer_words = 'all is well'", "handoff:", "does not say what was recorded")]
    [InlineData("delete from approvals", "approval:", "was deleted")]
    [InlineData("delete from outbox", "message:", "was deleted")]
    [InlineData(
        "insert into outbox (id, conversation, seq, sender, kind, text, turn, case_id, approval, approval_hash, order_number, spot_check, "
            + "state, attempts,"
            + " parts_sent, next_try_at, channel_id, error, created_at, done_at, queued, also_cases) select id || 'x', conversation, seq, "
            + "sender, kind, 'planted', turn, case_id, approval, approval_hash, order_number, spot_check, state, attempts,"
            + " parts_sent, next_try_at, channel_id, error, created_at, done_at, queued, also_cases from outbox limit 1",
        "of outbox",
        "without any row of the log"
    )]
    [InlineData("delete from audit_keys", ":", "the key of its conversation was deleted")]
    [InlineData("update approvals set conversation = 'forgotten:f1', text = ''", "approval:", "nobody was forgotten under that name")]
    public async Task are_named_when_they_were_changed_past_the_program(string damage, string row, string why) =>
        (await VerifyAsync(damage)).Should().BeOfType<AuditVerdict.Broken>().Which.Why.Should().Contain(row).And.Contain(why);

    [Fact]
    public async Task of_a_forgotten_customer_are_counted_and_neither_more_nor_fewer()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("opschat.db");
        await using (var shop = await ShopUnderTest.OpenAsync(database: file))
        {
            await shop.SayAsync("farah", "when are you open?");
            await shop.SayAsync("amirul", "I want my money back for order #1292, amirul.hakim@example.com");
            await new Agent.Forgetting(shop.Store, shop.Clock).ForgetAsync("api:amirul", "owner", CancellationToken.None);
            (await shop.Store.ReadAsync(session => session.AuditedRows.Verify(), CancellationToken.None))
                .Should().BeOfType<AuditVerdict.Whole>().Which.Rows!.Erased.Should().BePositive();
        }

        await DamageAsync(file, "update approvals set text = 'We refund RM 5000.'");
        (await VerifyFileAsync(file)).Should().BeOfType<AuditVerdict.Broken>().Which.Why.Should().Contain("has words");
        await DamageAsync(
            file,
            "update approvals set text = ''; update outbox set conversation = (select conversation from approvals), text = '' where "
                + "conversation = 'api:farah'"
        );
        (await VerifyFileAsync(file)).Should().BeOfType<AuditVerdict.Broken>().Which.Why.Should().Contain("too many");
    }

    [Fact]
    public async Task that_are_older_than_its_digests_are_counted_and_become_no_more()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("opschat.db");
        File.Copy(good.Database, file);
        // As the step of the schema leaves an older database: rows, and no digest of them.
        await DamageAsync(file,
            """
            delete from audit; delete from audit_keys;
            insert into settings (name, value) select 'audit-older', (select count(*) from approvals) || ',' || (select count(*) from outbox) || ','
                || (select count(*) from turns) || ',' || (select count(*) from handoffs)
            """
        );
        (await VerifyFileAsync(file))
            .Should()
            .BeOfType<AuditVerdict.Whole>()
            .Which.Rows.Should()
            .Match<ComparedRows>(it => it.Older >= 10 && it.Same == 0);

        await using (var store = await SqliteStore.OpenAsync(file, CancellationToken.None))
        {
            await store.WriteAsync(
                session =>
                    session.Outbox.Add(
                        OutboxMessage.New(ShopUnderTest.Of("farah"), Sender.Person, OutboxKind.Person, "hello", ShopUnderTest.Morning)
                    ),
                CancellationToken.None
            );
            (await store.ReadAsync(session => session.AuditedRows.Verify(), CancellationToken.None))
                .Should().BeOfType<AuditVerdict.Whole>().Which.Rows.Should().Match<ComparedRows>(it => it.Older >= 10 && it.Same == 1);
        }

        await DamageAsync(
            file,
            "insert into handoffs (id, conversation, case_id, turn, customer_words, suggestion, reasons, owner, arm, would_send, state, "
                + "created_at, at,"
                + " closed_by, closed_at, outcome, marks, summary, confidence, alternatives) select 'planted', conversation, case_id, "
                + "turn, customer_words, suggestion, reasons, owner, arm, would_send, state, created_at, at,"
                + " closed_by, closed_at, outcome, marks, summary, confidence, alternatives from handoffs limit 1"
        );
        (await VerifyFileAsync(file)).Should().BeOfType<AuditVerdict.Broken>().Which.Why.Should().Contain("without any row");
    }

    private async Task<AuditVerdict> VerifyAsync(string damage)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("opschat.db");
        File.Copy(good.Database, file);
        await DamageAsync(file, damage);
        return await VerifyFileAsync(file);
    }

    private static async Task DamageAsync(string file, string damage)
    {
        await using var db = new SqliteConnection($"Data Source={file};Pooling=false");
        db.Open();
        await using var command = db.CreateCommand();
        command.CommandText = damage.Length == 0 ? "select 1" : damage;
        command.ExecuteNonQuery();
    }

    private static async Task<AuditVerdict> VerifyFileAsync(string file)
    {
        await using var store = await SqliteStore.OpenAsync(file, CancellationToken.None);
        return await store.ReadAsync(session => session.AuditedRows.Verify(), CancellationToken.None);
    }
}
