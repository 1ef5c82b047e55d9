using System.Text.RegularExpressions;

namespace OpsChat.Playbooks.Parsing;

/// <summary>
/// HTML in an owner's file: comments are notes of the owner and no text, tags would reach customers as they are written. With a backslash before
/// it, a sign is a sign. Pure, linear in the text.
/// </summary>
internal static partial class Html
{
    /// <summary>The text with spaces in the place of comments, so that every offset stays true.</summary>
    public static string WithoutComments(string text) =>
        text.Contains("<!--", StringComparison.Ordinal) ? Comment().Replace(text, comment => Blank().Replace(comment.Value, " ")) : text;

    /// <summary>Reports every tag, and a comment that has no end.</summary>
    public static void Report(SourceText source, int bodyStart, FindingList findings)
    {
        foreach (var tag in Tag().Matches(source.Text, bodyStart).Take(Most))
        {
            if (tag.Value == "<!--")
            {
                findings.Error(tag.Index, "This comment has no end.", "Write `-->` where the comment ends.");
            }
            else
            {
                findings.Error(
                    tag.Index,
                    $"`{tag.Value}` is HTML: customers would read it as it is written.",
                    "Leave the tag out, and write a link as its plain address."
                );
            }
        }
    }

    /// <summary>Nobody mends more than this at a time.</summary>
    private const int Most = 50;

    [GeneratedRegex(@"(?<!\\)<!--.*?-->", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"[^\r\n]")]
    private static partial Regex Blank();

    [GeneratedRegex(@"(?<!\\)(?:</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>\n]{0,300})?/?>|<!--)", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
