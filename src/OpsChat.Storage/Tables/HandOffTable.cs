using System.Data.Common;
using Dapper;
using OpsChat.Approvals;
using OpsChat.Decisions;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

/// <summary>A hand-off as a list shows it.</summary>
/// <param name="Playbook">Of its case; null where there is none.</param>
/// <param name="Outcome">Null while it waits for a person.</param>
public sealed record ListedHandOff(
    ConversationId Conversation, string? Playbook, string CustomerWords, IReadOnlyList<CardReason> Reasons, string? Outcome, DateTimeOffset At);

public sealed class HandOffTable(DbConnection db, AuditedRowsTable audited)
{
    private const string Select = """select *, owner as "to", order_facts as "order" from handoffs""";

    public HandOff? Find(string id) => db.QuerySingleOrDefault<HandOff>($"{Select} where id = @id", new { id });

    /// <summary>Newest first; every state when <paramref name="state"/> is null.</summary>
    public IReadOnlyList<HandOff> List(HandOffState? state, int most) =>
        [
            .. db.Query<HandOff>(
                $"{Select} {(state is null ? "" : "where state = @state")} order by at desc limit @most",
                new { state = state?.ToString(), most }
            ),
        ];

    /// <summary>Those since then, newest first. Each is read when it is looked at, so that whoever takes the first of many holds no others.</summary>
    /// <param name="playbook">Null for all.</param>
    public IEnumerable<ListedHandOff> Newest(DateTimeOffset since, string? playbook) => db.Query<ListedHandOff>(
        """
        select h.conversation, k.playbook, h.customer_words, h.reasons, h.outcome, h.at from handoffs h left join cases k on k.id = h.case_id
        where h.at >= @since and (@playbook is null or k.playbook = @playbook) order by h.at desc
        """,
        new { since = since.Ms(), playbook }, buffered: false);

    /// <summary>The open hand-offs of a conversation, newest first.</summary>
    public IReadOnlyList<HandOff> OpenOf(ConversationId conversation) =>
        [
            .. db.Query<HandOff>(
                $"{Select} where conversation = @conversation and state = 'Open' order by at desc",
                new { conversation = conversation.ToString() }
            ),
        ];

    /// <summary>The conversation's newest hand-offs that do not wait any more, newest first.</summary>
    public IReadOnlyList<HandOff> ClosedOf(ConversationId conversation, int most) =>
        [
            .. db.Query<HandOff>(
                $"{Select} where conversation = @conversation and state <> 'Open' order by at desc limit @most",
                new { conversation = conversation.ToString(), most }
            ),
        ];

    public void Save(HandOff it)
    {
        db.RunUnheard(
            """
            insert into handoffs (id, conversation, case_id, turn, customer_words, suggestion, reasons, owner, arm, would_send, state,
                created_at, at, closed_by, closed_at, outcome, marks, doubts, summary, confidence, alternatives, order_facts)
            values (@Id, @conversation, @CaseId, @Turn, @CustomerWords, @Suggestion, @reasons, @To, @Arm, @would, @state, @created, @at,
                @ClosedBy, @closed, @Outcome, @marks, @doubts, @Summary, @Confidence, @alternatives, @order)
            on conflict (id) do update set turn = excluded.turn, customer_words = excluded.customer_words,
                suggestion = excluded.suggestion, reasons = excluded.reasons,
                owner = excluded.owner, arm = excluded.arm, would_send = excluded.would_send, state = excluded.state, at = excluded.at,
                    closed_by = excluded.closed_by, closed_at = excluded.closed_at,
                outcome = excluded.outcome, marks = excluded.marks, doubts = excluded.doubts, summary = excluded.summary,
                    confidence = excluded.confidence, alternatives = excluded.alternatives, order_facts = excluded.order_facts
            """,
            new
            {
                it.Id,
                conversation = it.Conversation.ToString(),
                it.CaseId,
                it.Turn,
                it.CustomerWords,
                it.Suggestion,
                reasons = Columns.Json(it.Reasons),
                it.To,
                it.Arm,
                would = it.WouldSend ? 1 : 0,
                state = it.State.ToString(),
                created = it.CreatedAt.Ms(),
                at = it.At.Ms(),
                it.ClosedBy,
                closed = it.ClosedAt.Ms(),
                it.Outcome,
                marks = Columns.Json(it.Marks),
                doubts = Columns.Json(it.Doubts),
                it.Summary,
                it.Confidence,
                alternatives = Columns.Json(it.Alternatives),
                order = it.Order is null ? null : Columns.Json(it.Order),
            });
        audited.Wrote(AuditedKind.HandOff, it.Id);
    }
}
