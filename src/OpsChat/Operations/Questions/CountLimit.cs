using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Operations.Questions;

/// <summary>How many of something it has to be: "more than 3 days late", "fewer than 10 in stock", "who bought at least 3 times".</summary>
/// <param name="Least">Inclusive; null when it may be as few as there are.</param>
/// <param name="Most">Inclusive; null when it may be as many as there are.</param>
/// <param name="Unit">What is counted, as one word for one of them: <c>day</c>, <c>piece</c>, <c>time</c>; empty when nothing says it.</param>
/// <param name="Words">As it was asked.</param>
public sealed partial record CountLimit(int? Least, int? Most, string Unit, string Words)
{
    /// <summary>Null when the words name none, or one that nobody can read.</summary>
    /// <param name="text">In lower case, without days and amounts.</param>
    public static CountLimit? In(string text)
    {
        var match = Limit().Match(text);
        if (!match.Success || Number(match.Groups["number"].Value) is not { } number)
        {
            return null;
        }

        var side = match.Groups["side"].Value;
        if (side == "exactly" && match.Groups["not"].Success)
        {
            // Fewer or more are two stretches, and this holds one.
            return null;
        }

        var isUnder = s_under.Any(word => side.Contains(word, StringComparison.Ordinal));
        var includes = match.Groups["or"].Success || side is "" or "at least" or "at most" or "up to" or "exactly";
        int? least = isUnder ? null : includes ? number : number + 1;
        int? most = side is "" or "exactly" ? number : !isUnder ? null : includes ? number : number - 1;
        // What is not more than three is three at most.
        (least, most) = !match.Groups["not"].Success ? (least, most) : (most + 1, least - 1);
        return new(least, most, UnitOf(match), match.Value.Trim());
    }

    /// <summary>The text without it, in place of which a bar stands.</summary>
    public static string Without(string text) => In(text) is null ? text : Limit().Replace(text, " | ", 1);

    /// <summary>What is there of each, for the middle of a sentence.</summary>
    public string PiecesInWords => (Least, Most) switch
    {
        (0, 0) => "no piece is",
        ({ } least, { } most) when least == most => $"{Plural.Of(least, "piece")} {AnswerTable.Verb(least, "is", "are")}",
        ({ } least, _) => $"at least {Plural.Of(least, "piece")} {AnswerTable.Verb(least, "is", "are")}",
        _ => $"at most {Plural.Of(Most!.Value, "piece")} {AnswerTable.Verb(Most.Value, "is", "are")}",
    };

    public bool Admits(int number) => number >= (Least ?? int.MinValue) && number <= (Most ?? int.MaxValue);

    private static readonly string[] s_under = ["fewer", "less", "under", "below", "at most", "up to", "lower"];

    private static string UnitOf(Match match) => match.Groups["number"].Value is "once" or "twice" ? "time"
        : match.Groups["unit"].Value is { Length: > 0 } unit
            ? QuestionVocabulary.Base(unit) is "day" or "time" or "order" ? QuestionVocabulary.Base(unit) : "piece"
        : "";

    private static int? Number(string word) => word switch { "once" => 1, "twice" => 2, "zero" or "no" or "0" => 0, _ => PassedDays.CountOf(word) };

    private const string Numbers = @"(?<number>\d{1,5}|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|once|twice)";

    private const string Units = @"(?<unit>days?|pieces?|units?|items?|articles?|products?|times?|orders?|left|stock)";

    [GeneratedRegex(
        @"(?:\b(?<not>not\s+|no\s+)?(?<side>more\s+than|over|above|at\s+least|fewer\s+than|less\s+than|lower\s+than|under|below|at\s+most|up\s+to"
            + @"|exactly)\s+" + Numbers + @"(?![\d,.%])(?:\s+(?:in\s+)?" + Units + @"\b)?"
            + "|(?:^|(?<=\\s))" + Numbers + @"\s+(?<or>or)\s+(?<side>more|fewer|less)(?:\s+" + Units + @"\b)?"
            + @"|(?<!\bat\s)\b(?<number>once|twice)\b(?!\s+(?:more|again|an?|every|per)\b)|\b(?<number>zero)\s+" + Units + @"\b)")]
    private static partial Regex Limit();
}
