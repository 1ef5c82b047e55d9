using System.Data.Common;
using Dapper;
using OpsChat.Messages;

namespace OpsChat.Storage.Tables;

/// <summary>What people keep about conversations among themselves: whose it is, when to look again, tags, notes; and their own filters.</summary>
public sealed class HandlingTable(DbConnection db)
{
    public Handling Of(ConversationId id) =>
        db.QuerySingleOrDefault<Handling>("select * from handling where conversation = @id", new { id = id.ToString() }) ?? Handling.None;

    public void Set(ConversationId id, Handling it) =>
        db.RunUnheard(
            """
            insert into handling (conversation, assigned, snoozed_until, priority, tags) values (@id, @Assigned, @until, @priority, @tags)
            on conflict (conversation) do update set assigned = excluded.assigned, snoozed_until = excluded.snoozed_until,
                priority = excluded.priority, tags = excluded.tags
            """,
            new
            {
                id = id.ToString(),
                it.Assigned,
                until = it.SnoozedUntil.Ms(),
                priority = (int)it.Priority,
                tags = Columns.Json(it.Tags),
            }
        );

    public void AddNote(InternalNote it) => db.RunUnheard(
        "insert into internal_notes (id, conversation, who, text, at) values (@Id, @Conversation, @Who, @Text, @At)", it);

    /// <summary>The newest last.</summary>
    public IReadOnlyList<InternalNote> NotesOf(ConversationId id) =>
        [
            .. db.Query<InternalNote>("select * from internal_notes where conversation = @id order by at, id", new { id = id.ToString() }),
        ];

    /// <summary>That person's filters, by name.</summary>
    public IReadOnlyList<SavedView> ViewsOf(string who) =>
        [.. db.Query<SavedView>("select name, query from saved_views where who = @who order by name", new { who })];

    public void SaveView(string who, SavedView view) =>
        db.RunUnheard(
            "insert into saved_views (who, name, query) values (@who, @Name, @Query) on conflict (who, name) do update set query = excluded.query",
            new
            {
                who,
                view.Name,
                view.Query,
            }
        );

    public void RemoveView(string who, string name) => db.RunUnheard("delete from saved_views where who = @who and name = @name", new { who, name });
}
