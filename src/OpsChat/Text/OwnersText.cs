using System.Text;
using System.Text.RegularExpressions;

namespace OpsChat.Text;

/// <summary>A line of a front matter: <c>key: value</c>, perhaps below another key.</summary>
/// <param name="Key">Its name; below another key <c>opening_hours/mon-fri</c>.</param>
/// <param name="Value">Without its quotes.</param>
/// <param name="Line">From 1.</param>
public sealed record FrontMatterLine(string Key, string Value, int Line);

/// <summary>A part of a text: what stands below a heading.</summary>
/// <param name="Name">The heading, below another one <c>Holding/ms</c>; empty for what stands before the first.</param>
/// <param name="Text">Without blank lines around it.</param>
/// <param name="Line">Of its first line, from 1.</param>
/// <param name="Last">Of its last line.</param>
public sealed record TextSection(string Name, string Text, int Line, int Last);

/// <summary>
/// Reads and changes single lines and sections of the owner's Markdown files, and leaves everything else as it is. It looks at lines only: what a
/// file means, and whether it is right, its own reader says. Pure.
/// </summary>
public static partial class OwnersText
{
    private const string Fence = "---";

    /// <summary>The lines of the front matter that hold one value; a list or a key with lines below it has none of its own.</summary>
    public static IReadOnlyList<FrontMatterLine> FrontMatter(string text)
    {
        var (lines, found) = (text.Split('\n'), new List<FrontMatterLine>());
        var above = "";
        for (var i = 1; i < EndOfFrontMatter(lines); i++)
        {
            if (KeyLine().Match(lines[i]) is not { Success: true } line)
            {
                continue;
            }

            var isBelow = line.Groups["indent"].Length > 0;
            var key = isBelow ? $"{above}/{line.Groups["key"].Value}" : line.Groups["key"].Value;
            above = isBelow ? above : key;
            var written = line.Groups["value"].Value;
            if (written.Length > 0 || NextIsNotBelow(lines, i))
            {
                found.Add(new(key, Unquoted(written), i + 1));
            }
        }

        return found;
    }

    /// <summary>The same text with another value of that key; a key that is not there is written at the end of the front matter.</summary>
    /// <param name="value">Empty takes the line away.</param>
    public static string WithValue(string text, string key, string value)
    {
        var lines = text.Split('\n').ToList();
        var known = FrontMatter(text).FirstOrDefault(line => line.Key == key);
        if (known is null)
        {
            return value.Length == 0 ? text : WithNew(text, key, value);
        }

        if (value.Length == 0)
        {
            lines.RemoveAt(known.Line - 1);
            return string.Join('\n', lines);
        }

        var line = KeyLine().Match(lines[known.Line - 1]);
        var wasQuoted = line.Groups["value"].Value.StartsWith('"');
        lines[known.Line - 1] = $"{line.Groups["indent"].Value}{line.Groups["key"].Value}: {Quoted(value, wasQuoted)}{line.Groups["comment"].Value}";
        return string.Join('\n', lines);
    }

    /// <summary>At the end of the front matter; a key below another one after its last, or with it.</summary>
    private static string WithNew(string text, string key, string value)
    {
        var lines = text.Split('\n').ToList();
        var end = EndOfFrontMatter([.. lines]);
        if (end < 0)
        {
            return text;
        }

        var (above, name) = key.Split('/') is [var parent, var child] ? (parent, child) : (null, key);
        var written = $"{name}: {Quoted(value, wasQuoted: false)}";
        var last = above is null ? null : FrontMatter(text).LastOrDefault(line => line.Key.StartsWith($"{above}/", StringComparison.Ordinal));
        lines.InsertRange(last?.Line ?? end, above is null ? [written] : last is null ? [$"{above}:", $"  {written}"] : [$"  {written}"]);
        return string.Join('\n', lines);
    }

    /// <summary>The sections after the front matter, those below two and three hashes, in order.</summary>
    public static IReadOnlyList<TextSection> Sections(string text)
    {
        var (lines, sections) = (text.Split('\n'), new List<TextSection>());
        var (name, above, start) = ("", "", Math.Max(0, EndOfFrontMatter(lines) + 1));
        for (var i = start; i <= lines.Length; i++)
        {
            var heading = i < lines.Length ? Heading().Match(lines[i]) : null;
            if (i < lines.Length && heading is not { Success: true })
            {
                continue;
            }

            Close(start, i);
            if (heading is { Success: true })
            {
                above = heading.Groups["hashes"].Length == 2 ? heading.Groups["name"].Value : above;
                name = heading.Groups["hashes"].Length == 2 ? above : $"{above}/{heading.Groups["name"].Value}";
                start = i + 1;
            }
        }

        return sections;

        void Close(int from, int to)
        {
            while (from < to && string.IsNullOrWhiteSpace(lines[from]))
            {
                from++;
            }

            while (to > from && string.IsNullOrWhiteSpace(lines[to - 1]))
            {
                to--;
            }

            if (name.Length > 0 || to > from)
            {
                sections.Add(new(name, string.Join('\n', lines[from..to]), from + 1, Math.Max(from + 1, to)));
            }
        }
    }

    /// <summary>The same text with other words in that section; what has no such section stays as it is.</summary>
    public static string WithSection(string text, string name, string words)
    {
        if (Sections(text).FirstOrDefault(section => section.Name == name) is not { } old || old.Text == words.Trim('\n'))
        {
            return text;
        }

        var lines = text.Split('\n').ToList();
        var count = old.Text.Length == 0 ? 0 : old.Last - old.Line + 1;
        lines.RemoveRange(old.Line - 1, Math.Min(count, lines.Count - old.Line + 1));
        lines.InsertRange(Math.Min(old.Line - 1, lines.Count), words.Trim('\n').Split('\n'));
        return string.Join('\n', lines);
    }

    /// <summary>The line of the second fence, from 0; -1 when there is no front matter.</summary>
    private static int EndOfFrontMatter(string[] lines) =>
        lines[0].TrimEnd() == Fence ? Array.FindIndex(lines, 1, line => line.TrimEnd() == Fence) : -1;

    private static bool NextIsNotBelow(string[] lines, int at) => at + 1 >= lines.Length || !lines[at + 1].StartsWith(' ');

    private static string Unquoted(string written) =>
        written is ['"', .., '"'] ? written[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
        : written is ['\'', .., '\''] ? written[1..^1].Replace("''", "'", StringComparison.Ordinal)
        : written;

    /// <summary>In quotes where a plain value would mean something else, or as it was before.</summary>
    private static string Quoted(string value, bool wasQuoted)
    {
        var text = value.ReplaceLineEndings(" ").Trim();
        var isList = text is ['[', .., ']'];
        if (!wasQuoted && (isList || !NeedsQuotes().IsMatch(text)))
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c is '"' or '\\' ? $"\\{c}" : c.ToString());
        }

        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(
        @"^(?<indent>[ ]*)(?<key>[A-Za-z_][\w-]*):[ ]*(?<value>""(?:[^""\\]|\\.)*""|'(?:[^']|'')*'|[^#\r\n]*?(?:(?<=\S)#[^#\r\n]*?)*)"
            + @"(?<comment>\s+#.*)?\s*$"
    )]
    private static partial Regex KeyLine();

    [GeneratedRegex(@"^(?<hashes>#{2,3})\s+(?<name>.+?)\s*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^[\s\-?:,\[\]{}#&*!|>'""%@`]|: |\s#|:$|^\d{1,2}:\d")]
    private static partial Regex NeedsQuotes();
}
