using System.Text.RegularExpressions;

namespace OpsChat.Text;

/// <summary>Amounts of money as a cell says them. Amounts within sentences are <see cref="AmountReader"/>'s.</summary>
public static partial class WrittenAmount
{
    // Far above what a small shop moves, and far below what a number of minor units can hold.
    internal const decimal MostMajor = 1_000_000_000_000m;

    /// <summary>
    /// The amount in a cell: a figure, with a sign, code or word of its currency before or behind it, or without. Null when it is not readable: several figures,
    /// an unknown word, more than <c>1,000,000,000,000</c>. A cell that names another currency than <paramref name="currency"/> keeps it.
    /// </summary>
    /// <param name="cell">As the file has it. A blank cell is no amount; whether blank means none or unknown is the caller's to know.</param>
    /// <param name="currency">ISO 4217, of the column or the shop. Its number of decimals tells <c>1.299</c> of MYR (1299) from that of KWD (1.299).</param>
    /// <param name="mark">Of the file; see <see cref="WrittenNumber.MarkShownBy"/>.</param>
    public static Money? Cell(string cell, string currency, DecimalMark mark = DecimalMark.Unknown)
    {
        var plain = PlainText.Normalise(cell).ToLowerInvariant().Trim();
        if (Parts().Match(plain) is not { Success: true } parts)
        {
            return null;
        }

        var marks = new[] { parts.Groups["before"].Value, parts.Groups["behind"].Value }.Select(word => word.Trim()).Where(word => word.Length > 0).ToList();
        var meant = marks.Select(word => Currencies.Meant(word, currency)).Append(marks.Count == 0 ? currency : null).ToList();
        var own = meant.OfType<string>().Distinct().ToList();
        return own is not [var code] || meant.Count(c => c is null) > 1 ? null
            : InCurrency(WrittenNumber.Values(Signed(parts), mark), code) is { } major ? Money.FromMajor(major, code) : null;
    }

    /// <summary>The value in major units: of two readings the one that the currency's decimals allow. Null when there is none or it is too large.</summary>
    internal static decimal? InCurrency(IReadOnlyList<decimal> values, string currency)
    {
        decimal? value = values.Count switch { 0 => null, 1 => values[0], _ => values[Money.Decimals(currency) == 3 ? 1 : 0] };
        return value is { } major && Math.Abs(major) <= MostMajor ? major : null;
    }

    private static string Signed(Match parts)
    {
        var sign = parts.Groups["sign"].Value + parts.Groups["sign2"].Value;
        var figure = parts.Groups["figure"].Value;
        return parts.Groups["open"].Success != parts.Groups["close"].Success ? "" : parts.Groups["open"].Success ? $"({figure})" : sign + figure;
    }

    // "(RM 50.00)", "-MYR 5", "RM -5", "5.00- MYR", "Rs. 20": bracket, sign, currency, sign, figure, currency, bracket.
    [GeneratedRegex(@"^(?<open>\()?\s*(?<sign>[-+])?\s*(?<before>(?:\p{L}|\p{Sc}|(?<=\p{L})\.)*)\s*(?<sign2>[-+])?\s*(?<figure>[\d.,][\d.,' ]*-?)\s*(?<behind>(?:\p{L}|\p{Sc})*)\s*(?<close>\))?$")]
    private static partial Regex Parts();
}
