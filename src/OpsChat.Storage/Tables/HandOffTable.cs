using System.Data.Common;
using Dapper;
using OpsChat.Approvals;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

public sealed class HandOffTable(DbConnection db, AuditedRowsTable audited)
{
    public HandOff? Find(string id) => db.QuerySingleOrDefault<Row>("select * from handoffs where id = @id", new { id })?.ToHandOff();

    /// <summary>Newest first; every state when <paramref name="state"/> is null.</summary>
    public IReadOnlyList<HandOff> List(HandOffState? state, int most) =>
        [
            .. db.Query<Row>(
                    $"select * from handoffs {(state is null ? "" : "where state = @state")} order by at desc limit @most",
                    new { state = state?.ToString(), most }
                )
                .Select(r => r.ToHandOff()),
        ];

    /// <summary>The open hand-offs of a conversation, newest first.</summary>
    public IReadOnlyList<HandOff> OpenOf(ConversationId conversation) =>
        [
            .. db.Query<Row>(
                    "select * from handoffs where conversation = @conversation and state = 'Open' order by at desc",
                    new { conversation = conversation.ToString() }
                )
                .Select(r => r.ToHandOff()),
        ];

    public void Save(HandOff it)
    {
        db.Run(
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

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Conversation { get; init; } = "";
        public string Case_id { get; init; } = "";
        public string Turn { get; init; } = "";
        public string Customer_words { get; init; } = "";
        public string? Suggestion { get; init; }
        public string Reasons { get; init; } = "[]";
        public string Owner { get; init; } = "";
        public string Arm { get; init; } = "";
        public long Would_send { get; init; }
        public string State { get; init; } = "";
        public long Created_at { get; init; }
        public long At { get; init; }
        public string? Closed_by { get; init; }
        public long? Closed_at { get; init; }
        public string? Outcome { get; init; }
        public string Marks { get; init; } = "[]";
        public string Doubts { get; init; } = "[]";
        public string? Summary { get; init; }
        public double? Confidence { get; init; }
        public string Alternatives { get; init; } = "[]";
        public string? Order_facts { get; init; }

        public HandOff ToHandOff() => new()
        {
            Id = Id,
            Conversation = ConversationId.Parse(Conversation),
            CaseId = Case_id,
            Turn = Turn,
            CustomerWords = Customer_words,
            Suggestion = Suggestion,
            Summary = Summary,
            Confidence = Confidence,
            Alternatives = Columns.List<AlternativeDraft>(Alternatives),
            Reasons = CardReasonColumn.Read(Reasons),
            Order = Order_facts is null ? null : Columns.Value<OrderOnCard>(Order_facts),
            To = Owner,
            Arm = Arm,
            WouldSend = Would_send != 0,
            State = Enum.Parse<HandOffState>(State),
            CreatedAt = Created_at.Time(),
            At = At.Time(),
            ClosedBy = Closed_by,
            ClosedAt = Closed_at.Time(),
            Outcome = Outcome,
            Marks = Columns.List<string>(Marks),
            Doubts = Columns.List<Doubt>(Doubts),
        };
    }
}
