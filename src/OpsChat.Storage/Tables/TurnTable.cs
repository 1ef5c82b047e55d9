using System.Data.Common;
using Dapper;
using OpsChat.Decisions;
using OpsChat.Drafting;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

/// <summary>A stored decision with its explanation.</summary>
public sealed record TurnRow(string Id, ConversationId Conversation, string? CaseId, string Verdict, Trace Trace, DateTimeOffset At);

/// <summary>One row a decision, with its trace.</summary>
public sealed class TurnTable(DbConnection db, AuditedRowsTable audited)
{
    // What a turn says may leave in the transaction that stores it, and then asks for it again.
    private TurnRow? _added;

    /// <summary>An explanation as its column holds it.</summary>
    public static string Written(Trace trace) => Columns.Json(trace);

    /// <param name="input">From which the turn can be decided again; null for a turn that was not decided.</param>
    /// <param name="trace">As <see cref="Written"/> makes it of the turn's; null: it is made here.</param>
    public void Add(TurnRow turn, string? input = null, string? trace = null)
    {
        db.RunUnheard(
            "insert into turns (id, conversation, case_id, verdict, trace, at, input) values (@Id, @conversation, @CaseId, @Verdict, "
                + "@trace, @at, @input)",
            new
            {
                turn.Id,
                conversation = turn.Conversation.ToString(),
                turn.CaseId,
                turn.Verdict,
                trace = trace ?? Written(turn.Trace),
                at = turn.At.Ms(),
                input,
            }
        );
        audited.Wrote(AuditedKind.Turn, turn.Id);
        _added = turn;
    }

    /// <summary>What the decision started from; null when it was not kept, was forgotten, or cannot be read any more.</summary>
    public TurnInput? InputOf(string id) =>
        db.QuerySingleOrDefault<string?>("select input from turns where id = @id", new { id }) is { } json ? TurnInputJson.Read(json) : null;

    /// <summary>The ids of decisions made since then, oldest first.</summary>
    public IReadOnlyList<string> Since(DateTimeOffset since) =>
        [.. db.Query<string>("select id from turns where at >= @since order by at, id", new { since = since.Ms() })];

    /// <summary>What was decided since then, by conversation and time, each with what it started from and the id of its last message.</summary>
    public IEnumerable<(TurnRow Row, TurnInput? Input, string Message)> DecidedSince(DateTimeOffset since) =>
        db.Query<TurnRow, string?, (TurnRow Row, TurnInput? Input)>(
                "select id, conversation, case_id, verdict, trace, at, input from turns where at >= @since order by conversation, at, id",
                (row, input) => (row, input is null ? null : TurnInputJson.Read(input)),
                new { since = since.Ms() },
                buffered: false,
                splitOn: "input"
            )
            .Where(turn => turn.Row.Trace.Messages.Count > 0)
            .Select(turn => (turn.Row, turn.Input, turn.Row.Trace.Messages[^1]));

    public TurnRow? Find(string id) => _added is { } added && added.Id == id
        ? added
        : db.QuerySingleOrDefault<TurnRow>("select id, conversation, case_id, verdict, trace, at from turns where id = @id", new { id });

    /// <summary>The case's latest decision other than this one; null when there is none.</summary>
    public TurnRow? LatestOf(string caseId, string otherThan) =>
        db.QueryFirstOrDefault<TurnRow>(
            "select id, conversation, case_id, verdict, trace, at from turns where case_id = @caseId and id <> @otherThan order by at "
                + "desc limit 1",
            new { caseId, otherThan }
        );

    /// <summary>The conversation's decisions, newest first.</summary>
    public IReadOnlyList<TurnRow> Of(ConversationId conversation, int most) =>
        [
            .. db.Query<TurnRow>(
                "select id, conversation, case_id, verdict, trace, at from turns where conversation = @conversation order by at desc limit @most",
                new { conversation = conversation.ToString(), most }
            ),
        ];

    /// <summary>The model's calls of decisions made since then.</summary>
    public IReadOnlyList<ModelUse> ModelUsesSince(DateTimeOffset since) =>
        [
            // Most decisions ask no model; theirs need not be read.
            .. db.Query<Trace>(
                    """select trace from turns where at >= @since and trace like '%"modelUses":[{%'""",
                    new { since = since.Ms() }
                )
                .SelectMany(trace => trace.ModelUses),
        ];
}
