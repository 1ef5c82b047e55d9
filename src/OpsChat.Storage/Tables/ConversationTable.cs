using System.Data.Common;
using Dapper;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Text;

namespace OpsChat.Storage.Tables;

/// <summary>A conversation in a list.</summary>
/// <param name="Waiting">Its approvals and hand-offs that are open.</param>
/// <param name="LastText">The customer's latest words; null before any.</param>
public sealed record ConversationRow(Conversation It, int Waiting, string? LastText);

/// <summary>Where a page of a list ends. Many conversations may have the same time: the id tells them apart.</summary>
/// <param name="At">When the latest line was written; counts to the millisecond.</param>
public readonly record struct ConversationPlace(DateTimeOffset At, ConversationId Id);

public sealed class ConversationTable(DbConnection db)
{
    /// <summary>So many conversations in which the words stand are looked at, those with the newest lines first.</summary>
    private const int MostFound = 4000;

    /// <summary>The conversation, or null when nobody wrote under that id.</summary>
    public Conversation? Find(ConversationId id) =>
        db.QuerySingleOrDefault<Conversation>("select * from conversations where id = @id", new { id = id.ToString() });

    /// <summary>The conversations that proved to be the customer of that order and can be written to.</summary>
    /// <param name="orderKey">See <see cref="OrderNumber.Key"/>.</param>
    public IReadOnlyList<Conversation> WhoProved(string orderKey) =>
    [
        .. db.Query<Conversation>("select * from conversations where closed = 0 and identity like @like", new { like = $"%\"{orderKey}\"%" })
            .Where(c => c.Identity.Proven.Contains(orderKey)),
    ];

    /// <summary>Opens the conversation if it is new, and takes its next sequence number.</summary>
    public long NextSeq(ConversationId id, string? name, DateTimeOffset now) => db.ExecuteScalar<long>(
        """
        insert into conversations (id, channel, customer, name, next_seq, created_at, last_at) values (@id, @Channel, @Customer, @name, 2, @now, @now)
        on conflict (id) do update set next_seq = conversations.next_seq + 1, last_at = @now, name = coalesce(excluded.name, conversations.name)
        returning next_seq - 1
        """,
        new { id = id.ToString(), id.Channel, id.Customer, name, now = now.Ms() });

    /// <summary>Opens the conversation if it is new, and takes the next place in the order in which our lines to it leave.</summary>
    public long NextQueued(ConversationId id, DateTimeOffset now) => db.ExecuteScalar<long>(
        """
        insert into conversations (id, channel, customer, next_queued, created_at, last_at) values (@id, @Channel, @Customer, 2, @now, @now)
        on conflict (id) do update set next_queued = conversations.next_queued + 1, last_at = @now
        returning next_queued - 1
        """,
        new { id = id.ToString(), id.Channel, id.Customer, now = now.Ms() });

    public void SetName(ConversationId id, string? name) =>
        db.RunUnheard("update conversations set name = coalesce(@name, name) where id = @id", new { id = id.ToString(), name });

    public void SetLanguage(ConversationId id, string language) =>
        db.RunUnheard("update conversations set language = @language where id = @id", new { id = id.ToString(), language });

    public void SetIdentity(ConversationId id, IdentityState identity) =>
        db.RunUnheard("update conversations set identity = @identity where id = @id", new { id = id.ToString(), identity = Columns.Json(identity) });

    /// <summary>A person has the conversation until then; null gives it back to the agent.</summary>
    public void SetTakeOver(ConversationId id, DateTimeOffset? until, string? by) =>
        db.RunUnheard(
            "update conversations set taken_over_until = @until, taken_over_by = @by where id = @id",
            new
            {
                id = id.ToString(),
                until = until.Ms(),
                by,
            }
        );

    public void SetClosed(ConversationId id, bool closed) =>
        db.RunUnheard("update conversations set closed = @closed where id = @id", new { id = id.ToString(), closed = closed ? 1 : 0 });

    /// <summary>Tries of all chats to prove that order on that day, after adding <paramref name="more"/>.</summary>
    public int OrderTries(string orderNumber, DateOnly day, int more)
    {
        var key = new { orderNumber, day = day.ToString("yyyy-MM-dd"), more };
        return more == 0
            ? db.ExecuteScalar<int>("select coalesce(sum(tries), 0) from order_tries where order_number = @orderNumber and day = @day", key)
            : db.ExecuteScalar<int>(
                """
                insert into order_tries (order_number, day, tries) values (@orderNumber, @day, @more)
                on conflict (order_number, day) do update set tries = order_tries.tries + @more returning tries
                """, key);
    }

