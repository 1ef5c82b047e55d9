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

        var (words, amount) = (match.Groups["side"].Value.ToLowerInvariant().Split(), Amount(match.Groups["number"]));
        var (isUnder, isIncluded) = (words.Any(s_under.Contains), words.Any(s_including.Contains));
        // What is not over an amount is at most that: both the side and the amount itself turn.
        return match.Groups["not"].Success != isUnder ? new(null, amount, match.Groups["not"].Success != isIncluded)
            : new(amount, null, match.Groups["not"].Success != isIncluded);
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

    private static readonly HashSet<string> s_under = ["under", "below", "less", "lower", "smaller", "cheaper", "most", "up"];

    private static readonly HashSet<string> s_including = ["least", "most", "up"];

    private static Match? Found(string question) =>
        new[] { Range().Match(question), Limit().Match(question) }.FirstOrDefault(match => match.Success
            && (match.Groups["money"].Success || OrdersBefore().IsMatch(QuestionPeriod.WithoutDays(question[..match.Index]))));

    private const string Unit = @"(?:rm|myr|ringgit|usd|sgd|eur|\$|€|£)\s*";

    private const string Number = @"(?>\d[\d,]*(?:\.\d+)?)";

    /// <summary>What is counted, and is no money; a word may stand before it: "3 business days". A day of a month is none either: "20 October".
    /// </summary>
    private const string Counted = @"\s*(?:%|(?:(?!(?:last|this|next|in|the|per|each|every|came|come|were|was|are|did|from|since|until|till|before"
        + @"|after|during|of|for|on|by|to|with|and|or|that|which|placed|made|sold|shipped|sent)\b)[a-z]+\s+)?"
        + "(?:days?|weeks?|months?|years?|hours?|pieces?|units?|items?|orders?|times?|stars?|articles?|products?|percent|kg|kilos?|grams?|km)"
        + @"\b|(?<=(?<![\d,.])\d{1,2}\s*)(?:(?:st|nd|rd|th)\s+)?" + QuestionPeriod.MonthPattern + @"\b)";

    /// <summary>Orders, perhaps with where they go or their days, of which a bar stands in place.</summary>
    [GeneratedRegex(@"\borders?(?:\s+(?:did|do|have)\s+(?:we|i)(?:\s+(?:have|get|got|had|make|take|receive))?)?(?:\s+(?:came|placed|made))?"
        + @"(?:\s+(?:(?:in|from|to|on|since|during|before|after)\s+)?\||\s+(?:in|from|to)\s+(?!stock\b|transit\b)[a-z]+)*"
        + @"(?:\s+(?:worth|of|for|with\s+(?:a\s+)?(?:total|value|amount)(?:\s+of)?|(?:(?:that|which)\s+)?(?:are|were|come\s+to|came\s+to)|was))?"
        + @"\s+$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OrdersBefore();

    [GeneratedRegex(
        @"\b(?<not>(?:not|no|nothing|never|(?:is|are|was|were|do|does|did)n['’]?t|tidak|tak|bukan)\s+(?:(?:be|cost|worth|come\s+to)\s+)?)?"
            + @"(?<side>over|above|exceed(?:s|ing)?|up\s+to|at\s+least|at\s+most|more(?:\s+than)?|bigger\s+than|larger\s+than|higher\s+than"
            + @"|worth\s+more\s+than|under|below|less(?:\s+than)?|lower\s+than|smaller\s+than|cheaper\s+than)\s+"
            + "(?<money>" + Unit + ")?(?<number>" + Number + @")(?<money>\s*(?:rm|myr|ringgit)\b)?"
            + "(?(money)|(?!" + Counted + "))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Limit();

    [GeneratedRegex(
        @"(?<!\b(?:not|(?:is|are|was|were)n['’]?t|tidak|tak|bukan)\s+)\bbetween\s+(?<money>" + Unit + ")?(?<low>" + Number
            + @")\s+(?:and|to|dan|hingga)\s+(?<money>" + Unit + ")?(?<high>" + Number
            + @")(?<money>\s*(?:rm|myr|ringgit)\b)?(?(money)|(?!" + Counted + "))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}
