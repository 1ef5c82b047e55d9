using System.Data.Common;
using OpsChat.Storage.Postgres;

namespace OpsChat.Storage;

/// <summary>
/// The little that the databases say differently. The tables' sentences are the same on both: functions of the embedded database that PostgreSQL
/// does not have are made by its schema.
/// </summary>
/// <param name="Matches">The condition on <c>search</c> by which a line has <c>@match</c>.</param>
/// <param name="Beginning">A word of a search as the beginning of a word in the text.</param>
sealed record SqlDialect(string Matches, Func<string, string> Beginning)
{
    private static readonly SqlDialect s_sqlite = new("search match @match", word => $"\"{word}\"*");
    private static readonly SqlDialect s_postgres = new("words @@ search_query(@match)", word => word);

    public static SqlDialect Of(DbConnection connection) => connection is PostgresConnection ? s_postgres : s_sqlite;
}
