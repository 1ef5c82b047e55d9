using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>Files of rows that the shop's system posted, where several hosts share a store: each lays them into its own folder.</summary>
public sealed class PostedFeedTable(DbConnection db)
{
    public void Keep(string name, byte[] content, DateTimeOffset now) => db.Run(
        "insert into posted_feeds (name, content, at) values (@name, @content, @at) on conflict (name) do update set content = excluded.content",
        new { name, content, at = now.Ms() });

    public IReadOnlyList<string> Names() => [.. db.Query<string>("select name from posted_feeds order by at, name")];

    /// <summary>Null when there is no such file.</summary>
    public byte[]? Content(string name) => db.QuerySingleOrDefault<byte[]>("select content from posted_feeds where name = @name", new { name });
}
