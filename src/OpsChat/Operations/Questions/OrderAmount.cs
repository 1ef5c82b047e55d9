using System.Globalization;
using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>How much something has to come to: "orders over RM 200", "orders between RM 100 and RM 200", "over 100 and not over 200".</summary>
/// <param name="Over">It comes to more; null when it may come to anything.</param>
/// <param name="Under">It comes to less; null when it may come to anything.</param>
/// <param name="IncludesOver">It may also come to exactly the first: "at least RM 200", "between RM 100 and RM 200".</param>
/// <param name="IncludesUnder">It may also come to exactly the second: "at most RM 200".</param>
public sealed partial record OrderAmount(Money? Over, Money? Under, bool IncludesOver, bool IncludesUnder)
{
    /// <summary>What has to come to it, by the noun before it.</summary>
    public AmountOf Of { get; init; }

    /// <summary>Null when the question names none. A number without a currency is an amount only right behind the word for orders or refunds, and
    /// not beside days or pieces.</summary>
    /// <param name="question">In the words of the grammar.</param>
    public static OrderAmount? In(string question, string currency)
    {
        if (Found(question) is not { } match)
        {
            return null;
        }

        var one = One(match, currency);
        var both = Second(question, match) is { } second ? Both(one, One(second, currency)) : one;
        var before = Nouns().Match(question[..match.Index]);
        return both with
        {
            Of = before.Groups["order"].Success ? AmountOf.Orders
                : before.Groups["refund"].Success ? AmountOf.Refunds
                : before.Groups["customer"].Success ? AmountOf.Customers
                : before.Groups["article"].Success ? AmountOf.Articles
                : AmountOf.NotSaid,
        };
    }

    /// <summary>Both hold: of two bounds on one side the narrower one.</summary>
    private static OrderAmount Both(OrderAmount one, OrderAmount other)
    {
        var over = Higher(one, other) ? one : other;
        var under = Lower(one, other) ? one : other;
        return new(over.Over, under.Under, over.IncludesOver, under.IncludesUnder);
    }

    private static bool Higher(OrderAmount one, OrderAmount other) => other.Over is not { } over
        || (one.Over is { } its && (its.Minor > over.Minor || (its.Minor == over.Minor && !one.IncludesOver)));

    private static bool Lower(OrderAmount one, OrderAmount other) => other.Under is not { } under
        || (one.Under is { } its && (its.Minor < under.Minor || (its.Minor == under.Minor && !one.IncludesUnder)));

    private static OrderAmount One(Match match, string currency)
    {
        Money? Amount(Group number) => decimal.TryParse(number.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var major)
            ? Money.FromMajor(major, currency) : null;
        if (match.Groups["low"].Success)
        {
            return new(Amount(match.Groups["low"]), Amount(match.Groups["high"]), IncludesOver: true, IncludesUnder: true);
        }

        var (words, amount) = (match.Groups["side"].Value.ToLowerInvariant().Split(), Amount(match.Groups["number"]));
        var (isUnder, isIncluded) = (words.Any(s_under.Contains), words.Any(s_including.Contains));
        // What is not over an amount is at most that: both the side and the amount itself turn.
        var includes = match.Groups["not"].Success != isIncluded;
        return match.Groups["not"].Success != isUnder ? new(null, amount, false, includes) : new(amount, null, includes, false);
    }

    /// <summary>The question without it, in place of which a bar stands.</summary>
    public static string Without(string question)
    {
        if (Found(question) is not { } match)
        {
            return question;
        }

        var last = Second(question, match) ?? match;
        return $"{question[..match.Index]}|{question[(last.Index + last.Length)..]}";
    }

    public bool Admits(Money total) => total.Currency == (Over ?? Under)!.Value.Currency
        && (Over is not { } over || total.Minor > over.Minor || (IncludesOver && total.Minor == over.Minor))
        && (Under is not { } under || total.Minor < under.Minor || (IncludesUnder && total.Minor == under.Minor));

