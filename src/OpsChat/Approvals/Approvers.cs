using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OpsChat.Facts;
using OpsChat.Understanding;

namespace OpsChat.Approvals;

/// <summary>A person who may decide.</summary>
/// <param name="Limit">The largest amount, in major units of the shop's currency; null for no limit.</param>
public sealed record Approver(string Name, decimal? Limit, long TelegramId)
{
    /// <summary>Why an approval is above this person's limit; null when it is within. A text that moves an unknown amount is within nobody's limit but the unlimited.</summary>
    public string? WhyNot(Approval approval) =>
        Limit is { } limit && (approval.Amount is { } known ? known.Major > limit : approval.MovesMoney) ? AboveLimit(approval.Amount) : null;

    /// <summary>Why this person may not write these words of their own; null when they may. Only an amount that is named counts: people speak of money without moving any.</summary>
    public string? WhyNot(string ownWords, string currency) =>
        Limit is { } limit && MoneyDetector.ReadDraft(ownWords).Sense == MoneySense.Moves && AmountAtStake.Of(ownWords, null, currency) is { } named && named.Major > limit
            ? AboveLimit(named) : null;

    private string AboveLimit(Money? amount) => $"{amount?.ToString() ?? "An unknown amount"} is above the limit of {Name}. Someone with a higher limit has to approve this.";
}

/// <summary>Who may decide, from the settings. The owner token alone is one approver named owner, without limit.</summary>
public sealed class Approvers
{
    private readonly List<(byte[] TokenHash, Approver Approver)> _byToken = [];

    public Approvers(IOptions<OpsChatOptions> options, OwnerToken owner)
    {
        foreach (var listed in options.Value.Approvals.Approvers)
        {
            var approver = new Approver(listed.Name, listed.Limit, listed.TelegramId);
            All = [.. All, approver];
            if (listed.Token.Length > 0)
            {
                _byToken.Add((Hash(listed.Token), approver));
            }
        }

        // The owner's own token always works; with approvers listed, the one of the same name gives its limit.
        var self = All.FirstOrDefault(a => a.Name == "owner") ?? new Approver("owner", null, 0);
        _byToken.Add((Hash(owner.Value), self));
        All = All.Count == 0 ? [self] : All;
    }

    public IReadOnlyList<Approver> All { get; private set; } = [];

    /// <summary>The approver whose token this is, or null. Takes the same time for every wrong token.</summary>
    public Approver? ByToken(string token)
    {
        var hash = Hash(token);
        Approver? found = null;
        foreach (var (known, approver) in _byToken)
        {
            found = CryptographicOperations.FixedTimeEquals(known, hash) ? approver : found;
        }

        return found;
    }

    public Approver? ByTelegramId(long id) => id == 0 ? null : All.FirstOrDefault(a => a.TelegramId == id);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

/// <summary>The owner's secret for console and API. Its text never shows it.</summary>
public sealed class OwnerToken(string value)
{
    public string Value { get; } = value;
    public override string ToString() => "(secret)";
}
