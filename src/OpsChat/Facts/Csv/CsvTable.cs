using CsvHelper;

namespace OpsChat.Facts.Csv;

/// <summary>
/// One CSV file (UTF-8, with or without byte order mark; comma, semicolon or tab) as rows with their line numbers. A broken row
/// becomes a finding and is left out; reading goes on at the line after its first, so one stray quote does not swallow the file.
/// </summary>
internal sealed class CsvTable
{
    private const int MostFindings = 100;

    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly CsvReading _reading;
    private readonly int _width;

    private CsvTable(string file, string[] header, CsvReading reading)
    {
        (File, _reading, _width) = (file, reading, header.Length);
        foreach (var (index, name) in header.Index())
        {
            _columns.TryAdd(Column.Key(name), index);
            // Exports put units or currencies behind a name: "Deal Price (MYR)".
            _columns.TryAdd(Column.Key(name.Split('(')[0]), index);
        }
    }

    public string File { get; }
    public List<CsvRow> Rows { get; } = [];

    /// <summary>Null when the file has no header; that is a finding too.</summary>
    public static CsvTable? Read(string file, string text, CsvReading reading)
    {
        var options = CsvReaderOptions.Default with { HasHeader = false, TrackLineNumbers = true, Separator = Separator(text) };
        using var first = CsvReader.FromText(text, options);
        if (!first.Read() || first.Current.ToArray() is not { } header || header.All(string.IsNullOrWhiteSpace))
        {
            reading.Error(file, 1, "The file has no header line.", "The first line must name the columns, as the shop system exports them.");
            return null;
        }

        var table = new CsvTable(file, header, reading);
        var lines = LineStarts(text);
        for (var next = LinesIn(first); next < lines.Count;)
        {
            next = table.ReadRows(text[lines[next]..], next, options) ?? lines.Count;
        }

        return table;
    }

    /// <summary>The cell position of a column, or null when the file has none of its headers.</summary>
    public int? Find(Column column)
    {
        foreach (var key in column.Keys)
        {
            if (_columns.TryGetValue(key, out var index))
            {
                return index;
            }
        }

        return null;
    }

    /// <summary>False, with an error that names the headers looked for, when the column is missing.</summary>
    public bool Require(Column column)
    {
        if (Find(column) is not null)
        {
            return true;
        }

        _reading.Error(
            File, 1, $"No column for the {column.Name}.",
            $"Export it again with one of these headers: {string.Join(", ", column.Aliases.Select(a => $"\"{a}\""))}.");
        return false;
    }

    /// <summary>Reads rows from the 0-based line <paramref name="first"/> on; returns the line to go on with after a broken row, or null at the end.</summary>
    private int? ReadRows(string text, int first, CsvReaderOptions options)
    {
        CsvMalformedReason? quoting = null;
        using var reader = CsvReader.FromText(text, options with { OnMalformedRecord = m => quoting = m.Reason });
        while (reader.Read())
        {
            var start = first + (int)reader.LineNumber;
            var cells = reader.Current.ToArray();
            // A stray quote as in 19" is text; what it may break is the number of fields.
            if (cells.Length == _width && quoting is null or CsvMalformedReason.StrayQuote)
            {
                AddUnlessEmpty(cells, start);
            }
            else if (!cells.All(string.IsNullOrWhiteSpace))
            {
                Broken(start, quoting is CsvMalformedReason.UnterminatedQuote or CsvMalformedReason.TextAfterClosingQuote
                    ? "A quote is opened or closed in the wrong place."
                    : $"The row has {cells.Length} fields, the header {_width}.");
                if (_reading.Findings.Count >= MostFindings)
                {
                    return null;
                }

                if (LinesIn(reader) > 1)
                {
                    return start;
                }
            }

            quoting = null;
        }

        return null;
    }

    private void AddUnlessEmpty(string[] cells, int line)
    {
        if (!cells.All(string.IsNullOrWhiteSpace))
        {
            Rows.Add(new CsvRow(this, _reading, cells, line));
        }
    }

    private void Broken(int line, string problem) => _reading.Warning(
        File, line, problem, "The row is left out. Quote fields that hold a comma, a quote or a line break, and double the quotes inside them.");

    // Only the header decides: a broken row below it must not change how all others are read.
    private static char Separator(string text)
    {
        var header = text.AsSpan().TrimStart("\r\n");
        header = header.IndexOfAny('\r', '\n') is var end and >= 0 ? header[..end] : header;
        var (comma, semicolon, tab) = (header.Count(','), header.Count(';'), header.Count('\t'));
        return semicolon > comma && semicolon >= tab ? ';' : tab > comma ? '\t' : ',';
    }

    private static int LinesIn(CsvReader reader) => 1 + reader.RawRecord.Count((byte)'\n');

    private static List<int> LineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var end = text.IndexOf('\n', StringComparison.Ordinal); end >= 0 && end + 1 < text.Length; end = text.IndexOf('\n', end + 1))
        {
            starts.Add(end + 1);
        }

        return starts;
    }
}
