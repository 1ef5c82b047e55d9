using Dapper;
using Microsoft.Data.Sqlite;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>Messages and their decisions, from admission to the customer's chat. Each check names what breaks its promise; nothing when it
/// holds.</summary>
static class MessageChecks
{
    public static IEnumerable<string> Lost(SqliteConnection db, IReadOnlyList<Acknowledged> acknowledged)
    {
        var admitted = db.Query<(string Id, string Conversation, string ChannelId, string? Turn)>(
                "select id, conversation, channel_id, turn from inbox"
            )
            .ToDictionary(r => r.Id);
        foreach (var one in acknowledged)
        {
            if (!admitted.TryGetValue(one.MessageId, out var row) || row.Conversation != $"api:{one.Customer}" || row.ChannelId != one.SentId)
            {
                yield return $"{one.SentId} of {one.Customer} is not there as {one.MessageId}";
            }
            else if (row.Turn is null)
            {
                yield return $"{one.MessageId} is undecided";
            }
        }
    }

    public static IEnumerable<string> RepliedTwice(SqliteConnection db) => db.Query<string>(
        "select turn from outbox where turn is not null and kind in ('Answer', 'Question', 'Acknowledgement') group by turn having count(*) > 1");

    public static IEnumerable<string> HeldTwice(SqliteConnection db) =>
        db.Query<string>("select turn from outbox where kind = 'Holding' group by turn having count(*) > 1");

    /// <summary>A decision may stand alone only when a newer message superseded its answer before that left.</summary>
    public static IEnumerable<string> DecidedOnce(SqliteConnection db) => db.Query<string>(
        """
        select i.turn from (select distinct turn from inbox where turn is not null) i
        left join (select subject, count(*) as n from audit where kind = 'decision' group by subject) a on a.subject = i.turn
        where coalesce(a.n, 0) <> 1
        union all
        select a.subject from audit a where kind = 'decision' and not exists (select 1 from inbox i where i.turn = a.subject)
            and not exists (select 1 from outbox o where o.turn = a.subject and o.state = 'Superseded')
        """);

    /// <summary>Turns without what their verdict calls for. A turn that OpsChat gave up has no trace, but a hand-off.</summary>
    public static IEnumerable<string> Unanswered(SqliteConnection db) =>
        db.Query<string>(
            """
            select i.turn || ' (' || coalesce(t.verdict, 'given up') || ')' from (select distinct turn from inbox
                where turn is not null) i left join turns t on t.id = i.turn
            where case
                when t.id is null then not exists (select 1 from handoffs h where h.turn = i.turn)
                when t.verdict in ('Send', 'AskCustomer') then not exists (select 1 from outbox o where o.turn = t.id
                    and o.kind in ('Answer', 'Question', 'Acknowledgement')
                    and o.state in ('Sent', 'Uncertain', 'Refused'))
                when t.verdict = 'AskOwner' then not exists (select 1 from approvals a where a.case_id = t.case_id)
                when t.verdict = 'HandOff' then not exists (select 1 from handoffs h where h.case_id = t.case_id)
                else not exists (select 1 from conversations c where c.id = t.conversation and c.taken_over_until is not null)
                    and not exists (select 1 from handoffs h where h.case_id = t.case_id) and not exists (select 1 from approvals a
                        where a.case_id = t.case_id)
                end
            """
        );

    /// <summary>Lines that a reader who never goes back did not get.</summary>
    public static IEnumerable<string> Unread(SqliteConnection db, IReadOnlyList<SeenByCursor> readers) =>
        readers.SelectMany(reader =>
            db.Query<long>(
                    "select seq from inbox where conversation = @id union all select seq from outbox where conversation = @id and state = 'Sent'",
                    new { id = $"api:{reader.Customer}" }
                )
                .Where(place => !reader.Places.Contains(place))
                .Select(place => $"line {place} of {reader.Customer}")
        );

    public static IEnumerable<string> Chats(SqliteConnection db, IReadOnlyList<ChatSeen> chats)
    {
        foreach (var chat in chats)
        {
            var conversation = $"tg:{chat.Customer}";
            var admitted = db.ExecuteScalar<int>("select count(*) from inbox where conversation = @conversation", new { conversation });
            var sent = db.ExecuteScalar<int>(
                "select count(*) from outbox where conversation = @conversation and state = 'Sent'",
                new { conversation }
            );
            var uncertain = db.ExecuteScalar<int>(
                "select count(*) from outbox where conversation = @conversation and state = 'Uncertain'",
                new { conversation }
            );
            if (admitted != chat.Written)
            {
                yield return $"{conversation} wrote {chat.Written} messages, {admitted} came in";
            }

            if (chat.Received < sent || chat.Received > sent + uncertain)
            {
                yield return $"{conversation} shows {chat.Received} messages for {sent} sent and {uncertain} uncertain";
            }
        }
    }

    /// <param name="told">How often the owner chat was told of one; null when there is none.</param>
    public static IEnumerable<string> Uncertain(SqliteConnection db, int? told)
    {
        var (messages, notices) = (
            db.ExecuteScalar<int>("select count(*) from outbox where state = 'Uncertain'"),
            db.ExecuteScalar<int>(
                "select count(*) from notices where kind = 'delivery' and text like @start",
                new { start = StoreCheck.UncertainNotice + "%" }
            )
        );
        // What a person settled is in doubt no more, and what was sent again may be in doubt anew.
        var settled = db.ExecuteScalar<int>(
            "select count(*) from audit where kind = 'approval' and json_extract(data, '$.verb') in ('it arrived', 'send again')"
        );
        if (messages + settled != notices)
        {
            yield return $"{messages} uncertain messages, {settled} settled ones, {notices} notices";
        }

        if (told < notices)
        {
            yield return $"{notices} notices, {told} in the owner chat";
        }
    }
}
