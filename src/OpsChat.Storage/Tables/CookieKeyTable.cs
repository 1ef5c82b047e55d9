using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>The keys that protect what browsers keep for us, where hosts share them.</summary>
public sealed class CookieKeyTable(DbConnection db)
{
    /// <summary>Each as XML.</summary>
    public IReadOnlyList<string> All() => [.. db.Query<string>("select xml from cookie_keys order by id")];

    public void Add(string id, string xml) => db.RunUnheard(
        "insert into cookie_keys (id, xml) values (@id, @xml) on conflict (id) do update set xml = excluded.xml", new { id, xml });
}
