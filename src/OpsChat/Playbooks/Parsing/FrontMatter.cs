using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OpsChat.Playbooks.Parsing;

/// <summary>A text of the front matter and where it stands.</summary>
/// <param name="At">0-based offset in the file's text.</param>
internal readonly record struct YamlText(string Text, int At);

/// <summary>One key of the front matter. Exactly one of the three values is set.</summary>
/// <param name="Scalar">For <c>key: value</c>; empty when nothing was written.</param>
/// <param name="List">For <c>key: [a, b]</c>.</param>
/// <param name="Map">For nested keys.</param>
internal sealed record FrontMatterEntry(
    YamlText Key, YamlText? Scalar, IReadOnlyList<YamlText>? List, IReadOnlyList<(YamlText Key, YamlText Value)>? Map)
{
    /// <summary>The values of a list, or of a text with commas.</summary>
    public IReadOnlyList<YamlText> Values =>
        List
        ?? (
            Scalar is { } scalar
                ?
                [
                    .. scalar
                        .Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                        .Select(part => new YamlText(part, scalar.At)),
                ]
                : []
        );

    /// <summary>Where the value stands; the key when there is none.</summary>
    public int ValueAt => Scalar?.At ?? Key.At;
}

/// <summary>
/// The lines between two <c>---</c> at the top of a file. Read from YAML's events and at most two levels deep: unlike the
/// object model, that cannot be driven into deep recursion, and it knows where everything stands.
/// </summary>
internal static class FrontMatter
{
    /// <summary>Above this many characters nothing is read: the time that YAML takes grows with the square of a long line.</summary>
    private const int Longest = 20_000;

    /// <summary>The entries, and the offset at which the Markdown begins.</summary>
    public static (IReadOnlyList<FrontMatterEntry> Entries, int BodyStart) Read(SourceText source, FindingList findings)
    {
        var text = source.Text;
        var (first, afterFirst) = Line(text, 0);
        if (first != "---")
        {
            return ([], 0);
        }

        for (var at = afterFirst; at < text.Length;)
        {
            var (line, next) = Line(text, at);
            if (line is "---" or "...")
            {
                if (at <= Longest)
                {
                    return (Parse(text[..at], afterFirst, source, findings), next);
                }

                findings.Error(0, $"The front matter is longer than {Longest:N0} characters.", "Keep settings there, and texts in the sections.");
                return ([], next);
            }

            at = next;
        }

        findings.Error(0, "The front matter is not closed.", "Put a line with only `---` after its last key.");
        return ([], text.Length);
    }

    private static (string Line, int Next) Line(string text, int start)
    {
        var end = text.AsSpan(start).IndexOfAny('\r', '\n');
        if (end < 0)
        {
            return (text[start..].TrimEnd(), text.Length);
        }

        var next = start + end + (text.AsSpan(start + end).StartsWith("\r\n") ? 2 : 1);
        return (text[start..(start + end)].TrimEnd(), next);
    }

    private static List<FrontMatterEntry> Parse(string text, int from, SourceText source, FindingList findings)
    {
        List<FrontMatterEntry> entries = [];
        var lineBefore = source.At(from).Line - 1;
        var yaml = new Parser(new StringReader(text[from..]));
        try
        {
            yaml.Consume<StreamStart>();
            if (yaml.TryConsume<StreamEnd>(out _))
            {
                return entries;
            }

            yaml.Consume<DocumentStart>();
            if (!yaml.TryConsume<MappingStart>(out _))
            {
                if (!(yaml.Current is YamlDotNet.Core.Events.Scalar { Value: "" }))
                {
                    findings.Error(from, "The front matter has no keys.", "Write lines like `max_words: 60`.");
                }

                return entries;
            }

            while (!yaml.TryConsume<MappingEnd>(out _))
            {
                Entry(yaml, At, entries, findings);
            }
        }
        catch (YamlException broken)
        {
            // The YAML reader tells of broken input by exception; here that is an expected ending.
            findings.Error(
                At(broken.Start),
                $"The front matter cannot be read: {Plain(broken)}",
                "Write one `key: value` a line; put texts with `:` or `#` in quotes."
            );
        }
        catch (InvalidOperationException)
        {
            // The reader's own slip: a text in brackets that begins with a sign, like `[a, :,b]`, is to it neither a text nor broken.
            findings.Error(
                At(yaml.Current?.End ?? Mark.Empty),
                "The front matter cannot be read: a sign stands where a text should.",
                "Put texts in brackets in quotes."
            );
        }

        return entries;

        int At(Mark mark) => source.Offset(mark.Line + lineBefore, mark.Column);
    }

