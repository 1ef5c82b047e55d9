using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Text;
using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

public sealed class ApprovalTable(DbConnection db, AuditedRowsTable audited)
{
    private const string Select =
        $"select *, {Columns.Amount}, refunded_minor || ' ' || coalesce(refunded_currency, '') as refunded_then from approvals";

    public Approval? Find(string id) => db.QuerySingleOrDefault<Approval>($"{Select} where id = @id", new { id });

    /// <summary>Newest first; every state when <paramref name="state"/> is null.</summary>
    public IReadOnlyList<Approval> List(ApprovalState? state, int most) =>
        [
            .. db.Query<Approval>(
                $"{Select} {(state is null ? "" : "where state = @state")} order by created_at desc limit @most",
                new { state = state?.ToString(), most }
            ),
        ];

    /// <summary>The pending approval of a case, or null.</summary>
    public Approval? PendingOf(string caseId) =>
        db.QueryFirstOrDefault<Approval>(
            $"{Select} where case_id = @caseId and state = 'Pending' order by created_at desc",
            new { caseId }
        );

    /// <summary>The case's latest approval of this text, whatever became of it; null when it was never put up for approval.</summary>
    public Approval? LatestOf(string caseId, string text) =>
        db.QueryFirstOrDefault<Approval>(
            $"{Select} where case_id = @caseId and text = @text order by created_at desc",
            new { caseId, text }
        );

    /// <summary>The texts for this customer that somebody found wrong, the latest first.</summary>
    public IReadOnlyList<string> RejectedTexts(ConversationId conversation) =>
        [
            .. db.Query<string>(
                    "select text from approvals where conversation = @conversation and state = 'Rejected' and coalesce(reason, '') <> 'NotNeeded' "
                        + "order by created_at desc limit 50",
                    new { conversation = conversation.ToString() }
                )
                .Distinct(),
        ];

    /// <summary>The approvals of an order, whatever became of them and however its number is written; the oldest first.</summary>
    public IReadOnlyList<Approval> OfOrder(string number) =>
        OrderNumber.Key(number) is { Length: > 0 } key
            ? [.. db.Query<Approval>($"{Select} where order_key = @key order by created_at", new { key })] : [];

    /// <summary>Those of an order that wait, in whatever conversation.</summary>
    public IReadOnlyList<Approval> PendingForOrder(string number) => [.. OfOrder(number).Where(one => one.State == ApprovalState.Pending)];

    /// <summary>The other approvals of the same order; none when this one is about no order.</summary>
    public IReadOnlyList<Approval> OthersOf(Approval approval) =>
        approval.OrderNumber is { } number ? [.. OfOrder(number).Where(other => other.Id != approval.Id)] : [];

    public IReadOnlyList<Approval> PendingIn(ConversationId conversation) =>
        [
            .. db.Query<Approval>(
                $"{Select} where conversation = @conversation and state = 'Pending'",
                new { conversation = conversation.ToString() }
            ),
        ];

    /// <summary>Those of which nobody knows whether their text left.</summary>
    public IReadOnlyList<Approval> UncertainIn(ConversationId conversation) =>
        [
            .. db.Query<Approval>(
                $"{Select} where conversation = @conversation and state = 'Uncertain'",
                new { conversation = conversation.ToString() }
            ),
        ];

    public int PendingCount(ConversationId conversation) => db.ExecuteScalar<int>(
        "select count(*) from approvals where conversation = @conversation and state = 'Pending'", new { conversation = conversation.ToString() });

    public IReadOnlyList<Approval> PendingBefore(DateTimeOffset expiresBefore) =>
        [
            .. db.Query<Approval>(
                $"{Select} where state = 'Pending' and expires_at <= @at order by expires_at",
                new { at = expiresBefore.Ms() }
            ),
        ];

    /// <summary>Pending approvals whose time is half over and of which nobody was reminded, oldest first.</summary>
    public IReadOnlyList<Approval> ToRemind(DateTimeOffset now) =>
        [
            .. db.Query<Approval>(
                $"{Select} where state = 'Pending' and reminded_at is null and @now - created_at >= (expires_at - "
                    + "created_at) / 2 order by created_at",
                new { now = now.Ms() }
            ),
        ];

    public void Add(Approval it) =>
        Write(
            it.Id,
            """
            insert into approvals (id, revision, hash, state, conversation, case_id, turn, customer_words, text, suggested, playbook,
                version, action, order_number,
                order_key, amount_minor, currency, reasons, unusual, facts, created_at, expires_at, marks, unconfirmed, seen_seq, stake)
            values (@Id, @Revision, @Hash, @state, @conversation, @CaseId, @Turn, @CustomerWords, @Text, @Suggested, @Playbook, @Version,
                @Action, @OrderNumber,
                @orderKey, @minor, @currency, @reasons, @unusual, @facts, @created, @expires, @marks, @unconfirmed, @SeenSeq, @stake)
            """,
            Values(it)
        );

