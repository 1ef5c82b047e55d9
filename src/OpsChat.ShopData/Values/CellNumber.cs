using OpsChat.Text;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsChat.ShopData.Values;

/// <summary>Numbers and amounts as spreadsheets and shop systems write them. What is not certainly a number is null, never zero.</summary>
internal static partial class CellNumber
{
    /// <summary>Beyond this a cell holds an id or a mistake, no amount of a small shop.</summary>
    private const decimal Most = 1_000_000_000_000m;

    /// <summary>What exports write where there is nothing: <c>-</c>, <c>--</c>, <c>N/A</c>.</summary>
    public static bool IsNone(string text)
    {
        // Asked of every cell of files with millions.
        var cell = text.AsSpan().Trim();
        return cell.Length <= 4
            && (
                cell is "" or "-" or "--" or "—" or "–"
                || s_none.Any(none => MemoryExtensions.Equals(none, text.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase))
            );
    }

    private static readonly string[] s_none = ["N/A", "NA", "NULL", "NONE", "#N/A"];

    /// <summary>An id that a spreadsheet turned into a rounded number: <c>5.769E+17</c>.</summary>
    public static bool IsDamagedId(string text) => DamagedId().IsMatch(text.Trim());

    /// <summary>
    /// Either decimal separator and any grouping: <c>1,299.00</c>, <c>1.299,00</c>, <c>1 299,5</c>, <c>1'299.00</c>, <c>(12.00)</c> and
    /// <c>12.00-</c> for minus twelve. A single separator before exactly three digits groups thousands, unless <paramref name="decimals"/> is 3
    /// or the number begins with 0.
    /// </summary>
    /// <param name="decimals">How many decimal places the values of this column usually have.</param>
    public static decimal? Read(string text, int decimals = 2)
    {
        var values = WrittenNumber.Values(text);
        decimal? value = values.Count switch { 0 => null, 1 => values[0], _ => values[decimals == 3 ? 1 : 0] };
        return value is { } read && Math.Abs(read) < Most ? read : null;
    }

    /// <summary>A whole number: <c>12</c>, <c>2.0</c>, <c>3,0</c>, <c>1,234</c>; null for <c>12,5</c>.</summary>
    public static int? Count(string text) => IsPlain(text) ? int.Parse(text, CultureInfo.InvariantCulture)
        : Read(text) is { } value && value == decimal.Truncate(value) && Math.Abs(value) <= int.MaxValue ? (int)value : null;

    /// <summary>Nothing but digits, as nearly every count is.</summary>
    private static bool IsPlain(string text) =>
        text.Length is > 0 and <= 9 && (text[0] != '0' || text.Length == 1) && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>An amount with its sign, none that would be rounded to nothing; the currency that the cell itself names comes before
    /// <paramref name="currency"/>. </summary>
    public static Money? Amount(string text, string currency)
    {
        var (number, named) = CellCurrency.Split(text);
        var own = named ?? currency;
        return
            Read(number, Money.Decimals(own)) is { } value && Money.FromMajor(value, own) is var money && (money.Minor != 0 || value == 0)
            ? money
            : null;
    }

    [GeneratedRegex(@"^[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}$")]
    private static partial Regex DamagedId();
}
