using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>
/// Finds conversations by what was written in them, by a customer's name, id or e-mail address, by an order's number, or by a note. Accents and case
/// do not matter, and the beginning of a word is enough; where a script puts no spaces between words, any part of them. The index holds no text and
/// is kept by triggers: what is erased cannot be found.
/// </summary>
public sealed class SearchTable(DbConnection db)
{
    /// <summary>So many of the newest lines that match are looked at; older ones of a word that is everywhere are not.</summary>
    private const int MostLines = 4000;

    /// <summary>Conversations in which all of these words stand, in one line or in several; where they were written last comes first.</summary>
    public IReadOnlyList<string> Find(string words, int most)
    {
        var dialect = SqlDialect.Of(db);
        var terms = Words(words).Select(dialect.Beginning).ToList();
        if (terms.Count == 0)
        {
            return [];
        }

        var together = Conversations(dialect, string.Join(' ', terms));
        var found = together.Distinct().Take(most).ToList();
        if (terms.Count == 1 || found.Count == most)
        {
            return found;
        }

        var inAll = terms.Select(term => Conversations(dialect, term)).Aggregate<IEnumerable<string>>((both, next) =>
            both.Intersect(next.ToHashSet()));
        return [.. found.Concat(inAll).Distinct().Take(most)];
    }

    /// <summary>What has neither letter nor digit finds nothing and is left out.</summary>
    private static IEnumerable<string> Words(string words) =>
    [
        .. string.Concat(words.Select(c => c == '"' || char.IsControl(c) ? ' ' : c)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Any(char.IsLetterOrDigit)).Take(8),
    ];

    private IReadOnlyList<string> Conversations(SqlDialect dialect, string match) =>
        [
            .. db.Query<string>(
                $"""
                select l.conversation from ({dialect.Lines}) s join search_lines l on l.id = s.line order by s.line desc
                """,
                new { match, most = MostLines }
            ),
        ];
}
