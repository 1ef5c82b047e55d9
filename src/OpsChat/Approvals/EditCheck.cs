using OpsChat.Drafting;
using OpsChat.Text;

namespace OpsChat.Approvals;

/// <summary>
/// What an owner's edit of an approval tells the customer and the draft did not: an amount, a link or an address, a promise. A slip of the finger
/// is one digit long, so each is named and has to be confirmed. Pure.
/// </summary>
public static class EditCheck
{
    /// <summary>What is new, a sentence each, in the order of amounts, links, promises; empty when there is nothing to confirm.</summary>
    /// <param name="text">The new words.</param>
    /// <param name="approval">The revision that they take the place of.</param>
    /// <param name="currency">The shop's.</param>
    public static IReadOnlyList<string> New(string text, Approval approval, string currency) =>
    [
        .. Amounts(text, approval, currency),
        .. Claims(text, approval),
    ];

    private static IEnumerable<string> Amounts(string text, Approval approval, string currency)
    {
        var codes = AmountAtStake.CodesIn(approval.Facts);
        var (before, after) = (AmountReader.Read(approval.Text, currency, codes), AmountReader.Read(text, currency, codes));
        foreach (var amount in after.Amounts.Except(before.Amounts))
        {
            yield return $"The amount {amount} is new.";
        }

        foreach (var doubt in after.Doubts.Except(before.Doubts))
        {
            yield return $"“{doubt}” may be an amount, and cannot be read with certainty.";
        }

        if (after.Sum is { } sum && before.Sum is { } earlier && sum != earlier && !after.Amounts.Except(before.Amounts).Any())
        {
            yield return $"The amounts are {sum} together; before they were {earlier}.";
        }

        if (!after.NamesMoney && before.Sum is { } named)
        {
            yield return $"The amount {named} is not named any more.";
        }
    }

    private static IEnumerable<string> Claims(string text, Approval approval)
    {
        var known = string.Join(
            '\n',
            [
                approval.Text,
                approval.Suggested,
                .. approval.Facts.Where(f => !f.Name.StartsWith("message.", StringComparison.Ordinal)).Select(f => f.Value),
            ]
        );
        foreach (
            var claim in Unsaid(ClaimReader.Read(text), ClaimReader.Read(known)).Where(c => c.Kind is ClaimKind.Link or ClaimKind.Email)
        )
        {
            yield return $"The address {claim.Words} is new.";
        }

        foreach (var promise in Unsaid(PromiseReader.Read(text), PromiseReader.Read(known)))
        {
            yield return $"“{promise.Words}” is a promise that the draft does not make.";
        }
    }

    private static IEnumerable<Claim> Unsaid(IReadOnlyList<Claim> said, IReadOnlyList<Claim> known)
    {
        var keys = known.SelectMany(claim => claim.Implied()).ToHashSet(StringComparer.Ordinal);
        return said.Where(claim => !claim.Keys.Any(keys.Contains)).DistinctBy(claim => claim.Keys[0]);
    }
}
