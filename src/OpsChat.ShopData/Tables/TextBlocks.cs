using System.Text;

namespace OpsChat.ShopData.Tables;

/// <summary>
/// The text of a file in pieces of whole rows, so that one of a hundred megabytes needs the room of a few. Line ends are made one kind
/// (old Macintosh programs end lines with a carriage return alone).
/// </summary>
internal static class TextBlocks
{
    /// <summary>A piece ends at the first line end behind so many characters that stands outside of quotes.</summary>
    private const int LeastCharacters = 2_000_000;

    /// <param name="from">Bytes that are no text: the mark of the encoding.</param>
    public static IEnumerable<string> Of(byte[] bytes, int from, Encoding encoding)
    {
        using var reader = new StreamReader(
            new MemoryStream(bytes, from, bytes.Length - from), encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 65_536);
        var rest = new StringBuilder();
        // One more than a small file can fill, so that its first piece is known to be its last.
        var buffer = new char[Math.Min(LeastCharacters, bytes.Length - from + 1)];
        for (var read = reader.ReadBlock(buffer); read > 0; read = reader.ReadBlock(buffer))
        {
            var whole = rest.Append(buffer.AsSpan(0, read)).ToString();
            // A quote that is never closed makes one piece of all that follows, as it would be in one piece anyway.
            var end = read < buffer.Length ? whole.Length : EndOfRows(whole);
            rest.Clear();
            if (end == 0)
            {
                rest.Append(whole);
                continue;
            }

            rest.Append(whole.AsSpan(end));
            yield return WithPlainLineEnds(end == whole.Length ? whole : whole[..end]);
        }

        if (rest.Length > 0)
        {
            yield return WithPlainLineEnds(rest.ToString());
        }
    }

    /// <summary>The position behind the last line end with an even number of quotes before it; 0 when there is none.</summary>
    private static int EndOfRows(string text)
    {
        var (end, isOpen) = (0, false);
        for (var at = text.AsSpan().IndexOfAny('"', '\n'); at >= 0;)
        {
            isOpen ^= text[at] == '"';
            end = text[at] == '\n' && !isOpen ? at + 1 : end;
            var next = text.AsSpan(at + 1).IndexOfAny('"', '\n');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return end;
    }

    private static string WithPlainLineEnds(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
}
