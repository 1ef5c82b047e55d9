using System.Data.Common;
using System.Globalization;
using Dapper;
using OpsChat.Approvals;

namespace OpsChat.Storage.Tables;

/// <summary>The people of the shop who were added in the console; those of the settings are not among them.</summary>
public sealed class PeopleTable(DbConnection db)
{
    private const string Select = """select *, max_amount as "limit" from people""";

    public IReadOnlyList<Person> All() => [.. db.Query<Person>($"{Select} order by name")];

    public Person? Find(string name) => db.QuerySingleOrDefault<Person>($"{Select} where name = @name", new { name });

    public void Save(Person it) =>
        db.RunUnheard(
            """
            insert into people (name, role, max_amount, key, added_at, added_by) values (@Name, @role, @limit, @Key, @added, @AddedBy)
            on conflict (name) do update set role = excluded.role, max_amount = excluded.max_amount, key = excluded.key
            """,
            new
            {
                it.Name,
                role = it.Role.ToString(),
                limit = it.Limit?.ToString(CultureInfo.InvariantCulture),
                it.Key,
                added = it.AddedAt.Ms(),
                it.AddedBy,
            }
        );

    public bool Remove(string name) => db.Affected("delete from people where name = @name", new { name }) == 1;
}
