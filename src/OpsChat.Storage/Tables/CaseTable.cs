using System.Data.Common;
using Dapper;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

public sealed class CaseTable(DbConnection db)
{
    /// <summary>The conversation's cases that are not quiet yet, newest first.</summary>
    public IReadOnlyList<Case> Open(ConversationId conversation, DateTimeOffset now) =>
    [
        .. db.Query<Case>(
            "select * from cases where conversation = @conversation and last_at > @since order by last_at desc, opened_at desc",
            new { conversation = conversation.ToString(), since = (now - Case.Quiet).Ms() }),
    ];

    /// <summary>The matters with a playbook that were opened since then, oldest first.</summary>
    public IReadOnlyList<Case> OpenedSince(DateTimeOffset since) =>
        [
            .. db.Query<Case>(
                "select * from cases where opened_at >= @since and playbook <> '' order by opened_at, id",
                new { since = since.Ms() }
            ),
        ];

    /// <summary>All matters of a conversation, the latest first.</summary>
    public IReadOnlyList<Case> Of(ConversationId conversation, int most) =>
        [
            .. db.Query<Case>(
                "select * from cases where conversation = @conversation order by last_at desc limit @most",
                new { conversation = conversation.ToString(), most }
            ),
        ];

    public Case? Find(string id) => db.QuerySingleOrDefault<Case>("select * from cases where id = @id", new { id });

    /// <summary>A message went out: the quiet that ends the case begins anew.</summary>
    public void Touch(string id, DateTimeOffset now) =>
        db.RunUnheard("update cases set last_at = @now where id = @id and last_at < @now", new { id, now = now.Ms() });

    public void Save(Case it) =>
        db.RunUnheard(
            """
            insert into cases (id, conversation, playbook, version, words, moves_money, asked, awaiting, questions, holding_sent,
                opened_at, last_at, slots, reminded_at)
            values (@Id, @conversation, @Playbook, @Version, @Words, @money, @asked, @awaiting, @Questions, @holding, @opened, @last,
                @slots, @reminded)
            on conflict (id) do update set playbook = excluded.playbook, version = excluded.version, words = excluded.words,
                moves_money = excluded.moves_money, asked = excluded.asked, awaiting = excluded.awaiting,
                questions = excluded.questions, holding_sent = excluded.holding_sent, last_at = excluded.last_at, slots = excluded.slots,
                    reminded_at = excluded.reminded_at
            """,
            new
            {
                it.Id,
                conversation = it.Conversation.ToString(),
                it.Playbook,
                it.Version,
                it.Words,
                money = it.MovesMoney ? 1 : 0,
                asked = Columns.Json(it.Asked),
                awaiting = Columns.Json(it.Awaiting),
                it.Questions,
                holding = it.HoldingSent ? 1 : 0,
                opened = it.OpenedAt.Ms(),
                last = it.LastAt.Ms(),
                slots = it.Slots == Slots.None ? null : Columns.Json(it.Slots),
                reminded = it.RemindedAt.Ms(),
            }
        );
}
