using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>What the shop's system posted, where hosts share it: each post as the file that it becomes.</summary>
public sealed class PostedFeedTable(DbConnection db)
{
    public IReadOnlyList<PostedFeed> All() =>
        [
            .. db.Query<(string Name, DateTimeOffset At, bool IsThere)>("select name, at, length(csv) > 0 from posted_feeds")
                .Select(row => new PostedFeed(row.Name, row.At, row.IsThere)),
        ];

    /// <summary>Null when it is gone, or never was there.</summary>
    public byte[]? Csv(string name) =>
        db.QuerySingleOrDefault<byte[]>("select csv from posted_feeds where name = @name and length(csv) > 0", new { name });

    /// <summary>Keeps a post. The same name is the same post, also one that is gone: it does not come back from a host's folder.</summary>
    public void Keep(string name, byte[] csv, DateTimeOffset now) => db.RunUnheard(
        "insert into posted_feeds (name, csv, at) values (@name, @csv, @at) on conflict (name) do nothing",
        new { name, csv, at = now.Ms() });

    /// <summary>Takes a post away. Its name stays, so that hosts take it out of their folders too.</summary>
    public void Remove(string name) => db.RunUnheard(
        "update posted_feeds set csv = @none where name = @name", new { name, none = Array.Empty<byte>() });
}

/// <summary>A post, or the name of one that is gone.</summary>
public sealed record PostedFeed(string Name, DateTimeOffset At, bool IsThere);
