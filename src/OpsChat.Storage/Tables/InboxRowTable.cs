using System.Data.Common;
using Dapper;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Storage.Tables;

/// <summary>Conversations as the inbox shows them. What is open is read whole, because it is ranked by what is urgent now; the rest page
/// by page.</summary>
public sealed class InboxRowTable(DbConnection db)
{
    private const string MostWords = "240";
    private const int MostShown = 240, LongestWord = 40;

    private const string OfConversation =
        """
        c.id as conversation, c.name, c.identity, c.last_at, c.taken_over_until, c.taken_over_by,
        h.assigned, h.snoozed_until, h.priority, h.tags
        """;

    private const string Matters =
        """
        select 'Approval' as waits, conversation, created_at as since, expires_at as expires, amount_minor, currency, '' as owner, customer_words, case_id, turn, null as confidence
        from approvals where state = 'Pending'
        union all
        select case when suggestion is null then 'Person' else 'Draft' end, conversation, created_at, null, null, null, owner, customer_words, case_id, turn, confidence
        from handoffs where state = 'Open'
        """;

    /// <summary>The latest that a customer was told, unless a person has written since: the promise is then kept.</summary>
    private const string Promise =
        """
        (select o.promised_by from outbox o where o.conversation = m.conversation and o.promised_by is not null
            and o.state in ('Queued', 'Sending', 'Sent', 'Uncertain')
            and not exists (select 1 from outbox p where p.conversation = o.conversation and p.queued > o.queued
                and p.kind in ('Person', 'Approved') and p.state in ('Queued', 'Sending', 'Sent', 'Uncertain'))
            order by o.queued desc limit 1)
        """;

    /// <summary>What was decided since the matter began: a card carries only its latest decision, and a threat is not taken back by the next
    /// message.</summary>
    private const string SinceItBegan = "turns x where x.conversation = m.conversation and (x.at >= m.since or x.id = m.turn)";

    private const string OpenRows =
        $"""
        select {OfConversation}, m.waits, m.since, {Promise} as due, m.expires, m.amount_minor || ' ' || m.currency as at_stake, m.owner,
            case when length(m.customer_words) > {MostWords} then substr(m.customer_words, length(m.customer_words) - {MostWords})
                else m.customer_words end as words,
            m.confidence, k.playbook,
            (select cast(max(case lower(json_extract(x.trace, '$.mood.tone')) when 'angry' then 2 when 'upset' then 1 else 0 end) as text)
                from {SinceItBegan}) as tone,
            case when exists (select 1 from {SinceItBegan} and lower(coalesce(json_extract(x.trace, '$.mood.threat'), 'none')) <> 'none')
                then 1 else 0 end as threatens,
            case when cast(json_extract(t.trace, '$.mood.wantsPerson') as text) in ('1', 'true') then 1 else 0 end as wants_person
        from ({Matters}) m join conversations c on c.id = m.conversation left join handling h on h.conversation = c.id
            left join cases k on k.id = m.case_id left join turns t on t.id = m.turn
        """;

    private const string IsOpen =
        "(exists (select 1 from approvals a where a.conversation = c.id and a.state = 'Pending') or exists (select 1 from handoffs o where "
            + "o.conversation = c.id and o.state = 'Open'))";

    private const string QuietRows =
        $"""
        select {OfConversation}, 'Nothing' as waits, c.last_at as since, '' as owner,
            (select substr(i.text, 1, 240) from inbox i where i.conversation = c.id order by i.seq desc limit 1) as words,
            (select k.playbook from cases k where k.conversation = c.id order by k.last_at desc limit 1) as playbook
        from conversations c left join handling h on h.conversation = c.id
        """;

    /// <summary>A row for each approval and hand-off that is open.</summary>
    public IReadOnlyList<InboxRow> Open(DateTimeOffset now) => Read(db.Query<Row>(OpenRows), now);

    /// <summary>The open matters of these conversations, and a row for each of them that has none.</summary>
    public IReadOnlyList<InboxRow> Of(IReadOnlyCollection<string> ids, DateTimeOffset now) =>
    [
        .. Read(db.Query<Row>($"{OpenRows} where m.conversation in @ids", new { ids }), now),
        .. Read(db.Query<Row>($"{QuietRows} where c.id in @ids and not {IsOpen}", new { ids }), now),
    ];

