using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>
/// How full the buckets of a limit are that hosts count together: for each the moment at which it will be full. A full one needs no row. Whose bucket
/// it is, an address or a customer, stands there as a digest.
/// </summary>
public sealed class LimitTable(DbConnection db)
{
    /// <summary>When the bucket is full; null when it is full already.</summary>
    public DateTimeOffset? FullAt(string limit, string key) =>
        db.QuerySingleOrDefault<long?>("select full_at from limits where key = @key", new { key = Digest(limit, key) }) is { } ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;

    public void Set(string limit, string key, DateTimeOffset fullAt) => db.RunUnheard(
        "insert into limits (key, full_at) values (@key, @fullAt) on conflict (key) do update set full_at = excluded.full_at",
        new { key = Digest(limit, key), fullAt = fullAt.UtcTicks });

    /// <summary>Forgets those that are full by now.</summary>
    public void Prune(DateTimeOffset now) => db.RunUnheard("delete from limits where full_at <= @now", new { now = now.UtcTicks });

    private static string Digest(string limit, string key) =>
        $"{limit}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16))}";
}
