using System.Globalization;
using System.Text;

namespace OpsChat.Host;

/// <summary>
/// Texts of others on a terminal or in a log: no escape sequence of theirs may move the cursor or change colours, and no invisible character may
/// turn the direction of a line, hide words, or end a line where a reader's program sees an end.
/// </summary>
static class TerminalText
{
    private static readonly Rune s_replacement = new('\uFFFD');

    /// <summary>The same text with such characters replaced by U+FFFD; line feeds and tabs stay.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            plain.Append((IsShown(rune) ? rune : s_replacement).ToString());
        }

        return plain.ToString();
    }

    /// <summary>The same in one line.</summary>
    public static string Line(string text) => Plain(text.ReplaceLineEndings(" "));

    /// <summary>One paragraph broken between words so that every line fits 80 columns; a longer word stands alone.</summary>
    /// <param name="indent">Blanks before every line but the first, beside those with which the text itself begins.</param>
    public static string Wrapped(string text, int indent = 0)
    {
        var plain = Line(text).TrimEnd();
        var lines = new StringBuilder();
        var start = plain.Length - plain.TrimStart().Length;
        var column = start;
        lines.Append(' ', start);
        foreach (var word in plain[start..].Split(' '))
        {
            if (column > start && column + 1 + word.Length > Columns)
            {
                lines.AppendLine().Append(' ', column = start = Math.Max(indent, 0));
            }
            else if (column > start)
            {
                lines.Append(' ');
                column++;
            }

            lines.Append(word);
            column += word.Length;
        }

        return lines.ToString();
    }

    /// <summary>The same for several paragraphs: each keeps its line and its indent.</summary>
    public static string WrappedLines(string text) => string.Join(Environment.NewLine, text.Split('\n').Select(line => Wrapped(line.TrimEnd('\r'))));

    private const int Columns = 80;

    private static bool IsShown(Rune rune) => rune.Value is '\n' or '\t' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
