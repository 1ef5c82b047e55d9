using System.Data.Common;
using System.Globalization;
using Dapper;
using OpsChat.Approvals;

namespace OpsChat.Storage.Tables;

/// <summary>The people of the shop who were added in the console; those of the settings are not among them.</summary>
public sealed class PeopleTable(DbConnection db)
{
    public IReadOnlyList<Person> All() => [.. db.Query<Row>("select * from people order by name").Select(r => r.ToPerson())];

    public Person? Find(string name) => db.QuerySingleOrDefault<Row>("select * from people where name = @name", new { name })?.ToPerson();

    public void Save(Person it) =>
        db.Run(
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

    public bool Remove(string name) => db.Run("delete from people where name = @name", new { name }) == 1;

    private sealed record Row
    {
        public string Name { get; init; } = "";
        public string Role { get; init; } = "";
        public string? Max_amount { get; init; }
        public string Key { get; init; } = "";
        public long Added_at { get; init; }
        public string Added_by { get; init; } = "";

        public Person ToPerson() =>
            new(
                Name,
                Enum.Parse<PersonRole>(Role),
                Max_amount is null ? null : decimal.Parse(Max_amount, CultureInfo.InvariantCulture),
                Key,
                Added_at.Time(),
                Added_by
            );
    }
}
