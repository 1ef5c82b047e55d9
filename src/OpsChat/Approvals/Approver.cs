using OpsChat.Text;

namespace OpsChat.Approvals;

/// <summary>A person who may decide.</summary>
/// <param name="Limit">The largest amount, in major units of the shop's currency; null for no limit.</param>
public sealed record Approver(string Name, decimal? Limit, long TelegramId)
{
    /// <summary>Those of the settings decide; whoever has no limit is an owner.</summary>
    public PersonRole Role { get; init; } = Limit is null ? PersonRole.Owner : PersonRole.Approver;

    /// <summary>Why an approval is above this person's limit; null when it is within. A text that moves an unknown amount is within nobody's
    /// limit but the unlimited.</summary>
    public string? WhyNot(Approval approval) =>
        Limit is { } limit && (approval.Amount is { } known ? known.Major > limit : approval.MovesMoney) ? AboveLimit(approval.Amount) : null;

    /// <summary>
    /// Why this person may not write these words of their own; null when they may. Without a limit anything; with one, only what is not about
    /// money, or whose amounts were all read with certainty and are together within it.
    /// </summary>
    public string? WhyNot(string ownWords, string currency) =>
        Limit is { } limit && AmountAtStake.IsAboutMoney(ownWords, currency) && AmountAtStake.Of(ownWords, null, currency) is var named && !(named?.Major <= limit)
            ? AboveLimit(named) : null;

    private string AboveLimit(Money? amount) => $"{amount?.ToString() ?? "An unknown amount"} is above the limit of {Name}. Someone with a higher limit has to approve this.";
}
