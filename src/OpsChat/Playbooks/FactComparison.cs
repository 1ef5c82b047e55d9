using System.Globalization;
using OpsChat.Facts;

namespace OpsChat.Playbooks;

/// <summary>
/// How one fact compares with a value. Words compare without regard to case, amounts with numbers in major units (12.50),
/// days with ISO dates, counts of days with durations; lists of words by membership (<c>=</c>) or by how many they are (<c>&lt;</c>).
/// </summary>
internal static class FactComparison
{
    private static readonly string[] Yes = ["yes", "true"];
    private static readonly string[] No = ["no", "false"];

    /// <summary><c>shipment.tracking = unknown</c> asks whether the fact is there at all.</summary>
    private const string Unknown = "unknown";

    public static Truth Evaluate(FactExpression.Compare comparison, FactSet facts)
    {
        if (comparison.With is FactExpression.Operand.Written { Text: Unknown } && !IsOrder(comparison.How))
        {
            return AsTruth(Same(facts.Find(comparison.Name) is null, comparison.How));
        }

        if (comparison.Name.EndsWith(".missing", StringComparison.Ordinal) && comparison.With is FactExpression.Operand.Written missing)
        {
            return AsTruth(FlagIs(FactExpression.FlagOf(comparison.Name, facts) == Truth.Yes, missing.Text, comparison.How));
        }

        return facts.Find(comparison.Name) is not { } fact
            ? Truth.Unsure
            : AsTruth(
                comparison.With switch
                {
                    FactExpression.Operand.Written written => WithText(fact.Value, written.Text, comparison.How),
                    FactExpression.Operand.Days days => WithNumber(fact.Value, days.Count, comparison.How),
                    FactExpression.Operand.OtherFact other => facts.Find(other.Name) is { } second
                        ? WithValue(fact.Value, second.Value, comparison.How)
                        : null,
                    _ => throw new InvalidOperationException("Operand is closed."),
                }
            );
    }

    /// <summary>What is wrong with comparing these kinds, or null when nothing is.</summary>
    public static string? Misfit(
        string name,
        FactKind kind,
        FactExpression.Operand operand,
        Comparison how,
        Func<string, FactKind?> kindOf
    ) =>
        operand switch
        {
            FactExpression.Operand.OtherFact other => kindOf(other.Name) is { } second && second != kind
                ? $"`{name}` is {Named(kind)} and `{other.Name}` is {Named(second)}; they cannot be compared."
                : OrderMisfit(name, kind, how),
            FactExpression.Operand.Days => kind == FactKind.Number && FactVocabulary.IsCountOfDays(name)
                ? null
                : $"`{name}` is not a number of days, so it cannot be compared with a duration.",
            FactExpression.Operand.Written { Text: Unknown } when !IsOrder(how) => null,
            FactExpression.Operand.Written written => OrderMisfit(name, kind, how) ?? WrittenMisfit(name, kind, written.Text, how),
            _ => throw new InvalidOperationException("Operand is closed."),
        };

    private static string? OrderMisfit(string name, FactKind kind, Comparison how) =>
        kind is FactKind.Text or FactKind.Flag && how is not (Comparison.Equal or Comparison.NotEqual)
            ? $"`{name}` is {Named(kind)}, which is neither more nor less than another." : null;

    private static string? WrittenMisfit(string name, FactKind kind, string text, Comparison how) =>
        kind switch
        {
            FactKind.Number or FactKind.Amount when Number(text) is null => $"`{name}` is {Named(kind)}, and `{text}` is not a number.",
            FactKind.Day when Day(text) is null => $"`{name}` is a day, and `{text}` is not a date like 2026-12-03.",
            FactKind.Flag when YesOrNo(text) is null => $"`{name}` is yes or no, and `{text}` is neither.",
            FactKind.Words when IsOrder(how) && Number(text) is null =>
                $"`{name}` is several words; more or less asks how many they are, and `{text}` is not a number.",
            _ => null,
        };

    private static bool? WithText(FactValue value, string text, Comparison how) => value switch
    {
        FactValue.Text t => Same(string.Equals(t.Value.Trim(), text, StringComparison.OrdinalIgnoreCase), how),
        FactValue.Flag f => FlagIs(f.Value, text, how),
        FactValue.Day d => Day(text) is { } day ? Ordered(d.Value.CompareTo(day), how) : null,
        FactValue.Words w when !IsOrder(how) => Same(w.Values.Contains(text, StringComparer.OrdinalIgnoreCase), how),
        _ => Number(text) is { } number ? WithNumber(value, number, how) : null,
    };

    private static bool? WithNumber(FactValue value, decimal number, Comparison how) => value switch
    {
        FactValue.Number n => Ordered(n.Value.CompareTo(number), how),
        FactValue.Amount a => Ordered(a.Value.Major.CompareTo(number), how),
        FactValue.Words w => Ordered(((decimal)w.Values.Count).CompareTo(number), how),
        _ => null,
    };

    private static bool? WithValue(FactValue left, FactValue right, Comparison how) => (left, right) switch
    {
        (FactValue.Number a, FactValue.Number b) => Ordered(a.Value.CompareTo(b.Value), how),
        (FactValue.Amount a, FactValue.Amount b) when a.Value.Currency == b.Value.Currency => Ordered(a.Value.Minor.CompareTo(b.Value.Minor), how),
        (FactValue.Day a, FactValue.Day b) => Ordered(a.Value.CompareTo(b.Value), how),
        (FactValue.Flag a, FactValue.Flag b) => Same(a.Value == b.Value, how),
        (FactValue.Text a, FactValue.Text b) => Same(string.Equals(a.Value, b.Value, StringComparison.OrdinalIgnoreCase), how),
        _ => null,
    };

    private static bool? FlagIs(bool value, string text, Comparison how) => YesOrNo(text) is { } wanted ? Same(value == wanted, how) : null;

    private static bool? Same(bool same, Comparison how) => how switch
    {
        Comparison.Equal => same,
        Comparison.NotEqual => !same,
        _ => null,
    };

    private static bool Ordered(int order, Comparison how) => how switch
    {
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        _ => order >= 0,
    };

    private static bool IsOrder(Comparison how) => how is not (Comparison.Equal or Comparison.NotEqual);

    private static Truth AsTruth(bool? holds) => holds switch { true => Truth.Yes, false => Truth.No, null => Truth.Unsure };

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static bool? YesOrNo(string text) =>
        Yes.Contains(text, StringComparer.OrdinalIgnoreCase) ? true : No.Contains(text, StringComparer.OrdinalIgnoreCase) ? false : null;

    private static string Named(FactKind kind) => kind switch
    {
        FactKind.Text => "a word",
        FactKind.Number => "a number",
        FactKind.Amount => "an amount",
        FactKind.Day => "a day",
        FactKind.Flag => "yes or no",
        _ => "several words",
    };
}
