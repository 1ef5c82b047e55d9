using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>Something the owner should know: a broken playbook, a doubtful delivery, a rollback.</summary>
public sealed record Notice(string Id, string Kind, string Text, DateTimeOffset At);

public sealed class NoticeTable(DbConnection db)
{
    public void Add(string kind, string text, DateTimeOffset now) => db.RunUnheard(
        "insert into notices (id, kind, text, at) values (@id, @kind, @text, @at)", new { id = Ids.New('n', now), kind, text, at = now.Ms() });

    /// <summary>The same in the place of those of its kind that nobody has seen yet: only the newest is still true.</summary>
    public void AddInPlaceOfOlder(string kind, string text, DateTimeOffset now)
    {
        db.RunUnheard("update notices set seen_at = @now where kind = @kind and seen_at is null", new { kind, now = now.Ms() });
        Add(kind, text, now);
    }

    /// <summary>What nobody has seen yet, oldest first.</summary>
    public IReadOnlyList<Notice> Unseen() =>
        [.. db.Query<Notice>("select * from notices where seen_at is null order by at, id")];

    /// <summary>Seen or not, the newest first.</summary>
    /// <param name="but">So many of the newest are left out.</param>
    public IReadOnlyList<Notice> Newest(int most, int but = 0) =>
        [
            .. db.Query<Notice>("select * from notices order by at desc, id desc limit @most offset @but", new { most, but }),
        ];

    public int Count() => db.ExecuteScalar<int>("select count(*) from notices");

    public void SetSeen(string id, DateTimeOffset now) =>
        db.RunUnheard("update notices set seen_at = @now where id = @id and seen_at is null", new { id, now = now.Ms() });
}
