using OpsChat.Approvals;
using OpsChat.Messages;
using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>Small named values that must survive a restart: the pause, secrets made at first run, a channel's read position.</summary>
public sealed class SettingsTable(DbConnection db)
{
    public string? Get(string name) => db.QuerySingleOrDefault<string>("select value from settings where name = @name", new { name });

    public void Set(string name, string value) => db.RunUnheard(
        "insert into settings (name, value) values (@name, @value) on conflict (name) do update set value = excluded.value", new { name, value });

    public void Remove(string name) => db.RunUnheard("delete from settings where name = @name", new { name });
}

public sealed class ToDoTable(DbConnection db)
{
    private const string Select = $"select *, {Columns.Amount} from todos";

    public void Add(ToDo it) =>
        db.RunUnheard(
            """
            insert into todos (id, approval, action, order_number, amount_minor, currency, text, state, created_at)
            values (@Id, @Approval, @Action, @OrderNumber, @minor, @currency, @Text, 'Open', @created)
            """,
            new
            {
                it.Id,
                it.Approval,
                it.Action,
                it.OrderNumber,
                minor = it.Amount?.Minor,
                currency = it.Amount?.Currency,
                it.Text,
                created = it.CreatedAt.Ms(),
            }
        );

    /// <summary>Whether an approval has its to-do, done or not.</summary>
    public bool HasOf(string approval) => db.ExecuteScalar<long>("select count(*) from todos where approval = @approval", new { approval }) > 0;

    /// <summary>Null when there is none of that id.</summary>
    public ToDo? Find(string id) => db.QuerySingleOrDefault<ToDo>($"{Select} where id = @id", new { id });

    /// <summary>The approvals whose to-do is done.</summary>
    public IReadOnlySet<string> DoneApprovals() =>
        db.Query<string>("select approval from todos where state = 'Done'").ToHashSet(StringComparer.Ordinal);

    public IReadOnlyList<ToDo> Open() => [.. db.Query<ToDo>($"{Select} where state = 'Open' order by created_at")];

    /// <summary>Those that are open of a conversation's approvals.</summary>
    public IReadOnlyList<ToDo> OpenOf(ConversationId id) =>
        [
            .. db.Query<ToDo>(
                $"{Select} where state = 'Open' and approval in (select id from approvals where conversation = @id)",
                new { id = id.ToString() }
            ),
        ];

    /// <summary>Keeps what is to be done of one whose text is about to be erased.</summary>
    public void Instruct(string id, string instruction) =>
        db.RunUnheard("update todos set instruction = @instruction where id = @id", new { id, instruction });

    /// <summary>What the shop's own system has not been told yet, the longest due first; null when nothing is due.</summary>
    public ToDo? NextToTell(DateTimeOffset now) =>
        db.QueryFirstOrDefault<ToDo>(
            $"{Select} where state = 'Open' and told_at is null and tell_at <= @now order by tell_at, created_at limit 1",
            new { now = now.Ms() }
        );

    public void SetTold(string id, DateTimeOffset now) => db.RunUnheard("update todos set told_at = @now where id = @id", new { id, now = now.Ms() });

    /// <param name="at">Null for never.</param>
    public void TellAgain(string id, DateTimeOffset? at) =>
        db.RunUnheard("update todos set tell_at = @at, tries = tries + 1 where id = @id", new { id, at = at.Ms() });

    /// <summary>Takes back that <paramref name="by"/> ticked it off; false when they did not, or it is gone.</summary>
    public bool Reopen(string id, string by) =>
        db.Affected(
            "update todos set state = 'Open', done_by = null, done_at = null where id = @id and state = 'Done' and done_by = @by",
            new { id, by }
        ) == 1;

    /// <summary>Ticks one off; false when it is not open.</summary>
    public bool Done(string id, string by, DateTimeOffset now) =>
        db.Affected(
            "update todos set state = 'Done', done_by = @by, done_at = @now where id = @id and state = 'Open'",
            new
            {
                id,
                by,
                now = now.Ms(),
            }
        ) == 1;
}
