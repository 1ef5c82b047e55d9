using System.Data.Common;
using Dapper;
using OpsChat.Approvals;

namespace OpsChat.Storage.Tables;

/// <summary>The passkeys of people who use the console.</summary>
public sealed class PasskeyTable(DbConnection db)
{
    public IReadOnlyList<Passkey> Of(string person) =>
        [
            .. db.Query<Row>("select * from passkeys where person = @person order by added_at, id", new { person })
                .Select(row => row.ToPasskey()),
        ];

    public Passkey? Find(string id) => db.QuerySingleOrDefault<Row>("select * from passkeys where id = @id", new { id })?.ToPasskey();

    /// <summary>Adds it, or keeps what a later sign-in says of it.</summary>
    public void Save(Passkey it) =>
        db.Run(
            """
            insert into passkeys (id, person, seal, public_key, sign_count, backup_eligible, backed_up, added_at)
            values (@Id, @Person, @Seal, @PublicKey, @SignCount, @eligible, @backed, @added)
            on conflict (id) do update set sign_count = excluded.sign_count, backed_up = excluded.backed_up
            """,
            new
            {
                it.Id,
                it.Person,
                it.Seal,
                it.PublicKey,
                it.SignCount,
                eligible = it.IsBackupEligible ? 1 : 0,
                backed = it.IsBackedUp ? 1 : 0,
                added = it.AddedAt.Ms(),
            }
        );

    public bool Remove(string person, string id) => db.Run("delete from passkeys where person = @person and id = @id", new { person, id }) == 1;

    public void RemoveAll(string person) => db.Run("delete from passkeys where person = @person", new { person });

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Person { get; init; } = "";
        public string Seal { get; init; } = "";
        public string Public_key { get; init; } = "";
        public long Sign_count { get; init; }
        public long Backup_eligible { get; init; }
        public long Backed_up { get; init; }
        public long Added_at { get; init; }

        public Passkey ToPasskey() => new(Id, Person, Seal, Public_key, Sign_count, Backup_eligible == 1, Backed_up == 1, Added_at.Time());
    }
}
