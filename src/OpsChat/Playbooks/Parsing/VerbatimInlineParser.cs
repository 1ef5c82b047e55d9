using System.Buffers;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax.Inlines;

namespace OpsChat.Playbooks.Parsing;

/// <summary>
/// Keeps <c>{{places}}</c> and web addresses as they are written: Markdown would otherwise take the underscores and asterisks in
/// them for emphasis.
/// </summary>
internal sealed class VerbatimInlineParser : InlineParser
{
    private static readonly SearchValues<char> EndsAddress = SearchValues.Create(" \t\r\n\f<>[]|\\`{}\"");
    private const string TrailsAddress = "*_~.,;:!?)'";

    public VerbatimInlineParser() => OpeningCharacters = ['{', 'h'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var length = slice.CurrentChar == '{' ? LengthOfPlace(slice.AsSpan()) : LengthOfAddress(slice.AsSpan());
        if (length == 0)
        {
            return false;
        }

        var start = processor.GetSourcePosition(slice.Start, out var line, out var column);
        processor.Inline = new LiteralInline(new StringSlice(slice.Text, slice.Start, slice.Start + length - 1))
        {
            Span = new(start, start + length - 1),
            Line = line,
            Column = column,
        };
        slice.Start += length;
        return true;
    }

    private static int LengthOfPlace(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("{{"))
        {
            return 0;
        }

        var end = text[2..].IndexOfAny('{', '}', '\n');
        return end >= 0 && text[(end + 2)..].StartsWith("}}") ? end + 4 : 0;
    }

    private static int LengthOfAddress(ReadOnlySpan<char> text)
    {
        var scheme = text.StartsWith("https://") ? 8 : text.StartsWith("http://") ? 7 : 0;
        if (scheme == 0)
        {
            return 0;
        }

        var end = text.IndexOfAny(EndsAddress);
        var address = text[..(end < 0 ? text.Length : end)].TrimEnd(TrailsAddress);
        return address.Length > scheme ? address.Length : 0;
    }
}