    /// <summary>Conversations in which nothing is open, the latest first.</summary>
    /// <param name="before">The last row of the page before: its latest message in Unix milliseconds, and its id; null for the first page.</param>
    /// <param name="channel">Null for all; so for the playbook, by which any matter of the conversation counts.</param>
    public IReadOnlyList<InboxRow> Quiet(DateTimeOffset now, (long At, string Id)? before, string? channel, string? playbook, int most) =>
        Read(db.Query<Row>(
        $"""
        {QuietRows}
        where c.channel <> 'forgotten' and not {IsOpen}
            {(before is null ? "" : "and c.last_at <= @at and (c.last_at < @at or c.id > @id)")}
            {(channel is null ? "" : "and c.channel = @channel")}
            {(playbook is null ? "" : "and exists (select 1 from cases k where k.conversation = c.id and k.playbook = @playbook)")}
        order by c.last_at desc, c.id limit @most
        """,
        new { at = before?.At, id = before?.Id, channel, playbook, most }), now);

    /// <summary>Where people wait for the customer: taken over or put off, and nothing is open.</summary>
    public IReadOnlyList<InboxRow> Held(DateTimeOffset now, int most) => Read(db.Query<Row>(
        $"""
        {QuietRows} where (c.taken_over_until > @now or h.snoozed_until > @now) and not {IsOpen} order by c.last_at desc limit @most
        """,
        new { now = now.Ms(), most }), now);

    /// <summary>Cards that wait, whatever their conversations.</summary>
    public (long Approvals, long HandOffs) Cards() => db.QuerySingle<(long, long)>(
        "select (select count(*) from approvals where state = 'Pending'), (select count(*) from handoffs where state = 'Open')");

    /// <summary>In how many conversations something is open and not put off: as many as <see cref="Open"/> has without those.</summary>
    public int Waiting(DateTimeOffset now) => db.ExecuteScalar<int>(
        """
        select count(*) from (select conversation from approvals where state = 'Pending' union select conversation from handoffs where state = 'Open') m
            join conversations c on c.id = m.conversation left join handling h on h.conversation = m.conversation
        where h.snoozed_until is null or h.snoozed_until <= @now
        """,
        new { now = now.Ms() }
    );

    private static List<InboxRow> Read(IEnumerable<Row> rows, DateTimeOffset now) => [.. rows.Select(row => row.ToInboxRow(now))];

    private sealed record Row(
        ConversationId Conversation,
        string? Name,
        IdentityState? Identity,
        DateTimeOffset LastAt,
        DateTimeOffset? TakenOverUntil,
        string? TakenOverBy,
        string? Assigned,
        DateTimeOffset? SnoozedUntil,
        Priority Priority,
        IReadOnlyList<string>? Tags,
        WaitsFor Waits,
        DateTimeOffset Since,
        DateTimeOffset? Due,
        DateTimeOffset? Expires,
        Money? AtStake,
        string? Owner,
        string? Words,
        double? Confidence,
        string? Playbook,
        string? Tone,
        bool Threatens,
        bool WantsPerson)
    {
        /// <summary>Words that were cut begin with a whole one, wherever the language has spaces.</summary>
        private static string Whole(string words) =>
            words.Length <= MostShown ? words
            : words.IndexOfAny([' ', '\n'], 0, LongestWord) is >= 0 and var end ? $"…{words[(end + 1)..]}"
            : $"…{words[(char.IsLowSurrogate(words[1]) ? 2 : 1)..]}";

        public InboxRow ToInboxRow(DateTimeOffset now) =>
            new()
            {
                Conversation = Conversation,
                Name = Name,
                Proven = Identity?.Proven ?? [],
                For = Waits,
                Matters = Waits == WaitsFor.Nothing ? 0 : 1,
                Playbook = Playbook ?? "",
                Words = Whole(Words ?? ""),
                Mood = Enum.TryParse<Tone>(Tone, ignoreCase: true, out var tone) ? tone : OpsChat.Understanding.Tone.Calm,
                Threatens = Threatens,
                WantsPerson = WantsPerson,
                AtStake = AtStake,
                Since = Since,
                Due = Due,
                Expires = Expires,
                Confidence = Confidence,
                To = Owner ?? "",
                LastAt = LastAt,
                TakenOverBy = TakenOverUntil > now ? TakenOverBy : null,
                Handling = new(Assigned, SnoozedUntil > now ? SnoozedUntil : null, Priority, Tags ?? []),
            };
    }
}
