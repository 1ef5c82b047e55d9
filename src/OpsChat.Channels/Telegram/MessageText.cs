using System.Globalization;

namespace OpsChat.Channels.Telegram;

/// <summary>Texts in the sizes and the markup that Telegram takes.</summary>
public static class MessageText
{
    /// <summary>The longest text of one message, in UTF-16 units.</summary>
    public const int Longest = 4096;

    /// <summary>The longest caption, in UTF-16 units.</summary>
    public const int LongestCaption = 1024;

    // From the best place to break to the worst. A break is kept with the words before it.
    private static readonly string[][] Breaks =
    [
        ["\n\n"],
        ["\n"],
        [". ", "! ", "? ", "。", "！", "？", "… "],
        [" "],
    ];

    /// <summary>
    /// Splits a plain text at paragraph ends, else at line ends, sentence ends, or spaces; only a single word that is too long is cut, and
    /// never inside a character. Nothing but white space at the cuts is lost. A blank text gives no pieces.
    /// </summary>
    /// <param name="longest">The most UTF-16 units of a piece; at least 32, so that any character fits.</param>
    public static IReadOnlyList<string> Split(string text, int longest = Longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 32);
        var pieces = new List<string>();
        var rest = text.AsSpan().Trim();
        while (rest.Length > longest)
        {
            var length = LengthOfNext(rest, longest);
            pieces.Add(rest[..length].TrimEnd().ToString());
            rest = rest[length..].TrimStart();
        }

        if (rest.Length > 0)
        {
            pieces.Add(rest.ToString());
        }

        return pieces;
    }

    /// <summary>Shortened to <paramref name="longest"/> UTF-16 units with an ellipsis, never inside a character.</summary>
    public static string Cut(string text, int longest) =>
        text.Length <= longest ? text : string.Concat(text.AsSpan(0, WholeCharacters(text, longest - 1)).TrimEnd(), "…");

    /// <summary>As it must be written in a message with HTML markup. A customer's words go through here, always.</summary>
    public static string EscapeHtml(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal);

    private static int LengthOfNext(ReadOnlySpan<char> rest, int longest)
    {
        // One more than fits: a break's own white space at the very end doesn't count, for it is trimmed.
        var window = rest[..Math.Min(rest.Length, longest + 1)];
        foreach (var marks in Breaks)
        {
            var end = 0;
            foreach (var mark in marks)
            {
                var at = window.LastIndexOf(mark, StringComparison.Ordinal);
                end = Math.Max(end, at < 0 ? 0 : at + mark.Length);
            }

            // A break right after the first few words would leave a scrap of a message.
            if (end > longest / 4 && rest[..end].TrimEnd().Length <= longest)
            {
                return end;
            }
        }

        return WholeCharacters(rest, longest);
    }

    /// <summary>The length of the longest beginning that fits and ends between characters as people see them.</summary>
    private static int WholeCharacters(ReadOnlySpan<char> text, int longest)
    {
        var length = 0;
        while (length < text.Length)
        {
            var next = StringInfo.GetNextTextElementLength(text[length..]);
            if (length + next > longest)
            {
                break;
            }

            length += next;
        }

        return length > 0 ? length : char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
    }
}
