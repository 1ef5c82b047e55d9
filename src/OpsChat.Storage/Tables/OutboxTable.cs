using System.Data.Common;
using Dapper;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

/// <param name="host">The host that sends, where several are at work on the store.</param>
public sealed class OutboxTable(DbConnection db, AuditedRowsTable audited, string? host)
{
    private const string Select =
        """
        select id, conversation, seq, sender as "from", kind, text, turn, case_id, also_cases, answers, approval, approval_hash, order_number,
            notice, spot_check = 1 as is_spot_check, state, attempts, parts_sent, (may_have_left <> 0 or parts_sent > 0) as may_have_left,
            next_try_at, created_at, error
        from outbox
        """;

    // The condition of the index of what has not left yet. A sentence that says it in other words, as with one of the states alone, reads all rows.
    private const string NotLeft = "state in ('Queued', 'Sending')";

    private const string MayLeave =
        """
        state = 'Queued' and (select channel from conversations c where c.id = o.conversation) not in @full
        and (@withChecked or (kind <> 'Approved' and notice is null))
        and not exists (select 1 from outbox e where e.conversation = o.conversation and e.queued < o.queued and e.state in ('Queued', 'Sending'))
        """;

    /// <summary>
    /// Queues a message for its channel, behind the conversation's others. Its place among both sides' lines it gets when it leaves: readers go
    /// on from the last line they saw, and one that became visible before theirs would never be read.
    /// </summary>
    public OutboxMessage Add(OutboxMessage message)
    {
        var conversations = new ConversationTable(db);
        var queued = conversations.NextQueued(message.Conversation, message.CreatedAt);
        var seq = message.State == OutboxState.Queued ? 0 : conversations.NextSeq(message.Conversation, null, message.CreatedAt);
        db.RunUnheard(
            """
            insert into outbox (id, conversation, seq, queued, sender, kind, text, turn, case_id, also_cases, answers, approval,
                approval_hash, order_number, notice, promised_by, spot_check, state, next_try_at, created_at)
            values (@Id, @conversation, @seq, @queued, @from, @kind, @Text, @Turn, @CaseId, @also, @answers, @Approval, @ApprovalHash,
                @OrderNumber, @Notice, @promised, @spotCheck, @state, @next, @created)
            """,
            new
            {
                message.Id,
                conversation = message.Conversation.ToString(),
                seq,
                queued,
                from = message.From.ToString(),
                kind = message.Kind.ToString(),
                message.Text,
                message.Turn,
                message.CaseId,
                also = Columns.Json(message.AlsoCases),
                answers = Columns.Json(message.Answers),
                message.Approval,
                message.ApprovalHash,
                message.OrderNumber,
                message.Notice,
                promised = message.PromisedBy.Ms(),
                spotCheck = message.IsSpotCheck ? 1 : 0,
                state = message.State.ToString(),
                next = message.NextTryAt.Ms(),
                created = message.CreatedAt.Ms(),
            }
        );
        audited.Wrote(AuditedKind.Message, message.Id);
        return message with { Seq = seq };
    }

    public OutboxMessage? Find(string id) => db.QuerySingleOrDefault<OutboxMessage>($"{Select} where id = @id", new { id });

    /// <summary>Digests of the agent's answers to a conversation since then that left, or are on their way; each answer of a joined message has its
    /// own.</summary>
    public IReadOnlyList<string> AnsweredSince(ConversationId conversation, DateTimeOffset since) =>
        [
            .. db.Query<OutboxMessage>(
                    $"{Select} where conversation = @conversation and kind = 'Answer' and created_at >= @since and state in "
                        + "('Queued', 'Sending', 'Sent', 'Uncertain')",
                    new { conversation = conversation.ToString(), since = since.Ms() }
                )
                .SelectMany(message => message.Answers.Count > 0 ? message.Answers : [Turn.DigestOf(message.Text)])
                .Distinct(),
        ];

    /// <summary>
    /// What is due, oldest first; of each conversation only its first unsent message, so that order is kept. A message that was not tried yet is due
    /// whatever the clock says, which may have been set back since it was written.
    /// </summary>
    /// <param name="full">Channels that take nothing more right now.</param>
    /// <param name="withChecked">False while approved texts and notices are being looked at before they leave.</param>
    public IReadOnlyList<OutboxMessage> Due(DateTimeOffset now, int most, IReadOnlyList<string> full, bool withChecked = true) =>
    [
        .. db.Query<OutboxMessage>(
            $"{Select} o where {MayLeave} and (next_try_at <= @now or attempts = 0) order by next_try_at, created_at limit @most",
            new { now = now.Ms(), most, full = full.AsEnumerable(), withChecked }),
    ];

