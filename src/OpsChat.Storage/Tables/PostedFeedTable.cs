using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>What the shop's system posted, where hosts share it: each post as the file that it becomes.</summary>
public sealed class PostedFeedTable(DbConnection db)
{
    public IReadOnlyCollection<string> Names() => [.. db.Query<string>("select name from posted_feeds")];

    public byte[]? Csv(string name) => db.QuerySingleOrDefault<byte[]>("select csv from posted_feeds where name = @name", new { name });

    public void Keep(string name, byte[] csv, DateTimeOffset now) => db.Run(
        "insert into posted_feeds (name, csv, at) values (@name, @csv, @at) on conflict (name) do update set csv = excluded.csv, at = excluded.at",
        new { name, csv, at = now.Ms() });
}
