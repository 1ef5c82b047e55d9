namespace OpsChat.Approvals;

/// <summary>
/// What a person of the shop may do. <see cref="Owner"/>: everything. <see cref="Approver"/>: decide and answer within a limit of amount, and change
/// the rollout. <see cref="Staff"/>: answer, as long as it moves no money, and pause. <see cref="ReadOnly"/>: look.
/// </summary>
public enum PersonRole { Owner, Approver, Staff, ReadOnly }

/// <summary>A person who was added in the console.</summary>
/// <param name="Limit">For an approver: the largest amount, in major units of the shop's currency; null for no limit.</param>
/// <param name="Key">A random secret: another one ends all sessions of that person.</param>
public sealed record Person(string Name, PersonRole Role, decimal? Limit, string Key, DateTimeOffset AddedAt, string AddedBy)
{
    public const int MostCharactersOfAName = 60;

    /// <summary>As who decides: staff may move nothing, which is a limit of 0.</summary>
    public Approver AsApprover() => new(Name, Role switch
    {
        PersonRole.Owner => null,
        PersonRole.Approver => Limit,
        _ => 0,
    }, 0) { Role = Role };
}
