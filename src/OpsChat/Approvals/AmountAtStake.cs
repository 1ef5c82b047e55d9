using System.Text.RegularExpressions;
using OpsChat.Facts;
using OpsChat.Understanding;

namespace OpsChat.Approvals;

/// <summary>How much money a text is about. Pure.</summary>
public static partial class AmountAtStake
{
    // Far above what a small shop moves, and far below what a number of minor units can hold.
    private const decimal MostMajor = 1_000_000_000_000m;

    /// <summary>
    /// The largest amount that the text names; when it names none but promises money, what the order could move. Null when that is not known: nothing is
    /// named or proven, or one of the amounts cannot be read with certainty (another currency, <c>RM 2k</c>, "in ringgit" without a figure).
    /// </summary>
    /// <param name="currency">The shop's, ISO 4217; amounts are taken as such only when they are marked as that.</param>
    public static Money? Of(string text, Money? refundable, string currency)
    {
        var named = Amounts().Matches(text).Select(amount => Parse(amount, currency)).ToList();
        return named.Count == 0
            ? MoneyDetector.ReadDraft(text).Sense == MoneySense.Moves ? refundable : null
            : named.Contains(null) ? null : named.MaxBy(amount => amount!.Value.Minor);
    }

    /// <summary>The amount of a fact as a card shows it; null when it is none.</summary>
    public static Money? OfFact(IEnumerable<ShownFact> facts, string name, string currency) =>
        facts.FirstOrDefault(fact => fact.Name == name) is { } fact ? Of(fact.Value, null, currency) : null;

    private static Money? Parse(Match amount, string currency)
    {
        var digits = Spaces().Replace(amount.Groups["n"].Value, "");
        if (digits.Length == 0 || amount.Groups["many"].Success || !IsOwn(amount.Groups["c"].Value, currency))
        {
            return null;
        }

        // The last separator with one or two digits behind it is the decimal one; all others group. With three it groups in all currencies: the larger reading.
        var separator = digits.LastIndexOfAny(['.', ',']);
        var decimals = separator < 0 ? 0 : digits.Length - separator - 1;
        var plain = digits.Replace(",", "").Replace(".", "");
        return decimal.TryParse(decimals is 1 or 2 ? plain.Insert(plain.Length - decimals, ".") : plain, out var major) && major <= MostMajor
            ? Money.FromMajor(major, currency) : null;
    }

    private static bool IsOwn(string mark, string currency) => mark.ToUpperInvariant() switch
    {
        "RM" or "RINGGIT" => currency == "MYR",
        "RP" or "RUPIAH" => currency == "IDR",
        "S$" => currency == "SGD",
        "$" or "DOLLAR" or "DOLLARS" => currency is "USD" or "SGD" or "AUD" or "CAD" or "NZD" or "HKD" or "TWD" or "BND",
        "€" or "EURO" or "EUROS" => currency == "EUR",
        "£" => currency == "GBP",
        "¥" => currency is "JPY" or "CNY",
        "฿" or "BAHT" => currency == "THB",
        "₱" or "PESO" or "PESOS" => currency == "PHP",
        "₫" or "Đ" or "DONG" => currency == "VND",
        "₹" => currency == "INR",
        var code => code == currency,
    };

    private const string
        Codes = "RM|MYR|USD|SGD|IDR|THB|PHP|VND|EUR|GBP|AUD|CAD|NZD|HKD|TWD|BND|CNY|JPY|KRW|INR|CHF",
        Words = "ringgit|rupiah|baht|pesos?|dollars?|euros?",
        Number = @"(?<n>\d{1,3}(?:[\s'’]\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|\d[\d.,]{0,30}\d|\d)",
        // A word that multiplies the number.
        Many = @"(?<many>(?:k|mn?|mil|rb|ribu|jt|juta|hundred|thousand|million)\b\s?)?";

    // A number with a currency before or behind it, or a currency alone; a bare number is an order number or a count. Nothing in it repeats without a bound, so
    // that the time is linear in the text.
    [GeneratedRegex(
        $@"(?<c>\b(?:{Codes}|Rp)|S\$|[$€£¥฿₱₫₹])[\s.]{{0,3}}{Number}\s?{Many}|{Number}\s?{Many}(?<c>(?:{Words}|dong|{Codes})\b|[€£฿₱₫đ])|\b(?<c>{Words}|{Codes})\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Amounts();

    [GeneratedRegex(@"[\s'’]")]
    private static partial Regex Spaces();
}