    /// <summary>What a conversation has not received yet, in the order in which it is to leave.</summary>
    public IReadOnlyList<OutboxMessage> Unsent(ConversationId conversation) =>
        [
            .. db.Query<OutboxMessage>(
                $"{Select} where conversation = @conversation and {NotLeft} order by queued",
                new { conversation = conversation.ToString() }
            ),
        ];

    /// <summary>When the next message is due; null when nothing waits, or only for what is on its way.</summary>
    public DateTimeOffset? NextDue(IReadOnlyList<string> full, bool withChecked = true) => db.ExecuteScalar<long?>(
        $"select min(case when attempts = 0 then 0 else next_try_at end) from outbox o where {MayLeave}",
        new { full = full.AsEnumerable(), withChecked }).Time();

    /// <summary>A queued message leaves, and takes its place unless an earlier try gave it one. Null when it is not queued any more.</summary>
    public OutboxMessage? Leave(OutboxMessage message, OutboxState to, DateTimeOffset now)
    {
        if (!Move(message.Id, OutboxState.Queued, to, now))
        {
            return null;
        }

        var placed = message.Seq > 0 ? message : message with { Seq = new ConversationTable(db).NextSeq(message.Conversation, null, now) };
        db.RunUnheard("update outbox set seq = @Seq where id = @Id", new { placed.Seq, placed.Id });
        return placed;
    }

    /// <summary>Moves a message from one state to another; false when it is no longer in that state.</summary>
    public bool Move(string id, OutboxState from, OutboxState to, DateTimeOffset now, string? channelId = null, string? error = null) =>
        db.Affected(
            """
            update outbox set state = @to, channel_id = coalesce(@channelId, channel_id), error = @error,
                host = case when @to = 'Sending' then @host end,
                done_at = case when @to in ('Queued', 'Sending') then done_at else @now end, attempts = attempts + case
                    when @to = 'Sending' then 1 else 0 end
            where id = @id and state = @from
            """,
            new
            {
                id,
                from = from.ToString(),
                to = to.ToString(),
                now = now.Ms(),
                channelId,
                error,
                host,
            }
        ) == 1;

    /// <summary>One of which nobody knows whether it left goes out once more. It gets a new place, or readers who are past the old one
    /// never see it.</summary>
    /// <returns>False when it is not in doubt.</returns>
    public bool SendAgain(string id, DateTimeOffset now) => db.Affected(
        "update outbox set state = 'Queued', seq = 0, error = null, next_try_at = @now, may_have_left = 1 where id = @id and state = 'Uncertain'",
        new { id, now = now.Ms() }) == 1;

    /// <summary>One of which nobody knew whether it left is with the customer after all. It gets a new place too: a transcript did not show it
    /// before, and whoever read on meanwhile is past the old one.</summary>
    /// <returns>False when it is not in doubt any more.</returns>
    public bool Arrive(OutboxMessage message, DateTimeOffset now)
    {
        if (!Move(message.Id, OutboxState.Uncertain, OutboxState.Sent, now))
        {
            return false;
        }

        var seq = new ConversationTable(db).NextSeq(message.Conversation, null, now);
        db.RunUnheard("update outbox set seq = @seq where id = @Id", new { seq, message.Id });
        return true;
    }

    public void Postpone(string id, DateTimeOffset until, string error) =>
        db.RunUnheard(
            "update outbox set state = 'Queued', next_try_at = @until, error = @error where id = @id and state = 'Sending'",
            new
            {
                id,
                until = until.Ms(),
                error,
            }
        );

    /// <summary>What this host has marked as on its way, and has certainly not handed over, is due again. What another one sends stays.</summary>
    public void PutBack(string id, DateTimeOffset now) =>
        db.RunUnheard(
            "update outbox set state = 'Queued', next_try_at = @now where id = @id and state = 'Sending' and host is not distinct from @host",
            new { id, now = now.Ms(), host }
        );

