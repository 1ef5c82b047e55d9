using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>What an approver wrote or tapped and what is not carried out yet.</summary>
/// <param name="Number">Grows in the order in which it came.</param>
/// <param name="Body">As the channel stores it.</param>
public sealed record OwnerUpdate(long Number, string Body);

/// <summary>
/// What approvers wrote and tapped, kept from when the channel was told that it need not keep it until it is carried out: so what takes several
/// commits holds up no customer.
/// </summary>
public sealed class OwnerUpdateTable(DbConnection db)
{
    /// <summary>Of <see cref="Change.Kind"/>, for each that is added.</summary>
    public const string ChangeKind = "owner-update";

    public void Add(string body) => db.RunUnheard("insert into owner_updates (body) values (@body)", new { body });

    /// <summary>Those that wait, in their order.</summary>
    public IReadOnlyList<OwnerUpdate> First(int most) =>
        [.. db.Query<OwnerUpdate>("select number, body from owner_updates order by number limit @most", new { most })];

    /// <summary>How many wait.</summary>
    public int Count() => db.ExecuteScalar<int>("select count(*) from owner_updates");

    public void Remove(long number) => db.RunUnheard("delete from owner_updates where number = @number", new { number });
}
