using OpsChat.Text;
using System.Text.RegularExpressions;

namespace OpsChat.ShopData.Values;

/// <summary>Finds the currency that a cell or a header names.</summary>
internal static partial class CellCurrency
{
    /// <summary>The number without its currency, and the currency when it is certain. Anything else that is no number stays, so that it is not
    /// read as one.</summary>
    public static (string Number, string? Currency) Split(string text)
    {
        var body = text.Trim();
        if (Marked().Match(body) is not { Success: true } match)
        {
            return (body, null);
        }

        var mark = match.Groups["mark"].Value.Trim();
        var number = body.Remove(match.Groups["mark"].Index, match.Groups["mark"].Length);
        return Currencies.CodesOf(mark.ToLowerInvariant()) switch
        {
            [var only] => (number, only),
            // "$" and "¥" are several countries' signs: the number counts, the currency is the file's.
            [_, ..] => (number, null),
            _ => IsCode(mark) ? (number, mark.ToUpperInvariant()) : (body, null),
        };
    }

    /// <summary>Of a header such as <c>Amount spent (MYR)</c>; null when it names none.</summary>
    public static string? OfHeader(string header) =>
        HeaderCode().Match(header) is { Success: true } match && IsCode(match.Groups["code"].Value)
            ? match.Groups["code"].Value.ToUpperInvariant()
            : null;

    /// <summary>Three letters that can be an ISO 4217 code, whatever their case: <c>usd</c>.</summary>
    public static bool IsCode(string text) => text.Length == 3 && text.All(char.IsAsciiLetter);

    [GeneratedRegex(
        @"^[-(−]?\s*(?<mark>[\p{L}.]{0,3}[\p{Sc}]|[\p{L}]{2,3}\.?)\s*[-(]?[0-9.,]|[0-9.,)]\s*(?<mark>[\p{L}]{0,2}[\p{Sc}]|[\p{L}]{2,3}\.?)\s*\)?$"
    )]
    private static partial Regex Marked();

    [GeneratedRegex(@"\((?<code>[A-Za-z]{3})\)")]
    private static partial Regex HeaderCode();
}
