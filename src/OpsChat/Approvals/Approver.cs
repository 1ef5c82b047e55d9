using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Approvals;

/// <summary>A person who may decide.</summary>
/// <param name="Limit">The largest amount, in major units of the shop's currency; null for no limit. An amount in another currency is above every
/// limit, as an unknown one is: nobody knows what it is worth here.</param>
public sealed record Approver(string Name, decimal? Limit, long TelegramId)
{
    /// <summary>Those of the settings decide; whoever has no limit is an owner.</summary>
    public PersonRole Role { get; init; } = Limit is null ? PersonRole.Owner : PersonRole.Approver;

    /// <summary>Named by the settings, and so not somebody who was added in the console; the holder of the owner's token is neither.</summary>
    public bool IsOfSettings { get; init; }

    /// <summary>Why an approval is above this person's limit; null when it is within. A text that moves an unknown amount is within nobody's
    /// limit but the unlimited.</summary>
    /// <param name="currency">The shop's, ISO 4217, in which the limit is meant.</param>
    public string? WhyNot(Approval approval, string currency) => WhyNot(approval.Amount, approval.MovesMoney, currency);

    /// <summary>The same for whatever moves money.</summary>
    /// <param name="amount">What it moves; null when that is not known.</param>
    /// <param name="movesMoney">Whether it may move money, although no amount is known.</param>
    /// <param name="currency">As above.</param>
    public string? WhyNot(Money? amount, bool movesMoney, string currency) =>
        Limit is { } limit && (amount is { } known ? known.Currency != currency || known.Major > limit : movesMoney)
            ? AboveLimit(amount, currency)
            : null;

    /// <summary>
    /// Why this person may not write these words of their own; null when they may. Without a limit anything; with one, only what is not about
    /// money, or whose amounts were all read with certainty and are together within it.
    /// </summary>
    public string? WhyNot(string ownWords, string currency) =>
        MoneyDetector.IsAboutMoney(ownWords) ? WhyNot(AmountAtStake.Of(ownWords, null, currency), movesMoney: true, currency) : null;

    private string AboveLimit(Money? amount, string currency) => amount is { } other && other.Currency != currency
        ? $"{other} is in another currency than the limit of {Name}. Someone without a limit has to approve this."
        : $"{amount?.ToString() ?? "An unknown amount"} is above the limit of {Name}. Someone with a higher limit has to approve this.";
}
