using System.Globalization;

namespace OpsChat.Text;

/// <summary>How many of something, in English: <c>1 case</c>, <c>2 cases</c>, <c>0 orders</c>.</summary>
public static class Plural
{
    /// <param name="one">The thing in the singular.</param>
    /// <param name="many">Its plural; null where that is the singular with an s.</param>
    public static string Of(int count, string one, string? many = null) =>
        $"{count.ToString(CultureInfo.InvariantCulture)} {Noun(count, one, many)}";

    /// <summary>The same for a figure that is rounded first: <c>0.96</c> days, written without decimals, are <c>1 day</c>.</summary>
    /// <param name="format">How the figure is written: <c>0.#</c>.</param>
    public static string Of(double count, string format, string one, string? many = null) =>
        count.ToString(format, CultureInfo.InvariantCulture) is var shown && shown == "1" ? $"1 {one}" : $"{shown} {many ?? one + "s"}";

    /// <summary>The noun alone, where the number stands elsewhere.</summary>
    public static string Noun(int count, string one, string? many = null) => count is 1 or -1 ? one : many ?? one + "s";
}
