using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>What a channel sent and this version cannot read, as it came.</summary>
public sealed class UnreadUpdateTable(DbConnection db)
{
    /// <returns>False when it is known already.</returns>
    public bool Add(int number, string body, DateTimeOffset now) =>
        db.Affected(
            "insert into unread_updates (number, body, at) values (@number, @body, @at) on conflict (number) do nothing",
            new
            {
                number,
                body,
                at = now.Ms(),
            }
        ) == 1;

    /// <summary>The body of one; null when there is none.</summary>
    public string? Find(int number) => db.QuerySingleOrDefault<string>("select body from unread_updates where number = @number", new { number });

    /// <summary>Forgets what came before <paramref name="before"/>.</summary>
    public void Prune(DateTimeOffset before) => db.RunUnheard("delete from unread_updates where at < @before", new { before = before.Ms() });
}
