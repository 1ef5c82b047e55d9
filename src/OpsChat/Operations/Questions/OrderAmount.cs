using System.Globalization;
using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>How much an order has to come to: "orders over RM 200", "orders between RM 100 and RM 200".</summary>
/// <param name="Over">Orders come to more; null when they may come to anything.</param>
/// <param name="Under">Orders come to less; null when they may come to anything.</param>
public sealed partial record OrderAmount(Money? Over, Money? Under)
{
    /// <summary>Null when the question names none. A number beside days or pieces is no amount.</summary>
    /// <param name="question">In the words of the grammar.</param>
    public static OrderAmount? Of(string question, string currency)
    {
        Money? Amount(Group number) => decimal.TryParse(number.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var major)
            ? Money.FromMajor(major, currency) : null;
        return Found(question) is not { } match ? null
            : match.Groups["low"].Success ? new(Amount(match.Groups["low"]), Amount(match.Groups["high"]))
            : s_under.Contains(match.Groups["side"].Value.Split(' ')[0].ToLowerInvariant()) ? new(null, Amount(match.Groups["number"]))
            : new(Amount(match.Groups["number"]), null);
    }

    /// <summary>The question without it, in place of which a bar stands.</summary>
    public static string Without(string question) =>
        Found(question) is { } match ? $"{question[..match.Index]}|{question[(match.Index + match.Length)..]}" : question;

    public bool Admits(Money total) => total.Currency == (Over ?? Under)!.Value.Currency
        && (Over is not { } over || total.Minor > over.Minor) && (Under is not { } under || total.Minor < under.Minor);

    public override string ToString() => (Over, Under) switch
    {
        ({ } low, { } high) => $"between {low} and {high}",
        ({ } over, null) => $"over {over}",
        _ => $"under {Under}",
    };

    private static readonly HashSet<string> s_under = ["under", "below", "less", "smaller", "cheaper"];

    private static Match? Found(string question) =>
        new[] { Range().Match(question), Limit().Match(question) }.FirstOrDefault(match => match.Success
            && (match.Groups["money"].Success || question[..match.Index].Contains("order", StringComparison.OrdinalIgnoreCase)));

    private const string Unit = @"(?:rm|myr|ringgit|usd|sgd|eur|\$|€|£)\s*";

    private const string Number = @"\d[\d,]*(?:\.\d+)?";

    [GeneratedRegex(
        @"\b(?<side>over|above|more(?:\s+than)?|bigger\s+than|larger\s+than|higher\s+than|worth\s+more\s+than|under|below|less\s+than"
            + @"|smaller\s+than|cheaper\s+than)\s+(?<money>" + Unit + ")?(?<number>" + Number + @")(?!\d)(?<money>\s*(?:rm|myr|ringgit)\b)?"
            + @"(?(money)|(?!\s*(?:days?|weeks?|months?|years?|hours?|pieces?|units?|items?|orders?|times?|stars?|%)))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Limit();

    [GeneratedRegex(
        @"\bbetween\s+(?<money>" + Unit + ")?(?<low>" + Number + @")\s+(?:and|to|dan|hingga)\s+(?<money>" + Unit + ")?(?<high>" + Number
            + @")(?!\d)(?<money>\s*(?:rm|myr|ringgit)\b)?"
            + @"(?(money)|(?!\s*(?:days?|weeks?|months?|pieces?|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}
