using OpsChat.Facts;
using OpsChat.Text;
using OpsChat.Understanding;

namespace OpsChat.Approvals;

/// <summary>How much money a text is about. Pure.</summary>
public static class AmountAtStake
{
    /// <summary>
    /// All amounts that the text names, together and times what it multiplies them by; when it names none but promises money, what the order
    /// could move. Null when that is not known: nothing is named or proven, or something may be an amount and cannot be read with certainty.
    /// </summary>
    /// <param name="currency">The shop's, ISO 4217; amounts are taken as such only when they are marked as that.</param>
    /// <param name="codes">Figures of the case that are no amounts: numbers of orders and parcels.</param>
    public static Money? Of(string text, Money? refundable, string currency, IReadOnlyCollection<string>? codes = null) =>
        AmountReader.Read(text, currency, codes) switch
        {
            { IsCertain: false } => null,
            { Amounts.Count: > 0 } named => named.Sum,
            _ => MoneyDetector.ReadDraft(text).Sense == MoneySense.Moves ? refundable : null,
        };

    /// <summary>
    /// The same of a playbook's own text: what it names of which the shop's data say that it went back before, beside other amounts, moves nothing
    /// any more. A person's or a model's words have no such ease: who writes the same figure may well mean to pay it again.
    /// </summary>
    /// <param name="refunded">What was paid back of the order; null when nothing was, or nobody knows.</param>
    public static Money? OfTemplate(string text, Money? refundable, Money? refunded, string currency, IReadOnlyCollection<string>? codes = null) =>
        refunded is { Minor: > 0 } back
        && AmountReader.Read(text, currency, codes) is { IsCertain: true, Factor: 1, Amounts: { Count: > 1 } named }
        && named.Count(amount => amount == back) == 1
            ? new Money(named.Sum(amount => amount.Minor) - back.Minor, currency)
            : Of(text, refundable, currency, codes);

    /// <summary>How the amount that a card is decided on comes from those of its text; null where it is the text's only one, or none is named or
    /// known.</summary>
    public static string? InWords(Approval card)
    {
        if (card.Amount is not { } amount
            || AmountReader.Read(card.Text, amount.Currency, CodesIn(card.Facts)) is not { Amounts: { Count: > 0 } named } reading
            || (named.Count == 1 && named[0] == amount))
        {
            return null;
        }

        var together = string.Join(" and ", named);
        return reading.Sum == amount ? $"{amount} is what the text names together: {together}{(reading.Factor > 1 ? ", multiplied" : "")}."
            : OfFact(card.Facts, Refunded, amount.Currency) is { } back && reading.Sum?.Minor == amount.Minor + back.Minor
                ? $"The text names {together}: {back} went back before, so that {amount} is what this is about."
            : $"This is about {amount}, while the text names {together}.";
    }

    /// <summary>The fact that says what went back of the order so far.</summary>
    public const string Refunded = "order.refunded";

    /// <summary>
    /// What a text moves that takes the place of a card's. When it names nothing, all that the order could move or the first draft named counts:
    /// an edit that names a small amount and another that names none must not add up to a large one.
    /// </summary>
    /// <param name="suggested">The draft as it was first laid before a person.</param>
    public static Money? OfEdited(string text, string suggested, IReadOnlyList<ShownFact> facts, string currency)
    {
        currency = CurrencyIn(facts, currency);
        var refundable = OfFact(facts, ApprovalCard.Refundable, currency);
        var codes = CodesIn(facts);
        return Of(text, Larger(refundable, Of(suggested, refundable, currency, codes)), currency, codes);
    }

    /// <summary>What an action moves under a text that was edited: what the text names; when it names nothing, still the whole of what the order
    /// could move. Null when something in it cannot be read with certainty.</summary>
    public static Money? OfEditedAction(string text, IReadOnlyList<ShownFact> facts, string currency)
    {
        currency = CurrencyIn(facts, currency);
        return AmountReader.Read(text, currency, CodesIn(facts)) switch
        {
            { IsCertain: false } => null,
            { Amounts.Count: > 0 } named => named.Sum,
            _ => OfFact(facts, ApprovalCard.Refundable, currency),
        };
    }

    /// <summary>Whether a text on a card moves money by its words: an amount was read, it promises some, or something in it may be an
    /// amount.</summary>
    public static MoneyStake StakeOf(string text, Money? amount, IEnumerable<ShownFact> facts) =>
        amount is not null || MoneyDetector.ReadDraft(text).Sense == MoneySense.Moves || !AmountReader.Read(text, "", CodesIn(facts)).IsCertain
            ? MoneyStake.Words
            : MoneyStake.None;

    /// <summary>The amount of a fact as a card shows it; null when it is none.</summary>
    public static Money? OfFact(IEnumerable<ShownFact> facts, string name, string currency) =>
        facts.FirstOrDefault(fact => fact.Name == name) is { } fact ? Of(fact.Value, null, currency) : null;

    /// <summary>The currency of the order that the facts are about; the shop's when they name none.</summary>
    public static string CurrencyIn(IEnumerable<ShownFact> facts, string shops) =>
        facts
            .Where(fact =>
                fact.Name is ApprovalCard.Refundable or "order.total"
                && fact.Value.Length > 4
                && fact.Value[3] == ' '
                && fact.Value[..3].All(char.IsAsciiLetterUpper)
            )
            .Select(fact => fact.Value[..3])
            .FirstOrDefault()
        ?? shops;

    /// <summary>The numbers of orders and parcels among a card's facts.</summary>
    public static IReadOnlyCollection<string> CodesIn(IEnumerable<ShownFact> facts) =>
        [.. facts.Where(fact => fact.Name.EndsWith(".number", StringComparison.Ordinal) || fact.Name.Contains("tracking", StringComparison.Ordinal)
            || fact.Name.EndsWith(".sku", StringComparison.Ordinal)).Select(fact => fact.Value)];

    internal static Money? Larger(Money? one, Money? other) => one is { } a && other is { } b ? a.Minor >= b.Minor ? a : b : one ?? other;
}
