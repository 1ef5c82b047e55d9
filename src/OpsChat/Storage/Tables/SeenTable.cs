using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>What has been dealt with and may come again: updates of a channel, a person's message.</summary>
public sealed class SeenTable(DbConnection db)
{
    /// <summary>True for a key's first time.</summary>
    public bool Add(string key, DateTimeOffset now) =>
        db.Run("insert into seen (key, at) values (@key, @now) on conflict (key) do nothing", new { key, now = now.Ms() }) == 1;

    public bool Has(string key) => db.ExecuteScalar<long>("select count(*) from seen where key = @key", new { key }) > 0;

    /// <summary>Forgets what was seen before <paramref name="before"/>.</summary>
    public void Prune(DateTimeOffset before) => db.Run("delete from seen where at < @before", new { before = before.Ms() });
}

/// <summary>The customer's word on an answer, given with one tap.</summary>
public sealed class ThumbTable(DbConnection db)
{
    /// <summary>False when this answer has its word already.</summary>
    public bool Add(string answer, string word, DateTimeOffset now) =>
        db.Run("insert into thumbs (answer, word, at) values (@answer, @word, @now) on conflict (answer) do nothing", new { answer, word, now = now.Ms() }) == 1;
}