    public override string ToString() => (Over, Under) switch
    {
        ({ } low, { } high) when IncludesOver && IncludesUnder => $"between {low} and {high}",
        ({ } low, { } high) => $"{Lower(low)} and {Upper(high)}",
        ({ } over, null) => Lower(over),
        _ => Upper(Under!.Value),
    };

    private string Lower(Money bound) => IncludesOver ? $"of at least {bound}" : $"over {bound}";

    private string Upper(Money bound) => IncludesUnder ? $"of at most {bound}" : $"under {bound}";

    private static readonly HashSet<string> s_under = ["under", "below", "less", "lower", "smaller", "cheaper", "most", "up"];

    private static readonly HashSet<string> s_including = ["least", "most", "up"];

    private static Match? Found(string question) =>
        new[] { Range().Match(question), Limit().Match(question) }.FirstOrDefault(match => match.Success
            && (match.Groups["money"].Success || OrdersBefore().IsMatch(PeriodText.WithoutDays(question[..match.Index]))));

    /// <summary>"Over 100 and not over 200": the other bound right behind the first one.</summary>
    private static Match? Second(string question, Match first) => !first.Groups["low"].Success
        && Limit().Match(question, first.Index + first.Length) is { Success: true } second
        && Joint().IsMatch(question[(first.Index + first.Length)..second.Index]) ? second : null;

    private const string Unit = @"(?:rm|myr|ringgit|usd|sgd|eur|\$|€|£)\s*";

    private const string Number = @"(?>\d[\d,]*(?:\.\d+)?)";

    /// <summary>What is counted, and is no money; a word may stand before it: "3 business days". A day of a month is none either: "20 October".
    /// </summary>
    private const string Counted = @"\s*(?:%|(?:(?!(?:last|this|next|in|the|per|each|every|came|come|were|was|are|did|from|since|until|till|before"
        + @"|after|during|of|for|on|by|to|with|and|or|that|which|placed|made|sold|shipped|sent)\b)[a-z]+\s+)?"
        + "(?:days?|weeks?|months?|years?|hours?|pieces?|units?|items?|orders?|times?|stars?|articles?|products?|percent|kg|kilos?|grams?|km)"
        + @"\b|(?<=(?<![\d,.])\d{1,2}\s*)(?:(?:st|nd|rd|th)\s+)?" + PeriodText.MonthPattern + @"\b)";

    /// <summary>Orders, perhaps with where they go or their days, of which a bar stands in place.</summary>
    [GeneratedRegex(@"\b(?:orders?|refunds?)"
        + @"(?:\s+(?:did|do|have)\s+(?:we|i)(?:\s+(?:have|get|got|had|make|take|receive))?)?(?:\s+(?:came|placed|made))?"
        + @"(?:\s+(?:(?:in|from|to|on|since|during|before|after)\s+)?\|(?:\s+and\s+\|)?|\s+(?:in|from|to)\s+(?!stock\b|transit\b)[a-z]+)*"
        + @"(?:\s+(?:worth|of|for|with\s+(?:a\s+)?(?:total|value|amount)(?:\s+of)?|(?:(?:that|which)\s+)?(?:are|were|come\s+to|came\s+to)|was))?"
        + @"\s+$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OrdersBefore();

    [GeneratedRegex(@"^\s*(?:,\s*)?(?:and|but|yet)?\s*(?:also\s+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Joint();

    /// <summary>The nearest noun that can come to an amount.</summary>
    [GeneratedRegex(
        @"\b(?:(?<order>orders?)|(?<refund>refunds?)|(?<customer>who|customers?|clients?|buyers?|shoppers?)"
            + @"|(?<article>articles?|products?|items?|skus?|goods|stock|returns?|parcels?|suppliers?))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex Nouns();

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

/// <summary>What has to come to an amount.</summary>
public enum AmountOf { NotSaid, Orders, Refunds, Customers, Articles }
