using System.Data.Common;
using Dapper;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

/// <summary>A card as it was last shown in the owner chat.</summary>
/// <param name="Kind">What it shows: <c>approval</c>, <c>handoff</c> …; with <paramref name="Id"/> unique.</param>
/// <param name="Conversation">Whose matter it shows; null where it is nobody's, and where what stands there cannot be read: one such row must
/// not keep the others from being shown.</param>
/// <param name="Digest">Of text and buttons, to see whether an edit is due.</param>
/// <param name="IsOpen">It may still change.</param>
/// <param name="LaterUntil">An approver wants to see it again then.</param>
public sealed record ShownCard(
    string Kind,
    string Id,
    ConversationId? Conversation,
    long Chat,
    int Message,
    int? Thread,
    string Digest,
    bool IsOpen,
    DateTimeOffset? LaterUntil,
    DateTimeOffset PostedAt
);

/// <summary>A message of the bot that asks for words: what is replied to it belongs to this.</summary>
/// <param name="Purpose"><c>edit</c> (an approval), <c>answer</c> (a hand-off), <c>reply</c> (a conversation).</param>
/// <param name="Seen">For <c>edit </c> the hash of the content that was in force when it was asked; for the others the digest of what it
/// said has to be
/// confirmed, empty when nothing has.</param>
public sealed record DeskPrompt(string Purpose, string Subject, string Seen);

/// <summary>Where in the owner chat things are shown. It holds no truth: cards are made anew from the other tables.</summary>
public sealed class DeskTable(DbConnection db)
{
    public void Save(ShownCard it) => db.RunUnheard(
        """
        insert into desk_cards (kind, id, conversation, chat, message, thread, digest, is_open, later_until, posted_at)
        values (@Kind, @Id, @conversation, @Chat, @Message, @Thread, @Digest, @open, @later, @posted)
        on conflict (kind, id) do update set chat = excluded.chat, message = excluded.message, thread = excluded.thread, digest = excluded.digest,
            is_open = excluded.is_open, later_until = excluded.later_until, posted_at = excluded.posted_at
        """,
        new
        {
            it.Kind, it.Id, conversation = it.Conversation?.ToString(), it.Chat, it.Message, it.Thread, it.Digest, open = it.IsOpen ? 1 : 0,
            later = it.LaterUntil.Ms(), posted = it.PostedAt.Ms(),
        });

    /// <summary>The cards of a chat that may still change.</summary>
    public IReadOnlyList<ShownCard> Open(long chat) =>
        [
            .. db.Query<Row>("select * from desk_cards where chat = @chat and is_open = 1 order by posted_at, id", new { chat })
                .Select(row => row.Card),
        ];

    public ShownCard? Find(string kind, string id) =>
        db.QuerySingleOrDefault<Row>("select * from desk_cards where kind = @kind and id = @id", new { kind, id })?.Card;

    /// <summary>The card that this message is; null when it is none.</summary>
    public ShownCard? At(long chat, int message) =>
        db.QueryFirstOrDefault<Row>("select * from desk_cards where chat = @chat and message = @message", new { chat, message })?.Card;

    /// <summary>Cards of a chat that were posted after <paramref name="since"/> and not after <paramref name="now"/>: what a clock that was set
    /// back has put into the future counts no more.</summary>
    public int PostedBetween(long chat, DateTimeOffset since, DateTimeOffset now) =>
        db.ExecuteScalar<int>(
            "select count(*) from desk_cards where chat = @chat and posted_at > @since and posted_at <= @now",
            new
            {
                chat,
                since = since.Ms(),
                now = now.Ms(),
            }
        );

    public void ShowLater(string kind, string id, DateTimeOffset until) =>
        db.RunUnheard(
            "update desk_cards set later_until = @until where kind = @kind and id = @id and is_open = 1", new { kind, id, until = until.Ms() });

    /// <summary>Answers drawn for a spot-check, or in doubt, that left and have not been shown in this chat, oldest first.</summary>
    public IReadOnlyList<string> SpotChecksToShow(long chat, DateTimeOffset since, int most) =>
    [
        .. db.Query<string>(
            """
            select id from (
                select * from (select id, done_at from outbox o where spot_check = 1 and state = 'Sent' and done_at > @since
                    and not exists (select 1 from desk_cards d where d.kind = 'spot-check' and d.id = o.id and d.chat = @chat) order by done_at limit @most) drawn
                union all
                select * from (select id, done_at from outbox o where spot_check = 2 and state = 'Sent' and done_at > @since
                    and not exists (select 1 from desk_cards d where d.kind = 'spot-check' and d.id = o.id and d.chat = @chat) order by done_at limit @most) in_doubt) answers
            order by done_at limit @most
            """,
            new { chat, since = since.Ms(), most }),
    ];

    public int? TopicOf(long chat, ConversationId conversation) => (int?)db.ExecuteScalar<long?>(
        "select thread from desk_topics where chat = @chat and conversation = @conversation", new { chat, conversation = conversation.ToString() });

    public void SaveTopic(long chat, ConversationId conversation, int thread) =>
        db.RunUnheard(
            "insert into desk_topics (chat, conversation, thread) values (@chat, @conversation, @thread) on conflict (chat, conversation) do "
                + "update set thread = excluded.thread",
            new
            {
                chat,
                conversation = conversation.ToString(),
                thread,
            }
        );

    public void ForgetTopic(long chat, ConversationId conversation) =>
        db.RunUnheard(
            "delete from desk_topics where chat = @chat and conversation = @conversation", new { chat, conversation = conversation.ToString() });

    /// <summary>The topic of the shop's watch; null when none was opened.</summary>
    public int? OperationsTopic(long chat) => (int?)db.ExecuteScalar<long?>("select thread from operations_topics where chat = @chat", new { chat });

    public void SaveOperationsTopic(long chat, int thread) =>
        db.RunUnheard(
            "insert into operations_topics (chat, thread) values (@chat, @thread) on conflict (chat) do update set thread = excluded.thread",
            new { chat, thread }
        );

    public void ForgetOperationsTopic(long chat) => db.RunUnheard("delete from operations_topics where chat = @chat", new { chat });

    /// <summary>Whose topic this is; null when it is nobody's.</summary>
    public ConversationId? CustomerOf(long chat, int thread) =>
        ConversationId.TryParse(
            db.QueryFirstOrDefault<string>(
                "select conversation from desk_topics where chat = @chat and thread = @thread",
                new { chat, thread }
            ),
            out var id
        )
            ? id
            : null;

    public void SavePrompt(long chat, int message, DeskPrompt prompt) =>
        db.RunUnheard(
            "insert into desk_prompts (chat, message, purpose, subject, seen) values (@chat, @message, @Purpose, @Subject, @Seen) on conflict "
                + "(chat, message) do nothing",
            new
            {
                chat,
                message,
                prompt.Purpose,
                prompt.Subject,
                prompt.Seen,
            }
        );

    public DeskPrompt? Prompt(long chat, int message) =>
        db.QuerySingleOrDefault<DeskPrompt>(
            "select purpose, subject, seen from desk_prompts where chat = @chat and message = @message",
            new { chat, message }
        );

    private sealed record Row(
        string Kind,
        string Id,
        string? Conversation,
        long Chat,
        int Message,
        int? Thread,
        string Digest,
        bool IsOpen,
        DateTimeOffset? LaterUntil,
        DateTimeOffset PostedAt
    )
    {
        public ShownCard Card => new(
            Kind, Id, ConversationId.TryParse(Conversation, out var whose) ? whose : null, Chat, Message, Thread, Digest, IsOpen, LaterUntil,
            PostedAt
        );
    }
}
