namespace OpsChat.Drafting;

internal enum ClaimKind { Link, Email, Phone, Amount, Date, Weekday, Month, Time, Measure, Code, Number, Name, Promise }

/// <summary>Something checkable that a text says.</summary>
/// <param name="Words">As the text has it.</param>
/// <param name="Keys">Its normal forms; several when the notation is ambiguous (03/12, 1.299), and then any of them grounds it.</param>
internal sealed record Claim(ClaimKind Kind, string Words, IReadOnlyList<string> Keys)
{
    /// <summary>What a source that says this also says: 3 Dec 2026 says 3 Dec, Thursday and December; RM 49.90 says 49.90.</summary>
    public IEnumerable<string> Implied() => Keys.SelectMany(Implied);

    private IEnumerable<string> Implied(string key) => Kind switch
    {
        ClaimKind.Date => [key, .. ClaimKeys.OfDateParts(key)],
        ClaimKind.Amount or ClaimKind.Measure => [key, ClaimKeys.Number(key[(key.LastIndexOf(':') + 1)..])],
        // "+60 12-345 6789" is also dialled 012-345 6789; country codes have one to three digits.
        ClaimKind.Phone when Words.StartsWith('+') => [key, $"p:{key[3..]}", $"p:{key[4..]}", $"p:{key[5..]}"],
        ClaimKind.Link => [key, key.Split('/')[0]],
        ClaimKind.Code when key[2..].All(char.IsAsciiDigit) => [key, ClaimKeys.Number(key[2..].TrimStart('0'))],
        ClaimKind.Number when key.Length >= 5 && key[2..].All(char.IsAsciiDigit) => [key, ClaimKeys.Code(key[2..])],
        ClaimKind.Promise => PromiseReader.Implied(key),
        _ => [key],
    };
}

/// <summary>The normal forms of claims: one letter for the kind, a colon, the value.</summary>
internal static class ClaimKeys
{
    public static string Number(string value) => $"n:{value}";

    public static string Number(decimal value) => Number(Plain(value));

    public static string Amount(string currency, decimal value) => $"a:{currency}:{Plain(value)}";

    /// <summary>Whether a key is of a measure of time: "2 days".</summary>
    public static bool IsOfTime(string key) => s_times.Contains(key.Split(':') is ["m", var unit, ..] ? unit : "");

    private static readonly string[] s_times = ["minute", "hour", "day", "week", "month", "year"];

    public static string Measure(string unit, decimal value) => $"m:{unit}:{Plain(value)}";

    public static string Code(string code) => $"c:{code}";

    public static string Name(string word) => $"w:{word}";

    public static string Weekday(DayOfWeek day) => $"d:{day}";

    public static string Month(int month) => $"o:{month}";

    /// <summary>Minutes after midnight.</summary>
    public static string Time(int minutes) => $"t:{minutes % 1440}";

    /// <summary>A day with its year, or of any year; null when there is no such day.</summary>
    public static string? Date(int? year, int month, int day) =>
        month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year ?? 2024, month) ? null
        : year is { } y ? $"y:{y:0000}-{month:00}-{day:00}"
        : $"y:{month:00}-{day:00}";

    internal static IEnumerable<string> OfDateParts(string key)
    {
        var parts = key[2..].Split('-').Select(int.Parse).ToArray();
        yield return Month(parts[^2]);
        if (parts is [var year, var month, var day])
        {
            yield return Date(null, month, day)!;
            yield return Weekday(new DateOnly(year, month, day).DayOfWeek);
            yield return Number(year);
        }
    }

    // G29 drops trailing zeros: 49.90 and 49.9 are one amount.
    private static string Plain(decimal value) => value.ToString("G29");
}
