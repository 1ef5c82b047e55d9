using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Approvals;

/// <summary>
/// What an owner's edit of an approval tells the customer and the draft did not: an amount, a link or an address, a day or a time within which
/// something happens, a promise. A slip of the finger is one digit long, so each is named and has to be confirmed. Pure.
/// </summary>
public static class EditCheck
{
    /// <summary>What is new, a sentence each, in the order of amounts, links, times, promises; empty when there is nothing to confirm.</summary>
    /// <param name="text">The new words.</param>
    /// <param name="approval">The revision that they take the place of.</param>
    /// <param name="currency">The shop's.</param>
    public static IReadOnlyList<string> New(string text, Approval approval, string currency) =>
    [
        .. Amounts(text, approval, currency),
        .. Claims(text, Known(approval.Facts, approval.Text, approval.Suggested)),
    ];

    /// <summary>The same of a person's reply, which no row of approval stands behind: what it tells and none of the offered texts does. What it
    /// leaves out is the person's own choice.</summary>
    /// <param name="offered">The texts that it takes the place of; without any nothing is new.</param>
    /// <param name="facts">What they rest on.</param>
    /// <param name="withPromises">Times and promises too: shown while one types, and not asked about, since people may promise what they
    /// like.</param>
    public static IReadOnlyList<string> Added(
        string text,
        IReadOnlyList<string> offered,
        IReadOnlyList<ShownFact> facts,
        string currency,
        bool withPromises
    )
    {
        if (offered.Count == 0 || offered.Contains(text))
        {
            return [];
        }

        var (before, codes) = (string.Join('\n', offered), AmountAtStake.CodesIn(facts));
        var after = AmountReader.Read(text, currency, codes);
        return
        [
            // Numbers of a text that speaks of no money are hours and sizes; "we will refund 120" speaks of it without a currency.
            .. after.NamesMoney || MoneyDetector.IsAboutMoney(text) ? NewAmounts(after, AmountReader.Read(before, currency, codes)) : [],
            .. Claims(text, Known(facts, before), withPromises),
        ];
    }

    private static IEnumerable<string> Amounts(string text, Approval approval, string currency)
    {
        var codes = AmountAtStake.CodesIn(approval.Facts);
        var (before, after) = (AmountReader.Read(approval.Text, currency, codes), AmountReader.Read(text, currency, codes));
        foreach (var sentence in NewAmounts(after, before))
        {
            yield return sentence;
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

    private static IEnumerable<string> NewAmounts(AmountReading after, AmountReading before) =>
        after.Amounts.Except(before.Amounts).Select(amount => $"The amount {amount} is new.")
            .Concat(after.Doubts.Except(before.Doubts).Select(doubt => $"“{doubt}” may be an amount, and cannot be read with certainty."));

    /// <summary>What the shop has said of the matter, or its data say.</summary>
    private static string Known(IReadOnlyList<ShownFact> facts, params string[] said) =>
        string.Join('\n', [.. said, .. facts.Where(f => !f.Name.StartsWith("message.", StringComparison.Ordinal)).Select(f => f.Value)]);

    private static IEnumerable<string> Claims(string text, string known, bool withPromises = true)
    {
        var unsaid = Unsaid(ClaimReader.Read(text), ClaimReader.Read(known)).ToList();
        foreach (var claim in unsaid.Where(c => c.Kind is ClaimKind.Link or ClaimKind.Email))
        {
            yield return $"The address {claim.Words} is new.";
        }

        foreach (var claim in unsaid.Where(c => withPromises && IsOfTime(c)))
        {
            yield return $"“{claim.Words}” is a time that the draft does not name.";
        }

        foreach (var promise in withPromises ? Unsaid(PromiseReader.Read(text), PromiseReader.Read(known)) : [])
        {
            yield return $"“{promise.Words}” is a promise that the draft does not make.";
        }
    }

    private static bool IsOfTime(Claim claim) =>
        claim.Kind is ClaimKind.Date or ClaimKind.Time or ClaimKind.Weekday or ClaimKind.Month
        || (claim.Kind == ClaimKind.Measure && claim.Keys.Any(ClaimKeys.IsOfTime));

    private static IEnumerable<Claim> Unsaid(IReadOnlyList<Claim> said, IReadOnlyList<Claim> known)
    {
        var keys = known.SelectMany(claim => claim.Implied()).ToHashSet(StringComparer.Ordinal);
        return said.Where(claim => !claim.Keys.Any(keys.Contains)).DistinctBy(claim => claim.Keys[0]);
    }
}
