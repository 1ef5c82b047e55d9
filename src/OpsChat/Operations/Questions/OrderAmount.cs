using System.Globalization;
using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>How much an order has to come to: "orders over RM 200", "orders between RM 100 and RM 200".</summary>
/// <param name="Over">Orders come to more; null when they may come to anything.</param>
/// <param name="Under">Orders come to less; null when they may come to anything.</param>
/// <param name="IncludesBounds">Orders may also come to exactly that: "at least RM 200", "between RM 100 and RM 200".</param>
public sealed partial record OrderAmount(Money? Over, Money? Under, bool IncludesBounds)
{
    /// <summary>Null when the question names none. A number without a currency is an amount only right behind the word for orders, and not beside
    /// days or pieces.</summary>
    /// <param name="question">In the words of the grammar.</param>
    public static OrderAmount? Of(string question, string currency)
    {
        Money? Amount(Group number) => decimal.TryParse(number.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var major)
            ? Money.FromMajor(major, currency) : null;
        if (Found(question) is not { } match)
        {
            return null;
        }

        if (match.Groups["low"].Success)
        {
            return new(Amount(match.Groups["low"]), Amount(match.Groups["high"]), IncludesBounds: true);
        }

        var (side, amount) = (match.Groups["side"].Value.ToLowerInvariant(), Amount(match.Groups["number"]));
        var isIncluded = side.StartsWith("at ", StringComparison.Ordinal);
        return s_under.Contains(side.Split(' ')[isIncluded ? 1 : 0]) ? new(null, amount, isIncluded) : new(amount, null, isIncluded);
    }

    /// <summary>The question without it, in place of which a bar stands.</summary>
    public static string Without(string question) =>
        Found(question) is { } match ? $"{question[..match.Index]}|{question[(match.Index + match.Length)..]}" : question;

    public bool Admits(Money total)
    {
        var slack = IncludesBounds ? 1 : 0;
        return total.Currency == (Over ?? Under)!.Value.Currency
            && (Over is not { } over || total.Minor + slack > over.Minor) && (Under is not { } under || total.Minor - slack < under.Minor);
    }

    public override string ToString() => (Over, Under) switch
    {
        ({ } low, { } high) => $"between {low} and {high}",
        ({ } over, null) => IncludesBounds ? $"of at least {over}" : $"over {over}",
        _ => IncludesBounds ? $"of at most {Under}" : $"under {Under}",
    };

    private static readonly HashSet<string> s_under = ["under", "below", "less", "smaller", "cheaper", "most"];

    private static Match? Found(string question) =>
        new[] { Range().Match(question), Limit().Match(question) }.FirstOrDefault(match => match.Success
            && (match.Groups["money"].Success || OrdersBefore().IsMatch(question[..match.Index])));

    private const string Unit = @"(?:rm|myr|ringgit|usd|sgd|eur|\$|€|£)\s*";

    private const string Number = @"(?>\d[\d,]*(?:\.\d+)?)";

    /// <summary>What is counted, and is no money; a word may stand before it: "3 business days".</summary>
    private const string Counted = @"\s*(?:(?!(?:last|this|next|in|the|per|each|every|came|were|did)\b)[a-z]+\s+)?"
        + "(?:days?|weeks?|months?|years?|hours?|pieces?|units?|items?|orders?|times?|stars?|articles?|products?|%|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)";

    [GeneratedRegex(@"\borders?(?:\s+(?:worth|of|for|with\s+(?:a\s+)?(?:total|value|amount)(?:\s+of)?|that\s+(?:are|were|come\s+to)))?\s+$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OrdersBefore();

    [GeneratedRegex(
        @"\b(?<side>over|above|at\s+least|at\s+most|more(?:\s+than)?|bigger\s+than|larger\s+than|higher\s+than|worth\s+more\s+than|under|below"
            + @"|less\s+than|smaller\s+than|cheaper\s+than)\s+(?<money>" + Unit + ")?(?<number>" + Number + @")(?<money>\s*(?:rm|myr|ringgit)\b)?"
            + "(?(money)|(?!" + Counted + "))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Limit();

    [GeneratedRegex(
        @"\bbetween\s+(?<money>" + Unit + ")?(?<low>" + Number + @")\s+(?:and|to|dan|hingga)\s+(?<money>" + Unit + ")?(?<high>" + Number
            + @")(?<money>\s*(?:rm|myr|ringgit)\b)?(?(money)|(?!" + Counted + "))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}
