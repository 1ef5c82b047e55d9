using System.Data.Common;
using Dapper;
using OpsChat.Approvals;

namespace OpsChat.Storage.Tables;

/// <summary>The passkeys of people who use the console.</summary>
public sealed class PasskeyTable(DbConnection db)
{
    private const string Select = "select *, backup_eligible as is_backup_eligible, backed_up as is_backed_up from passkeys";

    public IReadOnlyList<Passkey> Of(string person) =>
        [
            .. db.Query<Passkey>($"{Select} where person = @person order by added_at, id", new { person }),
        ];

    public Passkey? Find(string id) => db.QuerySingleOrDefault<Passkey>($"{Select} where id = @id", new { id });

    /// <summary>Adds it, or keeps what a later sign-in says of it.</summary>
    public void Save(Passkey it) =>
        db.RunUnheard(
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

    public bool Remove(string person, string id) => db.Affected("delete from passkeys where person = @person and id = @id", new { person, id }) == 1;

    public void RemoveAll(string person) => db.RunUnheard("delete from passkeys where person = @person", new { person });
}
