using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Understanding;

/// <summary>Cuts a message where a second matter may begin: at the ends of sentences, commas and joining words.</summary>
internal static partial class Clauses
{
    private const int FewestTokens = 2, Most = 4, MostOfAll = 40;

    /// <summary>The clauses with enough words to be a matter of their own, at most four; empty when there are fewer than two.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        string[] clauses = [.. Joint().Split(text).Where(clause => Tokens.Of(clause).Count >= FewestTokens).Take(Most)];
        return clauses.Length > 1 ? clauses : [];
    }

    /// <summary>The first eight sentences of more than a word or two beside numbers; empty where the text is a single sentence.</summary>
    public static IReadOnlyList<string> Sentences(string text)
    {
        string[] sentences = [.. SentenceEnd().Split(text, MostOfAll).Where(sentence => Tokens.Of(sentence).Count > 0)];
        return sentences.Length < 2 ? []
            : [.. sentences.Where(sentence => Tokens.Of(sentence).Count(token => char.IsLetter(token[0])) > FewestTokens).Take(MostSentences)];
    }

    private const int MostSentences = 8;

    [GeneratedRegex(@"(?<=[.!?;\n])\s+|(?<=[。！？；])")]
    private static partial Regex SentenceEnd();

    /// <summary>Every clause that says anything, trimmed; from the fortieth on the rest is one clause, so that nothing is left out.</summary>
    public static IReadOnlyList<string> All(string text) =>
        [.. Joint().Split(text, MostOfAll).Select(clause => clause.Trim()).Where(clause => Tokens.Of(clause).Count > 0)];

    /// <summary>Whether the text is one clause of at most so many words, or of about as much where no spaces part them: nothing stands behind
    /// it.</summary>
    public static bool IsOne(string text, int mostWords) =>
        Tokens.Of(text).Count(token => !Scripts.IsUnspaced(token[0])) <= mostWords
        && text.Count(Scripts.IsUnspaced) <= MostUnspaced
        && All(text).Count <= 1;

    private const int MostUnspaced = 14;

    /// <summary>Whether the text puts a question mark behind that clause of it, which the clause itself does not hold.</summary>
    public static bool IsAsked(string text, string clause)
    {
        for (var at = text.IndexOf(clause, StringComparison.Ordinal); at >= 0; at = text.IndexOf(clause, at + 1, StringComparison.Ordinal))
        {
            if (text.AsSpan(at + clause.Length).TrimStart() is ['?' or '？', ..])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What stands behind a question out of politeness, and is none: "is it in stock, please?"</summary>
    private const string Courtesy =
        @"(?:please|pls|plz|tq|ya|kan|eh|ah|lah|right|boleh|can|po|kak|sis|bro|boss?|sir|admin|dear|tolong)"
        + @"(?:\s(?:please|pls|ah|ya|po|kak))?\s*(?:[?!.]|$)";

    [GeneratedRegex(
        @"(?:[.!?;\n]+(?=\s|$)|[。！？；，、]|,?\s(?:and|also|plus|another (?:thing|question)|besides|dan|juga|lagipun|serta|tapos|saka|y|también|e"
            + @"|também|và|vs\.?|versus|&|\+)\s|(?<!\btouch)\sn\s(?!go\b)|,\s(?!" + Courtesy + @")|另外|还有|還有|แล้วก็|และ)"
            // "How much is the kettle with postage to Sabah" asks for two prices.
            + @"|\s(?:with|incl|including|inclusive of|plus|termasuk|sekali dengan|beserta|dengan)\s"
            + @"(?=(?:the\s|kos\s|harga\s|caj\s)?(?:postage|shipping|delivery|pos|postej|penghantaran|ongkir|courier|kurier)\b)"
            + @"(?<=\b(?:how much|price|cost|costs|total|harga|berapa)\b[^.!?\n]{0,80})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Joint();
}
