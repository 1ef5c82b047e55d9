using System.Data.Common;
using Dapper;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Understanding;

namespace OpsChat.Storage.Tables;

/// <summary>
/// Takes a customer's words and details out of every table. Rows stay where something counts them or refers to them, under a pseudonym
/// that leads nowhere; the audit log itself holds no words, only digests, which mean nothing once their salts are gone.
/// </summary>
public sealed class PrivacyTable(DbConnection db)
{
    /// <summary>The channel part of a pseudonym: nothing is sent there and nobody writes from there.</summary>
    public const string Forgotten = "forgotten";

    /// <summary>What must know neither words nor name: every statement runs for one conversation.</summary>
    private const string EraseWords =
        """
        delete from audit_salts where subject in (select @id union select id from turns where conversation = @id union select turn
            from inbox where conversation = @id);
        delete from audit_keys where conversation = @id;
        delete from desk_prompts where subject in (select id from approvals where conversation = @id union select id from handoffs
            where conversation = @id) or subject = @id;
        delete from desk_topics where conversation = @id;
        delete from internal_notes where conversation = @id;
        delete from handling where conversation = @id;
        delete from changes where conversation = @id;
        delete from pins where conversation = @id;
        delete from proposals where state = 'Open' and id in (select proposal from proposal_cases where conversation = @id);
        update proposals set content = '', reason = null where id in (select proposal from proposal_cases where conversation = @id);
        delete from proposal_cases where proposal not in (select id from proposals);
        update proposal_cases set conversation = @pseudonym where conversation = @id;
        delete from second_steps where conversation = @id;
        delete from temporary_values where conversation = @id or kind = 'Undo';
        delete from model_spend where conversation = @id;
        delete from picture_bytes where id in (select id from pictures where conversation = @id);
        update desk_cards set conversation = @pseudonym, is_open = 1, later_until = null where conversation = @id;
        update todos set text = '', order_number = case when state = 'Open' then order_number end, instruction = case
            when state = 'Open' then instruction end where approval in (select id from approvals where conversation = @id);
        update pictures set conversation = @pseudonym, state = 'Erased', source = null where conversation = @id;
        update inbox set conversation = @pseudonym, channel_id = id, text = '', attachments = '[]', turn = coalesce(turn, 'forgotten')
            where conversation = @id;
        update outbox set conversation = @pseudonym, text = '', answers = '[]', channel_id = null, error = null, order_number = null, spot_check = 0,
            state = case when state in ('Queued', 'Sending') then 'Stopped' else state end where conversation = @id;
        update cases set conversation = @pseudonym, words = '', slots = null, asked = '[]', awaiting = '[]', last_at = opened_at
            where conversation = @id;
        update approvals set conversation = @pseudonym, customer_words = '', text = '', suggested = '', order_number = null,
            order_key = null, reasons = '[]', unusual = '[]', facts = '[]',
            confirmed = '[]', unconfirmed = '[]', marks = '[]', reason = null, state = case when state in ('Pending',
                'Approved') then 'Stopped' else state end where conversation = @id;
        update handoffs set conversation = @pseudonym, customer_words = '', suggestion = null, summary = null, order_facts = null,
            confidence = null, alternatives = '[]', reasons = '[]', marks = '[]', outcome = null,
            closed_at = case when state = 'Open' then @now else closed_at end, state = 'Closed' where conversation = @id;
        update conversations set id = @pseudonym, channel = @channel, customer = @customer, name = null, identity = null, language = 'und',
            taken_over_until = null,
            taken_over_by = null, closed = 1 where id = @id
        """;

    /// <summary>Erases one conversation.</summary>
    /// <returns>False when there is no such conversation.</returns>
    public bool Erase(ConversationId id, ConversationId pseudonym, DateTimeOffset now)
    {
        if (db.ExecuteScalar<long>("select count(*) from conversations where id = @id", new { id = id.ToString() }) == 0)
        {
            return false;
        }

        var key = new
        {
            id = id.ToString(),
            pseudonym = pseudonym.ToString(),
            channel = pseudonym.Channel,
            customer = pseudonym.Customer,
            now = now.Ms(),
        };
        EraseTries(key.id);
        db.RunUnheard(EraseWords, key);
        // Only now: the salts of decisions that nothing else refers to were found by these rows.
        EraseTraces(key.id, key.pseudonym);
        new HostTable(db, null).Forget(id);
        new AlertTable(db).Rename(id, pseudonym);
        new ShopActionTable(db).Forget(id, pseudonym);
        EraseNotices(id);
        EraseSeen(id);
        return true;
    }

    /// <summary>Takes the order out of a to-do that is done, when its customer was forgotten: an open one keeps it, because the shop still owes
    /// it.</summary>
    /// <returns>True when something was erased.</returns>
    public bool EraseDone(string toDo) => db.Affected(
        """
        update todos set order_number = null, instruction = null where id = @toDo and state <> 'Open' and order_number is not null
        and approval in (select id from approvals where conversation like @forgotten)
        """,
        new { toDo, forgotten = Like($"{Forgotten}:") }) > 0;

