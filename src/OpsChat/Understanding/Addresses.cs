using System.Text.RegularExpressions;

namespace OpsChat.Understanding;

/// <summary>E-mail addresses, links and order numbers: they say who writes about what, and are of no language and no wish, whatever names they
/// are made of. Pure, thread-safe, linear in the text.</summary>
static partial class Addresses
{
    /// <summary>The text with a space in place of each.</summary>
    public static string Without(string text) => text.AsSpan().IndexOfAny("@#/") < 0 ? text : Any().Replace(text, " ");

    // Only of ASCII: a Chinese sentence stands right before an address, and goes on right after a link. Bounds are those of EmailAddress.
    [GeneratedRegex(
        @"(?<![a-z0-9.+_-])[a-z0-9.+_-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}|https?://[!-~]+|\bwww\.[!-~]+"
            + @"|#\s?[a-z]{0,3}[0-9]{3,12}(?![a-z0-9])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Any();
}
