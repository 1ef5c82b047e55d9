using System.Text.RegularExpressions;

namespace OpsChat.Understanding;

/// <summary>E-mail addresses, links and order numbers: they say who writes about what, and are of no language and no wish, whatever names they are made
/// of. Pure, thread-safe, linear in the text.</summary>
static partial class Addresses
{
    /// <summary>The text with a space in place of each.</summary>
    public static string Without(string text) => text.AsSpan().IndexOfAny("@#./") < 0 ? text : Any().Replace(text, " ");

    [GeneratedRegex(
        @"[^\s@]{1,64}@[^\s@]{1,190}|https?://\S+|\b[\w-]{1,64}(?:\.[\w-]{1,64}){0,4}\.(?:com|net|org|my|sg|id|shop|store|example)\b\S*"
            + @"|#\s?[a-z]{0,3}\d{3,12}\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Any();
}