    /// <summary>
    /// Conversations in which this address was ever given, or for which the channel vouched it. What a conversation knows of its customer is begun
    /// anew with a new matter, so the customer's words are read too; an address of which this one is only a part is another.
    /// </summary>
    public IReadOnlyList<ConversationId> WithEmail(string email)
    {
        var wanted = email.Trim().ToLowerInvariant();
        var known = db.Query<(string Id, string Identity)>("select id, identity from conversations where identity is not null", buffered: false)
            .Where(row => Knows(Columns.Value<IdentityState>(row.Identity), wanted))
            .Select(row => row.Id);
        var written = db.Query<(string Conversation, string Text)>(
                "select conversation, text from inbox where text like '%@%' or text like '%＠%'",
                buffered: false
            )
            .Where(row => EntityExtractor.NamesEmail(row.Text, wanted))
            .Select(row => row.Conversation);
        return [.. known.Concat(written).Distinct(StringComparer.Ordinal).Select(ConversationId.Parse)];
    }

    /// <summary>Conversations that were quiet since before then and for which nobody owes an answer, the oldest first.</summary>
    public IReadOnlyList<ConversationId> QuietSince(DateTimeOffset before, int most) =>
    [
        .. db.Query<string>(
            """
            select id from conversations c where last_at < @before and channel <> 'forgotten'
            and not exists (select 1 from approvals a where a.conversation = c.id and a.state in ('Pending', 'Approved'))
            and not exists (select 1 from handoffs h where h.conversation = c.id and h.state = 'Open') order by last_at limit @most
            """,
            new { before = before.Ms(), most }).Select(ConversationId.Parse),
    ];

    private static bool Knows(IdentityState identity, string email) =>
        identity.Emails.Contains(email) || string.Equals(identity.VouchedEmail, email, StringComparison.OrdinalIgnoreCase);

    /// <summary>Wrong tries name the orders, and digests of the details, that they were made with. With them goes the count of others' tries on the
    /// same; whoever may erase a customer may lift that.</summary>
    private void EraseTries(string id)
    {
        if (db.QuerySingle<string?>("select identity from conversations where id = @id", new { id }) is { } identity)
        {
            var orders = Columns.Value<IdentityState>(identity).TriedKeys.AsEnumerable();
            db.RunUnheard("delete from order_tries where order_number in @orders", new { orders });
        }
    }

    /// <summary>The explanation keeps its figures and reasons, and loses what quotes the customer or the order.</summary>
    private void EraseTraces(string id, string pseudonym)
    {
        foreach (
            var (turn, trace) in db.Query<(string Id, string Trace)>("select id, trace from turns where conversation = @id", new { id })
                .ToList()
        )
        {
            db.RunUnheard("update turns set conversation = @pseudonym, trace = @trace, input = null where id = @turn",
                new { turn, pseudonym, trace = Columns.Json(Columns.Value<Trace>(trace).WithoutWords(pseudonym)) });
        }
    }

    /// <summary>Notices name conversations in their sentences; <c>tg:12</c> is not <c>tg:123</c>.</summary>
    private void EraseNotices(ConversationId id)
    {
        var name = id.ToString();
        foreach (
            var (notice, text) in db.Query<(string Id, string Text)>(
                    "select id, text from notices where text like @name escape '\\'",
                    new { name = "%" + Like(name) }
                )
                .ToList()
        )
        {
            if (Names(text, name))
            {
                db.RunUnheard("delete from notices where id = @notice", new { notice });
            }
        }
    }

    /// <summary>Telegram's messages are known by chat and number; a business account's customer is named connection/chat.</summary>
    private void EraseSeen(ConversationId id)
    {
        var chat = id.Customer[(id.Customer.LastIndexOf('/') + 1)..];
        db.RunUnheard("delete from seen where key like @start escape '\\' or key like @byHand escape '\\' or key like @flood escape '\\'",
            new
            {
                start = Like(new SeenKey(SeenKind.TelegramStart, $"{chat}/").Stored),
                byHand = Like(new SeenKey(SeenKind.WrittenByHand, $"{chat}/").Stored),
                flood = Like(new SeenKey(SeenKind.Flood, $"{id}/").Stored),
            });
        // Whose they are cannot be read either: rather one too many than one too few.
        db.RunUnheard("delete from unread_updates where body like @chat escape '\\'", new { chat = $"%{Like(chat)}" });
    }

    private static bool Names(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            if (at + name.Length == text.Length || !char.IsLetterOrDigit(text[at + name.Length]))
            {
                return true;
            }
        }

        return false;
    }

    private static string Like(string start) => start.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_") + "%";
}
