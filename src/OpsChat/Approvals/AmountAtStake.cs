using OpsChat.Text;
using System.Text.RegularExpressions;
using OpsChat.Understanding;

namespace OpsChat.Approvals;

/// <summary>How much money a text is about. Pure.</summary>
public static partial class AmountAtStake
{
    /// <summary>
    /// All amounts that the text names, together and times what it multiplies them by; when it names none but promises money, what the order could move. Null
    /// when that is not known: nothing is named or proven, or something may be an amount and cannot be read with certainty.
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
    /// What a text moves that takes the place of a card's: what it names; when it names nothing, what the card said, or all that the order could move when it
    /// speaks of everything.
    /// </summary>
    public static Money? OfEdited(string text, Money? ofCard, Money? refundable, string currency, IReadOnlyCollection<string>? codes = null) =>
        Of(text, Everything().IsMatch(PlainText.Undisguise(text)) ? Larger(ofCard, refundable) : ofCard, currency, codes);

    /// <summary>Whether a text may move money: it promises some, or it names an amount without only telling a price or what is written.</summary>
    public static bool IsAboutMoney(string text, string currency) => MoneyDetector.ReadDraft(text).Sense switch
    {
        MoneySense.Moves => true,
        MoneySense.Asks => false,
        _ => AmountReader.Read(text, currency).NamesMoney,
    };

    /// <summary>Whether the text on a card may move money, although no amount was read: it promises some, or something in it may be an amount.</summary>
    public static bool MayMove(string text, IReadOnlyCollection<string> codes) =>
        MoneyDetector.ReadDraft(text).Sense == MoneySense.Moves || !AmountReader.Read(text, "", codes).IsCertain;

    /// <summary>The amount of a fact as a card shows it; null when it is none.</summary>
    public static Money? OfFact(IEnumerable<ShownFact> facts, string name, string currency) =>
        facts.FirstOrDefault(fact => fact.Name == name) is { } fact ? Of(fact.Value, null, currency) : null;

    /// <summary>The numbers of orders and parcels among a card's facts.</summary>
    public static IReadOnlyCollection<string> CodesIn(IEnumerable<ShownFact> facts) =>
        [.. facts.Where(fact => fact.Name.EndsWith(".number", StringComparison.Ordinal) || fact.Name.Contains("tracking", StringComparison.Ordinal)
            || fact.Name.EndsWith(".sku", StringComparison.Ordinal)).Select(fact => fact.Value)];

    private static Money? Larger(Money? one, Money? other) => one is { } a && other is { } b ? a.Minor >= b.Minor ? a : b : one ?? other;

    [GeneratedRegex(
        @"(?<!\p{L})(?:everything|all|whole|entire|full|fully|total|semua|semuanya|seluruh|keseluruhan|penuh|toàn bộ|tất cả|lahat|buo|buong|todo)(?!\p{L})|全部|全额|全額|ทั้งหมด|เต็มจำนวน",
        RegexOptions.CultureInvariant)]
    private static partial Regex Everything();
}
