using System.Text.RegularExpressions;

namespace OpsChat.Facts;

/// <summary>Tells what a customer wants from what they do not: "the normal one, not electric". Pure.</summary>
internal static partial class Negation
{
    /// <summary>The message without refused words, and the refused words.</summary>
    public static (string Wanted, IReadOnlyList<string> Refused) Split(string message) =>
        (Refused().Replace(message, " "), [.. Refused().Matches(message).Select(match => match.Groups["word"].Value.ToLowerInvariant())]);

    [GeneratedRegex(
        @"\b(?:not|bukan|instead of|bukannya|hindi)\s+(?:the\s+|yang\s+)?(?<word>[\p{L}\d-]{2,30})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Refused();
}
