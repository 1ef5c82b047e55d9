using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>Which version of an owner's file all hosts shall have.</summary>
/// <param name="Version">Counts from 1.</param>
/// <param name="Digest">Of its text; null when the file was deleted.</param>
public sealed record SharedHead(string Name, long Version, string? Digest);

/// <summary>The owner's files where hosts share them: what each says now, and who wrote it. What they said before is in
/// <see cref="FileTable"/>.</summary>
public sealed class SharedFileTable(DbConnection db)
{
    public IReadOnlyList<SharedHead> Heads() => [.. db.Query<SharedHead>("select name, version, digest from shared_files order by name")];

    public SharedHead? Head(string name) =>
        db.QuerySingleOrDefault<SharedHead>("select name, version, digest from shared_files where name = @name", new { name });

    /// <summary>Null when it is deleted, or never was there.</summary>
    public string? Content(string name) =>
        db.QuerySingleOrDefault<string>("select content from shared_files where name = @name", new { name });

    /// <summary>Sets what a file says, on top of the version that was looked at.</summary>
    /// <param name="before">0 when there was none.</param>
    /// <param name="content">Null deletes it.</param>
    /// <returns>False when another host was faster: nothing is changed.</returns>
    public bool Set(string name, long before, string? digest, string? content, string who, DateTimeOffset now) =>
        db.Affected(
            """
            insert into shared_files (name, version, digest, content, who, at)
            select @name, @version, @digest, @content, @who, @at
            where coalesce((select version from shared_files where name = @name), 0) = @before
            on conflict (name) do update set version = excluded.version, digest = excluded.digest, content = excluded.content,
                who = excluded.who, at = excluded.at
            """,
            new
            {
                name,
                before,
                version = before + 1,
                digest,
                content,
                who,
                at = now.Ms(),
            }
        ) == 1;
}
