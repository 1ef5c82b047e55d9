using System.Data.Common;
using Dapper;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

public sealed class InboxTable(DbConnection db, AuditedRowsTable audited)
{
    /// <summary>Admits a message once: a channel message id that this conversation has shown before gives the id it got then.</summary>
    public Admission Admit(InboundMessage message, string id)
    {
        var conversation = message.Conversation.ToString();
        var known = db.QuerySingleOrDefault<string>(
            "select id from inbox where conversation = @conversation and channel_id = @channelId",
            new { conversation, channelId = message.ChannelMessageId }
        );
        if (known is not null)
        {
            return new Admission.Repeated(known);
        }

        if (Unchanged(message) is { } same)
        {
            return new Admission.Repeated(same);
        }

        var seq = new ConversationTable(db).NextSeq(message.Conversation, message.CustomerName, message.ReceivedAt);
        db.RunUnheard(
            "insert into inbox (id, conversation, seq, channel_id, text, attachments, received_at) values (@id, @conversation, @seq, "
                + "@channelId, @text, @attachments, @at)",
            new
            {
                id,
                conversation,
                seq,
                channelId = message.ChannelMessageId,
                text = message.Text.Value,
                attachments = Columns.Json(message.Attachments),
                at = message.ReceivedAt.Ms(),
            }
        );
        new PictureTable(db).Add(message, id);
        return new Admission.Admitted(id, seq);
    }

    /// <summary>The message of which this is an edit, or its latest edit, when it says the same; a first reaction to a message sends such an
    /// edit.</summary>
    private string? Unchanged(InboundMessage edit)
    {
        if (edit.EditOf is not { } original)
        {
            return null;
        }

        var (id, text, attachments) = db.QueryFirstOrDefault<(string? Id, string Text, string Attachments)>(
            """
            select id, text, attachments from inbox where conversation = @conversation
            and (channel_id = @original or substr(channel_id, 1, length(@original) + 2) = @original || '/e') order by seq desc limit 1
            """,
            new { conversation = edit.Conversation.ToString(), original });
        return id is not null && text == edit.Text.Value && attachments == Columns.Json(edit.Attachments) ? id : null;
    }

    /// <summary>The messages of a conversation that have no decision yet, in order.</summary>
    public IReadOnlyList<InboxMessage> Undecided(ConversationId conversation) =>
        [
            .. db.Query<InboxMessage>(
                "select * from inbox where conversation = @conversation and turn is null order by seq",
                new { conversation = conversation.ToString() }
            ),
        ];

    /// <summary>Gives the messages their decision.</summary>
    public void Decide(ConversationId conversation, long upToSeq, string turn)
    {
        db.RunUnheard(
            "update inbox set turn = @turn where conversation = @conversation and seq <= @upToSeq and turn is null",
            new { conversation = conversation.ToString(), upToSeq, turn });
        audited.Wrote(AuditedKind.Turn, turn);
    }

    /// <summary>True when a message came after <paramref name="seq"/>.</summary>
    public bool HasNewerThan(ConversationId conversation, long seq) => db.ExecuteScalar<long>(
        "select count(*) from inbox where conversation = @conversation and seq > @seq", new { conversation = conversation.ToString(), seq }) > 0;

    /// <summary>True when every one of these messages is there and has no decision yet.</summary>
    public bool AreUndecided(IReadOnlyList<string> ids) =>
        db.ExecuteScalar<long>("select count(*) - count(turn) from inbox where id in @ids", new { ids = ids.AsEnumerable() }) == ids.Count;

    /// <summary>The place of the last line that is decided; 0 when none is.</summary>
    public long LastDecided(ConversationId conversation) =>
        db.ExecuteScalar<long>(
            "select coalesce(max(seq), 0) from inbox where conversation = @conversation and turn is not null",
            new { conversation = conversation.ToString() }
        );

    /// <summary>The decision of a message, or null when it has none yet or is unknown.</summary>
    public string? TurnOf(string messageId) => db.QuerySingleOrDefault<string>("select turn from inbox where id = @messageId", new { messageId });

    /// <summary>Takes the decision back from the messages of a turn, so that they are answered together with what came after.</summary>
    public void Reopen(string turn)
    {
        db.RunUnheard("update inbox set turn = null where turn = @turn", new { turn });
        audited.Wrote(AuditedKind.Turn, turn);
    }

    public IReadOnlyList<InboxMessage> OfTurn(string turn) =>
        [.. db.Query<InboxMessage>("select * from inbox where turn = @turn order by seq", new { turn })];
}