    /// <summary>A part of a long text left; the message waits for its next part.</summary>
    public bool Continue(string id, int partsSent, string? channelId, DateTimeOffset now) =>
        db.Affected(
            "update outbox set state = 'Queued', parts_sent = @partsSent, channel_id = coalesce(@channelId, channel_id), next_try_at = "
                + "@now where id = @id and state = 'Sending'",
            new
            {
                id,
                partsSent,
                channelId,
                now = now.Ms(),
            }
        ) == 1;

    /// <summary>What was being sent by a host that is no more: nobody knows of it whether it left. Where one host has the store alone, that is all
    /// that is being sent when it starts.</summary>
    public IReadOnlyList<OutboxMessage> Abandoned() =>
        [
            .. db.Query<OutboxMessage>(
                $"{Select} where {NotLeft} and state = 'Sending'"
                    + (host is null ? "" : " and not exists (select 1 from opschat_hosts h where h.id = outbox.host)")
            ),
        ];

    /// <summary>A conversation's approved texts that are to leave, or are being sent.</summary>
    public IReadOnlyList<OutboxMessage> OfApprovalsOnTheirWay(ConversationId conversation) =>
        [
            .. db.Query<OutboxMessage>(
                $"{Select} where conversation = @conversation and {NotLeft} and approval is not null order by queued",
                new { conversation = conversation.ToString() }
            ),
        ];

    /// <summary>The message with the text of an approval; null while there is none.</summary>
    public OutboxMessage? OfApproval(string approval) =>
        db.QueryFirstOrDefault<OutboxMessage>($"{Select} where approval = @approval order by created_at desc", new { approval });

    /// <summary>Automatic answers of a conversation of which nothing has left yet.</summary>
    public IReadOnlyList<OutboxMessage> UnsentAnswers(ConversationId conversation) =>
        [
            .. db.Query<OutboxMessage>(
                $"{Select} where conversation = @conversation and {NotLeft} and state = 'Queued' and parts_sent = 0 "
                    + "and kind = 'Answer'",
                new { conversation = conversation.ToString() }
            ),
        ];

    /// <summary>True when a person wrote to the customer after <paramref name="since"/>.</summary>
    public bool PersonWroteSince(ConversationId conversation, DateTimeOffset since) => db.ExecuteScalar<long>(
        "select count(*) from outbox where conversation = @conversation and kind = 'Person' and created_at > @since and state <> 'Superseded'",
        new { conversation = conversation.ToString(), since = since.Ms() }) > 0;

    /// <summary>What a person wrote to the customer last, after <paramref name="since"/>; null when nobody did.</summary>
    public string? LastOfAPerson(ConversationId conversation, DateTimeOffset since) => db.QueryFirstOrDefault<string?>(
        """
        select text from outbox where conversation = @conversation and kind = 'Person' and created_at > @since and state <> 'Superseded'
        order by created_at desc, queued desc limit 1
        """,
        new { conversation = conversation.ToString(), since = since.Ms() });

    /// <summary>A person is asked about the case's latest answer, because the customer's next words leave it in doubt. It was not drawn at random,
    /// and counts as no draw.</summary>
    public void AskAbout(string caseId) => db.RunUnheard(
        """
        update outbox set spot_check = 2 where spot_check = 0 and id = (
            select id from outbox where case_id = @caseId and kind = 'Answer' and state = 'Sent' order by seq desc limit 1)
        """,
        new { caseId });

    /// <summary>Answers that left since then and that a person is asked about because they are in doubt, oldest first.</summary>
    public IReadOnlyList<OutboxMessage> InDoubt(DateTimeOffset since) =>
        [
            .. db.Query<OutboxMessage>(
                $"{Select} where spot_check = 2 and state = 'Sent' and done_at > @since order by done_at",
                new { since = since.Ms() }
            ),
        ];

    /// <summary>What people wrote to a conversation since then, by hand or as an approved text, in order.</summary>
    public IReadOnlyList<OutboxMessage> OfPeople(ConversationId conversation, DateTimeOffset since) =>
        [
            .. db.Query<OutboxMessage>(
                $"{Select} where conversation = @conversation and created_at >= @since and kind in ('Person', 'Approved') "
                    + "order by created_at, queued",
                new { conversation = conversation.ToString(), since = since.Ms() }
            ),
        ];

    public IReadOnlyList<OutboxMessage> OfTurn(string turn) =>
        [.. db.Query<OutboxMessage>($"{Select} where turn = @turn order by queued", new { turn })];
}
