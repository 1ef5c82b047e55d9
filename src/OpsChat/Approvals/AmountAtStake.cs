using System.Text.RegularExpressions;
using OpsChat.Facts;
using OpsChat.Understanding;

namespace OpsChat.Approvals;

/// <summary>How much money a text is about. Pure.</summary>
public static partial class AmountAtStake
{
    /// <summary>
    /// The largest amount that the text names; when it names none but promises money, what the order could move; null when neither is known.
    /// </summary>
    public static Money? Of(string text, Money? refundable, string currency)
    {
        var named = Amounts().Matches(text).Select(m => Parse(m.Groups["n"].Value, currency)).OfType<Money>().ToList();
        return named.Count > 0 ? named.MaxBy(m => m.Minor)
            : MoneyDetector.ReadDraft(text).Sense == MoneySense.Moves ? refundable : null;
    }

    private static Money? Parse(string digits, string currency)
    {
        // The last separator with one or two digits behind it is the decimal one; all others group.
        var separator = digits.LastIndexOfAny(['.', ',']);
        var decimals = separator < 0 ? 0 : digits.Length - separator - 1;
        var plain = digits.Replace(",", "").Replace(".", "");
        var isDecimal = decimals is 1 or 2;
        return decimal.TryParse(isDecimal ? plain.Insert(plain.Length - decimals, ".") : plain, out var major) ? Money.FromMajor(major, currency) : null;
    }

    // A currency sign or code before or after a number; a bare number is an order number or a count.
    [GeneratedRegex(@"(?:\b(?:RM|MYR|USD|SGD|IDR|THB|PHP|VND|Rp|EUR|GBP|S)\s?\$?|[$€£¥฿₱₫₹])\s*(?<n>\d[\d.,]*\d|\d)|(?<n>\d[\d.,]*\d|\d)\s?(?:ringgit|rupiah|baht|pesos?|dong|dollars?|RM|MYR|USD|SGD|IDR|THB|PHP|VND|EUR|GBP|[€£฿₱₫])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Amounts();
}