    /// <summary>Replaces the content of a pending approval by its next revision; false when that revision is no longer pending.</summary>
    public bool Revise(Approval next) =>
        Write(
            next.Id,
            """
            update approvals set revision = @Revision, hash = @Hash, turn = @Turn, customer_words = @CustomerWords, text = @Text,
                suggested = @Suggested,
                playbook = @Playbook, version = @Version, action = @Action, stake = @stake, order_number = @OrderNumber,
                    order_key = @orderKey, unconfirmed = @unconfirmed, seen_seq = @SeenSeq, amount_minor = @minor, currency = @currency,
                    reasons = @reasons, unusual = @unusual, facts = @facts, expires_at = @expires, marks = @marks
            where id = @Id and state = 'Pending' and revision = @Revision - 1
            """,
            Values(next)
        );

    /// <summary>The one place where an approval is decided: a compare-and-set on state, revision, hash and expiry.</summary>
    /// <returns>False when it is not that pending content any more; nothing has changed then.</returns>
    public bool Decide(string id, int revision, string hash, ApprovalState to, string by, string? reason, DateTimeOffset now) => Write(id,
        """
        update approvals set state = @to, decided_by = @by, decided_at = @now, reason = @reason
        where id = @id and state = 'Pending' and revision = @revision and hash = @hash and expires_at > @now
        """,
        new { id, revision, hash, to = to.ToString(), by, reason, now = now.Ms() });

    /// <summary>Ends a pending approval whose time is over.</summary>
    public bool Expire(string id, DateTimeOffset now) =>
        Write(
            id,
            "update approvals set state = 'Expired', decided_at = @now where id = @id and state = 'Pending' and expires_at <= @now",
            new { id, now = now.Ms() }
        );

    /// <summary>After the dispatch check: the approved text left, or was stopped and why.</summary>
    public bool Finish(string id, ApprovalState to, string? reason) =>
        Write(
            id,
            "update approvals set state = @to, reason = coalesce(@reason, reason) where id = @id and state = 'Approved'",
            new
            {
                id,
                to = to.ToString(),
                reason,
            }
        );

    /// <summary>Somebody says what became of a text of which nobody knew whether it left: it did, or it is sent again.</summary>
    /// <param name="seen">The customer's last line that was known then; null leaves it as it is.</param>
    public bool Settle(string id, ApprovalState to, long? seen) => Write(id,
        "update approvals set state = @to, reason = null, seen_seq = coalesce(@seen, seen_seq) where id = @id and state = 'Uncertain'",
        new { id, to = to.ToString(), seen });

    /// <summary>What was confirmed with the approval, and what the data said was paid back then.</summary>
    public void SetConfirmed(string id, IReadOnlyList<string> confirmed, bool goesOver, Money? refundedThen) =>
        Write(
            id,
            """
            update approvals set confirmed = @confirmed, unconfirmed = '[]', goes_over = @over, refunded_minor = @minor,
                refunded_currency = @currency where id = @id
            """,
            new
            {
                id,
                confirmed = Columns.Json(confirmed),
                over = goesOver ? 1 : 0,
                minor = refundedThen?.Minor,
                currency = refundedThen?.Currency,
            }
        );

    /// <summary>Thanks and nudges that come after all that a card shows change nothing about it: it need not be looked at again.</summary>
    /// <param name="first">The place of the first of these lines.</param>
    /// <param name="last">The place of the last one.</param>
    public void SawSmallTalk(ConversationId conversation, long first, long last) => db.RunUnheard(
        """
        update approvals set seen_seq = @last where conversation = @conversation and state in ('Pending', 'Approved') and seen_seq < @last
        and not exists (select 1 from inbox i where i.conversation = @conversation and i.seq > approvals.seen_seq and i.seq < @first)
        """,
        new { conversation = conversation.ToString(), first, last });

    public void SetMarks(string id, IReadOnlyList<string> marks) =>
        db.RunUnheard("update approvals set marks = @marks where id = @id", new { id, marks = Columns.Json(marks) });

    public void SetReminded(string id, DateTimeOffset at) =>
        db.RunUnheard("update approvals set reminded_at = @at where id = @id", new { id, at = at.Ms() });

    /// <summary>Writes what the audit log vouches for.</summary>
    /// <returns>Whether there was such a row.</returns>
    private bool Write(string id, string sql, object values)
    {
        if (db.Affected(sql, values) == 0)
        {
            return false;
        }

        audited.Wrote(AuditedKind.Approval, id);
        return true;
    }

    private static object Values(Approval it) =>
        new
        {
            it.Id,
            it.Revision,
            it.Hash,
            state = it.State.ToString(),
            conversation = it.Conversation.ToString(),
            it.CaseId,
            it.Turn,
            it.CustomerWords,
            it.Text,
            it.Suggested,
            it.Playbook,
            it.Version,
            it.Action,
            it.OrderNumber,
            minor = it.Amount?.Minor,
            currency = it.Amount?.Currency,
            reasons = Columns.Json(it.Reasons),
            unusual = Columns.Json(it.Unusual),
            facts = Columns.Json(it.Facts),
            created = it.CreatedAt.Ms(),
            expires = it.ExpiresAt.Ms(),
            marks = Columns.Json(it.Marks),
            orderKey = it.OrderNumber is { } number ? OrderNumber.Key(number) : null,
            unconfirmed = Columns.Json(it.Unconfirmed),
            it.SeenSeq,
            stake = it.Stake?.ToString(),
        };
}