    /// <summary>Conversations of a customer or about an order, or in which the words stand; the latest first.</summary>
    public IReadOnlyList<Conversation> Search(string words, int most) =>
        [
            .. db.Query<Conversation>(
                $"select * from conversations where {Found} or id in (select conversation from approvals where order_key = @order) order by "
                    + "last_at desc limit @most",
                new
                {
                    words,
                    ids = Named(words),
                    order = OrderNumber.Key(words) is { Length: > 0 } key ? key : words,
                    most,
                }
            ),
        ];

    /// <summary>Conversations by their latest message, the newest first, with how many matters of each wait for a person.</summary>
    /// <param name="words">A customer's name or id, an order's number, or words of either side; empty for all.</param>
    /// <param name="state"><c>all</c>, <c>open</c>, <c>waiting</c>, <c>taken-over</c> or <c>closed</c>.</param>
    /// <param name="before">Only those that come after this one; null from the beginning.</param>
    public IReadOnlyList<ConversationRow> Newest(string words, string state, DateTimeOffset now, ConversationPlace? before, int most)
    {
        var filter = state switch
        {
            "closed" => "closed = 1",
            "taken-over" => "closed = 0 and taken_over_until > @now",
            "waiting" => "closed = 0 and waiting > 0",
            "open" => "closed = 0 and waiting = 0 and coalesce(taken_over_until, 0) <= @now",
            _ => "1 = 1",
        };
        return
        [
            .. db.Query<Conversation, long, string?, ConversationRow>(
                $"""
                select * from (
                    select c.*,
                        (select count(*) from approvals a where a.conversation = c.id and a.state = 'Pending') + (select count(*) from handoffs h where h.conversation = c.id and h.state = 'Open') as waiting,
                        (select text from inbox i where i.conversation = c.id order by i.seq desc limit 1) as last_text
                    from conversations c
                    where (@before is null or c.last_at < @before or (c.last_at = @before and c.id < @beforeId)) and (@words = '' or {Found})) known
                where {filter} order by last_at desc, id desc limit @most
                """,
                (it, waiting, lastText) => new(it, (int)waiting, lastText),
                new { words, ids = Named(words), before = before?.At.Ms(), beforeId = before?.Id.ToString(), now = now.Ms(), most },
                splitOn: "waiting,last_text"),
        ];
    }

    /// <summary>A conversation by its own or its customer's whole id, or one of those that the index named.</summary>
    private const string Found =
        "id in (select value from json_each(@ids) union all values (@words), ('web:' || @words), ('api:' || @words), ('telegram:' || @words), "
            + "('terminal:' || @words))";

    private string Named(string words) => Columns.Json(new SearchTable(db).Find(words, MostFound));

    /// <summary>When the latest line of any was written; null when there is none.</summary>
    public DateTimeOffset? LatestAt() => db.ExecuteScalar<long?>("select max(last_at) from conversations").Time();

    public long Count() => db.ExecuteScalar<long>("select count(*) from conversations");

    /// <summary>Both sides' lines after <paramref name="after"/>, in order; what has not been sent yet is left out unless asked for, and comes
    /// last then.</summary>
    public IReadOnlyList<TranscriptLine> Transcript(ConversationId id, long after, int most, bool withUnsent = false) =>
    [
        .. db.Query<TranscriptLine>(
            $"""
            select seq, 'Customer' as "from", text, received_at as at, id, channel_id as sent_as, attachments, 0 as queued
            from inbox where conversation = @id and seq > @after
            union all
            select seq, sender as "from", text, coalesce(done_at, created_at) as at, id, null as sent_as, '[]' as attachments,
                case seq when 0 then queued else 0 end
            from outbox where conversation = @id and {(withUnsent ? "(seq > @after or seq = 0) and state in ('Sent','Queued','Sending','Uncertain')" : "seq > @after and state = 'Sent'")}
            order by queued, seq limit @most
            """,
            new { id = id.ToString(), after, most }),
    ];

    /// <summary>The last <paramref name="count"/> lines, oldest first.</summary>
    public IReadOnlyList<TranscriptLine> LastLines(ConversationId id, int count, bool withUnsent = false)
    {
        var next = db.ExecuteScalar<long>("select next_seq from conversations where id = @id", new { id = id.ToString() });
        return [.. Transcript(id, next - 1 - count, withUnsent ? int.MaxValue : count, withUnsent).TakeLast(count)];
    }
}