    private static void Entry(Parser yaml, Func<Mark, int> at, List<FrontMatterEntry> entries, FindingList findings)
    {
        if (!yaml.TryConsume<Scalar>(out var key))
        {
            findings.Error(at(yaml.Current!.Start), "A key of the front matter is not a word.", "Write lines like `max_words: 60`.");
            yaml.SkipThisAndNestedEvents();
            yaml.SkipThisAndNestedEvents();
            return;
        }

        var name = new YamlText(key.Value, at(key.Start));
        var entry = yaml.Current switch
        {
            Scalar => new FrontMatterEntry(name, Text(yaml, at), null, null),
            SequenceStart => new FrontMatterEntry(name, null, List(yaml, at, findings), null),
            MappingStart => new FrontMatterEntry(name, null, null, Map(yaml, at, findings)),
            _ => null,
        };
        if (entry is null)
        {
            findings.Error(name.At, $"The value of `{name.Text}` cannot be read.", "Write it out; anchors and references are not used here.");
            yaml.SkipThisAndNestedEvents();
        }
        else if (entries.Exists(earlier => earlier.Key.Text == name.Text))
        {
            findings.Error(name.At, $"`{name.Text}` is written twice.", "Keep one of the two.");
        }
        else
        {
            entries.Add(entry);
        }
    }

    private static List<YamlText> List(Parser yaml, Func<Mark, int> at, FindingList findings)
    {
        List<YamlText> values = [];
        yaml.Consume<SequenceStart>();
        while (!yaml.TryConsume<SequenceEnd>(out _))
        {
            if (OnlyText(yaml, at, findings) is { } text)
            {
                values.Add(text);
            }
        }

        return values;
    }

    private static List<(YamlText, YamlText)> Map(Parser yaml, Func<Mark, int> at, FindingList findings)
    {
        List<(YamlText, YamlText)> pairs = [];
        yaml.Consume<MappingStart>();
        while (!yaml.TryConsume<MappingEnd>(out _))
        {
            var key = OnlyText(yaml, at, findings);
            var value = OnlyText(yaml, at, findings);
            if (key is not null && value is not null)
            {
                pairs.Add((key.Value, value.Value));
            }
        }

        return pairs;
    }

    private static YamlText? OnlyText(Parser yaml, Func<Mark, int> at, FindingList findings)
    {
        if (yaml.Current is Scalar)
        {
            return Text(yaml, at);
        }

        findings.Error(at(yaml.Current!.Start), "The front matter is nested too deeply.", "Write plain words here.");
        yaml.SkipThisAndNestedEvents();
        return null;
    }

    private static YamlText Text(Parser yaml, Func<Mark, int> at)
    {
        var scalar = yaml.Consume<Scalar>();
        return new(scalar.Value.Trim(), at(scalar.Start));
    }

    /// <summary>The reader's message without its own position, which counts from the wrong line.</summary>
    private static string Plain(YamlException broken)
    {
        var message = broken.Message;
        var position = message.IndexOf("): ", StringComparison.Ordinal);
        return (position >= 0 ? message[(position + 3)..] : message).TrimEnd('.') + ".";
    }
}
