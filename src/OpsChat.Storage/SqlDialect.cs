using System.Data.Common;
using OpsChat.Storage.Postgres;

namespace OpsChat.Storage;

/// <summary>
/// The little that the databases say differently. The tables' sentences are the same on both: functions of the embedded database that PostgreSQL
/// does not have are made by its schema.
/// </summary>
/// <param name="Lines">The newest <c>@most</c> lines that have <c>@match</c>, as <c>line</c>.</param>
/// <param name="Beginning">A word of a search as the beginning of a word in the text.</param>
/// <param name="HasHosts">Whether several hosts may be at work on it, which claim conversations.</param>
sealed record SqlDialect(string Lines, Func<string, string> Beginning, bool HasHosts)
{
    private static readonly SqlDialect s_sqlite = new(
        $"select * from ({LinesOf("search", "search match @match")}) union select * from ({LinesOf("search_signs", "search_signs match @match")})",
        word => $"\"{UnspacedScripts.Apart(word)}\"*",
        HasHosts: false
    );

    private static readonly SqlDialect s_postgres = new(LinesOf("search", "words @@ search_query(@match)"), word => word, HasHosts: true);

    public static SqlDialect Of(DbConnection connection) => connection is PostgresConnection ? s_postgres : s_sqlite;

    private static string LinesOf(string index, string condition) =>
        $"select rowid as line from {index} where {condition} order by rowid desc limit @most";
}
