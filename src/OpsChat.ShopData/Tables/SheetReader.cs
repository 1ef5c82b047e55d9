using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using MiniExcelLibs;

namespace OpsChat.ShopData.Tables;

/// <summary>
/// Turns a file into lines of cells: Excel workbooks (whatever they are called) and delimited text in UTF-8, UTF-16 or Windows-1252, with
/// comma, semicolon or tab, with any kind of line end.
/// </summary>
internal static class SheetReader
{
    private const int LinesToJudgeBy = 40;
    private const int MostShared = 50_000;

    private static readonly char[] s_separators = [',', ';', '\t'];

    static SheetReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <exception cref="InvalidDataException">It is neither text nor a workbook; the message says so.</exception>
    public static Sheet Read(string file, byte[] bytes) => IsWorkbook(bytes) ? Workbook(file, bytes) : Text(file, bytes);

    /// <summary>A zip archive: what Excel saves as .xlsx. The older .xls begins otherwise.</summary>
    private static bool IsWorkbook(ReadOnlySpan<byte> bytes) => bytes is [(byte)'P', (byte)'K', 3, 4, ..];

    private static Sheet Workbook(string file, byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            var rows = stream.Query(excelType: ExcelType.XLSX).Cast<IDictionary<string, object?>>()
                .Select((row, index) => new SheetRow(index + 1, [.. row.Values.Select(Written)]))
                .Where(row => !row.IsEmpty)
                .ToList();
            return new(file, rows);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new InvalidDataException($"The workbook cannot be read ({error.Message}). Save it again as .xlsx or .csv.", error);
        }
    }

    /// <summary>A workbook's value as an export would have written it.</summary>
    private static string Written(object? value) => value switch
    {
        null => "",
        DateTime moment => moment.ToString(moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        double number when Math.Abs(number) >= 1e15 => number.ToString("0.#####E+00", CultureInfo.InvariantCulture),
        double number => ((decimal)number).ToString(CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => Plain(Convert.ToString(value, CultureInfo.InvariantCulture)).ToString(),
    };

    private static Sheet Text(string file, byte[] bytes)
    {
        if (bytes is [0xD0, 0xCF, 0x11, 0xE0, ..])
        {
            throw new InvalidDataException("This is a workbook of an old Excel (.xls). Save it as .xlsx or .csv.");
        }

        var (encoding, mark, remark) = EncodingOf(bytes);
        if (HoldsNothing(bytes.AsSpan(mark), encoding.IsSingleByte || encoding is UTF8Encoding))
        {
            throw new InvalidDataException("This is neither a table in text form nor an Excel workbook.");
        }

        IEnumerable<string> Blocks() => TextBlocks.Of(bytes, mark, encoding);
        var head = Blocks().FirstOrDefault() ?? "";
        if (SeparatorLine(head) is var (hinted, below))
        {
            return new(file, Rows(Blocks, hinted, IsQuoted(below, hinted), skippedLines: 1), remark);
        }

        var separator = Separator(head);
        return new(file, Rows(Blocks, separator, IsQuoted(head, separator), skippedLines: 0), remark);
    }

    /// <summary>No text holds the character of no meaning.</summary>
    private static bool HoldsNothing(ReadOnlySpan<byte> bytes, bool isOfBytes) =>
        isOfBytes ? bytes.Contains((byte)0) : MemoryMarshal.Cast<byte, char>(bytes).Contains('\0');

    /// <summary>How the text is written, and how many bytes of mark stand before it.</summary>
    private static (Encoding Encoding, int Mark, string? Remark) EncodingOf(byte[] bytes)
    {
        switch (bytes)
        {
            case [0xEF, 0xBB, 0xBF, ..]: return (Encoding.UTF8, 3, null);
            case [0xFF, 0xFE, ..]: return (Encoding.Unicode, 2, null);
            case [0xFE, 0xFF, ..]: return (Encoding.BigEndianUnicode, 2, null);
        }

        var head = bytes.AsSpan(0, Math.Min(bytes.Length, 400) & ~1);
        var (even, odd) = (0, 0);
        for (var i = 0; i < head.Length; i += 2)
        {
            (even, odd) = (even + (head[i] == 0 ? 1 : 0), odd + (head[i + 1] == 0 ? 1 : 0));
        }

        if (Math.Max(even, odd) > head.Length / 5)
        {
            return (odd >= even ? Encoding.Unicode : Encoding.BigEndianUnicode, 0, null);
        }

        return Utf8.IsValid(bytes) ? (Encoding.UTF8, 0, null)
            : (Encoding.GetEncoding(1252), 0,
                "The file is not UTF-8; it was read as Windows-1252. Look whether names with accents are right, or export it as UTF-8.");
    }

    /// <summary>Excel's own hint: a first line <c>sep=;</c>.</summary>
    private static (char Separator, string Below)? SeparatorLine(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = (end < 0 ? text : text[..end]).Trim().Trim('"');
        return first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && first.Length == 5
            ? (first[4], end < 0 ? "" : text[(end + 1)..])
            : null;
    }

    /// <summary>The separator that cuts the first lines into the widest rows of one width, outside of quotes.</summary>
    private static char Separator(string text)
    {
        var head = string.Join('\n', text.Split('\n', LinesToJudgeBy + 1).Take(LinesToJudgeBy));
        return s_separators.MaxBy(separator => Parsed(head, separator, quoted: true, new(StringComparer.Ordinal))
            .Where(row => !row.IsEmpty && row.Cells.Length > 1)
            .GroupBy(row => row.Cells.Length)
            .Select(rows => rows.Key * Math.Min(rows.Count(), 5))
            .DefaultIfEmpty(0)
            .Max());
    }

    private static IEnumerable<SheetRow> Rows(Func<IEnumerable<string>> blocks, char separator, bool quoted, int skippedLines)
    {
        // The same few texts fill most cells: days, places, states, small numbers.
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var (above, skipped) = (0, skippedLines);
        foreach (var block in blocks())
        {
            foreach (var row in Parsed(block, separator, quoted, known).Where(row => row.Line > skipped && !row.IsEmpty))
            {
                yield return above == 0 ? row : row with { Line = row.Line + above };
            }

            (above, skipped) = (above + block.AsSpan().Count('\n'), 0);
        }
    }

    /// <summary>Amazon writes tabs and no quotes: an inch sign there is an inch sign.</summary>
    private static bool IsQuoted(string text, char separator) => separator != '\t' || IsQuoted(text);

    /// <summary>Whether quotes in a tab-separated file stand around cells, in pairs.</summary>
    private static bool IsQuoted(string text)
    {
        var (paired, single) = (0, 0);
        foreach (var cell in text.Split('\t', '\n').Where(cell => cell.Contains('"', StringComparison.Ordinal)))
        {
            var isPaired = cell.Length > 1 && cell[0] == '"' && cell[^1] == '"';
            (paired, single) = (paired + (isPaired ? 1 : 0), single + (isPaired ? 0 : 1));
        }

        return paired > single
            || (
                paired + single > 0
                && text.Split('\n').Any(line => line.Split('\t').Any(cell => cell.StartsWith('"') && !cell.EndsWith('"')))
            );
    }

    private static IEnumerable<SheetRow> Parsed(string text, char separator, bool quoted, Dictionary<string, string> known)
    {
        if (!quoted || !text.Contains('"', StringComparison.Ordinal))
        {
            for (int line = 1, from = 0; from <= text.Length; line++)
            {
                var end = text.IndexOf('\n', from) is var found and >= 0 ? found : text.Length;
                yield return new(line, PlainCells(text.AsSpan(from, end - from), separator, known));
                from = end + 1;
            }

            yield break;
        }

        foreach (var row in QuotedRows.Of(text, separator))
        {
            for (var i = 0; i < row.Cells.Length; i++)
            {
                row.Cells[i] = Shared(known, Plain(row.Cells[i]));
            }

            yield return row;
        }
    }

    /// <summary>The cells of a line without quotes. Most texts are known already, so that no new one is made for them.</summary>
    private static string[] PlainCells(ReadOnlySpan<char> line, char separator, Dictionary<string, string> known)
    {
        var cells = new string[line.Count(separator) + 1];
        for (var i = 0; i < cells.Length; i++)
        {
            var end = line.IndexOf(separator);
            cells[i] = Shared(known, Plain(end < 0 ? line : line[..end]));
            line = end < 0 ? [] : line[(end + 1)..];
        }

        return cells;
    }

    private static string Shared(Dictionary<string, string> known, ReadOnlySpan<char> cell)
    {
        if (cell.Length is 0 or > 24)
        {
            return cell.ToString();
        }

        var spans = known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (spans.TryGetValue(cell, out var same))
        {
            return same;
        }

        var text = cell.ToString();
        if (known.Count < MostShared)
        {
            known[text] = text;
        }

        return text;
    }

    /// <summary>Without surrounding space (also of the invisible kinds), and without the apostrophe with which exports protect ids and phone
    /// numbers.</summary>
    private static ReadOnlySpan<char> Plain(ReadOnlySpan<char> cell)
    {
        var text = cell.Trim(Invisible);
        return text is ['\'', _, ..] && (char.IsAsciiDigit(text[1]) || text[1] is '+' or '(' or '=') ? text[1..] : text;
    }

    private const string Invisible = " \t\r\n\u00A0\u200B\u200C\u200D\u2060\uFEFF\u200E\u200F";
}
