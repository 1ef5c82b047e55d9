using System.Text.RegularExpressions;

namespace OpsChat.Decisions;

/// <summary>Writes out two question words that share what they ask of: "how much + how long to ship to Kota Kinabalu" is "how much to ship to Kota
/// Kinabalu? how long to ship to Kota Kinabalu?", since cut in two the first would be about nothing. Pure.</summary>
static partial class CoordinatedQuestions
{
    /// <summary>The text with both questions in full; null where no two share anything.</summary>
    public static string? WrittenOut(string text)
    {
        var written = Pair().Replace(text, pair =>
            $"{pair.Groups["first"].Value} {pair.Groups["rest"].Value}? {pair.Groups["second"].Value} {pair.Groups["rest"].Value}");
        return written == text ? null : written;
    }

    [GeneratedRegex(
        @"\b(?<first>how\s+much|how\s+long|how\s+many\s+days|berapa\s+(?:harga|lama|hari|caj|kos)|brp\s+(?:lama|hari))"
            + @"\s*(?:\+|&|/|,|\band\b|\bn\b|\bdan\b)\s*"
            + @"(?<second>how\s+much|how\s+long|how\s+many\s+days|when|berapa\s+(?:harga|lama|hari|caj|kos)|brp\s+(?:lama|hari))"
            + @"\s+(?<rest>(?:to|for|does|will|is|until|ke|untuk|utk|kalau|pos|hantar|ship|deliver)\b[^?.!;\n]+)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Pair();
}
